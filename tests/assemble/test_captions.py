"""References to figures and tables, and captions of the analyst's own."""

import re
from pathlib import Path

import pytest

from briefgen import config
from briefgen.assemble import assemble
from briefgen.errors import ConfigError
from briefgen.extract import extract
from briefgen.model import Brief
from briefgen.render import render
from briefgen.text.tagger import Tagger
from tests.helpers import document
from tests.render.test_templates import PIXEL

MINUTES = (
    "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
    "The Fishers' Association opposes the dredging plan for the outer harbour."
)


def made(folder: Path, tagger: Tagger, words: str) -> Brief:
    (folder / "why.md").write_text(words, "utf-8")
    (folder / "map.png").write_bytes(PIXEL)
    path = folder / "harbour.yaml"
    path.write_text(
        "title: Harbour\nsources: [x.txt]\nconfidence: 0\ntopics: {Works: [dredging]}\n"
        "sections:\n"
        "  - text: {file: why.md}\n"
        "  - positions: {chart: true, view: table}\n"
        "  - positions: {chart: true, title: Again}\n",
        "utf-8",
    )
    return assemble(config.load(path), [extract(document(MINUTES, "minutes"), tagger)], "model 1")


def written(folder: Path, tagger: Tagger, words: str) -> tuple[str, str]:
    """The HTML and the Markdown of a brief with these words, no-break spaces made plain."""
    brief = made(folder, tagger, words)
    page, text = (a.content.decode() for a in render(brief, ["html", "markdown"], folder)[:2])
    return page.replace("\u00a0", " "), text.replace("\u00a0", " ")


def test_references_forward_become_links_and_plain_words(tmp_path: Path, tagger: Tagger) -> None:
    words = "See [@fig:positions], [@tab:positions], *[@fig:positions-2]* and `[@fig:nothing]`."
    page, text = written(tmp_path, tagger, words)
    assert '<a href="#figure-1">Figure 1</a>, <a href="#table-1">Table 1</a>' in page
    assert '<em><a href="#figure-2">Figure 2</a></em>' in page
    assert 'id="figure-1"' in page
    assert 'id="figure-2"' in page
    assert 'id="table-1"' in page
    assert "See Figure 1, Table 1, *Figure 2* and `[@fig:nothing]`." in text


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("a\n\nb [@fig:postions]", "why.md:3: no figure is called 'postions' (did you mean "),
        ("[@tab:positions-2]", "why.md:1: no table is called 'positions-2' (did you mean "),
        ("[@fig:zzz]", "(known: fig:positions, fig:positions-2)"),
    ],
)
def test_references_to_nothing_are_named(
    tmp_path: Path, tagger: Tagger, words: str, problem: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        made(tmp_path, tagger, words)
    (line,) = caught.value.lines
    assert line.startswith(f"{tmp_path / 'why.md'}:")
    assert problem in line


TABLE = "| Depth | Cost |\n| --- | --: |\n| 13 m | 88 |\n"


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_line_below_a_table_is_its_caption(tmp_path: Path, tagger: Tagger, gap: str) -> None:
    caption = "Table: Cost in *millions* [@minutes] {#tab:costs}"
    words = f"As [@tab:costs] says:\n\n{TABLE}{gap}{caption}\n\nMore."
    page, text = written(tmp_path, tagger, words)
    assert 'As <a href="#table-1">Table 1</a> says' in page
    assert '<caption><b id="table-1">Table 1.</b> Cost in <em>millions</em>' in page
    assert page.index("<caption>") < page.index("13 m")
    assert "| 13 m | 88 |\n\n**Table 1.** Cost in *millions*[^1]\n\nMore." in text
    assert "**Table 2.** Positions by actor" in text


def test_an_image_with_a_title_is_a_figure(tmp_path: Path, tagger: Tagger) -> None:
    page, text = written(
        tmp_path, tagger, 'Before.\n\n![A map](map.png "The harbour"){#fig:map}\n\nSee [@fig:map].'
    )
    assert '<figcaption><b id="figure-1">Figure 1.</b> The harbour</figcaption>' in page
    assert re.search(r'<figure><img alt="A map"[^>]*><figcaption>', page)
    assert 'See <a href="#figure-1">Figure 1</a>.' in page
    assert "![A map](map.png)\n\n**Figure 1.** The harbour\n\nSee Figure 1." in text
    assert "**Figure 2.** Stances by actor and topic" in text


@pytest.mark.parametrize(
    "words",
    [
        f"```\n{TABLE}Table: code\n```\n",
        "Table: words that follow no table.\n",
        '<!-- ![A map](map.png "hidden") -->\n',
        'In a line ![A map](map.png "The harbour") of words.\n',
    ],
)
def test_other_words_are_no_captions(tmp_path: Path, tagger: Tagger, words: str) -> None:
    page, text = written(tmp_path, tagger, words)
    assert "**Figure 1.** Stances" in text
    assert "**Table 1.** Positions" in text
    assert page.count("<caption") == 1
