"""Images in the analyst's Markdown, made part of the page so that nothing is fetched later."""

import html
import re
from pathlib import Path
from urllib.parse import unquote

from briefgen.config import pictures
from briefgen.errors import RenderError

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
    try:
        return pictures.read(unquote(address), folder).address
    except pictures.PictureError as error:
        raise RenderError(str(error)) from error
