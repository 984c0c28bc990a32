"""Where everything in a picture stands: one module each; templates add the words and the colours.

Lengths are in points: a picture is as wide as the text of an A4 page, and screens scale it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from briefgen.model import Bars, Chronology, Figure, RiskMatrix, StanceMatrix
from briefgen.render.charts import bars, chronology, risk_matrix, stance_matrix

__all__ = ["CHARTS", "draw"]

CHARTS: Mapping[str, Callable[[Any], Any]] = {
    StanceMatrix.kind: stance_matrix.draw,
    RiskMatrix.kind: risk_matrix.draw,
    Bars.kind: bars.draw,
    Chronology.kind: chronology.draw,
}
"""What lays out each kind of figure; ``figures/<kind>.svg.j2`` draws it."""


def draw(figure: Figure) -> Any:
    """The drawing of a figure: what its module's ``draw`` returns."""
    return CHARTS[figure.kind](figure)
