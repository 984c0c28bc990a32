from pathlib import Path
from typing import Any

import pytest

from briefgen import config
from briefgen.assemble import assemble
from briefgen.extract import extract
from briefgen.model import (
    Bibliography,
    Brief,
    Document,
    KeyMessages,
    Method,
    Positions,
    Proposals,
    Risks,
    Stance,
)
from briefgen.text.tagger import Tagger
from tests.helpers import document

MINUTES = (
    "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
    "The Fishers' Association opposes the dredging plan for the outer harbour.\n\n"
    "The Fishers' Association warned that the works could bury the spawning grounds in silt.\n\n"
    "Jon Brask warned that a toll on heavy lorries would drive northern shipping lines away.\n\n"
    "The Ministry of Transport agreed to publish the contract in June."
)
COLUMN = (
    "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
    "Ships may leave the port for good if the channel stays shallow.\n\n"
    "The Council should publish the survey before the vote."
)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [document(MINUTES, "minutes"), document(COLUMN, "column")]


@pytest.fixture
def brief(tmp_path: Path, documents: list[Document], tagger: Tagger) -> Any:
    def make(text: str) -> Brief:
        path = tmp_path / "harbour.yaml"
        path.write_text(f"title: Harbour\nsources: [x.txt]\n{text}", "utf-8")
        found = [extract(d, tagger) for d in documents]
        return assemble(config.load(path), found, "model 1")

    return make


def test_sections_stand_in_the_yamls_order_and_as_often(brief: Any) -> None:
    made = brief("sections: [risks, positions, method, positions]\n")
    assert [s.kind for s in made.sections] == ["risks", "positions", "method", "positions"]
    assert len({s.anchor for s in made.sections}) == 4


def test_notes_are_numbered_in_reading_order_and_each_sentence_once(brief: Any) -> None:
    made = brief("sections: [positions, proposals, risks, positions]\n")
    assert [note.number for note in made.notes] == list(range(1, len(made.notes) + 1))
    assert len({note.quote for note in made.notes}) == len(made.notes)
    calls = [c for s in made.sections for g in s.groups for i in g.items for c in i.calls]
    firsts = [call.note.number for call in calls if call.occurrence == 1]
    assert firsts == [note.number for note in made.notes]


def test_the_same_statement_in_two_sources_is_one_item_with_two_notes(brief: Any) -> None:
    (section,) = brief("sections: [{positions: {actors: Harbour Council}}]\n").sections
    (group,) = section.groups
    (item,) = group.items
    assert [call.note.source.id for call in item.calls] == ["minutes", "column"]


def test_positions_are_filtered_grouped_and_limited(brief: Any) -> None:
    made = brief(
        "sections:\n"
        "  - positions: {stances: oppose, group_by: stance}\n"
        "  - positions: {actors: [Fishers' Association, Harbour Council]}\n"
        "  - positions: {sources: column}\n"
        "  - positions: {limit: 1}\n"
    )
    opposed, ordered, column, limited = made.sections
    assert isinstance(opposed, Positions)
    assert [group.title for group in opposed.groups] == ["oppose"]
    assert all(i.finding.stance is Stance.OPPOSE for g in opposed.groups for i in g.items)
    assert [g.title for g in ordered.groups] == ["Fishers' Association", "Harbour Council"]
    assert {g.title for g in column.groups} >= {"Harbour Council"}
    # The statement that two sources make weighs most.
    assert [g.title for g in limited.groups] == ["Harbour Council"]
    assert limited.left_out > 0


def test_topics_group_findings_in_the_yamls_order(brief: Any) -> None:
    made = brief(
        "topics: {Fish: [spawning, silt], Ships: [ships, shipping]}\n"
        "sections: [{risks: {group_by: topic}}, {risks: {topics: Fish}}]\n"
    )
    grouped, fish = made.sections
    assert [g.title for g in grouped.groups][:2] == ["Fish", "Ships"]
    assert all("Fish" in i.topics for g in fish.groups for i in g.items)


def test_only_the_analyst_rates_impact(brief: Any) -> None:
    (plain,) = brief("sections: [{risks: {view: matrix}}]\n").sections
    assert isinstance(plain, Risks)
    assert plain.matrix == {}
    labels = [i.label for g in plain.groups for i in g.items]
    assert labels == [f"R{n + 1}" for n in range(len(labels))]
    assert len(plain.unrated) == len(labels)
    rated = plain.groups[0].items[0].finding
    (made,) = brief(
        f"sections: [{{risks: {{view: matrix, impact: {{{rated.id}: high}}}}}}]\n"
    ).sections
    ((cell, items),) = made.matrix.items()
    assert cell == ("high", rated.likelihood.level)
    assert [i.finding.id for i in items] == [rated.id]
    assert rated.id not in {i.finding.id for i in made.unrated}


def test_key_messages_are_the_analysts_or_picked_without_repeats(brief: Any) -> None:
    written, picked = brief(
        "sections:\n  - key_messages: {messages: ['Dig later [@minutes].']}\n  - key_messages\n"
    ).sections
    assert isinstance(written, KeyMessages)
    assert [m.markdown for m in written.written] == ["Dig later[^1]."]
    assert written.picked == ()
    sentences = [i.finding.sentence.text for i in picked.picked]
    assert sentences
    assert len(set(sentences)) == len(sentences)
    assert len(picked.picked) <= 5


def test_the_bibliography_lists_every_source_and_who_cites_it(brief: Any) -> None:
    bibliography, _ = brief("sections: [sources, positions]\n").sections
    assert isinstance(bibliography, Bibliography)
    assert [entry.source.id for entry in bibliography.entries] == ["minutes", "column"]
    assert all(n.source.id == e.source.id for e in bibliography.entries for n in e.notes)
    assert bibliography.entries[0].notes


def test_the_method_counts_what_was_read_found_and_shown(brief: Any) -> None:
    made = brief("sections: [positions, proposals, method]\n")
    positions, proposals, method = made.sections
    assert isinstance(method, Method)
    assert isinstance(proposals, Proposals)
    shown = sum(len(g.items) for s in (positions, proposals) for g in s.groups)
    assert method.shown == shown
    assert method.documents == 2
    assert method.words == len(MINUTES.split()) + len(COLUMN.split())
    assert method.merged >= 1
    assert sum(method.found.values()) == sum(len(e.findings) for e in made.extractions)


def test_filters_that_match_nothing_are_warned_of(brief: Any) -> None:
    made = brief(
        "actors: {Harbour Council: [the Council]}\n"
        "sections:\n  - positions: {actors: [Harbour Counsel], topics: None, sources: minute}\n"
    )
    found = [str(caution).partition("harbour.yaml:")[2] for caution in made.cautions]
    assert found == [
        "5:26: actors: nothing here is from 'Harbour Counsel' (did you mean 'Harbour Council'?)",
        "5:58: sources: nothing here is from 'minute' (did you mean 'minutes'?)",
        "5:44: topics: nothing here is on 'None'",
    ]
