"""Make each kind of section from its options: one function each, and the table that names them."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from briefgen.assemble import figures
from briefgen.assemble.captions import Captions
from briefgen.assemble.choosing import asked_for, is_named, published, unknown_ids, unmet
from briefgen.assemble.citations import Citations
from briefgen.assemble.confidence import is_sure, least
from briefgen.assemble.decided import decided_grade, decided_impact, on_three, wanted
from briefgen.assemble.duplicates import Statement
from briefgen.assemble.grades import graded
from briefgen.assemble.grouping import group
from briefgen.assemble.length import limit
from briefgen.assemble.names import Names
from briefgen.assemble.notes import Notes
from briefgen.assemble.ordering import ordered
from briefgen.assemble.ranking import by_weight, key_statements
from briefgen.assemble.topics import Topics
from briefgen.config import (
    Config,
    CustomSection,
    KeyMessagesSection,
    MethodSection,
    PositionsSection,
    ProposalsSection,
    RisksSection,
    SourcesSection,
    TextSection,
    TimelineSection,
)
from briefgen.errors import ConfigError
from briefgen.model import (
    Bibliography,
    BibliographyEntry,
    Caption,
    Captioned,
    Caution,
    Custom,
    Document,
    Grade,
    Group,
    Impact,
    Item,
    KeyMessages,
    Kind,
    Method,
    Positions,
    Proposals,
    Prose,
    Review,
    Risk,
    Risks,
    Section,
    Text,
    Timeline,
    TimelineEntry,
    Verdict,
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


def key_messages(material: Material, entry: KeyMessagesSection, index: int, anchor: str) -> Section:
    """What the analyst wrote, else the findings that most actors and sources stand behind."""
    intro = material.intro(entry, index)
    written = tuple(
        material.prose(message, index, "messages", at) for at, message in enumerate(entry.messages)
    )
    _warn_of_unknown_ids(material, entry, index, tuple(Kind))
    sure = [
        s
        for s in material.statements
        if material.shows(s, entry) and not is_named(s, entry.exclude)
    ]
    first = [s for id_ in entry.include for s in sure if is_named(s, [id_])]
    most = limit(material.config.settings.preset, entry.section, entry.limit) or len(sure)
    picked = [] if written else key_statements(sure, most, first)
    items = tuple(material.item(statement) for statement in picked)
    return KeyMessages(entry.title, anchor, intro, written, items)


def text(material: Material, entry: TextSection, index: int, anchor: str) -> Section:
    """The analyst's own words."""
    if entry.file is None:
        return Text(entry.title, anchor, material.prose(entry.text or "", index, "text"))
    home = material.config.home(("sections", index, "text", "file"))
    place = str(home / entry.file)
    body = material.cited(material.config.texts[entry.file], place)
    return Text(entry.title, anchor, body)


def positions(material: Material, entry: PositionsSection, index: int, anchor: str) -> Section:
    """Who holds what."""
    intro = material.intro(entry, index)
    chosen = _filtered(material, [Kind.POSITION], entry, index)
    groups, left_out, hidden = _groups(material, entry, chosen)
    figure = None
    if entry.chart:
        figure = figures.stance_matrix(
            _items(groups),
            entry.topics or material.topics.names,
            material.names.canonical,
            lambda: material.caption(Captioned.FIGURE, index),
        )
    return Positions(
        entry.title,
        anchor,
        intro,
        entry.view,
        entry.group_by,
        groups,
        left_out,
        hidden,
        figure,
        _table_captions(material, entry, index, groups),
        entry.columns,
    )


