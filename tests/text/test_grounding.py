import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.errors import GroundingError
from briefgen.extract import extract
from briefgen.model import Position, Quote, Risk, Span
from briefgen.text.grounding import check, ground
from briefgen.text.tagger import Tagger
from tests.helpers import document

CLAUSES = st.sampled_from(
    [
        "The Harbour Council said that the quay could collapse",
        "“We reject the toll,” the minister said",
        "According to Ana Lovell, ships should wait",
        "Fishers warned of silt (and of debt)",
        "the ministry plans to dredge the canal",
        "NATO\nagreed to help",
        "U.S. officials want a ban",
        "¿Qué?",
        "中国反对",
        "\u202eabc",
        "🚢 ships",
    ]
)
TEXTS = st.lists(st.one_of(CLAUSES, st.text(max_size=40)), max_size=12).map(". ".join)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS)
def test_every_quote_can_be_cut_again_from_its_document(text: str, tagger: Tagger) -> None:
    source = document(text)
    for finding in extract(source, tagger).findings:
        quotes: list[Quote | None] = [finding.sentence, *finding.content]
        quotes += [finding.holder.quote] if finding.holder else []
        if isinstance(finding, Position):
            quotes.append(finding.cue)
        if isinstance(finding, Risk):
            quotes += [finding.bearer, finding.likelihood.signal if finding.likelihood else None]
        for quote in quotes:
            if quote is not None:
                check(source, quote)
                assert quote.text
        for quote in finding.content:
            assert finding.sentence.span.holds(quote.span)


def test_words_are_found_across_line_breaks() -> None:
    source = document("The council met\nin the old\n hall.")
    assert ground(source, "met in the old hall").text == "met\nin the old\n hall"


def test_invented_words_are_refused() -> None:
    with pytest.raises(GroundingError, match=r"sample\.txt: these words are not in it"):
        ground(document("The council met."), "The council agreed.")


def test_a_quote_that_was_typed_is_noticed() -> None:
    source = document("The council met.")
    with pytest.raises(GroundingError, match="characters 0-11"):
        check(source, Quote("sample", Span(0, 11), "The Council"))
