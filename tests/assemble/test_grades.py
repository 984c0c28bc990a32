"""The scale of five, by the words beside a signal."""

import pytest

from briefgen.assemble.grades import graded
from briefgen.model import Grade, Level, Likelihood, Risk, Span
from tests.helpers import document


def grade(sentence: str, level: Level, signal: str) -> tuple[Grade, str] | None:
    paper = document(sentence)
    start = sentence.index(signal)
    likelihood = Likelihood(level, paper.quote(Span(start, start + len(signal))))
    whole = paper.quote(Span(0, len(sentence)))
    found = graded(Risk("r-1", whole, None, whole, None, likelihood, 0.9), paper)
    return (found.grade, found.signal.text) if found else None


@pytest.mark.parametrize(
    ("sentence", "level", "signal", "expected"),
    [
        ("Delay is likely.", Level.LIKELY, "likely", (Grade.LIKELY, "likely")),
        ("Delay is highly likely.", Level.LIKELY, "likely", (Grade.VERY_LIKELY, "highly likely")),
        (
            "Delay is almost certain to follow.",
            Level.LIKELY,
            "almost certain",
            (Grade.VERY_LIKELY, "almost certain"),
        ),
        (
            "Delay is all but\ninevitable.",
            Level.LIKELY,
            "inevitable",
            (Grade.VERY_LIKELY, "all but\ninevitable"),
        ),
        ("Delay is most likely.", Level.LIKELY, "likely", (Grade.LIKELY, "likely")),
        ("Delay is not very likely.", Level.LIKELY, "likely", (Grade.LIKELY, "likely")),
        ("It is not inevitable.", Level.LIKELY, "inevitable", (Grade.LIKELY, "inevitable")),
        ("Delay is unlikely.", Level.UNLIKELY, "unlikely", (Grade.UNLIKELY, "unlikely")),
        (
            "Delay is highly unlikely.",
            Level.UNLIKELY,
            "unlikely",
            (Grade.VERY_UNLIKELY, "highly unlikely"),
        ),
        ("A remote risk.", Level.UNLIKELY, "remote", (Grade.VERY_UNLIKELY, "remote")),
        ("A very possible delay.", Level.POSSIBLE, "possible", (Grade.POSSIBLE, "possible")),
    ],
)
def test_outer_levels_come_from_the_signals_own_words(
    sentence: str, level: Level, signal: str, expected: tuple[Grade, str]
) -> None:
    assert grade(sentence, level, signal) == expected


def test_no_likelihood_is_no_grade() -> None:
    paper = document("Delay.")
    whole = paper.quote(Span(0, 6))
    assert graded(Risk("r-1", whole, None, whole, None, None, 0.9), paper) is None