def proposals(material: Material, entry: ProposalsSection, index: int, anchor: str) -> Section:
    """What is to be done."""
    intro = material.intro(entry, index)
    chosen = _filtered(material, [Kind.PROPOSAL], entry, index)
    groups, left_out, hidden = _groups(material, entry, chosen)
    figure = None
    if entry.chart and groups:
        caption = material.caption(Captioned.FIGURE, index)
        figure = figures.by_status(_items(groups), entry.statuses, caption)
    return Proposals(
        entry.title,
        anchor,
        intro,
        entry.view,
        entry.group_by,
        groups,
        left_out,
        hidden,
        figure,
        _table_captions(material, entry, index, groups),
        entry.columns,
    )


def risks(material: Material, entry: RisksSection, index: int, anchor: str) -> Section:
    """What could go wrong, each risk with a label for the matrix to point to."""
    intro = material.intro(entry, index)
    chosen = _filtered(material, [Kind.RISK], entry, index)
    # What the analyst took the trouble to rate is shown before anything else.
    groups, left_out, hidden = _groups(
        material, entry, chosen, first=frozenset(entry.impact), label="R"
    )
    _warn_of_lost_ratings(material, entry, index)
    if entry.scale == 5:
        groups = tuple(_graded(group, material) for group in groups)
    else:
        groups = tuple(on_three(group) for group in groups)
    matrix, unrated = _rated(_items(groups))
    figure = None
    if entry.view == "matrix" and groups:
        caption = material.caption(Captioned.FIGURE, index)
        figure = figures.risk_matrix(matrix, entry.scale, caption)
    return Risks(
        entry.title,
        anchor,
        intro,
        entry.view,
        entry.group_by,
        groups,
        left_out,
        hidden,
        matrix if entry.view == "matrix" else {},
        unrated,
        figure,
        _table_captions(material, entry, index, groups),
        entry.columns,
    )


def _graded(group: Group, material: Material) -> Group:
    """The same risks with their likelihoods on the scale of five."""
    documents, review = material.documents, material.review
    items = (
        replace(
            item,
            graded=decided_grade(item.finding, review)
            or graded(item.finding, documents[item.finding.sentence.source_id]),
        )
        for item in group.items
        if isinstance(item.finding, Risk)
    )
    return replace(group, items=tuple(items))


def _rated(
    items: Sequence[Item],
) -> tuple[Mapping[tuple[Impact, Grade], tuple[Item, ...]], tuple[Item, ...]]:
    matrix: dict[tuple[Impact, Grade], tuple[Item, ...]] = {}
    unrated: list[Item] = []
    for item in items:
        likelihood = item.finding.likelihood if isinstance(item.finding, Risk) else None
        if item.impact and likelihood:
            grade = item.graded.grade if item.graded else Grade(likelihood.level)
            cell = (item.impact, grade)
            matrix[cell] = (*matrix.get(cell, ()), item)
        else:
            unrated.append(item)
    return matrix, tuple(unrated)


def _warn_of_lost_ratings(material: Material, entry: RisksSection, index: int) -> None:
    known = {statement.finding.id for statement in material.of(Kind.RISK)}
    for id_ in entry.impact:
        if id_ not in known:
            where = ("sections", index, "risks", "impact", id_)
            hint = _nearest(id_, sorted(known))
            material.warn(where, f"no risk has the id {id_!r} any more{hint}")


def timeline(material: Material, entry: TimelineSection, index: int, anchor: str) -> Section:
    """Attributed positions by the dates of their sources, the weightiest that there is room for."""
    intro = material.intro(entry, index)
    chosen = [s for s in _filtered(material, [Kind.POSITION], entry, index) if s.finding.holder]
    sure = [s for s in chosen if material.shows(s, entry)]
    dates = {id(s): date for s in sure if (date := published(s, material.documents))}
    dated = [s for s in sure if id(s) in dates]
    ranked = sorted(by_weight(dated), key=lambda s: not is_named(s, entry.include))
    heaviest = {id(s) for s in ranked[: entry.limit]}
    kept = sorted((s for s in dated if id(s) in heaviest), key=lambda s: dates[id(s)])
    figure_caption = material.caption(Captioned.FIGURE, index) if kept else None
    entries = tuple(TimelineEntry(dates[id(s)], material.item(s)) for s in kept)
    return Timeline(
        entry.title,
        anchor,
        intro,
        figures.chronology(entries, figure_caption) if figure_caption else None,
        entries,
        (material.caption(Captioned.TABLE, index),) if kept else (),
        left_out=len(dated) - len(kept),
        hidden=len(chosen) - len(sure),
        undated=len(sure) - len(dated),
    )


