"""Make each kind of section from its options: one function each, and the table that names them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefgen.assemble import figures
from briefgen.assemble.choosing import is_named, published
from briefgen.assemble.decided import decided_grade, on_three
from briefgen.assemble.grades import graded
from briefgen.assemble.items import (
    filtered,
    groups_of,
    items_of,
    nearest,
    table_captions,
    warn_of_unknown_ids,
)
from briefgen.assemble.length import limit
from briefgen.assemble.material import Material
from briefgen.assemble.ranking import by_weight, key_statements
from briefgen.config import (
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
from briefgen.model import (
    Bibliography,
    BibliographyEntry,
    Captioned,
    Custom,
    Grade,
    Group,
    Impact,
    Item,
    KeyMessages,
    Kind,
    Method,
    Positions,
    Proposals,
    Risk,
    Risks,
    Section,
    Text,
    Timeline,
    TimelineEntry,
    Verdict,
)


def key_messages(material: Material, entry: KeyMessagesSection, index: int, anchor: str) -> Section:
    """What the analyst wrote, else the findings that most actors and sources stand behind."""
    intro = material.intro(entry, index)
    written = tuple(
        material.prose(message, index, "messages", at) for at, message in enumerate(entry.messages)
    )
    warn_of_unknown_ids(material, entry, index, tuple(Kind))
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
    chosen = filtered(material, [Kind.POSITION], entry, index)
    groups, left_out, hidden = groups_of(material, entry, chosen)
    figure = None
    if entry.chart:
        figure = figures.stance_matrix(
            items_of(groups),
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
        table_captions(material, entry, index, groups),
        entry.columns,
    )


def proposals(material: Material, entry: ProposalsSection, index: int, anchor: str) -> Section:
    """What is to be done."""
    intro = material.intro(entry, index)
    chosen = filtered(material, [Kind.PROPOSAL], entry, index)
    groups, left_out, hidden = groups_of(material, entry, chosen)
    figure = None
    if entry.chart and groups:
        caption = material.caption(Captioned.FIGURE, index)
        figure = figures.by_status(items_of(groups), entry.statuses, caption)
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
        table_captions(material, entry, index, groups),
        entry.columns,
    )


def risks(material: Material, entry: RisksSection, index: int, anchor: str) -> Section:
    """What could go wrong, each risk with a label for the matrix to point to."""
    intro = material.intro(entry, index)
    chosen = filtered(material, [Kind.RISK], entry, index)
    # What the analyst took the trouble to rate is shown before anything else.
    groups, left_out, hidden = groups_of(
        material, entry, chosen, first=frozenset(entry.impact), label="R"
    )
    _warn_of_lost_ratings(material, entry, index)
    if entry.scale == 5:
        groups = tuple(_graded(group, material) for group in groups)
    else:
        groups = tuple(on_three(group) for group in groups)
    matrix, unrated = _rated(items_of(groups))
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
        table_captions(material, entry, index, groups),
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
            hint = nearest(id_, sorted(known))
            material.warn(where, f"no risk has the id {id_!r} any more{hint}")


def timeline(material: Material, entry: TimelineSection, index: int, anchor: str) -> Section:
    """Attributed positions by the dates of their sources, the weightiest that there is room for."""
    intro = material.intro(entry, index)
    chosen = [s for s in filtered(material, [Kind.POSITION], entry, index) if s.finding.holder]
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
    chosen = filtered(material, entry.kinds, entry, index)
    groups, left_out, hidden = groups_of(material, entry, chosen)
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
