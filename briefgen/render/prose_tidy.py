"""Makes of the analyst's cleaned HTML, raw HTML too, what browsers and tagged PDF can carry."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from briefgen.render.levels import relevel

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {*_HEADINGS, "p", "ul", "ol", "dl", "table", "pre", "blockquote", "div", "hr"}
_OWN_WORDS = {"a", "code", "pre"}
"""Elements whose words are left as they are."""

_ADDRESS = re.compile('\\bhttps?://[^\\s<>"“”«»-]+', re.IGNORECASE)
_AFTER = re.compile(r"[?!.,:;*_~'’]+$")

Element = Any
"""lxml has no types of its own."""


def tidied(page: str, *, inline: bool) -> str:
    """The cleaned HTML, each construct that cannot be carried made one that can.

    ``inline`` treats all of it as the content of one list item.
    """
    parser = html.HTMLParser(huge_tree=True)
    root = html.fragment_fromstring(page, create_parent="div", parser=parser)
    _relevel(root)
    for link in list(root.iter("a")):
        _plain(link)
    for item in [*root.iter("li"), *([root] if inline else [])]:
        _unwrap(item)
    for table in list(root.iter("table")):
        _complete(table)
        _let_scroll(table)
    for element in list(root.iter()):
        _link_addresses(element)
    whole: str = html.tostring(root, encoding="unicode")
    return whole.removeprefix("<div>").removesuffix("</div>")


def _relevel(root: Element) -> None:
    """Headings from h3 down, no level left out; a heading without words is none."""
    for heading in list(root.iter(*_HEADINGS)):
        if not heading.text_content().strip():
            heading.drop_tree()
    headings = list(root.iter(*_HEADINGS))
    levels = relevel([int(heading.tag[1]) for heading in headings])
    for heading, level in zip(headings, levels, strict=True):
        heading.tag = f"h{level}"


def _plain(link: Element) -> None:
    """Leave only words in a link, and its pictures before it: nothing else in it can be tagged.

    A link with nothing but a picture gets its address for words, since the picture has said its
    own; one that leads nowhere is words.
    """
    words = link.text_content()
    for image in list(link.iter("img")):
        words = words if words.strip() else link.get("href", "")
        image.drop_tree()
        link.addprevious(image)
        image.tail = " "
    for child in list(link):
        link.remove(child)
    link.text = words
    if not words.strip() or not link.get("href"):
        link.drop_tag()


def _unwrap(item: Element) -> None:
    """Take the paragraphs out of a list item, leaving line breaks: ``<li><p>`` can't be tagged."""
    for paragraph in list(item.iterchildren("p")):
        before = paragraph.getprevious()
        words = (item.text if before is None else before.tail) or ""
        if words.strip() or (before is not None and before.tag not in _BLOCKS):
            paragraph.addprevious(item.makeelement("br"))
        paragraph.drop_tag()
    item.text = (item.text or "").lstrip()


def _complete(table: Element) -> None:
    """Give header cells what they head, and every row as many cells as the longest has."""
    rows = list(table.iter("tr"))
    width = max((len(row) for row in rows), default=0)
    for number, row in enumerate(rows):
        for cell in row.iterchildren("th"):
            heads = "col" if number == 0 or row.getparent().tag == "thead" else "row"
            cell.set("scope", heads)
        kind = "th" if len(row) and all(cell.tag == "th" for cell in row) else "td"
        for _ in range(width - len(row)):
            cell = html.Element(kind, {"scope": "col"} if kind == "th" else {})
            row.append(cell)


def _let_scroll(table: Element) -> None:
    """Put a table into a box of its own, which a narrow screen can scroll."""
    box = html.Element("div", {"class": "scroll"})
    box.tail, table.tail = table.tail, None
    table.getparent().replace(table, box)
    box.append(table)


def _link_addresses(element: Element) -> None:
    """Make links of bare web addresses, as code hosts do."""
    inside = {parent.tag for parent in element.iterancestors()}
    if not inside & _OWN_WORDS and element.tail:
        for link in _linked(element, "tail"):
            element.addnext(link)
            element = link
    if not (inside | {element.tag}) & _OWN_WORDS and element.text:
        for place, link in enumerate(_linked(element, "text")):
            element.insert(place, link)


def _linked(element: Element, where: str) -> Iterator[Element]:
    """Links for the addresses in a text, each with the words behind it; the first words stay."""
    text = getattr(element, where)
    parts: list[tuple[str, int, int]] = []
    for found in _ADDRESS.finditer(text):
        address = _without_ending(found[0])
        parts.append((address, found.start(), found.start() + len(address)))
    if not parts:
        return
    setattr(element, where, text[: parts[0][1]])
    ends = [start for _, start, _ in parts[1:]] + [len(text)]
    for (address, _, end), following in zip(parts, ends, strict=True):
        link = html.Element("a", {"href": address})
        link.text, link.tail = address, text[end:following]
        yield link


def _without_ending(address: str) -> str:
    """An address without what belongs to the sentence around it (GitHub's rule)."""
    while True:
        shorter = _AFTER.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter
