"""What a labelled document is, however its labels are written."""

import re
from dataclasses import dataclass

from briefgen.model import Document, Kind, Span


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled attribution, position, proposal or risk, as spans of its document."""

    kind: Kind | None
    """None for an attribution of PolNeAR, which is a position in a much wider sense."""
    content: tuple[Span, ...]
    holder: tuple[Span, ...]
    """The words that name the holder, empty where the text leaves them out."""
    named: bool
    """Whether the holder is known, if only from elsewhere in the document."""
    cue: tuple[Span, ...] = ()
    bearer: Span | None = None
    label: str | None = None
    """Stance of a position, status of a proposal."""
    optional: bool = False
    """Borderline: neither asked for nor held against a model."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and the records of each sense that it was labelled in."""

    name: str
    document: Document
    findings: tuple[Record, ...] | None = None
    """Positions, proposals and risks; None where nobody labelled them."""
    attributions: tuple[Record, ...] | None = None
    """Attributions in PolNeAR's wide sense; None where nobody labelled them."""


def find(text: str, words: str | None, within: Span, near: Span | None = None) -> Span | None:
    """Where words stand in a span of the text, white space loose: the place nearest to another."""
    if not words or not words.split():
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    places = [Span(*m.span()) for m in pattern.finditer(text, within.start, within.end)]
    whole = [place for place in places if _whole(text, place)] or places
    if near is None or not whole:
        return whole[0] if whole else None
    return min(whole, key=lambda p: max(p.start - near.end, near.start - p.end, 0))


def _whole(text: str, span: Span) -> bool:
    """Whether a span begins and ends between words."""
    inside = text[span.start : span.end]
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return not (before.isalnum() and inside[0].isalnum()) and not (
        after.isalnum() and inside[-1].isalnum()
    )
