"""Tie text produced elsewhere back to the words of a document."""

import re

from briefgen.errors import GroundingError
from briefgen.model import Document, Quote, Span


def ground(document: Document, text: str) -> Quote:
    """Find text in a document, white space loose, and return the document's own words.

    Raises GroundingError where the words do not stand in the document in this order.
    """
    words = text.split()
    match = re.search(r"\s+".join(map(re.escape, words)), document.text) if words else None
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
