"""Images in the analyst's Markdown, made part of the page so that nothing is fetched later."""

import base64
import html
import io
import re
from pathlib import Path
from urllib.parse import unquote

from briefgen.errors import RenderError

MAX_BYTES = 5_000_000
"""Size of one image; a page-wide photograph at 300 dots an inch has 1 to 2 MB."""

_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_IMAGE = re.compile(r'<img(?: [a-z]+="[^"]*")*>')  # as nh3 writes it
_ADDRESS = re.compile(r'(?<= src=")[^"]*')


def embed(page: str, folder: Path) -> str:
    """The sanitised HTML with each image's address replaced by the image itself.

    Raises RenderError, naming the image, if it is not a picture inside the folder.
    """
    return _IMAGE.sub(lambda image: _embedded(image[0], folder), page)


def _embedded(image: str, folder: Path) -> str:
    if not _ADDRESS.search(image):
        raise RenderError(f"{image}: no address that can be used (name a file beside the YAML)")
    return _ADDRESS.sub(lambda found: _data_address(html.unescape(found[0]), folder), image)


def _data_address(address: str, folder: Path) -> str:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address):
        raise RenderError(f"{address}: images are not fetched (save it beside the YAML)")
    path = folder / unquote(address)
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside:
            raise RenderError(f"{address}: lies outside {folder} (copy the image into it)")
        if path.exists() and not path.is_file():
            raise RenderError(f"{address}: is not a file (name a picture beside the YAML)")
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RenderError(f"{path}: {reason} (the image's path starts from {folder})") from error
    if size > MAX_BYTES:
        megabytes = f"{size / 1e6:.1f} MB, more than {MAX_BYTES / 1e6:.0f} MB"
        raise RenderError(f"{path}: the image has {megabytes} (save it smaller)")
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            _check_whole(path, content)
            return f"data:{kind};base64,{base64.b64encode(content).decode()}"
    raise RenderError(f"{path}: is not a PNG, JPEG or GIF image (save it as one of these)")


def _check_whole(path: Path, content: bytes) -> None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RenderError(f"{path}: the image is damaged: {error} (save it again)") from None
