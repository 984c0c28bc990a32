"""Labels and findings made by hand, so that no test here needs the model."""

import json
from pathlib import Path
from typing import Any

from briefgen.evaluate.record import Record
from briefgen.model import (
    Actor,
    Finding,
    Kind,
    Position,
    Proposal,
    Quote,
    Risk,
    Span,
    Speech,
    Stance,
    Status,
)

FIELDS = {
    Kind.POSITION: ("statement", "actor", "stance"),
    Kind.PROPOSAL: ("action", "proposer", "status"),
    Kind.RISK: ("risk", "voice", None),
}
"""What the content, the holder and the judgement of a kind are called in a label."""


def record(content: str, sentence: str | None = None, **facts: Any) -> Record:
    """A position; its sentence is its content unless given."""
    given = {"kind": Kind.POSITION, "holder": "the Council", "name": "Harbour Council", **facts}
    return Record(sentence=sentence or f"{content}.", content=(content,), **given)


def finding(kind: Kind, label: dict[str, Any]) -> Finding:
    """A finding with the words of a label."""
    content, holder, judged = FIELDS[kind]
    words, name = label.get(holder), label.get(f"{holder}_name")
    actor = Actor(name or "", quote(words) if words else None) if words or name else None
    value = label.get(judged) if judged else None
    sentence = quote(label["sentence"])
    match kind:
        case Kind.POSITION:
            pieces = tuple(map(quote, label[content]))
            stance = Stance(value or "neutral")
            return Position("p", sentence, actor, None, pieces, Speech.INDIRECT, stance, None, 0.9)
        case Kind.PROPOSAL:
            status = Status(value) if value else None
            return Proposal("a", sentence, actor, quote(label[content]), status, None, 0.9)
        case Kind.RISK:
            return Risk("r", sentence, actor, quote(label[content]), None, None, 0.9)


def quote(text: str) -> Quote:
    return Quote("s", Span(0, len(text)), text)


TEXT = "The Harbour Council opposes the dredging plan for the outer harbour.\n"

LABELS: dict[str, Any] = {
    "id": "minutes",
    "positions": [
        {
            "sentence": TEXT.strip(),
            "actor": "The Harbour Council",
            "actor_name": "Harbour Council",
            "cue": "opposes",
            "statement": ["the dredging plan for the outer harbour"],
            "stance": "oppose",
        }
    ],
    "proposals": [],
    "risks": [],
}


def write(folder: Path, labels: object = LABELS, text: str = TEXT, name: str = "minutes") -> Path:
    """One labelled document in a folder."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / f"{name}.json").write_text(json.dumps(labels, indent=1), "utf-8")
    return folder
