"""Pictures: what they say without colour, that nothing in them collides, and their tables."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from pypdf import PdfReader

from briefgen.model import (
    Bar,
    Bars,
    Bibliography,
    Brief,
    Caption,
    Captioned,
    Chronology,
    Counted,
    DatedStatement,
    Figure,
    Grade,
    Impact,
    Positions,
    Proposals,
    RiskMatrix,
    Risks,
    Stance,
    StanceCell,
    StanceMatrix,
    StanceRow,
    Status,
    Tendency,
    Timeline,
)
from briefgen.render import render
from briefgen.render.charts.lettering import broken, width
from briefgen.render.templates import Templates
from tests.render import sample

FIRST = Caption(Captioned.FIGURE, 1)
TEMPLATES = Templates(Path(__file__).parent)

NAMES = st.text(
    st.one_of(
        st.sampled_from("abcdefghijklmnopqrstuvwxyz ABCMW-’“&<é"),
        st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=["C", "Z"]),
    ),
    min_size=1,
    max_size=90,
).filter(str.strip)


def stance_matrices() -> st.SearchStrategy[StanceMatrix]:
    cells = st.none() | st.builds(
        lambda tendency, number: StanceCell(tendency, {Stance.OPPOSE: number}),
        st.sampled_from(Tendency),
        st.integers(1, 120),
    )

    @st.composite
    def made(draw: st.DrawFn) -> StanceMatrix:
        topics = draw(st.lists(NAMES, min_size=1, max_size=7))
        row = st.builds(
            StanceRow, NAMES, st.tuples(*(cells for _ in topics)).filter(lambda row: any(row))
        )
        rows = draw(st.lists(row, min_size=1, max_size=12))
        return StanceMatrix(FIRST, tuple(topics), draw(st.booleans()), tuple(rows), 2, 1)

    return made()


def risk_matrices() -> st.SearchStrategy[RiskMatrix]:
    @st.composite
    def made(draw: st.DrawFn) -> RiskMatrix:
        five = draw(st.booleans())
        impacts = tuple(Impact) if five else (Impact.LOW, Impact.MEDIUM, Impact.HIGH)
        grades = tuple(Grade) if five else (Grade.UNLIKELY, Grade.POSSIBLE, Grade.LIKELY)
        places = st.tuples(st.sampled_from(impacts), st.sampled_from(grades))
        labels: dict[tuple[Impact, Grade], tuple[str, ...]] = {}
        for number, place in enumerate(draw(st.lists(places, max_size=150)), start=1):
            labels[place] = (*labels.get(place, ()), f"R{number}")
        return RiskMatrix(FIRST, tuple(reversed(impacts)), grades, labels)

    return made()


def bars() -> st.SearchStrategy[Bars]:
    counts = st.integers(0, 1_000_000)
    publishers = st.lists(st.builds(Bar, st.none() | NAMES, counts), min_size=1, max_size=30)
    statuses = st.lists(counts, min_size=6, max_size=6).map(
        lambda numbers: [Bar(status, n) for status, n in zip(Status, numbers, strict=True)]
    )
    return st.one_of(
        publishers.map(lambda found: Bars(FIRST, Counted.PUBLISHER, tuple(found))),
        statuses.map(lambda found: Bars(FIRST, Counted.STATUS, (*found, Bar(None, 3)))),
    )


def chronologies() -> st.SearchStrategy[Chronology]:
    exactness = st.sampled_from([4, 7, 10])
    near = st.dates(date(2024, 7, 1), date(2025, 7, 1))
    dates = st.one_of(near, st.dates())
    statement = st.builds(
        lambda day, exact, name, stance, words: DatedStatement(
            day.isoformat()[:exact], name, stance, (sample.quoted(sample.PORT, words),)
        ),
        dates,
        exactness,
        NAMES,
        st.sampled_from(Stance),
        NAMES,
    )
    return st.lists(statement, min_size=1, max_size=14).map(
        lambda found: Chronology(FIRST, tuple(sorted(found, key=lambda one: one.date)))
    )


def section_with(figure: Figure) -> Any:
    sections = (*sample.brief().sections, sample.timeline())
    kinds = {
        "stance_matrix": Positions,
        "risk_matrix": Risks,
        "bars": Proposals,
        "chronology": Timeline,
    }
    kind = kinds[figure.kind]
    if isinstance(figure, Bars) and figure.by is Counted.PUBLISHER:
        kind = Bibliography
    section = next(s for s in sections if isinstance(s, kind))
    return replace(section, figure=figure)  # type: ignore[arg-type]


def pictured(figure: Figure, medium: str = "screen") -> Any:
    """The page of a brief with one section that shows the figure."""
    brief = Brief("b", sample.FRONT, (section_with(figure),), sample.brief().notes)
    return lxml_html.fromstring(TEMPLATES.html(brief, medium))


def lettering(svg: Any) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right and bottom of every text, with the words."""
    found = []
    for text in svg.xpath(".//text"):
        size = float(inherited(text, "font-size"))
        anchor = inherited(text, "text-anchor") or "start"
        long = width(text.text_content(), size)
        x, y = float(text.get("x")), float(text.get("y"))
        left = x - {"start": 0, "middle": long / 2, "end": long}[anchor]
        found.append((left, y - 0.72 * size, left + long, y + 0.2 * size, text.text_content()))
    return found


