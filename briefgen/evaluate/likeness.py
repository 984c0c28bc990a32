"""When a label and a finding mean the same: by words, so that offsets and white space don't matter.

The rules are fixed, since figures of different days are compared: change one, and every earlier
figure has to be measured again.
"""

import re
from functools import lru_cache

from briefgen.evaluate.record import Record

ENOUGH = 0.5
"""Likeness from which on a label and a finding are one record."""

_EMPTY = frozenset(
    "a an and are as at be been by dr for from he her his i in is its it mr mrs ms my of on or our "
    "she that the their these they this those to was we were with your".split()
)


def likeness(one: Record, other: Record) -> float:
    """Content words that both have over content words of either (Jaccard), from 0 to 1."""
    mine, yours = _telling(one.words), _telling(other.words)
    return len(mine & yours) / len(mine | yours) if mine or yours else 0.0


def weight(record: Record) -> int:
    """How many content words a record has."""
    return len(_telling(record.words))


def sentence_key(sentence: str) -> str:
    """A sentence without what is not a word: equal for one sentence however it is set."""
    return " ".join(_words(sentence))


def same_sentence(one: str, other: str) -> bool:
    """Whether two sentences are one that two splitters cut differently.

    The shorter shares at least 80 % of its different words with the longer, and these are at least
    40 % of the longer's.
    """
    mine, yours = set(_words(one)), set(_words(other))
    if not mine or not yours:
        return False
    shorter, longer = sorted((len(mine), len(yours)))
    shared = len(mine & yours)
    return shared / shorter >= 0.8 and shared / longer >= 0.4


def holders_agree(label: Record, finding: Record) -> bool:
    """Whether a finding names the labelled holder: a shared word of the mention or of the name.

    Where the sentence leaves the labelled holder out, a finding without one is right too; where the
    label has none, no other is.
    """
    wanted, given = _holder(label), _holder(finding)
    if not wanted:
        return not given
    return not wanted.isdisjoint(given) if given else not label.holder


def _holder(record: Record) -> frozenset[str]:
    return _telling(record.holder or "") | _telling(record.name or "")


@lru_cache(maxsize=4096)
def _telling(text: str) -> frozenset[str]:
    return frozenset(_words(text)) - _EMPTY


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", text.lower()))
