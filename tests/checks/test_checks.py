"""The checks can fail: what is out of order is found, and what did not run is no pass."""

import json
from pathlib import Path

import pytest

from tools.checks import __main__ as table
from tools.checks import pdf, reading, review
from tools.checks.briefs import Brief
from tools.checks.outcome import DidNotRun, Outcome, as_json, run


@pytest.fixture(scope="module")
def brief(outputs: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Brief:
    folder = tmp_path_factory.mktemp("brief")
    for name, content in outputs.items():
        (folder / name).write_bytes(content)
    return Brief("sample", folder)


def changed(brief: Brief, folder: Path, old: str, new: str) -> Brief:
    """The same brief, with other words in its Markdown."""
    for file in brief.folder.iterdir():
        content = file.read_bytes()
        (folder / file.name).write_bytes(content)
    text = brief.markdown.read_text("utf-8")
    assert old in text
    (folder / "brief.md").write_text(text.replace(old, new, 1), "utf-8")
    return Brief("changed", folder)


def test_a_brief_is_read_in_its_order(brief: Brief) -> None:
    outcome = reading.order(brief)
    assert outcome.reached, outcome.details


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n## Why now\n", "\n## Why then\n"),
        ("“a channel of 16.5 metres", "“a channel of 17.5 metres"),
        ("\n[^3]: ", "\n[^3]: Before that, "),
    ],
    ids=["heading", "excerpt", "note"],
)
def test_words_that_are_not_read_are_found(
    brief: Brief, tmp_path: Path, old: str, new: str
) -> None:
    assert not reading.order(changed(brief, tmp_path, old, new)).reached


def test_glyphs_are_looked_at(brief: Brief) -> None:
    outcome = pdf.glyphs(brief)
    assert outcome.reached
    assert outcome.found.startswith("0 in ")


def test_tools_that_fail_have_not_been_passed() -> None:
    for command in (["no-such-tool-anywhere"], ["sh", "-c", "exit 3"], ["sleep", "5"]):
        with pytest.raises(DidNotRun):
            run(command, seconds=1)
    with pytest.raises(DidNotRun):
        as_json("tool", "no JSON")


def test_whatever_breaks_in_a_check_is_a_failure(brief: Brief) -> None:
    def breaks(brief: Brief) -> Outcome:
        return Outcome(json.loads("{}")["missing"], "")

    outcome = table._look(lambda: breaks(brief))
    assert not outcome.reached
    assert outcome.found == "did not run"


def test_a_folder_without_outputs_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["checks", str(tmp_path)])
    assert table.main() == 1
    assert "has no brief.md, brief.html, brief.pdf" in capsys.readouterr().out


def test_decisions_that_a_build_does_not_follow_are_found(brief: Brief, tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").write_bytes(brief.pdf.read_bytes())
    words = "a channel of 16.5 metres"
    row = {"id": "p-000000", "stance": "support"}
    found = {"documents": [{"positions": [row]}]}
    (tmp_path / "findings.json").write_text(json.dumps(found), "utf-8")
    told = {
        "added": {"words": words},
        "dropped": {"words": "never said by anybody"},
        "edited": {"id": "p-000000", "stance": "concern", "words": "never said by anybody"},
    }
    assert len(list(review._not_followed(tmp_path, told))) == 2  # the stance, in both files
    told["added"], told["dropped"] = told["dropped"], told["added"]
    assert len(list(review._not_followed(tmp_path, told))) == 4


def test_a_stance_is_read_from_the_heading_above_a_statement() -> None:
    text = "Positions\nSupports\n“The quay is\nold” [1]\nOpposes\n“The ferry is dear” [2]\n"
    assert review._heading_above(text, "Thequayisold") == "Supports"
    assert review._heading_above(text, "Theferryisdear") == "Opposes"
    assert review._heading_above(text, "Thebridge") is None


def test_a_review_needs_the_yaml(brief: Brief) -> None:
    with pytest.raises(DidNotRun, match="name the YAML"):
        review.review(brief)
