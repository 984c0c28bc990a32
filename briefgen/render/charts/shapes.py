"""What drawings are made of: boxes and lines of lettering, in points from the top left."""

from dataclasses import dataclass

WIDTH = 425.0
"""The text of an A4 page with the margins of ``print.css``."""

SMALL = 7.5
"""Size of lettering; never more than that of the notes at the foot of a page."""

LEADING = 9.0
"""From one line of small lettering to the next."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> float:
        """Where lettering in its middle is anchored."""
        return round(self.x + self.width / 2, 2)

    @property
    def right(self) -> float:
        """Its right edge."""
        return round(self.x + self.width, 2)

    @property
    def middle(self) -> float:
        """Half its height from the top."""
        return round(self.y + self.height / 2, 2)


def box(x: float, y: float, width: float, height: float) -> Box:
    """A box on a grid of hundredths, so that sums of fractions print alike everywhere."""
    return Box(round(x, 2), round(y, 2), round(width, 2), round(height, 2))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a name or a quotation; ``y`` is its baseline."""

    x: float
    y: float
    text: str


def stacked(lines: tuple[str, ...], x: float, top: float, leading: float) -> tuple[Line, ...]:
    """Lines one below the other, the first one's letters starting at ``top``."""
    # Letters reach three quarters of a line above the baseline.
    return tuple(
        Line(round(x, 2), round(top + leading * (number + 0.75), 2), text)
        for number, text in enumerate(lines)
    )
