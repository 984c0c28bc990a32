"""The analyst's Markdown as HTML that is safe to publish and that paper can tag."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from briefgen.render.levels import relevel
from briefgen.render.own_captions import put_captions
from briefgen.render.prose_lists import Lists

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "b", "i", "del", "sub", "sup"),
    *("ul", "ol", "li", "dl", "dt", "dd", "h3", "h4", "h5", "h6", "a", "abbr", "img", "div"),
    *("figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"scope"},
}
_CLASSES = {"div": {"scroll"}, "td": {"centre", "right"}, "th": {"centre", "right"}}
_ALIGNED = {"text-align: center;": "centre", "text-align: right;": "right"}


def to_html(text: str) -> str:
    """Sanitised HTML of the text, headings from h3 down.

    No script, style, id or event survives, and of links only web, mail and in-page ones.
    """
    converter = Markdown(extensions=["tables", "sane_lists", "fenced_code", Lists(), _Tidied()])
    return nh3.clean(
        converter.convert(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


class _Tidied(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.+?)~~", "del"), "struck", 55)
        # after "inline" (20), which makes links and emphasis, before "prettify" (10)
        md.treeprocessors.register(_Tidy(md), "tidy", 15)


class _Tidy(Treeprocessor):
    """Makes of the tree what tagged PDF can carry (see each step)."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        for heading, level in zip(
            headings, relevel([int(heading.tag[1]) for heading in headings]), strict=True
        ):
            heading.tag = f"h{level}"
        put_captions(root)
        for link in root.iter("a"):
            _plain(link)
        for item in root.iter("li"):
            _unwrap(item)
        for cell in (element for element in root.iter() if element.tag in ("th", "td")):
            if cell.tag == "th":
                cell.set("scope", "col")
            if side := _ALIGNED.get(cell.attrib.pop("style", "")):
                cell.set("class", side)
        for parent, table in list(_tables(root)):
            _let_scroll(parent, table)


def _plain(link: Element) -> None:
    """Leave only words in a link: emphasis, code and images in it can't be tagged."""
    words = "".join(link.itertext())
    for child in list(link):
        words = words or child.get("alt", "")
        link.remove(child)
    link.text = words


def _unwrap(item: Element) -> None:
    """Take the paragraphs out of a list item, leaving line breaks: ``<li><p>`` can't be tagged."""
    children = list(item)
    for child in children:
        item.remove(child)
    for child in children:
        if child.tag != "p":
            item.append(child)
            continue
        if (item.text or "").strip() or len(item):
            SubElement(item, "br")
        _append_text(item, child.text)
        item.extend(list(child))
        _append_text(item, child.tail)


def _append_text(item: Element, text: str | None) -> None:
    if len(item):
        item[-1].tail = (item[-1].tail or "") + (text or "")
    else:
        item.text = (item.text or "") + (text or "")


def _tables(root: Element) -> Iterator[tuple[Element, Element]]:
    for parent in root.iter():
        for child in parent:
            if child.tag == "table":
                yield parent, child


def _let_scroll(parent: Element, table: Element) -> None:
    """Put a table into a box of its own, which a narrow screen can scroll."""
    box = Element("div", {"class": "scroll"})
    box.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = box
    box.append(table)
