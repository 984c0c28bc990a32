"""What decisions make of findings."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from briefgen import config
from briefgen.assemble import assemble
from briefgen.errors import ConfigError
from briefgen.model import (
    Brief,
    Extraction,
    Item,
    Kind,
    Method,
    Position,
    Proposal,
    Risk,
    Section,
    Stance,
    Status,
)
from briefgen.render import findings, render
from briefgen.text.tagger import Tagger
from tests.review.harbour import extracted, find, reviewed

COUNCIL, FISHERS, BRASK, CONTRACT = "p-d097cb", "p-08b957", "p-0ba0e1", "p-c332cc"
TOLL, ACCOUNTS, SILT = "p-f6261a", "a-13d248", "r-a530e5"

Make = Callable[..., Brief]


@pytest.fixture(scope="module")
def extractions(tagger: Tagger) -> list[Extraction]:
    return extracted(tagger)


@pytest.fixture
def brief(tmp_path: Path, extractions: list[Extraction]) -> Make:
    def make(decisions: str, settings: str = "") -> Brief:
        path = tmp_path / "harbour.yaml"
        path.write_text(f"title: Harbour\nsources: [x.txt]\n{settings}", "utf-8")
        found = reviewed(decisions, extractions)
        return assemble(config.load(path), found.extractions, "model 1", found.review)

    return make


def items(section: Section) -> dict[str, Item]:
    return {i.finding.id: i for g in getattr(section, "groups", ()) for i in g.items}


def shown(brief: Brief, kind: Kind) -> dict[str, Item]:
    return next(items(section) for section in brief.sections if section.kind == kind)


def method(brief: Brief) -> Method:
    return next(section for section in brief.sections if isinstance(section, Method))


def markdown(brief: Brief, folder: Path) -> str:
    return render(brief, ["markdown"], folder)[0].content.decode()


def test_what_is_dropped_stands_nowhere(brief: Make, tmp_path: Path) -> None:
    assert "spawning grounds" in markdown(brief(""), tmp_path)
    made = brief(f"{FISHERS}: {{drop: true}}\n{SILT}: {{drop: true}}\n")
    assert "spawning grounds" not in markdown(made, tmp_path)
    assert "spawning grounds" not in findings.render(made).content.decode()


def test_a_drop_counts_in_every_source_that_has_the_same_sentence(brief: Make) -> None:
    assert COUNCIL in shown(brief(""), Kind.POSITION)
    assert COUNCIL not in shown(brief(f"{COUNCIL}: {{drop: true}}\n"), Kind.POSITION)


def test_what_is_kept_is_shown_whatever_its_confidence(brief: Make) -> None:
    strict = "confidence: 1\n"
    assert shown(brief("", strict), Kind.POSITION) == {}
    kept = brief(f"{TOLL}: {{keep: true}}\n{FISHERS}: {{note: hm}}\n", strict)
    assert list(shown(kept, Kind.POSITION)) == [TOLL]
    edited = brief(f"{TOLL}: {{edit: {{target: lorries}}}}\n", strict)
    assert list(shown(edited, Kind.POSITION)) == [TOLL]


def test_what_is_kept_goes_before_what_weighs_more(brief: Make) -> None:
    one = "sections: [{positions: {limit: 1}}]\n"
    assert list(shown(brief("", one), Kind.POSITION)) == [COUNCIL]
    assert list(shown(brief(f"{TOLL}: {{keep: true}}\n", one), Kind.POSITION)) == [TOLL]


def test_edits_change_fields_and_are_marked(brief: Make) -> None:
    made = brief(
        f"{TOLL}: {{edit: {{stance: concern, actor: Harbour Council}}, who: Ann, when: 2024-08}}\n"
        "a-1c7b2c: {edit: {status: null, actor: null}}\n"
    )
    position = shown(made, Kind.POSITION)[TOLL].finding
    assert isinstance(position, Position)
    assert position.stance is Stance.CONCERN
    assert position.actor
    assert position.actor.name == "Harbour Council"
    proposal = shown(made, Kind.PROPOSAL)["a-1c7b2c"].finding
    assert isinstance(proposal, Proposal)
    assert (proposal.status, proposal.proposer) == (None, None)
    documents = json.loads(findings.render(made).content)["documents"]
    rows = {row["id"]: row for d in documents for kind in Kind for row in d[kind]}
    assert rows[TOLL]["decision"] == {
        "verdict": "edited",
        "by": "Ann",
        "when": "2024-08",
        "changed": ["actor", "stance"],
    }
    assert rows["a-1c7b2c"]["decision"]["changed"] == ["proposer", "status"]
    assert "decision" not in rows[BRASK]


def test_the_name_that_an_analyst_gives_wins_over_the_words(brief: Make) -> None:
    """``actors:`` resolves the analyst's name, and not the words that it replaces."""
    made = brief(
        f"{CONTRACT}: {{edit: {{actor: Council}}}}\n",
        "actors: {Harbour Council: [Council], Transport: [Ministry of Transport]}\n",
    )
    holder = shown(made, Kind.POSITION)[CONTRACT].finding.holder
    assert holder
    assert holder.name == "Harbour Council"


