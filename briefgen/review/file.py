"""Read the decisions that stand beside a brief's YAML: ``<name>.decisions.yaml``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefgen.config import Config
from briefgen.config.yaml import Tree, YamlError, parse
from briefgen.errors import ConfigError
from briefgen.review.problems import Where, wording
from briefgen.review.schema import KINDS, Addition, Decision

ENDING = ".decisions.yaml"
"""What a decisions file's name has in place of the YAML's own ending."""

_ID = re.compile(r"[par]-[0-9a-f]{6}")

_MAX_BYTES = 5_000_000
"""Size of a decisions file: ten thousand decisions."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a decisions file says, and where."""

    path: Path
    by_id: Mapping[str, Decision] = field(default_factory=dict)
    """In the order of the file."""
    added: Sequence[Addition] = ()
    tree: Tree = field(default_factory=lambda: Tree(None))

    def line(self, where: Where, problem: str) -> str:
        """One line on a value: ``file:line:column: problem``."""
        line, column = self.tree.place(where)
        return f"{self.path}:{line}:{column}: {problem}"


def beside(config: Config) -> Path:
    """Where the decisions on a brief stand: under its own name where its YAML holds several."""
    name = config.path.stem if config.alone else config.slug
    return config.path.with_name(name + ENDING)


def load(config: Config) -> Decisions:
    """Decisions on a brief; none where there is no file.

    Raises ConfigError with one line for every problem, each with line and column.
    """
    path = beside(config)
    text = read(path)
    return Decisions(path) if text is None else loads(path, text)


def read(path: Path) -> str | None:
    """The text of a decisions file; None where there is none. Raises ConfigError."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"{path}: more than {_MAX_BYTES:,} bytes: is this the right file?")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}:1: is not UTF-8 text (save it as UTF-8)") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def loads(path: Path, text: str) -> Decisions:
    """Decisions from the text of a file. Raises ConfigError as ``load`` does."""
    try:
        tree = parse(text)
    except YamlError as error:
        raise ConfigError(f"{path}:{error.line}:{error.column}: {error}") from None
    if tree.data is None:
        return Decisions(path, tree=tree)
    if not isinstance(tree.data, Mapping):
        found = type(tree.data).__name__
        raise ConfigError(
            f"{path}:1:1: expected ids of findings with decisions, found a {found} "
            "(such as p-3f9a01: {keep: true})"
        )
    problems: list[tuple[Where, str]] = []
    by_id: dict[str, Decision] = {}
    added: tuple[Addition, ...] = ()
    for key, value in tree.data.items():
        try:
            if key == "add":
                added = _additions().validate_python(() if value is None else value)
            elif _ID.fullmatch(key):
                by_id[key] = _decision(key, value)
            else:
                way_out = "write an id such as p-3f9a01, or add:"
                problems.append(((key,), f"{key!r:.60} is no finding's id ({way_out})"))
        except ValidationError as error:
            for one in error.errors(include_url=False):
                where = (key, *one["loc"])
                problems.append((where, wording(where, one)))
    problems += _merged_twice(by_id)
    decisions = Decisions(path, by_id, added, tree)
    if problems:
        problems.sort(key=lambda problem: tree.place(problem[0]))
        raise ConfigError(*(decisions.line(where, problem) for where, problem in problems))
    return decisions


@cache
def _additions() -> TypeAdapter[tuple[Addition, ...]]:
    return TypeAdapter(tuple[Addition, ...])


def _decision(id_: str, value: Any) -> Decision:
    return Decision.model_validate({} if value is None else value, context={"kind": KINDS[id_[0]]})


def _merged_twice(by_id: Mapping[str, Decision]) -> list[tuple[Where, str]]:
    """Problems of findings that would be joined with two others, with themselves or in a ring."""
    problems: list[tuple[Where, str]] = []
    lead: dict[str, str] = {}
    for id_, decision in by_id.items():
        for at, other in enumerate(decision.merge):
            where = (id_, "merge", at)
            if other == id_:
                problems.append((where, f"merge: {other} is this finding itself (take it away)"))
            elif lead.setdefault(other, id_) != id_:
                problems.append((where, f"merge: {other} already joins {lead[other]} (choose one)"))
            elif other in by_id and by_id[other].merge:
                problems.append(
                    (where, f"merge: {other} joins others itself (name them all in one list)")
                )
            elif other in by_id and by_id[other].drop:
                problems.append((where, f"merge: {other} is dropped (take one of the two away)"))
    return problems
