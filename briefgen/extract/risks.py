"""Find harms that may follow."""

from collections.abc import Iterator

from briefgen.extract import wording
from briefgen.extract.clauses import feared
from briefgen.extract.reading import Reading
from briefgen.model import Kind, Likelihood, Risk
from briefgen.text.identity import finding_id


def extract(reading: Reading) -> Iterator[Risk]:
    """Yield the risks of one document."""
    document = reading.document
    for found in reading.found(Kind.RISK):
        whole = reading.sentence(found.sentence)
        span = feared(reading.text, found.span, whole)
        sentence, risk = document.quote(whole), document.quote(span)
        bearer = reading.nearest_role("bearer", found.sentence, found.span)
        signal = wording.likelihood(reading.text, whole, found.span)
        yield Risk(
            id=finding_id(Kind.RISK, sentence, (risk,)),
            sentence=sentence,
            voice=reading.cast.holder(reading.holder(found), found.span),
            risk=risk,
            bearer=document.quote(bearer) if bearer else None,
            likelihood=Likelihood(signal[0], document.quote(signal[1])) if signal else None,
            confidence=found.confidence,
        )
