"""The page's drawings as pictures, because an office's Word shows those in every version."""

import io
import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from briefgen.model import FrontMatter
from briefgen.render.characters import one_line
from briefgen.render.templates import Templates

DOTS = 220
"""Dots an inch; Word itself saves pictures so."""

LOGO_HEIGHT = 36.9
"""Of a publisher's mark, in points, as on paper."""

_DRAWING = re.compile(
    r"<svg\b.*?</svg>|<img [^>]*src=\"data:image/svg\+xml;base64,([^\"]*)\"[^>]*>", re.DOTALL
)
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_BOX = re.compile(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')
_HIDDEN = re.compile(r'<svg[^>]*\baria-hidden="true"')
_SIDES = "".join(
    f"@{place} {{ content: none }}"
    for edge in ("top", "bottom")
    for place in (f"{edge}-left", f"{edge}-center", f"{edge}-right")
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing; its sizes in points."""

    content: bytes
    """PNG."""
    width: float
    alternative: str
    """What it shows, for readers who do not see it; empty where it only decorates."""


def cut(page: str) -> tuple[str, Sequence[str]]:
    """The page with an ``<img data-drawing>`` for each drawing, and the drawings in order.

    Those that are hidden from readers' ears are left out.
    """
    drawings: list[str] = []

    def mark(found: re.Match[str]) -> str:
        if _HIDDEN.match(found[0]):
            return ""
        drawings.append(found[0])
        return f'<img data-drawing="{len(drawings) - 1}">'

    return _DRAWING.sub(mark, page), drawings


def draw(
    drawings: Sequence[str], page: str, templates: Templates, front: FrontMatter
) -> Sequence[Picture]:
    """Each drawing, in the page's own fonts and colours, as a picture.

    Raises RenderError where a drawing has a character that no font has.
    """
    if not drawings:
        return ()
    import pypdfium2

    from briefgen.render.press import typeset

    sizes = [_size(drawing) for drawing in drawings]
    sheets = "".join(
        f"@page drawing-{number} {{ size: {width}pt {height}pt; margin: 0; {_SIDES} }}"
        f"#drawing-{number} {{ page: drawing-{number} }}"
        f"#drawing-{number} > * {{ display: block; width: {width}pt; max-width: none;"
        f" height: {height}pt }}"
        for number, (width, height) in enumerate(sizes)
    )
    boxes = "".join(
        f'<div id="drawing-{number}">{drawing}</div>' for number, drawing in enumerate(drawings)
    )
    styles = "".join(_STYLE.findall(page))
    sheet = (
        f'<!DOCTYPE html><html lang="{front.language}"><head><title>-</title>{styles}'
        f"<style>html body {{ margin: 0; padding: 0 }} {sheets}</style></head>"
        f"<body>{boxes}</body></html>"
    )
    document = pypdfium2.PdfDocument(typeset(sheet, templates, b"drawings", front))
    return [
        Picture(_png(document[number]), width, _alternative(drawings[number]))
        for number, (width, _) in enumerate(sizes)
    ]


def _size(drawing: str) -> tuple[float, float]:
    """Width and height in points; a drawing in a file of its own is a logo."""
    whole = _DRAWING.match(drawing)
    within = whole[1] if whole else None
    source = b64decode(within).decode("utf-8", "replace") if within else drawing
    found = _BOX.search(source) or _SIDES_OF.search(source)
    width, height = (float(found[1]), float(found[2])) if found else (1.0, 1.0)
    if not within:
        return width, height
    return round(width / height * LOGO_HEIGHT, 1), LOGO_HEIGHT


_SIDES_OF = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)[^>]*?\bheight="([\d.]+)')


def _png(page: Any) -> bytes:
    stream = io.BytesIO()
    page.render(scale=DOTS / 72).to_pil().convert("RGB").save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _alternative(drawing: str) -> str:
    if found := re.match(r'<img [^>]*\balt="([^"]*)"', drawing):
        return one_line(unescape(found[1]))
    told = (re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", drawing, re.DOTALL) for name in _TOLD)
    words = (one_line(unescape(found[1])).rstrip(".") for found in told if found)
    return ". ".join(word for word in words if word)


_TOLD = ("title", "desc")
