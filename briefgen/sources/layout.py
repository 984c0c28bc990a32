"""Blocks of plain text, told from how its lines are laid out."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefgen.model import BlockKind


class Stretch(NamedTuple):
    """One block: its kind and its half-open range in the text."""

    kind: BlockKind
    start: int
    end: int


class _Line(NamedTuple):
    start: int
    end: int
    words: str
    """The line without white space at its ends."""
    length: int
    """Characters that a reader of the set text sees: link targets don't count."""
    after_gap: bool
    """Whether a blank line or a page break stands before it."""
    marker: BlockKind | None
    """Kind of the block that it begins whatever stands before it."""


LONG = 140
"""Characters from which a line is a whole paragraph: text wrapped by hand or by mail and PDF
programs has up to 100 (in the 151 documents measured, wrapped lines end at 80 and the paragraphs
of unwrapped text have a median of 240)."""

_LIST = re.compile(
    r"(?:[-*+–—](?=\s|\*\*)|[•◦▪‣·●○■□►➢✓∙]|\d{1,3}[.)](?=\s|\u200b)"
    r"|\((?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)(?=\s)|[a-z]\)(?=\s))"
)
_BARE_BULLET = re.compile(r"[-*+•◦▪‣·●○■□►➢✓∙]|\(?(?:\d{1,3}|[a-zA-Z])[.)]")
_NUMBER = re.compile(r"\d")
_HASHES = re.compile(r"#{1,6}(?:\s+\S|[^\s#\d!])")
_RULE = re.compile(r"[\s*_=~+.#|:-]*[*_=~+.#|:-]{3}[\s*_=~+.#|:-]*")
_SETEXT = re.compile(r"={3,}|-{3,}")
_ROW = re.compile(r"\|.*\||[^|]+(?:\s\|\s[^|]*){2,}")
_FIELD = re.compile(r"[a-z][a-z_-]{1,30}(?: [a-z]{1,10})?:\s+\S")
_STARTS_ALONE = re.compile(
    r"[>|]|!\[|\*\*[^*]{1,200}\*\*$|</?[a-zA-Z][^>]{0,400}>$|\[[^\]]*\]\([^)]*\)$"
)
_CAPTION = re.compile(
    r"(?:(?:photo(?:graph)?|image|picture|credit|source|graphic|illustration)s?"
    r"(?: credits?| by| courtesy of)?\s*:"
    r"|image (?:copyright|caption)\b"
    r"|(?:figure|fig\.|table|chart|map|exhibit|graph)\s+[A-Z]?\d[\w.-]{0,8}\s*[:.|–—])",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"(?:He|She|They)\s")
"""``He says …`` sums up what follows (in summaries above articles); a heading names its subject."""
_CREDIT = re.compile(
    r"(?:\b(?:PHOTO|Photo|Image|Photograph|Picture|Credit)s?(?: credit| by)?\s*[:/]\s*[^.:]{2,60}"
    r"|[/(](?:AFP|AP|Reuters|REUTERS|EPA|Bloomberg)\b[^.]{0,40}|\bGetty Images)\)?\s*$"
)
_ENDS = re.compile(r"[.!?:;…。！？][\"”’'»)\]*_]*(?:\[\d+\]|\d{1,2})?$")
_TARGET = re.compile(r"\(?https?://[^\s)]*\)?")
_FIRST_WORD = re.compile(r"\S+")
_LINES = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")


def stretches(text: str, start: int = 0) -> list[Stretch]:
    """Blocks of a text from an offset on, in order; only white space lies between them.

    Blank lines part blocks. Within lines that stand together, a block of its own is begun by a
    list item, a heading, a table row, a caption, a ``key: value`` line and a line that can't be
    the continuation of a wrapped paragraph: the line before ends a sentence, and this line's
    first word had room on it.
    """
    lines = _lines(text, start)
    if _is_double_spaced(lines):
        lines = [line._replace(after_gap=index == 0) for index, line in enumerate(lines)]
    return [stretch for group in _groups(lines) for stretch in _blocks(text, group)]


