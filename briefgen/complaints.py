"""Errors and warnings as people read them: a line each, on a terminal with the place pointed at."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.text import Text

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::(?P<column>\d+))?(?:, line \d+)?: ")
_MAX_BYTES = 1_000_000
"""No file that people write by hand is larger; a larger one is not opened to show a line of it."""

_ROOM = 8
"""Columns of the terminal that a shown line leaves for its number."""


def show(complaint: str, stream: TextIO, prefix: str = "", label: str = "") -> None:
    """Print ``prefix``, the place, ``label`` and the problem; in a pipe as one plain line.

    On a terminal the line of the file follows, with a caret below the column.
    """
    found = _PLACE.match(complaint)
    place, problem = (found[0], complaint[found.end() :]) if found else ("", complaint)
    label = f"{label}: " if label else ""
    if not stream.isatty():
        print(f"{prefix}{place}{label}{problem}", file=stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    colour = "yellow" if label else "red"
    words = ((prefix, ""), (place, "bold"), (label, f"bold {colour}"), (problem, ""))
    console.print(Text.assemble(*words))
    if found and (line := _line(Path(found["path"]), int(found["line"]))):
        column = int(found["column"] or 0)
        console.print(_pointed(line, int(found["line"]), column, console.width, colour))


def _line(path: Path, number: int) -> str | None:
    """A line of a file; None where there is none to show."""
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            return None
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, ValueError):
        return None
    return lines[number - 1].rstrip() if number <= len(lines) else None


def _pointed(line: str, number: int, column: int, width: int, colour: str) -> "Text":
    """The part of a line that has room, and a caret below a column; no caret for column 0."""
    from rich.cells import cell_len
    from rich.text import Text

    shown = "".join(c if c.isprintable() else " " for c in line)
    room = max(width - _ROOM, 20)
    start = max(0, min(column - room // 2, len(shown) - room)) if cell_len(shown) > room else 0
    part = shown[start : start + room]
    while cell_len(part) > room:
        part = part[:-1]
    pointed = Text.assemble((f"{number:>5} | ", "dim"), part)
    if column:
        before = cell_len(part[: column - 1 - start])
        pointed.append(f"\n{' ' * 5} | ", "dim")
        pointed.append(" " * before + "^", f"bold {colour}")
    return pointed
