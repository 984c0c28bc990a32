"""What pandoc wrote, made the document that an office expects: styles, note numbers, properties."""

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from briefgen.model import FrontMatter
from briefgen.render import word_runs
from briefgen.render.characters import one_line
from briefgen.render.word_page import NOTE
from briefgen.render.word_styles import is_right_to_left, language_tags

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NAMESPACE}}}"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STARTED = (1980, 1, 1, 0, 0, 0)
"""Every file in a zip has a time; this is the first that it can have."""

_STYLES = {
    "FirstParagraph": "BodyText",
    "Compact": "BodyText",
    "BlockText": "Quote",
    "ImageCaption": "Caption",
    "TableCaption": "Caption",
    "CaptionedFigure": "Figure",
    "FootnoteBlockText": "FootnoteText",
}
"""Word's own styles for pandoc's."""

_PASSING = "RowHeading"
"""A style that only tells this module what a cell is."""


def finish(package: bytes, front: FrontMatter) -> bytes:
    """The package with its tables, lists, notes and properties as Word's users know them.

    The same input gives the same bytes.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document, notes, numbering, styles = (
        etree.fromstring(parts[f"word/{name}.xml"])
        for name in ("document", "footnotes", "numbering", "styles")
    )
    _mend_lists(document, numbering)
    _mend_tables(document, front.language)
    for name, own in _STYLES.items():
        for style in [*_named(document, name), *_named(notes, name)]:
            _set(style, "val", own)
    _mend_notes(document)
    _mend_pictures(document)
    for root in (document, notes):
        word_runs.mend(root, front.language)
    for style in list(styles.iterchildren(f"{_W}style")):
        if _get(style, "styleId") == _PASSING:
            styles.remove(style)
    parts |= {
        "word/document.xml": _bytes(document),
        "word/footnotes.xml": _bytes(notes),
        "word/numbering.xml": _bytes(numbering),
        "word/styles.xml": _bytes(styles),
        "word/settings.xml": _settings(front.language),
        "docProps/core.xml": _properties(front),
        "docProps/app.xml": _application(front),
    }
    return _packed(parts)


def _get(element: Any, name: str) -> str:
    return str(element.get(_W + name) or "")


def _set(element: Any, name: str, value: object) -> None:
    element.set(_W + name, str(value))


def _make(name: str, **values: object) -> Any:
    element = etree.Element(_W + name)
    for key, value in values.items():
        _set(element, key, value)
    return element


def _named(root: Any, style: str) -> list[Any]:
    return [mark for mark in root.iter(f"{_W}pStyle") if _get(mark, "val") == style]


def _mend_lists(document: Any, numbering: Any) -> None:
    """Give list paragraphs Word's list styles, and lists our bullets and indents."""
    kinds = {
        _get(kind, "abstractNumId"): _levels(kind)
        for kind in numbering.iterchildren(f"{_W}abstractNum")
    }
    numbers = {
        _get(number, "numId"): kinds.get(_get(number.find(f"{_W}abstractNumId"), "val"), {})
        for number in numbering.iterchildren(f"{_W}num")
    }
    for place in list(document.iter(f"{_W}numPr")):
        properties = place.getparent()
        level = _get(place.find(f"{_W}ilvl"), "val")
        depth = min(int(level) + 1, 3)
        shape = numbers.get(_get(place.find(f"{_W}numId"), "val"), {}).get(level, "none")
        name = {"bullet": "ListBullet", "none": "ListContinue"}.get(shape, "ListNumber")
        suffix = "" if depth == 1 or name == "ListContinue" else str(depth)
        style = properties.find(f"{_W}pStyle")
        if style is None:
            style = _make("pStyle")
            properties.insert(0, style)
        if _get(style, "val") in ("", "Compact", "FirstParagraph", "BodyText"):
            _set(style, "val", name + suffix)


_STEP = 340
"""Indent of each level of a list, in twentieths of a point: 6 mm."""


def _levels(kind: Any) -> Mapping[str, str]:
    """Format of each level of a list; on the way levels get our indents and bullets."""
    shapes: dict[str, str] = {}
    for level in kind.iterchildren(f"{_W}lvl"):
        depth = int(_get(level, "ilvl"))
        shape = _get(level.find(f"{_W}numFmt"), "val")
        text = level.find(f"{_W}lvlText")
        blank = shape == "bullet" and not _get(text, "val").strip()
        shapes[str(depth)] = "none" if blank else shape
        indent = level.find(f"{_W}pPr/{_W}ind")
        if indent is not None:
            _set(indent, "left", _STEP * (depth + 1))
            _set(indent, "hanging", _STEP)
        if shapes[str(depth)] == "bullet":
            _set(text, "val", "•–"[depth % 2])
            for letters in level.findall(f"{_W}rPr"):
                level.remove(letters)
    return shapes


def _mend_tables(document: Any, language: str) -> None:
    page = document.find(f".//{_W}sectPr")
    margins = page.find(f"{_W}pgMar")
    sides = int(_get(margins, "left")) + int(_get(margins, "right"))
    width = int(_get(page.find(f"{_W}pgSz"), "w")) - sides
    heading = ""
    for block in list(document.iter(f"{_W}p", f"{_W}tbl")):
        if block.tag == f"{_W}tbl":
            _mend_table(block, width, heading, is_right_to_left(language))
            continue
        style = block.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and _get(style, "val").startswith("Heading"):
            heading = "".join(block.itertext(f"{_W}t"))


