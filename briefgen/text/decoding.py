"""A model's folder: which files it has, and how its scores become findings. Opens no network."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from briefgen.model import Kind

SHIPPED = Path(str(files("briefgen.text") / "model"))
"""The model in the wheel."""

FILES = ("findings.onnx", "tokenizer.json", "decoding.json")
"""Files of a model, which make what it finds."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a model's scores become findings; chosen with the model, on its own outputs."""

    name: str
    """Name and version, such as ``findings-minilm 2``."""
    max_pieces: int
    """Pieces in a window, [CLS] and [SEP] included."""
    least: Mapping[Kind, float]
    """Least confidence of a finding."""
    confidence: Mapping[Kind, tuple[float, ...]]
    """Bias and weights that turn what is known of a finding into the logit of its confidence."""
    roles: float
    """Least probability that a word belongs to an actor, cue, proposer, voice or bearer."""
    edge: float
    """Least probability of the words at the edges of such a span, so that names stay whole."""
    stance: float
    """Least probability of a stance that is told."""
    status: float
    """Least probability of a status that is told."""


def decoding(folder: Path = SHIPPED) -> Decoding:
    """The decoding parameters of the model in a folder."""
    raw = json.loads((folder / "decoding.json").read_text("utf-8"))
    return Decoding(
        name=raw["name"],
        max_pieces=raw["max_pieces"],
        least={kind: raw["least"][kind] for kind in Kind},
        confidence={kind: tuple(raw["confidence"][kind]) for kind in Kind},
        roles=raw["roles"],
        edge=raw["edge"],
        stance=raw["stance"],
        status=raw["status"],
    )
