"""What ``findings.json`` and the lines of ``briefgen extract`` hold."""

from dataclasses import replace

import pytest

from briefgen.model import Extraction, Finding, Level, Stance
from briefgen.render.findings import line
from tests.helpers import document
from tests.render import sample


@pytest.mark.parametrize(
    "finding",
    [
        sample.position("Harbour Board", "the quays are ready", Stance.SUPPORT),
        sample.proposal("Harbour Board", "build a second pilot station", None),
        sample.risk(None, "the colony may leave", Level.POSSIBLE, "may"),
    ],
    ids=lambda finding: str(finding.kind),
)
def test_every_kind_carries_its_confidence_with_two_decimals(finding: Finding) -> None:
    made = line(Extraction(document("Words."), (replace(finding, confidence=0.8765),)))
    (found,) = made[finding.kind]
    assert found["confidence"] == 0.88
