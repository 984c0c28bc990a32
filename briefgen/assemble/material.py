"""What the sections of one brief are made from, and what comes to light while they are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefgen.assemble.captions import Captions
from briefgen.assemble.choosing import is_named, published
from briefgen.assemble.citations import Citations
from briefgen.assemble.confidence import is_sure, least
from briefgen.assemble.decided import decided_impact, wanted
from briefgen.assemble.duplicates import Statement
from briefgen.assemble.names import Names
from briefgen.assemble.notes import Notes
from briefgen.assemble.topics import Topics
from briefgen.config import Config
from briefgen.errors import ConfigError
from briefgen.model import (
    Caption,
    Captioned,
    Caution,
    Document,
    Impact,
    Item,
    Kind,
    Prose,
    Review,
)


@dataclass(frozen=True, slots=True)
class Material:
    """What sections are made from."""

    config: Config
    documents: Mapping[str, Document]
    statements: Sequence[Statement]
    """Every statement of every kind, duplicates joined, in reading order."""
    names: Names
    topics: Topics
    notes: Notes
    captions: Captions
    citations: Citations
    found: Mapping[str, int]
    """Findings of each kind before duplicates were joined."""
    version: str
    model: str
    review: Review
    cautions: list[Caution] = field(default_factory=list)
    """What the YAML asks for in vain, as it comes to light."""
    problems: list[str] = field(default_factory=list)
    """Citations that lead nowhere, as they come to light; one line each."""

    def warn(self, where: Sequence[str | int], problem: str) -> None:
        """Take note of a warning of a value."""
        self.cautions.append(self.config.caution(where, problem))

    def of(self, kind: Kind) -> list[Statement]:
        """Statements of one kind."""
        return [s for s in self.statements if s.finding.kind is kind]

    def shows(self, statement: Statement, entry: Any) -> bool:
        """Whether a statement is sure enough for a section, or the analyst wants it shown."""
        if statement.finding.id in getattr(entry, "impact", {}) or wanted(statement, self.review):
            return True
        if is_named(statement, getattr(entry, "include", ())):
            return True
        return is_sure(statement, least(self.config.settings, statement.finding.kind, entry))

    def item(
        self, statement: Statement, label: str | None = None, impact: Impact | None = None
    ) -> Item:
        """One line of the brief, its notes numbered now."""
        return Item(
            finding=statement.finding,
            excerpt=statement.excerpt,
            calls=tuple(self.notes.cite(sentence) for sentence in statement.sentences),
            label=label,
            topics=self.topics.of(statement.finding),
            impact=impact or decided_impact(statement, self.review),
            date=published(statement, self.documents),
        )

    def caption(self, kind: Captioned, index: int) -> Caption:
        """The next caption; it is named after its section: ``positions``, then ``positions-2``."""
        (name,) = self._name(index)
        before = self.config.settings.sections[:index]
        place = sum(section.section == name for section in before) + 1
        return self.captions.take(kind, name if place == 1 else f"{name}-{place}")

    def intro(self, entry: Any, index: int) -> Prose | None:
        """The Markdown before a section's items."""
        if entry.intro is None:
            return None
        return self.prose(entry.intro, index, "intro")

    def prose(self, markdown: str, index: int, *where: str | int) -> Prose:
        """The analyst's Markdown at a place of the YAML."""
        place = self.config.error(("sections", index, *self._name(index), *where), "")
        return self.cited(markdown, place.removesuffix(": "))

    def cited(self, markdown: str, place: str) -> Prose:
        """Markdown with its citations; where one leads nowhere, a problem and no words."""
        try:
            return self.citations.prose(markdown, place)
        except ConfigError as error:
            self.problems.extend(error.lines)
            return Prose("", (), ())

    def _name(self, index: int) -> tuple[str, ...]:
        return (self.config.settings.sections[index].section,)
