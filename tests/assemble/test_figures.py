"""What pictures count, from documents to the model's nouns."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefgen import config
from briefgen.assemble import assemble
from briefgen.assemble.figures import MOST_ACTORS, MOST_TOPICS, stance_matrix, tendency
from briefgen.extract import extract
from briefgen.model import (
    Brief,
    Caption,
    Captioned,
    Document,
    Item,
    Stance,
    Tendency,
)
from briefgen.text.tagger import Tagger
from tests.helpers import document
from tests.render import sample

MINUTES = (
    "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
    "The Fishers' Association opposes the dredging plan for the outer harbour.\n\n"
    "The Fishers' Association warned that the works could bury the spawning grounds in silt.\n\n"
    "The Ministry of Transport agreed to publish the contract in June."
)
COLUMN = (
    "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
    "The Pilots' Guild opposes a toll on heavy lorries."
)
FIRST = Caption(Captioned.FIGURE, 1)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [
        document(MINUTES, "minutes", published="2024-07-10", publisher="Harbour Office"),
        document(COLUMN, "column", title="Column", published="2024-06", publisher="Harbour Office"),
    ]


@pytest.fixture
def brief(tmp_path: Path, documents: list[Document], tagger: Tagger) -> Any:
    def make(text: str) -> Brief:
        path = tmp_path / "harbour.yaml"
        path.write_text(f"title: Harbour\nsources: [x.txt]\nconfidence: 0\n{text}", "utf-8")
        found = [extract(d, tagger) for d in documents]
        return assemble(config.load(path), found, "model 1")

    return make


def test_a_picture_is_drawn_only_where_it_is_asked_for(brief: Any) -> None:
    made = brief("sections: [positions, proposals, risks, sources]\n")
    assert [section.figure for section in made.sections] == [None] * 4


def test_figures_and_tables_are_numbered_in_reading_order(brief: Any) -> None:
    made = brief(
        "sections:\n"
        "  - sources: {chart: true}\n"
        "  - positions: {chart: true, view: table, group_by: source}\n"
        "  - proposals: {chart: true, view: table}\n"
        "  - risks: {view: matrix}\n"
        "  - timeline\n"
    )
    figures = [section.figure.caption for section in made.sections]
    assert [(c.kind, c.number) for c in figures] == [("figure", n) for n in range(1, 6)]
    _, positions, proposals, _, timeline = made.sections
    assert len(positions.groups) == 2
    tables = [*positions.tables, *proposals.tables, *timeline.tables]
    assert [(c.kind, c.number) for c in tables] == [("table", n) for n in range(1, 5)]


def test_the_stance_matrix_places_actors_on_the_analysts_topics(brief: Any) -> None:
    made = brief(
        "topics: {Fish: [spawning, silt], Works: [dredging], Rail: [railway]}\n"
        "sections: [{positions: {chart: true}}]\n"
    )
    figure = made.sections[0].figure
    assert figure.topics == ("Fish", "Works")
    rows = {row.actor: [c and str(c.tendency) for c in row.cells] for row in figure.rows}
    assert rows["Harbour Council"] == [None, "support"]
    assert rows["Fishers' Association"] == ["concern", "oppose"]
    assert "Ministry of Transport" not in rows


def test_a_section_on_some_topics_draws_no_others(brief: Any) -> None:
    made = brief(
        "topics: {Fish: [spawning, silt], Works: [dredging, works]}\n"
        "sections: [{positions: {chart: true, topics: Works}}]\n"
    )
    assert made.sections[0].figure.topics == ("Works",)


def test_without_topics_the_targets_of_positions_are_the_columns() -> None:
    items = [
        item("A", Stance.SUPPORT, target="the Capital"),
        item("B", Stance.OPPOSE, target="Utopia"),
        item("B", Stance.OPPOSE, target="Sea"),
        item("C", Stance.OPPOSE, target=None),
    ]
    figure = stance_matrix(
        items, (), lambda name: "Utopia" if name == "the Capital" else name, lambda: FIRST
    )
    assert figure
    assert figure.by_target
    assert figure.topics == ("Utopia", "Sea")
    assert [row.actor for row in figure.rows] == ["A", "B"]


def test_too_many_actors_and_topics_are_counted_not_drawn() -> None:
    topics = [f"T{n}" for n in range(MOST_TOPICS + 2)]
    items = [
        item(f"A{n}", Stance.SUPPORT, topics=(topics[n % len(topics)],))
        for n in range(MOST_ACTORS * 3)
    ]
    figure = stance_matrix(items, topics, str, lambda: FIRST)
    assert figure
    assert len(figure.topics) == MOST_TOPICS
    assert len(figure.rows) == MOST_ACTORS
    assert figure.actors_left_out == MOST_ACTORS * 2
    assert figure.topics_left_out == 2


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({Stance.SUPPORT: 1}, Tendency.SUPPORT),
        ({Stance.NEUTRAL: 3}, Tendency.NEUTRAL),
        ({Stance.NEUTRAL: 3, Stance.OPPOSE: 1}, Tendency.OPPOSE),
        ({Stance.SUPPORT: 1, Stance.OPPOSE: 1}, Tendency.MIXED),
        ({Stance.SUPPORT: 1, Stance.CONCERN: 1}, Tendency.MIXED),
        ({Stance.CONCERN: 1, Stance.OPPOSE: 1}, Tendency.OPPOSE),
        ({Stance.CONCERN: 2, Stance.OPPOSE: 1}, Tendency.CONCERN),
    ],
)
def test_several_stances_amount_to_one(counts: dict[Stance, int], expected: Tendency) -> None:
    assert tendency(counts) is expected


def test_proposals_are_counted_in_the_order_of_the_statuses(brief: Any) -> None:
    (section,) = brief("sections: [{proposals: {chart: true}}]\n").sections
    shown = [i.finding.status for g in section.groups for i in g.items]
    names = [bar.name for bar in section.figure.bars]
    assert names[:6] == ["recommended", "planned", "agreed", "demanded", "considered", "rejected"]
    assert {bar.name: bar.count for bar in section.figure.bars if bar.count} == {
        status: shown.count(status) for status in shown
    }


def test_sources_are_counted_by_publisher(brief: Any) -> None:
    (section,) = brief("sections: [{sources: {chart: true}}]\n").sections
    assert [(bar.name, bar.count) for bar in section.figure.bars] == [("Harbour Office", 2)]


def test_a_timeline_dates_a_statement_by_the_first_source_that_makes_it(brief: Any) -> None:
    (section,) = brief("sections: [{timeline: {actors: [Harbour Council]}}]\n").sections
    assert [entry.date for entry in section.entries] == ["2024-06"]
    assert [(s.actor, s.date) for s in section.figure.statements] == [
        ("Harbour Council", "2024-06")
    ]
    (whole,) = brief("sections: [{timeline: {limit: 2}}]\n").sections
    assert len(whole.entries) == 2
    assert whole.left_out > 0
    assert [e.date for e in whole.entries] == sorted(e.date for e in whole.entries)


def test_statements_without_a_date_are_counted(
    tmp_path: Path, documents: list[Document], tagger: Tagger
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("title: T\nsources: [x.txt]\nconfidence: 0\nsections: [timeline]\n")
    found = [extract(document(MINUTES, "minutes"), tagger)]
    (section,) = assemble(config.load(path), found, "m").sections
    assert section.figure is None  # type: ignore[union-attr]
    assert section.undated > 0  # type: ignore[union-attr]


def item(
    actor: str, stance: Stance, target: str | None = None, topics: tuple[str, ...] = ()
) -> Item:
    finding = sample.position(actor, "words", stance)
    held = replace(finding, target=target)
    return Item(held, held.content, (), None, topics)
