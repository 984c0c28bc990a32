"""Turn the analyst's citations, ``[@source-id, p. 3]``, into calls of numbered notes.

References to figures and tables, ``[@fig:positions]``, are found on the way.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace

from briefgen.assemble.captions import Captions
from briefgen.assemble.notes import Notes
from briefgen.assemble.own_captions import FENCED_OR_HIDDEN, captioned
from briefgen.errors import ConfigError
from briefgen.model import Call, Document, Prose, Reference

_TOKEN = re.compile(
    rf"""
    {FENCED_OR_HIDDEN}
    | (?P<ticks>(?<!`)`+(?!`)).*?(?<!`)(?P=ticks)(?!`)
    | !\[(?P<alt>(?!@)[^\]\[]*)\](?:\((?P<image>[^()\s]*)|\[(?P<reference>[^\]\[]*)\])
    | <img\b(?P<tag>[^>]*)>
    | \\[^\n]
    | \[@(?P<referred>(?:fig|tab):[\w-]+)\]
    | \[(?P<cited>@[^\]\[]+)\]
    | \[\^(?P<own>[\w-]+)\]
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
"""Code, comments and escapes, which are left alone; images; references to figures and tables;
citations; the analyst's own footnotes."""

_ALT = re.compile(r"""\balt\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s]|[^\s"'>])""", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_IN_YAML = re.compile(r":\d+:\d+\Z")

_ONE = re.compile(r"@([\w-]+)(?:\s*,\s*pp?\.?\s*(\d+))?")

_WORDS_BEFORE = re.compile(r"(?<=[\w.,;:!?)\]”\"’'»*_])[ \t]+\Z|(?<=[\w.,;:!?)\]”\"’'»*_])\n\Z")
_STRUCTURE = re.compile(r"\s*(?:#{1,6}\s|>|\||`{3}|~{3}|(?:[-*+]|\d+[.)])\s*\Z|[-=*_]{3,}\s*\Z)")


class Citations:
    """Reads the citations of the analyst's own Markdown."""

    def __init__(self, notes: Notes, documents: Mapping[str, Document], captions: Captions) -> None:
        """Number with ``notes`` and ``captions``; only the ids of ``documents`` can be cited."""
        self._notes = notes
        self._documents = documents
        self._captions = captions
        self._referred: list[tuple[str, str]] = []

    def prose(self, markdown: str, place: str) -> Prose:
        """Markdown with every citation made a note call ``[^1]``, code left alone.

        ``place`` names where the Markdown stands, for messages. Raises ConfigError, a line a
        problem, for a source that is not in the brief, a page that the source does not have, or an
        image that says nothing to who cannot see it.
        What it refers to may be numbered later: see ``check_references`` and ``resolved``.
        """
        references: list[Reference] = []
        calls: list[Call] = []
        problems: list[str] = []
        made: list[str] = []
        done = 0
        for token in _TOKEN.finditer(markdown):
            line = markdown.count("\n", 0, token.start()) + 1
            within = f", line {line}" if "\n" in markdown.strip() else ""
            where = f"{place}{within}" if _IN_YAML.search(place) else f"{place}:{line}"
            if (image := _without_words(token)) is not None:
                way_out = "describe it in the brackets" if token["tag"] is None else 'add alt="…"'
                problems.append(f"{where}: image {image} has no alt text ({way_out})")
            if token["own"]:
                problems.append(
                    f"{where}: {token[0]} is a footnote of your own; notes are "
                    "numbered by briefgen (cite with [@source-id], or put it in brackets)"
                )
            if name := token["referred"]:
                self._referred.append((name, where))
                references.append(Reference(name, None))
                made.append(f"{markdown[done : token.start()]}[^{name}]")
                done = token.end()
            if not token["cited"]:
                continue
            made.append(_without_gap(markdown, done, token.start()))
            for part in token["cited"].split(";"):
                try:
                    calls.append(self._cite(part.strip()))
                    made.append(f"[^{calls[-1].note.number}]")
                except _NotThere as problem:
                    problems.append(f"{where}: {problem}")
            done = token.end()
        if problems:
            raise ConfigError(*problems)
        text, own = captioned("".join([*made, markdown[done:]]), self._captions)
        return Prose(text, tuple(calls), tuple(references), own)

    def check_references(self) -> None:
        """Raise ConfigError, a line a problem, if a reference leads to no figure or table."""
        problems = [
            f"{place}: {self._captions.problem(name)}"
            for name, place in self._referred
            if self._captions.find(name) is None
        ]
        if problems:
            raise ConfigError(*problems)

    def resolved(self, prose: Prose) -> Prose:
        """The same words with the captions that they refer to."""
        found = (Reference(one.name, self._captions.find(one.name)) for one in prose.references)
        return replace(prose, references=tuple(found))

    def _cite(self, words: str) -> Call:
        cited = _ONE.fullmatch(words)
        if cited is None:
            way_out = "write [@source-id] or [@source-id, p. 3]"
            raise _NotThere(f"[{words}] is not a citation ({way_out})")
        source, page = cited[1], int(cited[2]) if cited[2] else None
        if problem := self._problem(source, page):
            raise _NotThere(problem)
        return self._notes.cite_source(source, page)

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


def _without_words(token: re.Match[str]) -> str | None:
    """Address or name of an image without alt text; None for all else."""
    if token["tag"] is not None:
        source = _SRC.search(token["tag"])
        return None if _ALT.search(token["tag"]) else (source[1] if source else "<img>")
    if token["alt"] is None or token["alt"].strip():
        return None
    return token["image"] or token["reference"] or "![]"


class _NotThere(Exception):
    """A citation of what the brief does not have."""


def _without_gap(markdown: str, start: int, end: int) -> str:
    """The text before a citation, without the space that would part a note from its word.

    A space or line break behind a list marker, a heading or the like is Markdown's own, and stays.
    """
    text = markdown[start:end]
    gap = _WORDS_BEFORE.search(text)
    if gap is None:
        return text
    line = markdown.rfind("\n", 0, start + gap.start()) + 1
    if _STRUCTURE.match(markdown[line : start + gap.start()]) and gap[0] == "\n":
        return text
    if re.fullmatch(r"\s*(?:[-*+]|\d+[.)])", markdown[line : start + gap.start()]):
        return text
    return text[: gap.start()]
