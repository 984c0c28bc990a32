"""A brief as a record of what it says: the part of ``findings.json`` that editions compare."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any

from briefgen.model import (
    Bibliography,
    Brief,
    Call,
    Claim,
    Custom,
    Item,
    KeyMessages,
    Kind,
    Method,
    Passage,
    Position,
    Positions,
    Proposal,
    Proposals,
    Prose,
    Record,
    Risk,
    Risks,
    Section,
    Text,
    Timeline,
)
from briefgen.render.characters import one_line
from briefgen.render.metadata import description

SCHEMA = "briefgen/record/1"
"""Name and version of what a record's object holds."""

_CALL = re.compile(r"\[\^\d+\]")


def record(brief: Brief) -> Record:
    """What a brief tells its readers, whatever its layout."""
    front = brief.front
    return Record(
        title=front.title,
        subtitle=front.subtitle,
        series=front.series,
        date=front.date,
        authors=front.authors,
        organisation=front.organisation,
        language=front.language,
        status=front.status,
        doi=front.doi,
        licence=front.licence,
        disclaimer=front.disclaimer,
        description=description(brief),
        sections=tuple(section.title or section.kind for section in brief.sections),
        claims=tuple(_claims(brief)),
        passages=tuple(p for section in brief.sections for p in _passages(section)),
        sources=tuple(extraction.document.source for extraction in brief.extractions),
    )


def as_json(record: Record) -> dict[str, Any]:
    """A record's object; what is unknown or empty is left out."""
    return {"schema": SCHEMA, **plain(record)}


def plain(value: Any) -> Any:
    """A value of frozen dataclasses as JSON has it, less what is None, empty or false."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    kind: Any = type(value)
    pairs = ((name, plain(getattr(value, name))) for name in _names(kind))
    return {name: one for name, one in pairs if one not in _NOTHING}


_NOTHING: tuple[Any, ...] = (None, "", [], {}, False)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _claims(brief: Brief) -> Iterator[Claim]:
    seen: set[tuple[Kind, str]] = set()
    for section in brief.sections:
        for item in items(section):
            key = (item.finding.kind, item.finding.id)
            if key not in seen:
                seen.add(key)
                yield _claim(item)


def items(section: Section) -> Iterator[Item]:
    """The items of a section, in reading order."""
    match section:
        case KeyMessages():
            yield from section.picked
        case Positions() | Proposals() | Risks() | Custom():
            for group in section.groups:
                yield from group.items
        case Timeline():
            yield from (entry.item for entry in section.entries)
        case Text() | Bibliography() | Method():
            pass


def _claim(item: Item) -> Claim:
    finding = item.finding
    notes = [call.note for call in item.calls]
    facts: dict[str, Any] = {}
    match finding:
        case Position():
            facts = {"stance": finding.stance, "target": finding.target}
        case Proposal():
            facts = {"status": finding.status}
        case Risk():
            by_words = finding.likelihood.level if finding.likelihood else None
            likelihood = item.graded.grade if item.graded else by_words
            facts = {
                "likelihood": str(likelihood) if likelihood else None,
                "impact": item.impact,
            }
    return Claim(
        id=finding.id,
        kind=finding.kind,
        actor=finding.holder.name if finding.holder else None,
        excerpt=tuple(one_line(quote.text) for quote in item.excerpt),
        topics=item.topics,
        date=item.date,
        notes=tuple(note.number for note in notes),
        sources=tuple(dict.fromkeys(note.source.id for note in notes)),
        **facts,
    )


def _passages(section: Section) -> Iterator[Passage]:
    for prose in _prose(section):
        yield Passage(section.kind, _cited(prose), section.title)


def _prose(section: Section) -> Iterator[Prose]:
    match section:
        case Text():
            yield section.body
        case KeyMessages():
            if section.intro:
                yield section.intro
            yield from section.written
        case _:
            if section.intro:
                yield section.intro


def _cited(prose: Prose) -> str:
    """The words with the ids of sources in place of the numbers of notes."""
    calls: Iterator[Call] = iter(prose.calls)

    def source(_: re.Match[str]) -> str:
        call = next(calls, None)
        return f"[@{call.note.source.id}]" if call else ""

    return _CALL.sub(source, prose.markdown).strip()
