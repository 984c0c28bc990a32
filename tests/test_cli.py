"""The command line as a user meets it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefgen import __version__
from briefgen.cli import app, main
from tests.helpers import ROOT, hears_interrupts

SENTENCE = "The Harbour Council opposes the dredging plan for the outer harbour.\n"


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "build" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"briefgen {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["build"], ["biuld"], ["build", "--ouf", "x"], ["extract", "x", "--jobs", "0"]]
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("briefgen: ")
    assert line.endswith("(see briefgen --help)")


def test_extract_prints_a_line_a_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(SENTENCE)
    assert main(["extract", str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]) == 0
    one, two = map(json.loads, capsys.readouterr().out.splitlines())
    assert (one["id"], two["id"]) == ("one", "two")
    assert one["schema"] == "briefgen/findings/1"
    assert set(one["source"]) == {"path", "title", "author", "publisher", "published", "words"}
    (position,) = one["positions"]
    assert position["actor"]["name"] == "Harbour Council"
    assert position["stance"] == "oppose"
    assert 0 <= position["confidence"] <= 1
    for quote in (position["sentence"], position["actor"], *position["statement"]):
        assert SENTENCE[quote["start"] : quote["end"]] == quote["text"]


def test_extract_with_jobs_prints_the_same_in_the_same_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for number in range(3):
        files.append(str(tmp_path / f"{number}.txt"))
        Path(files[-1]).write_text(SENTENCE * (number + 1))
    assert main(["extract", *files]) == 0
    alone = capsys.readouterr().out
    assert main(["extract", *files, "--jobs", "2"]) == 0
    assert capsys.readouterr().out == alone


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "é.txt").write_text(SENTENCE.replace("Harbour", "Ørsund"), "utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "briefgen", "extract", "é.txt", "ü.txt"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    assert "Ørsund" in done.stdout.decode("utf-8")
    assert "ü.txt" in done.stderr.decode("utf-8")
    assert "Traceback" not in done.stderr.decode("utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_bad_file_keeps_no_good_one_from_being_read(
    jobs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.txt").write_text(SENTENCE)
    files = [str(tmp_path / name) for name in ("gone.txt", "good.txt", "lost.txt")]
    assert main(["extract", *files, "--jobs", jobs]) == 1
    printed = capsys.readouterr()
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == ["good"]
    assert ["gone.txt" in printed.err, "lost.txt" in printed.err] == [True, True]
    assert len(printed.err.splitlines()) == 2


def test_extract_broad_prints_every_attribution(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The Harbour Council said that the outer quays are full."
    (tmp_path / "one.txt").write_text(text)
    assert main(["extract", str(tmp_path / "one.txt"), "--broad"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line["schema"] == "briefgen/attributions/1"
    (found,) = line["attributions"]
    source = found["source"]
    assert text[source["start"] : source["end"]] == source["text"] == "The Harbour Council"
    assert main(["extract", str(tmp_path / "one.txt"), "--broad", "--format", "table"]) == 0
    assert "The Harbour" in capsys.readouterr().out


def test_extract_prints_a_table_for_eyes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text(SENTENCE)
    assert main(["extract", str(tmp_path / "one.txt"), "--format", "table"]) == 0
    printed = capsys.readouterr().out
    assert "Harbour Council" in printed
    assert "Sure" in printed
    assert re.search(r"opposes?\b.* \d+% ", printed)


def test_init_makes_a_brief_that_builds_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "demo"]) == 0
    (tmp_path / "demo/sources/mine.txt").write_text("Mine.")
    assert main(["init", "demo"]) == 1
    assert "demo: is not empty" in capsys.readouterr().err
    assert (tmp_path / "demo/sources/mine.txt").read_text() == "Mine."
    assert main(["build", "demo/demo.yaml"]) == 0
    written = capsys.readouterr().out.split()
    assert written == [
        f"out/demo/{n}" for n in ("brief.md", "brief.html", "brief.pdf", "findings.json")
    ]


def test_several_briefs_in_one_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(SENTENCE)
    for name in ("one", "two"):
        text = "title: T\nsources: [a.txt]\noutputs: [markdown]\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    assert main(["build", "one.yaml", "two.yaml"]) == 0
    assert "out/two/findings.json" in capsys.readouterr().out


def test_several_briefs_in_one_file_and_what_they_misquote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "minutes.txt").write_text(SENTENCE)
    (tmp_path / "b.yaml").write_text(
        "sources: [minutes.txt]\noutputs: markdown\nbriefs:\n  - {slug: one, title: One}\n"
        "  - {slug: two, title: Two, sections: [text: {text: 'It “opposes the dredge plan”.'}]}\n"
    )
    out = tmp_path / "out"
    assert main(["build", str(tmp_path / "b.yaml"), "--out", str(out)]) == 0
    files = capsys.readouterr().out.splitlines()
    assert [str(Path(file).relative_to(out)) for file in files] == [
        "one/brief.md",
        "one/findings.json",
        "two/brief.md",
        "two/findings.json",
    ]
    assert (out / "two" / "brief.md").read_text().count("“opposes the dredge plan”") == 1


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE * 300)
    command = f"{sys.executable} -m briefgen extract a.txt a.txt | head -c 10"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_control_c_stops_with_one_line_and_keeps_the_last_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "brief.yaml").write_text("title: T\nsources: [a.txt]\n")
    command = [sys.executable, "-m", "briefgen", "build", "brief.yaml"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    before = {p.name: p.read_bytes() for p in (tmp_path / "out/brief").iterdir()}
    (tmp_path / "a.txt").write_text("".join(f"{n} {SENTENCE}\n" for n in range(20_000)))
    running = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, preexec_fn=hears_interrupts
    )
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 1
    assert errors.strip() == "briefgen: stopped; what was there before is untouched"
    assert {p.name: p.read_bytes() for p in (tmp_path / "out/brief").iterdir()} == before
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["brief"]


def test_a_bad_brief_keeps_no_good_one_from_being_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "good.yaml").write_text("title: T\nsources: [a.txt]\noutputs: [markdown]\n")
    (tmp_path / "bad.yaml").write_text("titel: T\nsources: [a.txt]\n")
    assert main(["build", "bad.yaml", "good.yaml"]) == 1
    printed = capsys.readouterr()
    assert "out/good/brief.md" in printed.out
    assert "bad.yaml:1:1: unknown key 'titel'" in printed.err


def test_two_briefs_for_one_folder_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(SENTENCE)
    for name in ("a_b.yaml", "a-b.yaml"):
        (tmp_path / name).write_text("title: T\nsources: [a.txt]\noutputs: [markdown]\n")
    assert main(["build", "a_b.yaml", "a-b.yaml"]) == 1
    assert (
        "a-b.yaml: would be written to a-b/, as a_b.yaml is (set slug:)" in capsys.readouterr().err
    )


def test_init_fills_an_empty_folder_and_leaves_it_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "my brief"
    work.mkdir()
    before = work.stat().st_ino
    monkeypatch.chdir(work)
    assert main(["init", "."]) == 0
    assert work.stat().st_ino == before
    assert (work / "my brief.yaml").is_file()
    assert "Next: briefgen build 'my brief.yaml'" in capsys.readouterr().err


def test_init_gives_editors_the_schema_that_the_first_line_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "demo")]) == 0
    first = (tmp_path / "demo/demo.yaml").read_text("utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    capsys.readouterr()
    assert main(["schema"]) == 0
    assert (tmp_path / "demo" / name).read_text("utf-8") == capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [command.name or command.callback.__name__ for command in app.registered_commands],
)
def test_help_of_each_command_has_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    assert re.search(rf"Example: .*\bbriefgen {command}\b", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("briefgen de", {"decide"}),
        ("briefgen build --no", {"--no-cache"}),
        ("briefgen decide brief.yaml p-3f9a01 k", {"keep"}),
        ("briefgen completion f", {"fish"}),
        ("briefgen build ", set()),  # the shell's own: files
    ],
)
def test_bash_completes(line: str, words: set[str], tmp_path: Path) -> None:
    (tmp_path / "briefgen").write_text(f'#!/bin/sh\nexec {sys.executable} -m briefgen "$@"\n')
    (tmp_path / "briefgen").chmod(0o755)
    script = (
        "source <(briefgen completion bash)\n"
        f'IFS=" " read -ra COMP_WORDS <<< "{line}x"; COMP_WORDS[-1]="${{COMP_WORDS[-1]%x}}"\n'
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _briefgen_completion briefgen; complete -p\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    told, *found = done.stdout.splitlines()
    assert told == "complete -o default -F _briefgen_completion briefgen"
    assert {word for word in found if word} == words


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_told_whom_to_ask(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert f"_BRIEFGEN_COMPLETE=complete_{shell}" in capsys.readouterr().out


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = (
        f"{SENTENCE}\nThe Fishers' Association warned that silt could bury the herring's grounds.\n"
    )
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "harbour.yaml").write_text("title: T\nsources: [a.txt]\noutputs: [markdown]\n")
    return tmp_path


def test_an_analyst_has_the_last_word(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """List, decide, list again, build."""
    assert (
        main(
            [
                "findings",
                "harbour.yaml",
                "--kind",
                "positions",
                "--search",
                "dredging opposes",
                "--format",
                "json",
            ]
        )
        == 0
    )
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["decision"], row["actor"]) == ("undecided", "Harbour Council")
    id_ = row["id"]
    assert main(["decide", "harbour.yaml", id_, "edit", "--stance", "concern", "--by", "Ann"]) == 0
    assert capsys.readouterr().out == "harbour.decisions.yaml\n"
    assert main(["decide", "harbour.yaml", id_, "note", "ask", "them"]) == 0
    written = (harbour / "harbour.decisions.yaml").read_text()
    assert re.search(r"^  note: ask them$", written, re.M)
    assert re.search(r"^  when: \d{4}-\d\d-\d\d$", written, re.M)
    for status, ids in (("kept", [id_]), ("dropped", []), ("changed", [])):
        capsys.readouterr()
        assert main(["findings", "harbour.yaml", "--status", status, "--format", "json"]) == 0
        rows = map(json.loads, capsys.readouterr().out.splitlines())
        assert [row["id"] for row in rows] == ids
    assert main(["build", "harbour.yaml"]) == 0
    assert "! concerned" in (harbour / "out/harbour/brief.md").read_text("utf-8")


@pytest.mark.parametrize("command", ["findings", "explain", "decide"])
def test_the_desk_can_do_without_the_cache(
    command: str, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(harbour / "kept"))
    words = {"findings": [], "explain": ["p-758968"], "decide": ["p-758968", "keep"]}[command]
    arguments = [command, "harbour.yaml", *words]
    assert main([*arguments, "--no-cache"]) == 0
    assert not list(harbour.glob("kept/**/*.sqlite3"))
    assert main(arguments) == 0
    assert list(harbour.glob("kept/**/*.sqlite3"))


def test_findings_can_be_chosen(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options, words in (
        (["--kind", "risks"], {"silt"}),
        (["--actor", "fishers", "--kind", "positions"], {"silt"}),
        (["--search", "council"], {"dredging"}),
    ):
        assert main(["findings", "harbour.yaml", *options, "--format", "json"]) == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert rows
        assert {w for w in ("silt", "dredging") for row in rows if w in row["excerpt"]} == words
    assert main(["findings", "harbour.yaml", "--kind", "risks"]) == 0
    assert "Fishers" in capsys.readouterr().out


def test_a_changed_source_asks_for_another_look(
    harbour: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert main(["findings", "harbour.yaml", "--kind", "risks", "--format", "json"]) == 0
    id_ = json.loads(capsys.readouterr().out)["id"]
    assert main(["decide", "harbour.yaml", id_, "drop", "--reason", "a slip"]) == 0
    text = (harbour / "a.txt").read_text()
    (harbour / "a.txt").write_text(text.replace("bury the herring's", "soon bury the herring's"))
    assert main(["findings", "harbour.yaml", "--status", "changed"]) == 0
    printed = capsys.readouterr()
    assert "needs" in printed.out
    assert f"harbour.decisions.yaml:2:1: {id_}: needs another look" in caplog.text
    # Said again, it is about the finding as it is now.
    assert main(["decide", "harbour.yaml", id_, "drop"]) == 0
    capsys.readouterr()
    caplog.clear()
    assert main(["findings", "harbour.yaml", "--status", "dropped", "--format", "json"]) == 0
    assert "soon bury" in json.loads(capsys.readouterr().out)["excerpt"]
    assert caplog.text == ""


def test_explain_says_why(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "harbour.yaml").write_text(
        "title: T\nsources: [a.txt]\noutputs: [markdown]\n"
        "actors:\n  The Fishers: [Fishers' Association]\n"
        "sections:\n  - positions: {actors: Council}\n  - risks: {confidence: 0.99}\n"
    )
    ids = {}
    for kind in ("positions", "risks"):
        options = ["--kind", kind, "--search", "silt", "--format", "json"]
        assert main(["findings", "harbour.yaml", *options]) == 0
        ids[kind] = json.loads(capsys.readouterr().out)["id"]
    assert main(["explain", "harbour.yaml", ids["positions"]]) == 0
    told = capsys.readouterr().out
    assert "Cue: “warned”" in told
    assert "Actor: The Fishers (by actors: in the YAML, harbour.yaml:5:3)" in told
    assert "words of the source: “The Fishers' Association”" in told
    assert "positions (harbour.yaml:7:17): left out, it is not among the section’s actors" in told
    assert "Decision: undecided" in told
    assert main(["explain", "harbour.yaml", ids["risks"]]) == 0
    assert re.search(
        r"harbour.yaml:8:13\): hidden, 0\.\d\d is below 0\.99", capsys.readouterr().out
    )
    assert main(["decide", "harbour.yaml", ids["risks"], "rate", "--impact", "high"]) == 0
    capsys.readouterr()
    assert main(["explain", "harbour.yaml", ids["risks"]]) == 0
    told = capsys.readouterr().out
    assert "an analyst wants it shown" in told
    assert "Decision (harbour.decisions.yaml:2:1):\n  rate: impact high\n" in told
    assert main(["explain", "harbour.yaml", "p-000000"]) == 1
    assert "no finding has the id 'p-000000'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["keep", "--stance", "oppose"],
        ["edit"],
        ["rate"],
        ["note"],
        ["merge"],
        ["drop", "because"],
        ["kepp"],
    ],
)
def test_half_a_decision_is_wrong_usage(
    words: list[str], harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", "harbour.yaml", "p-000000", *words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("(see briefgen --help)")
    assert not (harbour / "harbour.decisions.yaml").exists()


def test_decisions_are_no_brief(
    harbour: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """As when a shell writes both for ``*.yaml``."""
    (harbour / "harbour.decisions.yaml").write_text("p-000000: {keep: true}\n")
    assert main(["build", "harbour.decisions.yaml", "harbour.yaml"]) == 0
    assert capsys.readouterr().out == "out/harbour/brief.md\nout/harbour/findings.json\n"
    assert "harbour.decisions.yaml:1:1: p-000000: no finding has this id" in caplog.text


def test_each_of_several_briefs_has_decisions_of_its_own(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (harbour / "harbour.yaml").write_text(
        "sources: [a.txt]\noutputs: [markdown]\nbriefs:\n"
        "- {title: One, slug: one}\n- {title: Two, slug: two}\n"
    )
    assert main(["findings", "harbour.yaml"]) == 1
    assert "holds several briefs (choose one: --brief one)" in capsys.readouterr().err
    options = ["--brief", "two", "--kind", "risks", "--format", "json"]
    assert main(["findings", "harbour.yaml", *options]) == 0
    id_ = json.loads(capsys.readouterr().out)["id"]
    assert main(["decide", "harbour.yaml", id_, "drop", "--brief", "two"]) == 0
    assert capsys.readouterr().out == "two.decisions.yaml\n"
    assert main(["build", "harbour.yaml"]) == 0
    found = {name: (harbour / f"out/{name}/findings.json").read_text() for name in ("one", "two")}
    assert [id_ in found[name] for name in ("one", "two")] == [True, False]
