"""Nouns that pass between the readers of each file type and the stage that names sources."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from briefgen.model import Block, BlockKind, Span


class Unreadable(Exception):
    """A file can't be read; the message is the problem and the way out, without the place."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes of one source, before anything is known of them."""

    data: bytes
    location: str
    """Place to name in messages."""
    name: str
    """File name, or the last part of a web address's path; its suffix is a hint."""
    media_type: str | None = None
    """What a web server said it is, without parameters; None for files."""
    charset: str | None = None
    """Encoding that a web server named."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself; None where it says nothing."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date, as exact as the file is."""
    language: str | None = None
    url: str | None = None

    def over(self, other: "Facts") -> "Facts":
        """These facts, and the other's where these are silent."""
        return Facts(
            **{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(Facts)}
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One block's kind and words, before its place in the document's text is known."""

    kind: BlockKind
    text: str
    row_of: int | None = None
    """Number of the table it is a row of; rows of one table stand on lines of their own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file's text, its blocks and what it says of itself."""

    text: str
    blocks: tuple[Block, ...]
    facts: Facts = Facts()
    page_starts: tuple[int, ...] = ()


def set_out(pieces: Sequence[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Put pieces one under another: a blank line between two, a line break between table rows.

    Pieces without a visible character are left out.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    offset = 0
    before: Piece | None = None
    for piece in pieces:
        words = piece.text.strip()
        if not words:
            continue
        if before is not None:
            same_table = piece.row_of is not None and piece.row_of == before.row_of
            parts.append("\n" if same_table else "\n\n")
            offset += len(parts[-1])
        parts.append(words)
        blocks.append(Block(piece.kind, Span(offset, offset + len(words))))
        offset += len(words)
        before = piece
    return "".join(parts), tuple(blocks)
