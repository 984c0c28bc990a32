"""Who said what when: a row a statement, its mark on an axis of time."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefgen.model import Chronology, DatedStatement
from briefgen.render.charts.lettering import broken, headed
from briefgen.render.charts.shapes import LEADING, SMALL, WIDTH, Box, Line, box, stacked

_ACTORS = 100.0
_AXIS_START, _AXIS_END = 116.0, 206.0
_STANCES = 216.0
_WORDS = 262.0
_MARKS = 8.0
"""Room for the quotation marks that the templates add."""

_TOP = 16.0
"""Room for the dates of the axis."""

_LEAST_ROW = 22.0
_MARK = 5.0
"""Height of the mark of a month or a year, and width of that of a day."""

_DAY_TICKS, _MONTH_TICKS, _YEAR_TICKS = 4, 3, 4
"""As many of “30 Sep”, “Sep 2024” and “2024” as there is room for side by side."""


@dataclass(frozen=True, slots=True)
class Row:
    """One statement and its mark."""

    statement: DatedStatement
    box: Box
    actor: tuple[Line, ...]
    words: tuple[Line, ...]
    mark: Box
    is_day: bool
    """Whether the date is exact; the mark of a month or a year is as long as that."""
    stance: Box


@dataclass(frozen=True, slots=True)
class Tick:
    """One date of the axis."""

    x: float
    date: str
    """ISO 8601, as exact as it is to be printed."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline, laid out."""

    width: float
    height: float
    axis: Box
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]


def draw(figure: Chronology) -> Drawing:
    """Lay out a timeline."""
    periods = [_period(statement.date) for statement in figure.statements]
    first, last = min(start for start, _ in periods), max(end for _, end in periods)
    days = (last - first).days or 1

    def x(day: date) -> float:
        if first == last:
            return (_AXIS_START + _AXIS_END) / 2
        return _AXIS_START + (day - first).days / days * (_AXIS_END - _AXIS_START)

    rows: list[Row] = []
    y = _TOP
    for statement, (start, end) in zip(figure.statements, periods, strict=True):
        actor = broken(headed(statement.actor), SMALL, _ACTORS, 2)
        quoted = " … ".join(quote.text for quote in statement.words)
        words = broken(quoted, SMALL, WIDTH - _WORDS - _MARKS, 2)
        height = max(_LEAST_ROW, max(len(actor), len(words)) * LEADING + 5)
        middle = y + height / 2
        is_day = len(statement.date) == len("2024-07-10")
        left = x(start) - (_MARK / 2 if is_day else 0)
        length = _MARK if is_day else max(x(end) - x(start), _MARK)
        rows.append(
            Row(
                statement,
                box(0, y, WIDTH, height),
                stacked(actor, 0, middle - len(actor) * LEADING / 2, LEADING),
                stacked(words, _WORDS, middle - len(words) * LEADING / 2, LEADING),
                box(left, middle - _MARK / 2, length, _MARK),
                is_day,
                box(_STANCES, y, _WORDS - _STANCES - 2, height),
            )
        )
        y += height
    ticks = tuple(Tick(round(x(day), 2), text) for day, text in _ticks(first, last))
    axis = box(_AXIS_START, _TOP, _AXIS_END - _AXIS_START, y - _TOP)
    return Drawing(WIDTH, round(y, 2), axis, ticks, tuple(rows))


def _period(iso: str) -> tuple[date, date]:
    """First and last day that a date may mean; a day that its month lacks is the month's last."""
    year, month, day = ([int(part) for part in iso.split("-")] + [0, 0])[:3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    length = calendar.monthrange(year, month)[1]
    if not day:
        return date(year, month, 1), date(year, month, length)
    exact = date(year, month, min(day, length))
    return exact, exact


def _ticks(first: date, last: date) -> Sequence[tuple[date, str]]:
    """Dates to print over the axis, in even steps of days, months or years."""
    days = (last - first).days
    if days < 75:
        step = next(n for n in (1, 2, 3, 5, 7, 14, 21) if days // n < _DAY_TICKS)
        shown = [first + timedelta(days=n) for n in range(0, days + 1, step)]
        return [(day, day.isoformat()) for day in shown]
    months = (last.year - first.year) * 12 + last.month - first.month
    if months <= 24:
        step = next(n for n in (1, 2, 3, 6, 12) if months // n < _MONTH_TICKS)
        shown = [_months_later(first, n) for n in range(months + 1)]
        shown = [day for day in shown if day >= first and (day.month - 1) % step == 0]
        return [(day, day.isoformat()[:7]) for day in shown]
    years = last.year - first.year + 1
    step = next(n for n in _ROUND if years // n < _YEAR_TICKS)
    shown = [date(year, 1, 1) for year in range(first.year, last.year + 1) if year % step == 0]
    return [(day, f"{day.year:04}") for day in shown if day >= first]


_ROUND = [digit * 10**zeros for zeros in range(4) for digit in (1, 2, 5)]


def _months_later(day: date, months: int) -> date:
    """First day of the month so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
