"""What a PDF shows and says: the glyphs of its pages, and their words in the order of its tags.

``pdfinfo -struct-text`` reads the same order, but draws a page anew for every element: more than a
minute for ten pages.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

_RANGES = re.compile(r"beginbfrange(.*?)endbfrange|begincidrange(.*?)endcidrange", re.DOTALL)
_CHARACTERS = re.compile(r"beginbfchar(.*?)endbfchar|begincidchar(.*?)endcidchar", re.DOTALL)
_TOKEN = re.compile(r"<([0-9a-fA-F]*)>|(\d+)")
_SHOWING = {"Tj", "TJ", "'", '"'}


class Font:
    """How the codes of one composite font are read; codes have two bytes."""

    def __init__(self, font: Any) -> None:
        encoding = font["/Encoding"]
        self._glyphs = _mapping(encoding) if isinstance(encoding, pikepdf.Stream) else None
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


def showings(page: Any, fonts: dict[tuple[int, int], Font]) -> Iterator[Showing]:
    """Everything that a page shows with composite fonts; ``fonts`` keeps those read before."""
    yield from _showings(page, page.get("/Resources", {}), fonts, None)


def _showings(
    stream: Any, resources: Any, fonts: dict[tuple[int, int], Font], mark: int | None
) -> Iterator[Showing]:
    marks = [mark]
    font: Font | None = None
    for instruction in pikepdf.parse_content_stream(stream):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC":
                properties = operands[1]
                if isinstance(properties, pikepdf.Name):
                    properties = resources["/Properties"][str(properties)]
                marks.append(properties.get("/MCID", marks[-1]))
            case "BMC":
                marks.append(None if str(operands[0]) == "/Artifact" else marks[-1])
            case "EMC":
                marks.pop()
            case "Tf":
                found = resources["/Font"][str(operands[0])]
                if found.get("/Subtype") != "/Type0":
                    font = None
                elif (font := fonts.get(found.objgen)) is None:
                    font = fonts[found.objgen] = Font(found)
            case "Do":
                form = resources["/XObject"][str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    inner = form.get("/Resources", resources)
                    yield from _showings(form, inner, fonts, marks[-1])
            case operator if operator in _SHOWING and font is not None:
                pieces = operands[0] if operator == "TJ" else [operands[-1]]
                content = b"".join(bytes(p) for p in pieces if isinstance(p, pikepdf.String))
                yield Showing(font, _codes(content), marks[-1])


def read_aloud(file: pikepdf.Pdf) -> Iterator[tuple[Sequence[str], str]]:
    """The words of a file in the order of its tags, each with the types of the tags around it."""
    fonts: dict[tuple[int, int], Font] = {}
    texts: dict[tuple[int, int], dict[int, list[str]]] = {}
    for page in file.pages:
        marked = texts[page.obj.objgen] = defaultdict(list)
        for showing in showings(page.obj, fonts):
            if showing.mark is not None:
                marked[showing.mark].append(showing.text)
    root = file.Root.get("/StructTreeRoot")
    if root is not None:
        yield from _spoken(root, (), None, texts)


def _spoken(
    element: Any,
    around: tuple[str, ...],
    page: Any,
    texts: dict[tuple[int, int], dict[int, list[str]]],
) -> Iterator[tuple[Sequence[str], str]]:
    page = element.get("/Pg", page)
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield around, "".join(texts[page.objgen].get(kid, ()))
        elif kid.get("/Type") == "/MCR":
            yield around, "".join(texts[kid.get("/Pg", page).objgen].get(int(kid["/MCID"]), ()))
        elif "/S" in kid:
            within = (*around, str(kid["/S"])[1:])
            yield within, ""
            yield from _spoken(kid, within, page, texts)


def _mapping(stream: Any) -> dict[int, str]:
    """Values of a character map by code, as they are written there."""
    text = stream.read_bytes().decode("latin-1")
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
