"""Find harms that may follow."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefgen.extract import wording
from briefgen.extract.clauses import feared
from briefgen.extract.holders import holder
from briefgen.extract.reading import Found, Reading
from briefgen.model import Kind, Likelihood, Risk, Span
from briefgen.text.identity import finding_id


def extract(reading: Reading) -> Iterator[Risk]:
    """Yield the risks of one document."""
    document = reading.document
    for found in _with_conditions(reading.text, reading.found(Kind.RISK)):
        whole = reading.sentence(found.sentence)
        found = replace(found, span=feared(reading.text, found.span, whole))
        sentence, risk = document.quote(whole), document.quote(found.span)
        bearer = reading.nearest_role("bearer", found.sentence, found.span)
        signal = wording.likelihood(reading.text, whole, found.span)
        yield Risk(
            id=finding_id(Kind.RISK, sentence, (risk,)),
            sentence=sentence,
            voice=holder(reading, found, found.span),
            risk=risk,
            bearer=document.quote(bearer) if bearer else None,
            likelihood=Likelihood(signal[0], document.quote(signal[1])) if signal else None,
            confidence=found.confidence,
        )


_CONDITION = re.compile(r"(?:if|unless|should)\b", re.IGNORECASE)
_BETWEEN = re.compile(r",?\s+(?:then\s+)?")


def _with_conditions(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Join “If the levee fails” to the “homes could be flooded” right behind it.

    The condition alone is no harm, and the harm without it would claim more than its source.
    """
    before: Found | None = None
    for risk in found:
        if before is not None:
            if _BETWEEN.fullmatch(text, before.span.end, risk.span.start):
                risk = replace(risk, span=Span(before.span.start, risk.span.end))
            else:
                yield before
            before = None
        if (
            _CONDITION.match(text, risk.span.start)
            and "," not in text[risk.span.start : risk.span.end]
        ):
            before = risk
        else:
            yield risk
    if before is not None:
        yield before
