"""Tie text produced elsewhere back to the words of a document."""

import re

from briefgen.errors import GroundingError
from briefgen.model import Document, Quote, Span


def ground(document: Document, text: str, within: Span | None = None) -> Quote:
    """Find text in a document, white space loose, and return the document's own words.

    The first place counts; with ``within``, the first inside that span. Raises GroundingError
    where the words do not stand there in this order.
    """
    words = text.split()
    start, end = (within.start, within.end) if within else (0, len(document.text))
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    match = pattern.search(document.text, start, end) if words else None
    if match is None:
        raise GroundingError(
            f"{document.source.location}: these words are not in it: {text[:60]!r} "
            "(copy them from the source)"
        )
    return document.quote(Span(match.start(), match.end()))


def check(document: Document, quote: Quote) -> None:
    """Confirm that a quote's span still holds its text.

    Raises GroundingError where it does not, which is a fault of whatever made the quote.
    """
    if document.quote(quote.span) != quote:
        raise GroundingError(
            f"{document.source.location}: characters {quote.span.start}-{quote.span.end} are not "
            f"{quote.text[:60]!r}"
        )
