"""Number the notes once, in reading order, each with as much of its source as may be shown."""

import re
from collections.abc import Mapping

from briefgen.model import Call, Document, FullText, Location, Note, Quote, Show

_WORD = re.compile(r"[^\W\d_]{2}")
"""What a bullet, a number or a letter before a list item is not."""


class Notes:
    """Hands out note numbers: one for each sentence, source or page that is cited."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        """Take the documents by the id of their source."""
        self._documents = documents
        self._notes: dict[object, Note] = {}
        self._calls: dict[int, int] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note handed out so far, in the order of its number."""
        return tuple(self._notes.values())

    def cite(self, quote: Quote) -> Call:
        """Call the note of a verbatim sentence."""
        if quote not in self._notes:
            document = self._documents[quote.source_id]
            number = len(self._notes) + 1
            place = document.locate(quote.span)
            passage = _passage(document, quote)
            self._notes[quote] = Note(number, document.source, quote, place, passage)
        return self._call(self._notes[quote])

    def cite_source(self, source_id: str, page: int | None) -> Call:
        """Call the note of a source as a whole or of one of its pages."""
        key = (source_id, page)
        if key not in self._notes:
            number = len(self._notes) + 1
            place = Location(page, None) if page else None
            self._notes[key] = Note(number, self._documents[source_id].source, None, place)
        return self._call(self._notes[key])

    def full_texts(self) -> tuple[FullText, ...]:
        """Every source that is shown whole, cited or not, with the notes so far that quote it."""
        return tuple(
            FullText(document, self._quoting(id_))
            for id_, document in self._documents.items()
            if document.source.show is Show.FULL
        )

    def _quoting(self, source_id: str) -> tuple[Note, ...]:
        placed = [
            (note.quote.span, note)
            for note in self._notes.values()
            if note.quote and note.quote.source_id == source_id
        ]
        return tuple(note for _, note in sorted(placed, key=lambda pair: pair[0]))

    def _call(self, note: Note) -> Call:
        self._calls[note.number] = self._calls.get(note.number, 0) + 1
        return Call(note, self._calls[note.number])


def _passage(document: Document, sentence: Quote) -> Quote | None:
    """The block that holds a sentence; None where it has no more words, or is not to be shown."""
    block = document.block_at(sentence.span.start)
    if document.source.show is Show.QUOTE or block is None or not block.span.holds(sentence.span):
        return None
    passage = document.quote(block.span)
    start, end = (at - block.span.start for at in (sentence.span.start, sentence.span.end))
    return passage if _WORD.search(passage.text[:start] + " " + passage.text[end:]) else None
