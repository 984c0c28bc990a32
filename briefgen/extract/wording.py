"""Read likelihood, addressee and question off the words of a finding's sentence."""

import re
from collections.abc import Sequence

from briefgen.model import Level, Span


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_NEAR = 60
"""Characters before a risk in which a word speaks of that risk rather than of another."""

_LIKELIHOODS: Sequence[tuple[Level, re.Pattern[str]]] = (
    (
        Level.UNLIKELY,
        _words(
            r"unlikely|improbable|remote|little (?:risk|chance|danger)|low (?:risk|probability)"
            r"|slim"
        ),
    ),
    (
        Level.LIKELY,
        _words(
            r"likely|probabl[ey]|expected to|set to|bound to|inevitabl[ey]|certain(?:ly)? to"
            r"|invariably|almost certain(?:ly)?|high risk|surely|undoubtedly|poised to"
        ),
    ),
    (
        Level.POSSIBLE,
        _words(
            r"could|may|might|possibl[ey]|potential(?:ly)?|risks?|risking|at risk|threatens? to"
            r"|threat|danger|fears?|feared|perhaps|conceivabl[ey]|vulnerable|in case"
        ),
    ),
)


def likelihood(text: str, sentence: Span, risk: Span) -> tuple[Level, Span] | None:
    """How likely a risk is and the word that says so, next to the risk rather than far from it."""
    for start, end in (
        (risk.start, risk.end),
        (max(sentence.start, risk.start - _NEAR), risk.start),
        (sentence.start, sentence.end),
    ):
        for level, pattern in _LIKELIHOODS:
            if match := pattern.search(text, start, end):
                return level, Span(match.start(), match.end())
    return None


_QUESTION = re.compile(r"\?[\"”’')\s]*\Z")
_ASKED = re.compile(r"\W*(?:\(?\w{1,3}\)\s+)?(?:whether|what|why|how|when|which)\b")


def is_question(text: str, sentence: Span) -> bool:
    """Whether a sentence asks, as “Will the minister close the quay?” does, which proposes nothing.

    On the labelled documents three of ten proposals found in questions were some.
    """
    return bool(_QUESTION.search(text, sentence.start, sentence.end)) or is_asked(text, sentence)


def is_asked(text: str, sentence: Span) -> bool:
    """Whether a sentence is one of a list of questions: “(b) whether it will close the quay”."""
    return bool(_ASKED.match(text, sentence.start, sentence.end))


_ADDRESSED = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:on|upon)|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|press(?:es|ed|ing)?"
    r"|demand(?:s|ed|ing)?\s+that|recommend(?:s|ed|ing)?\s+that|encourag(?:e|es|ed|ing)"
    r"|request(?:s|ed|ing)?(?:\s+that)?|advis(?:e|es|ed|ing)|want(?:s|ed)?)"
    r"\s+((?:the\s+)?(?:[\w’'.-]+\s+){0,5}?[\w’'.-]+)\s+(?:to\b|should\b|must\b|not\s+to\b|take\b)"
)
_OBLIGED = re.compile(
    r"^[\"“]?(?:(?:But|And|So|Yet|Instead|However|Therefore|Finally|Moreover|First|Second),?\s+)?"
    r"((?:The\s+|the\s+)?(?:[A-Z][\w’'.-]*|of|and|the|for)(?:\s+(?:[A-Z][\w’'.-]*|of|and"
    r"|the|for|government|governments|ministry|ministers|parliament|members|states|leaders"
    r"|partners|authorities|officials))*)\s+(?:should|must|ought\s+to|needs?\s+to|has\s+to|have\s+to)\b"
)


def addressee(text: str, sentence: Span) -> Span | None:
    """Who is asked to act: “urged Congress to”, “The ministry should”; None when unsure."""
    words = text[sentence.start : sentence.end]
    for pattern in (_ADDRESSED, _OBLIGED):
        if match := pattern.search(words):
            start, end = match.span(1)
            if words[start:end].lower().split()[0] not in _NOBODY:
                return Span(sentence.start + start, sentence.start + end)
    return None


_NOBODY = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "there",
        "we",
        "i",
        "he",
        "she",
        "they",
        "you",
        "them",
        "us",
        "him",
        "her",
        "what",
        "which",
        "who",
        "all",
        "more",
        "any",
    ]
)
