"""Split a document into sentences that keep their offsets and respect its layout."""

import re
from collections.abc import Iterator

from briefgen.model import Block, BlockKind, Document, Span

# A full stop after one of these, or after a lone initial, rarely ends a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Maj|St|No|Nos|Inc|Ltd|Co"
    r"|Corp|Jr|Sr|vs|etc|e\.g|i\.e|cf|al|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Art|Arts|para"
    r"|paras|Hon|Messrs|Res|Fig|Figs|Vol|pp|ed|eds|approx|Rt|Amb|Brig|Capt|Cmdr|Adm|H|S|U\.S|U\.K"
    r"|U\.N|D\.C)|\b[A-Z])\.$"
)

# A mark that ends a sentence, what may close behind it (quotes, brackets, a note's number), white
# space, and a beginning: a capital, a digit or what opens a quotation.
_END = re.compile(r"[.!?](?:[\"”’'»)\]*]|\[\d+\]|\d{1,2}(?=\s))*\s+(?=[\"“‘'«(\[*]*[^\W_a-z])")


def sentences(document: Document) -> list[Span]:
    """Spans of the sentences outside boilerplate, in reading order.

    A sentence never runs from one block into the next, and a line break inside a block ends none.
    """
    text = flatten(document)
    return [
        span
        for block in document.blocks
        if block.kind is not BlockKind.BOILERPLATE
        for span in _split(text, _without_marker(text, block))
    ]


_MARKER = re.compile(r"(?:[-*•‣▪◦–—o]|\(?(?:\d{1,3}|[a-z]|[ivx]+)[.)]|#{1,6})\s+", re.IGNORECASE)
"""What sets off a list item or a heading in plain text, and belongs to no sentence."""


def _without_marker(text: str, block: Block) -> Span:
    if block.kind in (BlockKind.LIST_ITEM, BlockKind.HEADING):
        marker = _MARKER.match(text, block.span.start, block.span.end)
        if marker and marker.end() < block.span.end:
            return Span(marker.end(), block.span.end)
    return block.span


def flatten(document: Document) -> str:
    """Return the document's text, as long as before, with soft line breaks made spaces."""
    characters = list(document.text)
    for block in document.blocks:
        start, end = block.span.start, block.span.end
        if "\n" in document.text[start:end] or "\r" in document.text[start:end]:
            for index in range(start, end):
                if characters[index] in "\r\n":
                    characters[index] = " "
    return "".join(characters)


def _split(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        if match.start() < start:
            continue
        # Sixteen characters hold the longest abbreviation; slicing all would make long blocks slow.
        head = text[max(start, match.start() - 16) : match.start() + 1]
        if text[match.start()] == "." and _ABBREVIATION.search(head):
            continue
        end = match.start() + len(match.group(0).rstrip())
        yield Span(start, end)
        start = match.end()
    if start < block.end:
        yield Span(start, block.end)
