import copy
import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from briefgen.evaluate import Evaluation, Labelled, load, measure
from briefgen.evaluate.measure import Fault
from briefgen.model import Extraction, Kind
from tests.evaluate.helpers import FIELDS, LABELS, finding, write
from tests.helpers import SHARED

EVAL = SHARED / "eval"
POSITION = LABELS["positions"][0]
OTHER = "Ships came and went."


def extraction(
    labelled: Labelled, *labels: dict[str, Any], kind: Kind = Kind.POSITION
) -> Extraction:
    return Extraction(labelled.document, tuple(finding(kind, label) for label in labels))


def evaluated(folder: Path, *found: dict[str, Any], labels: object = LABELS) -> Evaluation:
    (labelled,) = load(write(folder, labels))
    return measure([labelled], [extraction(labelled, *found)])


def test_finding_what_is_labelled_scores_full(tmp_path: Path) -> None:
    evaluation = evaluated(tmp_path, POSITION)
    tally = evaluation.kinds[Kind.POSITION]
    assert (tally.gold, tally.found, tally.paired) == (1, 1, 1)
    scores = (tally.sentence, tally.record, tally.holder)
    assert [score.f1 for score in scores] == [1, 1, 1]
    assert tally.accuracy == 1
    assert evaluation.errors == ()


def test_finding_nothing_scores_nothing(tmp_path: Path) -> None:
    evaluation = evaluated(tmp_path)
    tally = evaluation.kinds[Kind.POSITION]
    assert (tally.record.precision, tally.record.recall, tally.record.f1) == (0, 0, 0)
    assert tally.accuracy is None
    assert [error.fault for error in evaluation.errors] == [Fault.MISSED]


def test_a_wrong_holder_costs_the_holder_figure_alone(tmp_path: Path) -> None:
    named = {**POSITION, "actor": "Ana Lovell", "actor_name": "Ana Lovell"}
    evaluation = evaluated(tmp_path, named)
    tally = evaluation.kinds[Kind.POSITION]
    assert (tally.record.f1, tally.holder.f1) == (1, 0)
    (error,) = evaluation.errors
    assert error.fault is Fault.HOLDER
    assert error.labelled is not None
    assert error.found is not None
    assert (error.labelled.name, error.found.name) == ("Harbour Council", "Ana Lovell")


def test_stance_and_status_are_measured_on_paired_records(tmp_path: Path) -> None:
    proposal = {
        "sentence": LABELS["positions"][0]["sentence"],
        "action": "the dredging plan",
        "status": "planned",
    }
    labels = {**LABELS, "proposals": [proposal]}
    (labelled,) = load(write(tmp_path, labels))
    found = Extraction(
        labelled.document,
        (
            finding(Kind.POSITION, {**POSITION, "stance": "support"}),
            finding(Kind.PROPOSAL, {**proposal, "status": "agreed"}),
        ),
    )
    evaluation = measure([labelled], [found])
    assert [evaluation.kinds[kind].accuracy for kind in Kind] == [0, 0, None]
    assert [error.fault for error in evaluation.errors] == [Fault.JUDGED, Fault.JUDGED]


def test_a_label_without_a_stance_is_not_judged(tmp_path: Path) -> None:
    silent = {key: value for key, value in POSITION.items() if key != "stance"}
    evaluation = evaluated(tmp_path, POSITION, labels={"positions": [silent]})
    assert evaluation.kinds[Kind.POSITION].accuracy is None
    assert evaluation.errors == ()


def test_figures_are_of_all_documents_together_not_their_mean(tmp_path: Path) -> None:
    two = [POSITION, {**POSITION, "statement": ["Ships came"], "sentence": OTHER}]
    write(tmp_path, name="one")
    write(tmp_path, {"positions": two}, name="two")
    one, both = load(tmp_path)
    evaluation = measure([one, both], [extraction(one, POSITION), extraction(both)])
    assert evaluation.kinds[Kind.POSITION].record.recall == 1 / 3
    assert [d.tallies[Kind.POSITION].record.recall for d in evaluation.documents] == [1, 0]


