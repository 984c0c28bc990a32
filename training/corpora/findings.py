"""Labelled documents: PolNeAR's attributions and findings labelled by briefgen's guidelines."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen import sources
from briefgen.model import Block, BlockKind, Document, Kind, Source, Span
from briefgen.text.sentences import flatten


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled attribution, position, proposal or risk, as spans of its document."""

    kind: Kind | None
    """None for an attribution of PolNeAR, which is a position in a much wider sense."""
    sentence: Span | None
    """Where the labels say that the record is; None for PolNeAR, which crosses sentences."""
    content: tuple[Span, ...]
    holder: tuple[Span, ...]
    """The words that name the holder, empty where the text leaves them out."""
    holder_name: str | None
    cue: tuple[Span, ...] = ()
    bearer: Span | None = None
    label: str | None = None
    """Stance of a position, status of a proposal."""
    optional: bool = False
    """Borderline: neither asked for nor held against a model."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and its records."""

    name: str
    document: Document
    records: tuple[Record, ...]
    broad: bool
    """Whether the records are attributions in PolNeAR's sense, not findings."""


def findings(labels: Path, documents: Path) -> list[Labelled]:
    """Documents labelled with positions, proposals and risks.

    ``labels`` holds one JSON file a document in the format of ``briefgen evaluate``; ``documents``
    its text under the same name, ``.txt``. Records whose words are not in the text are left out.
    """
    return [_labelled(path, documents) for path in sorted(labels.glob("*.json"))]


def _labelled(path: Path, documents: Path) -> Labelled:
    document = sources.read(documents / f"{path.stem}.txt")
    text, raw = flatten(document), json.loads(path.read_text("utf-8"))
    records = [
        record
        for kind in Kind
        for entry in raw.get(kind, ())
        if (record := _record(text, kind, entry))
    ]
    return Labelled(path.stem, document, tuple(records), broad=False)


_FIELDS = {
    Kind.POSITION: ("statement", "actor"),
    Kind.PROPOSAL: ("action", "proposer"),
    Kind.RISK: ("risk", "voice"),
}


def _record(text: str, kind: Kind, entry: Mapping[str, Any]) -> Record | None:
    content_field, holder_field = _FIELDS[kind]
    sentence = find(text, entry["sentence"], Span(0, len(text)))
    if sentence is None:
        return None
    pieces = entry[content_field]
    pieces = [pieces] if isinstance(pieces, str) else pieces
    content = tuple(sorted(s for piece in pieces if (s := find(text, piece, sentence))))
    if not content:
        return None

    def named(field: str) -> Span | None:
        words = entry.get(field)
        before = Span(max(0, sentence.start - 300), sentence.end)
        return find(text, words, sentence, content[0]) or find(text, words, before, content[0])

    holder, cue = named(holder_field), named("cue")
    return Record(
        kind=kind,
        sentence=sentence,
        content=content,
        holder=(holder,) if holder else (),
        holder_name=entry.get(f"{holder_field}_name") or entry.get(holder_field),
        cue=(cue,) if cue else (),
        bearer=named("bearer"),
        label=entry.get("stance") or entry.get("status"),
        optional=bool(entry.get("optional")),
    )


def find(text: str, words: str | None, within: Span, near: Span | None = None) -> Span | None:
    """Where words stand in a span of the text, white space loose: the place nearest to another."""
    if not words or not words.split():
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    places = [Span(*m.span()) for m in pattern.finditer(text, within.start, within.end)]
    whole = [place for place in places if _whole(text, place)] or places
    if near is None or not whole:
        return whole[0] if whole else None
    return min(whole, key=lambda p: max(p.start - near.end, near.start - p.end, 0))


def _whole(text: str, span: Span) -> bool:
    """Whether a span begins and ends between words."""
    inside = text[span.start : span.end]
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return not (before.isalnum() and inside[0].isalnum()) and not (
        after.isalnum() and inside[-1].isalnum()
    )


def polnear(folder: Path) -> list[Labelled]:
    """Documents of PolNeAR's layout: ``text/STEM.txt`` and ``attributions/STEM_XXXX.ann``.

    A document with several annotators is read as the first by name has it.
    """
    by_stem: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        by_stem[re.sub(r"_[0-9a-f]{4}$", "", path.stem)].append(path)
    return [
        Labelled(
            stem,
            _plain(stem, (folder / "text" / f"{stem}.txt").read_bytes().decode("utf-8")),
            tuple(_attributions(paths[0].read_text("utf-8"))),
            broad=True,
        )
        for stem, paths in sorted(by_stem.items())
    ]


def _plain(stem: str, text: str) -> Document:
    """A document with a paragraph a line, at the offsets of its file."""
    blocks = [
        Block(BlockKind.PARAGRAPH, Span(*line.span())) for line in re.finditer(r"\S[^\n]*", text)
    ]
    return Document(Source(stem, f"{stem}.txt", stem), text, tuple(blocks))


def _attributions(standoff: str) -> Iterator[Record]:
    """Records of brat's standoff format: T lines are spans, E lines join them."""
    spans: dict[str, Sequence[Span]] = {}
    events: list[list[str]] = []
    for line in standoff.split("\n"):
        key, _, rest = line.rstrip("\r").partition("\t")
        if re.fullmatch(r"T\d+", key):
            offsets = rest.split("\t")[0].partition(" ")[2]
            spans[key] = [Span(*map(int, piece.split())) for piece in offsets.split(";")]
        elif re.fullmatch(r"E\d+", key):
            events.append(rest.split()[1:])
    for event in events:
        roles: dict[str, list[Span]] = defaultdict(list)
        for argument in event:
            role, _, key = argument.partition(":")
            roles[re.sub(r"\d+$", "", role).lower()] += spans.get(key, ())
        if roles["content"]:
            yield Record(
                kind=None,
                sentence=None,
                content=tuple(sorted(roles["content"])),
                holder=tuple(sorted(roles["source"])),
                holder_name=None,
                cue=tuple(sorted(roles["cue"])),
            )
