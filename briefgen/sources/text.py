"""Plain text files: the document's text is the file's characters, unchanged."""

import re

from briefgen.model import Block, BlockKind, Span
from briefgen.sources import boilerplate, frontmatter, layout, metadata
from briefgen.sources.decoding import decode
from briefgen.sources.limits import check_length
from briefgen.sources.reading import Facts, Raw, Reading


def read(raw: Raw) -> Reading:
    """Characters of a text file, only a byte order mark dropped, and the blocks in them.

    Front matter between ``---`` lines at the top is boilerplate and tells title, author and date.
    Raises Unreadable where the bytes are no text or too much of it.
    """
    text = decode(raw)
    check_length(text)
    front = frontmatter.extent(text)
    said = frontmatter.facts(text[front[0] : front[1]]) if front else Facts()
    found = layout.stretches(text, front[1] if front else 0)
    kinds = boilerplate.mark([(s.kind, text[s.start : s.end]) for s in found])
    blocks = [Block(kind, Span(s.start, s.end)) for kind, s in zip(kinds, found, strict=True)]
    if front:
        blocks.insert(0, Block(BlockKind.BOILERPLATE, Span(*front)))
    return Reading(text, tuple(blocks), said.over(facts(text, blocks)))


def facts(text: str, blocks: list[Block]) -> Facts:
    """What the top of a text tells: its first heading, a date line, a byline."""
    top = [(b.kind, " ".join(text[b.span.start : b.span.end][:500].split())) for b in blocks[:40]]
    first = next((i for i, (_, words) in enumerate(top) if boilerplate.is_prose(words)), len(top))
    hashed = next((w for _, w in top if re.match(r"#{1,6}\s", w)), None)
    title = hashed or next((w for kind, w in top[: first + 1] if kind is BlockKind.HEADING), None)
    # What follows the first sentence is the text's own: a date or a name there may be anything.
    notes = [words for kind, words in top[:first] if kind is BlockKind.BOILERPLATE]
    dates = (metadata.find_date(w) for w in notes if metadata.is_dateline(w) or _DATED.match(w))
    return Facts(
        title=metadata.as_title(_plain(title)) if title else None,
        author=next(filter(None, map(_author, notes)), None),
        published=next(filter(None, dates), None),
    )


_DATED = re.compile(r"[*_\s-]*(?:publish|published|date|posted|release)\b.{0,20}:", re.IGNORECASE)
_AUTHORS = re.compile(r"[*_\s-]*authors?\**\s*:\**\s*(\S.{0,200})", re.IGNORECASE)


def _author(words: str) -> str | None:
    match = _AUTHORS.fullmatch(words)
    return metadata.as_name(match[1]) if match else metadata.byline(words)


def _plain(title: str) -> str:
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title.lstrip("# "))
    return re.sub(r"[*_`]{1,3}(?=\w)|(?<=[\w?!.)”’\"'])[*_`]{1,3}(?!\w)", "", linked).strip(" #")
