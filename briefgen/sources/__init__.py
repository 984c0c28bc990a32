"""Stage 1: the files, globs and web addresses that a configuration names, read into documents."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path, PurePosixPath

from briefgen.cache import Cache
from briefgen.config import Config, slug
from briefgen.errors import SourceError
from briefgen.model import Document, Source
from briefgen.sources import entries, metadata
from briefgen.sources.detect import FileType, detect
from briefgen.sources.entries import Place
from briefgen.sources.limits import check_length, check_size
from briefgen.sources.reading import Facts, Raw, Reading, Unreadable

__all__ = ["READERS", "Survey", "load", "paths", "read", "survey"]

log = logging.getLogger(__name__)

READERS = {
    FileType.TEXT: "briefgen.sources.text",
    FileType.MARKDOWN: "briefgen.sources.markdown",
    FileType.HTML: "briefgen.sources.html",
    FileType.PDF: "briefgen.sources.pdf",
    FileType.DOCX: "briefgen.sources.docx",
}
"""Module that reads each type, with a function ``read``: Raw → Reading.

Imported when the first file of the type is met: lxml and trafilatura take 0.5 s, pypdfium2 and
python-docx 0.1 s each, which a build from text files need not wait for.
"""


CODE = ("sources", "text", "config", "cache", "model")
"""Packages of briefgen that a reading depends on: this stage and the layers below it."""


def load(config: Config, cache: Cache | None = None) -> list[Document]:
    """Read every source that a configuration names, in its order.

    What the configuration says of a source wins over what the file says of itself. What a cache
    remembers of the same bytes is not read again. Raises SourceError with one line for every
    problem of any source.
    """
    found = survey(config, cache)
    if found.problems:
        raise SourceError(*found.problems)
    return found.documents


def paths(config: Config) -> list[Path]:
    """The local files among a configuration's sources, those of its globs too."""
    places, _ = entries.expand(config)
    return [place.path for place in places if place.path is not None]


@dataclass(frozen=True, slots=True)
class Survey:
    """What could be read of a configuration's sources, and what not."""

    documents: list[Document]
    """In the order of the bibliography; one without words stands in for what can't be read."""
    entries: list[int]
    """For each document the index of its entry under ``sources:``."""
    problems: list[str]
    """One line for every problem of any source."""
    complete: bool
    """Whether every entry was found, so that the ids of all sources are known."""


def survey(config: Config, cache: Cache | None = None) -> Survey:
    """Read every source that can be read, as ``load`` does."""
    cache = cache or Cache(None)
    places, problems = entries.expand(config)
    complete = not problems
    documents: list[Document] = []
    for place in places:
        try:
            raw = _fetch(place, config) if place.path is None else _open(place.path, place.location)
            document = _document(place, _remembered(raw, cache), raw)
            show = config.settings.sources[place.entry].show
            documents.append(replace(document, source=replace(document.source, show=show)))
        except Unreadable as problem:
            where = ("sources", place.entry)
            problems.append(config.error(where, f"{place.location}: {problem}"))
            documents.append(_stand_in(place))
    return Survey(documents, [place.entry for place in places], problems, complete)


def _stand_in(place: Place) -> Document:
    """A document by the name of one that can't be read; any page of it may be cited."""
    source = Source(place.id, place.location, place.said.title or place.id)
    return Document(source, "", (), (0,) * _ANY_PAGE)


_ANY_PAGE = 10_000
"""More pages than a source has."""


def read(path: Path, location: str | None = None, cache: Cache | None = None) -> Document:
    """Read one local file; messages and the source call it by the location, if one is given.

    Raises SourceError where it can't be read.
    """
    where = location if location is not None else path.as_posix()
    place = Place(slug(path.stem) or "source", where, path)
    try:
        raw = _open(path, where)
        return _document(place, _remembered(raw, cache or Cache(None)), raw)
    except Unreadable as problem:
        raise SourceError(f"{where}: {problem}") from None


def _open(path: Path, location: str) -> Raw:
    try:
        if path.is_dir():
            raise Unreadable("is a folder (write its files, such as dir/*)")
        if not path.is_file():
            raise Unreadable("is not a file" if path.exists() else "there is no such file")
        check_size(path.stat().st_size)
        return Raw(path.read_bytes(), location, path.name)
    except (OSError, ValueError) as error:
        reason = (
            getattr(error, "strerror", None) or "its name has a character that names can't have"
        )
        raise Unreadable(f"cannot be read: {reason}") from None


def _fetch(place: Place, config: Config) -> Raw:
    from briefgen.sources.fetch import fetch

    return fetch(place.location, allow_private=config.settings.fetch.allow_private)


def _remembered(raw: Raw, cache: Cache) -> Reading:
    """The reading of a source's bytes; the names and facts that are its place's come after."""
    # Of the name, readers are given the suffix alone: it says what the bytes may be.
    suffix = PurePosixPath(raw.name).suffix

    def parts() -> list[bytes]:
        told = (suffix, raw.media_type or "", raw.charset or "")
        return [sha256(raw.data).digest(), *(one.encode("utf-8", "surrogatepass") for one in told)]

    def make() -> tuple[Reading, bool]:
        with _warnings() as warnings:
            reading = _reading(replace(raw, name=f"source{suffix}"))
        # A warning is for every build, not for the first one alone.
        return reading, not warnings

    return cache.remember(Reading, CODE, parts, make)


class _Hearing(logging.Handler):
    def __init__(self, heard: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        """Take down a record."""
        self._heard.append(record)


@contextmanager
def _warnings() -> Iterator[list[logging.LogRecord]]:
    """Collects the warnings that reading gives, which go their way all the same."""
    heard: list[logging.LogRecord] = []
    handler = _Hearing(heard)
    log.addHandler(handler)
    try:
        yield heard
    finally:
        log.removeHandler(handler)


def _reading(raw: Raw) -> Reading:
    if not raw.data.strip():
        raise Unreadable("is empty (take it out, or get the file again)")
    kind, warning = detect(raw)
    if warning:
        log.warning("%s: %s", raw.location, warning)
    reader: Callable[[Raw], Reading] = import_module(READERS[kind]).read
    reading = reader(raw)
    check_length(reading.text)
    return reading


def _document(place: Place, reading: Reading, raw: Raw) -> Document:
    facts = place.said.over(reading.facts).over(_facts_of_name(raw))
    source = Source(
        id=place.id,
        location=place.location,
        title=facts.title or "Untitled",
        author=facts.author,
        publisher=facts.publisher,
        published=facts.published,
        language=facts.language,
        url=facts.url or (place.location if place.path is None else None),
    )
    return Document(source, reading.text, reading.blocks, reading.page_starts)


def _facts_of_name(raw: Raw) -> Facts:
    return Facts(title=metadata.title_of_name(Path(raw.name).stem))
