"""Choose the verbatim words of a finding that a line of the brief shows."""

import re
from itertools import pairwise

from briefgen.model import Document, Finding, Position, Quote, Span

_PLAIN_CUE = re.compile(
    r"(?:have |has |had |also |then |later |further )*(?:sa(?:y|ys|id|ying)|tells?|told"
    r"|stat(?:e|es|ed|ing)|add(?:s|ed|ing)?|according(?: to)?|wrote|writes?|written"
    r"|remark(?:s|ed)?|not(?:e|es|ed)|comment(?:s|ed)?|observ(?:e|es|ed)|argu(?:e|es|ed)|believ(?:e|es|ed)|think(?:s)?|thought"
    r"|report(?:s|ed)?|explain(?:s|ed)?|claim(?:s|ed)?|assert(?:s|ed)?|point(?:s|ed)? out"
    r"|declar(?:e|es|ed)|announc(?:e|es|ed)|suggest(?:s|ed)?|hold(?:s)?|held)(?: that| in.*)?",
    re.IGNORECASE,
)
"""Cues that only say that something was said; the statement is understood without them."""

_CLOSE = re.compile(r"[\s,:“\"'‘]*(?:(?:that|the|to|for|as|by|on|of|any)\s+){0,2}[“\"'‘]?")
"""What may stand between a cue and its statement for the two to be read in one go."""

_GAP = 3
"""Characters between two pieces that are shown as one, such as a comma and a space."""


def excerpt(document: Document, finding: Finding) -> tuple[Quote, ...]:
    """The words to show: what is stated, with the cue where that carries part of it.

    “denounced Beijing for serving as …” is shown with its cue, what somebody “said” without.
    """
    spans = [quote.span for quote in finding.content]
    if isinstance(finding, Position) and finding.cue and _carries(document, finding):
        spans[0] = Span(finding.cue.span.start, spans[0].end)
    joined = [spans[0]]
    for before, after in pairwise(spans):
        if after.start - before.end <= _GAP:
            joined[-1] = Span(joined[-1].start, after.end)
        else:
            joined.append(after)
    return tuple(document.quote(span) for span in joined)


def _carries(document: Document, position: Position) -> bool:
    cue, first = position.cue, position.statement[0]
    if cue is None or cue.span.end > first.span.start:
        return False
    if _PLAIN_CUE.fullmatch(" ".join(cue.text.split())):
        return False
    return _CLOSE.fullmatch(document.text, cue.span.end, first.span.start) is not None
