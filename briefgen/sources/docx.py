"""Word documents: body in order, with headings, lists, tables and footnotes, changes accepted."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import count
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from briefgen.model import BlockKind
from briefgen.sources import boilerplate, layout, metadata, text
from briefgen.sources.limits import check_length
from briefgen.sources.reading import Facts, Piece, Raw, Reading, Unreadable, set_out

MAX_PARTS = 5_000
"""Files in the package; an illustrated report of 300 pages has 600."""

MAX_XML = 100_000_000
"""Bytes of XML when unpacked: 5 million characters of text with 20 bytes of markup each."""

MAX_UNPACKED = 500_000_000
"""Bytes of the whole package when unpacked, pictures included."""

MAX_RATIO = 200
"""Unpacked to packed size of a part over 1 MB; Word's XML packs 40 to 1, bombs 1,000 to 1."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_DROPPED = frozenset(
    (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rPr", _FALLBACK)
)
"""Deleted words, codes of fields, and the second copy that old versions of Word show of a box."""

_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read(raw: Raw) -> Reading:
    """Text of a Word document, one block a paragraph, list item or table row.

    Tracked insertions are in, deletions are out; footnotes and endnotes stand at the end; headers,
    footers and comments are left out. Raises Unreadable for damaged, encrypted or dangerous files.
    """
    _check_package(raw.data)
    try:
        document = docx.Document(io.BytesIO(raw.data))
        pieces = [*_pieces(document), *_notes(document)]
        said = _facts(document)
    except Unreadable:
        raise
    # What python-docx and lxml raise on packages whose parts lack what the format demands.
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NotImplementedError,
        OSError,
        RecursionError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        raise Unreadable(f"is a damaged Word document ({_reason(error)}); save it again") from None
    kinds = boilerplate.mark([(piece.kind, piece.text) for piece in pieces])
    words, blocks = set_out(
        [Piece(k, p.text, p.row_of) for k, p in zip(kinds, pieces, strict=True)]
    )
    check_length(words)
    return Reading(words, blocks, said.over(text.facts(words, list(blocks))))


def _reason(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:120]


def _check_package(data: bytes) -> None:
    """Look at the package's directory before anything is unpacked.

    The sizes that it declares hold: zipfile stops at them and fails on more.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            xml = [p for p in parts if p.filename.lower().endswith((".xml", ".rels"))]
            if len(parts) > MAX_PARTS:
                raise Unreadable(f"has {len(parts):,} parts, more than {MAX_PARTS:,} (a zip bomb?)")
            if sum(part.file_size for part in parts) > MAX_UNPACKED or any(
                part.file_size > 1_000_000 and part.file_size > MAX_RATIO * part.compress_size
                for part in parts
            ):
                raise Unreadable("unpacks to far more than its size (a zip bomb?)")
            if sum(part.file_size for part in xml) > MAX_XML:
                raise Unreadable(f"has more than {MAX_XML // 1_000_000} MB of XML (split it)")
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("is encrypted (save a copy without the password)")
            for part in xml:
                _check_xml(archive.read(part))
    # zipfile raises these on packages that are cut off, corrupt or of a kind it can't unpack.
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Unreadable(f"is a damaged Word document ({_reason(error)}); get it again") from None


def _check_xml(part: bytes) -> None:
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in part[:8]:
        part = part.replace(b"\x00", b"")
    if _DTD.search(part):
        raise Unreadable("has XML entities, which Word never writes (an XML bomb?); save it again")
    if _STRICT in part[:4096]:
        raise Unreadable("is in Word's Strict format; save it as an ordinary .docx")


def _pieces(document: WordDocument) -> Iterator[Piece]:
    styles = _styles(document)
    tables = count(1)
    for element, table in _content(document.element.body, tables):
        if element.tag == f"{_W}tr":
            cells = [_cell(cell) for cell in element.iterchildren(f"{_W}tc", f"{_W}sdt")]
            words = " | ".join(cell for cell in cells if cell)
            yield Piece(BlockKind.TABLE, words, table)
            continue
        words = _words(element)
        kind = _kind(element, styles, words)
        yield Piece(kind, words)
        for box in element.iter(f"{_W}txbxContent"):
            if not any(a.tag == _FALLBACK for a in box.iterancestors()):
                for paragraph in box.iterchildren(f"{_W}p"):
                    inner = _words(paragraph)
                    yield Piece(_kind(paragraph, styles, inner), inner)


def _content(body: Any, tables: "count[int]") -> Iterator[tuple[Any, int | None]]:
    """Paragraphs and table rows in order, those inside content controls and insertions too."""
    waiting: list[tuple[Any, int | None]] = [(child, None) for child in reversed(body)]
    while waiting:
        element, table = waiting.pop()
        if element.tag in _DROPPED:
            continue
        if element.tag == f"{_W}p" or (element.tag == f"{_W}tr" and not _frames(element)):
            yield element, table
        elif element.tag in _HOLDERS:
            number = next(tables) if element.tag == f"{_W}tbl" else table
            waiting.extend((child, number) for child in reversed(element))


_HOLDERS = frozenset(
    f"{_W}{name}" for name in ("tbl", "tr", "tc", "sdt", "sdtContent", "ins", "moveTo", "smartTag")
) | {f"{_W}customXml"}


def _frames(row: Any) -> bool:
    """Whether a row is a layout frame: one cell of several paragraphs, or tables inside."""
    cells = row.findall(f"{_W}tc")
    paragraphs = max((len(cell.findall(f"{_W}p")) for cell in cells), default=0)
    return row.find(f".//{_W}tbl") is not None or (len(cells) == 1 and paragraphs > 1)


def _cell(cell: Any) -> str:
    parts = (_words(paragraph) for paragraph in cell.iter(f"{_W}p"))
    return " ".join(part.replace("\n", " ") for part in parts if part)


def _words(paragraph: Any) -> str:
    """A paragraph's words, white space collapsed; a line break only where the author put one."""
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _DROPPED or tag == f"{_W}txbxContent":
            continue
        if tag == f"{_W}t":
            parts.append(element.text or "")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append(" ")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            waiting.extend(reversed(element))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _styles(document: WordDocument) -> dict[str, str]:
    """Names of styles and of what they are based on, in small letters, by style id."""
    root = document.styles.element
    own: dict[str, tuple[str, str | None]] = {}
    for style in root.iterchildren(f"{_W}style"):
        name, based = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        own[style.get(f"{_W}styleId", "")] = (
            (name.get(f"{_W}val", "") if name is not None else "").lower(),
            based.get(f"{_W}val") if based is not None else None,
        )
    names: dict[str, str] = {}
    for ident in own:
        line: list[str] = []
        at: str | None = ident
        while at in own and len(line) < 12:
            line.append(own[at][0])
            at = own[at][1]
        names[ident] = "/".join(line)
    return names


