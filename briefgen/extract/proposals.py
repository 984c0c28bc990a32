"""Find what someone should, could, plans or agrees to do."""

from collections.abc import Iterator

from briefgen.extract import wording
from briefgen.extract.identity import finding_id
from briefgen.extract.reading import Reading
from briefgen.model import Kind, Proposal


def extract(reading: Reading) -> Iterator[Proposal]:
    """Yield the proposals of one document."""
    document = reading.document
    for found in reading.content(Kind.PROPOSAL):
        whole = reading.sentence(found.sentence)
        sentence, action = document.quote(whole), document.quote(found.span)
        # Who proposes is often tagged as an actor alone: a proposal in speech is a position too.
        proposer = reading.role_in(("proposer", "actor"), found.sentence, found.span)
        asked = wording.addressee(reading.text, whole)
        yield Proposal(
            id=finding_id(Kind.PROPOSAL, sentence, (action,)),
            sentence=sentence,
            proposer=reading.cast.holder(proposer, found.span),
            action=action,
            status=wording.status(reading.text, whole, proposer, found.span),
            addressee=document.quote(asked) if asked else None,
            confidence=1.0,
        )
