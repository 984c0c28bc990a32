"""Figures and dates in running text, and whether a source has them, however it writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefgen.model import Document

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = "|".join(f"{month}|{month[:3]}\\.?|sept\\.?" for month in _MONTHS)
_DATE = re.compile(
    rf"""
    (?P<iso>\b\d{{4}}-\d\d-\d\d\b)
    | \b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month>{_MONTH})\b
      (?:,?\ (?P<year>\d{{4}})\b)?
    | \b(?P<us_month>{_MONTH})\ (?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\ ?%)
      (?:,?\ (?P<us_year>\d{{4}})\b)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(
    r"(?<![\w.,-])(?:\d{1,3}(?:[,\u00a0\u2009\u202f' ]\d{3})+|\d+)(?:\.\d+)?(?![.,]?\d)"
    r"(?:\s?(?:%|per\s?cent))?"
)
_COUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:-(?P<ones>{'|'.join(_COUNTS[1:10])}))?"
    rf"|(?P<count>{'|'.join(_COUNTS)}))\b",
    re.IGNORECASE,
)

_Date = tuple[str, int, int]
"""Year, empty where none is given; month; day."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or a date as a text states it."""

    start: int
    text: str
    number: str | None
    """Digits with a full stop before the decimals; None for a date."""
    date: _Date | None

    def is_in(self, document: Document) -> bool:
        """Whether a document states it, or was published then."""
        numbers, dates = _stated(document.text)
        published = document.source.published or ""
        if self.date is None:
            return self.number in numbers or self.number == published[:4]
        year, month, day = self.date
        if len(published) == 10:
            dates = dates | {_iso(published)}
        # One that gives no year means the same day of any.
        return any((m, d) == (month, day) and (not (y and year) or y == year) for y, m, d in dates)


def figures(text: str) -> list[Figure]:
    """The dates and the other figures in digits, in their order."""
    flat = re.sub(r"\s", " ", text)
    found = [Figure(d.start(), d[0].strip(), None, date) for d, date in _dates(flat)]
    rest = _DATE.sub(lambda date: " " * len(date[0]), flat)
    found += [Figure(n.start(), n[0].strip(), _digits(n[0]), None) for n in _NUMBER.finditer(rest)]
    return sorted(found, key=lambda figure: figure.start)


@lru_cache(maxsize=64)
def _stated(text: str) -> tuple[frozenset[str], frozenset[_Date]]:
    """Every figure, in digits or words, and every date of a document."""
    flat = re.sub(r"\s", " ", text)
    numbers = {_digits(number[0]) for number in _NUMBER.finditer(flat)}
    numbers |= {_digits(number) for number in re.findall(r"\d+(?:[.,]\d+)*", flat)}
    for words in _WORDS.finditer(flat):
        tens, ones, count = (words[part] for part in ("tens", "ones", "count"))
        value = _COUNTS.index(count.lower()) if count else 10 * (_TENS.index(tens.lower()) + 2)
        numbers.add(str(value + (_COUNTS.index(ones.lower()) if ones else 0)))
    return frozenset(numbers), frozenset(date for _, date in _dates(flat))


def _dates(text: str) -> Iterator[tuple[re.Match[str], _Date]]:
    for found in _DATE.finditer(text):
        if found["iso"]:
            yield found, _iso(found["iso"])
            continue
        month = (found["month"] or found["us_month"]).lower()[:3]
        number = next(i for i, name in enumerate(_MONTHS, start=1) if name.startswith(month))
        day = int(found["day"] or found["us_day"])
        yield found, (found["year"] or found["us_year"] or "", number, day)


def _iso(date: str) -> _Date:
    return date[:4], int(date[5:7]), int(date[8:10])


def _digits(number: str) -> str:
    """The number without what parts its thousands, its sign of per cent, and idle noughts."""
    plain = re.sub(r"[^\d.]", "", number.replace(",", ""))
    whole, _, decimals = plain.strip(".").partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")
