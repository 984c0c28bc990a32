"""What a screen reader, an archive and a curious reader find inside a PDF brief."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pypdfium2
import pytest
from pypdf import PdfReader

from briefgen.errors import RenderError
from briefgen.model import Brief, Prose, Text
from briefgen.render import findings, render
from tests.render import sample

STANDARDS = ("ua1", "3a")


def paper(brief: Brief, folder: Path) -> bytes:
    return render(brief, ("pdf",), folder)[0].content


def only(markdown: str) -> Brief:
    text = Text("Text", "section-text", Prose(markdown, ()))
    return Brief("b", sample.FRONT, (text,), ())


class Tags:
    """The tag tree of a file, in reading order."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.root = self.reader.trailer["/Root"]["/StructTreeRoot"]

    def elements(self, kind: str | None = None) -> list[Any]:
        return [e for e in self._below(self.root) if kind in (None, e["/S"])]

    def types_above(self, kind: str) -> list[list[str]]:
        return [list(self._above(e)) for e in self.elements(kind)]

    def _below(self, node: Any) -> Iterator[Any]:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(child := getattr(kid, "get_object", lambda: 0)(), dict) and (
                child.get("/S")
            ):
                yield child
                yield from self._below(child)

    def _above(self, element: Any) -> Iterator[str]:
        while "/S" in (element := element["/P"].get_object()):
            yield str(element["/S"])


@pytest.fixture(scope="module")
def tags(outputs: dict[str, bytes]) -> Tags:
    return Tags(outputs["brief.pdf"])


@pytest.mark.parametrize("standard", STANDARDS)
def test_one_file_conforms_to_both_standards(outputs: dict[str, bytes], standard: str) -> None:
    report = page.validate_pdf_bytes(outputs["brief.pdf"], profile=standard)
    assert not [f"{f.rule_id}: {f.message}" for f in report.failures]
    assert report.is_compliant
    assert report.rules.total > 50


@pytest.mark.parametrize(
    "markdown",
    [
        "- one\n\n- two\n\n    with a second paragraph\n\n    - and a list\n",
        "- item\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n",
        "[**bold** and `code`](https://a.example)",
        "# One\n\n##### Five\n\n### Three",
        "1. one\n    - two\n        1. three\n\n> quoted\n>\n> > twice\n\n```\ncode\n```\n\n---\n",
        "| a | b |\n|:-:|--:|\n" + "| word | 1 |\n" * 120,
        "word " * 3000,
        "- " + "word " * 3000,
        "> " + "word " * 3000,
    ],
    ids=["loose list", "table in a list", "link", "levels", "nested", "table", "p", "li", "quote"],
)
def test_every_construct_of_markdown_conforms(tmp_path: Path, markdown: str) -> None:
    content = paper(only(markdown), tmp_path)
    for standard in STANDARDS:
        assert not page.validate_pdf_bytes(content, profile=standard).failures


