"""The arithmetic of contrast: how well one colour stands out from another, and which would.

Relative luminance and contrast ratio are those of WCAG 2.2 (https://www.w3.org/TR/WCAG22/, terms
“relative luminance” and “contrast ratio”). Colours are ``#rrggbb``, in small letters.
"""

import colorsys
from collections.abc import Sequence

SLACK = 1.02
"""How much more than is needed a suggestion has: rounding of colours made from it takes some."""

_STEPS = 1000
"""Lightnesses tried for a suggestion; more than the 256 of a grey, so none is missed."""


def luminance(colour: str) -> float:
    """Relative luminance, from 0 for black to 1 for white (WCAG 2.2, 0.04045 as in sRGB)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 for the same luminance to 21 for black and white (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: str, others: Sequence[tuple[str, float]]) -> str | None:
    """The nearest darker or lighter shade of the same hue that stands out from all the others.

    Each of the others comes with the ratio that it needs. None where no shade does for all.
    """
    for slack in (SLACK, 1.0):
        for distance in range(_STEPS + 1):
            for step in (-distance, distance):
                shade = _lighter(colour, step / _STEPS)
                if shade and all(contrast(shade, other) >= need * slack for other, need in others):
                    return shade
    return None


def as_light_as(colour: str, other: str) -> str:
    """The shade of a colour's hue and saturation that has the other's luminance."""
    hue, _, saturation = colorsys.rgb_to_hls(*_parts(colour))
    return _with_luminance(hue, saturation, luminance(other))


def tinged(colour: str, like: str) -> str:
    """The colour in the hue of another, its luminance kept; a grey takes all hue away."""
    _, _, saturation = colorsys.rgb_to_hls(*_parts(colour))
    hue, _, strength = colorsys.rgb_to_hls(*_parts(like))
    return _with_luminance(hue, min(saturation, strength), luminance(colour))


def _with_luminance(hue: float, saturation: float, wanted: float) -> str:
    # At one hue and saturation, luminance grows with lightness.
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if luminance(_hex(colorsys.hls_to_rgb(hue, middle, saturation))) < wanted:
            low = middle
        else:
            high = middle
    return _hex(colorsys.hls_to_rgb(hue, high, saturation))


def _lighter(colour: str, by: float) -> str | None:
    """The same hue and saturation at another lightness; None beyond black and white."""
    if by == 0:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    if not -0.001 <= lightness + by <= 1.001:
        return None
    return _hex(colorsys.hls_to_rgb(hue, min(max(lightness + by, 0.0), 1.0), saturation))


def _parts(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
