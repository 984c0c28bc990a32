"""What an analyst has decided on findings, as the stages after the review need to know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from briefgen.model.figure import Grade
from briefgen.model.finding import Finding, Impact


class Verb(StrEnum):
    """What ``decide`` does with a finding."""

    KEEP = "keep"
    DROP = "drop"
    EDIT = "edit"
    RATE = "rate"
    NOTE = "note"
    MERGE = "merge"


class Standing(StrEnum):
    """Findings by what an analyst has decided on them."""

    ALL = "all"
    UNDECIDED = "undecided"
    KEPT = "kept"
    """Edited and added ones too."""
    DROPPED = "dropped"
    CHANGED = "changed"
    """Whose words have changed since: they need another look."""


class Verdict(StrEnum):
    """What an analyst did with a finding that stays."""

    KEPT = "kept"
    EDITED = "edited"
    ADDED = "added"
    NOTED = "noted"
    """Only remarked on: whether it is shown is left to its confidence."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An analyst's word on one finding."""

    verdict: Verdict
    by: str | None = None
    when: str | None = None
    """ISO 8601 date of the decision."""
    changed: tuple[str, ...] = ()
    """Fields that the analyst set, by their names in ``findings.json``."""
    topics: tuple[str, ...] | None = None
    """None where the words of the finding say it."""
    impact: Impact | None = None
    grade: Grade | None = None
    """Likelihood that the analyst gives it; None where its wording says it."""
    outdated: bool = False
    """Whether the finding has changed since, and needs another look."""


@dataclass(frozen=True, slots=True)
class Review:
    """What an analyst decided on the findings of one brief."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    """By finding id."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """The id of a finding, and of the one that it is to be joined with."""
    dropped: tuple[Finding, ...] = ()
    """What extraction found and the brief is to be without."""

    def shows(self, id: str) -> bool:
        """Whether the analyst wants a finding shown, whatever its confidence."""
        mark = self.marks.get(id)
        return mark is not None and mark.verdict is not Verdict.NOTED

    def count(self, verdict: Verdict) -> int:
        """How many findings have a verdict."""
        return sum(mark.verdict is verdict for mark in self.marks.values())
