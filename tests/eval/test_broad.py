"""Quality floors of every attribution in the wide sense, on PolNeAR's development documents."""

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefgen import sources
from briefgen.extract import attributions
from briefgen.render.findings import broad_line
from briefgen.text.tagger import Tagger
from tests.helpers import SHARED

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text())["broad"]

EVAL = SHARED / "eval"


@pytest.fixture(scope="module")
def scores(tagger: Tagger) -> dict[str, Any]:
    if not EVAL.exists():
        pytest.skip("needs the labelled documents")
    spec = importlib.util.spec_from_file_location("scorer", EVAL / "score_attributions.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = scorer.read_gold(str(EVAL / "polnear" / "dev"))
    found = {}
    for stem in gold:
        document = sources.read(EVAL / "polnear" / "dev" / "text" / f"{stem}.txt")
        line = broad_line(document, attributions(document, tagger))
        found[stem] = [spans(attribution) for attribution in line["attributions"]]
    result, _ = scorer.score(gold, found)
    measured: dict[str, Any] = result
    return measured


def spans(attribution: Mapping[str, Any]) -> dict[str, list[list[int]]]:
    """Offsets of each part, as the scorer wants them."""
    parts = {
        "source": [attribution["source"]],
        "cue": [attribution["cue"]],
        "content": attribution["content"],
    }
    return {
        name: [[piece["start"], piece["end"]] for piece in pieces if piece]
        for name, pieces in parts.items()
    }


@pytest.mark.parametrize(
    ("measure", "kind"), [("content", "all"), ("content", "direct"), ("source_content", "all")]
)
def test_attributions_stay_above_the_floor(measure: str, kind: str, scores: dict[str, Any]) -> None:
    found = scores[measure][kind]["f1"]
    print(measure, kind, found)
    assert found >= FLOORS[f"{measure} {kind}"]
