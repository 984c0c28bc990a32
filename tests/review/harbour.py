"""Two small documents with findings to decide on, and what becomes of decisions."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from briefgen.extract import extract
from briefgen.model import Extraction, Finding
from briefgen.review import Reviewed, review
from briefgen.review.file import loads
from briefgen.text.tagger import Tagger
from tests.helpers import document

TEXTS = {
    "minutes": (
        "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
        "The Fishers' Association warned that the works could bury the herring's spawning grounds "
        "in silt.\n\n"
        "Jon Brask warned that a toll on heavy lorries would drive northern shipping lines away."
        "\n\n"
        "The Ministry of Transport agreed to publish the contract in June."
    ),
    "column": (
        "The Harbour Council supports the dredging plan for the outer harbour.\n\n"
        "Minister Ana Lovell rejected a toll on lorries. Lovell said that the port should publish "
        "its accounts."
    ),
}

PATH = Path("harbour.decisions.yaml")


def extracted(tagger: Tagger, texts: Mapping[str, str] = TEXTS) -> list[Extraction]:
    return [_extracted(tagger, id_, text) for id_, text in texts.items()]


@cache
def _extracted(tagger: Tagger, id_: str, text: str) -> Extraction:
    """Made once: random edits leave most documents as they were."""
    return extract(document(text, id_), tagger)


def reviewed(text: str, extractions: Sequence[Extraction]) -> Reviewed:
    return review(loads(PATH, text), extractions)


def find(extractions: Sequence[Extraction], id_: str) -> Finding | None:
    found = (f for e in extractions for f in e.findings)
    return next((finding for finding in found if finding.id == id_), None)
