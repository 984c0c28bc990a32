"""Lines of a PDF's pages in reading order, without what repeats on every page."""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as raw_pdfium


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters next to each other on one line; places in points from the page's top left."""

    text: str
    left: float
    right: float
    base: float
    """Lower edge of the letters, from the page's top."""
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool
    column: tuple[float, float]
    """Left and right edge of the column that it stands in."""
    region: int
    """Number of the band or column on its page; lines of one region stand under one another."""
    cells: int = 1
    """Parts with wide gaps between them: more than one is a row of a table."""


def fragments(textpage: Any, height: float) -> list[Fragment]:
    """Pieces of lines, in the order of the file.

    A piece ends where the next character is on another line, or further away than a word space.
    Superscript digits after a word are footnote calls and left out.
    """
    page = textpage.raw
    total = raw_pdfium.FPDFText_CountChars(page)
    box = raw_pdfium.FS_RECTF()
    pieces: list[Fragment] = []
    run: list[tuple[str, float, float, float, float]] = []
    first = 0
    spaced = added = False

    def close() -> None:
        if run and any(not c[0].isspace() for c in run):
            angle = raw_pdfium.FPDFText_GetCharAngle(page, first)
            weight = raw_pdfium.FPDFText_GetFontWeight(page, first)
            # Letters set sideways are stamps and margins' notes.
            if angle < 0.2 or angle > 2 * math.pi - 0.2:
                pieces.append(_fragment(run, weight >= 600 or _has_bold_font(page, first)))
        run.clear()

    for index in range(total):
        code = raw_pdfium.FPDFText_GetUnicode(page, index)
        if code in (0, 10, 13):
            continue
        char = _character(code)
        if char == " ":
            # The boxes of spaces that pdfium adds between words are not to be relied on.
            spaced = bool(run)
            added = raw_pdfium.FPDFText_IsGenerated(page, index) == 1
            continue
        if not raw_pdfium.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box)):
            continue
        left, right, base = box.left, box.right, height - box.bottom
        # A damaged font may give no height; letters are about half as wide as they are high.
        size = max(box.top - box.bottom or 2 * (right - left), _LEAST_SIZE)
        if run:
            _, before_left, before_right, before_base, before_size = run[-1]
            tall = max(before_size, size)
            same_line = abs(base - before_base) < 0.5 * tall
            if not same_line or left - before_right > 1.3 * tall or left < before_left - 0.5 * tall:
                close()
            # pdfium adds spaces after ligatures and kerned pairs too: those have no width.
            elif spaced and not (added and left - before_right < 0.06 * tall):
                run.append((" ", before_right, before_right, before_base, before_size))
        spaced = False
        if not run:
            first = index
        run.append((char, left, right, base, size))
    close()
    return pieces


_LEAST_SIZE = 1.0
"""Points: no character counts as smaller, so that sizes may be divided by."""


def _character(code: int) -> str:
    # pdfium calls a hyphen at a line's end U+0002 or U+FFFE; U+2010 is what some programs set.
    if code in (2, 0xFFFE, 0x2010):
        return "-"
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or code < 32:
        return " "
    char = chr(code)
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    if char.isspace():
        return " "
    return _BULLETS.get(char, char)


_BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf0a8\uf076\u25cf\u2981", "•")
"""Private codes of the Symbol and Wingdings fonts that Word sets bullets in."""


def _has_bold_font(page: Any, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw_pdfium.FPDFText_GetFontInfo(page, index, buffer, 128, ctypes.byref(flags))
    return b"bold" in buffer.value.lower() or b"black" in buffer.value.lower()


def _fragment(run: Sequence[tuple[str, float, float, float, float]], bold: bool) -> Fragment:
    sizes = Counter(round(size, 1) for char, *_, size in run if not char.isspace())
    size = max(sizes, key=lambda s: (sizes[s], s))
    bases = sorted(base for char, _, _, base, s in run if abs(s - size) < 0.1 * size)
    base = bases[len(bases) // 2] if bases else run[0][3]
    kept: list[str] = []
    was_raised = False
    for char, _, _, char_base, char_size in run:
        raised = char_size < _SMALL * size and base - char_base > 0.08 * size
        if raised and char != " " and char in _CALLS and _AFTER_WORD.search("".join(kept[-6:])):
            continue
        if was_raised and not raised and char.isalnum() and not "".join(kept).strip(_CALLS):
            kept.append(" ")  # "1International Panel": the number of a footnote before its text
        was_raised = raised
        kept.append(char)
    return Fragment("".join(kept), min(c[1] for c in run), max(c[2] for c in run), base, size, bold)


_SMALL = 0.8
"""Size of footnote calls to that of the line's letters, at most; Word sets 0.65."""

_CALLS = "0123456789,*†‡ "
_AFTER_WORD = re.compile(r"[^\W\d_]{3}[\W\d]*$|[.,;:”\"’)]\s?$")
"""What a footnote call follows; a short word before it may be a unit, as in km²."""


def in_reading_order(page: Sequence[Fragment]) -> list[Line]:
    """Lines of one page: bands from top to bottom, in each the columns from left to right.

    The page number of each line is set by ``without_furniture``.
    """
    if not page:
        return []
    result: list[Line] = []
    for number, region in enumerate(_with_side_headings(_rows(page))):
        left = min(piece.left for row in region for piece in row)
        right = max(piece.right for row in region for piece in row)
        for row in region:
            result.append(_line(row, (left, right), number))
    return list(_with_tables(result))


_Row = list[Fragment]


def _rows(page: Sequence[Fragment]) -> list[_Row]:
    """Fragments on one base line, from left to right; rows from top to bottom."""
    rows: list[_Row] = []
    for piece in sorted(page, key=lambda f: (f.base, f.left)):
        row = rows[-1] if rows else None
        if row and _on_one_line(max(row, key=lambda f: f.size), piece):
            row.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda f: f.left) for row in rows]


