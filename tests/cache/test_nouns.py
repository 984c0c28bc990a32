"""What is written down comes back the same, and what is no such value is refused."""

from dataclasses import dataclass
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.cache.nouns import dumps, loads
from briefgen.model import (
    Actor,
    Block,
    BlockKind,
    Document,
    Finding,
    Level,
    Likelihood,
    Position,
    Proposal,
    Quote,
    Risk,
    Source,
    Span,
    Speech,
    Stance,
    Status,
)

text = st.text(st.characters(), max_size=8)  # lone surrogates too
spans = st.builds(Span, st.integers(0, 9), st.integers(0, 9))
quotes = st.builds(Quote, text, spans, text)
actors = st.builds(Actor, text, st.none() | quotes)
shares = st.floats(0, 1)
findings = st.one_of(
    st.builds(
        *(Position, text, quotes, st.none() | actors, st.none() | quotes),
        *(st.lists(quotes).map(tuple), st.sampled_from(Speech), st.sampled_from(Stance)),
        *(st.none() | text, shares),
    ),
    st.builds(
        *(Proposal, text, quotes, st.none() | actors, quotes),
        *(st.none() | st.sampled_from(Status), st.none() | quotes, shares),
    ),
    st.builds(
        *(Risk, text, quotes, st.none() | actors, quotes, st.none() | quotes),
        *(st.none() | st.builds(Likelihood, st.sampled_from(Level), quotes), shares),
    ),
)


@given(st.lists(findings, max_size=3).map(tuple))
def test_findings_come_back_the_same(found):
    again = loads(tuple[Finding, ...], dumps(found))
    assert again == found
    assert repr(again) == repr(found)  # enums are enums, not the words they equal


def test_a_document_comes_back_the_same():
    source = Source("a", "a.txt", "A", url="https://a.example")
    document = Document(source, "Öl \ud800", (Block(BlockKind.TABLE, Span(0, 2)),), (0, 1))
    assert loads(Document, dumps(document)) == document


def test_every_kind_of_finding_is_tried():
    assert set(get_args(Finding)) == {Position, Proposal, Risk}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'["Span",1]',
        b'["Span",1,2,3]',
        b'["Span",1,"2"]',
        b'["Span",true,2]',
        b'["Quote",1,2]',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_what_is_no_such_value_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        loads(Span, data)


def test_what_can_not_be_told_apart_is_a_mistake_of_ours():
    @dataclass(frozen=True)
    class Unclear:
        value: int | str

    with pytest.raises((TypeError, ValueError)):
        loads(Unclear, b'["Unclear",1]')


def test_other_types_are_not_written_down():
    with pytest.raises(TypeError):
        dumps(object())
