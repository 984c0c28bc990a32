"""A build that remembers writes what one that doesn't would, whatever was edited in between."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.cli import main

from .helpers import ROOT

YAML = """\
title: Dredging the outer harbour
sources:
  - {path: sources/council.txt, title: Statement of the Harbour Council, publisher: Council}
  - {path: sources/opinion.md, date: 2024-05-11}
  - sources/page.html
actors: {Harbour Council: [the Council]}
topics: {Environment: [seabed]}
theme: {colours: {accent: "#1d4f91"}, logo: logo.png, logo_alt: A ship}
sections:
  - text: {title: Why now, file: why.md}
  - positions: {group_by: actor}
  - proposals: {group_by: topic}
  - risks
  - sources
  - method
outputs: [markdown, html]
"""
COUNCIL = """\
We will dredge the outer harbour before winter. The Council said that the seabed can take it.
The fishers warned that silt could smother the oyster beds. Vessels should wait outside.
"""
OPINION = """\
# Leave the seabed alone

Ana Lovell said that the Council must publish its survey. She opposes dredging in spring.
"""
PAGE = """\
<!doctype html><html><head><title>Port of Ansel</title></head><body><main><h1>Port of Ansel</h1>
<p>The Port of Ansel rejected the plan. It warned that dredging may delay ferries until June.</p>
<p>The ministry said that it would support the port. Ferries should run every day.</p>
</main></body></html>
"""
TEMPLATE = "{% for section in brief.sections %}{{ section.title }};{% endfor %}\n"


@pytest.fixture(scope="module", autouse=True)
def compiled_templates() -> None:
    """Here nothing is remembered but by the builds themselves."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    work = tmp_path / "harbour"
    (work / "sources").mkdir(parents=True)
    (work / "harbour.yaml").write_text(YAML, "utf-8")
    (work / "sources" / "council.txt").write_text(COUNCIL, "utf-8")
    (work / "sources" / "opinion.md").write_text(OPINION, "utf-8")
    (work / "sources" / "page.html").write_text(PAGE, "utf-8")
    (work / "why.md").write_text("The Council votes in June [@council]. ![Ship](ship.png)\n")
    _picture(work / "logo.png", "navy")
    _picture(work / "ship.png", "teal")
    return work


def _picture(path: Path, colour: str) -> None:
    from PIL import Image

    Image.new("RGB", (40, 20), colour).save(path)


def _built(folder: Path, cache: bool) -> dict[str, bytes]:
    out = folder.parent / ("kept" if cache else "anew")
    files = pipeline.build(folder / "harbour.yaml", out, cache=cache)
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")

    return edit


