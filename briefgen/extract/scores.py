"""Say what the model made of one finding: the numbers behind its confidence, stance and status."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefgen.extract import judgement
from briefgen.extract.reading import Found, Reading
from briefgen.model import Document, Finding, Position, Proposal
from briefgen.text.outputs import STANCES, STATUSES
from briefgen.text.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Scores:
    """What a finding's confidence was computed from."""

    records: float
    """Expected number of records that match its words, seldom over 1."""
    sentence: float
    """Probability that its sentence has a finding of its kind."""
    words: float
    """Mean probability that its words belong to one."""
    least: float
    """Confidence below which it would be no finding."""
    judged: Mapping[str, float] = field(default_factory=dict)
    """Probability of each stance or status."""
    settled: float | None = None
    """Probability that a stance or status needs to be given; None for risks."""


def scores(document: Document, tagger: Tagger, finding: Finding) -> Scores | None:
    """Tag the document again and return the numbers behind a finding of it, as it was extracted.

    None where this model finds no such words.
    """
    reading = Reading(document, tagger.tag(document), tagger.decoding)
    span = finding.content[0].span
    near = [found for found in reading.candidates(finding.kind) if found.span.overlaps(span)]
    found = min(near, key=lambda f: abs(f.confidence - finding.confidence), default=None)
    if found is None:
        return None
    judged, settled = _judged(reading, found, finding)
    expected, sentence, words = found.known
    return Scores(
        _probability(expected),
        _probability(sentence),
        words,
        reading.decoding.least[finding.kind],
        judged,
        settled,
    )


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _judged(
    reading: Reading, found: Found, finding: Finding
) -> tuple[Mapping[str, float], float | None]:
    match finding:
        case Position():
            cue = finding.cue.span if finding.cue else None
            share = judgement.stance_shares(reading, found, cue)
            names = [str(stance) for stance in STANCES]
            return dict(zip(names, share.tolist(), strict=True)), reading.decoding.stance
        case Proposal():
            share = judgement.status_shares(reading, found)
            names = [str(status) for status in STATUSES]
            return dict(zip(names, share.tolist(), strict=True)), reading.decoding.status
        case _:
            return {}, None
