"""The words that carry a statement, and how alike two statements are by them."""

import re

_EMPTY = frozenset(
    "a an the and or but of to in on at by for from with as is are was were be been being it its "
    "this that these those he she they them his her their we our us you your i my me who which "
    "what will would should could may might must can has have had do does did not no so than then "
    "there here also into over under about more most such".split()
)


_PUNCTUATION = re.compile(r"[\s\"“”‘’'«»*_(),;:.`–—-]+")


def is_punctuation(word: str) -> bool:
    """Whether a word is made of marks alone that no quote begins or ends with."""
    return _PUNCTUATION.fullmatch(word) is not None


def carries_meaning(word: str) -> bool:
    """Whether a word, in small letters, is one of the content words of its text."""
    return word not in _EMPTY and not is_punctuation(word)


def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, in small letters."""
    return frozenset(re.findall(r"\w+", text.lower())) - _EMPTY


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words over all words (Jaccard), from 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