def _new(name: str, text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")

    return write


def _shipped(name: str, old: str, new: str) -> Callable[[Path], None]:
    return _new(
        f"templates/{name}", (ROOT / "templates" / name).read_text("utf-8").replace(old, new)
    )


def _renamed(folder: Path) -> None:
    (folder / "sources" / "page.html").rename(folder / "sources" / "ansel.html")
    _edit("harbour.yaml", "page.html", "ansel.html")(folder)


EDITS = {
    "a source's words": _edit("sources/council.txt", "winter", "spring"),
    "a source's length": _edit("sources/page.html", "until June", "until the end of June"),
    "a source's title": _edit("harbour.yaml", "Statement of the Harbour Council", "Speech by Jo"),
    "a source's publisher": _edit("harbour.yaml", "publisher: Council", "publisher: Ministry"),
    "a source's date": _edit("harbour.yaml", "2024-05-11", "2023-01-02"),
    "a source's author": _edit("harbour.yaml", "date: 2024-05-11", "author: Jo Berg"),
    "a source's language": _edit("harbour.yaml", "date: 2024-05-11", "language: fr"),
    "a source's address": _edit("harbour.yaml", "date: 2024-05-11", "url: https://a.example/x"),
    "how much of a source is shown": _edit("harbour.yaml", "date: 2024-05-11", "show: full"),
    "a source's id": _edit("harbour.yaml", "date: 2024-05-11", "id: lovell"),
    "a source's name": _renamed,
    "the order of sources": _edit("harbour.yaml", "  - sources/page.html\n", ""),
    "an actor": _edit("harbour.yaml", "[the Council]", "[the Council, Port of Ansel]"),
    "a topic": _edit("harbour.yaml", "[seabed]", "[dredge, ferries]"),
    "a section's title": _edit("harbour.yaml", "Why now", "Why at all"),
    "a section": _edit("harbour.yaml", "  - risks\n", ""),
    "a section's options": _edit("harbour.yaml", "group_by: actor", "view: table"),
    "the least confidence": _edit("harbour.yaml", "outputs:", "confidence: 0.9\noutputs:"),
    "the file of a text": _edit("why.md", "June", "July"),
    "a template of one's own": _new("templates/sections/sources.md.j2", TEMPLATE),
    "a word of a template": _shipped("words.j2", "Sources", "Documents"),
    "a style sheet": _shipped("styles/screen.css", "max-width", "min-width"),
    "an image": lambda folder: _picture(folder / "ship.png", "red"),
    "the logo": lambda folder: _picture(folder / "logo.png", "red"),
    "the theme": _edit("harbour.yaml", "#1d4f91", "#7a1f1f"),
}


STAMPED = (ROOT / "templates" / "styles" / "print.css").read_text("utf-8") + (
    "\nh1::before { content: url(stamp.png); }\n"
)
ON_PAPER = {
    "a section's title": EDITS["a section's title"],
    "a comment, which is attached": _edit("harbour.yaml", "actors:", "# who\nactors:"),
    "the publisher in the metadata": _edit("harbour.yaml", "theme:", "organisation: A\ntheme:"),
    "a style sheet for paper": _new("templates/styles/print.css", STAMPED + "p { margin: 9pt }"),
    "a picture that only a style sheet names": lambda folder: _picture(
        folder / "templates" / "stamp.png", "red"
    ),
    "the logo": EDITS["the logo"],
    "a decision": lambda folder: _new(
        "harbour.decisions.yaml", f"{_first_id(folder)}: {{drop: true}}\n"
    )(folder),
}


def _first_id(folder: Path) -> str:
    found = json.loads(_built(folder, cache=True)["harbour/findings.json"])
    return str(found["documents"][0]["proposals"][0]["id"])


@pytest.mark.parametrize("edit", ON_PAPER.values(), ids=ON_PAPER)
def test_an_edit_shows_on_paper_too(folder, edit):
    _new("templates/styles/print.css", STAMPED)(folder)
    _picture(folder / "templates" / "stamp.png", "navy")
    _edit("harbour.yaml", "[markdown, html]", "[pdf]")(folder)
    before = _built(folder, cache=True)["harbour/brief.pdf"]
    edit(folder)
    after = _built(folder, cache=True)["harbour/brief.pdf"]
    assert after == _built(folder, cache=False)["harbour/brief.pdf"]
    assert after != before


def test_an_unchanged_pdf_is_not_set_again_and_a_changed_one_is(folder):
    _edit("harbour.yaml", "[markdown, html]", "[pdf]")(folder)
    pdf = folder / "out" / "harbour" / "brief.pdf"
    assert "weasyprint" in _modules(folder, "build", "harbour.yaml")[0].split()
    first = pdf.read_bytes()
    pdf.unlink()
    assert _modules(folder, "build", "harbour.yaml")[0] == ""
    assert pdf.read_bytes() == first
    EDITS["a section's title"](folder)
    assert "weasyprint" in _modules(folder, "build", "harbour.yaml")[0].split()
    assert pdf.read_bytes() != first


FONTS = """\
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir>{rule}</fontconfig>
"""
RULE = "<alias><family>serif</family><prefer><family>Other</family></prefer></alias>"


def test_other_fonts_or_other_settings_of_them_are_other_surroundings(tmp_path):
    fonts, settings = tmp_path / "fonts", tmp_path / "fonts.conf"
    fonts.mkdir()
    settings.write_text(FONTS.format(folder=fonts, rule=""))

    def state(**more: str) -> str:
        code = "from briefgen.render import surroundings; print(surroundings.state())"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "FONTCONFIG_FILE": str(settings)}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env={**environment, **more}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    time.sleep(2.1)
    first = state()
    assert first == state() != "None\n"
    assert state(LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8") != first
    shutil.copy(next((ROOT / "tests").rglob("*.png"), Path(__file__)), fonts / "new.ttf")
    assert state() != first
    time.sleep(2.1)
    second = state()
    assert "None\n" != second != first
    settings.write_text(FONTS.format(folder=fonts, rule=RULE))
    time.sleep(2.1)
    assert state() not in (first, second, "None\n")


def test_other_code_that_sets_pages_sets_them_anew(folder, tmp_path):
    _edit("harbour.yaml", "[markdown, html]", "[pdf]")(folder)
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "briefgen", copy / "briefgen")
    shutil.copytree(ROOT / "templates", copy / "templates")
    _modules(folder, "build", "harbour.yaml", copy=copy)
    assert _modules(folder, "build", "harbour.yaml", copy=copy)[0] == ""
    with (copy / "briefgen" / "render" / "tagging.py").open("a") as file:
        file.write("# otherwise\n")
    assert "weasyprint" in _modules(folder, "build", "harbour.yaml", copy=copy)[0]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_shows_as_if_nothing_were_remembered(folder, edit):
    before = _built(folder, cache=True)
    edit(folder)
    after = _built(folder, cache=True)
    assert after == _built(folder, cache=False)
    assert after != before


