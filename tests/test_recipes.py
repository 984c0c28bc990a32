"""The recipes of docs/recipes.md build as they stand there, and give what their titles promise."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from briefgen.cli import main
from tests.helpers import ROOT

RECIPES = (ROOT / "docs" / "recipes.md").read_text("utf-8")

_NAMED = re.compile(r"^(?:# |\{# |<!-- )(?P<name>[\w./-]+)", re.M)


def files() -> Iterator[tuple[str, str]]:
    """Name and text of each file of the recipes."""
    for block in re.findall(r"^```\w+\n(.*?)^```$", RECIPES, re.M | re.S):
        named = _NAMED.match(block)
        assert named, block
        yield named["name"], block


BRIEFS = [name for name, text in files() if re.search(r"^(title|briefs):", text, re.M)]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes") / "harbour"
    assert main(["init", str(folder)]) == 0
    for name, text in files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def built(harbour: Path, name: str, slug: str | None = None) -> str:
    """A recipe's Markdown, once `briefgen check` has nothing to say of it."""
    path = harbour / name
    # A source that is too old is one that nothing cites.
    strict = [] if name == "recent.yaml" else ["--strict"]
    assert main(["check", str(path), *strict]) == 0
    out = harbour.parent / "out"
    assert main(["build", str(path), "--out", str(out)]) == 0
    return (out / (slug or path.stem) / "brief.md").read_text("utf-8")


EXPECTED = {
    "minister.yaml": (["## Key messages", "| Actor | Position |", "## Risks"], ["## Proposals"]),
    "no-12.yaml": (["Policy Brief 12/2024", "Eastmere Policy Unit", "| Actor |"], []),
    "both.yaml": ([], []),
    "council.yaml": (["two hundred jobs", "every month of delay"], ["spawning grounds"]),
    "recent.yaml": (["every month of delay"], ["spawning grounds"]),
    "rated.yaml": (["| High | – | R2 | – |", "| Medium | – | R1 | – |"], []),
    "sure.yaml": (["it supports the dredging plan", "not shown"], ["publish the figures"]),
    "voices.yaml": (["They said it.", "> “a port that stands still is a port that shrinks”[^"], []),
    "colours.yaml": (["4 Quay Street, Eastmere EM1 2AB"], []),
    "port.yaml": (["## L’essentiel", "### Conseil du port", "## Sources citées"], ["## Risks"]),
}
"""Words that stand in each brief, and words that don't."""


def test_there_are_ten_and_each_is_looked_at() -> None:
    assert len(re.findall(r"^## ", RECIPES, re.M)) == 10
    assert list(EXPECTED) == BRIEFS


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != "both.yaml"])
def test_a_recipe_gives_what_it_promises(name: str, harbour: Path) -> None:
    text = built(harbour, name)
    here, not_here = EXPECTED[name]
    assert [words for words in here if words not in text] == []
    assert [words for words in not_here if words in text] == []


def test_one_page_is_one_page(harbour: Path) -> None:
    built(harbour, "minister.yaml")
    assert len(pypdf.PdfReader(harbour.parent / "out/minister/brief.pdf").pages) == 1


def test_one_list_makes_two_briefs(harbour: Path) -> None:
    assert "## Positions" not in built(harbour, "both.yaml", "in-brief")
    assert "## Positions" in built(harbour, "both.yaml", "in-full")


def test_house_colours_and_the_logo_are_on_the_page(harbour: Path) -> None:
    built(harbour, "colours.yaml")
    page = (harbour.parent / "out/colours/brief.html").read_text("utf-8")
    assert "#7a1f2b" in page
    assert 'alt="Eastmere Policy Unit"' in page
