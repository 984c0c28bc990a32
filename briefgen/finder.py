"""Stage 2 with a memory: what was found in a document before is not looked for again.

Neither the stage nor the model is imported, opened or read until a document is new.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from briefgen.cache import Cache
from briefgen.cache.nouns import dumps
from briefgen.model import Attribution, Document, Extraction, Finding, Source
from briefgen.text.decoding import FILES, SHIPPED, decoding

if TYPE_CHECKING:
    from briefgen.text.tagger import Tagger

T = TypeVar("T")

CODE = ("extract", "text", "config", "cache", "model")
"""Packages of briefgen that findings depend on: the stage and the layers below it."""


class Finder:
    """Finds with one model, opened when the first document is new."""

    def __init__(self, cache: Cache, threads: int = 0, folder: Path = SHIPPED) -> None:
        """Take a cache, how many threads the model may use (0 for every core), and its folder."""
        self._cache = cache
        self._threads = threads
        self._folder = folder
        self._opened: tuple[bytes, Tagger] | None = None

    @property
    def model(self) -> str:
        """Name and version of the model."""
        return decoding(self._folder).name

    def extraction(
        self, document: Document, progress: Callable[[float], None] | None = None
    ) -> Extraction:
        """The findings of a document; ``progress`` is told the share of it that is tagged."""

        def find(document: Document, tagger: "Tagger") -> tuple[Finding, ...]:
            from briefgen.extract import extract

            return extract(document, tagger, progress).findings

        return Extraction(document, self._found(tuple[Finding, ...], document, find))

    def attributions(self, document: Document) -> tuple[Attribution, ...]:
        """Every attribution of a document in the wide sense."""

        def find(document: Document, tagger: "Tagger") -> tuple[Attribution, ...]:
            from briefgen.extract import attributions

            return attributions(document, tagger)

        return self._found(tuple[Attribution, ...], document, find)

    def _found(self, hint: Any, document: Document, find: Callable[[Document, "Tagger"], T]) -> T:
        bare = _without_what_does_not_count(document)
        model = self._model()

        def parts() -> list[bytes]:
            # Where a document lies is for messages alone.
            return [model, dumps(replace(bare, source=replace(bare.source, location="")))]

        def make() -> tuple[T, bool]:
            # Not kept where the model was replaced while it ran.
            return find(bare, self._tagger(model)), model == self._model()

        return self._cache.remember(hint, CODE, parts, make)

    def _model(self) -> bytes:
        return self._cache.digest([self._folder / name for name in FILES])

    def _tagger(self, model: bytes) -> "Tagger":
        from briefgen.text.tagger import Tagger

        if self._opened is None or self._opened[0] != model:
            self._opened = (model, Tagger(self._folder, self._threads))
        return self._opened[1]


def _without_what_does_not_count(document: Document) -> Document:
    """A document as extraction is given it: what it is not told, its findings can't depend on."""
    source = document.source
    told = Source(source.id, source.location, source.title, source.author, source.publisher)
    return replace(document, source=told)
