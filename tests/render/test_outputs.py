import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as lxml_html
from pypdf import PdfReader

from briefgen.model import (
    Brief,
    Call,
    Caption,
    Captioned,
    Group,
    Hidden,
    Kind,
    Method,
    Note,
    Positions,
    Prose,
    Text,
)
from briefgen.render import render
from briefgen.render.levels import relevel
from briefgen.render.prose_html import to_html
from briefgen.render.wording import date_parts, web_address, wrapped
from tests.render import sample

NOTES = 31


@pytest.fixture(scope="module")
def paper(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


class TestMarkdown:
    def test_is_quiet_in_a_diff(self, markdown: str) -> None:
        assert markdown.endswith("\n")
        assert not markdown.endswith("\n\n")
        assert "\n\n\n" not in markdown
        assert not re.search(r"[ \t]$", markdown, re.MULTILINE)

    def test_calls_and_notes_match(self, markdown: str) -> None:
        defined = re.findall(r"^\[\^(\d+)\]: ", markdown, re.MULTILINE)
        assert defined == [str(number) for number in range(1, NOTES + 1)]
        assert set(re.findall(r"\[\^(\d+)\](?!:)", markdown)) == set(defined)

    def test_reads_well(self, markdown: str) -> None:
        assert (
            "- **Ministry of Ports** — “a channel of 16.5 metres would let the largest vessels "
            "call at every tide” (+ supports)[^1][^2]\n" in markdown
        )
        assert (
            "| Association of Coastal Fishers | “We were not asked, and we were not told”[^10]"
            in (markdown)
        )
        assert "“dumping spoil on the eastern banks … would end the spring fishery”" in markdown
        assert "Likelihood: possible (“could”) · Impact: high\n" in markdown
        assert "| High | – | R1, R4 | – |\n| Medium | – | – | R2 |\n" in markdown
        assert "2 August 2024" in markdown
        assert "June 2024, p.\u00a03." in markdown
        assert "*12 more in findings.json.*" in markdown
        assert "31 positions, 14 proposals and 9 risks." in markdown

    def test_prose_headings_stand_below_the_sections(self, markdown: str) -> None:
        assert "\n## Why now\n" in markdown
        assert "\n### What is planned\n" in markdown
        assert "\n#### Who decides\n" in markdown


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_a_table_by_topic_says_which_topic(work: Path, name: str) -> None:
    whole = sample.brief()
    table = next(s for s in whole.sections if isinstance(s, Positions) and s.view == "table")
    groups = (Group("Depth", table.groups[0].items), Group(None, table.groups[1].items))
    captions = (Caption(Captioned.TABLE, 1), Caption(Captioned.TABLE, 2))
    section = replace(table, group_by="topic", groups=groups, figure=None, tables=captions)
    made = render(replace(whole, sections=(section,)), [name], work)[0].content.decode()
    first, second = (
        made.index("Depth</bdi>" if name == "html" else "### Depth"),
        made.index("Other topics"),
    )
    assert first < made.index("two winters") < second < made.index("nineteen years")


def with_hidden(*hidden: Hidden) -> Brief:
    method = next(s for s in sample.brief().sections if isinstance(s, Method))
    return Brief("b", sample.FRONT, (replace(method, hidden=hidden),), ())


@pytest.mark.parametrize("name", ["html", "markdown"])
@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ([Hidden(Kind.RISK, 1, 0.5)], "1 finding scored below 0.5 and is not shown."),
        (
            [Hidden(Kind.POSITION, 1_200, 0.5), Hidden(Kind.RISK, 1, 0.5)],
            "1,201 findings scored below 0.5 and are not shown.",
        ),
        (
            [
                Hidden(Kind.POSITION, 5, 0.65),
                Hidden(Kind.PROPOSAL, 1, 1.0),
                Hidden(Kind.RISK, 2, 0.4),
            ],
            "5 positions that scored below 0.65, 1 proposal that scored below 1 and 2 risks that "
            "scored below 0.4 are not shown.",
        ),
        (
            [Hidden(Kind.POSITION, 1, 0.6), Hidden(Kind.RISK, 1, 0.4)],
            "1 position that scored below 0.6 and 1 risk that scored below 0.4 are not shown.",
        ),
    ],
)
def test_the_method_says_how_many_are_hidden(
    work: Path, name: str, hidden: list[Hidden], words: str
) -> None:
    made = render(with_hidden(*hidden), [name], work)[0].content.decode()
    assert f"given as further notes to it. {words} The brief shows 28 items." in made


def test_the_method_says_nothing_where_none_is_hidden(markdown: str) -> None:
    assert "further notes to it. The brief shows 28 items." in markdown


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_an_empty_section_says_whether_confidence_emptied_it(work: Path, name: str) -> None:
    table = next(s for s in sample.brief().sections if isinstance(s, Positions))
    for hidden, words in (
        (0, "No positions were found in the sources."),
        (3, "No positions scored high enough to be shown."),
    ):
        section = replace(table, groups=(), left_out=0, hidden=hidden)
        brief = Brief("b", sample.FRONT, (section,), ())
        assert words in render(brief, [name], work)[0].content.decode()


