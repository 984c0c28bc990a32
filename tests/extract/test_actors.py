"""Whom a pronoun takes up, given the spans that the tagger marks as actors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.extract.actors import Cast
from briefgen.extract.clauses import mended_name
from briefgen.extract.quotations import quotations
from briefgen.model import Span
from tests.helpers import document


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def named(text: str, pronoun: str, *actors: str) -> str:
    """Who the last words ``pronoun`` of a text are."""
    made = document(text)
    cast = Cast(made, [place(text, words) for words in actors], quotations(made))
    start = text.rindex(pronoun)
    return cast.name(Span(start, start + len(pronoun)))


@pytest.mark.parametrize(
    ("text", "pronoun", "actors", "expected"),
    [
        pytest.param(
            "Ana Lovell spoke. Port Watch agreed. She left.",
            "She",
            ("Ana Lovell", "Port Watch"),
            "Ana Lovell",
            id="a person is no body",
        ),
        pytest.param(
            "The Harbour Council met. We agreed. The US did not.",
            "US",
            ("The Harbour Council",),
            "US",
            id="the US are not us",
        ),
        pytest.param(
            "The mayor, Ana Lovell, came late. Lovell spoke. Small firms agreed. She left.",
            "She",
            ("Lovell", "Small firms"),
            "Ana Lovell",
            id="a surname is a person where the text has the name in full",
        ),
        pytest.param(
            "Ana Lovell waited. “Not even Kurt Amsel knows,” she said.",
            "she",
            ("Ana Lovell", "Kurt Amsel"),
            "Ana Lovell",
            id="who is named in a quotation does not speak it",
        ),
        pytest.param(
            "Ana Lovell waited. Port Watch left. “We are late and the quay is full,” she said.",
            "We are",
            ("Ana Lovell", "Port Watch", "she"),
            "Ana Lovell",
            id="we who speak are whom the pronoun beside the quotation means",
        ),
        pytest.param(
            "Dock workers struck. The Harbour Council met. They want a raise.",
            "They",
            ("Dock workers", "The Harbour Council"),
            "Dock workers",
            id="they are several",
        ),
        pytest.param(
            "The Harbour Council met. They want a raise.",
            "They",
            ("The Harbour Council",),
            "Harbour Council",
            id="a body is they where there are not several",
        ),
        pytest.param(
            "Ana Lovell said the Harbour Council erred. It denied this.",
            "It",
            ("Ana Lovell", "the Harbour Council"),
            "Harbour Council",
            id="it is no person",
        ),
    ],
)
def test_a_pronoun_means(text: str, pronoun: str, actors: tuple[str, ...], expected: str) -> None:
    assert named(text, pronoun, *actors) == expected


@pytest.mark.parametrize("title", ["Sen.", "Mrs.", "Capt."])
def test_a_name_goes_on_behind_an_abbreviated_title(title: str) -> None:
    text = f"{title} Ana Lovell objected. Others agreed."
    whole = Span(0, len(text))
    assert mended_name(text, Span(0, len(title) + 11)) == Span(0, len(title) + 11)
    assert text[: mended_name(text, whole).end] == f"{title} Ana Lovell objected"


@pytest.mark.parametrize(
    ("author", "we"), [("Port Watch", "Port Watch"), ("sam", "Harbour Council")]
)
def test_who_typed_a_text_in_is_not_we(author: str, we: str) -> None:
    text = "The Harbour Council met. We agreed."
    made = document(text, author=author)
    cast = Cast(made, [place(text, "The Harbour Council")], quotations(made))
    assert cast.name(place(text, "We")) == we


@pytest.mark.parametrize("opening", ["We’re glad", "We, of all people, agree", "I've seen it"])
def test_we_are_not_whoever_the_first_we_is(opening: str) -> None:
    text = f"{opening}. The Harbour Council agreed. We left."
    first = opening.split()[0]
    assert named(text, "We", first, "The Harbour Council") == "Harbour Council"


_WORDS = (
    "We’re|We,|I’ve|We|they|It’s|He|Who’s|The Ministry|Ana Lovell|the minister|Mr We|“|”|said.|\n"
)


@given(st.lists(st.sampled_from(_WORDS.split("|")), min_size=1, max_size=12), st.data())
def test_whatever_is_marked_as_an_actor_gets_a_name(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    made = document(text)
    spans = []
    for _ in range(data.draw(st.integers(1, 4))):
        first = data.draw(st.integers(0, len(words) - 1))
        start = len(" ".join(words[:first])) + (first > 0)
        spans.append(Span(start, start + len(words[first])))
    cast = Cast(made, spans, quotations(made))
    for span in spans:
        words_there = text[span.start : span.end].strip()
        assert bool(cast.name(span)) == bool(words_there)
