"""What changed between two versions of a brief: claims, the analyst's words, sources."""

from briefgen.compare.claims import changed_claims
from briefgen.compare.reading import read
from briefgen.compare.texts import changed_front, changed_passages, pieces
from briefgen.model import Changes, Record, Source

__all__ = ["compare", "pieces", "read"]


def compare(before: Record, after: Record) -> Changes:
    """What a reader of the first version finds otherwise in the second."""
    claims, moved = changed_claims(before, after)
    known = {_identity(source) for source in before.sources}
    kept = {_identity(source) for source in after.sources}
    return Changes(
        claims=claims,
        texts=changed_passages(before, after),
        front=changed_front(before, after),
        sources_added=tuple(s for s in after.sources if _identity(s) not in known),
        sources_removed=tuple(s for s in before.sources if _identity(s) not in kept),
        order=moved or before.sections != after.sections,
    )


def _identity(source: Source) -> tuple[str | None, ...]:
    """What makes a source the one it was: its id may be the name of a file that moved."""
    return (source.title.casefold(), source.publisher, source.published)
