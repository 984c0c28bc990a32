"""Every attribution of a document, in PolNeAR's wide sense: “seems” and “faith in” count too."""

from collections.abc import Iterator

from briefgen.extract.attribution import attributions
from briefgen.extract.reading import Reading
from briefgen.extract.spans import tagged_spans
from briefgen.model import Attribution, Span

_SOURCE, _CUE, _CONTENT = (0.4, 1), (0.3, 0), (0.5, 2)
"""Least probability of each part's words, and words of a gap that is closed: the best of twelve
settings on PolNeAR's development documents."""


def extract(reading: Reading) -> Iterator[Attribution]:
    """Yield the attributions of one document in the order of their content."""

    def spans(head: str, least: float, bridge: int) -> list[Span]:
        found = tagged_spans(reading.text, reading.tags, head, least, bridge=bridge)
        return [tagged.span for tagged in found]

    joined = attributions(
        reading.text,
        spans("source", *_SOURCE),
        spans("broad cue", *_CUE),
        spans("content", *_CONTENT),
    )
    quote = reading.document.quote
    for found in sorted(joined, key=lambda a: a.statements[0]):
        yield Attribution(
            source=quote(found.actor) if found.actor else None,
            cue=quote(found.cue) if found.cue else None,
            content=tuple(quote(span) for span in sorted(found.statements)),
        )
