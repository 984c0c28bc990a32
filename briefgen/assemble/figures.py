"""Count what the pictures show, from the items of a section: one function for each picture."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from briefgen.model import (
    Bar,
    Bars,
    Caption,
    Chronology,
    Counted,
    DatedStatement,
    Document,
    Grade,
    Impact,
    Item,
    Position,
    Proposal,
    RiskMatrix,
    Stance,
    StanceCell,
    StanceMatrix,
    StanceRow,
    Status,
    Tendency,
    TimelineEntry,
)

MOST_ACTORS = 12
"""Rows of a stance matrix that half a page of paper can show."""

MOST_TOPICS = 7
"""Columns in which “concerned” still fits at the size of small print."""

IMPACTS: Mapping[int, tuple[Impact, ...]] = {
    3: (Impact.HIGH, Impact.MEDIUM, Impact.LOW),
    5: (Impact.VERY_HIGH, Impact.HIGH, Impact.MEDIUM, Impact.LOW, Impact.VERY_LOW),
}
"""Rows of a risk matrix, by its scale."""

GRADES: Mapping[int, tuple[Grade, ...]] = {
    3: (Grade.UNLIKELY, Grade.POSSIBLE, Grade.LIKELY),
    5: tuple(Grade),
}
"""Its columns."""

Named = Callable[[str], str]


def stance_matrix(
    items: Sequence[Item], topics: Sequence[str], canonical: Named, caption: Callable[[], Caption]
) -> StanceMatrix | None:
    """Actors by topics, in the order of the items and of the topics; None where no actor has one.

    Where the analyst names no ``topics``, the targets of positions are the topics, the most
    frequent first. Of too many actors or topics those with the most positions are kept.
    """
    held = [
        (position.actor.name, topic, position.stance)
        for item in items
        if isinstance(position := item.finding, Position) and position.actor
        for topic in (item.topics if topics else _target(position, canonical))
        if not topics or topic in topics
    ]
    if not held:
        return None
    by_topic = Counter(topic for _, topic, _ in held)
    frequent = sorted(by_topic, key=lambda topic: -by_topic[topic])
    columns = frequent[:MOST_TOPICS]
    if topics:
        columns.sort(key=topics.index)
    in_columns = [one for one in held if one[1] in columns]
    by_actor = Counter(actor for actor, _, _ in in_columns)
    kept = sorted(by_actor, key=lambda actor: -by_actor[actor])[:MOST_ACTORS]
    rows = tuple(
        StanceRow(actor, tuple(_cell(in_columns, actor, topic) for topic in columns))
        for actor in by_actor
        if actor in kept
    )
    return StanceMatrix(
        caption(),
        tuple(columns),
        not topics,
        rows,
        actors_left_out=len({actor for actor, _, _ in held}) - len(rows),
        topics_left_out=len(by_topic) - len(columns),
    )


def _target(position: Position, canonical: Named) -> Iterable[str]:
    return [canonical(position.target)] if position.target else []


def _cell(held: Iterable[tuple[str, str, Stance]], actor: str, topic: str) -> StanceCell | None:
    counted = Counter(stance for who, what, stance in held if (who, what) == (actor, topic))
    counts = {stance: counted[stance] for stance in Stance if counted[stance]}
    return StanceCell(tendency(counts), counts) if counts else None


def tendency(counts: Mapping[Stance, int]) -> Tendency:
    """What stances amount to; those that are not stated add nothing to others.

    Concern does not contradict opposition, so the two are what the more of them are, and mixed is
    only what also has support.
    """
    sides = {stance: n for stance, n in counts.items() if n and stance is not Stance.NEUTRAL}
    if not sides:
        return Tendency.NEUTRAL
    if len(sides) > 1 and Stance.SUPPORT in sides:
        return Tendency.MIXED
    # On a tie the plainer word: opposition.
    first = max(sides, key=lambda stance: (sides[stance], stance is Stance.OPPOSE))
    return Tendency(first)


def risk_matrix(
    cells: Mapping[tuple[Impact, Grade], Sequence[Item]], scale: int, caption: Caption
) -> RiskMatrix:
    """Labels of the rated risks on a scale of three or five."""
    labels = {
        place: tuple(item.label for item in items if item.label) for place, items in cells.items()
    }
    return RiskMatrix(caption, IMPACTS[scale], GRADES[scale], labels)


def by_status(items: Iterable[Item], asked: Sequence[Status], caption: Caption) -> Bars:
    """Proposals by status in the statuses' order; one that none has shows that it was looked for.

    ``asked`` are the statuses that the section is limited to, if it is.
    """
    found = Counter(item.finding.status for item in items if isinstance(item.finding, Proposal))
    bars = [Bar(status, found[status]) for status in Status if not asked or status in asked]
    if found[None]:
        bars.append(Bar(None, found[None]))
    return Bars(caption, Counted.STATUS, tuple(bars))


def by_publisher(documents: Iterable[Document], caption: Caption) -> Bars:
    """Sources by publisher, the most first, those without one last."""
    found = Counter(document.source.publisher for document in documents)
    names = sorted(found, key=lambda name: (name is None, -found[name]))
    return Bars(caption, Counted.PUBLISHER, tuple(Bar(name, found[name]) for name in names))


def chronology(entries: Iterable[TimelineEntry], caption: Caption) -> Chronology:
    """The statements of a timeline's entries."""
    statements = [
        DatedStatement(entry.date, position.actor.name, position.stance, entry.item.excerpt)
        for entry in entries
        if isinstance(position := entry.item.finding, Position) and position.actor
    ]
    return Chronology(caption, tuple(statements))
