"""Choose the verbatim words of a finding that a line of the brief shows."""

import re
from itertools import pairwise

from briefgen.model import Document, Finding, Position, Quote, Span
from briefgen.text.words import content_words

_PLAIN_CUE = re.compile(
    r"(?:have |has |had |also |then |later |further )*(?:sa(?:y|ys|id|ying)|tells?|told"
    r"|stat(?:e|es|ed|ing)|add(?:s|ed|ing)?|according(?: to)?|wrote|writes?|written"
    r"|remark(?:s|ed)?|not(?:e|es|ed)|comment(?:s|ed)?|observ(?:e|es|ed)|argu(?:e|es|ed)"
    r"|believ(?:e|es|ed)|thinks?|thought|report(?:s|ed)?|explain(?:s|ed)?|claim(?:s|ed)?"
    r"|assert(?:s|ed)?|points? out|pointed out|declar(?:e|es|ed)|announc(?:e|es|ed)"
    r"|suggest(?:s|ed)?|holds?|held)(?: that| in.*)?",
    re.IGNORECASE,
)
"""Cues that only say that something was said; the statement is understood without them."""

_APART = re.compile(r"[.;:!?—–]")
"""What parts a cue from a statement that can't be read in one go with it."""

_REACH = 100
"""Characters between a cue and its statement that are shown with them, about a line."""

_NEGATION = re.compile(
    r"\b(?:(?:do|does|did|will|would|can|could|should|must|is|are|was|were|has|have|had)\s+)?"
    r"(?:not|never|no longer|cannot|neither|nor|\w+n['’]t)(?:\s+[\w’'-]+){0,2}\s+$",
    re.IGNORECASE,
)
"""A negation at most two words before what it negates, with its own auxiliary."""

_GAP = 3
"""Characters between two pieces that are shown as one, such as a comma and a space."""

_FEWEST = 4
"""Content words below which a piece is not understood by itself: “take part”, “still refuses”."""

_LONGEST = 300
"""Characters of a sentence that is shown whole where its piece says too little, four lines."""


def excerpt(document: Document, finding: Finding) -> tuple[Quote, ...]:
    """The words to show: what is stated, with the cue and the negation that are part of it.

    “denounced Beijing for …” is shown with its cue, what somebody “said” without. What is too
    short to be understood is shown as the whole sentence.
    """
    spans = [quote.span for quote in finding.content]
    if isinstance(finding, Position):
        spans[0] = _with_cue(document, finding)
    spans[0] = _with_negation(document, finding.sentence.span, spans[0])
    joined = [spans[0]]
    for before, after in pairwise(spans):
        if after.start - before.end <= _GAP:
            joined[-1] = Span(joined[-1].start, after.end)
        else:
            joined.append(after)
    words = content_words(" ".join(document.quote(span).text for span in joined))
    if len(words) < _FEWEST and len(finding.sentence.text) <= _LONGEST:
        return (finding.sentence,)
    return tuple(document.quote(span) for span in joined)


def _with_cue(document: Document, position: Position) -> Span:
    cue, first = position.cue, position.statement[0].span
    if cue is None or cue.span.end > first.start or first.start - cue.span.end > _REACH:
        return first
    if _APART.search(document.text, cue.span.end, first.start):
        return first
    negated = _NEGATION.search(document.text[position.sentence.span.start : cue.span.start])
    if _PLAIN_CUE.fullmatch(" ".join(cue.text.split())) and not negated:
        return first
    return Span(cue.span.start, first.end)


def _with_negation(document: Document, sentence: Span, span: Span) -> Span:
    """Take in a “does not” before a span: without it the words would say the contrary."""
    found = _NEGATION.search(document.text[sentence.start : span.start])
    return Span(sentence.start + found.start(), span.end) if found else span
