"""Turn the analyst's citations, ``[@source-id, p. 3]``, into calls of numbered notes."""

import difflib
import re
from collections.abc import Mapping

from briefgen.assemble.notes import Notes
from briefgen.errors import ConfigError
from briefgen.model import Call, Document, Prose

_CITATION = re.compile(r"[ \t\n]*\[(@[^\]\[]+)\]")
_ONE = re.compile(r"@([\w-]+)(?:\s*,\s*pp?\.?\s*(\d+))?")
_CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]*`)", re.DOTALL)
_CALL_LIKE = re.compile(r"\[\^([\w-]+)\]")


class Citations:
    """Reads the citations of the analyst's own Markdown."""

    def __init__(self, notes: Notes, documents: Mapping[str, Document]) -> None:
        """Number with ``notes``; only the ids of ``documents`` can be cited."""
        self._notes = notes
        self._documents = documents

    def prose(self, markdown: str, place: str) -> Prose:
        """Markdown with every citation made a note call ``[^1]``, code left alone.

        ``place`` names where the Markdown stands, for messages. Raises ConfigError, a line a
        problem, for a source that is not in the brief or a page that the source does not have.
        """
        calls: list[Call] = []
        problems: list[str] = []

        def one(match: re.Match[str], line: int) -> str:
            made = []
            for part in match.group(1).split(";"):
                cited = _ONE.fullmatch(part.strip())
                if cited is None:
                    problems.append(
                        f"{place}, line {line}: [{match.group(1)}] is not a citation "
                        "(write [@source-id] or [@source-id, p. 3])"
                    )
                    continue
                source, page = cited.group(1), int(cited.group(2)) if cited.group(2) else None
                if problem := self._problem(source, page):
                    problems.append(f"{place}, line {line}: {problem}")
                    continue
                call = self._notes.cite_source(source, page)
                calls.append(call)
                made.append(f"[^{call.note.number}]")
            return "".join(made)

        pieces, line = [], 1
        for index, piece in enumerate(_CODE.split(markdown)):
            if index % 2 == 0:
                if found := _CALL_LIKE.search(piece):
                    at = line + piece.count("\n", 0, found.start())
                    problems.append(
                        f"{place}, line {at}: {found.group(0)} is a footnote of your own; notes "
                        "are numbered by briefgen (cite with [@source-id], or put it in brackets)"
                    )
                start = line
                piece_text = piece
                piece = _CITATION.sub(
                    lambda m, text=piece_text, start=start: one(
                        m, start + text.count("\n", 0, m.start(1))
                    ),
                    piece,
                )
                line += piece_text.count("\n")
            else:
                line += piece.count("\n")
            pieces.append(piece)
        if problems:
            raise ConfigError(*problems)
        return Prose("".join(pieces), tuple(calls))

    def _problem(self, source: str, page: int | None) -> str | None:
        document = self._documents.get(source)
        if document is None:
            close = difflib.get_close_matches(source, self._documents, n=1)
            known = ", ".join(self._documents)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {known}"
            return f"no source has the id {source!r} ({hint})"
        pages = len(document.page_starts)
        if page is not None and not 1 <= page <= pages:
            has = f"has {pages} pages" if pages else "has no pages"
            return f"{source!r} {has}, so page {page} cannot be cited"
        return None
