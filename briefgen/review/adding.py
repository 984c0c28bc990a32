"""Put a finding that extraction missed into the file beside a brief's YAML."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from briefgen.errors import ConfigError
from briefgen.model import Document, Extraction, Kind, Span
from briefgen.review.additions import sentence_around
from briefgen.review.applying import review
from briefgen.review.file import loads, read
from briefgen.review.saving import EMPTY, Step, data, save
from briefgen.review.writing import with_entry
from briefgen.text.grounding import ground
from briefgen.text.identity import finding_id


def add(
    path: Path,
    kind: Kind,
    span: Span,
    document: Document,
    fields: Mapping[str, Any],
    extractions: Sequence[Extraction],
) -> tuple[Step, str]:
    """Write an addition whose quote is a document's words at a span; returns the finding's id too.

    ``fields`` are its other keys, by their names in the file. Comments and order stay. Raises
    ConfigError where the file, or the addition, has a problem, OutputError where the file cannot be
    written, and GroundingError where there are no words at the span.
    """
    quote = " ".join(document.text[span.start : span.end].split())
    found = ground(document, quote)
    if not span.holds(found.span):
        raise ConfigError(
            f"{document.source.location}: the same words stand at an earlier place, which would be "
            f"meant: {quote[:60]!r} (select a few words more)"
        )
    before = read(path)
    if before is not None:
        loads(path, before)
    text = (before or EMPTY).replace("\r\n", "\n")
    entry = {"kind": str(kind), "source": document.source.id, "quote": quote, **fields}
    new = with_entry(text, "add", entry)
    expected = dict(data(text) or {})
    expected["add"] = [*(expected.get("add") or ()), entry]
    if data(new) != expected:
        raise ConfigError(
            f"{path}: is written in a way that nothing can be added to "
            "(write each entry below add: on lines of its own)"
        )
    try:
        review(loads(path, new), extractions)
    except ConfigError as error:
        raise ConfigError(*(_PLACE.sub("add: ", line) for line in error.lines)) from None
    step = save(path, before, new)
    return step, finding_id(kind, sentence_around(document, [found]), (found,))


_PLACE = re.compile(r"^.*?\.yaml:\d+:\d+: ")
"""A place in a file that is not written."""
