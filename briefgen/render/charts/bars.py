"""Counts as horizontal bars."""

from dataclasses import dataclass

from briefgen.model import Bar, Bars, Counted
from briefgen.render.charts.lettering import broken, width
from briefgen.render.charts.shapes import LEADING, SMALL, WIDTH, Box, Line, box, stacked

MOST = 16
"""Bars; more of them are read in the table."""

COUNT_SIZE = 8.0
_NAMES = 128.0
_BAR, _GAP = 10.0, 5.0
_LEAST = 1.2
"""Of a bar that counts anything."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One bar, with its name where that is no word of the templates."""

    bar: Bar
    box: Box
    name: tuple[Line, ...]
    """To be set up to their end."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars, laid out."""

    width: float
    height: float
    bars: tuple[Drawn, ...]
    names_end: float
    """Where names end."""
    left_out: int


def draw(figure: Bars) -> Drawing:
    """Lay out the first ``MOST`` bars."""
    greatest = max((bar.count for bar in figure.bars), default=0) or 1
    room = WIDTH - _NAMES - width(f" {greatest:,} ", COUNT_SIZE)
    end = _NAMES - 6
    drawn: list[Drawn] = []
    y = 0.0
    for bar in figure.bars[:MOST]:
        is_named = bar.name is not None and figure.by is Counted.PUBLISHER
        lines = broken(bar.name or "", SMALL, end, 2) if is_named else ()
        height = max(_BAR + _GAP, len(lines) * LEADING + 2)
        length = max(bar.count / greatest * room, _LEAST) if bar.count else 0
        place = box(_NAMES, y + (height - _BAR) / 2, length, _BAR)
        names = stacked(lines, end, y + (height - len(lines) * LEADING) / 2, LEADING)
        drawn.append(Drawn(bar, place, names))
        y += height
    return Drawing(WIDTH, round(y, 2), tuple(drawn), end, len(figure.bars) - len(drawn))
