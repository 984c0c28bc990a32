"""Pair the claims of two versions of a brief, and say in which way each pair differs.

A claim is known again by its id, else by its words; a position also by its actor and what it is
about, so that whoever was for something in June and is against it in August is one change of
stance, not a position that went and another that appeared.
"""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from briefgen.model import (
    Aspect,
    Claim,
    ClaimChange,
    Impact,
    Kind,
    Record,
    Stance,
)
from briefgen.text.folding import folded

_EDITED = 0.6
"""Least share of words in common, in order, at which one holder's statement is an edited form of
another: as for decisions (``review/matching.py``)."""

_SAME = 0.8
"""The same where the holder's name has changed too."""

_LIKELIHOODS = ("very unlikely", "unlikely", "possible", "likely", "very likely")
_IMPACTS = tuple(Impact)

_Pair = tuple[Claim, Claim]


def changed_claims(before: Record, after: Record) -> tuple[tuple[ClaimChange, ...], bool]:
    """Every claim that changed, in the order of the later version, those that went last.

    Also whether those that stay follow one another otherwise than before.
    """
    pairs = _pairs(before.claims, after.claims)
    new_of = {id(old): new for old, new in pairs}
    old_of = {id(new): old for old, new in pairs}
    found = []
    for claim in after.claims:
        old = old_of.get(id(claim))
        if old is None:
            found.append(ClaimChange((Aspect.APPEARED,), None, claim))
        elif aspects := tuple(_aspects(old, claim, before, after)):
            found.append(ClaimChange(aspects, old, claim))
    gone = [claim for claim in before.claims if id(claim) not in new_of]
    found += [ClaimChange((Aspect.WENT,), claim, None) for claim in gone]
    stayed = [id(new_of[id(old)]) for old in before.claims if id(old) in new_of]
    return tuple(found), stayed != [id(new) for new in after.claims if id(new) in old_of]


def _pairs(before: Sequence[Claim], after: Sequence[Claim]) -> list[_Pair]:
    """Which claim of the second version is which of the first; none stands in two pairs."""
    pairs: list[_Pair] = []
    for kind in Kind:
        old = [claim for claim in before if claim.kind is kind]
        new = [claim for claim in after if claim.kind is kind]
        for likeness in (_by_id, _by_words, _by_matter):
            found = _best(old, new, likeness)
            pairs += found
            taken = {id(claim) for pair in found for claim in pair}
            old = [claim for claim in old if id(claim) not in taken]
            new = [claim for claim in new if id(claim) not in taken]
    return pairs


def _best(
    old: Sequence[Claim], new: Sequence[Claim], likeness: Callable[[Claim, Claim], float]
) -> list[_Pair]:
    """Pairs whose likeness is not 0, the likest first; equal ones in reading order."""
    scored = [
        (-score, i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (score := likeness(one, other))
    ]
    pairs: list[_Pair] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in taken_old and j not in taken_new:
            pairs.append((old[i], new[j]))
            taken_old.add(i)
            taken_new.add(j)
    return pairs


def _by_id(one: Claim, other: Claim) -> float:
    return float(one.id == other.id)


def _by_words(one: Claim, other: Claim) -> float:
    least = _EDITED if _holder(one) == _holder(other) else _SAME
    matcher = SequenceMatcher(None, _words(one), _words(other), autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    score = matcher.ratio()
    return score if score >= least else 0.0


def _by_matter(one: Claim, other: Claim) -> float:
    """Whether two positions are one actor's on one matter, on different sides."""
    if one.kind is not Kind.POSITION or one.actor is None or _holder(one) != _holder(other):
        return 0.0
    sides = {one.stance, other.stance}
    if len(sides) < 2 or sides & {Stance.NEUTRAL, None}:
        return 0.0
    shared = len(set(one.topics) & set(other.topics))
    same_target = one.target is not None and one.target == other.target
    return shared + 2.0 * same_target


def _holder(claim: Claim) -> str:
    return (claim.actor or "").casefold()


def _words(claim: Claim) -> list[str]:
    """Words in small letters: other marks of quotation are no other wording."""
    return [word for word, _ in folded(" ".join(claim.excerpt))]


def _aspects(old: Claim, new: Claim, before: Record, after: Record) -> Iterator[Aspect]:
    """In which ways a pair differs, in the order of ``Aspect``."""
    if old.stance is not new.stance:
        yield Aspect.STANCE
    if old.status is not new.status:
        yield Aspect.STATUS
    rise = _rise(old, new)
    if rise:
        yield Aspect.UP if rise > 0 else Aspect.DOWN
    if _titles(old, before) != _titles(new, after):
        yield Aspect.SOURCES
    if _holder(old) != _holder(new):
        yield Aspect.ACTOR
    if _words(old) != _words(new):
        yield Aspect.WORDS


def _rise(old: Claim, new: Claim) -> int:
    """Whether a risk is rated higher (1) or lower (-1); its impact counts where both changed."""
    impacts = _step(_IMPACTS, old.impact, new.impact)
    return impacts or _step(_LIKELIHOODS, old.likelihood, new.likelihood)


def _step(scale: Sequence[str], old: str | None, new: str | None) -> int:
    """The direction from one rating to the other; one that was or is lacking has the lowest place.

    A risk that is rated for the first time goes up, one whose rating is taken back goes down.
    """
    places = [scale.index(one) if one in scale else -1 for one in (old, new)]
    return (places[1] > places[0]) - (places[1] < places[0])


def _titles(claim: Claim, record: Record) -> set[str]:
    titles = {source.id: source.title for source in record.sources}
    return {titles.get(id_, id_) for id_ in claim.sources}