def sources(material: Material, entry: SourcesSection, index: int, anchor: str) -> Section:
    """The bibliography; who cites what is filled in when every note is numbered."""
    entries = tuple(
        BibliographyEntry(document.source, ()) for document in material.documents.values()
    )
    intro = material.intro(entry, index)
    figure = None
    if entry.chart and entries:
        caption = material.caption(Captioned.FIGURE, index)
        figure = figures.by_publisher(material.documents.values(), caption)
    return Bibliography(entry.title, anchor, intro, entries, figure)


def method(material: Material, entry: MethodSection, index: int, anchor: str) -> Section:
    """How the brief was made; what it shows and hides is counted when every section is made."""
    review = material.review
    return Method(
        title=entry.title,
        anchor=anchor,
        intro=material.intro(entry, index),
        documents=len(material.documents),
        words=sum(document.words for document in material.documents.values()),
        found=material.found,
        merged=0,
        hidden=(),
        shown=0,
        version=material.version,
        model=material.model,
        kept=review.count(Verdict.KEPT),
        dropped=len({finding.id for finding in review.dropped}),
        edited=review.count(Verdict.EDITED),
        added=review.count(Verdict.ADDED),
        outdated=sum(mark.outdated for mark in review.marks.values()),
    )


def custom(material: Material, entry: CustomSection, index: int, anchor: str) -> Section:
    """What a template of the analyst's own is to show."""
    intro = material.intro(entry, index)
    chosen = _filtered(material, entry.kinds, entry, index)
    groups, left_out, hidden = _groups(material, entry, chosen)
    return Custom(
        title=entry.title,
        anchor=anchor,
        intro=intro,
        template=entry.template,
        options=entry.options,
        kinds=entry.kinds,
        group_by=entry.group_by,
        groups=groups,
        left_out=left_out,
        hidden=hidden,
    )


def _filtered(material: Material, kinds: Sequence[Kind], entry: Any, index: int) -> list[Statement]:
    """Statements of some kinds that a section's options ask for."""
    if kinds:
        _check_known(material, entry, index, kinds)
    _warn_of_unknown_ids(material, entry, index, kinds)
    return chosen_by(material, entry, [s for s in material.statements if s.finding.kind in kinds])


def chosen_by(material: Material, entry: Any, statements: Iterable[Statement]) -> list[Statement]:
    """Those of some statements that a section's options ask for."""
    return asked_for(
        entry,
        statements,
        material.documents,
        {material.names.canonical(name) for name in entry.actors},
        lambda statement: material.topics.of(statement.finding),
    )


def _warn_of_unknown_ids(material: Material, entry: Any, index: int, kinds: Sequence[Kind]) -> None:
    for key, at, problem in unknown_ids(entry, kinds, material.statements):
        where = ("sections", index, entry.section, key, at)
        material.warn(where, problem)