class TestTagTree:
    def test_a_table_over_pages_is_one_table_with_one_head(self, tmp_path: Path) -> None:
        content = paper(only("| a | b |\n|---|---|\n" + "| word | 1 |\n" * 120), tmp_path)
        tags = Tags(content)
        assert len(tags.reader.pages) > 2
        assert len(tags.elements("/Table")) == 1
        assert len(tags.elements("/THead")) == 1
        assert len(tags.elements("/TR")) == 121

    def test_a_paragraph_over_pages_is_one_paragraph(self, tmp_path: Path) -> None:
        tags = Tags(paper(only("word " * 3000), tmp_path))
        paragraphs = [e for e in tags.elements("/P") if len(tags_text(tags, e)) > 1000]
        assert len(paragraphs) == 1
        assert tags_text(tags, paragraphs[0]).count("word") == 3000

    def test_headers_say_what_they_head(self, tags: Tags) -> None:
        scopes = [(above[1], e["/A"]["/Scope"]) for e, above in headers(tags)]
        assert {scope for place, scope in scopes if place == "/THead"} == {"/Column"}
        assert {scope for place, scope in scopes if place == "/TBody"} == {"/Row"}

    def test_foreign_words_have_their_language(self, tags: Tags) -> None:
        spoken = [(str(e["/Lang"]), tags_text(tags, e)) for e in tags.elements() if "/Lang" in e]
        assert ("zh", "疏浚工程将影响渔民的生计") in spoken

    def test_notes_are_read_last_and_in_order(self, tags: Tags) -> None:
        whole = tags.root["/K"][0].get_object()
        kinds = [str(kid.get_object()["/S"]) for kid in whole["/K"]]
        notes = len(sample.brief().notes)
        assert kinds[-notes:] == ["/Note"] * notes
        assert "/Note" not in kinds[:-notes]
        texts = [tags_text(tags, e) for e in tags.elements("/Note")]
        assert [int(text.split()[0]) for text in texts] == list(range(1, notes + 1))
        names = [str(e["/ID"]) for e in tags.elements("/Note")]
        assert len(set(names)) == notes

    def test_list_items_hold_a_label_and_a_body_only(self, tags: Tags) -> None:
        items = tags.elements("/LI")
        assert items
        for item in items:
            assert {str(k.get_object()["/S"]) for k in item["/K"]} <= {"/Lbl", "/LBody"}

    def test_running_heads_and_leaders_are_no_part_of_the_text(self, tags: Tags) -> None:
        read = tags_text(tags, tags.root["/K"][0].get_object())
        assert "Page 2 of" not in read
        assert read.count(sample.FRONT.title) == 2  # the heading and how to cite it
        assert len(tags.reader.pages) > 3
        assert ". . ." not in read
        assert b"/Subtype /Header" in tags.reader.pages[1].get_contents().get_data()


def headers(tags: Tags) -> list[tuple[Any, list[str]]]:
    return list(zip(tags.elements("/TH"), tags.types_above("/TH"), strict=True))


def tags_text(tags: Tags, element: Any) -> str:
    """Words of an element, from the marked content of its pages."""
    words: list[str] = []

    def read(node: Any) -> None:
        for kid in node["/K"] if isinstance(node["/K"], list) else [node["/K"]]:
            if isinstance(kid, int):
                words.append(marked(tags, node["/Pg"]).get(kid, ""))
            elif "/S" in kid.get_object():
                read(kid.get_object())

    read(element)
    return "".join(words).replace("\n", " ")


def marked(tags: Tags, sheet: Any) -> dict[int, str]:
    """Text of each piece of marked content of a page."""
    known = tags.__dict__.setdefault("marked", {})
    key = sheet.indirect_reference.idnum
    if key not in known:
        texts: dict[int, str] = {}
        inside: list[int | None] = []

        def before(operator: bytes, operands: Any, *_: Any) -> None:
            if operator in (b"BDC", b"BMC"):
                facts = operands[1] if len(operands) > 1 else {}
                inside.append(facts.get("/MCID") if isinstance(facts, dict) else None)
            elif operator == b"EMC":
                inside.pop()

        def text(words: str, *_: Any) -> None:
            if inside and inside[-1] is not None:
                texts[inside[-1]] = texts.get(inside[-1], "") + words

        number = next(
            n
            for n, p in enumerate(tags.reader.pages)
            if p.indirect_reference is not None and p.indirect_reference.idnum == key
        )
        tags.reader.pages[number].extract_text(visitor_operand_before=before, visitor_text=text)
        known[key] = texts
    return known[key]


