"""Change the fields of a finding as an analyst says."""

from dataclasses import replace
from typing import Any

from briefgen.errors import GroundingError
from briefgen.model import Document, Finding, Grade, Kind, Level, Likelihood, Quote, Risk
from briefgen.review.additions import (
    CONTENTS,
    HOLDERS,
    actor,
    likelihood,
    sentence_around,
    words_near,
)
from briefgen.review.schema import Edit, Rating

LEVELS = {
    Grade.VERY_UNLIKELY: Level.UNLIKELY,
    Grade.UNLIKELY: Level.UNLIKELY,
    Grade.POSSIBLE: Level.POSSIBLE,
    Grade.LIKELY: Level.LIKELY,
    Grade.VERY_LIKELY: Level.LIKELY,
}
"""Grades on the scale of three."""


def names(kind: Kind, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Fields by their names in ``findings.json``."""
    own = {"actor": HOLDERS[kind], "statement": CONTENTS[kind]}
    return tuple(own.get(field, field) for field in fields)


def edited(document: Document, finding: Finding, edit: Edit) -> Finding:
    """The finding with the analyst's fields; its id stays.

    Raises GroundingError where words that are to be the source's do not stand near the sentence.
    """
    if edit.statement is not None:
        finding = _restated(document, finding, edit.statement)
    fields: dict[str, Any] = {}
    for name in edit.fields:
        value = getattr(edit, name)
        match name:
            case "actor":
                fields[HOLDERS[finding.kind]] = actor(document, finding.sentence, value)
            case "addressee" | "bearer":
                fields[name] = words_near(document, finding.sentence, value)
            case "likelihood":
                fields[name] = likelihood(value)
            case "stance" | "target" | "speech" | "status":
                fields[name] = value
            case _:
                pass  # a statement is cut above, and topics stand in the finding's mark
    return replace(finding, **fields)


def rated(finding: Finding, rating: Rating) -> Finding:
    """A risk with the likelihood that the analyst gives it, if any."""
    if not isinstance(finding, Risk) or rating.likelihood is None:
        return finding
    return replace(finding, likelihood=Likelihood(LEVELS[rating.likelihood], None))


def _restated(document: Document, finding: Finding, pieces: tuple[str, ...]) -> Finding:
    if finding.kind is not Kind.POSITION and len(pieces) > 1:
        kind = CONTENTS[finding.kind]
        raise GroundingError(f"statement: the {kind} of {finding.id} is one piece (write one)")
    quotes: list[Quote] = [
        quote for piece in pieces if (quote := words_near(document, finding.sentence, piece))
    ]
    quotes.sort(key=lambda quote: quote.span)
    inside = all(finding.sentence.span.holds(quote.span) for quote in quotes)
    sentence = finding.sentence if inside else sentence_around(document, quotes)
    own: dict[str, Any] = {
        CONTENTS[finding.kind]: tuple(quotes) if finding.kind is Kind.POSITION else quotes[0]
    }
    return replace(finding, sentence=sentence, **own)
