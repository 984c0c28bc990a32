import logging
from pathlib import Path

import pytest

from briefgen import config
from briefgen.errors import SourceError
from briefgen.model import Document
from briefgen.sources import load, read

PROSE = "The council voted for the plan on Tuesday, by one vote.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources" / "old").mkdir(parents=True)
    for name in ("b.md", "a.md", "notes.txt", "old/c.md"):
        (tmp_path / "sources" / name).write_text(f"# Plan {name[-4]}\n\n{PROSE}")
    return tmp_path


def _load(folder: Path, sources: str) -> list[Document]:
    path = folder / "brief.yaml"
    path.write_text(f"title: Plan\nsources:\n{sources}")
    return load(config.load(path))


def _problems(folder: Path, sources: str) -> list[str]:
    with pytest.raises(SourceError) as error:
        _load(folder, sources)
    assert all("\n" not in line for line in error.value.lines)
    return [line.replace(f"{folder}/", "") for line in error.value.lines]


def _locations(folder: Path, sources: str) -> list[str]:
    return [document.source.location for document in _load(folder, sources)]


def test_globs_are_sorted_and_entries_keep_their_order(folder):
    assert _locations(folder, "  - sources/notes.txt\n  - sources/*.md\n") == [
        "sources/notes.txt",
        "sources/a.md",
        "sources/b.md",
    ]


def test_how_much_of_a_source_is_shown_is_said_for_one_or_for_a_glob(folder):
    entries = "  - {path: sources/*.md, show: quote}\n  - {path: sources/a.md, show: full}\n"
    shown = [d.source.show for d in _load(folder, f"{entries}  - sources/notes.txt\n")]
    assert shown == ["full", "quote", "paragraph"]


def test_two_stars_go_into_folders(folder):
    assert _locations(folder, "  - sources/**/*.md\n") == [
        "sources/a.md",
        "sources/b.md",
        "sources/old/c.md",
    ]


def test_what_the_entry_says_wins(folder):
    (document,) = _load(
        folder,
        "  - {path: sources/a.md, id: plan, title: The plan, author: Town, publisher: Press,\n"
        "     date: 2023-03, language: pt-BR, url: 'https://example.org/plan'}\n",
    )
    source = document.source
    assert (source.id, source.title, source.author) == ("plan", "The plan", "Town")
    assert (source.publisher, source.published, source.language) == ("Press", "2023-03", "pt-BR")
    assert (source.location, source.url) == ("sources/a.md", "https://example.org/plan")


@pytest.mark.parametrize("glob_first", [True, False])
def test_a_file_of_a_glob_with_an_entry_of_its_own_is_one_source(glob_first, folder):
    lines = ["  - sources/*.md\n", "  - {path: sources/./b.md, title: The plan}\n"]
    documents = _load(folder, "".join(lines if glob_first else reversed(lines)))
    titles = [document.source.title for document in documents]
    assert titles == (["Plan a", "The plan"] if glob_first else ["The plan", "Plan a"])


def test_a_name_with_brackets_is_that_file(folder):
    (folder / "sources" / "[draft] plan.md").write_text(PROSE)
    (document,) = _load(folder, "  - 'sources/[draft] plan.md'\n")
    assert document.source.id == "draft-plan"


def test_ids_come_from_names(folder):
    (folder / "sources" / "Café_№ 7.txt").write_text(PROSE)
    (folder / "sources" / "план.txt").write_text(PROSE)
    documents = _load(folder, "  - sources/*.txt\n")
    assert [d.source.id for d in documents] == ["cafe-no-7", "notes", "source-3"]


def test_every_problem_is_told_at_once(folder):
    (folder / "sources" / "x.rtf").write_bytes(rb"{\rtf1 x}")
    (folder / "sources" / "empty.txt").write_text("")
    problems = _problems(
        folder,
        "  - sources/*.pdf\n  - sources/A.txt\n  - sources\n  - sources/x.rtf\n"
        "  - path: sources/notes.md\n  - sources/empty.txt\n"
        "  - {path: sources/*.md, title: Plans}\n",
    )
    assert problems == [
        "brief.yaml:3:5: sources/*.pdf matches no file",
        "brief.yaml:4:5: there is no file sources/A.txt",
        "brief.yaml:5:5: sources is a folder; write sources/* for its files",
        "brief.yaml:7:5: there is no file sources/notes.md (did you mean 'notes.txt'?)",
        "brief.yaml:9:6: sources/*.md matches 2 files, which can't share one title (name each)",
        "brief.yaml:6:5: sources/x.rtf: no reader for .rtf (known: .txt .md .html .pdf .docx); "
        "it is an RTF document; save it as .docx",
        "brief.yaml:8:5: sources/empty.txt: is empty (take it out, or get the file again)",
    ]


def test_two_sources_with_one_id_are_named_both(folder):
    (folder / "sources" / "a.txt").write_text(PROSE)
    (problem,) = _problems(folder, "  - sources/a.*\n")
    assert "sources/a.md and sources/a.txt would both have the id 'a'" in problem
    assert "`id:`" in problem


def test_the_same_entry_twice_is_an_error(folder):
    (problem,) = _problems(folder, "  - sources/a.md\n  - ./sources/a.md\n")
    assert "brief.yaml:4:5: ./sources/a.md is named twice" in problem


def test_read_without_a_configuration(folder):
    document = read(folder / "sources" / "a.md")
    assert document.source.id == "a"
    assert document.source.title == "Plan a"
    with pytest.raises(SourceError, match=r"nowhere\.txt: there is no such file$"):
        read(folder / "nowhere.txt")
    with pytest.raises(SourceError, match=r"is a folder"):
        read(folder)


def test_warnings_name_the_source(folder, caplog):
    (folder / "sources" / "x.pdf").write_text(f"<html><body><p>{PROSE}</p></body></html>")
    with caplog.at_level(logging.WARNING):
        _load(folder, "  - sources/x.pdf\n")
    assert caplog.messages[0].startswith("sources/x.pdf: is an HTML page")
