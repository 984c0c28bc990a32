"""Say where a brief shows a finding, or what keeps it out: confidence, an option or a limit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from briefgen.assemble.confidence import least
from briefgen.assemble.decided import wanted
from briefgen.assemble.duplicates import Statement
from briefgen.assemble.items import chosen_by
from briefgen.assemble.material import Material
from briefgen.config import SectionEntry
from briefgen.model import (
    Brief,
    Custom,
    Finding,
    KeyMessages,
    Positions,
    Proposals,
    Risks,
    Section,
    Timeline,
)

_OPTIONS: Mapping[str, Any] = {
    "exclude": (),
    "actors": (),
    "sources": (),
    "topics": (),
    "words": (),
    "stances": (),
    "statuses": (),
    "from_": None,
    "to": None,
}
"""Options that choose findings, and their values where all are chosen."""


class Fate(StrEnum):
    """What becomes of a finding in one section."""

    SHOWN = "shown"
    UNSURE = "too little confidence"
    FILTERED = "filtered"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Place:
    """A section that could show a finding."""

    index: int
    """Of the section in the YAML, from 0."""
    section: str
    title: str | None
    fate: Fate
    least: float
    """Confidence that the section asks for."""
    option: str | None = None
    """The option that leaves the finding out, such as ``actors``."""


class Placements:
    """Where each finding of one brief stands."""

    def __init__(self, material: Material, brief: Brief) -> None:
        self._material = material
        self._brief = brief
        self.names = material.names

    def statement(self, id_: str) -> Statement | None:
        """The statement that a finding is part of; the one that shows it goes first."""
        having = [
            s for s in self._material.statements if any(finding.id == id_ for finding in s.findings)
        ]
        return min(having, key=lambda s: s.finding.id != id_, default=None)

    def wanted(self, statement: Statement) -> bool:
        """Whether the analyst wants a statement shown, whatever its confidence."""
        return wanted(statement, self._material.review)

    def of(self, statement: Statement) -> Iterator[Place]:
        """Each section of the statement's kind, and those others that show it."""
        kind = statement.finding.kind
        entries = self._material.config.settings.sections
        for index, (entry, made) in enumerate(zip(entries, self._brief.sections, strict=True)):
            shown = any(one.id == statement.finding.id for one in _findings(made))
            if not shown and entry.section != kind and kind not in getattr(entry, "kinds", ()):
                continue
            asked = least(self._material.config.settings, kind, entry)
            fate, option = (Fate.SHOWN, None) if shown else self._kept_out(entry, statement)
            yield Place(index, entry.section, entry.title, fate, asked, option)

    def _kept_out(self, entry: SectionEntry, statement: Statement) -> tuple[Fate, str | None]:
        if not chosen_by(self._material, entry, [statement]):
            return Fate.FILTERED, next(self._options_against(entry, statement), None)
        if not self._material.shows(statement, entry):
            return Fate.UNSURE, "confidence"
        return Fate.LIMITED, "limit"

    def _options_against(self, entry: SectionEntry, statement: Statement) -> Iterator[str]:
        """Options that would leave a statement out, each without the others."""
        options = [name for name in _OPTIONS if hasattr(entry, name)]
        for option in options:
            others = {name: _OPTIONS[name] for name in options if name != option}
            alone = entry.model_copy(update=others)
            if not chosen_by(self._material, alone, [statement]):
                yield option.rstrip("_")


def _findings(section: Section) -> list[Finding]:
    match section:
        case KeyMessages():
            return [item.finding for item in section.picked]
        case Positions() | Proposals() | Risks() | Custom():
            return [item.finding for group in section.groups for item in group.items]
        case Timeline():
            return [entry.item.finding for entry in section.entries]
        case _:
            return []
