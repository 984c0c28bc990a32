"""Documents whose findings are labelled in the format of ``briefgen evaluate``, words for words."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefgen import sources
from briefgen.model import Kind, Span
from briefgen.text.sentences import flatten
from training.corpora.labelled import Labelled, Record, find

_BEFORE = 300
"""Characters before a sentence in which its holder may be named."""

_FIELDS = {
    Kind.POSITION: ("statement", "actor"),
    Kind.PROPOSAL: ("action", "proposer"),
    Kind.RISK: ("risk", "voice"),
}


def findings(labels: Path, documents: Path) -> list[Labelled]:
    """Documents labelled with positions, proposals and risks.

    ``labels`` holds one JSON file a document; ``documents`` its text under the same name, ``.txt``.
    Records whose words are not in the text are left out.
    """
    return [_labelled(path, documents) for path in sorted(labels.glob("*.json"))]


def _labelled(path: Path, documents: Path) -> Labelled:
    document = sources.read(documents / f"{path.stem}.txt")
    text, raw = flatten(document), json.loads(path.read_text("utf-8"))
    records = [
        record
        for kind in Kind
        for entry in raw.get(kind, ())
        if (sentence := find(text, entry["sentence"], Span(0, len(text))))
        and (record := located(text, sentence, kind, entry))
    ]
    return Labelled(path.stem, document, findings=tuple(records))


def located(text: str, within: Span, kind: Kind, entry: Mapping[str, Any]) -> Record | None:
    """The record that an entry's words make in a sentence or a paragraph, None where they fail."""
    content_field, holder_field = _FIELDS[kind]
    pieces = entry[content_field]
    pieces = [pieces] if isinstance(pieces, str) else pieces
    content = tuple(sorted(s for piece in pieces if (s := find(text, piece, within))))
    if not content:
        return None

    def named(field: str) -> Span | None:
        words = entry.get(field)
        before = Span(max(0, within.start - _BEFORE), within.end)
        return find(text, words, within, content[0]) or find(text, words, before, content[0])

    holder, cue = named(holder_field), named("cue")
    return Record(
        kind=kind,
        content=content,
        holder=(holder,) if holder else (),
        named=bool(entry.get(f"{holder_field}_name") or entry.get(holder_field)),
        cue=(cue,) if cue else (),
        bearer=named("bearer"),
        label=entry.get("stance") or entry.get("status"),
        optional=bool(entry.get("optional")),
    )
