"""Know a country by its other names, its capital and its government, from the countryinfo data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

_NOT_A_GOVERNMENT = frozenset({"brussels"})
"""Capitals that stand for somebody else: Brussels is the European Union."""


def country(words: str, texts: tuple[str, ...]) -> str | None:
    """Country that words such as “Beijing”, “PRC” or “the Chinese government” stand for.

    A capital or an abbreviation counts only where one of the texts also names the country or its
    people, so that a Victoria or a Kingston stays who she is.
    """
    form = _plain(words)
    certain, likely, people = _forms()
    if form in certain:
        return certain[form]
    named = [
        name
        for name in likely.get(form, ())
        if _named(re.compile(rf"\b(?:{re.escape(name)}|{people[name]})\b"), texts)
    ]
    # Kingston is the capital of Jamaica and of Norfolk Island: whichever the texts speak of.
    return named[0] if len(named) == 1 else None


@cache
def _named(pattern: re.Pattern[str], texts: tuple[str, ...]) -> bool:
    return any(pattern.search(text) for text in texts)


@cache
def _forms() -> tuple[Mapping[str, str], Mapping[str, Sequence[str]], Mapping[str, str]]:
    """Certain forms, likely forms, and the words for the people of each country."""
    from countryinfo import all_countries

    certain: dict[str, str] = {}
    likely: dict[str, list[str]] = {}
    people: dict[str, str] = {}
    for entry in all_countries():
        name, demonym, capital = entry.name(), entry.demonym(), entry.capital()
        official = [form for form in entry.alt_spellings() if len(form) > 3]
        people[name] = re.escape(demonym) if demonym else re.escape(name)
        for form in (name, *official, *_governments(name, demonym)):
            certain.setdefault(_plain(form), name)
        others = {_plain(form) for form in _initials((name, *official))}
        # South Africa has three capitals, Antarctica none.
        for seat in [capital] if isinstance(capital, str) else capital or []:
            others.add(_plain(seat.removesuffix(" D.C.")))
        others -= _NOT_A_GOVERNMENT
        for form in others:
            likely.setdefault(form, []).append(name)
    return certain, likely, people


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
