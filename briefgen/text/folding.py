"""Give the forms of a word one shape, so that “closing” and “closes” compare as equal."""

import re
from functools import lru_cache

_REWRITES = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"[’‘]", "'"),
        (r"\b(?:United States(?: of America)?|U\.S\.(?:A\.)?|USA?)(?!\w)", " Unitedstates "),
        (r"\b(?:United Kingdom|U\.K\.|UK)(?!\w)", " Unitedkingdom "),
        (r"\bEuropean Union\b", "EU"),
        (r"\bUnited Nations\b", "UN"),
        (r"(?<=\d),(?=\d{3})", ""),
        (r"\$\s*([\d.]+)(\s?(?:[mb]n?|million|billion)\b)?", r"\1\2 dollar "),
        (r"€\s*([\d.]+)(\s?(?:[mb]n?|million|billion)\b)?", r"\1\2 euro "),
        (r"£\s*([\d.]+)(\s?(?:[mb]n?|million|billion)\b)?", r"\1\2 pound "),
        (r"(?<=\d)\s?bn\b", " billion"),
        (r"(?<=\d)mn?\b", " million"),
        (r"%|\bper cent\b", " percent "),
        (r"\b([Ww])on't\b", r"\1ill not"),
        (r"\b([Cc])an(?:'t|not)\b", r"\1an not"),
        (r"n't\b", " not"),
        (r"'ll\b", " will"),
        (r"'(?:s|re|ve|d|m)\b", ""),
    )
)
"""What is written in several ways and means one thing: names of four powers, sums, contractions."""

_WORD = re.compile(r"\w+(?:\.\d+)?")

_ALIKE = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        # British spellings and the American letters for them.
        ("programme", "program"),
        (r"(?<=\w\w\w)our", "or"),
        (r"tre(?=s?$)", "ter"),
        (r"is(?=(?:e|ed|es|ing|ation)s?$)", "iz"),
        (r"^(def|off|lic)enc", r"\1ens"),
        # Endings, one after the other.
        (r"(?<=\w\w)ies$", "y"),
        (r"(?<=ss|sh|ch)es$|(?<=x)es$|(?<=[^sui])s$", ""),
        (r"(?<=\w\w\w)(?:ing|ed)$", ""),
        (r"(?<=\w\w\w)e$", ""),
        (r"(?<=\w\w)([^\Waeiouy\d])\1$", r"\1"),
        (r"(?<=\w\w)y$", "i"),
    )
)
"""What is taken for the same in words, in this order."""

_COUNTS = "two three four five six seven eight nine ten eleven twelve".split()


@lru_cache(maxsize=1 << 12)
def folded(text: str) -> tuple[tuple[str, str], ...]:
    """Each word of a text as it stands and in the shape that its other forms share."""
    for pattern, into in _REWRITES:
        text = pattern.sub(into, text)
    return tuple((word, fold(word)) for word in map(str.lower, _WORD.findall(text)))


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """The shape that a word in small letters shares with its inflected and American forms.

    It is for comparing, not for reading: “policies” and “policy” both give ``polici``.
    """
    if word in _COUNTS:
        return str(_COUNTS.index(word) + 2)
    for pattern, into in _ALIKE:
        word = pattern.sub(into, word)
    return word
