"""``brief.md`` says the same on a code host and through pandoc: structure, words and notes."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cmarkgfm
import pypandoc
from cmarkgfm.cmark import Options
from lxml import html

from briefgen.model import Brief, Prose, Text
from briefgen.render import render
from tests.helpers import ROOT
from tests.render import hostile, sample

GOLDEN = ROOT / "tests" / "golden" / "china-nato" / "brief.md"
PANDOC = Path(pypandoc.__file__).parent / "files" / "pandoc"

Outline = list[tuple[str, str]]
"""Each block's kind, with the lists it stands in, and its words with their emphasis and links."""


ANALYST = """Points:
- one
  - two
     1. three
        - four
- (a) five \\
  and on
Text after.

Said:
> quoted
> twice

Words
# Who decides
Figures:
| a | b |
|:--|--:|
| 1 \\| 2 | *3* |

(a) no list
b) none either

Table: not a caption

: nor a definition

First line  
second\\
third

1. one

   more

   ```
   - code
   ```
2. two

***
Done & <sup>dusted</sup>, 5 \\* 3, snake_case, ~~old~~ **new**[^1].
"""


def prose_brief() -> Brief:
    make = sample.Maker()
    note = make.note(sample.STUDY, "Depth matters.", None)
    body = Prose(ANALYST, (make.call(note),))
    return Brief("b", sample.FRONT, (Text(None, "background", body),), (note,))


def written(brief: Brief, folder: Path) -> str:
    return render(brief, ["markdown"], folder)[0].content.decode()


class TestEveryReaderReadsTheSame:
    def test_sample(self, markdown: str) -> None:
        assert_same(markdown)

    def test_example(self) -> None:
        assert_same(GOLDEN.read_text("utf-8"))

    def test_hostile_words(self, tmp_path: Path) -> None:
        assert_same(written(hostile.brief(), tmp_path))

    def test_the_analysts_own(self, tmp_path: Path) -> None:
        text = written(prose_brief(), tmp_path)
        assert_same(text)
        found = on_a_code_host(text)
        assert ("ul li ul li ol li ul li p", "four") in found
        assert ("p", "First line / second / third") in found
        assert ("table tbody tr td", "1 | 2") in found
        assert ("blockquote p", "quoted twice") in found
        assert found[-1] == (
            "note 1",
            "“Depth matters.” M. Okonkwo and L. Vestergaard, "
            f"Sediment, tides and the cost of depth({sample.STUDY.url}), "
            "Institute for Estuary Research, 2023.",
        )


def assert_same(markdown: str) -> None:
    host = on_a_code_host(markdown)
    assert len(host) > 20
    assert through_pandoc(markdown, "gfm") == host
    assert through_pandoc(markdown, "markdown-smart") == host
    assert straight(through_pandoc(markdown, "markdown")) == straight(host)


def test_pandoc_reads_the_front_matter(markdown: str) -> None:
    for reader in ("markdown-smart", "gfm"):
        said = html.document_fromstring(pandoc(markdown, reader, "--standalone"))
        (head,) = said.xpath("//header[@id='title-block-header']")
        assert [_inline(line) for line in head] == [
            sample.FRONT.title,
            sample.FRONT.subtitle,
            *sample.FRONT.authors,
            sample.FRONT.date,
        ]
        assert said.get("lang") == "en"


def test_pandoc_prints_the_title_once_where_it_is_asked_to(markdown: str) -> None:
    for reader in ("markdown", "gfm"):
        page = pandoc(markdown, reader, "--standalone", "--shift-heading-level-by=-1")
        tree = html.document_fromstring(page)
        assert [_inline(title) for title in tree.iter("h1")][:2] == [
            sample.FRONT.title,
            "Key messages",
        ]


_AS_GITHUB = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE


def on_a_code_host(markdown: str) -> Outline:
    _, _, body = markdown.split("---\n", 2)  # code hosts show front matter as a table
    return outline(cmarkgfm.github_flavored_markdown_to_html(body, _AS_GITHUB))


def through_pandoc(markdown: str, reader: str) -> Outline:
    return outline(pandoc(markdown, reader))


def pandoc(markdown: str, reader: str, *options: str) -> str:
    command = [PANDOC, "-f", reader, "-t", "html", "--wrap=none", *options]
    return subprocess.run(
        command, input=markdown.encode(), capture_output=True, check=True
    ).stdout.decode()


def outline(page: str) -> Outline:
    tree = html.fragment_fromstring(page, create_parent="div")
    notes = _take_notes(tree)
    numbers: dict[str, int] = {}  # pandoc prints a note again for each call: equal words are one
    for call in tree.xpath(".//*[contains(@class, 'footnote-ref')]"):
        target = (call.get("href") or call[0].get("href"))[1:]
        number = numbers.setdefault(notes[target], len(numbers) + 1)
        call.tail = f"[^{number}]{call.tail or ''}"
        call.drop_tree()
    found = list(_blocks(tree, ""))
    return found + [(f"note {number}", words) for words, number in numbers.items()]


def _take_notes(tree: Any) -> dict[str, str]:
    notes: dict[str, str] = {}
    for section in tree.xpath(".//section[contains(@class, 'footnotes')]"):
        for back in section.xpath(".//a[starts-with(@class, 'footnote-back')]"):
            back.drop_tree()
        for note in section.iter("li"):
            notes[note.get("id")] = " ".join(_inline(paragraph) for paragraph in note)
        section.drop_tree()
    return notes


_HOLDERS = ("ul", "ol", "blockquote", "table", "thead", "tbody", "tr", "section", "div", "figure")


def _blocks(element: Any, inside: str) -> Iterator[tuple[str, str]]:
    """Blocks in order; a tight item's words are a paragraph's."""
    own = html.Element("p")
    own.text = element.text
    for child in element:
        if child.tag in (*_HOLDERS, "p", "li", "pre", "hr", "th", "td") or re.match(
            r"h\d", child.tag
        ):
            if words := _inline(own):
                yield f"{inside}p", words
            own = html.Element("p")
            own.text = child.tail
            if child.tag in (*_HOLDERS, "li"):
                yield f"{inside}{child.tag}", child.get("start", "")
                yield from _blocks(child, f"{inside}{child.tag} ")
            else:
                yield f"{inside}{child.tag}", _inline(child)
        else:
            own.append(_copied(child))
    if words := _inline(own):
        yield f"{inside}p", words


def _copied(element: Any) -> Any:
    return html.fragment_fromstring(html.tostring(element, encoding="unicode"), create_parent="i")


_MARKS = {"em": "*", "strong": "**", "del": "~~", "code": "`"}


def _inline(element: Any) -> str:
    words = " ".join("".join(_written(element)).split())
    return words.replace(" `", "`") if element.tag == "pre" else words


def _written(element: Any) -> Iterator[str]:
    mark = _MARKS.get(element.tag, "")
    yield mark
    yield element.text or ""
    for child in element:
        yield from _written(child)
        yield child.tail or ""
    yield mark
    if element.tag == "a" and element.get("href"):
        yield f"({element.get('href')})"
    if element.tag == "img":
        yield f"![{element.get('alt')}]({element.get('src')})"
    if element.tag == "br":
        yield " / "


def straight(found: Outline) -> Outline:
    """With the typographer's marks that pandoc's own Markdown makes of straight ones undone."""
    table = str.maketrans("“”‘’", "\"\"''")
    return [(kind, words.translate(table)) for kind, words in found]