def test_an_edited_statement_is_cut_from_the_source(brief: Make) -> None:
    made = brief(f"{BRASK}: {{edit: {{statement: drive  northern shipping lines away}}}}\n")
    item = shown(made, Kind.POSITION)[BRASK]
    (quote,) = item.finding.content
    assert quote.text == "drive northern shipping lines away"
    assert item.finding.sentence.text[-len(quote.text) - 1 :] == f"{quote.text}."


def test_topics_of_an_edit_win_over_words(brief: Make) -> None:
    topics = "topics: {Roads: [lorries], Money: [accounts]}\n"
    assert shown(brief("", topics), Kind.POSITION)[TOLL].topics == ("Roads",)
    made = brief(f"{TOLL}: {{edit: {{topics: Money}}}}\n", topics)
    assert shown(made, Kind.POSITION)[TOLL].topics == ("Money",)


def test_merged_findings_are_one_line_with_a_note_each(brief: Make) -> None:
    made = brief(f"{BRASK}: {{merge: [{TOLL}, {FISHERS}]}}\n")
    positions = shown(made, Kind.POSITION)
    assert {TOLL, FISHERS}.isdisjoint(positions)
    cited = [call.note.quote.text for call in positions[BRASK].calls if call.note.quote]
    assert [words.split()[0] for words in cited] == ["Jon", "Minister", "The"]
    assert method(made).merged == method(brief("")).merged + 2


def test_a_stance_that_an_analyst_sets_is_not_lent_to(brief: Make) -> None:
    made = brief(f"{COUNCIL}: {{edit: {{stance: neutral}}}}\n")
    finding = shown(made, Kind.POSITION)[COUNCIL].finding
    assert isinstance(finding, Position)
    assert finding.stance is Stance.NEUTRAL


@pytest.mark.parametrize(("scale", "likelihood"), [(3, "likely"), (5, "very likely")])
def test_ratings_feed_the_risk_matrix(
    scale: int, likelihood: str, brief: Make, tmp_path: Path
) -> None:
    made = brief(
        f"{SILT}: {{rate: {{likelihood: very likely, impact: very high}}}}\n",
        f"sections: [{{risks: {{view: matrix, scale: {scale}}}}}]\n",
    )
    (section,) = made.sections
    placed = {key: [i.finding.id for i in found] for key, found in section.matrix.items()}
    impact = "very high" if scale == 5 else "high"
    assert placed == {(impact, likelihood): [SILT]}
    assert f"Likelihood: {likelihood} (the analyst’s rating)" in markdown(made, tmp_path)


def test_ratings_in_the_yaml_keep_working(brief: Make) -> None:
    made = brief(
        f"{SILT}: {{rate: {{impact: low}}}}\n",
        "sections: [{risks: {impact: {r-fcce1a: high}}}]\n",
    )
    assert {i: str(item.impact) for i, item in shown(made, Kind.RISK).items()} == {
        SILT: "low",
        "r-fcce1a": "high",
    }


