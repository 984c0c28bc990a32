"""Put the statements that a section shows in the order that it asks for."""

from collections.abc import Mapping, Sequence

from briefgen.assemble.choosing import published
from briefgen.assemble.duplicates import Statement
from briefgen.assemble.ranking import by_weight
from briefgen.model import CONFIDENCE_DECIMALS, Document

_LAST = "\U0010ffff"
"""Sorts behind every name and every date."""


def ordered(
    statements: Sequence[Statement], by: str | None, documents: Mapping[str, Document]
) -> list[Statement]:
    """Statements by a criterion; equals, and all of them where it is None, stay as they were.

    The surest, the earliest or the heaviest first; actors by the alphabet, sources in the order of
    the bibliography. What has no actor or no date comes last.
    """
    places = {source: place for place, source in enumerate(documents)}
    match by:
        case "confidence":
            return sorted(
                statements, key=lambda s: -round(s.finding.confidence, CONFIDENCE_DECIMALS)
            )
        case "date":
            return sorted(statements, key=lambda s: published(s, documents) or _LAST)
        case "actor":
            return sorted(
                statements,
                key=lambda s: s.finding.holder.name.casefold() if s.finding.holder else _LAST,
            )
        case "source":
            return sorted(statements, key=lambda s: places[s.finding.sentence.source_id])
        case "weight":
            return by_weight(statements)
    return list(statements)
