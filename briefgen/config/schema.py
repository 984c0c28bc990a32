"""The YAML's one documented model: every key, its type, its default."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictInt,
    ValidationInfo,
    field_validator,
    model_validator,
)

from briefgen.config.values import (
    HTTP,
    Colour,
    Contact,
    Families,
    FromZeroToOne,
    Id,
    IsoDate,
    Language,
    Limit,
    Moment,
    NotBlank,
    OneOrMore,
    OrLone,
    Share,
    Sort,
    WebAddress,
    Words,
    as_share,
    scheme_in_front,
)
from briefgen.model import FrontMatter, Impact, Kind, Page, Preset, Show, Stance, Status

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


def _as_source(value: Any) -> Any:
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


def _as_section(value: Any) -> Any:
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


def _distinct(actors: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Refuse a form that would mean two names."""
    taken: dict[str, str] = {}
    for name, forms in actors.items():
        for form in (name, *forms):
            other = taken.setdefault(" ".join(form.lower().split()), name)
            if other != name:
                raise ValueError(f"{form!r} stands under {other!r} and under {name!r}")
    return actors


def _one_of_each() -> Any:
    """Every section that needs no words of the analyst's and repeats no other."""
    return tuple(
        options.model_validate({"section": name})
        for name, options in SECTIONS.items()
        if options not in (TextSection, TimelineSection, CustomSection)
    )


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


class Settings(Entry):
    """Everything one YAML file says of one brief."""

    extends: Words | None = None
    """YAML file whose keys this one takes where it has none of its own, by its path from here."""
    defaults: dict[str, Any] = Field(default_factory=dict)
    """Options for every section that has them, and under a section's name for those of its kind."""
    title: Words
    """Title of the brief."""
    subtitle: Words | None = None
    """Line below the title."""
    series: Words | None = None
    """Series and number, such as ``Policy Brief 12/2024``."""
    date: IsoDate | None = None
    """Day of the brief, never the day of the build; no date is printed where it is left out."""
    authors: OneOrMore = ()
    """Who wrote the brief: a name or a list of names."""
    organisation: Words | None = None
    """Who publishes it."""
    language: Language = "en"
    """BCP 47 tag of the brief's own words."""
    status: Words | None = None
    """Such as ``draft``; printed in the title block."""
    doi: Words | None = None
    """Digital object identifier of the brief."""
    licence: Words | None = None
    """A licence's name, linked where it is a Creative Commons one, or its address."""
    disclaimer: Words | None = None
    """Small print, which stands last in every format."""
    description: Words | None = None
    """One sentence for search engines; else the subtitle, else the first key message."""
    url: WebAddress | None = None
    """Web address where ``brief.html`` will stand; its canonical link."""
    cite_as: Words | None = None
    """How to cite the brief; authors, year, title, series, organisation and DOI or ``url`` where it
    is left out."""
    corrections: Contact | None = None
    """Mail or web address for whoever finds a mistake."""
    slug: Id | None = None
    """Name of the output folder and of the brief's address on a site; the YAML's file name where it
    is left out."""
    embargo: Moment | None = None
    """Time before which ``publish`` holds the brief back."""
    correction: Words | None = None
    """What this edition puts right; ``publish`` marks the edition as a correction."""
    withdrawn: Words | None = None
    """Why the brief is withdrawn; its address then shows this notice in its place."""
    formerly: Annotated[tuple[Id, ...], OrLone()] = ()
    """Slugs under which the brief was published before; their addresses lead to the new one."""
    translation_of: Id | None = None
    """Slug of the brief that this one says in another language."""
    sources: Annotated[
        tuple[
            Annotated[
                SourceEntry,
                BeforeValidator(_as_source, json_schema_input_type=NotBlank | SourceEntry),
            ],
            ...,
        ],
        Field(min_length=1),
    ]
    """Files, globs and web addresses, in the order of the bibliography."""
    actors: Annotated[dict[Words, OneOrMore], AfterValidator(_distinct)] = Field(
        default_factory=dict
    )
    """Names that mean the same: the name to print, and its other forms."""
    topics: dict[Words, OneOrMore] = Field(default_factory=dict)
    """What findings are about: a topic's name, and the words that place a finding in it."""
    confidence: Confidence = ConfidenceEntry()
    """Least confidence of a finding to show: one number, or one for each kind."""
    preset: Preset | None = None
    """How long the brief is on A4: ``glance`` (1–2 pages), ``brief`` (about 4) or ``briefing``
    (8–12). It sets the limits of sections that give none; without it, all that is sure enough is
    shown."""
    sections: tuple[Annotated[SectionEntry, BeforeValidator(_as_section)], ...] = Field(
        default_factory=_one_of_each
    )
    """Sections in the order of the brief; the same section may stand twice."""
    outputs: Annotated[
        tuple[Format, ...],
        OrLone(),
    ] = (
        Format.MARKDOWN,
        Format.HTML,
        Format.PDF,
    )
    """Formats to write; docx, which needs the extra ``word``, only where it is named."""
    fetch: FetchEntry = FetchEntry()
    """How web addresses are fetched."""
    theme: Annotated[
        ThemeEntry, BeforeValidator(as_theme, json_schema_input_type=NotBlank | ThemeEntry)
    ] = ThemeEntry()
    """House style: a theme's name, or its options."""

    def front_matter(self) -> FrontMatter:
        """Collect what the title block and the documents' metadata say."""
        return FrontMatter(
            title=self.title,
            subtitle=self.subtitle,
            series=self.series,
            date=self.date,
            authors=self.authors,
            organisation=self.organisation,
            language=self.language,
            status=self.status,
            doi=self.doi,
            licence=self.licence,
            disclaimer=self.disclaimer,
            description=self.description,
            url=self.url,
            cite_as=self.cite_as,
            corrections=self.corrections,
        )
