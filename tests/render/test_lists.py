"""Lists of the analyst's Markdown nest in HTML as they do on a code host, however they indent."""

from typing import Any

import cmarkgfm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from briefgen.render.prose_html import to_html

WORDS = st.sampled_from(["one", "two", "three", "2024", "a_b", "x. y"])
MARKERS = st.sampled_from(["-", "*", "+", "1.", "2.", "7)", "10."])
INDENTS = st.integers(0, 9).map(lambda width: " " * width)


@st.composite
def lines(draw: st.DrawFn) -> str:
    indent, words = draw(INDENTS), draw(WORDS)
    kind = draw(st.sampled_from(["item", "item", "item", "words", "blank"]))
    if kind == "blank":
        return ""
    return f"{indent}{draw(MARKERS)} {words}" if kind == "item" else indent + words


def outline(page: str) -> list[Any]:
    """Lists with their kind, first number, items and what is in these; then the other blocks."""
    return [_block(each) for each in html.fragment_fromstring(page, create_parent="div")]


def _block(element: Any) -> Any:
    if element.tag in ("ul", "ol"):
        return (element.tag, element.get("start", "1"), [_item(item) for item in element])
    return ("h" if element.tag[0] == "h" else element.tag, _plain(element.text_content()))


def _item(item: Any) -> Any:
    inner = [child for child in item if child.tag in ("ul", "ol", "pre")]
    words = [item.text or "", *(child.tail or "" for child in item)]
    for child in item:
        if child not in inner:
            words.insert(1, child.text_content())
    return (sorted(" ".join(words).split()), [_block(child) for child in inner])


def _plain(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=12))
def test_any_indent_nests_as_on_a_code_host(written: list[str]) -> None:
    text = "\n".join(written)
    assert outline(to_html(text)) == outline(cmarkgfm.github_flavored_markdown_to_html(text))


def test_a_table_may_follow_a_paragraph_at_once() -> None:
    page = to_html("Figures:\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<p>Figures:</p>" in page
    assert page.count("<td>") == 2


@pytest.mark.parametrize(
    "text",
    [
        "- a\n  - b\n    - c\n- d",
        "1. a\n   - b\n   - c\n2. d",
        "Points:\n* a\n  * b\n\n  more of a\n* c",
        "- a\n  # Head\n  words\n- b",
        "- a\n\n  ```\n  x\n  - y\n  ```\n\n- b",
        "> - a\n>   - b\n> - c",
        "- a\n  > said\n- b",
        "1) a\n2) b\n   1. c",
        "* a\n- b\n\n---\n\n+ c",
        "3. a\n4. b\n\n       code\n5. c",
        "- [a](https://a.example)\n  - **b** *c* `d`\n",
        "a\n  2. b\n\nc\n2024. A year.\n",
    ],
)
def test_what_people_write_nests_as_on_a_code_host(text: str) -> None:
    ours, host = to_html(text), cmarkgfm.github_flavored_markdown_to_html(text)
    assert outline(ours) == outline(host)
    assert "<li><p>" not in ours.replace("\n", "")
