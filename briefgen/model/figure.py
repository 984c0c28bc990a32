"""Pictures of a brief as the numbers they draw, and the captions that number figures and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from briefgen.model.document import Quote
from briefgen.model.finding import Impact, Stance


class Captioned(StrEnum):
    """What a caption can stand under; each is numbered by itself."""

    FIGURE = "figure"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Caption:
    """The number of one figure or table, counted from 1 in reading order."""

    kind: Captioned
    number: int

    @property
    def anchor(self) -> str:
        """Address inside the page, such as ``figure-1``."""
        return f"{self.kind}-{self.number}"


class Tendency(StrEnum):
    """What several stances of one actor on one topic amount to."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    CONCERN = "concern"
    MIXED = "mixed"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class StanceCell:
    """What one actor holds on one topic."""

    tendency: Tendency
    counts: Mapping[Stance, int]
    """Positions by stance, none of them zero."""

    @property
    def count(self) -> int:
        """Positions that take a side; all of them where none does."""
        total = sum(self.counts.values())
        return total - self.counts.get(Stance.NEUTRAL, 0) or total


@dataclass(frozen=True, slots=True)
class StanceRow:
    """One actor's line of a stance matrix."""

    actor: str
    cells: tuple[StanceCell | None, ...]
    """One for each topic; None where the actor says nothing of it."""


@dataclass(frozen=True, slots=True)
class StanceMatrix:
    """Who stands where: actors by topics."""

    kind: ClassVar[str] = "stance_matrix"

    caption: Caption
    topics: tuple[str, ...]
    by_target: bool
    """Whether the topics are the names that positions are about, for want of an analyst's."""
    rows: tuple[StanceRow, ...]
    actors_left_out: int
    """Actors with positions on topics for whom there was no room."""
    topics_left_out: int


class Grade(StrEnum):
    """How likely a risk is on a scale of five, by its wording."""

    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"


@dataclass(frozen=True, slots=True)
class Graded:
    """A likelihood on the scale of five, with the words that say so."""

    grade: Grade
    signal: Quote | None
    """None where an analyst says it."""


@dataclass(frozen=True, slots=True)
class RiskMatrix:
    """Rated risks by impact and likelihood."""

    kind: ClassVar[str] = "risk_matrix"

    caption: Caption
    impacts: tuple[Impact, ...]
    """Greatest first, as rows."""
    likelihoods: tuple[Grade, ...]
    """Least likely first, as columns."""
    labels: Mapping[tuple[Impact, Grade], tuple[str, ...]]
    """Labels of the items, such as ``R3``."""


class Counted(StrEnum):
    """What bars are counts by."""

    STATUS = "status"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class Bar:
    """One named count."""

    name: str | None
    """A ``Status`` or a publisher's name; None for what has none."""
    count: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts to compare."""

    kind: ClassVar[str] = "bars"

    caption: Caption
    by: Counted
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """One mark of a timeline."""

    date: str
    """ISO 8601, as exact as it is known: ``2024``, ``2024-07`` or ``2024-07-10``."""
    actor: str
    stance: Stance
    words: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Chronology:
    """Statements along time, the earliest first."""

    kind: ClassVar[str] = "chronology"

    caption: Caption
    statements: tuple[DatedStatement, ...]


Figure = StanceMatrix | RiskMatrix | Bars | Chronology
