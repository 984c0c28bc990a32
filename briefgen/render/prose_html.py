"""The analyst's Markdown as HTML that is safe to publish and that paper can tag."""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from briefgen.render import blocks
from briefgen.render.levels import relevel
from briefgen.render.own_captions import put_captions

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
    converter = Markdown(extensions=["tables", "sane_lists", "fenced_code", _Tidied()])
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
        # after fenced code (25) and HTML (20) have been put aside
        md.preprocessors.register(_Lists(md), "lists", 19)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.+?)~~", "del"), "struck", 55)
        # after "inline" (20), which makes links and emphasis, before "prettify" (10)
        md.treeprocessors.register(_Tidy(md), "tidy", 15)


class _Lists(Preprocessor):
    """Indents lists by fours, as Python-Markdown wants them, and parts them from other blocks.

    A list may follow its introduction at once, as on code hosts. Code between fences inside a list
    becomes indented code: Python-Markdown knows fences only where no list is.
    """

    def run(self, lines: list[str]) -> list[str]:
        written: list[str] = []
        open_lists: list[str] = []  # the last letter of each one's markers
        first: blocks.Line | None = None  # of what stands together without a blank line
        last = None
        for line in blocks.read(list(self._quoted(lines))):
            ended = open_lists[line.depth] if len(open_lists) > line.depth else ""
            if line.kind is blocks.Kind.BLANK:
                first = None
            else:
                if line.marker and ended not in ("", line.marker[-1]):
                    written += ["", *_between(ended, line), ""]
                    first = None
                elif line.kind is blocks.Kind.CODE and ended:
                    written += ["", f"{'    ' * line.depth}{_PARTING}", ""]
                elif first and last and _parts(first, last, line):
                    written.append("")
                    first = None
                first = first or line
                open_lists[line.depth :] = [line.marker[-1]] if line.marker else []
            written.append(_in_fours(line))
            last = line
        return written

    def _quoted(self, lines: list[str]) -> Iterator[str]:
        """The lines with the same done inside each quotation."""
        for is_quote, group in groupby(lines, key=lambda line: bool(_QUOTED.match(line))):
            if is_quote:
                whole = list(group)
                sign = whole[0][: whole[0].index(">")] + "> "
                yield from (sign + line for line in self.run([_QUOTED.sub("", o) for o in whole]))
            else:
                yield from group


_QUOTED = re.compile(r"^ {0,3}> ?")

_PARTING = "\ue002"
"""A paragraph of this alone parts what Python-Markdown would take as one; _Tidy takes it out."""


def _between(ended: str, line: blocks.Line) -> list[str]:
    """What parts a list from one with other markers; of bullets and numbers it knows itself."""
    alike = (ended in ".)") == (line.marker[-1] in ".)")
    return [f"{'    ' * line.depth}{_PARTING}"] if alike else []


def _parts(first: blocks.Line, last: blocks.Line, line: blocks.Line) -> bool:
    """Whether Python-Markdown needs a blank line here that its writer left out."""
    if line.kind is blocks.Kind.BLANK:
        return False
    for kind in (blocks.Kind.FENCE, blocks.Kind.START, blocks.Kind.QUOTE):
        if line.kind is kind or last.kind is kind:
            lazy = last.kind is blocks.Kind.QUOTE and line.kind is blocks.Kind.TEXT
            return line.kind is not last.kind and not lazy
    if line.kind is blocks.Kind.TABLE:
        return line.goes_on
    if line.marker:
        return not first.marker or line.depth < first.depth
    return line.depth < first.depth + bool(first.marker)


def _in_fours(line: blocks.Line) -> str:
    match line.kind:
        case blocks.Kind.BLANK:
            return ""
        case blocks.Kind.ITEM:
            marker = "-" if line.marker in ("-", "*", "+") else f"{line.marker[:-1]}."
            return f"{'    ' * line.depth}{marker} {line.text}"
        case blocks.Kind.CODE:
            return f"{'    ' * (line.depth + 1)}{line.text}"
        case blocks.Kind.FENCE:
            is_fence = not line.text.strip("`~ ")
            return "" if is_fence else f"{'    ' * (line.depth + 1)}{line.text}"
        case blocks.Kind.TEXT:
            return f"{'    ' * line.depth}{_SEEMING.sub(_escaped, line.text)}"
        case _:
            return f"{'    ' * line.depth}{line.text}"


_SEEMING = re.compile(
    r"^(\d{0,9})(?:\.(?= |$)|[-*+](?= |$)|#(?=#{0,5}(?: |$))|>|`(?=``)|\*(?=\*\*))"
)


def _escaped(found: re.Match[str]) -> str:
    """What begins a line of a paragraph like a list, a heading or a quotation, but is none."""
    return f"{found[1]}\\{found[0][len(found[1]) :]}"


class _Tidy(Treeprocessor):
    """Makes of the tree what tagged PDF can carry (see each step)."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in [c for c in parent if c.tag == "p" and c.text == _PARTING]:
                parent.remove(child)
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