def is_title(words: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, no sentence, a capital first."""
    bare = words.strip("*_# ")
    last = bare.rstrip("\"”’')]}")[-1:]
    if not last or last in ".,;:!…|" or len(bare) > 110 or len(bare.split()) > 14:
        return False
    if last == "?" and len(re.findall(r"[.!?]\s", bare)) > 0:
        return False
    first = next((c for c in bare if c.isalnum()), "")
    if _SPEAKER.match(bare):
        return False
    return first.isupper() or (first.isdigit() and any(c.isalpha() for c in bare))


def is_caption(words: str) -> bool:
    """Whether a block is the words under a picture, figure or table, or a credit."""
    head = words[:400].lstrip("*_[( ")
    return bool(_CAPTION.match(head)) or (len(words) < 400 and bool(_CREDIT.search(words)))


def _lines(text: str, start: int) -> list[_Line]:
    lines: list[_Line] = []
    before = start
    for match in _LINES.finditer(text, start):
        words = match[0].strip()
        if not words:
            continue
        begin = match.start() + len(match[0]) - len(match[0].lstrip())
        gap = text[before:begin]
        breaks = gap.count("\n") + gap.count("\r") - gap.count("\r\n")
        parted = breaks > 1 or "\f" in gap or not lines
        seen = len(_TARGET.sub("", words)) if "://" in words else len(words)
        lines.append(_Line(begin, begin + len(words), words, seen, parted, _marker(words)))
        before = begin + len(words)
    return lines


def _marker(words: str) -> BlockKind | None:
    head = words[:500]
    if _HASHES.match(head):
        return BlockKind.HEADING
    if len(words) < 2000 and _RULE.fullmatch(words):
        return BlockKind.BOILERPLATE
    if _LIST.match(head) or _BARE_BULLET.fullmatch(words):
        return BlockKind.LIST_ITEM
    if "|" in head and _ROW.match(head):
        return BlockKind.TABLE
    if _CAPTION.match(head.lstrip("*_[( ")):
        return BlockKind.CAPTION
    if _STARTS_ALONE.match(head) or _FIELD.match(head):
        return BlockKind.PARAGRAPH
    return None


def _is_double_spaced(lines: Sequence[_Line]) -> bool:
    """Whether each line of wrapped paragraphs has a blank line after it, as some converters do."""
    if len(lines) < 20 or sum(line.after_gap for line in lines) < len(lines) * 0.9:
        return False
    short = sum(line.length <= 90 for line in lines)
    running_on = sum(line.words[0].islower() for line in lines)
    # Of paragraphs in the other documents, at most 4 in 100 begin with a small letter.
    return short > len(lines) * 0.95 and running_on > len(lines) * 0.3


def _groups(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    begin = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].after_gap:
            yield lines[begin:index]
            begin = index


def _blocks(text: str, lines: Sequence[_Line]) -> Iterator[Stretch]:
    width = _width(lines)
    begin = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or _begins_block(lines, index, begin, width):
            first, last = lines[begin], lines[index - 1]
            alone = index - begin == 1 and (len(lines) == 1 or first.marker is None)
            kind = _kind(text[first.start : min(last.end, first.start + 2000)], first, alone)
            yield Stretch(kind, first.start, last.end)
            begin = index


def _width(lines: Sequence[_Line]) -> int:
    """Characters that lines are wrapped at: the longest fifth's shortest, or the longest of few."""
    lengths = sorted(line.length for line in lines)
    return lengths[len(lengths) * 4 // 5] if len(lengths) > 4 else lengths[-1]


def _begins_block(lines: Sequence[_Line], index: int, begin: int, width: int) -> bool:
    before, line = lines[index - 1], lines[index]
    if begin == index - 1 and _BARE_BULLET.fullmatch(before.words):
        return line.marker is not None
    if line.marker is BlockKind.LIST_ITEM and _NUMBER.match(line.words):
        # "… as set out in Section / 12. The …" is a wrapped sentence: the line before is full.
        has_room = before.length + len(_first_word(line)) + 1 < width * 0.9
        return bool(_ENDS.search(before.words)) or has_room or lines[begin].marker is not None
    if line.marker is not None or before.marker in _ONE_LINE or before.words[0] in ">|!<":
        return True
    return not _runs_on(before, line, width)


_ONE_LINE = (BlockKind.HEADING, BlockKind.BOILERPLATE, BlockKind.TABLE)


def _runs_on(before: _Line, line: _Line, width: int) -> bool:
    begins_small = line.words[0].islower()
    ends = bool(_ENDS.search(before.words[-20:]))
    if width > LONG or before.length > LONG:
        return not ends and (begins_small or before.words[-1] in ",(–—&-")
    # A wrapped line has no room for the next one's first word. Letters differ in width, so where
    # the text was wrapped by millimetres the count is out by up to a sixth.
    room = width * 5 // 6 - before.length - 1 - len(_first_word(line))
    if ends:
        return room < 0
    return room < width * 0.4 or not line.words[0].isupper()


def _first_word(line: _Line) -> str:
    match = _FIRST_WORD.match(line.words)
    return match[0] if match else ""


def _kind(words: str, first: _Line, alone: bool) -> BlockKind:
    if first.marker is not None and first.marker is not BlockKind.PARAGRAPH:
        return first.marker
    if is_caption(words):
        return BlockKind.CAPTION
    if alone and is_title(words) and not _FIELD.match(words):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH
