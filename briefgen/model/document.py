"""Source documents and the verbatim pieces cut from them."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class BlockKind(StrEnum):
    """What a stretch of a document's text is to its reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE = "table"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Show(StrEnum):
    """How much of a source's text the brief's page may show around what it cites."""

    QUOTE = "quote"
    PARAGRAPH = "paragraph"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader is told of where a document came from."""

    id: str
    """Short name used in citations and links, such as ``ministry-2024``."""
    location: str
    """Path as the configuration wrote it, with ``/``, or URL."""
    title: str
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date, as exact as the source is: ``2024``, ``2024-07`` or ``2024-07-10``."""
    language: str | None = None
    """BCP 47 tag, such as ``en`` or ``pt-BR``."""
    url: str | None = None
    """Address where a reader finds the original; None when only the file is known."""
    show: Show = Show.PARAGRAPH


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters, ``[start, end)``, in one document's text."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters copied unchanged from a document, with the place they were cut from."""

    source_id: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table row or caption; line breaks inside it are soft."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Location:
    """Where a reader holding the original finds a span."""

    page: int | None
    """Page it starts on, counted from 1; None for sources without pages."""
    paragraph: int | None
    """Block it starts in, counted from 1 without headings and boilerplate; None between blocks."""


@dataclass(frozen=True)
class Document:
    """Text of one source; every span in briefgen counts Unicode code points of ``text``."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    """In reading order, not overlapping; what lies between them is white space."""
    page_starts: tuple[int, ...] = ()
    """Offset of each page's first character; empty for sources without pages."""

    def quote(self, span: Span) -> Quote:
        """Cut a verbatim quote; the only way quotes are made."""
        return Quote(self.source.id, span, self.text[span.start : span.end])

    def block_at(self, offset: int) -> Block | None:
        """Find the block that holds the character at an offset, if one does."""
        index = self.index_at(offset)
        return None if index is None else self.blocks[index]

    def index_at(self, offset: int) -> int | None:
        """Which of the blocks holds the character at an offset, if one does."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self.blocks[index].span.end else None

    def locate(self, span: Span) -> Location:
        """Say where a span starts, for a reader holding the original."""
        page = bisect_right(self.page_starts, span.start) or None
        block = self.block_at(span.start)
        return Location(page, self._paragraphs.get(block) if block else None)

    @cached_property
    def words(self) -> int:
        """White-space separated words outside boilerplate."""
        return sum(
            len(self.text[block.span.start : block.span.end].split())
            for block in self.blocks
            if block.kind is not BlockKind.BOILERPLATE
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    @cached_property
    def _paragraphs(self) -> dict[Block, int]:
        unnumbered = (BlockKind.HEADING, BlockKind.BOILERPLATE)
        counted = (block for block in self.blocks if block.kind not in unnumbered)
        return {block: number for number, block in enumerate(counted, start=1)}