class TestAttachments:
    def test_findings_and_yaml_travel_inside(self, tmp_path: Path) -> None:
        whole = sample.brief()
        brief = replace(whole, yaml="title: “Ports”\n", sections=(), notes=())
        reader = PdfReader(BytesIO(paper(brief, tmp_path)))
        held = reader.attachments
        assert json.loads(held["findings.json"][0]) == json.loads(findings.render(brief).content)
        assert held[f"{brief.slug}.yaml"][0].decode() == brief.yaml
        associated = [spec.get_object() for spec in reader.trailer["/Root"]["/AF"]]
        assert [(str(s["/UF"]), str(s["/AFRelationship"])) for s in associated] == [
            ("findings.json", "/Data"),
            (f"{brief.slug}.yaml", "/Source"),
        ]
        for spec in associated:
            assert str(spec["/EF"]["/F"]["/Params"]["/CreationDate"]).startswith("D:20240802")

    def test_an_undated_brief_says_nothing_of_the_day_it_was_built(self, tmp_path: Path) -> None:
        front = replace(sample.FRONT, date=None)
        brief = replace(sample.brief(), front=front, sections=(), notes=())
        reader = PdfReader(BytesIO(paper(brief, tmp_path)))
        assert reader.metadata is not None
        assert "/CreationDate" not in reader.metadata
        dates = {
            str(spec.get_object()["/EF"]["/F"]["/Params"]["/ModDate"])
            for spec in reader.trailer["/Root"]["/AF"]
        }
        assert dates == {"D:19800101000000Z"}


def test_a_draft_shows_that_it_is_one_behind_the_words_of_each_page(tmp_path: Path) -> None:
    grey: dict[str, list[bool]] = {}
    for status in ("draft", "final"):
        text = only("\n\n".join(["Silt settles where the current is slow."] * 60))
        brief = replace(text, front=replace(sample.FRONT, status=status))
        content = paper(brief, tmp_path)
        grey[status] = [_has_light_grey(page) for page in pypdfium2.PdfDocument(content)]
        assert "DRAFT" not in "".join(p.extract_text() for p in PdfReader(BytesIO(content)).pages)
    assert len(grey["draft"]) > 1
    assert all(grey["draft"])
    assert not any(grey["final"])


def _has_light_grey(page: Any) -> bool:
    """Whether a tenth of a page's middle is lighter than letters and darker than paper."""
    picture = page.render(scale=0.5).to_pil().convert("L")
    width, height = picture.size
    middle = picture.crop((width // 4, height // 3, width * 3 // 4, height * 2 // 3))
    tones = middle.histogram()
    return sum(tones[225:245]) > sum(tones) / 10


def test_metadata_is_plain_to_any_tool(outputs: dict[str, bytes]) -> None:
    content = outputs["brief.pdf"]
    packet = content[content.index(b"<?xpacket begin") : content.index(b"<?xpacket end")]
    for fact in (
        b"<pdfuaid:part>1</pdfuaid:part>",
        b'pdfaid:part="3"',
        b'pdfaid:conformance="A"',
        sample.FRONT.title.encode(),
        b"<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>",
        sample.FRONT.organisation.encode(),
    ):
        assert fact in packet


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the rune \U00010cc0 stands", "no font has '\U00010cc0' (U+10CC0 OLD HUNGARIAN"),
        ("a hole \U000f0000 here", "it is no character of Unicode"),
    ],
)
def test_a_character_that_no_font_has_is_named(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(RenderError) as problem:
        paper(only(words), tmp_path)
    (line,) = problem.value.lines
    assert told in line
    assert words.split()[1] in line
    assert "(install one" in line or "correct the source" in line


def test_syllables_of_several_glyphs_conform(tmp_path: Path) -> None:
    content = paper(
        only("The paper **हिन्दी की स्थिति** and مرحبا بالعالم, שלום, Ελλάδα, Україна."), tmp_path
    )
    for standard in STANDARDS:
        assert not page.validate_pdf_bytes(content, profile=standard).failures
    assert "हि" in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_headings_are_tagged_in_order(tags: Tags) -> None:
    levels = [int(str(e["/S"])[2:]) for e in tags.elements() if str(e["/S"])[1:2] == "H"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
