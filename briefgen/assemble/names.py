"""Give each actor one name in the brief: the YAML's, else a country's, else the document's."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from briefgen.assemble.countries import gazetteer
from briefgen.cache import Cache
from briefgen.model import Actor, Extraction, Finding, Position, Proposal, Risk


class Origin(StrEnum):
    """What gives an actor its name in the brief."""

    ACTORS = "actors"
    """The YAML's ``actors:``."""
    COUNTRY = "country"
    """The gazetteer of countries, capitals and governments."""
    SURNAME = "surname"
    """The full name that ends in this surname, in any of the sources."""
    DOCUMENT = "document"
    """The document itself."""


class Names:
    """The names that an analyst's ``actors:`` and the gazetteer of countries give."""

    def __init__(
        self,
        actors: Mapping[str, Iterable[str]],
        texts: Iterable[str],
        holders: Iterable[str] = (),
        cache: Cache | None = None,
    ) -> None:
        """Take the YAML's ``actors:`` and the texts that a capital's meaning depends on.

        ``holders`` are the names the documents give: a surname means another source's full name.
        """
        self._texts = tuple(texts)
        self._gazetteer = gazetteer(cache)
        self._surnames = _surnames(holders)
        self._given = {
            _plain(form): name for name, forms in actors.items() for form in (name, *forms)
        }
        other = {form: name for name, forms in actors.items() for form in forms if form}
        self._full = {_small_article(form): name for form, name in other.items()}
        longest_first = sorted(map(_pattern, self._full), key=len, reverse=True)
        self._shorter = re.compile(rf"\b(?:{'|'.join(longest_first) or '(?!)'})\b")

    def canonical(self, name: str, words: str | None = None) -> str:
        """One name for an actor; ``words`` are the document's own, where they differ."""
        for form in (name, words):
            if form and (given := self._given.get(_plain(form))):
                return given
        found = self._gazetteer.country(name, self._texts) or self._surnames.get(name, name)
        return self._given.get(_plain(found), found)

    def origin(self, name: str, words: str | None = None) -> Origin:
        """What gives an actor the name that ``canonical`` finds."""
        if any(form and _plain(form) in self._given for form in (name, words)):
            return Origin.ACTORS
        found = self._gazetteer.country(name, self._texts)
        if _plain(found or self._surnames.get(name, name)) in self._given:
            return Origin.ACTORS
        if found:
            return Origin.COUNTRY
        return Origin.SURNAME if name in self._surnames else Origin.DOCUMENT

    def spelled_out(self, text: str) -> str:
        """A text to compare, with the one name of each actor wherever another form stands."""
        text = self._shorter.sub(lambda found: self._full[_small_article(found.group())], text)
        return _CAPITALISED.sub(lambda w: self._surnames.get(w.group(), w.group()), text)

    def apply(self, extraction: Extraction) -> Extraction:
        """Name every holder of one document's findings."""
        named = tuple(self._name(finding) for finding in extraction.findings)
        return Extraction(extraction.document, named)

    def _name(self, finding: Finding) -> Finding:
        holder = finding.holder
        if holder is None:
            return finding
        words = holder.quote.text if holder.quote else None
        actor = Actor(self.canonical(holder.name, words), holder.quote)
        match finding:
            case Position():
                return replace(finding, actor=actor)
            case Proposal():
                return replace(finding, proposer=actor)
            case Risk():
                return replace(finding, voice=actor)


_FULL_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*)? [A-Z][\w’'-]+")

_CAPITALISED = re.compile(r"\b[A-Z]\w+(?:-\w+)*")


def _surnames(holders: Iterable[str]) -> Mapping[str, str]:
    """Full names by the last word of each; a word that ends two of them means neither."""
    found: dict[str, set[str]] = {}
    for name in holders:
        if _FULL_NAME.fullmatch(name):
            found.setdefault(name.split()[-1], set()).add(name)
    return {last: next(iter(names)) for last, names in found.items() if len(names) == 1}


def _small_article(form: str) -> str:
    return re.sub(r"^The\b", "the", " ".join(form.split()))


def _pattern(form: str) -> str:
    return re.sub(r"^the\\ ", r"[Tt]he\\ ", re.escape(form)).replace(r"\ ", r"\s+")


def _plain(words: str) -> str:
    line = " ".join(words.replace("’", "'").lower().split())
    return re.sub(r"^the\s+|'s$", "", line)
