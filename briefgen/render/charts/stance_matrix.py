"""Who stands where: a row an actor, a column a topic, in each cell a sign and a word."""

from dataclasses import dataclass

from briefgen.model import StanceCell, StanceMatrix
from briefgen.render.charts.lettering import broken, headed
from briefgen.render.charts.shapes import LEADING, SMALL, WIDTH, Box, Line, box, stacked

_NAMES = 104.0
"""Room for the actors' names."""

_WIDEST = 76.0
"""Of a column: few topics are not drawn out over the page."""

_ROW, _GAP = 24.0, 1.5
_HEAD_SIZE, _HEAD_LEADING, _HEAD_LINES = 7.0, 8.4, 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; None where the actor says nothing of the topic."""

    box: Box
    stance: StanceCell | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A stance matrix, laid out."""

    width: float
    height: float
    topics: tuple[Line, ...]
    """To be set from their middle."""
    actors: tuple[Line, ...]
    cells: tuple[Cell, ...]


def draw(figure: StanceMatrix) -> Drawing:
    """Lay out a stance matrix."""
    column = min((WIDTH - _NAMES) / len(figure.topics), _WIDEST)
    room = column - 2 * _GAP
    heads = [broken(topic, _HEAD_SIZE, room, _HEAD_LINES) for topic in figure.topics]
    top = max(map(len, heads)) * _HEAD_LEADING + 5
    topics: list[Line] = []
    for number, lines in enumerate(heads):
        middle = _NAMES + (number + 0.5) * column
        start = top - 5 - len(lines) * _HEAD_LEADING
        topics += stacked(lines, middle, start, _HEAD_LEADING)
    actors: list[Line] = []
    cells: list[Cell] = []
    for number, row in enumerate(figure.rows):
        y = top + number * _ROW
        lines = broken(headed(row.actor), SMALL, _NAMES - 6, 2)
        actors += stacked(lines, 0, y + (_ROW - len(lines) * LEADING) / 2, LEADING)
        for at, stance in enumerate(row.cells):
            x = _NAMES + at * column
            cells.append(Cell(box(x + _GAP / 2, y + _GAP / 2, column - _GAP, _ROW - _GAP), stance))
    height = top + len(figure.rows) * _ROW
    return Drawing(
        WIDTH,
        round(height, 2),
        tuple(topics),
        tuple(actors),
        tuple(cells),
    )
