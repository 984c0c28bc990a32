"""The picture of an edition that a link to it is previewed with, where it is passed on."""

import io
import logging
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from briefgen.config import theme as themes
from briefgen.model import Artifact, Brief
from briefgen.render.templates import Templates

NAME = PurePosixPath("card.png")
"""Where it lies in the edition's folder."""

WIDTH, HEIGHT = 1200, 630
"""Pixels, as the page of ``site/card.html.j2`` has them."""

_BASE = "file:///templates/"
"""A made-up address, from which a style sheet names its fonts."""

_FONT_PACKAGES = ("font_source_serif_pro", "font_source_sans_pro")


def card(brief: Brief, site: str, number: int, templates: Templates) -> Artifact:
    """The picture of a brief's edition of a number, on a site of a title.

    The same brief gives the same bytes. Raises TemplateError.
    """
    theme = brief.theme or themes.standard(templates.folder)
    values = {"front": brief.front, "site": site, "number": number}
    return Artifact(NAME, _picture(templates.page("site/card.html.j2", theme, values)))


def _picture(page: str) -> bytes:
    # Each takes a good part of a second to import, which a publish of no new edition can spare.
    import pypdfium2
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fonts(URLFetcher):  # type: ignore[misc]
        """Hands out the packaged fonts and what the page holds itself."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"})

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.startswith(_BASE):
                return URLFetcherResponse(url, _font(url.rpartition("/")[2]))
            return super().fetch(url, headers)

    told = logging.getLogger("weasyprint")
    quiet = logging.NullHandler()
    told.addHandler(quiet)
    told.propagate, before = False, told.propagate
    try:
        html = weasyprint.HTML(string=page, base_url=_BASE, url_fetcher=Fonts())
        document = pypdfium2.PdfDocument(html.write_pdf(pdf_tags=False))
    finally:
        told.propagate = before
        told.removeHandler(quiet)
    with document:
        first = document[0]
        picture = first.render(scale=WIDTH / first.get_width()).to_pil()
    file = io.BytesIO()
    picture.crop((0, 0, WIDTH, HEIGHT)).save(file, "PNG")
    return file.getvalue()


def _font(name: str) -> bytes:
    for package in _FONT_PACKAGES:
        spec = find_spec(package)
        if spec and spec.origin:
            path = Path(spec.origin).parent / "files" / name
            if path.is_file():
                return path.read_bytes()
    raise ValueError(f"{name}: no such font")
