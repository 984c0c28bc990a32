"""Mend spans that the tagger cuts short of a phrase, and drop those that state nothing."""

import re

from briefgen.extract.spans import trim
from briefgen.model import Span
from briefgen.text.words import content_words

_UNFINISHED = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|by|for|with|from|and|or|but|that|which|who|as|into|its|their|his"
    r"|her|our|be|is|are|was|were|not|no|than|between|against|about|over|under|through|without"
    r"|within)$",
    re.IGNORECASE,
)
"""Words that no phrase ends with."""

_CLAUSE_END = re.compile(r"[,;:!?—–”\"]|\.(?=\s+[^\Wa-z]|\s*$|[”\"])|\s-\s")

_CONDITION = re.compile(r"\b(?:if|unless|without)\s+$", re.IGNORECASE)
"""What makes a harm conditional; a risk without it would claim more than its source."""

_ARTICLE = re.compile(r"(?<!\w)(?:the|an?)\s+$", re.IGNORECASE)
"""Belongs to the noun behind it, so that no quote starts with half a phrase."""

_THAT = re.compile(r"that,?\s+")
_REPORTED = re.compile(r"[a-z)”\"],?\s+$")
"""What stands before the “that” of a reported clause, which is no part of what is said; after a
sentence's end or an opening mark “that” may be the subject."""

_JOINED = re.compile(r"(?:and|but)\s+(?:that\s+)?")
"""What joins a clause to the one before, and is no part of it."""

_ASIDE = 25
"""Characters at the start of a span in which an aside from before it may close."""

_FEWEST = 2
"""Content words that a statement needs: “who is” and “said so” state nothing. On the labelled
documents this drops eleven wrong statements for four right ones."""


_LOOSE_END = re.compile(
    r"(?:[\s,]+(?:and|or|of|the|a|an|in|on|for|from|by|to|with|who|which|that))+$"
)
_TITLES = "Mrs Rev Hon Col Maj Adm Capt Gov Sen Sens Rep Reps Gen Prof".split()
_BROKEN = re.compile(
    r"\s*[\[\]{}]|(?<=\w{3})" + "".join(rf"(?<!\b{title})" for title in _TITLES) + r"[.!?]\s"
)
"""What stands in no name: a bracket, or the end of a sentence, but not that of “Sen. Lovell”."""

_LOOSE_START = re.compile(r"(?:(?:and|or|of|that|but|through|to|for|on|in|from|by|with)\s+)+(?=\w)")


def mended_name(text: str, span: Span) -> Span:
    """The span of an actor without an “and” or “of the” at either end."""
    if broken := _BROKEN.search(text, span.start, span.end):
        span = Span(span.start, broken.start())
    opening = _LOOSE_START.match(text, span.start, span.end)
    start = opening.end() if opening else span.start
    loose = _LOOSE_END.search(text[start : span.end])
    return Span(start, start + loose.start() if loose and loose.start() else span.end)


def mended(text: str, span: Span, sentence: Span) -> Span | None:
    """The span with its last phrase finished and no half of an aside; None if it states nothing."""
    start, end = span.start, span.end
    closing = text.find(")", start, min(end, start + _ASIDE))
    if closing >= 0 and "(" not in text[start:closing]:
        start = closing + 1
    if _UNFINISHED.search(text[start:end]):
        found = _CLAUSE_END.search(text, end + 1, sentence.end)
        end = found.start() if found else sentence.end
    lead = text[max(sentence.start, start - _ASIDE) : start]
    if (that := _THAT.match(text, start, end)) and _REPORTED.search(lead):
        start = that.end()
    if joined := _JOINED.match(text, start, end):
        start = joined.end()
    if condition := _CONDITION.search(text, max(sentence.start, start - _ASIDE), start):
        start = condition.start()
    if article := _ARTICLE.search(text, max(sentence.start, start - _ASIDE), start):
        start = article.start()
    whole = trim(text, Span(start, end))
    return whole if len(content_words(text[whole.start : whole.end])) >= _FEWEST else None


_FEARED = re.compile(
    r"\b(?:fear(?:s|ed|ing)?|warn(?:s|ed|ing)? (?:of|about)|risk(?:s|ed|ing)?)\s+(?:that\s+)?"
)
"""Verbs whose object is the harm, from its first word on."""


def feared(text: str, span: Span, sentence: Span) -> Span:
    """The span of a risk from the verb that fears it on, where no clause ends between the two.

    “They fear overextending the alliance and alienating nations that stay aside”: the harm is what
    they fear, not that nations stay aside.
    """
    for verb in reversed(list(_FEARED.finditer(text, sentence.start, span.start))):
        if _CLAUSE_END.search(text, verb.end(), span.start) is None:
            return trim(text, Span(verb.end(), span.end))
    return span
