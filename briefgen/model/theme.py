"""The house style of a brief: its colours, fonts, page, logo and imprint."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Page(StrEnum):
    """Sheets of paper that the styles have margins for."""

    A4 = "A4"
    LETTER = "Letter"


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that becomes part of a page."""

    media_type: str
    """Such as ``image/png``."""
    content: bytes

    @property
    def address(self) -> str:
        """The file itself as a ``data:`` address, so that nothing is fetched."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True)
class Logo:
    """A publisher's mark."""

    file: Embedded
    alt: str
    """What it says, for readers who cannot see it."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file that paper embeds."""

    family: str
    weight: int
    """From 1 to 1000; 400 is regular, 700 bold."""
    italic: bool
    file: Embedded


@dataclass(frozen=True, slots=True)
class Theme:
    """How a brief looks, every colour of it known and checked."""

    name: str
    colours: Mapping[str, str]
    """``#rrggbb`` of each variable of the style sheets, by its name without the hyphens in front:
    on paper those of print, else those of the light scheme."""
    dark: Mapping[str, str]
    print: Mapping[str, str]
    """What paper shows, in the PDF and where a browser prints the HTML."""
    text_fonts: tuple[str, ...] = ()
    """Families for running text, the first one known to be there for paper; empty where the
    theme's own are kept, here and below."""
    heading_fonts: tuple[str, ...] = ()
    """Families for headings, labels and notes' numbers."""
    faces: tuple[Face, ...] = ()
    """Font files of the user's own that these families need on paper."""
    page: Page = Page.A4
    logo: Logo | None = None
    imprint: str | None = None
    """Who publishes and where, for the small print; may have several lines."""
