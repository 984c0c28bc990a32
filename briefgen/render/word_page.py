"""The printed page made ready for pandoc: what it knows becomes styles, footnotes and links."""

from base64 import b64encode
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree, html

from briefgen.render.word_pictures import LOGO_HEIGHT, Picture

NOTE = "NoteMark"
"""Start of the names of the bookmarks around notes' marks."""

_DROPPED = "//style | //script | //nav | //*[@class='skip']"

_PARAGRAPHS = {
    "logo": "Logo",
    "series": "Series",
    "subtitle": "Subtitle",
    "byline": "Author",
    "dateline": "Date",
    "aside": "Aside",
}
"""Word's paragraph styles by the class in the templates."""

_CHARACTERS = {"facts": "Facts", "stance": "Stance", "label": "Label"}

_WIDTHS = {
    "positions-table": (24, 60, 16),
    "proposals-table": (43, 19, 19, 19),
}
"""Widths of columns in percent, as near to the printed ones as Word's wider letters allow."""

_UPRIGHT = ("zh", "ja", "ko", "ar", "fa", "he", "ur")
"""Languages that are not written in italics."""


def prepare(page: str, pictures: Sequence[Picture]) -> str:
    """The page's body in the HTML that pandoc turns into Word's own styles.

    ``pictures`` are those of the drawings that were cut from the page. Headings start at h1 because
    Word's title is no heading, and contents and skip links are gone because Word has its own.
    """
    tree = html.document_fromstring(page)
    for element in list(tree.xpath(_DROPPED)):
        element.drop_tree()
    (body,) = tree.xpath("/html/body")
    for mark in body.xpath(".//img[@data-drawing]"):
        _place(mark, pictures)
    for heading in list(body.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        _move_up(heading)
    for element in list(body.iter()):
        if isinstance(element.tag, str):
            _style(element)
    for table in list(body.iter("table")):
        _part_cells(table)
        _fit(table)
    _notes(body)
    parts = [html.tostring(child, encoding="unicode") for child in body]
    return "".join(parts)


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _place(mark: Any, pictures: Sequence[Picture]) -> None:
    """Put a picture where its drawing was, as wide."""
    picture = pictures[int(mark.attrib.pop("data-drawing"))]
    mark.set("src", f"data:image/png;base64,{b64encode(picture.content).decode()}")
    mark.set("alt", picture.alternative)
    mark.set("width", f"{picture.width}pt")


def _move_up(heading: Any) -> None:
    level = int(heading.tag[1])
    if level == 1:
        _as_paragraph(heading, "Title")
    else:
        heading.tag = f"h{level - 1}"


def _style(element: Any) -> None:
    classes = _classes(element)
    for name in classes & _PARAGRAPHS.keys():
        _as_paragraph(element, _PARAGRAPHS[name])
    for name in classes & _CHARACTERS.keys():
        element.set("custom-style", _CHARACTERS[name])
    if "facts" in classes and not element.xpath("ancestor::*[contains(@class, 'bibliography')]"):
        element.addprevious(etree.Element("br"))
        _trim_before(element)
    match element.tag:
        case "bdi":
            element.tag = "span"
        case "cite":
            element.tag = "span" if _is_upright(element) else "em"
        case "header" | "main" | "section":
            element.tag = "div"  # pandoc leaves headers out
        case "footer":
            element.tag = "div"
            element.set("custom-style", "Small Print")
        case "ul" if "bibliography" in classes:
            for item in element.iterchildren("li"):
                _as_paragraph(item, "Bibliography")
            element.tag = "div"
        case "figure":
            element.tag = "div"  # pandoc sets figures as tables of one column
            for image in element.iterchildren("img"):
                _stand_alone(image)
        case "img" if element.xpath("ancestor::*[@class='logo']") and not element.get("width"):
            element.set("height", f"{LOGO_HEIGHT}pt")
        case "figcaption":
            _as_paragraph(element, "Caption")
        case "hr":
            _rule(element)
        case "ul" if "messages" in classes:
            for item in list(element.iter("li")):
                _wrap_content(item, "Key Message")
        case "th" if element.xpath("ancestor::tbody"):
            _wrap_content(element, "Row Heading")


def _stand_alone(image: Any) -> None:
    box = etree.Element("div", {"custom-style": "Figure"})
    image.addprevious(box)
    image.tail = None
    etree.SubElement(box, "p").append(image)


def _rule(line: Any) -> None:
    """Let the paragraph below carry the rule; Word would need an empty one for it."""
    below = line.getnext()
    if below is not None and below.tag == "p":
        _as_paragraph(below, "Ruled")
    line.drop_tree()


def _is_upright(cite: Any) -> bool:
    languages = cite.xpath(".//@lang")
    return any(language.split("-")[0] in _UPRIGHT for language in languages)


def _as_paragraph(element: Any, style: str) -> None:
    """Make of the element a paragraph in a box that names its style."""
    if element.tag == "div" and element.get("custom-style"):
        return
    _wrap_content(element, style)
    element.tag = "div"


def _wrap_content(element: Any, style: str) -> None:
    box = etree.Element("div", {"custom-style": style})
    paragraph = etree.SubElement(box, "p")
    paragraph.text, element.text = element.text, None
    for child in list(element):
        if child.tag in _BLOCKS:
            box.append(child)
            paragraph = etree.SubElement(box, "p")
            paragraph.text, child.tail = child.tail, None
        else:
            paragraph.append(child)
    element.append(box)


_BLOCKS = frozenset({"p", "ul", "ol", "dl", "table", "blockquote", "pre", "div", "figure"})


def _trim_before(element: Any) -> None:
    """No space at the end of a line that we break."""
    line_break = element.getprevious()
    before, parent = line_break.getprevious(), line_break.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip(" \n") or None
    else:
        parent.text = (parent.text or "").rstrip(" \n")


def _part_cells(table: Any) -> None:
    """Say again in every row what a cell says for several.

    Rows can be sorted and parted by a page, and a screen reader meets no merged cells.
    """
    waiting: dict[int, tuple[Any, int]] = {}
    for row in table.iter("tr"):
        cells = list(row)
        column = 0
        while cells or column in waiting:
            if column in waiting:
                cell, left = waiting.pop(column)
                row.insert(column, deepcopy(cell))
            else:
                cell = cells.pop(0)
                left = int(cell.attrib.pop("rowspan", "1"))
            if left > 1:
                waiting[column] = (cell, left - 1)
            column += 1


def _fit(table: Any) -> None:
    first = table.xpath("(.//tr)[1]/*")
    for name in _classes(table) & _WIDTHS.keys():
        widths = _WIDTHS[name]
        if len(widths) != len(first) or table.find("colgroup") is not None:
            continue
        group = etree.Element("colgroup")
        for width in widths:
            etree.SubElement(group, "col", {"style": f"width: {width}%"})
        place = 1 if len(table) and table[0].tag == "caption" else 0
        table.insert(place, group)
    for cell in table.iter("th", "td"):
        for side in _classes(cell) & {"right", "centre"}:
            cell.set("style", f"text-align: {'right' if side == 'right' else 'center'}")


def _notes(body: Any) -> None:
    """Make each printed note a footnote, and each further call of it a link to its mark."""
    seen: set[str] = set()
    for note in list(body.xpath(".//span[@data-number]")):
        number = note.get("data-number", "")
        mark = etree.Element("a", {"href": f"#note-{number}"})
        mark.text = number
        if number in seen:
            new = etree.Element("sup")
            new.append(mark)
        else:
            mark.set("role", "doc-noteref")
            mark.set("type", "noteref")
            new = etree.Element("span", {"id": NOTE + number})
            new.append(mark)
            body.append(_footnote(note, number))
            seen.add(number)
        new.tail = note.tail
        note.getparent().replace(note, new)
    for link in list(body.xpath(".//a[starts-with(@href, '#note-') and not(@role)]")):
        number = link.get("href").removeprefix("#note-")
        if number in seen:
            link.set("href", f"#{NOTE}{number}")
        else:
            link.drop_tag()


def _footnote(note: Any, number: str) -> Any:
    text = etree.Element("aside", {"type": "footnote", "id": f"note-{number}"})
    paragraph = etree.SubElement(text, "p")
    paragraph.text = note.text
    paragraph.extend(deepcopy(list(note)))
    return text
