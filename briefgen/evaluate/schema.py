"""What a label file may hold, and how its problems are worded."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefgen.evaluate.record import Record
from briefgen.model import Kind, Stance, Status


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PositionLabel(_Entry):
    """A position as a person labelled it."""

    sentence: str = Field(min_length=1)
    actor: str | None = None
    actor_name: str | None = None
    cue: str | None = None
    statement: list[str] = Field(min_length=1)
    stance: Stance | None = None
    optional: bool = False

    @property
    def record(self) -> Record:
        """The label, to compare."""
        return Record(
            Kind.POSITION,
            self.sentence,
            tuple(self.statement),
            self.actor,
            self.actor_name,
            self.stance,
            self.optional,
        )

    @property
    def copied(self) -> Mapping[str, str | None]:
        """What is to stand in the document, by key."""
        pieces = {f"statement[{n}]": piece for n, piece in enumerate(self.statement)}
        return {"sentence": self.sentence, "actor": self.actor, "cue": self.cue, **pieces}


class ProposalLabel(_Entry):
    """A proposal as a person labelled it."""

    sentence: str = Field(min_length=1)
    proposer: str | None = None
    proposer_name: str | None = None
    action: str = Field(min_length=1)
    status: Status | None = None
    optional: bool = False

    @property
    def record(self) -> Record:
        """The label, to compare."""
        return Record(
            Kind.PROPOSAL,
            self.sentence,
            (self.action,),
            self.proposer,
            self.proposer_name,
            self.status,
            self.optional,
        )

    @property
    def copied(self) -> Mapping[str, str | None]:
        """What is to stand in the document, by key."""
        return {"sentence": self.sentence, "proposer": self.proposer, "action": self.action}


class RiskLabel(_Entry):
    """A risk as a person labelled it."""

    sentence: str = Field(min_length=1)
    voice: str | None = None
    voice_name: str | None = None
    risk: str = Field(min_length=1)
    bearer: str | None = None
    optional: bool = False

    @property
    def record(self) -> Record:
        """The label, to compare."""
        return Record(
            Kind.RISK,
            self.sentence,
            (self.risk,),
            self.voice,
            self.voice_name,
            optional=self.optional,
        )

    @property
    def copied(self) -> Mapping[str, str | None]:
        """What is to stand in the document, by key."""
        copied = {"sentence": self.sentence, "voice": self.voice, "risk": self.risk}
        return {**copied, "bearer": self.bearer}


Label = PositionLabel | ProposalLabel | RiskLabel


class LabelFile(_Entry):
    """All labels of one document."""

    id: str | None = None
    """For people; a document is known by its file's name."""
    positions: list[PositionLabel] = []
    proposals: list[ProposalLabel] = []
    risks: list[RiskLabel] = []

    @property
    def labels(self) -> Iterator[tuple[str, Label]]:
        """Every label with its place, such as ``positions[3]``."""
        kinds: Mapping[str, Sequence[Label]] = {
            Kind.POSITION: self.positions,
            Kind.PROPOSAL: self.proposals,
            Kind.RISK: self.risks,
        }
        for kind, labels in kinds.items():
            for number, label in enumerate(labels):
                yield f"{kind}[{number}]", label


_LABELS: Mapping[str, type[_Entry]] = {
    Kind.POSITION: PositionLabel,
    Kind.PROPOSAL: ProposalLabel,
    Kind.RISK: RiskLabel,
}


def problems(error: ValidationError) -> Iterator[str]:
    """One line a problem: ``positions[3].statement: what is wrong (way out)``."""
    for problem in error.errors(include_url=False):
        where = problem["loc"]
        yield f"{_path(where)}{_wording(where, problem)}"


def _path(where: tuple[int | str, ...]) -> str:
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    path = "".join(parts).removeprefix(".")
    return f"{path}: " if path else ""


def _wording(where: tuple[int | str, ...], problem: Mapping[str, Any]) -> str:
    match problem["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return f"unknown key{_nearest(str(where[-1]), _keys(where))}"
        case "enum":
            expected = str(problem["ctx"]["expected"])
            words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
            return f"{problem['input']!r} is not one of {expected}" + _nearest(
                str(problem["input"]), words
            )
        case "too_short" | "string_too_short":
            return "is empty (copy the words from the document)"
        case kind if kind in _SHAPES:
            given = "null" if problem["input"] is None else f"{problem['input']!r:.60}"
            return f"{_SHAPES[kind]}, not {given}"
        case _:
            message: str = problem["msg"]
            return f"{message[:1].lower()}{message[1:]}"


_SHAPES = {
    "string_type": "write text in quotes",
    "list_type": 'write a list, such as ["first piece", "second piece"]',
    "model_type": 'write keys and values, such as {"positions": [], "proposals": [], "risks": []}',
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
}
"""What to write where pydantic found a value of another type."""


def _keys(where: tuple[int | str, ...]) -> Sequence[str]:
    known = LabelFile if len(where) == 1 else _LABELS.get(str(where[0]), LabelFile)
    return list(known.model_fields)


def _nearest(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(known)})"
