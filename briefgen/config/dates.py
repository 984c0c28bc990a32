"""What day may be meant by a date that is written in another way than ISO 8601."""

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence

_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?(?:[t ]\d.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})[-/.] ?(\d{4}|\d\d)")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_OF_MONTH = re.compile(r"(?:(\d{1,2})\D{0,6}\s)?([a-z]{3,})\.?,? (\d{4})")
_MONTH_DAY = re.compile(r"([a-z]{3,})\.? (\d{1,2})\D{0,2},? (\d{4})")


def meant(written: str) -> Sequence[str]:
    """Dates in ISO 8601 that the writer may have meant, each a day of the calendar.

    Two where day and month could change places, as in ``3/7/2024``; none for what is no date.
    """
    line = " ".join(written.lower().split())
    return list(dict.fromkeys(_candidates(line)))


def _candidates(line: str) -> Iterator[str]:
    if found := _YEAR_FIRST.fullmatch(line) or _DIGITS.fullmatch(line):
        year, month, day = found[1], found[2], found[3]
        yield from _day(year, month, day)
        if day and int(month) > 12:
            yield from _day(year, day, month)
    elif found := _YEAR_LAST.fullmatch(line):
        one, sign, two, year = found.groups()
        year = year if len(year) == 4 else f"20{year}"
        yield from _day(year, two, one)
        if sign != ".":  # a full stop parts a day from its month wherever it is written
            yield from _day(year, one, two)
    elif found := _MONTH_AND_YEAR.fullmatch(line):
        yield from _day(found[2], found[1], None)
    elif found := _DAY_OF_MONTH.fullmatch(line):
        yield from _day(found[3], _month(found[2]), found[1])
    elif found := _MONTH_DAY.fullmatch(line):
        yield from _day(found[3], _month(found[1]), found[2])


_MONTHS = "january february march april may june july august september october november december"


def _month(name: str) -> str:
    names = _MONTHS.split()
    return next((str(n) for n, full in enumerate(names, start=1) if full.startswith(name)), "0")


def _day(year: str, month: str, day: str | None) -> Iterator[str]:
    """The date as ISO 8601 writes it; the month's last day where it has not as many."""
    if not (1 <= int(month) <= 12 and int(year) >= datetime.MINYEAR):
        return
    if day is None:
        yield f"{year}-{int(month):02}"
    elif 1 <= int(day) <= 31:
        last = calendar.monthrange(int(year), int(month))[1]
        yield f"{year}-{int(month):02}-{min(int(day), last):02}"
