"""Judge how likely a risk is on a scale of five, by its signal and the words that strengthen it."""

import re

from briefgen.model import Document, Grade, Graded, Level, Risk, Span

# The outer levels are those that the yardsticks of intelligence assessment (PHIA's, ICD 203) set
# apart from “likely” and “unlikely”: a strengthened word, “remote”, and certainty, almost or whole.
# “Surely” and “most likely” stress a sentence and measure nothing, so they stay inside.
_STRENGTHENED = re.compile(
    r"(?<!\bnot )\b(?:very|highly|extremely|overwhelmingly|exceedingly|almost|nearly|virtually"
    r"|all but)\s+\Z",
    re.IGNORECASE,
)
_OUTER_ALONE = re.compile(
    r"remote|almost certain(?:ly)?|certain(?:ly)? to|inevitabl[ey]|bound to", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|never|hardly|n['’]t)\s+\Z", re.IGNORECASE)

_OUTER = {Level.UNLIKELY: Grade.VERY_UNLIKELY, Level.LIKELY: Grade.VERY_LIKELY}


def graded(risk: Risk, document: Document) -> Graded | None:
    """A risk's likelihood on the scale of five; None where its wording has none."""
    if risk.likelihood is None:
        return None
    level, signal = risk.likelihood.level, risk.likelihood.signal
    if signal is None:
        return Graded(Grade(level), None)
    before = document.text[risk.sentence.span.start : signal.span.start]
    strengthened = _STRENGTHENED.search(before)
    alone = _OUTER_ALONE.fullmatch(" ".join(signal.text.split())) and not _DENIED.search(before)
    if level in _OUTER and (strengthened or alone):
        start = signal.span.start - (len(strengthened[0]) if strengthened else 0)
        return Graded(_OUTER[level], document.quote(Span(start, signal.span.end)))
    return Graded(Grade(level), signal)
