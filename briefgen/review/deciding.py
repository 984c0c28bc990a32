"""Put one decision into the file beside a brief's YAML, and change nothing else there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefgen.config.yaml import parse
from briefgen.errors import ConfigError
from briefgen.model import Extraction, Finding, Verb
from briefgen.review.applying import Reviewed, review
from briefgen.review.file import loads, read
from briefgen.review.saving import EMPTY, Step, data, save
from briefgen.review.writing import renamed, with_value


@dataclass(frozen=True, slots=True)
class Order:
    """One decision to write."""

    verb: Verb
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Fields to edit or rate, by their names in the decisions file."""
    others: Sequence[str] = ()
    """Ids to merge."""
    note: str | None = None
    reason: str | None = None
    by: str | None = None
    when: str | None = None


def decide(
    path: Path,
    order: Order,
    finding: Finding,
    key: str | None,
    extractions: Sequence[Extraction],
) -> Step:
    """Write a decision on a finding into a decisions file, a new one where there is none.

    ``key`` is the id under which the file has a decision on it already, if it has one. Comments and
    order stay. Raises ConfigError where the file, or the decision, has a problem, and OutputError
    where it cannot be written; the file is then as it was.
    """
    before = read(path)
    if before is not None:
        loads(path, before)
    text = (before or EMPTY).replace("\r\n", "\n")
    others: Sequence[_Other] = ()
    if order.others:
        others = _others(order, extractions, review(loads(path, text), extractions))
    new, expected = _ordered(text, order, finding, key, others)
    if data(new) != expected:
        raise ConfigError(
            f"{path}: is written in a way that no decision can be added to "
            f"(write {finding.id}: by hand, or put each id on a line of its own)"
        )
    try:
        review(loads(path, new), extractions)
    except ConfigError as error:
        raise ConfigError(*(_PLACE.sub(f"{finding.id}: ", line) for line in error.lines)) from None
    return save(path, before, new)


_PLACE = re.compile(r"^.*?\.yaml:\d+:\d+: (?:edit: |rate: )?")
"""A place in a file that is not written."""


@dataclass(frozen=True, slots=True)
class _Other:
    """A finding to merge."""

    id: str
    before: str
    """The id under which ``merge:`` names it so far."""
    about: Mapping[str, str]


def _others(
    order: Order, extractions: Sequence[Extraction], reviewed: Reviewed
) -> Sequence[_Other]:
    known = {f.id: f for e in (*reviewed.extractions, *extractions) for f in e.findings}
    return [
        _Other(id_, reviewed.joined.get(id_, id_), _about(known[id_]))
        for id_ in order.others
        if id_ in known
    ]


def _ordered(
    text: str, order: Order, finding: Finding, key: str | None, others: Sequence[_Other]
) -> tuple[str, dict[str, Any]]:
    """The text with the decision in it, and what it is then to say."""
    expected: dict[str, Any] = dict(parse(text).data or {})
    id_ = finding.id
    if key is not None and key != id_:
        text = renamed(text, (key,), id_)
        expected = {id_ if name == key else name: value for name, value in expected.items()}
    old = dict(expected.get(id_) or {})
    opposite = {Verb.KEEP: "drop", Verb.DROP: "keep"}.get(order.verb, "drop")
    if opposite in old and order.verb is not Verb.NOTE:
        same = "keep" if opposite == "drop" else "drop"
        text = renamed(text, (id_, opposite), same)
        old = {same if name == opposite else name: value for name, value in old.items()}
    for other in others:
        inner = old.get("about_merged") or {}
        if other.before != other.id and other.before in inner:
            text = renamed(text, (id_, "about_merged", other.before), other.id)
            named = {other.id if name == other.before else name: one for name, one in inner.items()}
            old["about_merged"] = named
    values = _values(order, finding, old, others)
    if not old:
        return with_value(text, (id_,), values), {**expected, id_: values}
    for name, value in values.items():
        if isinstance(value, Mapping) and isinstance(old.get(name), Mapping):
            for inner, one in value.items():
                text = with_value(text, (id_, name, inner), one)
            old[name] = {**old[name], **value}
        elif old.get(name) != value:
            text = with_value(text, (id_, name), value)
            old[name] = value
    return text, {**expected, id_: old}


def _values(
    order: Order, finding: Finding, old: Mapping[str, Any], others: Sequence[_Other]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    match order.verb:
        case Verb.KEEP | Verb.DROP:
            values[str(order.verb)] = True
        case Verb.EDIT | Verb.RATE:
            values[str(order.verb)] = dict(order.fields)
        case Verb.MERGE:
            now = {other.before: other.id for other in others}
            before = [now.get(id_, id_) for id_ in old.get("merge", ())]
            values["merge"] = list(dict.fromkeys([*before, *order.others]))
        case Verb.NOTE:
            pass
    signed = {"note": order.note, "reason": order.reason, "who": order.by, "when": order.when}
    values |= {name: value for name, value in signed.items() if value is not None}
    values["about"] = _about(finding)
    if others:
        values["about_merged"] = {other.id: other.about for other in others}
    return values


def _about(finding: Finding) -> dict[str, str]:
    return {
        "source": finding.sentence.source_id,
        "sentence": " ".join(finding.sentence.text.split()),
        "words": " ".join(" ".join(quote.text for quote in finding.content).split()),
    }
