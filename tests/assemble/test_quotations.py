from pathlib import Path
from typing import Any

import pytest

from briefgen import config
from briefgen.assemble.quotations import doubts
from tests.helpers import document

MINUTES = (
    "The Council said that “the dredging plan is\nthe Council's only way out” of its debts. "
    "It set aside 1,200,000 euros, or 12.5 per cent of the budget, on 4 March 2024.\n\n"
    "Twenty-two members voted for it and five against; ‘nobody was asked’, said the chair."
)
COLUMN = "The port lost 300 ships in 2023. Silt will bury the spawning grounds within ten years."
DOCUMENTS = {
    "minutes": document(MINUTES, "minutes", published="2024-03-05"),
    "column": document(COLUMN, "column"),
}


@pytest.fixture
def found(tmp_path: Path) -> Any:
    def look(markdown: str) -> list[str]:
        (tmp_path / "why.md").write_text(markdown, "utf-8")
        path = tmp_path / "b.yaml"
        sections = "sections: [{text: {file: why.md}}]"
        path.write_text(f"title: T\nsources: [x.txt]\n{sections}\n", "utf-8")
        lines = [str(doubt) for doubt in doubts(config.load(path), DOCUMENTS)]
        return [line.removeprefix(f"{tmp_path}/") for line in lines]

    return look


@pytest.mark.parametrize(
    "words",
    [
        "“the dredging plan is the Council's only way out”",
        "“The dredging plan is the Council’s only way out,” it said",
        "«the dredging plan is the Council's only way out»",
        '"the dredging plan is the *Council\'s* only way out."',
        "“The dredging plan is […] only way out”",
        "“the dredging plan is [its] only way out”",
        "“said that 'the dredging plan is the Council's only way out'”",
        # Fewer than four words are a term.
        "“a new idea”",
        "`“nobody ever wrote these words”`",
        '![Map](m.png "Nobody ever wrote these words")',
        '<span title="nobody ever wrote these words">Map</span>',
    ],
)
def test_what_a_source_says_is_not_doubted(found: Any, words: str) -> None:
    assert found(f"As it says, {words}.") == []


def test_a_quotation_that_is_not_verbatim_comes_with_the_nearest_words(found: Any) -> None:
    lines = found(
        "First line.\n\nIt holds that “the dredging plan was the Council's last way out”."
    )
    assert lines == [
        "why.md:3: “the dredging plan was the Council's last way out” stands in no source word for "
        "word (nearest, in minutes: “the dredging plan is the Council's only way out”)"
    ]


def test_a_quotation_unlike_anything_says_so(found: Any) -> None:
    (line,) = found("He cried «never shall pigs fly over Velmark».")
    assert "stands in no source word for word (nothing like it is there: quote what" in line


def test_pieces_around_an_ellipsis_stand_in_one_source_in_their_order(found: Any) -> None:
    assert found("“the dredging plan … the spawning grounds”")
    assert found("“only way out … the dredging plan”")


def test_the_yamls_own_text_is_looked_at_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(
        "title: T\nsources: [x.txt]\nsections:\n  - text:\n      text: |\n        One line.\n"
        "        Silt “will bury the spawning fields” soon.\n",
        "utf-8",
    )
    (doubt,) = doubts(config.load(path), DOCUMENTS)
    assert doubt.place == f"{path}:5:7, line 2"
    assert doubt.problem == "“will bury the spawning fields” stands in no source word for word"
    assert doubt.way_out == "nearest, in column: “will bury the spawning grounds”"


@pytest.mark.parametrize(
    "sentence",
    [
        "It set aside 1.2 million [@minutes].",
        "It set aside 13% of the budget [@minutes].",
        "It decided on 5 April 2024 [@minutes].",
        "The port lost 1,200,000 ships [@column].",
        "Some 23 members voted for it.[@minutes]",
        "It set aside €12.4bn [@minutes].",
    ],
)
def test_a_figure_that_no_cited_source_has_is_doubted(found: Any, sentence: str) -> None:
    (line,) = found(f"All is well.\n{sentence} All was well.")
    assert line.startswith("why.md:2: ")
    assert "stands in no source that this sentence cites (cited: " in line


@pytest.mark.parametrize(
    "sentence",
    [
        "It set aside 1 200 000 euros [@minutes].",
        "It set aside 12.50% of the budget [@minutes, p. 3].",
        "It decided on March 4th, 2024 [@minutes], or on 2024-03-04.",
        "The minutes of 5 March 2024 say so [@minutes].",
        "The minutes of 2024 say so [@minutes].",
        "22 voted for it, 5 against [@minutes].",
        "It lost 300 ships, says one; 5 were against, says the other [@minutes; @column].",
        "There are 99 reasons. All of them stand there [@minutes].",
        "1. The Council has a plan [@minutes].",
        "In 2024 300 ships were lost to COVID-19 and the G7, by section 3.2.1 [@column; @minutes].",
        "What [@fig:map] shows of 99 ships.",
    ],
)
def test_a_figure_that_a_cited_source_has_is_not_doubted(found: Any, sentence: str) -> None:
    assert found(sentence) == []


def test_messages_and_intros_are_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(
        "title: T\nsources: [x.txt]\nsections:\n"
        "  - key_messages: {messages: ['“Silt will bury the harbour within days”.']}\n"
        "  - positions: {intro: 'It lost 400 ships [@column].'}\n",
        "utf-8",
    )
    first, second = doubts(config.load(path), DOCUMENTS)
    assert first.place == f"{path}:4:31"
    assert second.place == f"{path}:5:17"
    assert second.problem == "400 stands in no source that this sentence cites"
