"""What is less sure than the YAML asks for stands nowhere in a brief, and is counted."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefgen import config
from briefgen.assemble import assemble
from briefgen.config import LEAST_CONFIDENCE
from briefgen.extract import extract
from briefgen.model import Brief, Extraction, Finding, Method, Section
from briefgen.render import findings, render
from briefgen.text.tagger import Tagger
from tests.helpers import document

MINUTES = (
    "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
    "The Fishers' Association warned that the works could bury the herring's spawning grounds in "
    "silt.\n\n"
    "Jon Brask warned that a toll on heavy lorries would drive northern shipping lines away.\n\n"
    "The Ministry of Transport agreed to publish the contract in June."
)
COLUMN = "The Harbour Council supports the dredging plan for the outer harbour.\n"

Make = Callable[..., Brief]


@pytest.fixture(scope="module")
def extractions(tagger: Tagger) -> list[Extraction]:
    return [extract(document(MINUTES, "minutes"), tagger), extract(document(COLUMN), tagger)]


@pytest.fixture
def brief(tmp_path: Path, extractions: list[Extraction]) -> Make:
    def make(text: str, score: Callable[[Finding], float]) -> Brief:
        path = tmp_path / "harbour.yaml"
        path.write_text(f"title: Harbour\nsources: [x.txt]\n{text}", "utf-8")
        scored = [
            Extraction(e.document, tuple(replace(f, confidence=score(f)) for f in e.findings))
            for e in extractions
        ]
        return assemble(config.load(path), scored, "model 1")

    return make


def silt_is(score: float) -> Callable[[Finding], float]:
    """What the fishers warn of, a position and a risk, scores this; everything else 0.9."""
    return lambda finding: score if "silt" in finding.sentence.text else 0.9


def sentences(section: Section) -> set[str]:
    return {i.finding.sentence.text for g in getattr(section, "groups", ()) for i in g.items}


def has_silt(section: Section) -> bool:
    return any("silt" in sentence for sentence in sentences(section))


def hidden(brief: Brief) -> list[tuple[str, int, float]]:
    (method,) = (s for s in brief.sections if isinstance(s, Method))
    return [(str(one.kind), one.count, one.below) for one in method.hidden]


def test_a_hidden_finding_stands_nowhere_in_the_brief(brief: Make, tmp_path: Path) -> None:
    everything = (
        "topics: {Fish: [spawning, silt]}\n"
        "sections: [key_messages, positions, proposals, {risks: {group_by: topic}}, method]\n"
    )
    shown = brief(f"confidence: 0.4\n{everything}", silt_is(0.4))
    made = brief(f"confidence: 0.5\n{everything}", silt_is(0.4))
    assert "silt" in str(shown.sections[0])
    for whole, there in ((shown, True), (made, False)):
        for artifact in render(whole, ["markdown", "html"], tmp_path):
            text = artifact.content.decode()
            assert ("spawning grounds" in text) is there
            assert bool(re.search(r"# Fish\n|>Fish<", text)) is there
    assert "silt" not in "".join(note.quote.text for note in made.notes if note.quote)
    assert [note.number for note in made.notes] == list(range(1, len(made.notes) + 1))


def test_findings_json_lists_what_the_brief_hides(brief: Make) -> None:
    made = brief("confidence: 0.5\n", silt_is(0.4))
    text = findings.render(made).content.decode()
    assert "spawning grounds in silt" in text
    assert '"confidence": 0.4,' in text


def test_the_method_counts_findings_by_kind(brief: Make) -> None:
    made = brief("confidence: 0.5\nsections: [positions, proposals, risks, method]\n", silt_is(0.4))
    assert hidden(made) == [("positions", 1, 0.5), ("risks", 1, 0.5)]
    method = made.sections[-1]
    assert isinstance(method, Method)
    assert sum(method.found.values()) - method.merged - 2 == method.shown


def test_kinds_that_the_brief_has_no_place_for_are_not_called_hidden(brief: Make) -> None:
    assert hidden(brief("confidence: 0.5\nsections: [proposals, method]\n", silt_is(0.4))) == []
    picked = brief("confidence: 0.5\nsections: [key_messages, method]\n", silt_is(0.4))
    assert hidden(picked) == [("positions", 1, 0.5), ("risks", 1, 0.5)]


def test_what_scores_the_default_is_shown(brief: Make) -> None:
    made = brief("", lambda _: LEAST_CONFIDENCE)
    assert hidden(made) == []
    assert any(sentences(section) for section in made.sections)


def test_each_kind_may_have_its_own_least(brief: Make) -> None:
    made = brief(
        "confidence: {positions: 0.6}\nsections: [positions, risks, method]\n", silt_is(0.55)
    )
    positions, risks, _ = made.sections
    assert (has_silt(positions), has_silt(risks)) == (False, True)
    assert hidden(made) == [("positions", 1, 0.6)]


def test_a_sections_own_least_wins(brief: Make) -> None:
    made = brief(
        "confidence: 0.5\n"
        "sections:\n"
        "  - positions\n"
        "  - positions: {confidence: 0.3}\n"
        "  - risks: {confidence: 0.7}\n"
        "  - method\n",
        silt_is(0.4),
    )
    strict, lenient, risks, _ = made.sections
    assert (has_silt(strict), has_silt(lenient), has_silt(risks)) == (False, True, False)
    assert hidden(made) == [("risks", 1, 0.7)]


def test_key_messages_may_ask_for_more_by_kind(brief: Make) -> None:
    made = brief(
        "sections:\n"
        "  - key_messages\n"
        "  - key_messages: {confidence: 0.7}\n"
        "  - key_messages: {confidence: {positions: 0.7}}\n"
        "  - positions\n"
        "  - method\n",
        silt_is(0.6),
    )
    kinds = [
        {str(i.finding.kind) for i in s.picked if "silt" in i.finding.sentence.text}
        for s in made.sections[:3]
    ]
    assert [bool(found) for found in kinds] == [True, False, True]
    assert kinds[2] == {"risks"}
    assert hidden(made) == []


def test_what_two_sources_say_is_as_sure_as_the_surer_of_them(brief: Make) -> None:
    text = (
        "confidence: 0.5\n"
        "sections: [{positions: {actors: Harbour Council}}, proposals, risks, method]\n"
    )

    def score(minutes: float, column: float) -> Callable[[Finding], float]:
        return lambda f: minutes if f.sentence.source_id == "minutes" else column

    made = brief(text, score(0.3, 0.6))
    ((item,),) = (group.items for group in made.sections[0].groups)
    assert item.finding.confidence == 0.6
    assert [call.note.source.id for call in item.calls] == ["minutes", "sample"]
    unsure = brief(text, score(0.3, 0.4))
    assert sentences(unsure.sections[0]) == set()
    # All that is said in both documents is hidden, and nothing of it is called a further note.
    assert sum(one[1] for one in hidden(unsure)) == sum(len(e.findings) for e in unsure.extractions)
    assert unsure.sections[-1].merged == 0


def test_a_risk_that_the_analyst_rates_is_never_hidden(brief: Make) -> None:
    risks = brief("confidence: 0\nsections: [risks]\n", silt_is(0.1)).sections[0]
    (rated,) = (i.finding.id for g in risks.groups for i in g.items if "silt" in str(i.finding))
    made = brief(
        "confidence: 0.95\n"
        f"sections: [{{risks: {{impact: {{{rated}: high}}, limit: 1}}}}, risks, method]\n",
        silt_is(0.1),
    )
    first, second, _ = made.sections
    assert [i.finding.id for g in first.groups for i in g.items] == [rated]
    assert sentences(second) == set()
    (unsure,) = hidden(made)
    assert unsure == ("risks", len(risks.groups[0].items) - 1, 0.95)


def test_an_actor_of_whom_all_is_hidden_is_warned_of(brief: Make) -> None:
    made = brief(
        "confidence: 0.5\nsections:\n  - risks: {actors: [Fishers' Association, Jon Brask]}\n",
        silt_is(0.4),
    )
    (caution,) = made.cautions
    assert str(caution).endswith(
        'harbour.yaml:5:22: actors: all that is here from "Fishers\' Association" scored below '
        "0.5 (lower confidence: to show it)"
    )


def test_a_section_says_how_many_are_hidden_from_it(brief: Make) -> None:
    made = brief(
        "sections:\n"
        "  - positions: {confidence: 0.5}\n"
        "  - positions: {confidence: 0.5, actors: Jon Brask}\n"
        "  - risks: {confidence: 0.5, limit: 1}\n",
        silt_is(0.4),
    )
    assert [section.hidden for section in made.sections] == [1, 0, 1]
    assert made.sections[2].left_out == 0


@pytest.mark.parametrize(("score", "shown"), [(0.496, True), (0.494, False)])
def test_a_score_counts_as_it_is_printed(brief: Make, score: float, shown: bool) -> None:
    made = brief("confidence: 0.5\nsections: [risks]\n", silt_is(score))
    assert has_silt(made.sections[0]) is shown
