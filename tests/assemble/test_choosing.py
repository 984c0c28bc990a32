from pathlib import Path
from typing import Any

import pytest

from briefgen import config
from briefgen.assemble import assemble
from briefgen.extract import extract
from briefgen.model import Brief, Custom, Document, Extraction, Positions
from briefgen.text.tagger import Tagger
from tests.helpers import document

COUNCIL = (
    "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
    "The Council should publish the survey of the US quays before the vote.\n\n"
    "Ships may leave the port for good if the channel stays shallow."
)
FISHERS = (
    "The Fishers' Association opposes the dredging plan for the outer harbour.\n\n"
    "The Fishers' Association warned that the works could bury the spawning grounds in silt "
    "for ten years.\n\n"
    "Anna Holt welcomed the tariff on heavy lorries and told us to wait."
)
UNDATED = "The Ministry of Transport said that it opposes the export controls on ships."


@pytest.fixture(scope="module")
def found(tagger: Tagger) -> list[Extraction]:
    documents: list[Document] = [
        document(COUNCIL, "council", published="2024-07-10"),
        document(FISHERS, "fishers", published="2024-06"),
        document(UNDATED, "undated"),
    ]
    return [extract(d, tagger) for d in documents]


@pytest.fixture
def brief(tmp_path: Path, found: list[Extraction]) -> Any:
    def make(text: str) -> Brief:
        folder = tmp_path / "templates" / "sections"
        folder.mkdir(parents=True, exist_ok=True)
        for language in ("md", "html"):
            (folder / f"own.{language}.j2").write_text("", "utf-8")
        path = tmp_path / "harbour.yaml"
        path.write_text(f"title: Harbour\nsources: [x.txt]\nconfidence: 0\n{text}", "utf-8")
        return assemble(config.load(path), found, "model 1")

    return make


def sources_of(section: Any) -> set[str]:
    return {i.finding.sentence.source_id for g in section.groups for i in g.items}


def items_of(section: Any) -> list[Any]:
    return [item for group in section.groups for item in group.items]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("from: 2024-07", {"council"}),
        ("from: 2024-07-10", {"council"}),
        ("from: 2024-07-11", set()),
        ("to: 2024-07-09", {"fishers"}),
        ("to: 2024-07", {"council", "fishers"}),
        # A source that gives no day counts where any day of its month lies in the range.
        ("from: 2024-06-20, to: 2024-06-21", {"fishers"}),
        ("from: 2024", {"council", "fishers"}),
        ("to: 2023", set()),
    ],
)
def test_a_range_of_dates_is_that_of_the_sources(
    brief: Any, asked: str, expected: set[str]
) -> None:
    (section,) = brief(f"sections: [{{positions: {{{asked}}}}}]\n").sections
    assert sources_of(section) == expected


def test_words_are_whole_and_capitals_count_in_capitals(brief: Any) -> None:
    tariff, part, us = brief(
        "sections:\n  - positions: {words: [tariff, export controls]}\n"
        "  - positions: {words: dredg}\n  - proposals: {words: US}\n"
    ).sections
    assert sources_of(tariff) == {"fishers", "undated"}
    assert items_of(part) == []
    assert all("US" in item.finding.sentence.text for item in items_of(us))


def test_findings_are_included_and_excluded_by_id(brief: Any) -> None:
    (whole,) = brief("sections: [positions]\n").sections
    first, second = (item.finding.id for item in items_of(whole)[:2])
    out, kept, limited = brief(
        f"sections:\n  - positions: {{exclude: [{first}]}}\n"
        f"  - positions: {{confidence: 1, actors: Nobody, include: [{second}]}}\n"
        f"  - positions: {{limit: 1, include: [{first}, {second}]}}\n"
    ).sections
    assert first not in {item.finding.id for item in items_of(out)}
    assert len(items_of(out)) == len(items_of(whole)) - 1
    # Neither confidence nor another filter nor a limit keeps an included one out.
    assert [item.finding.id for item in items_of(kept)] == [second]
    assert {item.finding.id for item in items_of(limited)} == {first, second}


