"""The decisions file's one documented model: what may be said of a finding, and of added ones."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from briefgen.config.values import Id, IsoDate, OneOrMore, Words
from briefgen.model import Grade, Impact, Kind, Level, Speech, Stance, Status

FindingId = Annotated[str, Field(pattern=r"\A[par]-[0-9a-f]{6}\Z")]
"""Such as ``p-3f9a01``; the letter tells the kind."""

KINDS: Mapping[str, Kind] = {"p": Kind.POSITION, "a": Kind.PROPOSAL, "r": Kind.RISK}
"""Kinds by the first letter of their ids."""

FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.POSITION: ("actor", "statement", "stance", "target", "speech", "topics"),
    Kind.PROPOSAL: ("actor", "statement", "status", "addressee", "topics"),
    Kind.RISK: ("actor", "statement", "likelihood", "bearer", "topics"),
}
"""What can be said of each kind. ``actor`` is whoever holds, proposes or warns, and ``statement``
what is held, proposed or warned of."""

_NEVER_NONE = ("statement", "stance", "speech", "topics")


class _Entry(BaseModel):
    """Unknown keys are errors, values never change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, regex_engine="python-re", defer_build=True
    )


class Said(_Entry):
    """What an analyst says of a finding; null says that there is none."""

    actor: Words | None = None
    """Name of whoever holds, proposes or warns."""
    statement: Annotated[OneOrMore, Field(min_length=1)] | None = None
    """Words of the source, exactly; several pieces where the sentence interrupts them."""
    stance: Stance | None = None
    target: Words | None = None
    speech: Speech | None = None
    status: Status | None = None
    addressee: Words | None = None
    """Words of the source, exactly."""
    likelihood: Level | None = None
    bearer: Words | None = None
    """Words of the source, exactly."""
    topics: OneOrMore | None = None

    @model_validator(mode="after")
    def _is_true_of_its_kind(self, info: ValidationInfo) -> "Said":
        kind: Kind | None = getattr(self, "kind", None) or (info.context or {}).get("kind")
        known = FIELDS[kind] if kind else ()
        for name in [name for name in Said.model_fields if name in self.model_fields_set]:
            if name not in known:
                raise ValueError(f"{kind} have no {name!r} (known: {', '.join(known)})")
            if getattr(self, name) is None and name in _NEVER_NONE:
                raise ValueError(f"{name} is empty (write it, or take the key away)")
        return self

    @property
    def fields(self) -> tuple[str, ...]:
        """What is said, in the order of this class."""
        return tuple(name for name in Said.model_fields if name in self.model_fields_set)


class Edit(Said):
    """What an analyst changes in a finding."""

    @model_validator(mode="after")
    def _changes_something(self) -> "Edit":
        if not self.model_fields_set:
            raise ValueError("changes nothing (write a field, such as stance: oppose)")
        return self


class Rating(_Entry):
    """How likely and how bad an analyst thinks a risk is."""

    likelihood: Grade | None = None
    impact: Impact | None = None

    @model_validator(mode="after")
    def _rates_something(self) -> "Rating":
        if self.likelihood is None and self.impact is None:
            raise ValueError("needs a likelihood or an impact, such as {impact: high}")
        return self


class About(_Entry):
    """What a decision remembers of its finding, to know it again when its id has changed."""

    source: Id
    sentence: Words
    words: Words
    """What is stated, without the rest of the sentence."""


class _Signed(_Entry):
    note: Words | None = None
    """For colleagues; printed nowhere."""
    who: Words | None = None
    when: IsoDate | None = None


class Decision(_Signed):
    """An analyst's word on one finding."""

    keep: Literal[True] | None = None
    """Shown, whatever its confidence."""
    drop: Literal[True] | None = None
    """Not in the brief."""
    reason: Words | None = None
    edit: Edit | None = None
    merge: tuple[FindingId, ...] = ()
    """Findings that say the same and become further notes to this one."""
    rate: Rating | None = None
    about: About | None = None
    about_merged: Mapping[FindingId, About] = Field(default_factory=dict)
    """The same of findings under ``merge``, by id; without it one is known by its id alone."""

    @model_validator(mode="after")
    def _decides(self, info: ValidationInfo) -> "Decision":
        kind = (info.context or {}).get("kind")
        if self.keep and self.drop:
            raise ValueError("says both keep and drop (take one away)")
        if not (self.keep or self.drop or self.edit or self.merge or self.rate or self.note):
            raise ValueError("decides nothing (write keep, drop, edit, merge, rate or note)")
        if self.rate and kind is not Kind.RISK:
            raise ValueError(f"rate: is for risks (this id is one of {kind})")
        if others := [id_ for id_ in self.merge if KINDS[id_[0]] is not kind]:
            raise ValueError(f"merge: {others[0]} is of another kind ({kind} join with {kind})")
        return self


class Addition(Said, _Signed):
    """A finding that extraction missed."""

    kind: Kind
    source: Id
    """Id of the source, as citations use it."""
    quote: Words
    """What is held, proposed or warned of, in the exact words of the source."""
    rate: Rating | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> "Addition":
        if "statement" in self.model_fields_set:
            raise ValueError("statement is called quote here")
        if self.rate and self.kind is not Kind.RISK:
            raise ValueError(f"rate: is for risks (this is one of {self.kind})")
        return self
