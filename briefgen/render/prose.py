"""The analyst's Markdown, cut into pieces at its note calls and the like, for both languages."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from markupsafe import Markup

from briefgen.cache import Cache
from briefgen.model import Call, Caption, Prose, Reference
from briefgen.render.characters import visible
from briefgen.render.levels import relevel
from briefgen.render.own_captions import OF_A_CAPTION
from briefgen.render.prose_pandoc import for_pandoc

_TOKEN = re.compile(r"\[\^(\d+|(?:fig|tab):[\w-]+|(?:figure|table)-\d+)\]")
_MARK = re.compile("[\ue000\ue002](\\d+)\ue001")
_PRIVATE = re.compile("[\ue000-\ue002]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_UNDERLINED = re.compile(r"(?m)(?<![^\n]\n)^(?! {4}|[-*+>#|`~])([^\n|]*\S[^\n|]*)\n(=+|-{2,}) *$")

Token = Call | Reference | Caption
Pieces = Sequence[Markup | Token]


CODE = ("render", "text", "config", "cache", "model")
"""Packages of briefgen that the HTML of a text depends on: this stage and the layers below it."""


def html_pieces(
    prose: Prose, embed: Callable[[str], str], cache: Cache, inline: bool = False
) -> Pieces:
    """Sanitised HTML and, between it, the note calls, references and captions in order.

    ``embed`` makes a page's images part of it; ``inline`` is for what stands in a list item.
    """
    marked, tokens = _mark(_PRIVATE.sub("", visible(prose.markdown)), prose)
    return _cut(embed(as_html(marked, cache, inline)).strip(), tokens)


def as_html(markdown: str, cache: Cache, inline: bool = False) -> str:
    """Sanitised HTML of the analyst's words, made now or before."""
    parts = [b"prose", bytes([inline]), markdown.encode("utf-8", "surrogatepass")]
    kept = cache.get(CODE, parts)
    if kept is not None:
        return kept.decode()
    from briefgen.render.prose_html import to_html  # takes as long to import as a page to fill

    page = to_html(markdown, inline=inline)
    cache.put(CODE, parts, page.encode())
    return page


def markdown_pieces(prose: Prose) -> Pieces:
    """The analyst's Markdown as it was written, and, between it, its calls and the like in order.

    Headings are moved below the section's own; line ends that mean a break get a visible sign; and
    pandoc is told by blank lines and backslashes what code hosts know without.
    """
    text = _PRIVATE.sub("", visible(prose.markdown)).strip("\n")
    marked, tokens = _mark(for_pandoc(_breaks(_headings(text))), prose)
    return _cut(marked.replace("!\ue000", "\\!\ue000"), tokens)


def _mark(markdown: str, prose: Prose) -> tuple[str, Sequence[Token]]:
    """Put a mark that no Markdown reads as markup where each call, reference or caption stands."""
    left: dict[type, list[tuple[str, Token]]] = {
        Call: [(str(call.note.number), call) for call in prose.calls],
        Reference: [(reference.name, reference) for reference in prose.references],
        Caption: [(caption.anchor, caption) for caption in prose.captions],
    }
    used: list[Token] = []

    def mark(found: re.Match[str]) -> str:
        for waiting in left.values():
            if waiting and waiting[0][0] == found[1]:
                used.append(waiting.pop(0)[1])
                opening = OF_A_CAPTION if isinstance(used[-1], Caption) else "\ue000"
                return f"{opening}{len(used) - 1}\ue001"
        return found[0]

    return _TOKEN.sub(mark, markdown), used


def _cut(text: str, tokens: Sequence[Token]) -> Pieces:
    pieces: list[Markup | Token] = []
    for index, piece in enumerate(_MARK.split(text)):
        pieces.append(tokens[int(piece)] if index % 2 else Markup(piece))
    return pieces


def _headings(text: str) -> str:
    text = _UNDERLINED.sub(lambda found: f"{'#' if '=' in found[2] else '##'} {found[1]}", text)
    lines = text.split("\n")
    fenced = _fenced(lines)
    places = [
        (number, found)
        for number, line in enumerate(lines)
        if number not in fenced and (found := _HEADING.match(line))
    ]
    levels = relevel([len(found[1]) for _, found in places])
    for (number, found), level in zip(places, levels, strict=True):
        lines[number] = "#" * level + lines[number][found.end() :]
    return "\n".join(lines)


def _breaks(text: str) -> str:
    lines = text.split("\n")
    fenced = _fenced(lines)
    for number, (line, following) in enumerate(pairwise(lines)):
        if number not in fenced and line.endswith("  ") and line.strip() and following.strip():
            lines[number] = line.rstrip(" ") + "\\"
    return "\n".join(lines)


def _fenced(lines: Sequence[str]) -> set[int]:
    """Numbers of the lines that are code between fences."""
    inside: set[int] = set()
    fence = ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if fence:
            inside.add(number)
            if found and found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        elif found:
            inside.add(number)
            fence = found[1]
    return inside