def test_key_messages_are_picked_by_id_first(brief: Any) -> None:
    (picked,) = brief("sections: [{key_messages: {limit: 2}}]\n").sections
    (risks,) = brief("sections: [risks]\n").sections
    risk = items_of(risks)[-1].finding.id
    usual = picked.picked[0].finding.id
    (made,) = brief(
        f"sections: [{{key_messages: {{limit: 2, include: [{risk}], exclude: [{usual}]}}}}]\n"
    ).sections
    ids = [item.finding.id for item in made.picked]
    assert ids[0] == risk
    assert usual not in ids


def test_an_id_that_no_finding_has_is_warned_of(brief: Any) -> None:
    whole, risks = brief("sections: [positions, risks]\n").sections
    known, risk = items_of(whole)[0].finding.id, items_of(risks)[0].finding.id
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    made = brief(f"sections:\n  - positions: {{include: [{wrong}], exclude: [{risk}]}}\n")
    told = "\n".join(map(str, made.cautions))
    place = "harbour.yaml:5:27: "
    assert f"{place}include: no finding here has the id {wrong!r} (did you mean" in told
    assert f"exclude: no finding here has the id {risk!r} (it stands in risks)" in told


def test_words_and_dates_that_nothing_has_are_warned_of(brief: Any) -> None:
    made = brief("sections:\n  - positions: {words: [tarif, tariff], from: 2025}\n")
    told = "\n".join(map(str, made.cautions))
    assert "harbour.yaml:5:17: words: no finding here has the word 'tarif'" in told
    assert "'tariff'" not in told
    assert "harbour.yaml:5:41: from: no source is dated in that range" in told


def test_items_stand_in_the_order_asked_for(brief: Any) -> None:
    made = brief(
        "sections:\n"
        + "".join(
            f"  - positions: {{group_by: null, sort: {by}}}\n"
            for by in ("date", "actor", "confidence", "source")
        )
    )
    date, actor, confidence, source = (items_of(section) for section in made.sections)
    assert date[0].date == "2024-06"
    assert date[-1].date is None
    names = [item.finding.holder.name.casefold() for item in actor if item.finding.holder]
    assert names == sorted(names)
    scores = [round(item.finding.confidence, 2) for item in confidence]
    assert scores == sorted(scores, reverse=True)
    order = ["council", "fishers", "undated"]
    places = [order.index(item.finding.sentence.source_id) for item in source]
    assert places == sorted(places)


def test_notes_are_numbered_in_the_order_asked_for(brief: Any) -> None:
    (section,) = brief("sections: [{positions: {sort: date, group_by: null}}]\n").sections
    firsts = [c.note.number for i in items_of(section) for c in i.calls if c.occurrence == 1]
    assert firsts == sorted(firsts)


def test_groups_that_no_column_tells_apart_get_a_table_each(brief: Any) -> None:
    joined, apart = brief(
        "sections:\n  - positions: {view: table}\n"
        "  - positions: {view: table, columns: [position, stance]}\n"
    ).sections
    assert isinstance(apart, Positions)
    assert (len(joined.tables), len(apart.tables)) == (1, len(apart.groups))


def test_a_timeline_is_filtered_by_stance_and_date(brief: Any) -> None:
    (section,) = brief("sections: [{timeline: {stances: oppose, to: 2024-06}}]\n").sections
    assert {entry.item.finding.stance for entry in section.entries} == {"oppose"}
    assert {entry.date for entry in section.entries} == {"2024-06"}


def test_a_section_of_ones_own_gets_what_its_options_choose(brief: Any) -> None:
    own, after = brief(
        "sections:\n  - custom: {template: own, kinds: [risks, positions], group_by: kind,\n"
        "             stances: oppose, lead: Hear}\n  - positions\n"
    ).sections
    assert isinstance(own, Custom)
    assert own.template == "sections/own"
    assert own.options == {"lead": "Hear"}
    assert [group.title for group in own.groups] == ["positions", "risks"]
    stances = {getattr(item.finding, "stance", "oppose") for item in own.items}
    assert stances == {"oppose"}
    # Its notes come before those of the section below.
    firsts = [c.note.number for i in own.items for c in i.calls if c.occurrence == 1]
    assert firsts == list(range(1, len(firsts) + 1))
    assert any(call.occurrence == 2 for i in items_of(after) for call in i.calls)


def test_a_section_of_ones_own_without_kinds_has_no_items(brief: Any) -> None:
    made = brief("sections: [{custom: {template: own}}]\n")
    assert made.sections[0].items == ()
    assert made.notes == ()
