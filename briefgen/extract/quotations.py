"""Find where a document gives somebody's own words between quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefgen.model import Document, Span, Speech

_MARK = re.compile(r"[“”«»„\"]")
_OPENS, _CLOSES = "“«„", "”»"

_SHORT = 20
"""Characters: a quotation shorter than this is a term or a scare quote, not somebody speaking."""


@dataclass(frozen=True)
class Quotations:
    """Quotations of one document, in reading order, marks left out."""

    spans: tuple[Span, ...]

    def at(self, span: Span) -> Span | None:
        """The quotation that a span begins in, if it does."""
        index = bisect_right(self._starts, span.start) - 1
        if index >= 0 and span.start < self.spans[index].end:
            return self.spans[index]
        return None

    def speech(self, statement: Sequence[Span]) -> Speech:
        """Say whether pieces of a statement are quoted whole, in part or not at all."""
        whole = sum(span.end - span.start for span in statement)
        quoted = sum(
            max(0, min(span.end, other.end) - max(span.start, other.start))
            for span in statement
            for other in self._around(span)
        )
        # Nine tenths: quotation marks and a word such as “that” may stand outside.
        if quoted >= 0.9 * whole:
            return Speech.DIRECT
        return Speech.MIXED if quoted else Speech.INDIRECT

    def _around(self, span: Span) -> Sequence[Span]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return self.spans[first : bisect_right(self._starts, span.end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]


def quotations(document: Document) -> Quotations:
    """Find the quotations; one that a new paragraph takes up again goes on in each."""
    return Quotations(tuple(_spans(document)))


def is_speech(quotation: Span) -> bool:
    """Whether a quotation is long enough to be somebody speaking."""
    return quotation.end - quotation.start >= _SHORT


def _spans(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        opened: int | None = None
        for mark in _MARK.finditer(document.text, block.span.start, block.span.end):
            character = mark.group(0)
            if opened is None:
                if character in _CLOSES:
                    continue
                opened = mark.end()
            elif character in _CLOSES or (character == '"' and document.text[opened - 1] == '"'):
                if mark.start() > opened:
                    yield Span(opened, mark.start())
                opened = None
        # By convention a paragraph of a longer quotation opens with a mark and closes with none.
        if opened is not None and opened == block.span.start + 1 and opened < block.span.end:
            yield Span(opened, block.span.end)