_HEADING_STYLE = re.compile(r"(?:^|/)(?:heading \d|title|subtitle|überschrift|titre)")


def _kind(paragraph: Any, styles: dict[str, str], words: str) -> BlockKind:
    properties = paragraph.find(f"{_W}pPr")
    style = numbered = None
    if properties is not None:
        named = properties.find(f"{_W}pStyle")
        style = styles.get(named.get(f"{_W}val", "")) if named is not None else None
        numbered = properties.find(f"{_W}numPr")
    if style:
        if style.startswith("toc "):
            return BlockKind.BOILERPLATE
        if _HEADING_STYLE.search(style) and len(words) < 300:
            return BlockKind.HEADING
        if "caption" in style:
            return BlockKind.CAPTION
        if style.startswith("list ") and len(words) < 5000:
            return BlockKind.LIST_ITEM
    if numbered is not None:
        return BlockKind.LIST_ITEM
    if layout.is_caption(words):
        return BlockKind.CAPTION
    return BlockKind.HEADING if _is_bold_title(paragraph, words) else BlockKind.PARAGRAPH


def _is_bold_title(paragraph: Any, words: str) -> bool:
    """Whether a short line is all bold: a heading by an author who uses no styles."""
    if not layout.is_title(words) or "\n" in words:
        return False
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext(f"{_W}t")).strip()]
    bolds = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(
        b is not None and b.get(f"{_W}val") not in ("0", "false") for b in bolds
    )


def _notes(document: WordDocument) -> Iterator[Piece]:
    for relation in document.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(relation.target_part.blob, parser)
            for note in root:
                if note.get(f"{_W}type") in (None, "normal"):
                    words = " ".join(_words(p) for p in note.iter(f"{_W}p"))
                    yield Piece(BlockKind.PARAGRAPH, words)


def _facts(document: WordDocument) -> Facts:
    properties = document.core_properties
    written = properties.modified or properties.created
    language = document.styles.element.find(f".//{_W}docDefaults//{_W}lang")
    return Facts(
        title=metadata.as_title(properties.title),
        author=metadata.as_name(properties.author),
        published=written.date().isoformat() if written and written.year > 1990 else None,
        language=metadata.as_language(properties.language)
        or metadata.as_language(language.get(f"{_W}val") if language is not None else None),
    )