def _mend_table(table: Any, width: int, heading: str, mirrored: bool) -> None:
    """Full width, styles for its words, and a name for screen readers."""
    properties = table.find(f"{_W}tblPr")
    columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
    total = sum(int(_get(column, "w")) for column in columns) or 1
    for column in columns:
        _set(column, "w", round(int(_get(column, "w")) * width / total))
    _set(properties.find(f"{_W}tblW"), "type", "pct")
    _set(properties.find(f"{_W}tblW"), "w", 5000)
    if mirrored:
        properties.insert(1, _make("bidiVisual"))
    if properties.find(f"{_W}tblCaption") is None and heading:
        properties.append(_make("tblCaption", val=heading))
    named = False
    for row in table.iterchildren(f"{_W}tr"):
        is_head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        place = 0
        for cell in row.iterchildren(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            count = int(_get(span, "val")) if span is not None else 1
            size = sum(int(_get(c, "w")) for c in columns[place : place + count])
            cell.find(f"{_W}tcPr").insert(0, _make("tcW", w=size, type="dxa"))
            place += count
            named |= _mend_cell(cell, is_head)
    _drop_spacer(table)
    _keep_away(table.getnext())
    look = properties.find(f"{_W}tblLook")
    _set(look, "firstColumn", int(named))
    _set(look, "val", "00A0" if named else "0020")


def _drop_spacer(table: Any) -> None:
    """Take out the empty paragraph that pandoc puts between tables, where a caption parts them."""
    following = list(islice(table.itersiblings(f"{_W}p", f"{_W}tbl"), 2))
    if [each.tag for each in following] == [f"{_W}p"] * 2 and not len(following[0]):
        following[0].getparent().remove(following[0])


def _keep_away(below: Any) -> None:
    """Set text that follows a table off from it, as no table style can."""
    style = None if below is None else below.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and _get(style, "val") in ("FirstParagraph", "BodyText", "SmallPrint"):
        style.addnext(_make("spacing", before=120))


def _mend_cell(cell: Any, is_head: bool) -> bool:
    """Style a cell's words; whether it heads its row."""
    heads = False
    for paragraph in cell.iterchildren(f"{_W}p"):
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            properties = _make("pPr")
            paragraph.insert(0, properties)
        style = properties.find(f"{_W}pStyle")
        if style is None:
            style = _make("pStyle")
            properties.insert(0, style)
        name = _get(style, "val")
        heads |= name == _PASSING
        if not name.startswith(("List", "Quote", "Source")):
            _set(style, "val", "TableHeading" if is_head else "TableText")
    return heads


def _mend_notes(document: Any) -> None:
    """Let further calls of a note ask Word for its number, which stays right in an edited text."""
    for link in list(document.iter(f"{_W}hyperlink")):
        name = _get(link, "anchor")
        if not name.startswith(NOTE):
            continue
        raised = link.find(f".//{_W}vertAlign") is not None
        style = "FootnoteReference" if raised else _style_of(link.getprevious()) or "Hyperlink"
        field = _make("fldSimple", instr=f" NOTEREF {name} \\h ")
        for run in link.iterchildren(f"{_W}r"):
            letters = _make("rPr")
            letters.append(_make("rStyle", val=style))
            own = _make("r")
            own.append(letters)
            own.extend(deepcopy(run.findall(f"{_W}t")))
            field.append(own)
        field.tail = link.tail
        link.getparent().replace(link, field)


def _style_of(run: Any) -> str:
    style = None if run is None else run.find(f"{_W}rPr/{_W}rStyle")
    return "" if style is None else _get(style, "val")


def _mend_pictures(document: Any) -> None:
    """Take away the address that pandoc notes beside each picture: all of its bytes again."""
    for inner in document.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"):
        inner.attrib.pop("descr", None)


def _settings(language: str) -> bytes:
    """Settings of a document of today's Word, not one that opens in an older version's mode."""
    values = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:settings xmlns:w="{_NAMESPACE}">'
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f"<w:compat>{values}</w:compat><w:themeFontLang {language_tags(language)}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    ).encode()


def _properties(front: FrontMatter) -> bytes:
    day = front.date if front.date and _DAY.fullmatch(front.date) else None
    words = [
        ("dc:title", front.title),
        ("dc:subject", front.subtitle),
        ("dc:creator", "; ".join(front.authors) or front.organisation),
        ("cp:category", front.series),
        ("cp:contentStatus", front.status),
        ("dc:identifier", front.doi),
        ("dc:language", front.language),
    ]
    content = "".join(f"<{name}>{_text(value)}</{name}>" for name, value in words if value)
    if day:
        content += "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>'
            for name in ("created", "modified")
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{content}</cp:coreProperties>"
    ).encode()


def _application(front: FrontMatter) -> bytes:
    company = f"<Company>{_text(front.organisation)}</Company>" if front.organisation else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Properties'
        ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>briefgen</Application>{company}</Properties>"
    ).encode()


def _text(words: str) -> str:
    return escape(one_line(words))


def _bytes(root: Any) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _STARTED)
            entry.create_system = 0  # or the bytes would differ from one system to another
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return stream.getvalue()
