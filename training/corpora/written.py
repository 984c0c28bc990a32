"""Documents of our own writing, with their records below each paragraph.

A file opens with ``# Title``. A paragraph is one line; below it stand its records, parted by bars,
``-`` where there is nothing to say and ``?`` behind the letter of a borderline one::

    P | actor | who that is | cue | statement [...] its next piece | stance
    A | proposer | who that is | action | status
    R | voice | who that is | risk | bearer
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from briefgen.model import Document, Kind, Source, Span
from briefgen.sources import text as plain
from briefgen.sources.reading import Raw
from briefgen.text.sentences import flatten
from training.corpora.findings import located
from training.corpora.labelled import Labelled, Record

FOLDER = Path(__file__).parents[1] / "written"

_RECORD = re.compile(r"([PAR])(\??) \| ")
_KINDS = {"P": Kind.POSITION, "A": Kind.PROPOSAL, "R": Kind.RISK}
_FIELDS = {
    "P": ("actor", "actor_name", "cue", "statement", "stance"),
    "A": ("proposer", "proposer_name", "action", "status"),
    "R": ("voice", "voice_name", "risk", "bearer"),
}
_GAP = "[...]"


def written(folder: Path = FOLDER) -> list[Labelled]:
    """Every document of a folder, ``*.txt``.

    Raises ValueError with file and line for a record without its place: a wrong number of fields,
    or words that its paragraph does not have.
    """
    return [_labelled(path) for path in sorted(folder.glob("*.txt"))]


def _labelled(path: Path) -> Labelled:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    paragraphs = [line.removeprefix("# ") for line in lines if line and not _RECORD.match(line)]
    text = "\n\n".join(paragraphs) + "\n"
    reading = plain.read(Raw(text.encode(), path.name, path.name))
    source = Source(path.stem, path.name, reading.facts.title or path.stem)
    document = Document(source, reading.text, reading.blocks)
    return Labelled(path.stem, document, findings=tuple(_records(path, lines, flatten(document))))


def _records(path: Path, lines: Sequence[str], text: str) -> Iterator[Record]:
    paragraph = Span(0, 0)
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        if not _RECORD.match(line):
            start = text.index(line.removeprefix("# "), paragraph.end)
            paragraph = Span(start, start + len(line.removeprefix("# ")))
            continue
        letter, *values = (value.strip() for value in line.split(" | "))
        fields = _FIELDS[letter[0]]
        if len(values) != len(fields):
            raise ValueError(f"{path}:{number}: {letter} takes {len(fields)} fields")
        entry: dict[str, Any] = {
            name: None if value == "-" else value
            for name, value in zip(fields, values, strict=True)
        }
        if letter[0] == "P":
            entry["statement"] = [piece.strip() for piece in values[3].split(_GAP)]
        entry["optional"] = letter.endswith("?")
        record = located(text, paragraph, _KINDS[letter[0]], entry)
        if record is None:
            raise ValueError(f"{path}:{number}: its paragraph does not have these words")
        yield record
