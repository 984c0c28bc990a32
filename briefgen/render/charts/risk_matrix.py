"""How likely and how bad: rows of impact, columns of likelihood, the items' labels in the cells."""

from dataclasses import dataclass

from briefgen.model import Grade, Impact, RiskMatrix
from briefgen.render.charts.lettering import broken
from briefgen.render.charts.shapes import WIDTH, Box, Line, box, stacked

LABEL_SIZE = 8.5
_NAMES = 58.0
"""Room for the names of the impacts."""

_TOP = 26.0
"""Room for the name of the axis and those of the likelihoods."""

_GAP, _LEADING, _LEAST_ROW = 1.5, 10.5, 30.0
_ENDLESS = 1_000
"""Lines: no label of a cell is ever left out."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell and the labels in it, to be set from their middle."""

    box: Box
    labels: tuple[Line, ...]
    shade: int
    """0 for the least of both, 1 between, 2 for the greatest."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A risk matrix, laid out."""

    width: float
    height: float
    rows: tuple[tuple[Impact, Box], ...]
    columns: tuple[tuple[Grade, Box], ...]
    axis: Box
    """Over the columns, for what they are called together."""
    cells: tuple[Cell, ...]


def draw(figure: RiskMatrix) -> Drawing:
    """Lay out a risk matrix; a row is as high as its fullest cell needs."""
    column = (WIDTH - _NAMES) / len(figure.likelihoods)
    cells: list[Cell] = []
    rows: list[tuple[Impact, Box]] = []
    y = _TOP
    last = len(figure.impacts) + len(figure.likelihoods) - 2
    for row, impact in enumerate(figure.impacts):
        written = [
            broken(
                ", ".join(figure.labels.get((impact, grade), ())), LABEL_SIZE, column - 8, _ENDLESS
            )
            for grade in figure.likelihoods
        ]
        height = max(_LEAST_ROW, max(map(len, written)) * _LEADING + 10)
        rows.append((impact, box(0, y, _NAMES, height)))
        for at, lines in enumerate(written):
            place = box(_NAMES + at * column + _GAP / 2, y + _GAP / 2, column - _GAP, height - _GAP)
            start = y + (height - len(lines) * _LEADING) / 2
            labels = stacked(lines, place.centre, start, _LEADING) if any(lines) else ()
            above_least = len(figure.impacts) - 1 - row + at
            cells.append(Cell(place, labels, _shade(above_least / last)))
        y += height
    columns = tuple(
        (grade, box(_NAMES + at * column, 11, column, 15))
        for at, grade in enumerate(figure.likelihoods)
    )
    axis = box(_NAMES, 0, WIDTH - _NAMES, 11)
    return Drawing(WIDTH, round(y, 2), tuple(rows), columns, axis, tuple(cells))


def _shade(share: float) -> int:
    return 0 if share < 0.5 else 1 if share < 0.7 else 2
