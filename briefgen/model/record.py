"""What a brief says, without its layout: the claims, texts and sources that editions differ in."""

from dataclasses import dataclass

from briefgen.model.document import Source
from briefgen.model.finding import Impact, Kind, Stance, Status


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that a brief shows."""

    id: str
    """The finding's; where several sources say the same, that of the one whose words are shown."""
    kind: Kind
    excerpt: tuple[str, ...]
    """The verbatim words; several pieces where the sentence interrupts them."""
    actor: str | None = None
    """Whoever holds the position, makes the proposal or warns, by the name in the brief."""
    stance: Stance | None = None
    """Of a position; None for the other kinds, here and below."""
    target: str | None = None
    status: Status | None = None
    likelihood: str | None = None
    """Of a risk, on the scale of its section, from ``very unlikely`` or ``unlikely`` upwards."""
    impact: Impact | None = None
    topics: tuple[str, ...] = ()
    date: str | None = None
    """ISO 8601 date of the first source that makes the statement."""
    notes: tuple[int, ...] = ()
    """Numbers of the notes that back it."""
    sources: tuple[str, ...] = ()
    """Ids of the sources that make it, in the order of the notes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the analyst's own."""

    section: str
    """Kind of the section that they stand in."""
    markdown: str
    """With the ids of sources in place of the numbers of notes, which move with every finding."""
    title: str | None = None
    """Its heading, where the analyst gave one."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one version of a brief tells its readers."""

    title: str
    subtitle: str | None = None
    series: str | None = None
    date: str | None = None
    """ISO 8601 day of the brief."""
    authors: tuple[str, ...] = ()
    organisation: str | None = None
    language: str = "en"
    status: str | None = None
    doi: str | None = None
    licence: str | None = None
    disclaimer: str | None = None
    description: str | None = None
    """One sentence; the analyst's, or made from what the brief says first."""
    sections: tuple[str, ...] = ()
    """Headings in reading order; the kind of the section where the analyst gave none."""
    claims: tuple[Claim, ...] = ()
    """Each once, in reading order."""
    passages: tuple[Passage, ...] = ()
    sources: tuple[Source, ...] = ()
    """What the brief was made from, in the order of the bibliography."""
