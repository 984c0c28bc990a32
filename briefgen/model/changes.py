"""What changed from one version of a brief to the next, claim by claim."""

from dataclasses import dataclass
from enum import StrEnum

from briefgen.model.document import Source
from briefgen.model.finding import Kind
from briefgen.model.record import Claim


class Aspect(StrEnum):
    """In which way a claim changed."""

    APPEARED = "appeared"
    WENT = "went"
    STANCE = "stance"
    """The same actor stands otherwise towards the same thing."""
    STATUS = "status"
    UP = "up"
    """A risk is rated more likely or worse."""
    DOWN = "down"
    SOURCES = "sources"
    """Other sources make the statement."""
    ACTOR = "actor"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One claim before and after."""

    aspects: tuple[Aspect, ...]
    """In the order of ``Aspect``; never empty."""
    before: Claim | None = None
    """None where the claim appeared."""
    after: Claim | None = None
    """None where it went."""

    @property
    def first(self) -> Aspect:
        """The aspect that matters most to a reader."""
        return self.aspects[0]

    @property
    def kind(self) -> Kind:
        """The kind of the claim."""
        claim = self.after or self.before
        assert claim is not None
        return claim.kind


class Edit(StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that were kept, added or taken out."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """A passage of the analyst's own, or a line of the front matter, before and after."""

    name: str
    """A section's kind, or a key of the front matter."""
    pieces: tuple[Piece, ...]
    """The words of both versions in reading order."""
    title: str | None = None
    """Heading of the section, where the analyst gave one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed; false where nothing did."""

    claims: tuple[ClaimChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    front: tuple[TextChange, ...] = ()
    """Title, authors and whatever else stands in the title block and the small print."""
    sources_added: tuple[Source, ...] = ()
    sources_removed: tuple[Source, ...] = ()
    order: bool = False
    """Whether sections or the claims in them follow one another differently, or have new titles."""

    def __bool__(self) -> bool:
        return any(
            (
                self.claims,
                self.texts,
                self.front,
                self.sources_added,
                self.sources_removed,
                self.order,
            )
        )
