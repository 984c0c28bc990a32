"""Stage 2, from a document to its findings, each with the words that back it."""

from collections.abc import Callable, Iterator, Mapping

from briefgen.extract import broad, positions, proposals, risks
from briefgen.extract.reading import Reading
from briefgen.model import Attribution, Document, Extraction, Finding, Kind
from briefgen.text.grounding import check
from briefgen.text.tagger import Tagger

EXTRACTORS: Mapping[Kind, Callable[[Reading], Iterator[Finding]]] = {
    Kind.POSITION: positions.extract,
    Kind.PROPOSAL: proposals.extract,
    Kind.RISK: risks.extract,
}
"""What finds each kind."""


def extract(
    document: Document, tagger: Tagger, progress: Callable[[float], None] | None = None
) -> Extraction:
    """Find the positions, proposals and risks of one document, each kind in reading order.

    ``progress`` is told the share of the document that is tagged.
    A sentence that the document repeats word for word is one finding, at its first place.
    """
    reading = Reading(document, tagger.tag(document, progress), tagger.decoding)
    found: dict[str, Finding] = {}
    for extractor in EXTRACTORS.values():
        for finding in sorted(extractor(reading), key=lambda f: f.content[0].span):
            for quote in (finding.sentence, *finding.content):
                check(document, quote)
            found.setdefault(finding.id, finding)
    return Extraction(document, tuple(found.values()))


def attributions(document: Document, tagger: Tagger) -> tuple[Attribution, ...]:
    """Find every attribution of one document in the wide sense, in reading order."""
    tags = tagger.tag(document, output="attributions")
    found = tuple(broad.extract(Reading(document, tags, tagger.decoding)))
    for attribution in found:
        for quote in (attribution.source, attribution.cue, *attribution.content):
            if quote:
                check(document, quote)
    return found
