"""Find harms that may follow."""

import re
from collections.abc import Iterator

from briefgen.extract import wording
from briefgen.extract.identity import finding_id
from briefgen.extract.reading import Reading
from briefgen.extract.spans import TaggedSpan
from briefgen.model import Kind, Likelihood, Risk, Span


def extract(reading: Reading) -> Iterator[Risk]:
    """Yield the risks of one document."""
    document = reading.document
    for found in _whole(reading):
        whole = reading.sentence(found.sentence)
        sentence, risk = document.quote(whole), document.quote(found.span)
        voice = reading.role_in(("voice", "actor"), found.sentence, found.span)
        bearer = reading.role_in(("bearer",), found.sentence, found.span)
        signal = wording.likelihood(reading.text, whole, found.span)
        yield Risk(
            id=finding_id(Kind.RISK, sentence, (risk,)),
            sentence=sentence,
            voice=reading.cast.holder(voice, found.span),
            risk=risk,
            bearer=document.quote(bearer) if bearer else None,
            likelihood=Likelihood(signal[0], document.quote(signal[1])) if signal else None,
            confidence=1.0,
        )


_FEARED = re.compile(r"\b(?:fear|warn|worr(?:y|i)|afraid|alarm|danger|risk)\w*", re.IGNORECASE)
"""Cues whose statement is a harm from its first word to its last."""


def _whole(reading: Reading) -> Iterator[TaggedSpan]:
    """Risks, each as long as what is feared or warned of where the tagger marks a part of it."""
    feared = [
        statement
        for statement in reading.content(Kind.POSITION)
        if (cue := reading.role_in(("cue",), statement.sentence, statement.span))
        and _FEARED.search(reading.text, cue.start, cue.end)
        and cue.end <= statement.span.start
    ]
    seen: set[Span] = set()
    for found in reading.content(Kind.RISK):
        around = (
            statement.span
            for statement in feared
            if statement.sentence == found.sentence and statement.span.holds(found.span)
        )
        span = next(around, found.span)
        if span not in seen:
            seen.add(span)
            yield TaggedSpan(span, found.sentence)
