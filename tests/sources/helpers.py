"""Short ways to read bytes and to look at what came out."""

from pathlib import Path

from briefgen.model import BlockKind, Document
from briefgen.sources import read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "eval"


def read_bytes(folder: Path, name: str, data: bytes | str) -> Document:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, f"sources/{name}")


def outline(document: Document) -> list[tuple[str, str]]:
    """Kind and words of every block, white space collapsed."""
    return [
        (block.kind.value, " ".join(document.text[block.span.start : block.span.end].split()))
        for block in document.blocks
    ]


def words_of(document: Document, kind: BlockKind) -> list[str]:
    return [words for found, words in outline(document) if found == kind.value]


def assert_sound(document: Document) -> None:
    """What every document promises of its blocks and pages."""
    before = 0
    for block in document.blocks:
        start, end = block.span.start, block.span.end
        assert before <= start < end <= len(document.text)
        assert not document.text[before:start].strip()
        assert not document.text[start].isspace()
        assert not document.text[end - 1].isspace()
        before = end
    assert not document.text[before:].strip()
    assert list(document.page_starts) == sorted(document.page_starts)
    assert all(0 <= start <= len(document.text) for start in document.page_starts)
    assert document.source.title
