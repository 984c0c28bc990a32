"""Images in the analyst's Markdown, as they get into the outputs."""

from pathlib import Path

import pytest

from briefgen.model import Brief, Prose, Text
from briefgen.render import render
from tests.helpers import ROOT
from tests.render import sample

PICTURE = (ROOT / "tests" / "stress" / "scripts" / "picture.png").read_bytes()


def made(markdown: str, folder: Path, *formats: str) -> dict[str, bytes]:
    text = Text("Text", "section-text", Prose(markdown, ()))
    brief = Brief("b", sample.FRONT, (text,), ())
    return {str(a.path): a.content for a in render(brief, formats, folder)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my figs").mkdir()
    (tmp_path / "my figs" / "a.png").write_bytes(PICTURE)
    (tmp_path / "b.png").write_bytes(PICTURE)
    return tmp_path


def test_markdown_gets_its_images_beside_it(folder: Path) -> None:
    words = "![A](my%20figs/a.png) ![B](./b.png) [![B](b.png)](https://x.example)\n\n`![C](c.png)`"
    files = made(words, folder, "markdown")
    assert set(files) == {"brief.md", "my figs/a.png", "b.png"}
    assert files["my figs/a.png"] == PICTURE
    assert b"![A](my%20figs/a.png)" in files["brief.md"]


def test_html_holds_its_images(folder: Path) -> None:
    files = made("![A](my%20figs/a.png)", folder, "html")
    assert set(files) == {"brief.html"}
    assert b'src="data:image/png;base64,' in files["brief.html"]


def test_nothing_is_written_outside_the_folder(folder: Path) -> None:
    inside = f"../{folder.name}/b.png"
    files = made(f"![A]({inside}) ![B]({folder}/b.png)", folder, "markdown")
    assert set(files) == {"brief.md"}
