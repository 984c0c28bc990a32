"""The analyst's Markdown as HTML that is safe to publish and that paper can tag."""

from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from briefgen.render.own_captions import put_captions
from briefgen.render.prose_lists import Lists
from briefgen.render.prose_tidy import tidied

_TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "b", "i", "del", "sub", "sup"),
    *(
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "abbr",
        "img",
        "div",
    ),
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


def to_html(text: str, *, inline: bool = False) -> str:
    """Sanitised HTML of the text, headings from h3 down; ``inline`` for what stands in a list item.

    No script, style, id or event survives, and of links only web, mail and in-page ones.
    """
    converter = Markdown(extensions=["tables", "sane_lists", "fenced_code", Lists(), _Tidied()])
    # Cleaned again, so that what the tidying wrote is as safe, and written as nh3 writes it.
    return _cleaned(tidied(_cleaned(converter.convert(text)), inline=inline))


def _cleaned(page: str) -> str:
    return nh3.clean(
        page,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


class _Tidied(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.+?)~~", "del"), "struck", 55)
        # before escapes (180), which would read the backslash
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard break", 185)
        # after "inline" (20), which makes links and emphasis, before "prettify" (10)
        md.treeprocessors.register(_Marked(md), "marked", 15)


class _Marked(Treeprocessor):
    """Puts captions in their place, and names a cell's side by a class: no style is kept."""

    def run(self, root: Element) -> None:
        put_captions(root)
        for cell in (element for element in root.iter() if element.tag in ("th", "td")):
            if side := _ALIGNED.get(cell.attrib.pop("style", "")):
                cell.set("class", side)
