"""Typesetting with WeasyPrint, which gets files from the templates and the fonts, never the web."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefgen.errors import RenderError
from briefgen.render.templates import Templates

BASE = "file:///templates/"
"""Address that relative ones start from; a made-up one, so that no real path gets into a PDF."""

FONTS = "fonts/"
"""Where, from there, the packaged fonts seem to be."""

_FONT_PACKAGES = ("font_source_serif_pro", "font_source_sans_pro")


def typeset(page: str, templates: Templates, identifier: bytes) -> bytes:
    """Lay out a page of HTML as PDF; the same page gives the same bytes.

    Raises RenderError if the page names a file that is not among the templates.
    """
    try:
        with _quiet() as failed_images:
            document = weasyprint.HTML(
                string=page, base_url=BASE, url_fetcher=_Shelf(templates), media_type="print"
            )
            content: bytes = document.write_pdf(pdf_identifier=identifier)
    except FatalURLFetchingError as error:
        raise RenderError(str(error)) from error
    except RecursionError:
        raise RenderError(
            "the page is nested too deeply to be set (look for quotations or lists inside one "
            "another in the text sections; 100 levels can be set)"
        ) from None
    if failed_images:
        raise RenderError(*(f"{templates.folder}: {problem}" for problem in failed_images))
    return content


class _Shelf(URLFetcher):  # type: ignore[misc]
    """Hands out templates' files, packaged fonts and embedded images, and nothing else."""

    def __init__(self, templates: Templates) -> None:
        super().__init__(allowed_protocols={"data"})
        self._templates = templates

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        name = unquote(url.removeprefix(BASE).split("?")[0])
        content = None
        if url.startswith(BASE):
            content = _font(name) if name.startswith(FONTS) else self._templates.read(name)
        if content is None:
            shown = name if url.startswith(BASE) else url
            places = self._templates.lines_with(shown) or [str(self._templates.roots[0])]
            problem = f"{shown!r} is not a file among the templates, and nothing is fetched"
            way_out = f"put the file into {self._templates.roots[0]} and name it from there"
            raise FatalURLFetchingError(f"{places[0]}: {problem} ({way_out})")
        return URLFetcherResponse(url, content)


def _font(name: str) -> bytes | None:
    for package in _FONT_PACKAGES:
        spec = find_spec(package)
        if spec and spec.origin:
            path = Path(spec.origin).parent / "files" / Path(name).name
            if path.is_file():
                return path.read_bytes()
    return None


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """Keep WeasyPrint's remarks on style sheets from the terminal; collect images that failed."""
    logger = logging.getLogger("weasyprint")
    failures = _ImageFailures()
    logger.propagate = False
    logger.addHandler(failures)
    try:
        yield failures.problems
    finally:
        logger.removeHandler(failures)
        logger.propagate = True


class _ImageFailures(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.problems: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith("Failed to load image") and isinstance(record.args, tuple):
            address, reason = (str(part) for part in record.args)
            shown = address if len(address) < 80 else f"{address[:60]}…"
            self.problems.append(f"image {shown!r} can't be read: {reason} (save it again)")
