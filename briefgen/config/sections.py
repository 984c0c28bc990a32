"""The sections of a brief, and the options of each."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictInt,
    ValidationInfo,
    field_validator,
    model_validator,
)

from briefgen.config.entries import Confidence, Entry
from briefgen.config.values import IsoDate, Limit, OneOrMore, OrLone, Share, Sort, Words
from briefgen.model import Impact, Kind, Stance, Status


class _Section(Entry):
    title: Words | None = None
    """Heading; each section has one of its own where this is left out."""


class _Introduced(_Section):
    intro: Words | None = None
    """Markdown before the items."""


class KeyMessagesSection(_Introduced):
    """Messages written by the analyst, or picked from the findings."""

    section: Literal["key_messages"]
    messages: tuple[Words, ...] = ()
    """Markdown, one message an entry; where it is left out, up to ``limit`` findings are picked:
    those that most sources and actors stand behind, no two of which say the same."""
    limit: Annotated[StrictInt, Field(ge=1, le=20)] | None = None
    """How many findings to pick at most; the preset's number, or 5, where it is left out."""
    confidence: Confidence | None = None
    """Least confidence of a finding to pick; the brief's where it is left out."""
    include: OneOrMore = ()
    """Ids of findings that are picked before all others, in this order."""
    exclude: OneOrMore = ()
    """Ids of findings that are not picked."""


class TextSection(_Section):
    """The analyst's own words."""

    section: Literal["text"]
    text: Words | None = None
    """Markdown; ``[@source-id]`` and ``[@source-id, p. 3]`` cite."""
    file: Words | None = None
    """Markdown file, from the YAML's own folder."""

    @model_validator(mode="after")
    def _has_words(self) -> "TextSection":
        if (self.text is None) == (self.file is None):
            raise ValueError("needs either text or file")
        return self


