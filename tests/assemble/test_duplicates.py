from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefgen.assemble.duplicates import Statement, merge
from briefgen.assemble.names import Names
from briefgen.model import Actor, Position, Quote, Span, Speech, Stance
from tests.helpers import document


def position(
    words: str,
    holder: str = "NATO",
    stance: Stance = Stance.NEUTRAL,
    source: str = "a",
    confidence: float = 1.0,
) -> Position:
    sentence = Quote(source, Span(0, len(words) + 1), f"{words}.")
    statement = Quote(source, Span(0, len(words)), words)
    return Position(
        id=f"p-{words[:8]}-{source}",
        sentence=sentence,
        actor=Actor(holder, None),
        cue=None,
        statement=(statement,),
        speech=Speech.INDIRECT,
        stance=stance,
        target=None,
        confidence=confidence,
    )


def joined(*findings: Position) -> list[Statement]:
    documents = {f.sentence.source_id: document(f.sentence.text) for f in findings}
    return merge(findings, documents, Names({}, ()))


def test_the_same_words_in_two_sources_are_one_statement_with_two_sentences() -> None:
    words = "the communiqué was full of prejudice and smears"
    (statement,) = joined(position(words), position(f"“{words}”", source="b"))
    assert statement.sources == {"a", "b"}
    assert [quote.source_id for quote in statement.sentences] == ["a", "b"]


def test_a_word_more_makes_no_second_statement() -> None:
    one = position("NATO allies agreed to certify South Korean aircraft for missions")
    other = position("allies agreed to certify South Korean aircraft for missions", source="b")
    assert len(joined(one, other)) == 1


def test_different_holders_stay_apart() -> None:
    words = "the office in Tokyo would provoke Beijing"
    assert len(joined(position(words, "Asterland"), position(words, "Velmark"))) == 2


def test_opposite_stances_stay_apart() -> None:
    words = "an office in Tokyo before the next summit"
    found = joined(position(words, stance=Stance.SUPPORT), position(words, stance=Stance.OPPOSE))
    assert len(found) == 2


def test_a_stance_that_one_sentence_shows_is_kept() -> None:
    words = "an office in Tokyo before the next summit"
    (statement,) = joined(position(words), position(words, stance=Stance.SUPPORT, source="b"))
    assert isinstance(statement.finding, Position)
    assert statement.finding.stance is Stance.SUPPORT


def test_a_statement_is_as_sure_as_the_surest_of_its_findings() -> None:
    words = "an office in Tokyo before the next summit"
    unsure = position(words, confidence=0.3)
    surer = position(words, source="b", confidence=0.8)
    for findings in ((unsure, surer), (surer, unsure)):
        (statement,) = joined(*findings)
        assert statement.finding.confidence == 0.8
        assert statement.findings == findings


def test_what_lies_inside_another_lends_it_its_confidence() -> None:
    sentence = document(
        "NATO wants an office in Tokyo and a liaison officer in Seoul by spring.", "a"
    )
    whole, part = (
        replace(
            position(words, confidence=confidence),
            sentence=sentence.quote(Span(0, len(sentence.text))),
            statement=(sentence.quote(Span(start, start + len(words))),),
        )
        for words, confidence in (
            ("an office in Tokyo and a liaison officer in Seoul by spring", 0.3),
            ("a liaison officer in Seoul by spring", 0.8),
        )
        for start in (sentence.text.index(words),)
    )
    (statement,) = merge([whole, part], {"a": sentence}, Names({}, ()))
    assert statement.finding == replace(whole, confidence=0.8)
    assert statement.findings == (whole, part)


def test_different_statements_stay_apart() -> None:
    one = position("Europe should invest less in China")
    other = position("Europe should invest more in shipyards at home")
    assert len(joined(one, other)) == 2


def test_what_a_document_says_in_its_own_name_joins_its_publishers() -> None:
    words = "abrupt curbs on investment could cost makers their market"
    reported = position(words, "Larkmoor Chamber")
    own = replace(position(words, source="b"), actor=None)
    documents = {"a": document(words, "a"), "b": document(words, "b", publisher="Larkmoor Chamber")}
    (statement,) = merge([reported, own], documents, Names({}, ()))
    assert statement.sources == {"a", "b"}


def test_a_paraphrase_gives_the_first_wording_a_second_note() -> None:
    one = position("closing the fish market would ruin small traders")
    other = position("the closing of the fish market will ruin small traders", source="b")
    (statement,) = joined(one, other)
    assert statement.finding == one
    assert statement.sources == {"a", "b"}


def test_another_number_is_another_statement() -> None:
    one = position("raise the port fee for foreign ships by 5 per cent")
    other = position("raise the port fee for foreign ships by 15 per cent", source="b")
    assert len(joined(one, other)) == 2


FOUND = st.lists(
    st.builds(
        position,
        st.lists(
            st.sampled_from("Velmark pays pay ships ship not may will the 5 harbour".split()),
            min_size=1,
            max_size=6,
        ).map(" ".join),
        st.sampled_from(["Asterland", "Velmark"]),
        st.sampled_from(Stance),
        st.sampled_from("abc"),
    ),
    max_size=12,
)


def stated(findings: list[Position]) -> list[Statement]:
    documents = {source: document("x" * 80, source) for source in "abc"}
    return merge(findings, documents, Names({}, ()))


@given(FOUND)
def test_joining_again_joins_no_more(findings: list[Position]) -> None:
    once = stated(findings)
    leads = [s.finding for s in once if isinstance(s.finding, Position)]
    assert [s.finding for s in stated(leads)] == leads


@given(FOUND)
def test_no_two_holders_and_no_opposite_stances_share_a_statement(findings: list[Position]) -> None:
    for holder in ("Asterland", "Velmark"):
        alone = [f for f in findings if f.holder and f.holder.name == holder]
        both = [s for s in stated(findings) if s.finding.holder and s.finding.holder.name == holder]
        assert both == stated(alone)


@given(FOUND)
def test_statements_keep_the_order_of_first_appearance(findings: list[Position]) -> None:
    numbered = [replace(f, id=f"{i:02}") for i, f in enumerate(findings)]
    ids = [s.finding.id for s in stated(numbered)]
    assert ids == sorted(ids)
