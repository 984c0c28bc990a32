"""Errors as they look on a terminal and in a pipe."""

import io
from pathlib import Path

import pytest

from briefgen.complaints import show


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")  # 80 columns without colours
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def shown(complaint: str, stream: io.StringIO, **words: str) -> list[str]:
    show(complaint, stream, **words)
    return stream.getvalue().splitlines()


def test_a_pipe_gets_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: T\n")
    line = f"{tmp_path}/a.yaml:1:1: wrong (right)"
    assert shown(line, io.StringIO(), prefix="briefgen: ") == [f"briefgen: {line}"]
    assert shown(line, io.StringIO(), label="warning") == [
        f"{tmp_path}/a.yaml:1:1: warning: wrong (right)"
    ]


def test_a_terminal_gets_the_line_and_a_caret(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: T\nsections: [risk]\n")
    line = f"{tmp_path}/a.yaml:2:12: no section [bold]is called 'risk'"
    assert shown(line, Terminal()) == [
        line,
        "    2 | sections: [risk]",
        "      |            ^",
    ]


def test_the_caret_stands_below_wide_letters_and_in_long_lines(tmp_path: Path) -> None:
    text = "标题标题: T\n" + "x" * 150 + "HERE" + "x" * 150 + "\n"
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    _, line, caret = shown(f"{tmp_path}/a.yaml:1:7: wrong", Terminal())
    assert line.index("T") + 4 == caret.index("^")
    _, line, caret = shown(f"{tmp_path}/a.yaml:2:151: wrong", Terminal())
    assert line[caret.index("^") :].startswith("HERE")
    assert max(len(line), len(caret)) <= 80


@pytest.mark.parametrize(
    "complaint",
    ["a.yaml: is gone", "a.yaml:7:1: wrong", "a.yaml:9999999999:9: wrong", "gone.yaml:1:1: wrong"],
)
def test_without_a_line_to_show_the_words_are_all(
    complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"\xff\x1b[31m\n")
    assert shown(complaint, Terminal()) == [complaint]


def test_control_characters_of_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\x1b[31m\tb: c\n")
    _, line, caret = shown(f"{tmp_path}/a.yaml:1:8: wrong", Terminal())
    assert "\x1b" not in line
    assert line[caret.index("^")] == "b"