class TestHtml:
    def test_every_link_inside_leads_somewhere_and_no_id_stands_twice(self, page: str) -> None:
        tree = lxml_html.fromstring(page)
        ids = Counter(tree.xpath("//@id"))
        assert max(ids.values()) == 1
        targets = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
        assert targets <= set(ids)

    def test_notes_lead_back_to_each_call(self, page: str) -> None:
        tree = lxml_html.fromstring(page)
        calls = tree.xpath("//a[@role='doc-noteref']/@id")
        back = [href[1:] for href in tree.xpath("//a[@role='doc-backlink']/@href")]
        assert sorted(calls) == sorted(back)
        assert len(tree.xpath("//section[@role='doc-endnotes']//li")) == NOTES
        (first,) = tree.xpath("//li[@id='note-1']")
        assert first.text_content().endswith("p.\u00a03. a b")

    def test_is_one_file_with_landmarks(self, page: str) -> None:
        tree = lxml_html.fromstring(page)
        assert tree.get("lang") == "en"
        for landmark in ("header", "nav", "main", "footer"):
            assert len(tree.xpath(f"//body//{landmark}")) == 1
        assert len(tree.xpath("//h1")) == 1
        assert not tree.xpath(
            "//script[not(@type='application/ld+json')] | //link[@rel != 'icon'] | //img"
            " | //*[@src]"
        )
        # without this, a browser asks the server for an icon
        assert tree.xpath("//link[@rel = 'icon']/@href") == ["data:,"]
        assert "url(" not in page
        assert "@page" not in page
        assert tree.xpath("//body/a[1]/@href") == ["#doc-main"]

    def test_headings_leave_no_level_out(self, page: str) -> None:
        levels = [int(h.tag[1]) for h in lxml_html.fromstring(page).xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_foreign_words_have_their_language_and_direction(self, page: str) -> None:
        assert '<bdi lang="zh">疏浚工程将影响渔民的生计</bdi>' in page
        assert "<bdi>سنراقب الأشغال عن كثب</bdi>" in page


class TestPdf:
    def test_has_metadata(self, pdf: PdfReader) -> None:
        assert pdf.metadata is not None
        assert pdf.metadata.title == sample.FRONT.title
        assert pdf.metadata.author == "Ada Lindqvist, Tomás Ferreira"
        assert pdf.metadata.subject == sample.FRONT.subtitle
        assert str(pdf.metadata.get("/CreationDate")).startswith("D:20240802")
        assert pdf.trailer["/Root"]["/Lang"] == "en"

    def test_has_a_bookmark_for_each_section(self, pdf: PdfReader) -> None:
        titles = [mark["/Title"] for mark in pdf.outline if not isinstance(mark, list)]
        sections = [section.title or "Sources" for section in sample.brief().sections]
        assert titles == [*sections, "Figures as tables"]

    def test_pages_are_numbered(self, pdf: PdfReader) -> None:
        count = len(pdf.pages)
        for number, page in enumerate(pdf.pages, start=1):
            assert f"Page {number} of {count}" in page.extract_text()

    def test_running_heads_start_on_the_second_page(self, pdf: PdfReader) -> None:
        first, second, *_ = (page.extract_text() for page in pdf.pages)
        assert first.count("Policy Brief 12/2024") == 1
        assert "Policy Brief 12/2024" in second
        assert sample.FRONT.title in second

    def test_every_note_is_printed_once(self, paper: str) -> None:
        lines = re.sub(r"\s+", " ", paper)
        for note in sample.brief().notes:
            if note.quote and note.quote.text.isascii():
                assert len(
                    re.findall(rf"(?<!\d){note.number} ?“{re.escape(note.quote.text)}", lines)
                )

    def test_embeds_the_packaged_fonts(self, pdf: PdfReader) -> None:
        fonts = {
            str(font.get_object()["/BaseFont"]).split("+")[-1]
            for page in pdf.pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert any("Source-Serif" in font or "SourceSerif" in font for font in fonts)
        assert any("Source-Sans" in font or "SourceSans" in font for font in fonts)
        assert not any("DejaVu-Serif" in font for font in fonts)

    def test_shows_other_scripts(self, paper: str) -> None:
        assert "疏浚工程将影响渔民的生计" in paper

    def test_names_no_folder_of_the_machine(self, outputs: dict[str, bytes]) -> None:
        assert b"file:" not in outputs["brief.pdf"]


@pytest.mark.parametrize(
    ("levels", "moved"),
    [
        ([1, 2, 3], [3, 4, 5]),
        ([3, 1, 3], [3, 3, 4]),
        ([2, 4, 2], [3, 4, 3]),
        ([1, 3, 5, 6, 6], [3, 4, 5, 6, 6]),
        ([], []),
    ],
)
def test_prose_headings_leave_no_level_out(levels: list[int], moved: list[int]) -> None:
    assert relevel(levels) == moved


def test_loose_lists_hold_no_paragraphs() -> None:
    page = to_html("- one\n\n    two\n\n- **three** [**four** `five`](https://x.example)\n")
    assert "<li><p>" not in page.replace("\n", "")
    assert "one<br>two" in page.replace("\n", "")
    assert '<a href="https://x.example">four five</a>' in page


@pytest.mark.parametrize(
    ("iso", "parts"),
    [
        ("2024-07-10", (2024, 7, 10)),
        ("2024-07", (2024, 7)),
        ("2024", (2024,)),
        ("2024-13", ()),
        ("last year", ()),
    ],
)
def test_dates_go_as_far_as_they_are_known(iso: str, parts: tuple[int, ...]) -> None:
    assert date_parts(iso) == parts


def test_web_addresses() -> None:
    assert web_address("javascript:alert(1)") is None
    assert web_address("data:text/html,x") is None
    assert web_address("http://[broken") is None
    assert web_address('https://x.example/a "b"<c>?d=é') == (
        "https://x.example/a%20%22b%22%3Cc%3E?d=%C3%A9"
    )


def test_quotation_marks_are_not_doubled() -> None:
    assert wrapped("“whole”")
    assert not wrapped("“one” and “two”")
    assert not wrapped("none")


def test_lists_and_struck_words_read_as_on_a_code_host() -> None:
    page = to_html("Points:\n- one\n- two\n\nIn 1990\n2. July\n\n~~old~~ new\n\n```\nx\n- y\n```\n")
    assert "<li>one</li>" in page
    assert page.count("<ul>") == 1
    assert "<ol" not in page
    assert "<del>old</del> new" in page
    assert "x\n- y" in page


def test_prose_links_bare_addresses_as_code_hosts_do() -> None:
    page = to_html(
        "See https://x.example/a_(b)?c=1&d=2. (https://y.example) `https://z.example` "
        "[https://w.example](https://v.example)"
    )
    assert lxml_html.fromstring(page).xpath("//a/@href") == [
        "https://x.example/a_(b)?c=1&d=2",
        "https://y.example",
        "https://v.example",
    ]
    assert "</a>. (<a" in page


def test_prose_links_that_lead_nowhere_are_words() -> None:
    page = to_html("[empty]() and <a href='javascript:x()'>script</a> and [](https://x.example)")
    assert "<a" not in page
    assert "empty and script and" in page


def test_a_picture_in_a_link_stays() -> None:
    page = to_html('[![He said "no"](chart.png)](https://x.example)')
    (image,) = lxml_html.fromstring(page).xpath("//img")
    assert image.get("alt") == 'He said "no"'
    assert '<a href="https://x.example">https://x.example</a>' in page


def test_raw_html_is_tidied_as_markdown_is() -> None:
    page = to_html(
        "#\n\n<h1>Raw</h1>\n\n##### Deep\n\n<ul><li><p>one</p><p>two</p></li></ul>\n\n"
        "<table><tr><th>A</th><td colspan='2'>b</td></tr>"
        "<tr><th>C</th><td>d</td><td>e</td></tr></table>"
    )
    tree = lxml_html.fragment_fromstring(page, create_parent=True)
    assert [(h.tag, h.text) for h in tree.xpath(".//h3|.//h4")] == [("h3", "Raw"), ("h4", "Deep")]
    assert "<li>one<br>two</li>" in page
    assert {len(row) for row in tree.xpath(".//tr")} == {3}
    assert tree.xpath(".//th/@scope") == ["col", "row"]


def test_a_message_of_several_blocks_holds_no_paragraphs() -> None:
    page = to_html("First *words*.\n\nMore.\n\n- one\n", inline=True).replace("\n", "")
    assert page == "First <em>words</em>.<br>More.<ul><li>one</li></ul>"


def test_breaks_and_tables_read_as_on_a_code_host() -> None:
    page = to_html("one\\\ntwo\n\nText at once\n| A | B |\n|---|---|\n| 1 | 2 |\n\n`a\\`\nb\n")
    assert "one<br>" in page
    assert "<p>Text at once</p>" in page
    assert page.count("<tr>") == 2
    assert "<code>a\\</code>" in page


def test_two_notes_in_prose_do_not_read_as_one(work: Path) -> None:
    sources = sample.brief().notes[0].source, sample.brief().notes[1].source
    calls = [Call(Note(number, source, None, None), 1) for number, source in enumerate(sources, 2)]
    body = Prose("both[^2][^3] and[^2]", (*calls, replace(calls[0], occurrence=2)))
    text = Text("T", "section-t", body)
    brief = Brief("b", sample.FRONT, (text,), tuple(call.note for call in calls))
    made = render(brief, ["html"], work)[0].content.decode()
    (prose,) = lxml_html.fromstring(made).xpath("//div[@class='prose']")
    assert prose.text_content().strip() == "both2,3 and2"
