"""The Word document, as an office, a screen reader and our own reader meet it."""

import io
import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree
from PIL import Image

from briefgen import pipeline, sources
from briefgen.errors import ConfigError
from briefgen.model import (
    BlockKind,
    Brief,
    Embedded,
    KeyMessages,
    Logo,
    Page,
    Prose,
    Text,
    Theme,
)
from briefgen.render import render
from tests.render import hostile, sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

PROSE = """Points:

1. first
2. second
    - below
        - deeper

![A chart of depths](chart.png "Depths")

<table><caption>Depths by year</caption><thead><tr><th>Year</th></tr></thead>
<tbody><tr><td>1891</td></tr></tbody></table>

> Bought once.

***

Paid for ever.

עברית and ελληνικά, קצר.
"""


def rendered(brief: Brief, folder: Path) -> bytes:
    return render(brief, ["docx"], folder)[0].content


def part(content: bytes, name: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def words(element: Any) -> str:
    return "".join(element.itertext(f"{W}t"))


def with_prose(markdown: str) -> Brief:
    section = Text("Why now", "why-now", Prose(markdown, ()))
    return Brief("b", sample.FRONT, (section,), ())


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return rendered(sample.brief(), tmp_path_factory.mktemp("word"))


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("illustrated")
    Image.new("RGB", (40, 30), "navy").save(folder / "chart.png")
    return rendered(with_prose(PROSE), folder)


def styled(content: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for paragraph in docx.Document(io.BytesIO(content)).paragraphs:
        assert paragraph.style is not None
        found.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    return found


class TestStyles:
    def test_every_paragraph_has_the_style_of_its_kind(self, content: bytes) -> None:
        by_style = styled(content)
        front = sample.FRONT
        assert by_style["Title"] == [front.title]
        assert by_style["Subtitle"] == [front.subtitle]
        assert by_style["Series"] == [front.series]
        titles = [section.title or "Sources" for section in sample.brief().sections]
        assert by_style["Heading 1"] == [*titles, "Figures as tables"]
        assert "Supports" in by_style["Heading 2"]
        assert by_style["Heading 3"] == ["Who decides"]
        assert len(by_style["Key Message"]) == 4
        assert by_style["Quote"] == ["Depth is bought once and paid for every year."]
        assert len(by_style["Bibliography"]) == len(sample.SOURCES)
        assert "The Harbour Board grants the licence." in by_style["List Bullet"]
        assert "12 more in findings.json." in by_style["Aside"]
        assert set(by_style) <= {
            *("Title", "Subtitle", "Series", "Author", "Date", "Heading 1", "Heading 2"),
            *("Heading 3", "Body Text", "Key Message", "Quote", "List Bullet", "Bibliography"),
            *("Aside", "Small Print", "Caption", "Figure"),
        }

    def test_lists_pictures_and_captions(self, illustrated: bytes) -> None:
        by_style = styled(illustrated)
        assert by_style["List Number"] == ["first", "second"]
        assert by_style["List Bullet 2"] == ["below"]
        assert by_style["List Bullet 3"] == ["deeper"]
        assert by_style["Caption"] == ["Depths by year"]
        assert by_style["Ruled"] == ["Paid for ever."]
        (picture,) = part(illustrated, "word/document.xml").xpath("//*[local-name()='docPr']")
        assert picture.get("descr") == "A chart of depths"

    def test_a_message_keeps_its_list_in_the_box(self, work: Path) -> None:
        message = Prose("Two depths:\n\n- shallow\n- deep\n\n*So* be it.", ())
        section = KeyMessages(None, "key-messages", None, (message,), ())
        made = rendered(Brief("b", sample.FRONT, (section,), ()), work)
        assert styled(made)["Key Message"] == ["Two depths:", "shallow", "deep", "So be it."]

    def test_white_space_is_the_styles_own(self, content: bytes, illustrated: bytes) -> None:
        for document in (content, illustrated):
            for paragraph in part(document, "word/document.xml").iter(f"{W}p"):
                assert words(paragraph).strip() or paragraph.find(f".//{W}drawing") is not None

    def test_fonts_have_others_to_fall_back_on(self, content: bytes) -> None:
        table = part(content, "word/fontTable.xml")
        others = {
            font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val")
            for font in table.iter(f"{W}font")
        }
        assert others["Source Serif Pro"].endswith(",Georgia")
        assert others["Source Sans Pro"].endswith(",Arial")
        used = set(
            re.findall(
                r'w:ascii="([^"]+)"', etree.tostring(part(content, "word/styles.xml")).decode()
            )
        )
        assert used <= {*others, "Consolas"}

    def test_a_users_style_sheet_counts(self, work: Path) -> None:
        (work / "templates" / "styles").mkdir()
        (work / "templates" / "styles" / "base.css").write_text(
            ':root { --accent: #AA0011; --serif: "Gentium Book", serif; }'
        )
        (work / "templates" / "styles" / "print.css").write_text("@page { size: letter }")
        made = rendered(with_prose("Words."), work)
        styles = etree.tostring(part(made, "word/styles.xml")).decode()
        assert "aa0011" in styles
        assert "1f4468" not in styles
        assert 'w:ascii="Gentium Book"' in styles
        section = docx.Document(io.BytesIO(made)).sections[0]
        assert section.page_width is not None
        assert section.page_width.inches == pytest.approx(8.5, abs=0.01)


class TestPictures:
    def test_each_drawing_is_a_picture_with_its_words(self, content: bytes) -> None:
        document = part(content, "word/document.xml")
        told = document.xpath("//*[local-name()='docPr']/@descr")
        assert len(told) == 3
        assert told[1].startswith("Figure\u00a02. Number of proposals by status. Recommended: 2")
        package = zipfile.ZipFile(io.BytesIO(content))
        for name in [n for n in package.namelist() if n.startswith("word/media/")]:
            picture = Image.open(io.BytesIO(package.read(name)))
            assert picture.format == "PNG"
            assert picture.width == pytest.approx(425 / 72 * 220, abs=2)
            darkest, lightest = picture.convert("L").getextrema()
            assert darkest < 100 < lightest  # something is drawn
        assert not [a for e in document.iter() for a in e.attrib.values() if "base64" in a]

    def test_a_logo_stands_on_top_as_high_as_on_paper(self, work: Path) -> None:
        drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path/></svg>'
        logo = Logo(Embedded("image/svg+xml", drawing), "Harbour Institute")
        theme = Theme("standard", {}, {}, {}, logo=logo, page=Page.LETTER)
        made = rendered(replace(with_prose("Words."), theme=theme), work)
        first = part(made, "word/document.xml").find(f".//{W}p")
        assert first.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Logo"
        assert first.xpath(".//*[local-name()='docPr']/@descr") == ["Harbour Institute"]
        (size,) = first.xpath(".//*[local-name()='inline']/*[local-name()='extent']")
        assert int(size.get("cy")) == pytest.approx(36.9 * 12700, rel=0.02)
        assert int(size.get("cx")) == pytest.approx(4 * 36.9 * 12700, rel=0.02)
        page = docx.Document(io.BytesIO(made)).sections[0]
        assert page.page_height is not None
        assert page.page_height.inches == pytest.approx(11, abs=0.01)

    def test_its_caption_stands_below(self, content: bytes) -> None:
        paragraphs = docx.Document(io.BytesIO(content)).paragraphs
        kinds = [str(p.style and p.style.name) for p in paragraphs]
        places = [i for i, kind in enumerate(kinds) if kind == "Figure"]
        assert [kinds[i + 1] for i in places] == ["Caption"] * 3
        assert paragraphs[places[0] + 1].text.startswith(
            "Figure\u00a01. Stances by actor and topic"
        )


class TestTables:
    def test_head_rows_come_again_on_every_page(self, content: bytes) -> None:
        tables = docx.Document(io.BytesIO(content)).tables
        assert [len(table.columns) for table in tables] == [3, 3, 4, 3, 2, 4]
        for table in tables:
            assert table.style is not None
            assert table.style.name == "Table"
            heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
            assert heads == [True] + [False] * (len(heads) - 1)

    def test_every_row_says_whose_it_is(self, content: bytes) -> None:
        table = docx.Document(io.BytesIO(content)).tables[1]
        actors = [row.cells[0].text for row in table.rows][1:4]
        assert actors == ["Ministry of Ports"] * 3
        assert not part(content, "word/document.xml").findall(f".//{W}vMerge")

    def test_a_table_has_a_name_and_fits_the_page(self, content: bytes) -> None:
        document = part(content, "word/document.xml")
        names = [name.get(f"{W}val") for name in document.iter(f"{W}tblCaption")]
        assert names[:3] == [
            "What is planned",  # the heading above, where there is no caption
            "Table\u00a01. Positions by actor",
            "Table\u00a02. Proposals",
        ]
        for grid in document.iter(f"{W}tblGrid"):
            width = sum(int(column.get(f"{W}w")) for column in grid)
            assert width == pytest.approx(8732, abs=4)


class TestNotes:
    def test_each_note_is_a_footnote_numbered_by_word(self, content: bytes) -> None:
        notes = {
            note.get(f"{W}id"): note
            for note in part(content, "word/footnotes.xml")
            if note.get(f"{W}type") is None
        }
        called = [
            call.get(f"{W}id")
            for call in part(content, "word/document.xml").iter(f"{W}footnoteReference")
        ]
        assert len(called) == len(set(called)) == len(notes) == len(sample.brief().notes)
        for ident, note in zip(called, sample.brief().notes, strict=True):
            text = words(notes[ident]).strip()
            assert note.source.title in text
            assert note.quote is None or note.quote.text in text
            (style,) = notes[ident].iter(f"{W}pStyle")
            assert style.get(f"{W}val") == "FootnoteText"

    def test_further_calls_follow_the_number(self, content: bytes) -> None:
        document = part(content, "word/document.xml")
        marks = {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
        again = [field.get(f"{W}instr").split() for field in document.iter(f"{W}fldSimple")]
        assert {name for name, *_ in again} == {"NOTEREF"}
        assert {target for _, target, _ in again} <= marks
        (quote,) = (p for p in document.iter(f"{W}p") if "Depth is bought once" in words(p))
        assert quote.find(f"{W}fldSimple").get(f"{W}instr") == " NOTEREF NoteMark6 \\h "

    def test_links_inside_lead_somewhere(self, content: bytes) -> None:
        document = part(content, "word/document.xml")
        marks = {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
        targets = {link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")} - {None}
        assert "what-could-go-wrong-r1" in targets
        assert targets <= marks


class TestLanguage:
    def test_the_document_has_the_briefs(self, content: bytes) -> None:
        (language,) = part(content, "word/styles.xml").iter(f"{W}lang")
        assert language.get(f"{W}val") == "en"

    def test_foreign_words_have_their_own(self, content: bytes) -> None:
        runs = {words(run): run for run in part(content, "word/document.xml").iter(f"{W}r")}
        chinese = runs["疏浚工程将影响渔民的生计"].find(f"{W}rPr/{W}lang")
        assert chinese.get(f"{W}eastAsia") == "zh"
        assert runs["نقابة عمال الميناء"].find(f"{W}rPr/{W}rtl") is not None
        assert runs["Ministry of Ports"].find(f"{W}rPr/{W}rtl") is None

    def test_runs_turn_with_the_script(self, illustrated: bytes) -> None:
        (paragraph,) = (
            p for p in part(illustrated, "word/document.xml").iter(f"{W}p") if "עברית" in words(p)
        )
        turned = [
            (words(run), run.find(f"{W}rPr/{W}rtl") is not None) for run in paragraph.iter(f"{W}r")
        ]
        assert turned == [("עברית", True), (" and ελληνικά, ", False), ("קצר", True), (".", False)]

    def test_an_arabic_brief_runs_from_right_to_left(self, work: Path) -> None:
        brief = sample.with_front(with_prose("| أ | ب |\n|--|--|\n| ج | د |"), language="ar-EG")
        made = rendered(brief, work)
        assert part(made, "word/styles.xml").find(f".//{W}pPrDefault//{W}bidi") is not None
        assert part(made, "word/document.xml").find(f".//{W}bidiVisual") is not None


class TestPackage:
    def test_properties_come_from_the_front_matter(self, content: bytes) -> None:
        said = docx.Document(io.BytesIO(content)).core_properties
        front = sample.FRONT
        assert (said.title, said.subject) == (front.title, front.subtitle)
        assert said.author == "Ada Lindqvist; Tomás Ferreira"
        assert (said.category, said.content_status) == (front.series, front.status)
        assert said.language == "en"
        assert said.created is not None
        assert said.created == said.modified
        assert said.created.isoformat() == "2024-08-02T00:00:00+00:00"

    @pytest.mark.parametrize("date", [None, "2024", "2024-07"])
    def test_no_day_is_made_up(self, work: Path, date: str | None) -> None:
        made = rendered(sample.with_front(with_prose("Words."), date=date), work)
        said = docx.Document(io.BytesIO(made)).core_properties
        assert said.created is None
        assert said.modified is None

    def test_same_brief_same_bytes(
        self, content: bytes, work: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert rendered(sample.brief(), work) == content
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}

    def test_pages_are_a4_numbered_and_headed(self, content: bytes) -> None:
        section = docx.Document(io.BytesIO(content)).sections[0]
        assert section.page_width is not None
        assert section.page_height is not None
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        for footer in (section.footer, section.first_page_footer):
            fields = [f.get(f"{W}instr").strip() for f in footer._element.iter(f"{W}fldSimple")]
            assert fields == ["PAGE", "NUMPAGES"]
        assert words(section.header._element) == f"{sample.FRONT.title}{sample.FRONT.series}"
        assert not words(section.first_page_header._element)

    def test_word_opens_it_in_todays_mode(self, content: bytes) -> None:
        modes = {
            setting.get(f"{W}name"): setting.get(f"{W}val")
            for setting in part(content, "word/settings.xml").iter(f"{W}compatSetting")
        }
        assert modes["compatibilityMode"] == "15"

    def test_elements_stand_in_the_order_that_word_demands(
        self, content: bytes, illustrated: bytes
    ) -> None:
        for document in (content, illustrated):
            for name in ("document", "footnotes", "styles", "numbering"):
                for element in part(document, f"word/{name}.xml").iter(*(W + n for n in ORDER)):
                    order = ORDER[element.tag.removeprefix(W)].split()
                    places = [order.index(child.tag.removeprefix(W)) for child in element]
                    assert places == sorted(places), etree.tostring(element)

    def test_our_own_reader_reads_it_back(self, content: bytes, tmp_path: Path) -> None:
        (tmp_path / "brief.docx").write_bytes(content)
        document = sources.read(tmp_path / "brief.docx")
        assert document.source.title == sample.FRONT.title
        assert document.source.published == sample.FRONT.date
        pieces = [
            (block.kind, document.text[block.span.start : block.span.end])
            for block in document.blocks
        ]
        headings = [text for kind, text in pieces if kind is BlockKind.HEADING]
        assert headings[:2] == [sample.FRONT.title, sample.FRONT.subtitle]
        assert [t for t in headings if t in styled(content)["Heading 1"]] == (
            styled(content)["Heading 1"]
        )
        assert (BlockKind.LIST_ITEM, "The Harbour Board grants the licence.") in pieces
        assert (BlockKind.TABLE, "16.5 m | 17.1 | 345") in pieces
        assert any(k is BlockKind.PARAGRAPH and t.startswith("This brief draws") for k, t in pieces)


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs"
    " bidi spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps strike color spacing sz szCs highlight u shd"
    " vertAlign rtl cs em lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook"
    " tblCaption",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr"
    " tblPr trPr tcPr tblStylePr",
}
"""Children in the order of the standard's schema (ECMA-376, part 1), as far as they are used."""


def test_hostile_words_are_words(tmp_path: Path) -> None:
    brief = hostile.brief()
    short = replace(brief, sections=brief.sections[:3], notes=brief.notes[:16])  # for time's sake
    made = rendered(short, tmp_path)
    document = part(made, "word/document.xml")
    fields = {field.get(f"{W}instr").split()[0] for field in document.iter(f"{W}fldSimple")}
    assert fields <= {"NOTEREF"}
    assert not list(document.iter(f"{W}instrText", f"{W}object"))
    outside = [
        relation.get("Target")
        for name in ("document", "footnotes")
        for relation in part(made, f"word/_rels/{name}.xml.rels")
        if relation.get("TargetMode") == "External"
    ]
    assert outside
    assert all(
        re.match(r"https://(doi\.org|ports\.example|estuary\.example)/", address)
        for address in outside
    )
    (title,) = styled(made)["Title"]
    assert "<script>alert(1)</script>" in title
    assert "{{ 7 * 7 }} {% include 'x' %} $x$ ~~s~~" in title


def test_a_missing_pandoc_is_named_before_any_work(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)  # as where the extra is not installed
    config = work / "harbour.yaml"
    config.write_text("title: Harbour\nsources: [none.txt]\noutputs: [html, docx]\n")
    with pytest.raises(ConfigError) as caught:
        pipeline.build(config, work / "out")
    assert str(caught.value) == (
        f"{config}:3:17: outputs: docx needs pandoc (pip install 'briefgen[word]')"
    )
    assert not (work / "out").exists()
