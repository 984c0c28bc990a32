"""Findings that we labelled in documents of PolNeAR: offsets, without a word of their text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefgen.model import Kind, Span
from training.corpora.labelled import Labelled, Record

OFFSETS = Path(__file__).parents[1] / "labels" / "news.jsonl"
"""One document a line: ``id``, PolNeAR's name of it, and ``records``."""


def news(documents: Sequence[Labelled], offsets: Path = OFFSETS) -> list[Labelled]:
    """Those of PolNeAR's documents that have findings labelled too, with both."""
    known = {example.name: example for example in documents}
    return [
        replace(known[entry["id"]], findings=tuple(_records(entry["records"])))
        for line in offsets.read_text("utf-8").splitlines()
        if (entry := json.loads(line))["id"] in known
    ]


def _records(entries: Sequence[Mapping[str, Any]]) -> Iterator[Record]:
    for entry in entries:
        bearer = entry.get("bearer")
        yield Record(
            kind=Kind(entry["kind"]),
            content=tuple(Span(*piece) for piece in entry["content"]),
            holder=tuple(Span(*piece) for piece in entry.get("holder", ())),
            named=entry.get("named", False),
            cue=tuple(Span(*piece) for piece in entry.get("cue", ())),
            bearer=Span(*bearer) if bearer else None,
            label=entry.get("label"),
            optional=entry.get("optional", False),
        )
