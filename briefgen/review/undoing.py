"""Take a step back in a decisions file, and leave there what others have written since."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from briefgen.errors import ConfigError
from briefgen.model import Extraction
from briefgen.review.applying import review
from briefgen.review.file import loads, read
from briefgen.review.saving import EMPTY, Step, data, save


def undo(path: Path, step: Step, extractions: Sequence[Extraction]) -> None:
    """Write a decisions file without what a step wrote.

    Raises ConfigError where the file has a problem, or has been edited where the step wrote.
    """
    now = read(path)
    loads(path, now or "")
    before, after = (_plain(text) for text in (step.before or EMPTY, step.after))
    new = _taken_back(before, after, _plain(now or ""))
    if new is None or not _says_the_rest(before, after, _plain(now or ""), new):
        raise ConfigError(
            f"{path}: has been edited where the last step wrote (take the step back in the file)"
        )
    review(loads(path, new), extractions)
    save(path, now, new)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _says_the_rest(before: str, after: str, now: str, new: str) -> bool:
    """Whether a text says what stands in the file but for what the step said."""
    was, became, expected = (dict(data(text) or {}) for text in (before, after, now))
    for key in {*was, *became}:
        if was.get(key) == became.get(key):
            continue
        if expected.get(key) != became.get(key):
            return False
        if key in was:
            expected[key] = was[key]
        else:
            del expected[key]
    return dict(data(new) or {}) == expected


def _taken_back(before: str, after: str, now: str) -> str | None:
    """The text of now with the step's lines as they were; None where they have been edited."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    lines = now.splitlines(keepends=True)
    at = {
        one + shift: other + shift
        for one, other, length in _same(new, lines)
        for shift in range(length)
    }
    at |= {-1: -1}  # what stands before the first line
    for start, end, first, last in reversed(list(_changes(new, old))):
        places = [at.get(line) for line in range(start - (start == end), end)]
        if None in places or places != list(range(places[0] or 0, (places[0] or 0) + len(places))):
            return None
        begin = (places[0] or 0) + (start == end)
        lines[begin : begin + end - start] = old[first:last]
    return "".join(lines)


def _changes(one: list[str], other: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of lines that differ: where in the one, where in the other."""
    start, first = 0, 0
    for at, to, length in [*_same(one, other), (len(one), len(other), 0)]:
        if at > start or to > first:
            yield start, at, first, to
        start, first = at + length, to + length


def _same(one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Runs of lines that both have: where in the one, where in the other, how many."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    # What lies between is short, where comparing whole files of alike lines would take seconds.
    between = SequenceMatcher(
        None, one[head : len(one) - tail], other[head : len(other) - tail], autojunk=False
    )
    inner = [(head + a, head + b, size) for a, b, size in between.get_matching_blocks() if size]
    return [(0, 0, head), *inner, (len(one) - tail, len(other) - tail, tail)]