def _on_one_line(one: Fragment, other: Fragment) -> bool:
    large, small = (one, other) if one.size >= other.size else (other, one)
    is_call = small.size < _SMALL * large.size and not small.text.strip(_CALLS)
    return abs(one.base - other.base) < (0.7 if is_call else 0.35) * large.size


def _with_side_headings(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Regions of a page, bold headings in the margin before the text that they stand beside."""
    lefts: Counter[int] = Counter()
    for row in rows:
        for piece in row:
            lefts[round(piece.left)] += len(piece.text)
    edge = lefts.most_common(1)[0][0] if lefts else 0
    size = max((p.size for row in rows for p in row if abs(p.left - edge) < 1), default=0.0)
    outside = [[p for p in row if p.right < edge - 3] for row in rows]
    beside = [[p for p in side if p.bold or p.size > 1.2 * size] for side in outside]
    # Where ordinary text stands left of the edge too, the page has columns.
    if outside != beside or not any(beside) or min(lefts) > edge - _MARGIN:
        yield from _regions(rows, 0)
        return
    begin = 0
    heading: list[_Row] = []
    texts = [[p for p in row if p not in side] for row, side in zip(rows, beside, strict=True)]
    for index, side in enumerate(beside):
        if side and not heading:
            # The text's first line stands level with the heading's or a little higher.
            top = side[0].base - 1.2 * side[0].size
            cut = next((i for i in range(begin, index) if rows[i][0].base > top), index)
            yield from _regions([row for row in texts[begin:cut] if row], 0)
            begin = cut
        if side:
            heading.append(side)
        elif heading and rows[index][0].base - heading[-1][0].base > 2 * heading[-1][0].size:
            yield heading
            heading = []
    if heading:
        yield heading
    yield from _regions([row for row in texts[begin:] if row], 0)


_MARGIN = 60
"""Points that the text must be indented by for the space beside it to hold headings."""


def _regions(rows: Sequence[_Row], depth: int) -> Iterator[list[_Row]]:
    """Rows in bands: above two columns, left column, right column, below them, each cut again."""
    found = _columns(rows) if depth < _MAX_CUTS else None
    if found is None:
        if rows:
            yield list(rows)
        return
    gutter, begin, end = found
    yield from _regions(rows[:begin], depth + 1)
    for is_left in (True, False):
        part = [[p for p in row if (p.right <= gutter + 1) == is_left] for row in rows[begin:end]]
        yield from _regions([row for row in part if row], depth + 1)
    yield from _regions(rows[end:], depth + 1)


_MAX_CUTS = 6
_MIN_ROWS = 6
"""Rows that each column must have: fewer are a table or a letter's head."""


def _columns(rows: Sequence[_Row]) -> tuple[float, int, int] | None:
    """The white strip between two columns of text, and the rows that it parts; the most rows win.

    Rows that cross it (titles, tables, pictures' captions) end the columns.
    """
    pieces = [piece for row in rows for piece in row]
    if len(rows) < _MIN_ROWS:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    width = right - left
    middle = (p.left for p in pieces if left + 0.25 * width < p.left < left + 0.75 * width)
    best: tuple[float, int, int] | None = None
    for edge, times in Counter(round(x) for x in middle).most_common(12):
        if times < _MIN_ROWS // 2:
            break
        for at in (edge - 3.0, edge - 6.0):
            for begin, end in _uncrossed(rows, at):
                if best is not None and end - begin <= best[2] - best[1]:
                    continue
                within = [piece for row in rows[begin:end] for piece in row]
                lefts = [p for p in within if p.right <= at + 1]
                rights = [p for p in within if p.right > at + 1]
                if _is_column(lefts, at - left) and _is_column(rights, right - at):
                    best = (at, begin, end)
    return best


def _uncrossed(rows: Sequence[_Row], at: float) -> Iterator[tuple[int, int]]:
    begin = 0
    for index in range(len(rows) + 1):
        if index == len(rows) or any(p.left < at - 1 and p.right > at + 1 for p in rows[index]):
            if index - begin >= _MIN_ROWS:
                yield begin, index
            begin = index + 1


def _is_column(pieces: Sequence[Fragment], width: float) -> bool:
    """Whether pieces are lines of running text, not the cells of a table."""
    if len(pieces) < _MIN_ROWS:
        return False
    long = sum(piece.right - piece.left > 0.6 * width for piece in pieces)
    return long > 0.5 * len(pieces) and sum(len(p.text) for p in pieces) > 18 * len(pieces)


def _line(row: _Row, column: tuple[float, float], region: int) -> Line:
    main = max(row, key=lambda piece: len(piece.text))
    words, right = row[0].text, row[0].right
    cells = 1
    for piece in row[1:]:
        gap = piece.left - right
        right = piece.right
        raised = piece.size < _SMALL * main.size and main.base - piece.base > 0.08 * main.size
        if raised and not piece.text.strip(_CALLS):
            continue
        is_cell = gap > _CELL_GAP * main.size and not _LABEL.fullmatch(words.strip())
        cells += is_cell
        words += (_CELL if is_cell else " " if gap > 0.1 * main.size else "") + piece.text
    bold = all(piece.bold for piece in row if piece.text.strip())
    return Line(words, 0, row[0].left, right, main.base, main.size, bold, column, region, cells)


_CELL = "\x1f"
_CELL_GAP = 1.3
"""Sizes between two cells of a row; word spaces of justified lines reach 1.0."""

_LABEL = re.compile(r"\W{0,2}|\(?\w{1,3}[.)]|\d+(?:\.\d+)*")
"""Bullets and numbers, after which a list item or a heading begins."""


def _with_tables(lines: list[Line]) -> Iterator[Line]:
    """Wide gaps are a table's where the line above or below has them too."""
    for index, line in enumerate(lines):
        around = lines[max(index - 1, 0) : index + 2]
        alike = sum(other.cells > 1 and other.region == line.region for other in around)
        if line.cells > 1 and alike < 2:
            yield replace(line, text=line.text.replace(_CELL, " "), cells=1)
        else:
            yield replace(line, text=line.text.replace(_CELL, " | "))


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Lines of each page without running heads, running feet and page numbers.

    These are the first and last lines of pages that stand on several pages with other numbers.
    """
    seen: Counter[str] = Counter()
    placed: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({_shape(line) for line in _edges(lines)})
        placed.update({(_shape(line), round(line.base / 4)) for line in _edges(lines)})
    repeated = {shape for shape, times in seen.items() if times >= (2 if len(pages) < 8 else 3)}
    repeated |= {shape for (shape, _), times in placed.items() if times > 1}
    kept: list[list[Line]] = []
    for number, lines in enumerate(pages):
        dropped = _furniture(lines, repeated)
        kept.append([replace(line, page=number) for line in lines if line not in dropped])
    return kept


def _furniture(lines: Sequence[Line], repeated: set[str]) -> set[Line]:
    """Repeated lines at the page's edges that a gap parts from what lies inside.

    Without the gap they are rows of a table of numbers, which look alike on many pages.
    """
    order = sorted(lines, key=lambda line: line.base)
    found: set[Line] = set()
    for sequence, most in ((order, 3), (order[::-1], 4)):
        for count, line in enumerate(sequence):
            plain = _NUMBER.fullmatch(line.text.strip()) or (
                _shape(line) in repeated and any(c.isalpha() for c in line.text)
            )
            if count >= most or not plain:
                break
            inner = sequence[count + 1] if count + 1 < len(sequence) else None
            if inner is None or abs(inner.base - line.base) > _EDGE_GAP * line.size:
                found.update(sequence[: count + 1])
    return found


_EDGE_GAP = 1.4
"""Sizes from a running head's base line to the text's; lines of text have 1.0 to 1.2."""

_NUMBER = re.compile(
    r"[-–—|\s]*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.I
)


def _edges(lines: Sequence[Line]) -> list[Line]:
    """Up to three lines at the top and four at the foot of a page."""
    order = sorted(lines, key=lambda line: line.base)
    return order[:3] + order[max(3, len(order) - 4) :]


def _shape(line: Line) -> str:
    """A line's words, numbers taken out; those of a line of prose don't repeat by chance."""
    return " ".join(re.sub(r"\d+", "#", line.text).split()).lower()
