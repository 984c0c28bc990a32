import json
from pathlib import Path
from typing import Any

from briefgen.evaluate import Evaluation, load, measure, report
from briefgen.model import Extraction, Kind
from tests.evaluate.helpers import LABELS, finding, write

POSITION = LABELS["positions"][0]


def position(words: str, **facts: Any) -> dict[str, Any]:
    return {**POSITION, "sentence": f"{words}.", "statement": [words], **facts}


def evaluated(
    folder: Path, labels: list[dict[str, Any]], found: list[dict[str, Any]]
) -> Evaluation:
    (one,) = load(write(folder, {"positions": labels}))
    made = Extraction(one.document, tuple(finding(Kind.POSITION, label) for label in found))
    return measure([one], [made])


def test_the_tables_hold_each_kind_and_each_document(tmp_path: Path) -> None:
    found = [POSITION, position("nothing of the kind")]
    assert report.text(evaluated(tmp_path, [POSITION], found), errors=0) == (
        "1 labelled document\n"
        "\n"
        "                              sentence            record         record + holder\n"
        "             gold  found      P     R    F1      P     R    F1      P     R    F1\n"
        "positions       1      2   50.0 100.0  66.7   50.0 100.0  66.7   50.0 100.0  66.7"
        "  stance 100.0\n"
        "proposals       0      0      –     –     –      –     –     –      –     –     –\n"
        "risks           0      0      –     –     –      –     –     –      –     –     –\n"
        "\n"
        "F1 of records  positions  proposals      risks\n"
        "minutes             66.7          –          –\n"
    )


def test_errors_are_readable_and_show_both_sides(tmp_path: Path) -> None:
    labels = [position("the quay is falling\ninto the sea"), position("a new pier")]
    found = [
        position("the quay is falling into the sea", actor="Amsel", actor_name="Kurt Amsel"),
        position("no ship may enter"),
    ]
    text = report.text(evaluated(tmp_path, labels, found))
    assert text.split("\n\n", 3)[3] == (
        "Invented: 1\n"
        "\n"
        "  minutes, position: no ship may enter.\n"
        "    found: Harbour Council [oppose]: no ship may enter\n"
        "\n"
        "Wrong holder: 1\n"
        "\n"
        "  minutes, position: the quay is falling into the sea.\n"
        "    labelled: Harbour Council [oppose]: the quay is falling into the sea\n"
        "    found: Kurt Amsel [oppose]: the quay is falling into the sea\n"
        "\n"
        "Missed: 1\n"
        "\n"
        "  minutes, position: a new pier.\n"
        "    labelled: Harbour Council [oppose]: a new pier\n"
    )


def test_many_errors_of_one_class_do_not_hide_the_others(tmp_path: Path) -> None:
    invented = [position(f"thing number {n}") for n in range(9)]
    text = report.text(evaluated(tmp_path, [position("a new pier")], invented), errors=3)
    assert "Invented: 2 of 9\n" in text
    assert "Missed: 1\n" in text
    assert text.count("    found: ") == 2


def test_what_steers_a_terminal_is_left_out(tmp_path: Path) -> None:
    text = report.text(evaluated(tmp_path, [], [position("red \x1b[31m\u202e ink")]))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "red [31m ink" in text


def test_json_holds_every_figure_and_every_error(tmp_path: Path) -> None:
    found = [POSITION, *(position(f"thing number {n}") for n in range(30))]
    whole = report.as_json(evaluated(tmp_path, [POSITION, position("a pier")], found))
    assert json.loads(json.dumps(whole)) == whole
    assert list(whole) == ["schema", "kinds", "documents", "errors", "warnings"]
    positions = whole["kinds"]["positions"]
    assert list(positions) == ["gold", "found", "paired", "sentence", "record", "holder", "stance"]
    assert (positions["gold"], positions["found"], positions["paired"]) == (2, 31, 1)
    assert positions["record"] == {"precision": 0.0323, "recall": 0.5, "f1": 0.0606}
    assert whole["kinds"]["proposals"]["record"] is None
    assert "stance" not in whole["kinds"]["risks"]
    assert whole["documents"][0]["positions"] == positions
    assert len(whole["errors"]) == 31
    assert whole["errors"][-1] == {
        "fault": "missed",
        "kind": "positions",
        "document": "minutes",
        "labelled": {
            "sentence": "a pier.",
            "content": ["a pier"],
            "holder": "The Harbour Council",
            "name": "Harbour Council",
            "stance": "oppose",
            "optional": False,
        },
        "found": None,
    }