class _FindingsSection(_Introduced):
    actors: OneOrMore = ()
    """Only findings of these actors."""
    sources: OneOrMore = ()
    """Only findings from these source ids."""
    topics: OneOrMore = ()
    """Only findings on these topics."""
    from_: Annotated[IsoDate | None, Field(alias="from")] = None
    """Only findings from sources published then or later."""
    to: IsoDate | None = None
    """Only findings from sources published then or earlier."""
    words: OneOrMore = ()
    """Only findings whose sentence has one of these words."""
    include: OneOrMore = ()
    """Ids of findings that are shown whatever else the section asks for."""
    exclude: OneOrMore = ()
    """Ids of findings that are not shown here."""
    limit: Limit | None = None
    """How many items at most, those that most sources stand behind; the preset's number, or all,
    where it is left out."""
    confidence: Share | None = None
    """Least confidence of a finding to show; the brief's where it is left out."""

    @field_validator("to")
    @classmethod
    def _not_before_from(cls, to: str | None, info: ValidationInfo) -> str | None:
        since = info.data.get("from_")
        # As far as both go: all of 2024-07 is not before 2024-07-10.
        if to and since and to < since[: len(to)]:
            raise ValueError(f"{to} is before from: {since} (swap them)")
        return to

    @field_validator("exclude")
    @classmethod
    def _not_included(cls, exclude: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        both = [id_ for id_ in exclude if id_ in info.data.get("include", ())]
        if both:
            raise ValueError(f"{both[0]!r} stands under include too (take one out)")
        return exclude


def _columns(columns: tuple[str, ...], main: str) -> tuple[str, ...]:
    """Refuse a column that stands twice, and a table without the one that carries the notes."""
    twice = [name for at, name in enumerate(columns) if name in columns[:at]]
    if twice:
        raise ValueError(f"{twice[0]!r} stands here twice (take one out)")
    if main not in columns:
        raise ValueError(f"lacks {main!r}, which carries the notes (add it)")
    return columns


def _in_a_table(columns: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    if info.data.get("view", "table") != "table":
        raise ValueError("only a table has them (add view: table)")
    return columns


class PositionsSection(_FindingsSection):
    """Who holds what."""

    section: Literal["positions"]
    view: Literal["table", "list"] = "list"
    """How the items are set."""
    group_by: Literal["actor", "stance", "source", "topic"] | None = "actor"
    """What the sub-headings are; ``null`` for none."""
    stances: Annotated[
        tuple[Stance, ...],
        OrLone(),
    ] = ()
    """Only these stances."""
    chart: bool = False
    """Whether a stance matrix, actors by topics, is drawn before the items."""
    sort: Sort | None = None
    """Order of the items, in their groups; that of the sources where it is left out."""
    columns: Annotated[
        tuple[Literal["actor", "position", "stance", "source", "date", "target", "topic"], ...],
        OrLone(),
        AfterValidator(lambda columns: _columns(columns, "position")),
        AfterValidator(_in_a_table),
    ] = ("actor", "position", "stance")
    """Columns of the table, in order."""


class ProposalsSection(_FindingsSection):
    """What is to be done."""

    section: Literal["proposals"]
    view: Literal["table", "list"] = "list"
    """How the items are set."""
    group_by: Literal["status", "proposer", "source", "topic"] | None = "status"
    """What the sub-headings are; ``null`` for none."""
    statuses: Annotated[
        tuple[Status, ...],
        OrLone(),
    ] = ()
    """Only these statuses."""
    chart: bool = False
    """Whether bars by status are drawn before the items."""
    sort: Sort | None = None
    """Order of the items, in their groups; that of the sources where it is left out."""
    columns: Annotated[
        tuple[
            Literal["proposal", "status", "proposer", "addressee", "source", "date", "topic"], ...
        ],
        OrLone(),
        AfterValidator(lambda columns: _columns(columns, "proposal")),
        AfterValidator(_in_a_table),
    ] = ("proposal", "status", "proposer", "addressee")
    """Columns of the table, in order."""


class RisksSection(_FindingsSection):
    """What could go wrong."""

    section: Literal["risks"]
    view: Literal["list", "matrix", "table"] = "list"
    """How the items are set; a matrix has the rated risks by impact and likelihood."""
    group_by: Literal["likelihood", "voice", "source", "topic"] | None = None
    """What the sub-headings are; ``null`` for none."""
    scale: Literal[3, 5] = 3
    """Levels of impact and likelihood."""
    impact: dict[str, Impact] = Field(default_factory=dict)
    """Your ratings by the ids of findings: ``low``, ``medium`` or ``high``, on a scale of 5 also
    ``very low`` or ``very high``. briefgen never guesses one."""
    sort: Sort | None = None
    """Order of the items, in their groups; that of the sources where it is left out."""
    columns: Annotated[
        tuple[
            Literal["risk", "likelihood", "impact", "voice", "bearer", "source", "date", "topic"],
            ...,
        ],
        OrLone(),
        AfterValidator(lambda columns: _columns(columns, "risk")),
        AfterValidator(_in_a_table),
    ] = ("risk", "likelihood", "impact", "voice", "bearer")
    """Columns of the table, in order."""

    @field_validator("impact")
    @classmethod
    def _on_the_scale(cls, impact: dict[str, Impact], info: ValidationInfo) -> dict[str, Impact]:
        outer = [rating for rating in impact.values() if rating.startswith("very")]
        if outer and info.data.get("scale") == 3:
            raise ValueError(f"{str(outer[0])!r} is not on the scale of three (add scale: 5)")
        return impact


class TimelineSection(_FindingsSection):
    """Attributed positions in the order of their sources' dates."""

    section: Literal["timeline"]
    stances: Annotated[tuple[Stance, ...], OrLone()] = ()
    """Only these stances."""
    limit: Annotated[StrictInt, Field(ge=1, le=14)] = 12
    """How many statements at most: what a page can show."""


class SourcesSection(_Introduced):
    """The bibliography."""

    section: Literal["sources"]
    chart: bool = False
    """Whether bars by publisher are drawn before the entries."""


class MethodSection(_Introduced):
    """What was read and how the findings were made."""

    section: Literal["method"]


_TEMPLATE = re.compile(r"(?:[\w-]+/)*[\w-]+")


def _as_template(value: Any) -> Any:
    """A template's name without its language; one without a folder stands in ``sections/``."""
    if not isinstance(value, str):
        return value
    stem = re.sub(r"\.(?:md|html)\.j2\Z", "", value.strip())
    if not _TEMPLATE.fullmatch(stem):
        raise ValueError(f"{value!r:.60} is no template's name (write such as sections/my.md.j2)")
    return stem if "/" in stem else f"sections/{stem}"


class CustomSection(_FindingsSection):
    """A section of the analyst's own making: a template, and the findings that it is to show."""

    model_config = ConfigDict(extra="allow")

    section: Literal["custom"]
    template: Annotated[Words, BeforeValidator(_as_template)]
    """``sections/my.md.j2``, ``sections/my.html.j2`` or ``sections/my``, from ``templates/``."""
    kinds: Annotated[tuple[Kind, ...], OrLone()] = ()
    """Kinds of findings to show; none where it is left out."""
    group_by: Literal["kind", "actor", "source", "topic"] | None = None
    """What the sub-headings are; ``null`` for none."""
    stances: Annotated[tuple[Stance, ...], OrLone()] = ()
    """Of the positions only those with these stances."""
    statuses: Annotated[tuple[Status, ...], OrLone()] = ()
    """Of the proposals only those with these statuses."""
    sort: Sort | None = None
    """Order of the items, in their groups; that of the sources where it is left out."""

    @model_validator(mode="after")
    def _says_what_it_chooses_from(self) -> "CustomSection":
        own = self.model_fields_set - {"section", "template", "title", "intro", "kinds"}
        asked = sorted(own & set(type(self).model_fields))
        if asked and not self.kinds:
            kinds = ", ".join(Kind)
            raise ValueError(f"{asked[0].rstrip('_')} needs kinds (add such as kinds: [{kinds}])")
        return self

    @property
    def options(self) -> Mapping[str, Any]:
        """The template's own options: every key that is none of these."""
        return self.__pydantic_extra__ or {}


SectionEntry = Annotated[
    KeyMessagesSection
    | TextSection
    | PositionsSection
    | ProposalsSection
    | RisksSection
    | TimelineSection
    | SourcesSection
    | MethodSection
    | CustomSection,
    Discriminator("section"),
]

SECTIONS: Mapping[str, type[_Section]] = {
    "key_messages": KeyMessagesSection,
    "text": TextSection,
    "positions": PositionsSection,
    "proposals": ProposalsSection,
    "risks": RisksSection,
    "timeline": TimelineSection,
    "sources": SourcesSection,
    "method": MethodSection,
    "custom": CustomSection,
}
"""Options of each section, by the name that an entry under ``sections:`` can have."""


def as_section(value: Any) -> Any:
    """Turn ``name`` or ``{name: options}`` into options that carry their name."""
    if isinstance(value, str):
        return {"section": value}
    if isinstance(value, dict) and len(value) == 1:
        ((name, options),) = value.items()
        if options is None:
            return {"section": name}
        if isinstance(options, dict):
            if "section" in options:
                raise ValueError(f"unknown key 'section' in {name}")
            return {**options, "section": name}
    way_out = ""
    if isinstance(value, dict) and (name := next((key for key in value if key in SECTIONS), None)):
        options = [key for key in value if key in SECTIONS[name].model_fields]
        way_out = f" (indent {', '.join(options)} below {name}:)" if options else ""
    raise ValueError(f"is not a section: write a name, or one name with its options{way_out}")
