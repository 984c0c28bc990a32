"""A label and a finding in one shape, so that the two can be compared."""

from dataclasses import dataclass

from briefgen.model import Finding, Kind, Position, Proposal


@dataclass(frozen=True, slots=True)
class Record:
    """One position, proposal or risk, as a person labelled it or as extraction found it."""

    kind: Kind
    sentence: str
    content: tuple[str, ...]
    """What is stated, proposed or feared, in pieces where the sentence interrupts it."""
    holder: str | None
    """Words that name whoever states, proposes or warns; None where the sentence names nobody."""
    name: str | None
    """Who that is in full."""
    judged: str | None = None
    """Stance of a position, status of a proposal; None where there is none."""
    optional: bool = False
    """A borderline label: neither asked for nor held against what is found."""

    @property
    def words(self) -> str:
        """The content as one text."""
        return " ".join(self.content)


def found(finding: Finding) -> Record:
    """What extraction found, as a record."""
    holder = finding.holder
    match finding:
        case Position(stance=judged) | Proposal(status=judged):
            pass
        case _:
            judged = None
    return Record(
        kind=finding.kind,
        sentence=finding.sentence.text,
        content=tuple(piece.text for piece in finding.content),
        holder=holder.quote.text if holder and holder.quote else None,
        name=holder.name if holder else None,
        judged=judged,
    )