def _check_known(material: Material, entry: Any, index: int, kinds: Sequence[Kind]) -> None:
    """Warn of a source, topic or actor that a section asks for and nothing has, or nothing sure."""
    statements = [s for kind in kinds for s in material.of(kind)]
    holders = _holders(statements)
    sure = _holders(s for s in statements if material.shows(s, entry))
    actors = {name: material.names.canonical(name) for name in entry.actors}
    asked = {
        "actors": [name for name, holder in actors.items() if holder not in holders],
        "sources": [s for s in entry.sources if s not in material.documents],
        "topics": [t for t in entry.topics if t not in material.topics.names],
    }
    known = {"actors": holders, "sources": material.documents, "topics": material.topics.names}
    for key, unknown in asked.items():
        for name in unknown:
            where = ("sections", index, entry.section, key, getattr(entry, key).index(name))
            preposition = "on" if key == "topics" else "from"
            hint = _nearest(name, sorted(known[key]))
            material.warn(where, f"{key}: nothing here is {preposition} {name!r}{hint}")
    for key, problem in unmet(entry, statements, material.documents):
        material.warn(("sections", index, entry.section, key), problem)
    for name, holder in actors.items():
        if holder in holders - sure:
            where = ("sections", index, entry.section, "actors", entry.actors.index(name))
            least_asked = min(least(material.config.settings, kind, entry) for kind in kinds)
            below = f"{least_asked:g}"
            problem = f"actors: all that is here from {name!r} scored below {below}"
            material.warn(where, f"{problem} (lower confidence: to show it)")


def _nearest(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _holders(statements: Iterable[Statement]) -> set[str]:
    return {s.finding.holder.name for s in statements if s.finding.holder}


def _groups(
    material: Material,
    entry: Any,
    statements: list[Statement],
    first: frozenset[str] = frozenset(),
    label: str | None = None,
) -> tuple[tuple[Group, ...], int, int]:
    """Items of the heaviest sure statements that a limit allows, in order and under sub-headings.

    With them, how many more a limit leaves out and how many are not sure enough. Findings whose
    ids are among ``first``, or that the analyst decided on, are kept before heavier ones, and those
    that the section includes whatever the limit. With a ``label`` the items are numbered: R1, R2, …
    """
    sure = [s for s in statements if material.shows(s, entry)]
    kept = sure
    most = limit(material.config.settings.preset, entry.section, entry.limit)
    if most is not None and len(sure) > most:
        named = [s for s in sure if is_named(s, entry.include)]
        ranked = sorted(
            by_weight(sure),
            key=lambda s: s.finding.id not in first and not wanted(s, material.review),
        )
        others = [s for s in ranked if s not in named]
        heaviest = {id(s) for s in (*named, *others[: max(0, most - len(named))])}
        kept = [s for s in sure if id(s) in heaviest]
    order = [material.names.canonical(name) for name in entry.actors]
    grouped = group(
        ordered(kept, entry.sort, material.documents),
        entry.group_by,
        documents=material.documents,
        topics=lambda statement: material.topics.of(statement.finding),
        order=order if entry.group_by in ("actor", "proposer", "voice") else material.topics.names,
    )
    numbers = count(1)
    ratings = getattr(entry, "impact", {})
    groups = tuple(
        Group(
            name,
            tuple(
                material.item(
                    s, f"{label}{next(numbers)}" if label else None, ratings.get(s.finding.id)
                )
                for s in members
            ),
        )
        for name, members in grouped
    )
    return groups, len(sure) - len(kept), len(statements) - len(sure)


def _items(groups: Iterable[Group]) -> list[Item]:
    return [item for group in groups for item in group.items]


def _table_captions(
    material: Material, entry: Any, index: int, groups: Sequence[Group]
) -> tuple[Caption, ...]:
    """A caption for each table of a section's view, as many as its templates make."""
    if entry.view != "table" or not groups:
        return ()
    apart = entry.group_by is not None and entry.group_by not in entry.columns
    tables = range(len(groups) if apart else 1)
    return tuple(material.caption(Captioned.TABLE, index) for _ in tables)


SECTIONS: Mapping[str, Callable[[Material, Any, int, str], Section]] = {
    "key_messages": key_messages,
    "text": text,
    "positions": positions,
    "proposals": proposals,
    "risks": risks,
    "timeline": timeline,
    "sources": sources,
    "method": method,
    "custom": custom,
}
"""What makes each section that an entry under ``sections:`` can name."""
