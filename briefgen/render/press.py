"""Typesetting with WeasyPrint: one file that is accessible (PDF/UA-1) and archivable (PDF/A-3a).

Files come from the templates and the fonts, never the web.
"""

import datetime
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pydyf
import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefgen.errors import RenderError
from briefgen.model import FrontMatter
from briefgen.render import tagging, xmp
from briefgen.render.glyphs import map_every_glyph, missing
from briefgen.render.templates import Templates

BASE = "file:///templates/"
"""Address that relative ones start from; a made-up one, so that no real path gets into a PDF."""

FONTS = "fonts/"
"""Where, from there, the packaged fonts seem to be."""

_FONT_PACKAGES = ("font_source_serif_pro", "font_source_sans_pro")

_NO_DATE = datetime.datetime(1980, 1, 1)
"""Date of what is attached to an undated brief: never the build's own, so that the same brief gives
the same bytes."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF."""

    name: str
    kind: str
    """Media type."""
    relation: str
    """What it is to the brief: ``Data`` or ``Source`` (ISO 19005-3, annex E)."""
    told: str
    """What a reader is told that it is."""
    content: bytes


def typeset(
    page: str,
    templates: Templates,
    identifier: bytes,
    front: FrontMatter,
    attached: Sequence[Attached] = (),
) -> bytes:
    """Lay out a page of HTML as PDF; the same page gives the same bytes.

    Raises RenderError if the page names a file that is not among the templates, holds a picture
    that can't be read, or a character that no font has.
    """
    dated = _day(front.date)

    try:
        with _heard() as heard, tagging.recorded() as record:

            def finish(_: object, pdf: pydyf.PDF) -> None:
                tagging.refine(pdf, record)
                xmp.complete(pdf, front)
                map_every_glyph(pdf)
                _settle(pdf, attached)
                pdf.objects[:] = [_Written(one) for one in pdf.objects]

            document = weasyprint.HTML(
                string=page, base_url=BASE, url_fetcher=_Shelf(templates), media_type="print"
            )
            content: bytes = document.write_pdf(
                pdf_variant="pdf/a-3a",
                pdf_identifier=identifier,
                attachments=[
                    weasyprint.Attachment(
                        string=file.content,
                        name=file.name,
                        description=file.told,
                        relationship=file.relation,
                        created=dated,
                        modified=dated,
                    )
                    for file in attached
                ],
                finisher=finish,
            )
    except FatalURLFetchingError as error:
        raise RenderError(str(error)) from error
    except RecursionError:
        raise RenderError(
            "the page is nested too deeply to be set (look for quotations or lists inside one "
            "another in the text sections; 100 levels can be set)"
        ) from None
    problems = [f"{templates.folder}: {problem}" for problem in heard.failed_images]
    if problems := problems + missing(heard.characters, page):
        raise RenderError(*problems)
    # Data that ends with a carriage return would look like a part of the line end before
    # “endstream” to strict readers (one compressed stream in 256 does); a lone one is as good.
    return content.replace(b"\r\nendstream", b"\r\rendstream")


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object whose bytes are made once.

    For a file with an identifier pydyf 0.13 makes, and compresses, all of them twice, which is a
    twentieth of the time that typesetting takes.
    """

    def __init__(self, finished: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation = finished.number, finished.generation
        self.free = finished.free
        self._data = finished.data if finished.free == "n" else b""
        self._compressible: bool = finished.compressible

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._compressible


def _settle(pdf: pydyf.PDF, attached: Sequence[Attached]) -> None:
    """Name attached files' media types, which WeasyPrint guesses from the machine's own table.

    It also lists each of them twice among the associated files.
    """
    kinds = {file.name: file.kind.replace("/", "#2f") for file in attached}
    for spec in pdf.objects:
        if isinstance(spec, dict) and spec.get("Type") == "/Filespec":
            stream = pdf.objects[int(spec["EF"]["F"].split()[0])]
            stream.extra["Subtype"] = f"/{kinds[spec['UF'].string]}"
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _day(date: str | None) -> datetime.datetime:
    year, month, day = (*(int(part) for part in (date or "").split("-") if part), 1, 1, 1)[:3]
    return datetime.datetime(year, month, day) if date else _NO_DATE


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


class _Heard(logging.Handler):
    """What WeasyPrint only remarks on and a reader would miss."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.failed_images: list[str] = []
        self.characters: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        message, parts = str(record.msg), record.args
        if message.startswith(".notdef glyph") and isinstance(parts, tuple):
            self.characters[str(parts[0])] = None
        elif message.startswith("Failed to load image") and isinstance(parts, tuple):
            address, reason = (str(part) for part in parts)
            shown = address if len(address) < 80 else f"{address[:60]}…"
            self.failed_images.append(f"image {shown!r} can't be read: {reason} (save it again)")


@contextmanager
def _heard() -> Iterator[_Heard]:
    """Keep WeasyPrint's remarks from the terminal and collect those that matter."""
    logger = logging.getLogger("weasyprint")
    heard = _Heard()
    logger.propagate = False
    logger.addHandler(heard)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)
        logger.propagate = True
