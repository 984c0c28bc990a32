"""Choose the words of a statement, an action or a risk: whole spans, by what the network expects.

The network says for every pair of words how likely a record runs from the one to the other. Many
pairs near each other share what is one record, so that the likeliest pair alone says little. What
counts is how many records a span is expected to match, and how well: the sum over all pairs of
their probability, or of that times their likeness (minimum Bayes risk decoding, Goel and Byrne
2000). Two records of one kind seldom overlap, so that no two chosen spans do: that brought 3 points
of F1 on positions, 2 on proposals and 2 on risks of the 27 documents left out of one fold.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefgen.text.outputs import DEPTH, SPANS
from briefgen.text.tagger import Tags

_MATCH = 0.5
"""Likeness of two spans, as shared content words over all, at which they are one record."""

_FAINT = 0.003
"""Probability below which a pair of words is not looked at; a sentence has some hundred pairs."""

_PAIRS = 80
"""Likeliest pairs looked at in a sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a record, as rows of the tags."""

    first: int
    last: int
    expected: float
    """Expected number of records that match it, seldom over 1."""


def candidates(
    tags: Tags,
    head: str,
    words: slice,
    edge: NDArray[np.bool_],
    weight: NDArray[np.float64],
    least: float,
) -> Iterator[Candidate]:
    """Yield spans of one sentence that are expected to match so many records, the surest first.

    ``words`` are the sentence's rows. A span begins and ends with an ``edge`` word; ``weight`` says
    how much each word counts when two spans are compared: nothing for “the”. What a chosen span
    matches is not counted again.
    """
    probability = np.triu(_probabilities(tags, head, words) * edge[:, None] * edge[None])
    first, last = np.nonzero(probability > _FAINT)
    if not len(first):
        return
    likely = probability[first, last]
    if len(first) > _PAIRS:
        kept = np.sort(np.argpartition(-likely, _PAIRS)[:_PAIRS])
        first, last, likely = first[kept], last[kept], likely[kept]
    alike = _likeness(first, last, weight)
    while True:
        best = int((alike @ likely).argmax())
        matched = alike[best] >= _MATCH
        expected = float(likely[matched].sum())
        if expected < least:
            return
        yield Candidate(words.start + int(first[best]), words.start + int(last[best]), expected)
        overlaps = (first <= last[best]) & (last >= first[best])
        likely = np.where(matched | overlaps, 0.0, likely)


def _probabilities(tags: Tags, head: str, words: slice) -> NDArray[np.float64]:
    """[words, words] probability that a record runs from one word to another."""
    at = SPANS.index(head)
    first, last = (tags.part(name, words, at, DEPTH) for name in ("first", "last"))
    opens, closes, inside = (
        tags.part(name, words, at, 1)[:, 0] for name in ("opens", "closes", "inside")
    )
    through = inside.cumsum()
    score = (
        first @ last.T / math.sqrt(DEPTH)
        + (opens - through + inside)[:, None]
        + (closes + through)[None]
    )
    share: NDArray[np.float64] = 1 / (1 + np.exp(-score))
    return share


def _likeness(
    first: NDArray[np.int64], last: NDArray[np.int64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """[spans, spans] weight of the words that two spans share over that of all their words."""
    total = np.append(0.0, weight.cumsum())
    low, high = np.maximum(first[:, None], first[None]), np.minimum(last[:, None], last[None])
    shared = np.where(high >= low, total[high + 1] - total[np.minimum(low, high + 1)], 0.0)
    size = total[last + 1] - total[first]
    union = size[:, None] + size[None] - shared
    same = (first[:, None] == first[None]) & (last[:, None] == last[None])
    return np.where(same, 1.0, shared / np.maximum(union, 1e-9))
