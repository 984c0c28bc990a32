"""The assembled brief: sections of items with numbered notes, and the files made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, ClassVar

from briefgen.model.caution import Caution
from briefgen.model.decision import Mark
from briefgen.model.document import Document, Location, Quote, Source
from briefgen.model.figure import Bars, Caption, Chronology, Grade, Graded, RiskMatrix, StanceMatrix
from briefgen.model.finding import Extraction, Finding, Impact, Kind
from briefgen.model.publication import Publication
from briefgen.model.theme import Theme


class Preset(StrEnum):
    """How long a brief is, on A4 with a source or two to a finding."""

    GLANCE = "glance"
    """One or two pages: what a minister reads in the lift."""
    BRIEF = "brief"
    """About four pages."""
    BRIEFING = "briefing"
    """Eight to twelve pages, with contents."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a title block and a document's metadata say of the brief itself."""

    title: str
    subtitle: str | None = None
    series: str | None = None
    """Series and number, such as ``Policy Brief 12/2024``."""
    date: str | None = None
    """ISO 8601 day of the brief, never the day of the build."""
    authors: tuple[str, ...] = ()
    organisation: str | None = None
    language: str = "en"
    """BCP 47 tag of the brief's own words."""
    status: str | None = None
    """Such as ``draft``, which gives every page a watermark."""
    doi: str | None = None
    licence: str | None = None
    """A name, such as ``CC BY 4.0``, or the licence's address."""
    disclaimer: str | None = None
    description: str | None = None
    """One sentence for search engines and previews."""
    url: str | None = None
    """Web address where the page will stand."""
    cite_as: str | None = None
    """How to cite the brief; None leaves it to the templates."""
    corrections: str | None = None
    """Mail or web address for whoever finds a mistake."""


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered citation."""

    number: int
    source: Source
    quote: Quote | None
    """The verbatim sentence; None where the analyst cites a source as a whole or a page of it."""
    location: Location | None
    passage: Quote | None = None
    """The block around the sentence, where the source may show it and it adds words."""


@dataclass(frozen=True, slots=True)
class Call:
    """One place in the brief that points to a note."""

    note: Note
    occurrence: int
    """1 where the note is first called, which is where paper prints it; then 2, 3, …"""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding as it stands in the brief, with every note that backs it."""

    finding: Finding
    excerpt: tuple[Quote, ...]
    """The verbatim words to show; several pieces where the sentence interrupts them."""
    calls: tuple[Call, ...]
    """One call for each source that makes the statement."""
    label: str | None = None
    """Number inside its section, such as ``R3``, where a matrix points to it."""
    topics: tuple[str, ...] = ()
    impact: Impact | None = None
    graded: Graded | None = None
    """A risk's likelihood where its section has a scale of five."""
    date: str | None = None
    """ISO 8601 date of the first source that makes the statement; None where none has one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one sub-heading."""

    title: str | None
    """None where a section is not grouped."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the analyst's words that names a figure or a table."""

    name: str
    """As it was written, such as ``fig:positions``."""
    caption: Caption | None
    """None until every caption is numbered."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown of the analyst's own, its citations replaced by note calls ``[^1]``."""

    markdown: str
    calls: tuple[Call, ...]
    """The calls in ``markdown``, in order."""
    references: tuple[Reference, ...] = ()
    """What ``[^fig:positions]`` and the like stand for, in order."""
    captions: tuple[Caption, ...] = ()
    """Captions of the analyst's own figures and tables: paragraphs that start with ``[^table-1]``,
    below what they name."""


@dataclass(frozen=True, slots=True)
class KeyMessages:
    """What a reader in a hurry takes away."""

    kind: ClassVar[str] = "key_messages"

    title: str | None
    """Heading the analyst gave; None leaves it to the templates, here and below."""
    anchor: str
    intro: Prose | None
    written: tuple[Prose, ...]
    """Messages of the analyst's own."""
    picked: tuple[Item, ...]
    """Findings that most actors and sources stand behind; empty where the analyst wrote."""


@dataclass(frozen=True, slots=True)
class Text:
    """A section of the analyst's own words."""

    kind: ClassVar[str] = "text"

    title: str | None
    anchor: str
    body: Prose


@dataclass(frozen=True, slots=True)
class Positions:
    """Who holds what."""

    kind: ClassVar[str] = "positions"

    title: str | None
    anchor: str
    intro: Prose | None
    view: str
    """``table`` or ``list``."""
    group_by: str | None
    groups: tuple[Group, ...]
    left_out: int
    """How many more findings a limit keeps from this section."""
    hidden: int
    """How many more have too little confidence for this section."""
    figure: StanceMatrix | None = None
    """The picture before the items, where the analyst wants one."""
    tables: tuple[Caption, ...] = ()
    """One for each table of the view, in order."""
    columns: tuple[str, ...] = ("actor", "position", "stance")
    """Those of the tables, in order."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is to be done."""

    kind: ClassVar[str] = "proposals"

    title: str | None
    anchor: str
    intro: Prose | None
    view: str
    """``table`` or ``list``."""
    group_by: str | None
    groups: tuple[Group, ...]
    left_out: int
    hidden: int
    figure: Bars | None = None
    tables: tuple[Caption, ...] = ()
    columns: tuple[str, ...] = ("proposal", "status", "proposer", "addressee")


