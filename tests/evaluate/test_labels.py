import copy
import json
from pathlib import Path
from typing import Any

import pytest

from briefgen.errors import LabelError
from briefgen.evaluate import load
from briefgen.model import Kind
from tests.evaluate.helpers import LABELS, TEXT, write


def problems(gold: Path, documents: Path | None = None) -> list[str]:
    with pytest.raises(LabelError) as caught:
        load(gold, documents)
    return [line.replace(f"{gold}/", "") for line in caught.value.lines]


def labels(**changes: object) -> Any:
    """The sample labels with other values in their position."""
    changed = copy.deepcopy(LABELS)
    changed["positions"][0].update(changes)
    return changed


def test_labels_are_read_with_the_document_beside_them(tmp_path: Path) -> None:
    (one,) = load(write(tmp_path))
    assert (one.id, one.document.text, one.warnings) == ("minutes", TEXT, ())
    (record,) = one.records
    assert record.kind is Kind.POSITION
    assert record.content == ("the dredging plan for the outer harbour",)
    assert (record.holder, record.name) == ("The Harbour Council", "Harbour Council")
    assert (record.judged, record.optional) == ("oppose", False)


@pytest.mark.parametrize("ending", [".md", ".html", ".TXT"])
def test_documents_may_stand_elsewhere_and_be_of_any_type(tmp_path: Path, ending: str) -> None:
    gold = write(tmp_path / "gold")
    (gold / "minutes.txt").rename(tmp_path / f"minutes{ending}")
    (one,) = load(gold, tmp_path)
    assert one.document.source.location == f"{tmp_path}/minutes{ending}"


def test_a_dot_in_a_name_is_no_ending(tmp_path: Path) -> None:
    write(tmp_path, name="2024.07.report")
    write(tmp_path, name="2024.07.annex")
    assert [one.id for one in load(tmp_path)] == ["2024.07.annex", "2024.07.report"]


def test_no_such_folder_and_no_labels(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert problems(gone) == [
        f"{gone}: there is no such folder (name the one that holds the files)"
    ]
    (tmp_path / "a.txt").write_text(TEXT)
    assert problems(tmp_path / "a.txt")[0].endswith(
        "a.txt: is not a folder (name the one that holds the files)"
    )
    assert problems(tmp_path) == [
        f"{tmp_path}: holds no label file (write report.json for report.pdf)"
    ]
    assert "gone: there is no such folder" in problems(write(tmp_path), gone)[0]


def test_a_file_that_is_not_json_is_named_with_line_and_column(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "minutes.json").write_text('{\n  "positions": [,]\n}')
    assert problems(tmp_path) == ["minutes.json:2:17: is not JSON: expecting value"]
    (tmp_path / "minutes.json").write_bytes(b'{"id":\n"caf\xe9"}')
    assert problems(tmp_path) == ["minutes.json:2:1: is not UTF-8 text (save it as UTF-8)"]
    (tmp_path / "minutes.json").write_text('{"id": "\\ud800"}')
    assert problems(tmp_path) == [
        "minutes.json: \\ud800 is half a character (copy the words again)"
    ]
    (tmp_path / "minutes.json").write_text("[" * 100_000)
    assert problems(tmp_path) == ["minutes.json: is nested too deeply for labels"]


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"statement": "text"}, ".statement: write a list, such as"),
        ({"statement": []}, ".statement: is empty (copy the words from the document)"),
        ({"sentence": None}, ".sentence: write text in quotes, not null"),
        ({"sentence": 7}, ".sentence: write text in quotes, not 7"),
        ({"stance": "opose"}, ".stance: 'opose' is not one of"),
        ({"stance": "opose"}, "(did you mean 'oppose'?)"),
        ({"optoinal": True}, ".optoinal: unknown key (did you mean 'optional'?)"),
        ({"optional": "perhaps"}, ".optional: write true or false, not 'perhaps'"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    tmp_path: Path, wrong: dict[str, object], line: str
) -> None:
    (problem,) = problems(write(tmp_path, labels(**wrong)))
    assert problem.startswith("minutes.json: positions[0].")
    assert line in problem
    assert "\n" not in problem


def test_missing_keys_and_wrong_tops_are_named(tmp_path: Path) -> None:
    lacking = labels()
    del lacking["positions"][0]["statement"]
    lacking["risks"] = [{"sentence": "x"}]
    assert problems(write(tmp_path, lacking)) == [
        "minutes.json: positions[0].statement: is missing",
        "minutes.json: risks[0].risk: is missing",
    ]
    (problem,) = problems(write(tmp_path, [LABELS]))
    assert problem.startswith("minutes.json: write keys and values")
    assert problems(write(tmp_path, {"position": []})) == [
        "minutes.json: position: unknown key (did you mean 'positions'?)"
    ]


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, name="good")
    write(tmp_path, labels(stance="no"), name="bad")
    write(tmp_path, name="lone")
    (tmp_path / "lone.txt").unlink()
    write(tmp_path, "labels", name="both")
    (tmp_path / "both.txt").write_bytes(b"")
    write(tmp_path, name="two")
    (tmp_path / "two.md").write_text(TEXT)
    found = problems(tmp_path)
    assert [line.split(": ")[0] for line in found] == [
        "bad.json",
        "both.json",
        "both.txt",
        "lone.json",
        "two.json",
    ]
    assert "is empty" in found[2]
    assert "has no document (put it at lone.txt, or .md" in found[3]
    assert found[4].endswith("has several documents: two.md, two.txt (keep one)")


def test_words_that_are_not_in_the_document_are_a_warning(tmp_path: Path) -> None:
    typed = labels(statement=["the dredging plan", "for the inner harbour"], cue="denounces")
    (one,) = load(write(tmp_path, typed))
    assert [line.replace(f"{tmp_path}/", "") for line in one.warnings] == [
        "minutes.json: positions[0].cue: not in minutes.txt: 'denounces'",
        "minutes.json: positions[0].statement[1]: not in minutes.txt: 'for the inner harbour'",
    ]
    assert len(one.records) == 1


def test_line_breaks_of_the_document_need_not_be_copied(tmp_path: Path) -> None:
    (one,) = load(write(tmp_path, text=TEXT.replace("dredging plan", "dredging\nplan")))
    assert one.warnings == ()


def test_a_label_file_may_leave_kinds_out(tmp_path: Path) -> None:
    assert load(write(tmp_path, {}))[0].records == ()
    (tmp_path / "minutes.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(LABELS).encode())
    assert len(load(tmp_path)[0].records) == 1
