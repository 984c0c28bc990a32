"""Quality floors on labelled documents; a change keeps or raises them."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from briefgen import sources
from briefgen.extract import extract
from briefgen.render.findings import line
from briefgen.text.tagger import Tagger
from tests.helpers import SHARED

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text())

EVAL = SHARED / "eval"
FIELDS = {
    "positions": ("actor", "statement"),
    "proposals": ("proposer", "action"),
    "risks": ("voice", "risk"),
}


def record(found: dict[str, Any], holder: str, content: str) -> dict[str, Any]:
    """One finding as the scorer wants it: plain strings."""
    who, what = found[holder] or {}, found[content]
    words = [piece["text"] for piece in what] if isinstance(what, list) else what["text"]
    return {
        "sentence": found["sentence"]["text"],
        holder: who.get("text"),
        f"{holder}_name": who.get("name"),
        content: words,
        "stance": found.get("stance"),
    }


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory, tagger: Tagger) -> dict[str, Any]:
    if not EVAL.exists():
        pytest.skip("needs the labelled documents")
    predicted = tmp_path_factory.mktemp("predicted")
    for path in sorted((EVAL / "findings" / "docs").glob("*.txt")):
        found = line(extract(sources.read(path), tagger))
        rows = {kind: [record(f, *fields) for f in found[kind]] for kind, fields in FIELDS.items()}
        (predicted / f"{path.stem}.json").write_text(json.dumps({"id": path.stem, **rows}))
    spec = importlib.util.spec_from_file_location("scorer", EVAL / "score_findings.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    result: dict[str, Any] = scorer.score(EVAL / "findings" / "gold", predicted)
    return result


@pytest.mark.parametrize("kind", FIELDS)
def test_records_and_holders_stay_above_the_floor(kind: str, scores: dict[str, Any]) -> None:
    found = {m: round(scores[kind][m][2] * 100, 1) for m in ("sentence", "record", "+holder")}
    print(kind, found)
    assert found["record"] >= FLOORS[kind]["record"]
    assert found["+holder"] >= FLOORS[kind]["holder"]