ADDED = (
    "add:\n- kind: proposals\n  source: column\n  quote: publish its accounts\n"
    "  actor: Lovell\n  status: demanded\n  who: Ann\n"
)


def test_an_addition_is_a_finding_like_any_other(brief: Make) -> None:
    made = brief(ADDED, "confidence: 1\n")
    (item,) = shown(made, Kind.PROPOSAL).values()
    proposal = item.finding
    assert isinstance(proposal, Proposal)
    assert proposal.action.text == "publish its accounts"
    assert proposal.sentence.text == "Lovell said that the port should publish its accounts."
    assert proposal.status is Status.DEMANDED
    assert proposal.holder
    assert proposal.holder.name == "Ana Lovell"  # the sources' name for Lovell


def test_an_addition_can_be_rated_where_it_stands(brief: Make) -> None:
    made = brief(
        "add:\n- {kind: risks, source: minutes, quote: publish the contract in June, "
        "rate: {likelihood: unlikely, impact: low}}\n"
    )
    (item,) = (i for i in shown(made, Kind.RISK).values() if "contract" in i.finding.sentence.text)
    assert isinstance(item.finding, Risk)
    assert item.impact == "low"
    assert item.finding.likelihood
    assert item.finding.likelihood.level == "unlikely"


def test_the_method_says_what_an_analyst_did(brief: Make, tmp_path: Path) -> None:
    assert (
        "An analyst" not in markdown(brief(""), tmp_path).split("## How")[1].split("Quotations")[0]
    )
    made = brief(
        f"{COUNCIL}: {{keep: true}}\n{FISHERS}: {{drop: true}}\n{SILT}: {{drop: true}}\n"
        f"{TOLL}: {{edit: {{stance: concern}}}}\n{ADDED}"
    )
    text = markdown(made, tmp_path)
    assert "An analyst kept 1 finding, dropped 2, edited 1 and added 1. " in text
    assert method(made).found == method(brief("")).found
    plain = method(brief(""))
    assert plain.shown - 2 + 1 == method(made).shown


def test_a_changed_sentence_is_shown_and_not_dropped(tagger: Tagger) -> None:
    changed = extracted(
        tagger,
        {"minutes": "The Fishers' Association warned that the works may bury the grounds in silt."},
    )
    words = "the works could bury the grounds in silt"
    text = (
        f"{SILT}:\n  drop: true\n  about:\n    source: minutes\n    words: {words}\n"
        f"    sentence: The Fishers' Association warned that {words}.\n"
    )
    found = reviewed(text, changed)
    (risk,) = (f for e in found.extractions for f in e.findings if f.kind is Kind.RISK)
    assert found.keys == {risk.id: SILT}
    assert found.review.marks[risk.id].outdated
    assert "needs another look" in found.warnings[0]


def test_a_sentence_cut_another_way_stays_dropped(extractions: list[Extraction]) -> None:
    """As when another model takes in a word more."""
    text = (
        "r-123456:\n  drop: true\n  about:\n    source: minutes\n"
        "    sentence: The Fishers' Association warned that the works could bury the herring's "
        "spawning grounds in silt.\n    words: bury the herring's spawning grounds in silt\n"
    )
    found = reviewed(text, extractions)
    assert find(found.extractions, SILT) is None
    assert "needs another look" in found.warnings[0]


def test_words_of_two_sentences_can_be_added(extractions: Sequence[Extraction]) -> None:
    quote = "rejected a toll on lorries. Lovell said that the port should publish its accounts"
    found = reviewed(f"add:\n- {{kind: positions, source: column, quote: {quote}}}\n", extractions)
    (added,) = (f for e in found.extractions for f in e.findings if f.content[0].text == quote)
    assert added.sentence.text.startswith("Minister")
    assert added.sentence.text.endswith("accounts.")


def test_the_same_addition_twice_is_refused(extractions: Sequence[Extraction]) -> None:
    one = "- {kind: risks, source: column, quote: a toll on lorries}\n"
    with pytest.raises(ConfigError, match=r"3:3: the same words are added as r-\w+ already"):
        reviewed(f"add:\n{one}{one}", extractions)