def inherited(element: Any, name: str) -> str:
    return next((e.get(name) for e in (element, *element.iterancestors()) if e.get(name)), "")


def check(figure: Figure) -> None:
    (svg,) = pictured(figure).xpath("//svg")
    _, _, wide, high = map(float, (svg.get("viewbox") or svg.get("viewBox")).split())
    shapes = [
        (float(r.get("x")), float(r.get("y")), float(r.get("width")), float(r.get("height")))
        for r in svg.xpath(".//rect")
    ]
    for x, y, across, down in shapes:
        assert 0 <= x <= x + across <= wide + 0.1
        assert 0 <= y <= y + down <= high + 0.1
    texts = lettering(svg)
    for left, top, right, bottom, words in texts:
        assert left >= -0.6, words
        assert right <= wide + 0.6, words
        assert top >= -0.6, words
        assert bottom <= high + 0.6, words
    for one, other in combinations(texts, 2):
        beside = one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5
        over = one[3] <= other[1] + 0.5 or other[3] <= one[1] + 0.5
        assert beside or over, (one, other)
    assert all(float(inherited(t, "font-size")) <= 8.5 for t in svg.xpath(".//text"))


@settings(max_examples=60, deadline=None)
@given(stance_matrices())
def test_no_stance_matrix_collides(figure: StanceMatrix) -> None:
    check(figure)


@settings(max_examples=60, deadline=None)
@given(risk_matrices())
def test_no_risk_matrix_collides_or_loses_a_label(figure: RiskMatrix) -> None:
    check(figure)
    (svg,) = pictured(figure).xpath("//svg")
    drawn = re.findall(r"R\d+", " ".join(svg.xpath(".//text/text()")))
    assert sorted(drawn) == sorted(label for found in figure.labels.values() for label in found)


@settings(max_examples=60, deadline=None)
@given(bars())
def test_no_bars_collide(figure: Bars) -> None:
    check(figure)


@settings(max_examples=80, deadline=None)
@given(chronologies())
def test_no_timeline_collides(figure: Chronology) -> None:
    check(figure)


@settings(max_examples=200)
@given(NAMES, st.floats(20, 200), st.integers(1, 4))
def test_broken_lines_fit_and_lose_nothing_but_behind_an_ellipsis(
    name: str, room: float, most: int
) -> None:
    lines = broken(name, 7.5, room, most)
    assert 1 <= len(lines) <= most
    assert all(width(line, 7.5) <= room for line in lines)
    if not lines[-1].endswith("…"):
        joined = re.sub(r"[\s-]", "", "".join(lines))
        assert joined == re.sub(r"[\s-]", "", name)


def test_stances_differ_in_sign_and_word_not_only_in_colour() -> None:
    cells = tuple(StanceCell(tendency, {Stance.OPPOSE: 2}) for tendency in Tendency)
    topics = tuple(f"Topic {n}" for n in range(len(cells)))
    tree = pictured(StanceMatrix(FIRST, topics, False, (StanceRow("A", cells),), 0, 0))
    words = tree.xpath("//svg//text/text()")
    pairs = set(zip(words[-10::2], words[-9::2], strict=True))
    assert pairs == {
        ("+ 2", "supports"),
        ("− 2", "opposes"),
        ("! 2", "concerned"),
        ("± 2", "mixed"),
        ("· 2", "not stated"),
    }


def test_every_number_of_the_matrix_leads_to_its_item(page: str) -> None:
    tree = lxml_html.fromstring(page)
    (risks,) = (s for s in sample.brief().sections if isinstance(s, Risks))
    assert risks.figure
    rows = tree.xpath("//table[contains(@class, 'risk-matrix-data')]//a")
    labels = [label for found in risks.figure.labels.values() for label in found]
    assert sorted(link.text for link in rows) == sorted(labels)
    for link in rows:
        (item,) = tree.xpath(f"//li[@id='{link.get('href')[1:]}']")
        assert item.xpath("./strong/text()") == [link.text]
    drawn = tree.xpath("//figure[@id='figure-3']//text/text()")
    assert {"R1, R4", "R2", "R3"} <= set(drawn)


def test_every_picture_is_named_described_and_can_be_scrolled_to(page: str) -> None:
    tree = lxml_html.fromstring(page)
    svgs = tree.xpath("//svg")
    assert len(svgs) == 3
    for svg in svgs:
        assert svg.get("role") == "img"
        names = [tree.get_element_by_id(id) for id in svg.get("aria-labelledby").split()]
        assert [name.tag for name in names] == ["title", "desc"]
        assert all(name.text.strip() for name in names)
        box = svg.getparent()
        assert (box.get("tabindex"), box.get("role")) == ("0", "region")
        assert box.get("aria-label")
    assert max(Counter(tree.xpath("//@id")).values()) == 1


