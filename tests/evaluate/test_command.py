"""``briefgen evaluate`` as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.cli import main
from tests.evaluate.helpers import LABELS, write

POSITION = LABELS["positions"][0]


def test_it_prints_tables_and_no_error_where_all_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The model may take what is opposed for a proposal; so may a reader.
    proposal = {"action": POSITION["statement"][0], "optional": True}
    labels = {**LABELS, "proposals": [{"sentence": POSITION["sentence"], **proposal}]}
    assert main(["evaluate", str(write(tmp_path, labels))]) == 0
    printed = capsys.readouterr()
    assert "positions       1      1  100.0 100.0 100.0" in printed.out
    assert printed.out.rstrip().splitlines()[-1].startswith("minutes ")
    assert printed.err == ""


def test_json_and_documents_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = write(tmp_path / "gold")
    (gold / "minutes.txt").rename(tmp_path / "minutes.txt")
    arguments = ["evaluate", str(gold), "--documents", str(tmp_path), "--format", "json"]
    assert main(arguments) == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["schema"] == "briefgen/evaluation/1"
    assert whole["kinds"]["positions"]["record"]["f1"] == 1


def test_the_number_of_errors_is_yours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {})
    assert main(["evaluate", str(tmp_path)]) == 0
    assert "Invented: " in capsys.readouterr().out
    assert main(["evaluate", str(tmp_path), "--errors", "0"]) == 0
    assert "Invented" not in capsys.readouterr().out
    assert main(["evaluate", str(tmp_path), "--errors", "-1"]) == 2


def test_problems_are_one_line_each_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"positions": [{"sentence": "x"}]})
    write(tmp_path, name="lone")
    (tmp_path / "lone.txt").unlink()
    assert main(["evaluate", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    lone, lacking = printed.err.splitlines()
    assert lone.startswith(f"briefgen: {tmp_path}/lone.json: has no document")
    assert lacking == f"briefgen: {tmp_path}/minutes.json: positions[0].statement: is missing"


def test_a_label_that_was_typed_is_a_warning_and_still_counts(tmp_path: Path) -> None:
    write(tmp_path, {"positions": [{**POSITION, "cue": "denounces"}]})
    command = [sys.executable, "-m", "briefgen", "evaluate", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("briefgen: warning: ")
    assert "positions[0].cue: not in" in line
    assert "positions       1      1" in done.stdout


def test_help_shows_the_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from briefgen.cli import main; main(['--help']); "
        "heavy = {'numpy', 'onnxruntime', 'pydantic', 'lxml', 'briefgen.evaluate'}; "
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "evaluate" in done.stdout
    assert done.stdout.splitlines()[-1] == "set()"
