"""What tests of several folders share."""

import re
import signal
from pathlib import Path

from briefgen.model import Block, BlockKind, Document, Source, Span

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases"

SHARED = ROOT.parent / "shared"
"""Labelled documents and real files that stay outside the repository; tests skip without them."""


def document(text: str, id: str = "sample", **facts: str) -> Document:
    """A document of paragraphs that blank lines separate, and list items that a dash opens."""
    title = facts.pop("title", "Sample")
    blocks = tuple(
        Block(
            BlockKind.LIST_ITEM if match[0].startswith("- ") else BlockKind.PARAGRAPH,
            Span(*match.span()),
        )
        for match in re.finditer(r"\S(?:.|\n(?!\s*\n|- ))*\S|\S", text)
    )
    return Document(Source(id, f"{id}.txt", title, **facts), text, blocks)


def hears_interrupts() -> None:
    """Let a process hear Ctrl-C: one that a script put into the background would be deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def cases(name: str) -> list[tuple[str, str, str]]:
    """Read (title, input, expected) triples: a title, then two parts closed by lone dots."""
    found: list[tuple[str, str, str]] = []
    title, parts, part = "", [], None
    for line in (CASES / name).read_text("utf-8").splitlines():
        if line != ".":
            if part is None:
                title = line or title
            else:
                part.append(line)
        elif part is None:
            part = []
        else:
            parts.append("\n".join(part))
            part = []
            if len(parts) == 2:
                found.append((title, *parts))
                parts, part = [], None
    assert part is None, f"{name}: the case {title!r} is not closed by a lone dot"
    return found