def test_errors_come_gravest_and_longest_first(tmp_path: Path) -> None:
    def position(words: str, **facts: str) -> dict[str, Any]:
        return {**POSITION, "sentence": f"{words}.", "statement": [words], **facts}

    labels = {
        "positions": [
            position("alpha beta gamma delta"),
            position("epsilon zeta"),
            position("eta theta"),
            position("iota kappa lambda"),
        ]
    }
    found = [
        position("one two"),
        position("three four five"),
        position("epsilon zeta", actor="Amsel", actor_name="Amsel"),
        position("eta theta", stance="support"),
        position("iota kappa lambda", stance="neutral"),
    ]
    errors = evaluated(tmp_path, *found, labels=labels).errors
    assert [(error.fault, error.record.words) for error in errors] == [
        (Fault.INVENTED, "three four five"),
        (Fault.INVENTED, "one two"),
        (Fault.HOLDER, "epsilon zeta"),
        (Fault.JUDGED, "eta theta"),
        (Fault.JUDGED, "iota kappa lambda"),
        (Fault.MISSED, "alpha beta gamma delta"),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_an_independent_scorer(tmp_path: Path, seed: int) -> None:
    """On real labels, with findings made by spoiling them in many ways."""
    if not EVAL.exists():
        pytest.skip("needs the labelled documents")
    gold = EVAL / "findings" / "gold"
    labelled = load(gold, EVAL / "findings" / "docs")
    chance = random.Random(seed)
    extractions = []
    for one in labelled:
        labels = json.loads((gold / f"{one.id}.json").read_text("utf-8"))
        spoilt = {kind: _spoilt(labels[kind], kind, chance) for kind in Kind}
        (tmp_path / f"{one.id}.json").write_text(json.dumps(spoilt), "utf-8")
        found = tuple(finding(kind, label) for kind in Kind for label in spoilt[kind])
        extractions.append(Extraction(one.document, found))
    evaluation = measure(labelled, extractions)
    scores = _scorer().score(gold, tmp_path)
    for kind, tally in evaluation.kinds.items():
        expected = scores[kind]
        assert (tally.gold, tally.found) == (expected["gold"], expected["pred"])
        measured = {"sentence": tally.sentence, "record": tally.record, "+holder": tally.holder}
        for name, score in measured.items():
            figures = (score.precision, score.recall, score.f1)
            assert figures == pytest.approx(expected[name], abs=1e-9), (kind, name)
            assert 0.2 < score.f1 < 1, "the labels were spoilt too much or too little to tell"
    stance = evaluation.kinds[Kind.POSITION].accuracy
    assert stance == pytest.approx(scores["positions"]["stance"], abs=1e-9)


def _spoilt(
    labels: list[dict[str, Any]], kind: Kind, chance: random.Random
) -> list[dict[str, Any]]:
    """Labels with some dropped, doubled, cut, given to others, or moved to another sentence."""
    content, holder, judged = FIELDS[kind]
    spoilt = []
    for label in labels:
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            made = copy.deepcopy(label)
            cut = chance.choice([0, 0, 0, 1, 3, 8])
            text = made[content]
            made[content] = (
                [_cut(p, cut) for p in text] if kind is Kind.POSITION else _cut(text, cut)
            )
            made["sentence"] = _cut(made["sentence"], chance.choice([0, 0, 2, 6]))
            if chance.random() < 0.3:
                other = chance.choice(labels)
                made[holder], made[f"{holder}_name"] = other[holder], other[f"{holder}_name"]
            if chance.random() < 0.2:
                made[holder] = made[f"{holder}_name"] = None
            if chance.random() < 0.1:
                made["sentence"] = chance.choice(labels)["sentence"]
            if judged and chance.random() < 0.3:
                made[judged] = chance.choice(labels)[judged]
            spoilt.append(made)
    chance.shuffle(spoilt)
    return spoilt


def _cut(text: str, words: int) -> str:
    """A text without its first words; one word stays."""
    parts = text.split()
    return " ".join(parts[min(words, len(parts) - 1) :])


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("scorer", EVAL / "score_findings.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer
