"""Keep out of the brief what is less sure than the YAML asks for, and count it."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from briefgen.assemble.decided import wanted
from briefgen.assemble.duplicates import Statement
from briefgen.config import (
    LEAST_CONFIDENCE,
    ConfidenceEntry,
    KeyMessagesSection,
    SectionEntry,
    Settings,
)
from briefgen.model import CONFIDENCE_DECIMALS, Finding, Hidden, Kind, Review


def least(settings: Settings, kind: Kind, entry: SectionEntry) -> float:
    """Least confidence at which a section shows a kind: its own, else the brief's."""
    own = getattr(entry, "confidence", None)
    for asked in (own, settings.confidence):
        value = asked.of(kind) if isinstance(asked, ConfidenceEntry) else asked
        if value is not None:
            return value
    return LEAST_CONFIDENCE


def is_sure(statement: Statement, least: float) -> bool:
    """Whether a statement has that much confidence, as exactly as confidence is printed."""
    return round(statement.finding.confidence, CONFIDENCE_DECIMALS) >= least


def hidden(
    settings: Settings,
    statements: Sequence[Statement],
    shown: AbstractSet[Finding],
    review: Review,
) -> tuple[tuple[Hidden, ...], int]:
    """Findings that too little confidence keeps out, by kind; how many statements they make.

    Of several sections of a kind, the one that asks for the least counts.
    """
    below = {kind: _least_anywhere(settings, kind) for kind in Kind}
    unsure: list[Statement] = []
    others: list[Statement] = []
    for statement in statements:
        finding = statement.finding
        is_hidden = finding not in shown and not is_sure(statement, below[finding.kind])
        is_hidden = is_hidden and not wanted(statement, review)
        (unsure if is_hidden else others).append(statement)
    # What lies inside two statements of a sentence is joined in both, and one may be sure.
    findings = _findings(unsure) - _findings(others)
    counts = {kind: sum(f.kind is kind for f in findings) for kind in Kind}
    by_kind = (Hidden(kind, count, below[kind]) for kind, count in counts.items() if count)
    return tuple(by_kind), len(unsure)


def _least_anywhere(settings: Settings, kind: Kind) -> float:
    """Least confidence that the kind's sections ask for, else the key messages; 0 without any."""
    own = [e for e in settings.sections if e.section == kind or kind in getattr(e, "kinds", ())]
    picking = [e for e in settings.sections if isinstance(e, KeyMessagesSection) and not e.messages]
    return min((least(settings, kind, entry) for entry in own or picking), default=0.0)


def _findings(statements: Iterable[Statement]) -> set[Finding]:
    return {finding for statement in statements for finding in statement.findings}
