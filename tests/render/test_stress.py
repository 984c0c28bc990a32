"""The stress briefs, as far as tests can look at them in seconds; see also make check-output."""

import re
from pathlib import Path

import page
import pytest

from briefgen.model import Brief, Prose, Text
from briefgen.render import render
from tests.helpers import ROOT
from tests.render import sample
from tests.stress import long

SCRIPTS = ROOT / "tests" / "stress" / "scripts"


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Every construct of Markdown on paper, in letters that the packaged fonts have."""
    text = (SCRIPTS / "constructs.md").read_text("utf-8")
    text = re.sub(r"\[@[^]]*\]", "", text[: text.index("## Scripts")])
    text = re.sub("[\u0590-\u06ff\u3000-\u9fff]|&#x4E2D;", "x", text)
    body = Text("Constructs", "section-constructs", Prose(text, ()))
    return render(Brief("b", sample.FRONT, (body,), ()), ["pdf"], SCRIPTS)[0].content


@pytest.mark.parametrize("standard", ["ua1", "3a"])
def test_every_construct_of_markdown_together_conforms(paper: bytes, standard: str) -> None:
    report = page.validate_pdf_bytes(paper, profile=standard)
    assert not [f"{f.rule_id}: {f.message}" for f in report.failures]


def test_the_long_brief_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        long.write(tmp_path / name)
    files = [
        {str(f.relative_to(tmp_path / n)): f.read_bytes() for f in (tmp_path / n).rglob("*.*")}
        for n in ("one", "two")
    ]
    assert files[0] == files[1]
    titles = {content.split(b"\n")[0] for name, content in files[0].items() if "report" in name}
    assert len(titles) == long.DOCUMENTS
