"""Paragraphs, headings, list items and table rows made of a PDF's lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefgen.model import BlockKind
from briefgen.sources import layout
from briefgen.sources.pdf_lines import Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; they may stand on two pages."""

    kind: BlockKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    """What the whole file's ordinary text looks like."""

    size: float
    leading: float
    """From one base line to the next, in sizes."""


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Blocks of all pages in reading order.

    A paragraph goes on in the next column or on the next page where its last line is full, ends
    no sentence or the next line begins with a small letter. Footnotes of such a page are moved
    before that paragraph, so that it stays in one piece and every page starts where it should.
    """
    style = _style([line for page in pages for line in page])
    result: list[Paragraph] = []
    for page in pages:
        body, notes = _split_notes(page, style)
        found = [Paragraph(_kind(lines, style), lines) for lines in _gather(body, style)]
        feet = [Paragraph(BlockKind.PARAGRAPH, lines) for lines in _gather(notes, style)]
        if result and found and _goes_on(result[-1], found[0]):
            last = result.pop()
            found[0] = Paragraph(last.kind, last.lines + found[0].lines)
        result.extend([*found[:-1], *feet, *found[-1:]])
    return _with_whole_tables(result)


def _with_whole_tables(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines between two rows of a table are the table's too: cells that go on alone."""
    result = list(found)
    for i in range(1, len(found) - 1):
        before, paragraph, after = result[i - 1], found[i], found[i + 1]
        regions = {(p.lines[0].page, p.lines[0].region) for p in (before, paragraph, after)}
        between = before.kind is BlockKind.TABLE and after.kind is BlockKind.TABLE
        if between and len(paragraph.lines) < 3 and len(regions) == 1:
            result[i] = Paragraph(BlockKind.TABLE, paragraph.lines)
    return result


def _style(lines: Sequence[Line]) -> _Style:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps = Counter(
        round((b.base - a.base) / size, 1)
        for a, b in pairwise(lines)
        if a.region == b.region and a.page == b.page and abs(a.size - size) < 1 and b.base > a.base
    )
    usual = [step for step, _ in steps.most_common(3) if 0.7 < step < 2.5]
    return _Style(size, usual[0] if usual else 1.2)


_NOTE = re.compile(r"\s*(?:\d{1,3}|[*†‡§a-z])[\s.)]*[A-Z“\"‘(\[h]")


def _split_notes(page: Sequence[Line], style: _Style) -> tuple[list[Line], list[Line]]:
    """The footnotes: the small lines at the foot of the page, from the first with a number on."""
    begin = len(page)
    while begin > 0 and page[begin - 1].size < 0.93 * style.size:
        begin -= 1
    while begin < len(page) and not _NOTE.match(page[begin].text):
        begin += 1
    if begin == 0:
        return list(page), []
    return list(page[:begin]), list(page[begin:])


def _gather(lines: Sequence[Line], style: _Style) -> Iterator[tuple[Line, ...]]:
    begin = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or _parted(lines[index - 1], lines[index], lines[begin], style):
            yield tuple(lines[begin:index])
            begin = index


_LIST = re.compile(
    r"\s*(?:[•◦▪‣·●○■□►➢✓∙-]\s*(?=\w|[“\"‘(])|[–—]\s|\d{1,2}[.)]\s|\([a-zA-Z0-9]{1,3}\)\s|o\s[A-Z]"
    r"|(?:[a-z]|[ivx]{2,4})[.)]\s)"
)
_ENDS = re.compile(r"[.!?:;…][\"”’'»)\]]*(?:\[\d+\]|\d{1,3})?\s*$")
_CONTENTS = re.compile(r"(?:\.\s?){5,}\s*\d+\s*$")


def _parted(before: Line, line: Line, first: Line, style: _Style) -> bool:
    """Whether a line begins a block of its own."""
    if before.cells > 1 or line.cells > 1:
        return True
    if _LIST.match(line.text) or (layout.is_caption(line.text) and _ENDS.search(before.text)):
        return True
    if _CONTENTS.search(before.text):
        return True
    bigger = max(before.size, line.size)
    if abs(before.size - line.size) > 0.08 * bigger:
        return True
    moved = before.region != line.region or line.base <= before.base
    ends = bool(_ENDS.search(before.text))
    small = line.text[:1].islower()
    width = before.column[1] - before.column[0]
    full = before.right > before.column[1] - max(0.18 * width, 2.5 * before.size)
    if before.bold != line.bold and not small and (not full or ends or before.bold):
        return True
    if moved:
        return not (small or (full and not ends))
    step = (line.base - before.base) / bigger
    if step > max(1.3 * style.leading, style.leading + 0.25):
        # A wider gap parts paragraphs, unless a formula or a picture only pushed a line down.
        return not (small and not ends and step < 2.2 * style.leading)
    listed = bool(_LIST.match(first.text))
    indented = line.left - before.left > 0.7 * bigger and not listed
    if indented and (ends or not full):
        return True
    if listed and line.left < first.left - 0.5 * bigger:
        return True
    outdented = (
        listed and abs(line.left - first.left) < 0.3 * bigger and before.left > first.left + 3
    )
    if outdented and ends:
        return True
    return ends and _had_room(before, line)


def _had_room(before: Line, line: Line) -> bool:
    """Whether the next line's first word would have fitted on the line before."""
    word = len(line.text.split(" ", 1)[0]) + 1
    needed = word * (line.right - line.left) / max(len(line.text), 1)
    return before.column[1] - before.right > 1.15 * needed


def _kind(lines: Sequence[Line], style: _Style) -> BlockKind:
    first = lines[0]
    words = " ".join(line.text for line in lines)
    if first.cells > 1:
        return BlockKind.TABLE
    if _CONTENTS.search(words):
        return BlockKind.BOILERPLATE
    if layout.is_caption(words):
        return BlockKind.CAPTION
    if _LIST.match(words) and not (first.bold and _is_heading(lines, words, style)):
        return BlockKind.LIST_ITEM
    return BlockKind.HEADING if _is_heading(lines, words, style) else BlockKind.PARAGRAPH


def _is_heading(lines: Sequence[Line], words: str, style: _Style) -> bool:
    """Larger letters than the text's, or bold ones, and no sentence."""
    if len(words) > 300 or not any(c.isalpha() for c in words) or words.rstrip()[-1] in ".;,":
        return False
    larger = lines[0].size > 1.12 * style.size
    bold = all(line.bold for line in lines) and len(lines) < 4 and lines[0].size > 0.95 * style.size
    return (larger and len(words) < 250) or (bold and len(words) < 160)


def _goes_on(last: Paragraph, following: Paragraph) -> bool:
    """Whether the first block of a page is the rest of the last block of the page before."""
    if last.kind not in _RUNNING or following.kind is not BlockKind.PARAGRAPH:
        return False
    before, line = last.lines[-1], following.lines[0]
    if abs(before.size - line.size) > 0.08 * before.size or before.bold != line.bold:
        return False
    if _ENDS.search(before.text):
        return False
    width = before.column[1] - before.column[0]
    full = before.right > before.column[1] - max(0.25 * width, 2.5 * before.size)
    return line.text[:1].islower() or full


_RUNNING = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
