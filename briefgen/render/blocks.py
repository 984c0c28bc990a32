"""The lines of somebody's Markdown, each with the list items it stands in, as code hosts see them.

Code hosts and pandoc go by where an item's words begin (CommonMark), Python-Markdown by four spaces
a level. What is here reads the former, so that ``prose`` and ``prose_html`` can write for each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a line is."""

    BLANK = "blank"
    ITEM = "item"
    TEXT = "text"
    """Of a paragraph, or of a table below its first line."""
    TABLE = "table"
    """First line of a table."""
    UNDERLINE = "underline"
    """What makes the paragraph above a heading."""
    START = "start"
    """A heading or a rule, which need no blank line before them."""
    QUOTE = "quote"
    """A line of a quotation that has its sign."""
    CODE = "code"
    """Indented code."""
    FENCE = "fence"
    """Code between fences, and the fences."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its list's indent."""

    kind: Kind
    depth: int
    """How many list items it stands in; an item does not count itself."""
    text: str
    marker: str = ""
    """Bullet or number of an item; ``text`` is what follows."""
    goes_on: bool = False
    """Whether the line above is of the same paragraph, or would be if this were no new block."""


_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])( +|$)")
_RULE = re.compile(r"([-*_])[ ]*(?:\1[ ]*){2,}$")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_TABLE_RULE = re.compile(r" *\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")


def read(lines: Sequence[str]) -> Iterator[Line]:
    """Each line with its place among lists."""
    items: list[int] = []  # the column where the words of each open item begin
    in_paragraph = False
    fence = ""
    for number, raw in enumerate(lines):
        line = raw.expandtabs(4).rstrip("\n")
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        depth = sum(1 for column in items if indent >= column)
        begins = items[depth - 1] if depth else 0
        if fence and (not text or depth == len(items)):
            body = line[items[-1] if items else 0 :] if text else ""
            yield Line(Kind.FENCE, len(items), body)
            if indent - begins < 4 and re.fullmatch(f"{fence}{fence[0]}*", text.rstrip(" ")):
                fence = ""
            continue
        fence = ""
        if not text:
            yield Line(Kind.BLANK, 0, "")
            in_paragraph = False
            continue
        goes_on = in_paragraph
        if indent - begins >= 4 and not in_paragraph:
            del items[depth:]
            yield Line(Kind.CODE, depth, line[begins + 4 :])
            continue
        marked = _ITEM.match(text) if indent - begins < 4 and not _RULE.match(text) else None
        if marked and not (in_paragraph and depth == len(items) and not _interrupts(marked)):
            del items[depth:]
            marker, space = marked[1], len(marked[2])
            rest = text[marked.end() :]
            items.append(indent + len(marker) + (space if rest and space < 5 else 1))
            yield Line(Kind.ITEM, depth, rest, marker, goes_on)
            opening = _FENCE.match(rest)
            fence = (opening[1] or opening[2]) if opening else ""
            in_paragraph = bool(rest) and not opening and not _HEADING.match(rest)
            continue
        if indent - begins < 4 and (opening := _FENCE.match(text)):
            del items[depth:]
            fence = opening[1] or opening[2]
            yield Line(Kind.FENCE, depth, text, goes_on=goes_on)
            in_paragraph = False
        elif (
            indent - begins < 4 and in_paragraph and depth == len(items) and _UNDERLINE.match(text)
        ):
            yield Line(Kind.UNDERLINE, depth, text, goes_on=True)
            in_paragraph = False
        elif indent - begins < 4 and (_HEADING.match(text) or _RULE.match(text)):
            del items[depth:]
            yield Line(Kind.START, depth, text, goes_on=goes_on)
            in_paragraph = False
        elif indent - begins < 4 and text.startswith(">"):
            del items[depth:]
            yield Line(Kind.QUOTE, depth, text, goes_on=goes_on)
            in_paragraph = False
        else:
            if not in_paragraph:
                del items[depth:]
            kind = Kind.TABLE if _begins_table(lines[number : number + 2]) else Kind.TEXT
            yield Line(kind, len(items), text, goes_on=goes_on)
            in_paragraph = True


def _begins_table(lines: Sequence[str]) -> bool:
    """Whether the second of two lines draws the rule below the first one's cells."""
    return len(lines) == 2 and "|" in lines[0] and bool(_TABLE_RULE.fullmatch(lines[1]))


def _interrupts(marked: re.Match[str]) -> bool:
    """Whether an item may follow a paragraph at once: it has words, and its number is 1."""
    has_words = marked.end() < len(marked.string.rstrip(" "))
    return has_words and (marked[1] in "-*+" or int(marked[1][:-1]) == 1)
