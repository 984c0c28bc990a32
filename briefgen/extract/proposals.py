"""Find what someone should, could, plans or agrees to do."""

from collections.abc import Iterator

from briefgen.extract import judgement, wording
from briefgen.extract.holders import holder
from briefgen.extract.reading import Reading
from briefgen.model import Kind, Proposal
from briefgen.text.identity import finding_id


def extract(reading: Reading) -> Iterator[Proposal]:
    """Yield the proposals of one document."""
    document = reading.document
    for found in reading.found(Kind.PROPOSAL):
        whole = reading.sentence(found.sentence)
        if wording.is_question(reading.text, whole):
            continue
        sentence, action = document.quote(whole), document.quote(found.span)
        asked = wording.addressee(reading.text, whole)
        yield Proposal(
            id=finding_id(Kind.PROPOSAL, sentence, (action,)),
            sentence=sentence,
            proposer=holder(reading, found, found.span),
            action=action,
            status=judgement.status(reading, found),
            addressee=document.quote(asked) if asked else None,
            confidence=found.confidence,
        )
