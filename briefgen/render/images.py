"""Images in the analyst's Markdown: made part of a page, or put beside the Markdown output."""

import html
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from briefgen.cache import Cache
from briefgen.config import pictures
from briefgen.errors import RenderError
from briefgen.model import Artifact, Brief, Embedded, Prose
from briefgen.render.prose import as_html

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


def beside(brief: Brief, folder: Path, cache: Cache) -> list[Artifact]:
    """The images that the analyst's Markdown shows, each where its address leads from there.

    Raises RenderError, naming the image, if it is not a picture inside the folder.
    """
    found: dict[PurePosixPath, bytes] = {}
    for prose in _written(brief):
        if "![" not in prose.markdown and "<img" not in prose.markdown.lower():
            continue
        for image in _IMAGE.finditer(as_html(prose.markdown, cache)):
            if address := _ADDRESS.search(image[0]):
                name = unquote(html.unescape(address[0]))
                content = _picture(name, folder).content
                path = PurePosixPath(normpath(name))
                # An address that leaves the folder and comes back leads nowhere from elsewhere.
                if not path.is_absolute() and ".." not in path.parts:
                    found[path] = content
    return [Artifact(path, content) for path, content in found.items()]


def _written(brief: Brief) -> Iterator[Prose]:
    for section in brief.sections:
        texts = (getattr(section, "intro", None), getattr(section, "body", None))
        yield from (text for text in texts if text is not None)
        yield from getattr(section, "written", ())


def _data_address(address: str, folder: Path) -> str:
    return _picture(unquote(address), folder).address


def _picture(name: str, folder: Path) -> Embedded:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", name):
        raise RenderError(f"{name}: images are not fetched (save it beside the YAML)")
    try:
        return pictures.read(name, folder)
    except pictures.PictureError as error:
        raise RenderError(str(error)) from error
