"""What extraction finds: positions, proposals and risks, each carrying its quotes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from briefgen.model.document import Document, Quote


class Kind(StrEnum):
    """The three kinds of finding; the values name their lists in JSON and their sections."""

    POSITION = "positions"
    PROPOSAL = "proposals"
    RISK = "risks"


CONFIDENCE_DECIMALS = 2
"""Decimals of a confidence that are printed, and that the least one to show is held against."""


class Speech(StrEnum):
    """Whether a statement is given in the holder's own words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """How a holder stands towards the target of a statement; neutral when unsure."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Status(StrEnum):
    """How far a proposal has come, by its wording."""

    RECOMMENDED = "recommended"
    PLANNED = "planned"
    AGREED = "agreed"
    DEMANDED = "demanded"
    CONSIDERED = "considered"
    REJECTED = "rejected"


class Level(StrEnum):
    """How likely a risk is, by its wording."""

    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"


class Impact(StrEnum):
    """How much harm a risk would do; only an analyst says so. The outer two: on a scale of five."""

    VERY_LOW = "very low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who holds a position, makes a proposal or warns."""

    name: str
    """Resolved name, such as ``Lin Jian`` for “Lin” or “he”."""
    quote: Quote | None
    """The words that name the actor; None where the text leaves them out, as in “We will …”."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely a risk is, with the word that says so."""

    level: Level
    signal: Quote | None
    """None where an analyst says it."""


@dataclass(frozen=True, slots=True)
class Position:
    """An actor holds, says, demands, fears or rejects something."""

    kind: ClassVar[Kind] = Kind.POSITION

    id: str
    sentence: Quote
    actor: Actor | None
    cue: Quote | None
    """The words that signal the attribution, such as “said” or “according to”."""
    statement: tuple[Quote, ...]
    """What is held; several pieces where the sentence interrupts it."""
    speech: Speech
    stance: Stance
    target: str | None
    """Name of who or what the stance is towards, where the statement names one."""
    confidence: float
    """Share of findings with this score that an annotator would also record, from 0 to 1."""

    @property
    def holder(self) -> Actor | None:
        """Whoever holds the position."""
        return self.actor

    @property
    def content(self) -> tuple[Quote, ...]:
        """The statement."""
        return self.statement


@dataclass(frozen=True, slots=True)
class Proposal:
    """A course of action that someone should, could, plans or agrees to take."""

    kind: ClassVar[Kind] = Kind.PROPOSAL

    id: str
    sentence: Quote
    proposer: Actor | None
    """None where the document's author proposes, or nobody named."""
    action: Quote
    status: Status | None
    """None where the wording does not tell."""
    addressee: Quote | None
    """Who is asked to act, where the sentence says so."""
    confidence: float
    """Share of findings with this score that an annotator would also record, from 0 to 1."""

    @property
    def holder(self) -> Actor | None:
        """Whoever puts the action forward."""
        return self.proposer

    @property
    def content(self) -> tuple[Quote, ...]:
        """The action."""
        return (self.action,)


@dataclass(frozen=True, slots=True)
class Risk:
    """A harm that may follow."""

    kind: ClassVar[Kind] = Kind.RISK

    id: str
    sentence: Quote
    voice: Actor | None
    """Who warns; None where it is the document's author."""
    risk: Quote
    bearer: Quote | None
    """Who or what would be harmed, where the sentence says so."""
    likelihood: Likelihood | None
    """None where no word of the sentence tells."""
    confidence: float
    """Share of findings with this score that an annotator would also record, from 0 to 1."""

    @property
    def holder(self) -> Actor | None:
        """Whoever warns of the risk."""
        return self.voice

    @property
    def content(self) -> tuple[Quote, ...]:
        """What may happen."""
        return (self.risk,)


Finding = Position | Proposal | Risk


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody is said to say, think, feel or want something, in the widest sense."""

    source: Quote | None
    cue: Quote | None
    content: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document and everything found in it."""

    document: Document
    findings: tuple[Finding, ...]
