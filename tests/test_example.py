"""The example brief, whole: compared with golden files that are reviewed as a diff."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from briefgen.cli import main
from tests.helpers import ROOT, SHARED

GOLDEN = Path(__file__).parent / "golden"
CONFIG = ROOT / "config" / "china-nato.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once from another folder than its own."""
    out = tmp_path_factory.mktemp("out")
    assert main(["build", str(CONFIG), "--out", str(out)]) == 0
    return out / "china-nato"


@pytest.mark.parametrize("name", ["brief.md", "brief.html", "findings.json"])
def test_golden(name: str, built: Path, request: pytest.FixtureRequest) -> None:
    found = (built / name).read_text("utf-8")
    golden = GOLDEN / "china-nato" / name
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8"), "review, then: pytest --update-golden"


def test_golden_files_are_not_rewritten_in_ci(request: pytest.FixtureRequest) -> None:
    assert not (os.environ.get("CI") and request.config.getoption("--update-golden"))


def test_the_pdf_says_what_the_html_says(built: Path) -> None:
    """Every note and heading of the page is on paper: a note area too full would lose some."""
    html = (built / "brief.html").read_text("utf-8")
    numbers = {int(n) for n in re.findall(r'id="note-(\d+)"', html)}
    reader = pypdf.PdfReader(built / "brief.pdf")
    text = "\n".join(page.extract_text() for page in reader.pages)
    ids = {name.removeprefix("note-") for name in reader.named_destinations if "note-" in name}
    assert {int(n) for n in ids} >= numbers
    assert numbers == set(range(1, len(numbers) + 1))
    for number in numbers:
        assert re.search(rf"^\s*{number}\s+[“\"A-Z]", text, re.M), f"note {number} is not printed"
    assert [b.title for b in reader.outline if isinstance(b, pypdf.generic.Destination)]
    assert f"Page 2 of {len(reader.pages)}" in text
    assert reader.metadata is not None
    assert reader.metadata.title == "China and NATO after the Washington summit"


def test_the_same_input_gives_the_same_bytes_anywhere(built: Path, tmp_path: Path) -> None:
    """Another process, folder, hash seed, time zone and locale."""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-m", "briefgen", "build", str(CONFIG)],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    for path in built.iterdir():
        assert (tmp_path / "out/china-nato" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.skipif(not SHARED.exists(), reason="needs the real source document")
def test_a_brief_from_a_real_document(tmp_path: Path) -> None:
    """Who and what a reader of that document would look for; its text stays outside."""
    source = (SHARED / "input" / "china-nato.txt").read_bytes()
    (tmp_path / "source.txt").write_bytes(source)
    (tmp_path / "real.yaml").write_text(
        "title: China and NATO\n"
        "sources: [source.txt]\n"
        "actors: {Joe Biden: [Biden, President Biden]}\n"
        "outputs: [markdown]\n"
        "sections: [positions, proposals, risks]\n"
    )
    assert main(["build", str(tmp_path / "real.yaml"), "--out", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out/real/brief.md").read_text("utf-8")
    positions, proposals = text.index("## Positions"), text.index("## Proposals")
    risks, notes = text.index("## Risks"), text.index("[^1]: ")
    for name in ("NATO", "Wang Yi", "Lin Jian", "Joe Biden", "Jake Sullivan"):
        assert f"### {name}\n" in text[positions:proposals], name
    for words in ("open invitation", "Partnership Forum", "office in Tokyo or Seoul"):
        assert words in text[proposals:risks], words
    assert "alienating" in text[risks:notes]


@pytest.mark.parametrize(("preset", "pages"), [("glance", {1, 2}), ("brief", {3, 4, 5})])
def test_a_preset_is_as_long_as_it_says(preset: str, pages: set[int], tmp_path: Path) -> None:
    """The example with one section of each kind."""
    text = CONFIG.read_text("utf-8")
    front = text[: text.index("\nsections:")]
    (tmp_path / CONFIG.stem).symlink_to(CONFIG.parent / CONFIG.stem, target_is_directory=True)
    yaml = tmp_path / f"{preset}.yaml"
    yaml.write_text(f"{front}\npreset: {preset}\noutputs: pdf\n", "utf-8")
    assert main(["build", str(yaml), "--out", str(tmp_path / "out")]) == 0
    reader = pypdf.PdfReader(tmp_path / "out" / preset / "brief.pdf")
    assert len(reader.pages) in pages