@dataclass(frozen=True, slots=True)
class Risks:
    """What could go wrong."""

    kind: ClassVar[str] = "risks"

    title: str | None
    anchor: str
    intro: Prose | None
    view: str
    """``list``, ``table`` or ``matrix``, which the list that its numbers point to follows."""
    group_by: str | None
    groups: tuple[Group, ...]
    left_out: int
    hidden: int
    matrix: Mapping[tuple[Impact, Grade], tuple[Item, ...]]
    """Rated risks by impact and likelihood; empty unless the view is a matrix."""
    unrated: tuple[Item, ...]
    """Risks with no likelihood in their wording or no impact from the analyst."""
    figure: RiskMatrix | None = None
    tables: tuple[Caption, ...] = ()
    columns: tuple[str, ...] = ("risk", "likelihood", "impact", "voice", "bearer")


@dataclass(frozen=True, slots=True)
class Custom:
    """A section that a template of the analyst's own lays out."""

    kind: ClassVar[str] = "custom"

    title: str | None
    anchor: str
    intro: Prose | None
    template: str
    """Name among the templates without its language, such as ``sections/winners``."""
    options: Mapping[str, Any]
    """What the YAML says to this template alone."""
    kinds: tuple[Kind, ...]
    group_by: str | None
    groups: tuple[Group, ...]
    """What the template has to show, notes numbered in this order."""
    left_out: int
    hidden: int

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all groups."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """One source and the notes that cite it."""

    source: Source
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What the brief was made from."""

    kind: ClassVar[str] = "sources"

    title: str | None
    anchor: str
    intro: Prose | None
    entries: tuple[BibliographyEntry, ...]
    figure: Bars | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A statement and the date of the first source that makes it."""

    date: str
    """ISO 8601, as exact as it is known."""
    item: Item


@dataclass(frozen=True, slots=True)
class Timeline:
    """Who said what, in the order of time."""

    kind: ClassVar[str] = "timeline"

    title: str | None
    anchor: str
    intro: Prose | None
    figure: Chronology | None
    entries: tuple[TimelineEntry, ...]
    """What the figure shows, the earliest first."""
    tables: tuple[Caption, ...]
    left_out: int
    hidden: int
    undated: int
    """Positions on the section's terms whose sources have no date."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Findings of one kind that no section shows, for want of confidence."""

    kind: Kind
    count: int
    below: float
    """The confidence that each of them lacks."""


@dataclass(frozen=True, slots=True)
class Method:
    """What was read, how the findings were made, and what to beware of."""

    kind: ClassVar[str] = "method"

    title: str | None
    anchor: str
    intro: Prose | None
    documents: int
    words: int
    """Words read, without boilerplate."""
    found: Mapping[str, int]
    """Findings of each kind before duplicates were merged, by the kind's name."""
    merged: int
    """Findings that said the same as another and became a further note of it."""
    hidden: tuple[Hidden, ...]
    """Kinds of which some findings lack the confidence to be shown."""
    shown: int
    """Items in the brief's sections, each counted once."""
    version: str
    """briefgen's own version."""
    model: str
    """Name and version of the tagging model."""
    kept: int = 0
    """Findings that an analyst looked at and let stand; then those dropped, edited and added."""
    dropped: int = 0
    edited: int = 0
    added: int = 0
    outdated: int = 0
    """Findings that have changed since an analyst decided on them."""


Section = (
    KeyMessages | Text | Positions | Proposals | Risks | Timeline | Bibliography | Method | Custom
)


@dataclass(frozen=True, slots=True)
class FullText:
    """A source that the brief's page shows whole."""

    document: Document
    notes: tuple[Note, ...]
    """The notes that quote it, in the order of its text."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief, ready for any template."""

    slug: str
    front: FrontMatter
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    """In reading order, numbered from 1 without gaps."""
    extractions: tuple[Extraction, ...] = ()
    """Everything found in every source, shown or not, its actors named as in the brief."""
    preset: Preset | None = None
    """None where the sections' own limits say how long the brief is."""
    yaml: str = ""
    """The YAML that the brief was made from, as the analyst wrote it."""
    full_texts: tuple[FullText, ...] = ()
    """The sources to show whole, in the order of the bibliography."""
    theme: Theme | None = None
    """House style; None for the standard one as it ships."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """What an analyst decided on findings that stay, by finding id."""
    publication: Publication | None = None
    """Where it stands on a site; None for a build."""
    cautions: tuple[Caution, ...] = ()
    """What the YAML asks for in vain, in the order of the sections; no template says it."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file to write, at a path relative to the brief's output folder."""

    path: PurePosixPath
    content: bytes
