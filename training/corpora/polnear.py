"""PolNeAR: attributions in political news, in brat's standoff format."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefgen.model import Block, BlockKind, Document, Source, Span
from training.corpora.labelled import Labelled, Record


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
            attributions=tuple(_attributions(paths[0].read_bytes().decode("utf-8"))),
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
                content=tuple(sorted(roles["content"])),
                holder=tuple(sorted(roles["source"])),
                named=bool(roles["source"]),
                cue=tuple(sorted(roles["cue"])),
            )
