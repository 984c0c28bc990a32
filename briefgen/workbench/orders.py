"""What the page sends: one step, checked at the border."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from briefgen.model import Kind, Verb

Value = str | list[str] | dict[str, str] | None
"""What a field of the decisions file can say; the file's own model looks at it closer."""


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    """Of the state that the page shows."""


class Asking(_Sent):
    """Nothing else: the page wants to know what is new, or the last step taken back."""


class Deciding(_Sent):
    """A decision on a finding."""

    id: str
    verb: Verb
    fields: dict[str, Value] = {}
    others: list[str] = []
    note: str | None = None
    reason: str | None = None


class Adding(_Sent):
    """A finding that extraction missed."""

    source: str
    quote: Annotated[str, Field(min_length=1)]
    start: Annotated[int, Field(ge=0)] | None = None
    """Where the selected words begin; None where they were typed."""
    kind: Kind
    fields: dict[str, Value] = {}
