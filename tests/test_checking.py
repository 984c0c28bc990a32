"""What `briefgen check` tells: every problem at once, each with its place, and nothing written."""

import re
from pathlib import Path

import pytest

from briefgen.cli import main
from tests.helpers import cases

MINUTES = """\
The Harbour Council opposes the dredging plan for the outer harbour. The Council warned that
dredging could harm the seabed. The Council recommends that the port publish its survey.
"""
COLUMN = "The Fishers' Association supports the dredging plan. Jon Brask rejects the new fees.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minutes.txt").write_text(MINUTES, "utf-8")
    (tmp_path / "column.txt").write_text(COLUMN, "utf-8")
    (tmp_path / "silent.txt").write_text("It rained in the morning and in the evening.\n", "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"\xff" * 200)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["check", *arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return code, printed.out, printed.err


@pytest.mark.parametrize(("title", "text", "expected"), cases("check.md"), ids=lambda v: v[:40])
def test_problems(
    title: str, text: str, expected: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "brief.yaml").write_text(text, "utf-8")
    before = sorted(project.rglob("*"))
    code, out, err = check(capsys, "brief.yaml")
    lines = [line.removeprefix("brief.yaml:") for line in out.splitlines()]
    assert "\n".join(lines) == expected, title
    errors = [line for line in lines if ": warning: " not in line]
    assert code == (1 if errors else 0)
    assert re.search(rf"briefgen: {len(errors)} errors?, {len(lines) - len(errors)} warn", err)
    assert sorted(project.rglob("*")) == before


GOOD = "title: T\nsources: [minutes.txt]\noutputs: [markdown, html]\n"


def test_strict_makes_warnings_errors(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "brief.yaml").write_text(GOOD + "actors: {Velmark: []}\n")
    assert check(capsys, "brief.yaml")[0] == 0
    code, out, _ = check(capsys, "brief.yaml", "--strict")
    assert code == 1
    assert out.startswith("brief.yaml:4:10: warning: actors: no source names 'Velmark'")


def test_words_that_contradict_the_sources_are_found_in_a_file_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "why.md").write_text(
        "# Why\n\nAs we know, the Harbour Council supports the dredging plan.\n"
    )
    text = GOOD + "sections: [positions, {text: {file: why.md}}]\n"
    (project / "brief.yaml").write_text(text)
    code, out, _ = check(capsys, "brief.yaml", "--strict")
    assert code == 1
    assert out.startswith("why.md:3:42: warning: here Harbour Council supports “the dredging plan”")
    (project / "column.txt").write_text("The Harbour Council supports the dredging plan.\n")
    (project / "brief.yaml").write_text(text.replace("minutes.txt", "minutes.txt, column.txt"))
    assert "here Harbour Council" not in check(capsys, "brief.yaml")[1]


def test_templates_are_checked_whether_used_or_not(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "templates/sections").mkdir(parents=True)
    (project / "templates/unused.md.j2").write_text("line\n{% if %}\n")
    (project / "templates/sections/method.md.j2").write_text("line\n{{ section.wrods }}\n")
    (project / "brief.yaml").write_text(GOOD)
    code, out, _ = check(capsys, "brief.yaml")
    assert code == 1
    (line,) = out.splitlines()
    assert line.startswith("templates/unused.md.j2:2: ")
    (project / "templates/unused.md.j2").unlink()
    code, out, _ = check(capsys, "brief.yaml")
    (line,) = out.splitlines()
    assert (
        line == "templates/sections/method.md.j2:2: Method has no 'wrods' (did you mean 'words'?)"
    )


def test_warnings_of_sources_are_told_once_and_here(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "minutes.txt").write_bytes((MINUTES + "Café\n").encode("latin-1"))
    (project / "brief.yaml").write_text(GOOD)
    code, out, err = check(capsys, "brief.yaml")
    assert code == 0
    assert len(re.findall("minutes.txt: ", out + err)) == 1
    assert "warning: minutes.txt: " in out


def test_places_of_outputs_are_checked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a_b.yaml", "a-b.yaml"):
        (project / name).write_text(GOOD)
    (project / "out/a-b").mkdir(parents=True)
    (project / "out/a-b/brief.md").write_text("mine")
    code, out, _ = check(capsys, "a_b.yaml", "a-b.yaml")
    assert code == 1
    assert "out/a-b/brief.md: was not written by briefgen" in out
    assert "a-b.yaml: would be written to a-b/, as a_b.yaml is (set slug:)" in out
    code, out, _ = check(capsys, "a_b.yaml", "--out", "minutes.txt")
    assert code == 1
    assert "minutes.txt/a-b: cannot be written" in out


def test_a_file_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = check(capsys, "gone.yaml")
    assert (code, out) == (1, "gone.yaml: cannot be read: No such file or directory\n")


def test_decisions_are_checked_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "brief.yaml").write_text(GOOD)
    (project / "brief.decisions.yaml").write_text("p-000000: {kepp: true}\n")
    code, out, _ = check(capsys, "brief.decisions.yaml", "brief.yaml")
    assert code == 1
    assert out.startswith("brief.decisions.yaml:1:12: ")
    (project / "brief.decisions.yaml").write_text("p-000000: {keep: true}\n")
    code, out, _ = check(capsys, "brief.yaml")
    assert code == 0
    assert "brief.decisions.yaml:1:1: warning: p-000000: no finding has this id" in out


def test_each_brief_of_a_file_is_checked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "house.yaml").write_text("actors: {Velmark: []}\noutputs: [markdown]\n")
    (project / "brief.yaml").write_text(
        "extends: house.yaml\ntitle: T\nbriefs:\n"
        "  - {slug: one, sources: [minutes.txt]}\n"
        "  - {slug: two, sources: [minutes.txt, silent.txt]}\n"
    )
    code, out, _ = check(capsys, "brief.yaml")
    assert code == 0
    silent, velmark = out.splitlines()
    assert silent.startswith("brief.yaml:5:40: warning: silent.txt: nothing in the brief cites it")
    assert velmark.startswith("house.yaml:1:10: warning: actors: no source names 'Velmark'")


def test_a_number_that_no_source_has_is_a_warning(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "brief.yaml").write_text(
        GOOD + 'sections:\n  - text: {text: "It costs 88 million [@minutes]."}\n'
    )
    code, out, err = check(capsys, "brief.yaml")
    assert code == 0
    assert "brief.yaml:5:12" in out
    assert "88" in out
    assert "88" not in err