def test_nothing_edited_nothing_changed(folder):
    first = _built(folder, cache=True)
    assert first == _built(folder, cache=True) == _built(folder, cache=False)


def test_an_edit_back_finds_what_was_there(folder):
    first = _built(folder, cache=True)
    EDITS["a source's words"](folder)
    _built(folder, cache=True)
    _edit("sources/council.txt", "spring", "winter")(folder)
    assert _built(folder, cache=True) == first


def test_a_warning_is_given_by_every_build(folder, caplog):
    (folder / "sources" / "council.txt").write_bytes(COUNCIL.encode() + b"Caf\xe9 owners agree.\n")
    for _ in range(2):
        caplog.clear()
        _built(folder, cache=True)
        assert "sources/council.txt: is not UTF-8" in caplog.text


COLD = (
    *("numpy", "onnxruntime", "tokenizers", "trafilatura", "pypdfium2", "docx", "rich"),
    *("weasyprint", "tinycss2", "markdown", "lxml", "nh3", "countryinfo", "fontTools"),
)
LISTED = """
import sys
from briefgen.cli import main
assert main(sys.argv[1:]) == 0
print(*(name for name in {names!r} if name in sys.modules), file=sys.stderr)
"""


def _modules(folder: Path, *arguments: str, copy: Path | None = None) -> tuple[str, str]:
    """Which slow modules a command imports in a process of its own, and what it prints."""
    command = [sys.executable, "-c", LISTED.format(names=COLD), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(copy or ROOT)}
    if copy:
        environment["XDG_CACHE_HOME"] = str(copy / "cache")
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr.strip(), done.stdout


def test_a_new_title_opens_no_model_and_no_reader(folder, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))  # nobody has read these before
    shutil.copy(ROOT / "config/china-nato/sources/northgate-note.pdf", folder / "sources")
    shutil.copy(ROOT / "config/china-nato/sources/asterland-reply.docx", folder / "sources")
    more = "  - sources/northgate-note.pdf\n  - sources/asterland-reply.docx\nactors:"
    _edit("harbour.yaml", "actors:", more)(folder)
    assert set(_modules(folder, "build", "harbour.yaml")[0].split()) >= {"onnxruntime", "docx"}
    EDITS["a section's title"](folder)
    assert _modules(folder, "build", "harbour.yaml")[0] == ""


def test_without_the_cache_all_is_read_and_found_again(folder):
    _modules(folder, "build", "harbour.yaml")
    assert "onnxruntime" in _modules(folder, "build", "harbour.yaml", "--no-cache")[0]


def test_findings_of_a_document_are_remembered_too(folder):
    first = _modules(folder, "extract", "sources/council.txt")
    assert "onnxruntime" in first[0]
    assert _modules(folder, "extract", "sources/council.txt") == ("", first[1])
    broad = _modules(folder, "extract", "sources/council.txt", "--broad")
    assert "onnxruntime" in broad[0]
    assert _modules(folder, "extract", "sources/council.txt", "--broad") == ("", broad[1])
    assert json.loads(broad[1])["schema"] != json.loads(first[1])["schema"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("text/model/decoding.json", '"name": "', '"name": "other '),
        ("extract/judgement.py", '"""', '"""Otherwise: '),
        ("sources/text.py", '"""', '"""Otherwise: '),
    ],
    ids=["the model", "the code that finds", "the code that reads"],
)
def test_another_model_or_other_code_starts_anew(folder, tmp_path, part, old, new):
    shutil.copytree(ROOT / "briefgen", tmp_path / "copy" / "briefgen")
    command = ("extract", "sources/council.txt", "sources/page.html")
    first = _modules(folder, *command, copy=tmp_path / "copy")
    assert "onnxruntime" in first[0]
    assert _modules(folder, *command, copy=tmp_path / "copy") == ("", first[1])
    file = tmp_path / "copy" / "briefgen" / part
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    again = "trafilatura" if part.startswith("sources") else "onnxruntime"
    assert again in _modules(folder, *command, copy=tmp_path / "copy")[0]


def test_a_cache_that_is_no_cache_stops_nothing(folder, user_cache, capsys):
    place = user_cache / "briefgen" / "found.sqlite3"
    expected = _built(folder, cache=False)
    for left in place.parent.glob("found.sqlite3*"):
        left.unlink()
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"something else altogether" * 1000)
    assert main(["build", str(folder / "harbour.yaml"), "--out", str(folder / "out")]) == 0
    assert capsys.readouterr().err == ""
    assert _built(folder, cache=True) == expected
    assert place.with_name("found.sqlite3.damaged").exists()
