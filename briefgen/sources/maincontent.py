"""What trafilatura takes for a page's main content and metadata; the one module that loads it."""

import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

from lxml import etree

from briefgen.sources import metadata
from briefgen.sources.reading import Facts

log = logging.getLogger(__name__)

MAX_PAGE = 2_000_000
"""Characters of HTML given to trafilatura, which takes about 1 s for each 300,000; in longer pages
the landmarks (<nav>, <aside>, <footer>) alone tell what is outside."""

_WORD = re.compile(r"\w+")
_SHINGLE = 4
"""Words in a row that are compared: fewer match by chance, more lose blocks with a link inside."""


@dataclass(frozen=True, slots=True)
class Main:
    """Words of the main content, made for comparing blocks with."""

    lines: frozenset[str]
    shingles: frozenset[tuple[str, ...]]

    def holds(self, words: str, *, strictly: bool = False) -> bool:
        """Whether a block is part of it: the very line, or 6 in 10 of its runs of four words.

        ``strictly`` asks for all but a tenth of a block with at least ten words.
        """
        found = _WORD.findall(words.lower())
        if not strictly and " ".join(found) in self.lines:
            return True
        runs = _shingles(found)
        enough = 0.9 if strictly else 0.6
        if len(runs) < (7 if strictly else 1):
            return False
        return sum(run in self.shingles for run in runs) >= enough * len(runs)


def find(page: str) -> Main:
    """Main content of a page; empty where trafilatura finds none."""
    text = ""
    if (library := _trafilatura()) is not None and len(page) <= MAX_PAGE:
        try:
            text = library.extract(page, favor_recall=True, include_comments=False) or ""
        except _FAILURES:
            log.debug("trafilatura failed on a page", exc_info=True)
    lines = [_WORD.findall(line.lower()) for line in text.splitlines()]
    shingles = frozenset(run for line in lines for run in _shingles(line))
    return Main(frozenset(" ".join(line) for line in lines if line), shingles)


def facts(page: str) -> Facts:
    """What a page's metadata (JSON-LD, meta elements, bylines) says of it."""
    if (library := _trafilatura()) is None or len(page) > MAX_PAGE:
        return Facts()
    try:
        # Without the extensive search, which takes any date in the text for the page's own.
        dates = {"extensive_search": False, "original_date": True}
        found: Any = library.extract_metadata(page, date_config=dates)
    except _FAILURES:
        log.debug("trafilatura failed on a page's metadata", exc_info=True)
        return Facts()
    if found is None:
        return Facts()
    return Facts(
        title=metadata.as_title(found.title),
        author=metadata.as_name((found.author or "").replace("; ", ", ")),
        publisher=metadata.as_name(found.sitename),
        published=metadata.as_date(found.date),
        url=metadata.as_url(found.url),
    )


_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
"""trafilatura, htmldate and justext index, convert and divide what a page holds without checks;
any of these has been seen on garbage. A page that they fail on is read by its landmarks."""


@lru_cache(maxsize=1)
def _trafilatura() -> ModuleType | None:
    """The library, loaded at the first page; None where the installation lacks a part of it."""
    try:
        import trafilatura
    except ImportError as error:
        log.warning("web pages are read without trafilatura, menus may stay in: %s", error)
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]
