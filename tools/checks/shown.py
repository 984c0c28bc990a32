"""What a PDF shows and says: the glyphs of its pages, and their words in the order of its tags.

``pdfinfo -struct-text`` reads the same order, but draws a page anew for every element: more than a
minute for ten pages.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, NameObject, StreamObject

_RANGES = re.compile(r"beginbfrange(.*?)endbfrange|begincidrange(.*?)endcidrange", re.DOTALL)
_CHARACTERS = re.compile(r"beginbfchar(.*?)endbfchar|begincidchar(.*?)endcidchar", re.DOTALL)
_TOKEN = re.compile(r"<([0-9a-fA-F]*)>|(\d+)")


class Font:
    """How the codes of one composite font are read; codes have two bytes."""

    def __init__(self, font: Any) -> None:
        encoding = font["/Encoding"]
        self._glyphs = _mapping(encoding) if isinstance(encoding, StreamObject) else None
        self._words = {
            code: bytes.fromhex(value).decode("utf-16-be", "replace")
            for code, value in _mapping(font["/ToUnicode"]).items()
        }

    def glyph(self, code: int) -> int:
        """Glyph that a code shows; 0 is ``.notdef``."""
        return code if self._glyphs is None else int(self._glyphs.get(code, "0"))

    def word(self, code: int) -> str:
        """Characters that a code stands for."""
        return self._words.get(code, "")


@dataclass(frozen=True, slots=True)
class Showing:
    """Glyphs shown by one operator."""

    font: Font
    codes: tuple[int, ...]
    mark: int | None
    """Identifier of the marked content around it; None where it is an artifact or unmarked."""

    @property
    def text(self) -> str:
        """Its characters, as they are drawn from left to right."""
        return "".join(self.font.word(code) for code in self.codes)


def showings(page: PageObject, fonts: dict[int, Font]) -> Iterator[Showing]:
    """Everything that a page shows with composite fonts; ``fonts`` keeps those read before."""
    if (content := page.get_contents()) is not None:
        yield from _showings(content, page["/Resources"], fonts, None)


def _showings(
    stream: ContentStream, resources: Any, fonts: dict[int, Font], mark: int | None
) -> Iterator[Showing]:
    marks = [mark]
    font: Font | None = None
    for operands, operator in stream.operations:
        match operator:
            case b"BDC":
                properties = operands[1]
                if isinstance(properties, NameObject):
                    properties = resources["/Properties"][properties]
                marks.append(properties.get("/MCID", marks[-1]))
            case b"BMC":
                marks.append(None if operands[0] == "/Artifact" else marks[-1])
            case b"EMC":
                marks.pop()
            case b"Tf":
                font = _font(resources["/Font"], operands[0], fonts)
            case b"Do":
                form = resources["/XObject"][operands[0]]
                if form.get("/Subtype") == "/Form":
                    inner = form.get("/Resources", resources)
                    yield from _showings(ContentStream(form, stream.pdf), inner, fonts, marks[-1])
            case b"Tj" | b"TJ" | b"'" | b'"' if font is not None:
                pieces = operands[0] if operator == b"TJ" else [operands[-1]]
                content = b"".join(getattr(piece, "original_bytes", b"") for piece in pieces)
                yield Showing(font, _codes(content), marks[-1])


def _font(resources: Any, name: str, fonts: dict[int, Font]) -> Font | None:
    """A composite font; None for one whose codes have a single byte."""
    number = resources.raw_get(name).idnum
    if number not in fonts and resources[name].get("/Subtype") == "/Type0":
        fonts[number] = Font(resources[name])
    return fonts.get(number)


def read_aloud(file: PdfReader) -> Iterator[tuple[Sequence[str], str]]:
    """The words of a file in the order of its tags, each with the types of the tags around it."""
    fonts: dict[int, Font] = {}
    texts: dict[int, dict[int, list[str]]] = {}
    for page in file.pages:
        assert page.indirect_reference is not None
        marked = texts[page.indirect_reference.idnum] = defaultdict(list)
        for showing in showings(page, fonts):
            if showing.mark is not None:
                marked[showing.mark].append(showing.text)
    root = file.root_object.get("/StructTreeRoot")
    if root is not None:
        yield from _spoken(root.get_object(), (), 0, texts)


def _spoken(
    element: DictionaryObject,
    around: tuple[str, ...],
    page: int,
    texts: dict[int, dict[int, list[str]]],
) -> Iterator[tuple[Sequence[str], str]]:
    page = _page_of(element, page)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, int):
            yield around, "".join(texts[page].get(kid, ()))
        elif kid.get("/Type") == "/MCR":
            yield around, "".join(texts[_page_of(kid, page)].get(kid["/MCID"], ()))
        elif "/S" in kid:
            within = (*around, kid["/S"][1:])
            yield within, ""
            yield from _spoken(kid, within, page, texts)


def _page_of(element: DictionaryObject, otherwise: int) -> int:
    """Number of the page's object that an element's marks are on."""
    return int(element.raw_get("/Pg").idnum) if "/Pg" in element else otherwise


def _mapping(stream: Any) -> dict[int, str]:
    """Values of a character map by code, as they are written there."""
    text = stream.get_data().decode("latin-1")
    found: dict[int, str] = {}
    for block in _CHARACTERS.finditer(text):
        tokens = [a or b for a, b in _TOKEN.findall(block[1] or block[2])]
        found.update((int(code, 16), value) for code, value in _grouped(tokens, 2))
    for block in _RANGES.finditer(text):
        tokens = [a or b for a, b in _TOKEN.findall(block[1] or block[2])]
        for first, last, value in _grouped(tokens, 3):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = _stepped(value, step, hexadecimal=bool(block[1]))
    return found


def _stepped(value: str, step: int, *, hexadecimal: bool) -> str:
    return f"{int(value, 16) + step:0{len(value)}x}" if hexadecimal else str(int(value) + step)


def _grouped(tokens: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (tokens[at : at + size] for at in range(0, len(tokens), size))


def _codes(content: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(content[at : at + 2]) for at in range(0, len(content), 2))
