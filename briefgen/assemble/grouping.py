"""Put a section's statements under sub-headings."""

from collections.abc import Callable, Mapping, Sequence

from briefgen.assemble.duplicates import Statement
from briefgen.model import Document, Kind, Level, Position, Proposal, Risk, Stance, Status

Groups = list[tuple[str | None, list[Statement]]]


def group(
    statements: Sequence[Statement],
    by: str | None,
    *,
    documents: Mapping[str, Document],
    topics: Callable[[Statement], Sequence[str]],
    order: Sequence[str] = (),
) -> Groups:
    """Statements by actor, stance, status, likelihood, source, topic or kind; in one where None.

    Groups named in ``order`` come first and in that order, then the largest; what has no value
    for the criterion comes last, under None.
    """
    if by is None:
        return [(None, list(statements))] if statements else []
    found: dict[str | None, list[Statement]] = {}
    for statement in statements:
        found.setdefault(_value(statement, by, documents, topics), []).append(statement)
    places = {name: index for index, name in enumerate((*order, *_ORDERS.get(by, ())))}
    return sorted(
        found.items(),
        key=lambda pair: (
            pair[0] is None,
            places.get(pair[0] or "", len(places)),
            -len(pair[1]) if by not in _IN_READING_ORDER else 0,
        ),
    )


_ORDERS: Mapping[str, Sequence[str]] = {
    "stance": (Stance.SUPPORT, Stance.OPPOSE, Stance.CONCERN, Stance.NEUTRAL),
    "status": tuple(Status),
    "kind": tuple(Kind),
    "likelihood": (Level.LIKELY, Level.POSSIBLE, Level.UNLIKELY),
}

_IN_READING_ORDER = frozenset({"source"})


def _value(
    statement: Statement,
    by: str,
    documents: Mapping[str, Document],
    topics: Callable[[Statement], Sequence[str]],
) -> str | None:
    finding = statement.finding
    match by:
        case "actor" | "proposer" | "voice":
            return finding.holder.name if finding.holder else None
        case "source":
            return documents[finding.sentence.source_id].source.title
        case "kind":
            return str(finding.kind)
        case "topic":
            return next(iter(topics(statement)), None)
    match finding:
        case Position():
            return str(finding.stance)
        case Proposal():
            return str(finding.status) if finding.status else None
        case Risk():
            return str(finding.likelihood.level) if finding.likelihood else None
