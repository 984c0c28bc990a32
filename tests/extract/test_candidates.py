import numpy as np
import pytest
from numpy.typing import NDArray

from briefgen.extract.candidates import Candidate, candidates
from briefgen.model import Kind
from briefgen.text.outputs import DEPTH, HEADS, LAYOUT, OUTPUTS
from briefgen.text.tagger import Tags

NEVER = -30.0


def chosen(
    chances: dict[tuple[int, int], float], words: int = 8, least: float = 0.1, light: int = 0
) -> list[tuple[int, int, float]]:
    """What is chosen of a sentence where only these spans have a chance."""
    scores = np.zeros((words, OUTPUTS), np.float16)
    scores[:, LAYOUT["opens"]] = NEVER
    for dimension, ((first, last), chance) in enumerate(chances.items()):
        logit = np.log(chance / (1 - chance))
        # Vectors that meet in one dimension alone: their product lifts this span and no other.
        size = np.sqrt((logit - NEVER) * np.sqrt(DEPTH))
        scores[first, LAYOUT["first"].start + DEPTH + dimension] = size
        scores[last, LAYOUT["last"].start + DEPTH + dimension] = size
    zeros: NDArray[np.float64] = np.zeros(words)
    row = np.arange(words)
    tags = Tags(
        sentences=(),
        start=row,
        end=row + 1,
        sentence=np.zeros(words, np.int64),
        window=np.zeros(words, np.int64),
        begin=dict.fromkeys(HEADS, zeros),
        inside=dict.fromkeys(HEADS, zeros),
        kind=dict.fromkeys(Kind, zeros),
        scores=scores,
    )
    weight = np.ones(words)
    weight[:light] = 0
    edge = np.ones(words, np.bool_)
    found = candidates(tags, "statement", slice(0, words), edge, weight, least)
    return [plain(candidate) for candidate in found]


def plain(candidate: Candidate) -> tuple[int, int, float]:
    return candidate.first, candidate.last, round(candidate.expected, 1)


def test_a_likely_span_is_chosen_with_its_chance() -> None:
    assert chosen({(1, 5): 0.8}) == [(1, 5, 0.8)]


def test_nothing_is_chosen_below_the_least_chance() -> None:
    assert chosen({(1, 5): 0.2}, least=0.5) == []
    assert chosen({}) == []


def test_two_records_of_one_sentence_are_both_chosen_the_surest_first() -> None:
    found = chosen({(0, 2): 0.6, (4, 7): 0.9})
    assert [(first, last) for first, last, _ in found[:2]] == [(4, 7), (0, 2)]


def test_spans_that_agree_but_for_light_words_lend_each_other_their_chance() -> None:
    # 1–6 and 0–6 say the same: the first two words are “that the”.
    alone = chosen({(1, 6): 0.4}, light=2)
    joined = chosen({(1, 6): 0.4, (0, 5): 0.4}, light=2)
    assert joined[0][2] > alone[0][2]


def test_a_part_of_a_chosen_span_is_no_record_of_its_own() -> None:
    found = chosen({(0, 7): 0.9, (3, 4): 0.3}, least=0.1)
    assert [(first, last) for first, last, _ in found] == [(0, 7)]


@pytest.mark.parametrize("words", [1, 200])
def test_any_length_of_sentence_is_read(words: int) -> None:
    assert chosen({(0, words - 1): 0.7}, words=words) == [(0, words - 1, 0.7)]
