"""How a page shows a quote where it stands: a sentence in its paragraph, a source as a whole."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from briefgen.model import Block, BlockKind, Document, FullText, Note, Span
from briefgen.render.characters import collapsed, one_line
from briefgen.render.wording import address_of

LONGEST = 1_200
"""Characters of a passage, some fifteen lines, beyond which it is cut around its sentence."""

EXACT = 10
"""Words of a sentence that a link names whole; of a longer one it names both ends."""

_END = 5
_FEW = 4
"""Words below which a sentence may well stand twice on a page, so that a link names what is
around it, three words to either side."""
_AROUND = 3

_NO_WEB_PAGE = re.compile(r"\.(?:pdf|docx?|odt|rtf|epub|txt|md)$", re.IGNORECASE)
"""What browsers show without looking for a text, or do not show at all."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and what is shown around it, soft line breaks made spaces."""

    before: str
    sentence: str
    after: str
    cut_before: bool
    """Whether the paragraph has more before; so for ``cut_after``."""
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a whole text, and the note that quotes them, if one does."""

    text: str
    note: Note | None


def passage(note: Note) -> Passage | None:
    """The sentence of a note in its paragraph, a long one cut at word borders.

    None where the note has no more to show than its sentence.
    """
    if note.quote is None or note.passage is None:
        return None
    start = note.quote.span.start - note.passage.span.start
    text = note.passage.text
    before = collapsed(text[:start]).lstrip(" ")
    after = collapsed(text[start + len(note.quote.text) :]).rstrip(" ")
    sentence = one_line(note.quote.text)
    room = max(LONGEST - len(sentence), 0)
    if len(before) + len(after) <= room:
        return Passage(before, sentence, after, cut_before=False, cut_after=False)
    # What one side does not need, the other may have.
    ahead = max(room // 2, room - len(after))
    behind = max(room - room // 2, room - len(before))
    tail, head = _last(before, ahead), _first(after, behind)
    return Passage(tail, sentence, head, len(tail) < len(before), len(head) < len(after))


def _first(text: str, length: int) -> str:
    """The first whole words of a text; characters where a script has no spaces."""
    if len(text) <= length:
        return text
    border = text.rfind(" ", 0, length + 1)
    return text[: border if border > 0 else length]


def _last(text: str, length: int) -> str:
    return _first(text[::-1], length)[::-1]


def blocks(full: FullText) -> list[tuple[BlockKind, list[Piece]]]:
    """Every block of a whole text but boilerplate, cut where a note's sentence starts and ends."""
    document = full.document
    held: dict[Block | None, list[Note]] = {}
    for note in full.notes:
        if note.quote:
            held.setdefault(document.block_at(note.quote.span.start), []).append(note)
    return [
        (block.kind, _pieces(document, block, held.get(block, ())))
        for block in document.blocks
        if block.kind is not BlockKind.BOILERPLATE
    ]


def _pieces(document: Document, block: Block, notes: Sequence[Note]) -> list[Piece]:
    pieces: list[Piece] = []
    done = block.span.start
    for note in notes:
        if note.quote:
            start = max(note.quote.span.start, done)
            pieces.append(Piece(_cut(document, Span(done, start)), None))
            done = max(note.quote.span.end, start)
            pieces.append(Piece(_cut(document, Span(start, done)), note))
    pieces.append(Piece(_cut(document, Span(done, block.span.end)), None))
    return [piece for piece in pieces if piece.text or piece.note]


def _cut(document: Document, span: Span) -> str:
    return collapsed(document.text[span.start : span.end])


def address_at(note: Note) -> str | None:
    """Where a reader finds a note's source on the web: at the sentence, where it is a web page.

    The sentence is named by a text fragment (WICG, Scroll to Text Fragment), which browsers that
    know none leave aside.
    """
    address = address_of(note.source)
    on_paper = note.location is not None and note.location.page is not None
    if address is None or note.quote is None or on_paper:
        return address
    if _NO_WEB_PAGE.search(urlsplit(address).path):
        return address
    place = address.split(":~:")[0]
    return f"{place}{'' if '#' in place else '#'}:~:text={_directive(note)}"


def _directive(note: Note) -> str:
    """``[prefix-,]start[,end][,-suffix]``; what a source keeps to itself is in none of them."""
    words = one_line(note.quote.text if note.quote else "").split(" ")
    if len(words) > EXACT:
        return f"{_encoded(words[:_END])},{_encoded(words[-_END:])}"
    shown = passage(note)
    if len(words) >= _FEW or shown is None:
        return _encoded(words)
    before, after = shown.before.split()[-_AROUND:], shown.after.split()[:_AROUND]
    return "".join(
        (
            f"{_encoded(before)}-," if before else "",
            _encoded(words),
            f",-{_encoded(after)}" if after else "",
        )
    )


def _encoded(words: Sequence[str]) -> str:
    """Words for a directive, where a dash, a comma and an ampersand would be its own signs."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "address_at": address_at,
    "blocks": blocks,
    "passage": passage,
}
