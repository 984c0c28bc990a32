"""Heading levels for prose that stands inside a section."""

from collections.abc import Sequence

FIRST = 3
"""The level below a section's own heading."""


def relevel(levels: Sequence[int]) -> list[int]:
    """Levels with the same order of rank, from h3 down and with none left out on the way."""
    ranks = sorted(set(levels))
    moved: list[int] = []
    for level in levels:
        deepest = moved[-1] + 1 if moved else FIRST
        moved.append(min(FIRST + ranks.index(level), deepest, 6))
    return moved
