from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.assemble.names import Names
from briefgen.assemble.sameness import gist, say_the_same
from briefgen.model import (
    Actor,
    Finding,
    Level,
    Likelihood,
    Position,
    Proposal,
    Quote,
    Risk,
    Span,
    Speech,
    Stance,
    Status,
)
from tests.helpers import cases

HOLDER = Actor("Marta Ellery", None)
COUNCIL = Actor("Harbour Council", None)


def quote(words: str) -> Quote:
    return Quote("a", Span(0, len(words)), words)


def position(words: str, stance: Stance = Stance.NEUTRAL, holder: Actor = HOLDER) -> Position:
    said = quote(words)
    return Position("p", said, holder, None, (said,), Speech.INDIRECT, stance, None, 0.9)


def proposal(words: str, status: Status | None = None) -> Proposal:
    return Proposal("c", quote(words), HOLDER, quote(words), status, None, 0.9)


def risk(words: str, level: Level | None = None) -> Risk:
    likelihood = Likelihood(level, quote(words)) if level else None
    return Risk("r", quote(words), HOLDER, quote(words), None, likelihood, 0.9)


def same(one: Finding, other: Finding, shown: tuple[str, str] | None = None) -> bool:
    said = [" ".join(quote.text for quote in finding.content) for finding in (one, other)]
    first, second = shown or said
    return say_the_same(one, gist(one, said[0], first), other, gist(other, said[1], second))


@pytest.mark.parametrize(
    ("title", "pair", "expected"), cases("duplicates.md"), ids=lambda v: v[:40]
)
def test_pairs(title: str, pair: str, expected: str) -> None:
    one, other = pair.splitlines()
    assert same(position(one), position(other)) == (expected == "same"), title
    assert same(position(other), position(one)) == (expected == "same"), title


def test_the_pairs_hold_the_figures_that_the_docs_state() -> None:
    expected = [expected for _, _, expected in cases("duplicates.md")]
    assert {word: expected.count(word) for word in set(expected)} == {
        "same": 40,
        "missed": 17,
        "apart": 83,
    }


def test_a_negation_in_the_cue_parts() -> None:
    words = "join the pact on the fishing grounds"
    assert not same(position(words), position(words), (f"will {words}", f"will not {words}"))


def test_a_modal_may_stand_in_the_cue_or_in_the_statement() -> None:
    one, other = position("join the fishing pact"), position("will join the fishing pact")
    assert same(one, other, ("will join the fishing pact", "will join the fishing pact"))


def test_who_speaks_may_open_the_statement() -> None:
    words = "need more quays in the outer basin"
    one = position(f"we {words}", holder=COUNCIL)
    assert same(one, position(f"The Harbour Council {words}", holder=COUNCIL))


def test_the_speaker_elsewhere_in_the_statement_counts() -> None:
    one = position("Asterland should pay the Harbour Council", holder=COUNCIL)
    other = position("the Harbour Council should pay Asterland", holder=COUNCIL)
    assert not same(one, other)


def test_another_form_of_a_name_is_spelled_out() -> None:
    names = Names({"Velmark": ["the Republic"]}, (), ["Anna Lovell"])
    text = names.spelled_out("The Republic\nshould thank Lovell")
    assert text == "Velmark\nshould thank Anna Lovell"
    assert Names({}, ()).spelled_out("The Republic") == "The Republic"


def test_a_proposal_should_be_done_whether_or_not_it_says_so() -> None:
    words = "publish every inspection report"
    assert same(proposal(words), proposal(f"we should {words}"))
    assert not same(position(words), position(f"we should {words}"))


def test_statuses_part_only_where_they_tell_another_story() -> None:
    words = "publish every inspection report"
    stated = dict.fromkeys(Status)
    for one, other in permutations([*stated, None], 2):
        merges = {one, other} in (
            {Status.RECOMMENDED, Status.DEMANDED},
            {Status.PLANNED, Status.AGREED},
        )
        found = same(proposal(words, one), proposal(words, other))
        assert found == (merges or one is None or other is None), (one, other)


def test_likelihoods_part() -> None:
    words = "the quay collapses in a storm"
    assert not same(risk(words, Level.LIKELY), risk(words, Level.UNLIKELY))
    assert same(risk(words, Level.LIKELY), risk(words))


def test_a_short_statement_needs_the_same_forms() -> None:
    assert same(position("the tariffs"), position("tariffs"))
    assert not same(position("impose tariffs"), position("imposing the tariffs"))


WORDS = st.lists(
    st.sampled_from(
        "Asterland Velmark pay paid ship ships not may will risk threat by be 5".split()
    ),
    max_size=7,
).map(" ".join)


@given(WORDS)
def test_a_statement_says_what_it_says(words: str) -> None:
    assert same(position(words), position(words))


@given(WORDS, WORDS)
def test_sameness_has_no_direction(one: str, other: str) -> None:
    assert same(position(one), position(other)) == same(position(other), position(one))


@given(WORDS)
def test_a_negation_never_joins_its_contrary(words: str) -> None:
    if "not" not in words.split():
        assert not same(position(words), position(f"{words} not"))
