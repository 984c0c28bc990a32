"""What changed in the analyst's own words and in the front matter, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from briefgen.model import Edit, Passage, Piece, Record, TextChange

_TOKEN = re.compile(r"\[-?@[^\]\n]*\]|\s+|\w+|[^\w\s]")
"""A citation is one word: half of one says nothing."""

_WORD = re.compile(r"\w")

_STEPPING_STONE = 1
"""Most words between two edits that are shown as part of both: prose that changes at every other
word is read as one thing taken out and another put in."""

_EDITED = 0.5
"""Least share of words in common at which a passage is an edited form of another; below that, as
little is left as is new, and a reader is better served by the two of them."""

_FRONT = (
    "title",
    "subtitle",
    "series",
    "date",
    "authors",
    "organisation",
    "language",
    "status",
    "doi",
    "licence",
    "disclaimer",
)
"""Fields of a record that stand in the title block or the small print, in their order."""


def changed_passages(before: Record, after: Record) -> tuple[TextChange, ...]:
    """Passages that were edited, added or taken out, in reading order."""
    old = list(before.passages)
    found: list[TextChange] = []
    left = [passage for passage in old if passage not in after.passages]
    for passage in after.passages:
        if passage in old:
            continue
        former = _former(passage, left)
        if former is not None:
            left.remove(former)
        words = former.markdown if former else ""
        if words != passage.markdown:
            found.append(_change(passage, words, passage.markdown))
    return tuple(found + [_change(passage, passage.markdown, "") for passage in left])


def _former(passage: Passage, left: Sequence[Passage]) -> Passage | None:
    """The passage that another was before, if it is among those that are gone."""
    same = [one for one in left if one.section == passage.section]
    titled = [one for one in same if one.title == passage.title] or same
    scored = [(_likeness(one.markdown, passage.markdown), -at) for at, one in enumerate(titled)]
    best, place = max(scored, default=(0.0, 0))
    return titled[-place] if best >= _EDITED else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def changed_front(before: Record, after: Record) -> tuple[TextChange, ...]:
    """Lines of the title block and the small print that differ, in their order."""
    found = []
    for name in _FRONT:
        old, new = _line(before, name), _line(after, name)
        if old != new:
            found.append(TextChange(name, tuple(pieces(old, new))))
    return tuple(found)


def _line(record: Record, name: str) -> str:
    value = getattr(record, name)
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def _change(passage: Passage, old: str, new: str) -> TextChange:
    return TextChange(passage.section, tuple(pieces(old, new)), passage.title)


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Both texts in one, in runs of whole words."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    for same, (i, j, k, m) in _runs(a, b):
        if same:
            yield Piece(Edit.KEPT, "".join(a[i:j]))
            continue
        if i < j:
            yield Piece(Edit.TAKEN, "".join(a[i:j]))
        if k < m:
            yield Piece(Edit.ADDED, "".join(b[k:m]))


_Run = tuple[bool, tuple[int, int, int, int]]
"""Whether it is the same in both, and from where to where it goes in the one and in the other."""


def _runs(a: Sequence[str], b: Sequence[str]) -> list[_Run]:
    """What stays and what is edited by turns; edits that all but touch are one."""
    matched = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    runs: list[_Run] = [(tag == "equal", (i, j, k, m)) for tag, i, j, k, m in matched]
    joined: list[_Run] = []
    for at, (same, place) in enumerate(runs):
        inside = 0 < at < len(runs) - 1
        small = sum(bool(_WORD.match(word)) for word in a[place[0] : place[1]]) <= _STEPPING_STONE
        edited = not same or (inside and small)
        if edited and joined and not joined[-1][0]:
            before = joined.pop()[1]
            joined.append((False, (before[0], place[1], before[2], place[3])))
        else:
            joined.append((not edited, place))
    return joined
