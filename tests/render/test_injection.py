import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypandoc
import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

from briefgen.model import Prose
from briefgen.render import render
from briefgen.render.escaping import escape_markdown
from briefgen.render.prose import markdown_pieces
from briefgen.render.prose_html import to_html
from tests.render import hostile

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OURS = re.compile(r"#[\w-]+|https://(doi\.org|ports\.example)/.*")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("hostile")
    brief = hostile.brief()
    short = replace(brief, sections=brief.sections[:1], notes=brief.notes[:5])  # for time's sake
    artifacts = render(brief, ("markdown", "html"), folder) + render(short, ("pdf",), folder)
    return {str(artifact.path): artifact.content for artifact in artifacts}


def test_html_shows_hostile_words_and_runs_none(poisoned: dict[str, bytes]) -> None:
    text = poisoned["brief.html"].decode()
    tree = lxml_html.fromstring(text)
    assert not tree.xpath(
        "//script[not(@type='application/ld+json')] | //link[@rel != 'icon'] | //form"
    )
    assert not tree.xpath("//img | //iframe | //object")
    assert len(tree.xpath("//style")) == 1
    assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "")[:2] == "on"]
    assert all(OURS.fullmatch(href) for href in tree.xpath("//a/@href"))
    assert not CONTROLS.search(text)
    shown = tree.text_content()
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7 * 7 }} {% include 'x' %}" in shown
    assert "&lt;u&gt;" in shown


def test_pdf_shows_hostile_words_and_links_to_none(poisoned: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(poisoned["brief.pdf"]))
    addresses = [
        str(link["/A"]["/URI"])
        for page in reader.pages
        for link in (note.get_object() for note in page.get("/Annots", ()))
        if "/A" in link and "/URI" in link["/A"]
    ]
    assert addresses
    assert all(OURS.fullmatch(address) for address in addresses)
    assert "<script>alert(1)</script>" in reader.pages[0].extract_text().replace("\n", "")


def test_markdown_is_read_as_words(poisoned: dict[str, bytes], markdown: str) -> None:
    hostile_tree = _pandoc(poisoned["brief.md"])
    forbidden = {"RawInline", "RawBlock", "Image", "Code", "CodeBlock", "Strikeout", "Math"}
    nodes = list(_nodes(hostile_tree["blocks"]))
    assert not forbidden & {node["t"] for node in nodes}
    targets = [node["c"][2][0] for node in nodes if node["t"] == "Link"]
    assert targets
    assert all(OURS.fullmatch(target) for target in targets)

    # as many headings, lists, tables, notes and marks of emphasis as with harmless words
    kinds = ("Header", "BulletList", "OrderedList", "Table", "Note", "Strong", "BlockQuote")
    harmless = list(_nodes(_pandoc(markdown.encode())["blocks"]))
    for kind in kinds:
        assert _count(nodes, kind) == _count(harmless, kind), kind


def test_markdown_has_no_control_characters(poisoned: dict[str, bytes]) -> None:
    assert not CONTROLS.search(poisoned["brief.md"].decode())


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("# title", r"\# title"),
        ("- 5 °C", r"\- 5 °C"),
        ("-5 °C", "-5 °C"),
        ("1. first", r"1\. first"),
        ("10.5 metres", "10.5 metres"),
        ("> said", r"\> said"),
        ("a_b *c* `d`", r"a\_b \*c\* \`d\`"),
        ("[x](y) [^1]", r"\[x\](y) \[\^1\]"),
        ("&amp; R&D", r"\&amp; R&D"),
        ("a | b", r"a \| b"),
        ("Stop!", r"Stop\!"),
        ("one\n\n# two", r"one \# two"),
        ("\x07# bell", r"\# bell"),
        ("see https://x.example and www.x.example", r"see https\://x.example and www\.x.example"),
        ("= =", r"\= ="),
        ("a--b, c---d ...", r"a\--b, c\-\--d \..."),
        ("x^2^ {.red} @who me@x.example", r"x\^2\^ \{.red} \@who me@x.example"),
        ("(a) one", r"\(a) one"),
        ("iv) one", r"iv\) one"),
        ("(see) one", "(see) one"),
        ("A. Smith", "A. Smith"),
        (": so", r"\: so"),
        (": ", ": "),
        ("Table: depths", r"Table\: depths"),
    ],
)
def test_words_are_escaped_where_markdown_would_read_markup(words: str, escaped: str) -> None:
    assert escape_markdown(words) == escaped


def test_a_users_own_joins_stay_escaped(work: Path) -> None:
    (work / "templates" / "brief.md.j2").write_text(
        "{% macro m() %}**m**{% endmacro %}"
        "{{ m() ~ front.title }} {{ m() + front.title }} {{ [m(), front.title]|join(' ') }}"
        " {{ front.title|e }} {% set x %}{{ front.title }}{% endset %}{{ x }}"
    )
    brief = hostile.brief()
    text = render(brief, ["markdown"], work)[0].content.decode()
    assert text.count("**m**") == 3
    assert text.count(r"\[x\](javascript") == 5
    assert text.count(r"\<script\>") + text.count(r"\<script>") == 5


def test_analysts_html_is_cleaned() -> None:
    cleaned = to_html(
        "Fine <script>alert(1)</script><a href='javascript:alert(1)' onclick='x()'>no</a> "
        '<b style="position:fixed" id="doc-main">b</b> <iframe src="x"></iframe>'
    )
    tree = lxml_html.fragment_fromstring(cleaned, create_parent=True)
    assert not tree.xpath("//script | //iframe | //@onclick | //@style | //@id | //@href")


def test_analysts_markdown_stays_theirs() -> None:
    text = "*Mine* <br> [a](b)  \nnext\n\n# Top\n\n```\n# not a heading  \n```"
    (piece,) = markdown_pieces(Prose(text, ()))
    assert str(piece) == ("*Mine* <br> [a](b)\\\nnext\n\n### Top\n\n```\n# not a heading  \n```")


def _pandoc(text: bytes) -> Any:
    program = Path(pypandoc.__file__).parent / "files" / "pandoc"
    command = [str(program), "-f", "gfm+footnotes", "-t", "json"]
    return json.loads(subprocess.run(command, input=text, capture_output=True, check=True).stdout)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        if "t" in tree:
            yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)


def _count(nodes: list[dict[str, Any]], kind: str) -> int:
    return sum(node["t"] == kind for node in nodes)
