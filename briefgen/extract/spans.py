"""Cut the tagger's word probabilities into spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefgen.model import Span
from briefgen.text.tagger import Tags

_OPENING = " \t\r\n\"“”‘’'«»*_(,;:"
_CLOSING = " \t\r\n\"“”‘’'«»*_.,;:"
_OPEN_INITIALS = re.compile(r"\b(?:[A-Z]\.)+[A-Z]\Z")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_PAIRS = {"”": "“", "»": "«", ")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """One span that a head of the model marks."""

    span: Span
    sentence: int
    """Index of its sentence in the tags."""


def tagged_spans(
    text: str,
    tags: Tags,
    head: str,
    least: float,
    *,
    bridge: int,
    words: int = 1,
    stop: NDArray[np.bool_] | None = None,
    edge: float | None = None,
) -> list[TaggedSpan]:
    """Spans of one head, in reading order, each inside one sentence.

    A word belongs to a span where begin and inside together reach ``least``; gaps of up to
    ``bridge`` words without a ``stop`` word are closed; spans of fewer than ``words`` words are
    left out. Where ``edge`` is given, a span goes on over neighbours that reach it.
    """
    found = []
    runs = list(_runs(tags, head, least, bridge, stop))
    for index, (first, last, count) in enumerate(runs):
        if count < words:
            continue
        if edge is not None:
            after = runs[index + 1][0] if index + 1 < len(runs) else len(tags.start)
            before = runs[index - 1][1] if index else -1
            first, last = _widened(tags, head, (first, last), (before, after), edge)
        span = trim(text, whole_words(text, Span(int(tags.start[first]), int(tags.end[last]))))
        if span.start < span.end:
            found.append(TaggedSpan(span, int(tags.sentence[first])))
    return found


def _runs(
    tags: Tags, head: str, least: float, bridge: int, stop: NDArray[np.bool_] | None
) -> Iterator[tuple[int, int, int]]:
    """First word, last word and number of marked words of each run."""
    begin, inside = tags.begin[head], tags.inside[head]
    run: tuple[int, int, int] | None = None
    for word in ((begin + inside) > least).nonzero()[0].tolist():
        if run:
            first, last, count = run
            gap = word - last - 1
            opens = begin[word] > inside[word] and (gap > 0 or begin[word] > 0.4)
            apart = gap > bridge or (stop is not None and bool(stop[last + 1 : word].any()))
            if tags.sentence[word] == tags.sentence[last] and not apart and not opens:
                run = (first, word, count + 1)
                continue
            yield run
        run = (word, word, 1)
    if run:
        yield run


def _widened(
    tags: Tags, head: str, run: tuple[int, int], between: tuple[int, int], edge: float
) -> tuple[int, int]:
    """Let a run go on over neighbours of its sentence, up to the runs before and after it."""
    begin, inside, sentence = tags.begin[head], tags.inside[head], tags.sentence
    first, last = run
    while (
        first - 1 > between[0]
        and sentence[first - 1] == sentence[last]
        and begin[first] <= inside[first]
        and begin[first - 1] + inside[first - 1] > edge
    ):
        first -= 1
    while (
        last + 1 < between[1]
        and sentence[last + 1] == sentence[first]
        and inside[last + 1] > max(edge, begin[last + 1])
    ):
        last += 1
    return first, last


_JOINTS = ".'’&-/"
"""What joins the parts of one word, as in “U.S.” or “don't”; the tagger's own words end there."""


def whole_words(text: str, span: Span) -> Span:
    """Take in the rest of the words that a span begins or ends inside."""
    start, end = span.start, span.end
    while start > 0 and (
        text[start - 1].isalnum()
        or (start > 1 and text[start - 1] in _JOINTS and text[start - 2].isalnum())
    ):
        start -= 1
    while end < len(text) and (
        text[end].isalnum()
        or (end + 1 < len(text) and text[end] in _JOINTS and text[end + 1].isalnum())
    ):
        end += 1
    if text[end : end + 1] == "." and _OPEN_INITIALS.search(text, start, end):
        end += 1
    return Span(start, end)


def trim(text: str, span: Span) -> Span:
    """Leave off quotation marks and punctuation at the ends that close nothing inside."""
    start, end = span.start, span.end
    while (
        start < end
        and text[start] in _OPENING
        and not (text[start] == "(" and ")" in text[start:end])
    ):
        start += 1
    while end > start and text[end - 1] in _CLOSING and not _INITIALS.search(text[start:end]):
        end -= 1
    return Span(start, _balanced_end(text, start, end)) if start < end else Span(start, start)


def _balanced_end(text: str, start: int, end: int) -> int:
    """Take in what closes a quotation or bracket that opens inside, and a full stop before it."""
    while True:
        # A full stop may stand before the closing mark.
        at = end + 1 if text[end : end + 1] in (".", ",", "!", "?") else end
        mark = text[at : at + 1]
        opening = _PAIRS.get(mark)
        if opening:
            opened = text.count(opening, start, end) > text.count(mark, start, end)
        else:
            opened = mark == '"' and text.count('"', start, end) % 2 == 1
        if not opened:
            return end
        end = at + 1
