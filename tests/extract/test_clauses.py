import pytest

from briefgen.extract.clauses import feared, mended, mended_name
from briefgen.model import Span


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        (
            "They fear overextending the fleet and alienating crews that wish to stay ashore.",
            "to stay ashore",
            "overextending the fleet and alienating crews that wish to stay ashore",
        ),
        (
            "They feared a strike, and the port could close.",
            "the port could close",
            "the port could close",
        ),
        (
            "They fear that new tasks could overstretch the fleet.",
            "new tasks could overstretch the fleet",
            "new tasks could overstretch the fleet",
        ),
        ("The port could close.", "The port could close", "The port could close"),
    ],
)
def test_a_risk_starts_at_what_is_feared(text: str, found: str, expected: str) -> None:
    start = text.index(found)
    span = feared(text, Span(start, start + len(found)), Span(0, len(text)))
    assert text[span.start : span.end] == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("and that the quays may fall", "the quays may fall"),
        ("the quays may fall", "the quays may fall"),
    ],
)
def test_a_clause_starts_behind_what_joins_it(found: str, expected: str) -> None:
    text = "They fear a strike, and that the quays may fall."
    start = text.index(found)
    span = mended(text, Span(start, start + len(found)), Span(0, len(text)))
    assert span is not None
    assert text[span.start : span.end] == expected


@pytest.mark.parametrize("words", ["from Port Watch", "by Port Watch, with", "Port Watch and the"])
def test_a_name_neither_begins_nor_ends_with_what_joins_it(words: str) -> None:
    span = mended_name(words, Span(0, len(words)))
    assert words[span.start : span.end] == "Port Watch"
