"""Pictures beside the YAML: read, and known to be whole and to need nothing from elsewhere."""

import io
import re
from pathlib import Path
from typing import Any

from briefgen.model import Embedded

MAX_BYTES = 5_000_000
"""Size of one image; a page-wide photograph at 300 dots an inch has 1 to 2 MB."""

_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_SVG = "image/svg+xml"
_ACTIVE = ("script", "foreignObject", "iframe", "audio", "video", "handler", "listener")
"""Elements that could run or show what the picture itself does not hold."""
_ADDRESS = re.compile(r"url\(([^)]*)\)|@(import)", re.IGNORECASE)
_INSIDE = ("#", "data:image/")


class PictureError(Exception):
    """A picture can't be used; says which, why and what to do."""


def read(name: str, folder: Path) -> Embedded:
    """A PNG, JPEG or GIF image inside a folder.

    Raises PictureError, naming the image.
    """
    path, content = _content(name, folder)
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            _check_whole(path, content)
            return Embedded(kind, content)
    raise PictureError(f"{path}: is not a PNG, JPEG or GIF image (save it as one of these)")


def read_logo(name: str, folder: Path) -> Embedded:
    """A PNG, JPEG or SVG image inside a folder; an SVG has no script and points nowhere.

    Raises PictureError, naming the image.
    """
    path, content = _content(name, folder)
    if content.startswith(b"GIF8"):
        raise PictureError(f"{path}: is a GIF image (save it as PNG, JPEG or SVG)")
    if path.suffix.lower() != ".svg":
        try:
            return read(name, folder)
        except PictureError as error:
            raise PictureError(str(error).replace("PNG, JPEG or GIF", "PNG, JPEG or SVG")) from None
    _check_drawing(path, content)
    return Embedded(_SVG, content)


def _content(name: str, folder: Path) -> tuple[Path, bytes]:
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside:
            raise PictureError(f"{name}: lies outside {folder} (copy the image into it)")
        if path.exists() and not path.is_file():
            raise PictureError(f"{name}: is not a file (name a picture beside the YAML)")
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PictureError(f"{path}: {reason} (the image's path starts from {folder})") from error
    if size > MAX_BYTES:
        megabytes = f"{size / 1e6:.1f} MB, more than {MAX_BYTES / 1e6:.0f} MB"
        raise PictureError(f"{path}: the image has {megabytes} (save it smaller)")
    return path, content


def _check_whole(path: Path, content: bytes) -> None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError(f"{path}: the image is damaged: {error} (save it again)") from None


def _check_drawing(path: Path, content: bytes) -> None:
    """Refuse an SVG that isn't one, runs something or shows what lies elsewhere."""
    from lxml import etree

    if b"<!DOCTYPE" in content and b"<!ENTITY" in content:
        raise PictureError(f"{path}: declares entities (export it as plain SVG)")
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise PictureError(f"{path}: is not SVG: {error.msg} (export it again)") from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise PictureError(f"{path}: is not SVG: it starts with <{root.tag}> (export it again)")
    if not root.get("viewBox") and not (root.get("width") and root.get("height")):
        raise PictureError(f"{path}: says no size (give the <svg> a viewBox)")
    for element in root.iter():
        if problem := _reaches_out(element):
            place = f"{path}:{element.sourceline}"
            raise PictureError(f"{place}: {problem} (export it as plain SVG)")


def _reaches_out(element: Any) -> str | None:
    if not isinstance(element.tag, str):  # a comment
        return None
    name = element.tag.rpartition("}")[2]
    if name in _ACTIVE:
        return f"has <{name}>, which a picture must not"
    if name == "style" and _points_outside(element.text or ""):
        return "its style sheet names what lies elsewhere"
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2].lower()
        if attribute.startswith("on"):
            return f"has {attribute}=, which a picture must not"
        if attribute == "href" and not value.strip().startswith(_INSIDE):
            return f"shows or links to {value.strip()!r:.60}, which lies elsewhere"
        if _points_outside(value):
            return f"{attribute}= names what lies elsewhere"
    return None


def _points_outside(style: str) -> bool:
    return any(
        imported or not address.strip("'\" \t\r\n").startswith(_INSIDE)
        for address, imported in _ADDRESS.findall(style)
    )
