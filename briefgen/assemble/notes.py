"""Number the notes once, in reading order."""

from collections.abc import Mapping

from briefgen.model import Call, Document, Location, Note, Quote


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
            self._notes[quote] = Note(number, document.source, quote, place)
        return self._call(self._notes[quote])

    def cite_source(self, source_id: str, page: int | None) -> Call:
        """Call the note of a source as a whole or of one of its pages."""
        key = (source_id, page)
        if key not in self._notes:
            number = len(self._notes) + 1
            place = Location(page, None) if page else None
            self._notes[key] = Note(number, self._documents[source_id].source, None, place)
        return self._call(self._notes[key])

    def _call(self, note: Note) -> Call:
        self._calls[note.number] = self._calls.get(note.number, 0) + 1
        return Call(note, self._calls[note.number])
