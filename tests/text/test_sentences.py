from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model import Block, BlockKind, Document, Source, Span
from briefgen.text.sentences import flatten, sentences
from tests.helpers import document


def split(text: str) -> list[str]:
    source = document(text)
    return [source.text[span.start : span.end] for span in sentences(source)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Ships left.", ["It rained.", "Ships left."]),
        ("Mr. Lee spoke. He left.", ["Mr. Lee spoke.", "He left."]),
        ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
        ("See No. 4 of the list. It is long.", ["See No. 4 of the list.", "It is long."]),
        ("“It is late,” she said. “Go.”", ["“It is late,” she said.", "“Go.”"]),
        ("He asked: “Why?” Nobody spoke.", ["He asked: “Why?”", "Nobody spoke."]),
        ("The plan was cut.[12] It failed.", ["The plan was cut.[12]", "It failed."]),
        ("It cost 3.5 million. Tax rose.", ["It cost 3.5 million.", "Tax rose."]),
        ("A line\nbreak ends nothing. Here.", ["A line\nbreak ends nothing.", "Here."]),
        ("One block\n\nAnother block", ["One block", "Another block"]),
        ("Élan vital. Été comme hiver.", ["Élan vital.", "Été comme hiver."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_the_marker_of_a_list_item_is_in_no_sentence() -> None:
    text = "* Open the gate.\n(b) Close it."
    blocks = (
        Block(BlockKind.LIST_ITEM, Span(0, 16)),
        Block(BlockKind.LIST_ITEM, Span(17, 30)),
    )
    source = Document(Source("s", "s.txt", "S"), text, blocks)
    found = [text[span.start : span.end] for span in sentences(source)]
    assert found == ["Open the gate.", "Close it."]


def test_boilerplate_has_no_sentences() -> None:
    text = "Subscribe to our newsletter now."
    source = Document(
        Source("s", "s.txt", "S"), text, (Block(BlockKind.BOILERPLATE, Span(0, len(text))),)
    )
    assert sentences(source) == []


@given(st.text())
def test_sentences_are_ordered_apart_and_inside_blocks(text: str) -> None:
    source = document(text)
    found = sentences(source)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for span in found:
        assert span.start < span.end
        assert any(block.span.holds(span) for block in source.blocks)


@given(st.text())
def test_flat_text_has_the_same_length_and_only_other_line_breaks(text: str) -> None:
    source = document(text)
    flat = flatten(source)
    assert len(flat) == len(text)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(text, flat, strict=True))
