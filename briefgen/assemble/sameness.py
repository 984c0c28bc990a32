"""Whether two statements say the same: they differ only in words that change nothing.

What is left of a statement without such words is its gist. Two statements are one where their
gists hold the same words in an order that tells the same. A likeness of words, however high, was no
measure: “by 5 per cent” and “by 15”, “may close” and “will close”, “trawlers” and “foreign
trawlers” are as alike as any paraphrase, for counted words and for sentence embeddings both.
"""

from dataclasses import dataclass
from itertools import dropwhile

from briefgen.model import Finding, Position, Proposal, Risk, Stance, Status
from briefgen.text.folding import fold, folded

_EMPTY = frozenset(
    "a an the of in on at by for with to into and but as that this these those it its he she they "
    "them his her him their our we us you your i my me who which what is are was were be been "
    "being am has have had having do does did done there here also than then so such".split()
)
"""Words that carry nothing. No negation, condition, bound or quantity is among them."""

_LIGHT = frozenset(
    map(
        fold,
        "per each every any very much really truly well today already again just even still now "
        "currently clearly strongly urgently deeply highly itself themselves ourselves mr mrs ms "
        "dr president minister governor senator secretary chancellor".split(),
    )
)
"""Words that add weight or a title: “urgently”, “President Okoro”."""

_ONE = {
    fold(word): fold(line.split()[0])
    for line in """
may might can could possibly perhaps
will would shall
must should ought need
not never
start begin launch
stop halt cease end
build construct
give grant
big large
buy purchase
help assist aid
risk threat danger hazard
    """.split("\n")
    for word in line.split()
}
"""Words that policy prose puts for one another, by the first of their line."""

_MUST, _TURNS = fold("must"), frozenset(map(fold, "may will not".split()))

_PASSIVE = frozenset("by be been being".split())

_FEWEST = 3
"""Words below which a statement leans on what stands around it: only equal forms are the same."""

_FIRMNESS = {
    Status.RECOMMENDED: 0,
    Status.DEMANDED: 0,
    Status.CONSIDERED: 1,
    Status.PLANNED: 2,
    Status.AGREED: 2,
    Status.REJECTED: 3,
}
"""Statuses that wordings of one proposal may differ in have the same number."""


@dataclass(frozen=True, slots=True)
class Gist:
    """The words that a statement stands or falls with."""

    words: frozenset[str]
    """Equal for all statements that may say the same, so that they are found at one look."""
    order: tuple[str, ...]
    """The words as they follow one another, less “not”, “may” and “will”."""
    passive: bool

    def tells(self, other: "Gist") -> bool:
        """Whether two gists of the same words tell the same.

        A clause may change places (“if it floods, …” and “… if it floods”) and a passive turns the
        order round. Any other change of order is another story: who pays whom, what outran what.
        """
        if self.order == other.order:
            return self.passive == other.passive
        return self.passive != other.passive or _is_rotation(self.order, other.order)


def gist(finding: Finding, content: str, shown: str) -> Gist:
    """The gist of what a finding states; ``shown`` is read for “not”, “may” and “will” alone.

    They often stand in the cue, before the words that are stated: “will not” + “join the pact”.
    """
    said = [(word, _ONE.get(form, form)) for word, form in folded(content)]
    kept = [(word, form) for word, form in said if word not in _EMPTY and form not in _LIGHT]
    # Who speaks opens a statement in one source, “we” in the next: “NATO will …” said by NATO.
    own = {form for _, form in folded(finding.holder.name)} if finding.holder else set()
    kept = list(dropwhile(lambda pair: pair[1] in own, kept))
    if isinstance(finding, Proposal):
        # An action that is proposed “should” be taken, whether or not the sentence says so.
        kept = [(word, form) for word, form in kept if form != _MUST]
    short = len({form for _, form in kept}) < _FEWEST
    order = dict.fromkeys(word if short else form for word, form in kept if form not in _TURNS)
    if not order:
        order = dict.fromkeys(word for word, _ in folded(shown))
    cued = {_ONE.get(form, form) for _, form in folded(shown)}
    turns = _TURNS & cued.union(form for _, form in said)
    passive = any(word in _PASSIVE for word, _ in said)
    return Gist(turns.union(order), tuple(order), passive)


def say_the_same(one: Finding, its: Gist, other: Finding, others: Gist) -> bool:
    """Whether two findings of one kind and holder say the same, so that either may stand for both.

    A stance, status or likelihood that only one of them shows parts them from nothing.
    """
    if its.words != others.words or opposed(one, other):
        return False
    return _as_firm(one, other) and its.tells(others)


def opposed(one: Finding, other: Finding) -> bool:
    """Whether two positions take different sides."""
    if not (isinstance(one, Position) and isinstance(other, Position)):
        return False
    stances = {one.stance, other.stance} - {Stance.NEUTRAL}
    return len(stances) > 1


def _as_firm(one: Finding, other: Finding) -> bool:
    match one, other:
        case Proposal(status=Status() as a), Proposal(status=Status() as b):
            return _FIRMNESS[a] == _FIRMNESS[b]
        case Risk(likelihood=a), Risk(likelihood=b) if a and b:
            return a.level == b.level
        case _:
            return True


def _is_rotation(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    cut = other.index(one[0]) if one else 0
    return one == other[cut:] + other[:cut]
