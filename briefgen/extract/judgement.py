"""How a holder stands and how far a proposal has come; unsure is neutral or none."""

import numpy as np
from numpy.typing import NDArray

from briefgen.extract.reading import Found, Reading
from briefgen.model import Span, Stance, Status
from briefgen.text.outputs import STANCES, STATUSES


def stance(reading: Reading, found: Found, cue: Span | None) -> Stance:
    """How the holder of a statement stands towards what it is about."""
    share = stance_shares(reading, found, cue)
    best = int(share.argmax())
    return STANCES[best] if share[best] >= reading.decoding.stance else Stance.NEUTRAL


def stance_shares(reading: Reading, found: Found, cue: Span | None) -> NDArray[np.float64]:
    """Probability of each stance."""
    score = reading.tags.part("stance of statement", found.words).mean(axis=0)
    if cue:
        score = score + reading.tags.part("stance of cue", reading.rows(cue)).mean(axis=0)
    return _softmax(score)


def status(reading: Reading, found: Found) -> Status | None:
    """How far a proposal has come; None where no status is likely enough."""
    share = status_shares(reading, found)
    best = int(share.argmax())
    return STATUSES[best] if share[best] >= reading.decoding.status else None


def status_shares(reading: Reading, found: Found) -> NDArray[np.float64]:
    """Probability of each status."""
    tags, whole = reading.tags, reading.sentence_rows(found.sentence)
    return _softmax(
        tags.part("status of action", found.words).mean(axis=0)
        + tags.part("status of sentence", whole).mean(axis=0)
    )


def _softmax(score: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(score - score.max())
    share: NDArray[np.float64] = grown / grown.sum()
    return share
