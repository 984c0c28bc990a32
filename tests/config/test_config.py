import re
from pathlib import Path

import pytest

from briefgen.config import load
from briefgen.errors import ConfigError
from briefgen.model import Kind
from tests.helpers import cases

HEAD = "title: T\nsources: [a.txt]\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "brief.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(("title", "text", "expected"), cases("config.md"), ids=lambda v: v[:40])
def test_problems(title: str, text: str, expected: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    lines = [line.removeprefix(f"{path}:") for line in caught.value.lines]
    lines = [line.replace(f"{tmp_path}/", "") for line in lines]
    assert all(re.match(r"\d+:\d+: \S", line) for line in lines)
    assert "\n".join(lines) == expected, title


def test_a_lone_title_and_sources_are_enough(tmp_path: Path) -> None:
    config = load(write(tmp_path, HEAD))
    assert [section.section for section in config.settings.sections] == [
        "key_messages",
        "positions",
        "proposals",
        "risks",
        "sources",
        "method",
    ]
    assert [str(f) for f in config.settings.outputs] == ["markdown", "html", "pdf"]
    assert config.slug == "brief"


def test_dates_stay_as_exact_as_they_are_written(tmp_path: Path) -> None:
    for written in ("2024", "2024-07", "2024-07-10"):
        assert load(write(tmp_path, f"{HEAD}date: {written}\n")).settings.date == written


def test_words_such_as_no_are_keys_like_any_other(tmp_path: Path) -> None:
    config = load(write(tmp_path, f"{HEAD}actors:\n  No: [Nein]\n  2024: [year]\n"))
    assert list(config.settings.actors) == ["No", "2024"]


def test_the_same_section_may_stand_twice(tmp_path: Path) -> None:
    sections = "sections:\n  - positions: {actors: NATO}\n  - positions: {stances: oppose}\n"
    first, second = load(write(tmp_path, HEAD + sections)).settings.sections
    assert first.actors == ("NATO",)
    assert [str(s) for s in second.stances] == ["oppose"]


def test_a_lone_confidence_counts_for_every_kind(tmp_path: Path) -> None:
    one = load(write(tmp_path, f"{HEAD}confidence: 1\n")).settings.confidence
    assert [one.of(kind) for kind in Kind] == [1.0, 1.0, 1.0]
    some = load(write(tmp_path, f"{HEAD}confidence: {{risks: 0.4}}\n")).settings.confidence
    assert [some.of(kind) for kind in Kind] == [None, None, 0.4]


def test_text_comes_from_a_file_beside_the_yaml(tmp_path: Path) -> None:
    (tmp_path / "why.md").write_text("Because.", "utf-8")
    config = load(write(tmp_path, HEAD + "sections: [{text: {file: why.md}}]\n"))
    assert config.texts == {"why.md": "Because."}


def test_text_from_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.", "utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    path = write(inner, HEAD + "sections: [{text: {file: ../secret.md}}]\n")
    with pytest.raises(ConfigError, match=r":3:20: \.\./secret\.md is outside"):
        load(path)


def test_an_alias_bomb_is_refused_quickly(tmp_path: Path) -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12))
    with pytest.raises(ConfigError, match="expands to more than 100,000 values"):
        load(write(tmp_path, f"{HEAD}l0: &l0 [x]\n{levels}\n"))


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nested more than 100 levels deep"):
        load(write(tmp_path, HEAD + "authors: " + "[" * 5000 + "]" * 5000 + "\n"))


def test_other_encodings_are_named(tmp_path: Path) -> None:
    path = tmp_path / "brief.yaml"
    path.write_bytes("title: T\nsubtitle: café\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"brief\.yaml:2:1: is not UTF-8"):
        load(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.yaml: cannot be read: No such file"):
        load(tmp_path / "gone.yaml")
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load(tmp_path)
