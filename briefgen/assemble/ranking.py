"""Say which statements most actors and sources stand behind."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from briefgen.assemble.duplicates import Statement
from briefgen.model import Kind, Position, Proposal, Risk, Stance
from briefgen.text.words import likeness

_ALIKE = 0.3
"""Least likeness at which another statement lends its weight, or would say the same again."""

_READABLE = range(6, 36)
"""Content words of a statement that can stand alone in a list of key messages."""


def by_weight(statements: Sequence[Statement]) -> list[Statement]:
    """Heaviest first: by number of sources; among equals the holders, then the sources take turns.

    A holder's own turns start with what takes a side or says how far or how likely it is.
    """
    by_holder = _turns_of(sorted(statements, key=lambda s: not _is_settled(s)), _holder_name)
    by_source = _turns_of(statements, lambda s: (by_holder[id(s)], s.finding.sentence.source_id))
    return sorted(statements, key=lambda s: (-len(s.sources), by_holder[id(s)], by_source[id(s)]))


def _turns_of(
    statements: Sequence[Statement], who: Callable[[Statement], Hashable]
) -> dict[int, int]:
    """How many of the same one's statements come before each, by the statement's identity."""
    seen: Counter[Hashable] = Counter()
    turns = {}
    for statement in statements:
        turns[id(statement)] = seen[who(statement)]
        seen[who(statement)] += 1
    return turns


def _holder_name(statement: Statement) -> str | None:
    holder = statement.finding.holder
    return holder.name if holder else None


def _is_settled(statement: Statement) -> bool:
    match statement.finding:
        case Position(stance=stance):
            return stance is not Stance.NEUTRAL
        case Proposal(status=status):
            return status is not None
        case Risk(likelihood=likelihood):
            return likelihood is not None


def key_statements(
    statements: Sequence[Statement], limit: int, first: Sequence[Statement] = ()
) -> list[Statement]:
    """The statements that most actors and sources stand behind, no two of which say the same.

    Those of ``first`` are picked before all others and whatever the limit.

    Positions, proposals and risks take turns, so that a reader in a hurry meets all three, and
    nobody is heard twice while somebody else is left.
    """
    weights = {id(s): _weight(s, statements) for s in statements if _stands_alone(s)}
    ranked = sorted(
        (s for s in statements if id(s) in weights), key=lambda s: weights[id(s)], reverse=True
    )
    picked = list(dict.fromkeys(first))
    for fresh in (True, False):
        while len(picked) < limit:
            following = next(
                (
                    s
                    for k in _turns(picked)
                    for s in ranked
                    if s.finding.kind is k and _adds(s, picked, fresh=fresh)
                ),
                None,
            )
            if following is None:
                break
            picked.append(following)
    return picked


def _stands_alone(statement: Statement) -> bool:
    """Whether a statement is understood by itself: a whole thought, settled, and named."""
    if len(statement.words) not in _READABLE or not _is_settled(statement):
        return False
    if not all(_is_balanced(quote.text) for quote in statement.excerpt):
        return False
    return statement.finding.holder is not None or statement.finding.kind is not Kind.POSITION


def _is_balanced(text: str) -> bool:
    """Whether every quotation that opens closes; one that does not was cut in the middle."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _weight(statement: Statement, statements: Sequence[Statement]) -> tuple[int, int, int]:
    """Sources, then actors, behind a statement and those like it; a named holder breaks ties."""
    like = [
        other
        for other in statements
        if other is statement or likeness(other.words, statement.words) >= _ALIKE
    ]
    sources = {source for other in like for source in other.sources}
    actors = {other.finding.holder.name for other in like if other.finding.holder}
    return len(sources), len(actors), int(statement.finding.holder is not None)


def _turns(picked: Sequence[Statement]) -> list[Kind]:
    """The kinds, the one that has been picked least first."""
    return sorted(Kind, key=lambda kind: sum(s.finding.kind is kind for s in picked))


def _adds(statement: Statement, picked: Sequence[Statement], *, fresh: bool) -> bool:
    """Whether a statement says something that those picked do not."""
    if any(statement is other for other in picked):
        return False
    if any(likeness(statement.words, other.words) >= _ALIKE for other in picked):
        return False
    if any(statement.finding.sentence == other.finding.sentence for other in picked):
        return False
    holder = statement.finding.holder
    heard = {other.finding.holder.name for other in picked if other.finding.holder}
    return not (fresh and holder and holder.name in heard)
