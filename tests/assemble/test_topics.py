from briefgen.assemble.topics import Topics
from briefgen.model import Proposal, Quote, Span


def proposal(words: str, sentence: str | None = None) -> Proposal:
    whole = sentence or words
    return Proposal(
        id="a-1",
        sentence=Quote("s", Span(0, len(whole)), whole),
        proposer=None,
        action=Quote("s", Span(0, len(words)), words),
        status=None,
        addressee=None,
        confidence=1.0,
    )


def test_a_word_places_a_finding_whatever_its_case() -> None:
    topics = Topics({"Trade": ["tariff", "export controls"], "Asia": ["Tokyo"]})
    assert topics.of(proposal("cut the Tariff and open an office in Tokyo")) == ("Trade", "Asia")
    assert topics.of(proposal("ease export controls")) == ("Trade",)
    assert topics.of(proposal("build ships")) == ()


def test_only_whole_words_count_and_capitals_where_all_are() -> None:
    topics = Topics({"America": ["US"], "Art": ["art"]})
    assert topics.of(proposal("help us start again")) == ()
    assert topics.of(proposal("ask the US for art")) == ("America", "Art")


def test_the_sentence_places_what_the_statement_leaves_out() -> None:
    topics = Topics({"Trade": ["tariff"]})
    assert topics.of(proposal("wait until June", "On the tariff, wait until June")) == ("Trade",)
