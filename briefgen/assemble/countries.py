"""Know a country by its other names, its capital and its government, from the countryinfo data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefgen.cache import Cache

_NOT_A_GOVERNMENT = frozenset({"brussels"})
"""Capitals that stand for somebody else: Brussels is the European Union."""


@dataclass(frozen=True, slots=True)
class Country:
    """What a country is called."""

    name: str
    certain: tuple[str, ...]
    """Forms that mean it everywhere."""
    likely: tuple[str, ...]
    """Forms that mean it where a text speaks of it: capitals and abbreviations."""
    people: str
    """Pattern of the word for its people."""


CODE = ("assemble", "cache", "model")
"""Packages of briefgen that the gazetteer depends on."""


class Gazetteer:
    """Every country by what it is called; a cache may keep what the 250 data files say."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._certain: dict[str, str] = {}
        self._likely: dict[str, list[str]] = {}
        self._people: dict[str, str] = {}
        countries = (cache or Cache(None)).remember(tuple[Country, ...], CODE, list, _read)
        for country in countries:
            self._people[country.name] = country.people
            for form in country.certain:
                self._certain.setdefault(form, country.name)
            for form in country.likely:
                self._likely.setdefault(form, []).append(country.name)

    def country(self, words: str, texts: tuple[str, ...]) -> str | None:
        """Country that words such as “Beijing”, “PRC” or “the Chinese government” stand for.

        A capital or an abbreviation counts only where one of the texts also names the country or
        its people, so that a Victoria or a Kingston stays who she is.
        """
        form = _plain(words)
        if form in self._certain:
            return self._certain[form]
        named = [
            name
            for name in self._likely.get(form, ())
            if _named(rf"\b(?:{re.escape(name)}|{self._people[name]})\b", texts)
        ]
        # Kingston is the capital of Jamaica and of Norfolk Island: whichever the texts speak of.
        return named[0] if len(named) == 1 else None


@lru_cache(maxsize=1)
def gazetteer(cache: Cache | None = None) -> Gazetteer:
    """The one gazetteer of a process."""
    return Gazetteer(cache)


@lru_cache(maxsize=1 << 10)
def _named(pattern: str, texts: tuple[str, ...]) -> bool:
    return any(re.search(pattern, text) for text in texts)


def _read() -> tuple[tuple[Country, ...], bool]:
    """Every country of the data, which may be kept."""
    from countryinfo import all_countries

    return tuple(_called(entry) for entry in all_countries()), True


def _called(entry: Any) -> Country:
    name, demonym, capital = entry.name(), entry.demonym(), entry.capital()
    official = [form for form in entry.alt_spellings() if len(form) > 3]
    certain = [_plain(form) for form in (name, *official, *_governments(name, demonym))]
    others = {_plain(form) for form in _initials((name, *official))}
    # South Africa has three capitals, Antarctica none.
    for seat in [capital] if isinstance(capital, str) else capital or []:
        others.add(_plain(seat.removesuffix(" D.C.")))
    likely = sorted(others - _NOT_A_GOVERNMENT)
    people = re.escape(demonym) if demonym else re.escape(name)
    return Country(name, tuple(dict.fromkeys(certain)), tuple(likely), people)


def _governments(name: str, demonym: str | None) -> Iterator[str]:
    yield f"government of {name}"
    yield f"{name}'s government"
    if demonym:
        yield f"{demonym} government"


def _initials(names: tuple[str, ...]) -> Iterator[str]:
    """PRC for People's Republic of China, UK for United Kingdom, ROK for Republic of Korea."""
    for name in names:
        words = re.findall(r"[A-Za-z'’]+", name) if name.isascii() else []
        capitals = [word[0] for word in words if word[0].isupper()]
        if len(capitals) >= 2:
            yield "".join(capitals)
            yield "".join(word[0].upper() for word in words)


def _plain(words: str) -> str:
    return re.sub(
        r"^the\s+", "", " ".join(words.replace("’", "'").replace(".", "").lower().split())
    )
