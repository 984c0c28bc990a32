"""Every attribution of a document, in PolNeAR's wide sense: “seems” and “faith in” count too."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from briefgen.extract.attribution import Linked, attributions
from briefgen.extract.holders import shares
from briefgen.extract.reading import Reading
from briefgen.extract.spans import tagged_spans
from briefgen.model import Attribution, Span

_SOURCE, _CUE, _CONTENT = 0.3, 0.45, 0.63
"""Least probability of each part's words: the best of two dozen settings on PolNeAR's development
documents."""
_POINTED = 0.4
"""Least share of a source that the network points to; below it the nearest one counts."""
_BRIDGE = 2
"""Words of a gap in a content that is closed, if no cue or source stands in it."""
_OPENING = re.compile(r"(?:[\"“]|``|''|«\s?)\Z")
_CLOSING = re.compile(r"[.,!?]?(?:[\"”]|''|\s?»)")
"""Quotation marks around a content, with the stop before the last one."""


def extract(reading: Reading) -> Iterator[Attribution]:
    """Yield the attributions of one document in the order of their content."""
    sources = _spans(reading, "source", _SOURCE, bridge=1)
    cues = _spans(reading, "broad cue", _CUE, bridge=0)
    quote = reading.document.quote
    joined = attributions(reading.text, sources, cues, _contents(reading))
    for found in sorted(joined, key=lambda a: a.statements[0]):
        source = _pointed(reading, found, sources) or found.actor
        yield Attribution(
            source=quote(source) if source else None,
            cue=quote(found.cue) if found.cue else None,
            content=tuple(quote(span) for span in sorted(found.statements)),
        )


def _spans(reading: Reading, head: str, least: float, bridge: int) -> list[Span]:
    found = tagged_spans(reading.text, reading.tags, head, least, bridge=bridge)
    return [tagged.span for tagged in found]


def _contents(reading: Reading) -> list[Span]:
    """Spans of what is attributed; one goes on over the end of a sentence where the network does.

    That brought 0.9 of F1 on the content of PolNeAR's development documents, and 0.4 on quotations.
    """
    tags = reading.tags
    begin, inside = tags.begin["content"], tags.inside["content"]
    role = (tags.begin["broad cue"] + tags.inside["broad cue"] > _CUE) | (
        tags.begin["source"] + tags.inside["source"] > _SOURCE
    )
    contents: list[Span] = []
    last: int | None = None
    text = reading.text
    for found in tagged_spans(text, tags, "content", _CONTENT, bridge=_BRIDGE, stop=role):
        rows = reading.rows(found.span)
        first = rows.start
        # A word may lie between them: the mark that closes a sentence, or opens the next.
        beside = (
            last is not None and first - last <= 2 and tags.sentence[first] != tags.sentence[last]
        )
        if beside and inside[first] > begin[first]:
            contents[-1] = Span(contents[-1].start, found.span.end)
        else:
            contents.append(found.span)
        last = rows.stop - 1
    return [_with_marks(text, span) for span in contents]


def _with_marks(text: str, span: Span) -> Span:
    """Take in the quotation marks around a span, as PolNeAR's annotators do."""
    before = _OPENING.search(text, max(0, span.start - 3), span.start)
    after = _CLOSING.match(text, span.end)
    return Span(
        before.start() if before else span.start,
        after.end() if after else span.end,
    )


def _pointed(reading: Reading, found: Linked, sources: Sequence[Span]) -> Span | None:
    """The source that the network reads off the words of the content, where it is sure.

    Against the nearest one alone: 1.2 of F1 on source and content of the same documents.
    """
    total = np.zeros(len(sources))
    for span in found.statements:
        rows, share, _ = shares(reading.tags, "content", reading.rows(span))
        summed = np.append(0.0, share.cumsum())
        for index, source in enumerate(sources):
            of = reading.rows(source)
            if rows.start <= of.start and of.stop <= rows.stop:
                total[index] += summed[of.stop - rows.start] - summed[of.start - rows.start]
    if not len(total) or total.max() < _POINTED * len(found.statements):
        return None
    return sources[int(total.argmax())]
