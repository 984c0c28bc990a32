"""What the files of ``api/`` hold, for programs: nouns from which their JSON Schema is made too.

What is unknown or empty is left out of the files. Addresses start from the site's root.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefgen.model import Aspect, Changes, Claim, Record, Source
from briefgen.publish.catalogue import File


@dataclass(frozen=True, slots=True)
class Counts:
    """How much changed from one edition to the next."""

    claims: Mapping[Aspect, int] = field(default_factory=dict)
    """Number of claims by the way in which each changed most."""
    passages: int = 0
    """Passages of the analyst's own that were edited."""
    front: int = 0
    """Lines of the title block and the small print that were edited."""
    sources_added: int = 0
    sources_removed: int = 0


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """One edition in a list."""

    id: str
    """Its day, with a number from 2 where the day has more than one: ``2024-08-02-2``."""
    number: int
    """1 for the first edition of its brief."""
    page: str
    """Address at which it stays as it is."""
    correction: str | None = None
    """What it puts right."""
    changes: Counts | None = None
    """Since the edition before."""
    files: tuple[File, ...] = ()
    """What lies beside its page to take away."""


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """One brief in a list, as its newest edition has it."""

    slug: str
    """Its part of the address."""
    title: str
    page: str
    """Address that always shows the newest edition."""
    data: str
    """Address of all editions in full."""
    editions: tuple[EditionEntry, ...]
    """From the first to the newest."""
    language: str = "en"
    """BCP 47 tag."""
    subtitle: str | None = None
    description: str | None = None
    date: str | None = None
    """ISO 8601 day of the brief."""
    series: str | None = None
    """Series and number."""
    authors: tuple[str, ...] = ()
    organisation: str | None = None
    topics: tuple[str, ...] = ()
    """Of what it shows, in reading order."""
    doi: str | None = None
    licence: str | None = None
    withdrawn: str | None = None
    """Why it is withdrawn, where it is."""
    translation_of: str | None = None
    """Slug of the brief that it is a translation of."""


@dataclass(frozen=True, slots=True)
class Briefs:
    """Every brief, the newest first."""

    briefs: tuple[BriefEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class FullEdition:
    """One edition: everything that it says, and what changed claim by claim."""

    id: str
    """Its day, with a number from 2 where the day has more than one: ``2024-08-02-2``."""
    number: int
    """1 for the first edition of its brief."""
    page: str
    """Address at which it stays as it is."""
    record: Record
    correction: str | None = None
    """What it puts right."""
    changes: Changes | None = None
    """Since the edition before."""
    files: tuple[File, ...] = ()
    """What lies beside its page to take away."""


@dataclass(frozen=True, slots=True)
class History:
    """One brief with all its editions in full."""

    slug: str
    """Its part of the address."""
    page: str
    """Address that always shows the newest edition."""
    editions: tuple[FullEdition, ...]
    """From the first to the newest."""
    withdrawn: str | None = None
    """Why it is withdrawn, where it is."""
    formerly: tuple[str, ...] = ()
    """Slugs whose addresses lead here."""
    translation_of: str | None = None
    """Slug of the brief that it is a translation of."""


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor in a list."""

    name: str
    slug: str
    """Its part of the address."""
    page: str
    data: str
    """Address of all that the actor said."""
    statements: int = 0
    """How many there are, of all editions."""
    briefs: tuple[str, ...] = ()
    """Slugs of the briefs whose newest edition shows one."""


@dataclass(frozen=True, slots=True)
class Actors:
    """Everyone who holds a position, makes a proposal or warns of a risk, by name."""

    actors: tuple[ActorEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of one brief."""

    claim: Claim
    """As the last edition that shows it has it."""
    day: str
    """ISO 8601 date on which it was said, as exactly as that is known; else the first edition's."""
    brief: str
    """Slug of the brief."""
    edition: str
    """Id of the last edition that shows it."""
    since: str
    """Id of the first."""
    page: str
    """Address of that place in the brief."""
    current: bool = False
    """Whether the newest edition of a brief that is not withdrawn shows it."""
    sources: tuple[Source, ...] = ()
    """Whoever reports it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Everything that one actor said in any edition of any brief, the newest first."""

    name: str
    slug: str
    """Its part of the address."""
    page: str
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """Every claim that the newest editions of all briefs show, the newest first."""

    statements: tuple[Statement, ...] = ()