def test_descriptions_say_what_is_to_be_seen(page: str) -> None:
    described = lxml_html.fromstring(page).xpath("//desc/text()")
    assert described[0] == (
        "4 actors by 2 topics. Cells by stance: supports 1, opposes 1, concerned 1, not stated 1; "
        "without a position 4. Most positions: Ministry of Ports on Depth, 2."
    )
    assert described[1] == "Recommended: 2; Agreed: 0; Demanded: 1."
    assert described[2].endswith("The gravest: R1, R4, of high impact and possible.")


def test_a_month_and_a_year_are_hollow_bars_and_a_day_is_a_dot() -> None:
    (section,) = (sample.timeline(),)
    assert section.figure
    tree = pictured(section.figure)
    dots, hollow = tree.xpath("//svg//circle"), tree.xpath("//svg//rect")
    assert len(dots) == 1
    year, month = (float(r.get("width")) for r in hollow)
    assert year > 8 * month
    assert "A hollow bar spans the month or year" in tree.xpath("//figcaption")[0].text_content()


def test_the_same_numbers_stand_in_the_pictures_table(page: str, markdown: str) -> None:
    rows = lxml_html.fromstring(page).xpath("//details[1]//tbody/tr")
    assert [cell.text_content() for cell in rows[1]] == [
        "Association of Coastal Fishers",
        "–",
        "− opposes (opposes 1, concerned 1)",
    ]
    assert "| Association of Coastal Fishers | – | − opposes (opposes 1, concerned 1) |" in markdown
    assert "| Recommended | 2 |\n| Agreed | 0 |\n| Demanded | 1 |\n" in markdown
    scopes = lxml_html.fromstring(page).xpath("//details//th/@scope")
    assert len(scopes) == len(lxml_html.fromstring(page).xpath("//details//th"))


def test_captions_are_numbered_in_every_format(page: str, markdown: str, pdf: PdfReader) -> None:
    paper = "\n".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ")
    shown = lxml_html.fromstring(page).text_content().replace("\u00a0", " ")
    text = markdown.replace("\u00a0", " ").replace("*", "")
    for caption in (
        "Figure 1. Stances by actor and topic",
        "Table 1. Positions by actor",
        "Figure 2. Number of proposals by status",
        "Table 2. Proposals",
        "Figure 3. Risks by likelihood and impact",
    ):
        for made in (paper, shown, text):
            assert caption in made


def test_paper_has_the_tables_in_an_annex_that_leads_back() -> None:
    tree = lxml_html.fromstring(TEMPLATES.html(sample.brief(), "print"))
    assert not tree.xpath("//details")
    links = tree.xpath("//section[@class='annex']//caption/a")
    assert [link.get("href") for link in links] == ["#figure-1", "#figure-2", "#figure-3"]
    assert all(tree.get_element_by_id(link.get("href")[1:]).tag == "figure" for link in links)


@pytest.mark.parametrize("name", ["html", "markdown", "pdf"])
def test_a_timeline_lists_what_it_draws(name: str, work: Path) -> None:
    section = sample.timeline()
    notes = tuple(call.note for entry in section.entries for call in entry.item.calls)
    made = render(Brief("b", sample.FRONT, (section,), notes), [name], work)[0].content
    if name == "pdf":
        assert made.startswith(b"%PDF")
        return
    text = made.decode()
    for words in ("2 July 2024", "June 2024", "1 position more in sources without a date."):
        assert words in text
    assert text.rindex("M. Okonkwo") < text.rindex("Coastal Fishers") < text.rindex("Harbour Board")


def test_a_figure_names_what_had_no_room() -> None:
    row = StanceRow("A", (StanceCell(Tendency.SUPPORT, {Stance.SUPPORT: 1}),))
    tree = pictured(StanceMatrix(FIRST, ("T",), True, (row,), 3, 1))
    (caption,) = tree.xpath("//figcaption")
    assert "3 actors and 1 topic." in caption.text_content()


def test_a_picture_of_little_is_not_blown_up() -> None:
    row = StanceRow("A", (StanceCell(Tendency.SUPPORT, {Stance.SUPPORT: 1}),))
    (svg,) = pictured(StanceMatrix(FIRST, ("T",), True, (row,), 0, 0)).xpath("//svg")
    assert svg.get("viewbox").startswith("0 0 425.0 ")


def test_more_publishers_than_fit_are_in_the_table() -> None:
    many = tuple(Bar(f"Publisher {n}", 1) for n in range(30))
    tree = pictured(Bars(FIRST, Counted.PUBLISHER, many))
    assert "Publisher 29" not in tree.xpath("//svg//text/text()")
    assert "Publisher 29" in tree.xpath("//details")[0].text_content()
    assert "14 more in the table" in tree.xpath("//figcaption")[0].text_content()
