"""Findings as tables for eyes; imported when a command prints one, as rich takes 0.1 s."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text


def document(found: dict[str, Any]) -> None:
    """Print what was found in one document, as ``extract`` gives it."""
    if "attributions" in found:
        _attributions(found)
        return
    table = Table("Kind", "Who", "What", "How", title=Text(found["source"]["title"]))
    table.add_column("Sure", justify="right", no_wrap=True)
    for kind, holder, content, judged in _COLUMNS:
        for row in found[kind]:
            stated = row[content] if isinstance(row[content], list) else [row[content]]
            words = " … ".join(" ".join(piece["text"].split()) for piece in stated)
            value = row[judged]["level"] if isinstance(row[judged], dict) else row[judged]
            who, sure = (row[holder] or {}).get("name"), f"{row['confidence']:.0%}"
            cells = (kind.removesuffix("s"), who, words, value, sure)
            table.add_row(*(Text(cell or "") for cell in cells))
    Console().print(table)


def _attributions(found: dict[str, Any]) -> None:
    table = Table("Who", "Cue", "What", title=Text(found["source"]["title"]))
    for row in found["attributions"]:
        words = " … ".join(" ".join(piece["text"].split()) for piece in row["content"])
        source, cue = ((row[part] or {}).get("text") for part in ("source", "cue"))
        table.add_row(*(Text(" ".join((cell or "").split())) for cell in (source, cue, words)))
    Console().print(table)


_COLUMNS = (
    ("positions", "actor", "statement", "stance"),
    ("proposals", "proposer", "action", "status"),
    ("risks", "voice", "risk", "likelihood"),
)
"""For each kind: who, what, and how it is judged."""


def findings(found: list[dict[str, Any]]) -> None:
    """Print the findings of a brief, as the desk lists them."""
    table = Table(box=None)
    table.add_column("Id", no_wrap=True)
    table.add_column("Sure", justify="right", no_wrap=True)
    for title in ("Decision", "Who", "What"):
        table.add_column(title)
    for row in found:
        decision = "needs another look" if row["changed"] else row["decision"]
        decision = "" if decision == "undecided" else decision
        cells = (row["id"], f"{row['confidence']:.0%}", decision, row["actor"], row["excerpt"])
        table.add_row(*(Text(cell or "") for cell in cells))
    Console().print(table)
