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
) -> list[TaggedSpan]:
    """Spans of one head, in reading order, each inside one sentence.

    A word belongs to a span where begin and inside together reach ``least``; gaps of up to
    ``bridge`` words without a ``stop`` word are closed; spans of fewer than ``words`` words are
    left out.
    """
    found = []
    for first, last, count in _runs(tags, head, least, bridge, stop):
        if count < words:
            continue
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
    """Take in what closes a quotation or bracket that opens inside the span."""
    while end < len(text) and text[end] in _PAIRS:
        opening = _PAIRS[text[end]]
        if text.count(opening, start, end) <= text.count(text[end], start, end):
            break
        end += 1
    if text[end : end + 1] == '"' and text.count('"', start, end) % 2:
        end += 1
    return end
