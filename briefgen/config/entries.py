"""Keys of the YAML that take options of their own: a source, a confidence, a theme."""

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from briefgen.config.values import (
    HTTP,
    Colour,
    Families,
    FromZeroToOne,
    Id,
    IsoDate,
    Language,
    Share,
    Words,
    as_share,
    scheme_in_front,
)
from briefgen.model import Kind, Page, Show

LEAST_CONFIDENCE = 0.5
"""Least confidence of a finding that a brief shows where its YAML says nothing: more likely right
than not."""


class Format(StrEnum):
    """What a build can write; ``findings.json`` is always written."""

    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


class Entry(BaseModel):
    """Unknown keys are errors, values never change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        regex_engine="python-re",
        # Only Settings is ever asked to validate; the rest would be built for nothing.
        defer_build=True,
    )


class SourceEntry(Entry):
    """One entry under ``sources:``; what it says wins over what the file says."""

    path: str | None = None
    """A file or a glob, from the YAML's own folder."""
    url: Annotated[str, Field(json_schema_extra={"pattern": f"^{HTTP}"})] | None = None
    """Web address: where the source is fetched from, or, beside ``path``, where readers find it."""
    id: Id | None = None
    """Short name for citations; made from the file name where it is left out."""
    title: Words | None = None
    """Title of the source; what stands here wins over what the file says, here and below."""
    author: Words | None = None
    """Who wrote it."""
    publisher: Words | None = None
    """Who published it."""
    date: IsoDate | None = None
    """When it was published, as exactly as it is known."""
    language: Language | None = None
    """BCP 47 tag of the source's language."""
    show: Show = Show.PARAGRAPH
    """How much of its text the page may show: the quoted sentence, its paragraph, or all."""

    @model_validator(mode="after")
    def _has_a_place(self) -> "SourceEntry":
        if not (self.path or self.url):
            raise ValueError("needs a path or a url")
        if self.url and not re.match(r"https?://[^/\s]", self.url, re.IGNORECASE):
            hint = scheme_in_front(self.url)
            raise ValueError(f"{self.url!r} is no http(s) address{hint}")
        return self


def as_source(value: Any) -> Any:
    """Turn a path or a web address into options."""
    if isinstance(value, str):
        return {"url": value} if re.match(r"https?://", value, re.IGNORECASE) else {"path": value}
    return value


class ConfidenceEntry(Entry):
    """Least confidence shown of each kind of finding; a lone number counts for all kinds."""

    positions: Share | None = None
    """Least confidence of positions."""
    proposals: Share | None = None
    """Least confidence of proposals."""
    risks: Share | None = None
    """Least confidence of risks."""

    def of(self, kind: Kind) -> float | None:
        """What is said of one kind; None where nothing is."""
        return {
            Kind.POSITION: self.positions,
            Kind.PROPOSAL: self.proposals,
            Kind.RISK: self.risks,
        }[kind]


def _as_confidence(value: Any) -> Any:
    return value if isinstance(value, dict) else dict.fromkeys(Kind, as_share(value))


Confidence = Annotated[
    ConfidenceEntry,
    BeforeValidator(_as_confidence, json_schema_input_type=FromZeroToOne | ConfidenceEntry),
]
"""One number, or one for each kind of finding."""


class FetchEntry(Entry):
    """How web addresses are fetched."""

    allow_private: bool = False
    """Also fetch from private and loopback addresses, such as an intranet's."""


class ColoursEntry(Entry):
    """Colours by the names of the variables in the style sheets, such as ``accent``."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Colour] = Field(init=False)

    dark: dict[str, Colour] = Field(default_factory=dict)
    """Those of the dark scheme; made from the others where they are left out."""

    @property
    def light(self) -> dict[str, str]:
        """Those of the light scheme and of paper."""
        return self.__pydantic_extra__


class FontsEntry(Entry):
    """Fonts by their families' names."""

    text: Families | None = None
    """For running text; the theme's own where it is left out."""
    headings: Families | None = None
    """For headings, labels and small print; the theme's own where it is left out."""


class ThemeEntry(Entry):
    """House style: a theme by its name, and what is to be other than it ships."""

    name: Words = "standard"
    """A folder of ``templates/themes/``, the user's or the shipped one."""
    logo: Words | None = None
    """PNG, JPEG or SVG file below the YAML's folder, at most 5 MB."""
    logo_alt: Words | None = None
    """What the logo says, for readers who cannot see it; ``organisation`` where it is left out."""
    colours: ColoursEntry = ColoursEntry()
    """Colours by name, and under ``dark`` those of the dark scheme; the theme's own where they
    are left out."""
    fonts: FontsEntry = FontsEntry()
    """Fonts for ``text`` and ``headings``; the theme's own where they are left out."""
    page: Page = Page.A4
    """Sheet of the PDF."""
    imprint: Words | None = None
    """Publisher's address and the like, for the small print; lines stay lines."""


def as_theme(value: Any) -> Any:
    """Turn a theme's name into its options."""
    return {"name": value} if isinstance(value, str) else value
