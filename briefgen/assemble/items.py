"""The items of one section: those that its options ask for, in order and under sub-headings."""

import difflib
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from briefgen.assemble.choosing import asked_for, is_named, unknown_ids, unmet
from briefgen.assemble.confidence import least
from briefgen.assemble.decided import wanted
from briefgen.assemble.duplicates import Statement
from briefgen.assemble.grouping import group
from briefgen.assemble.length import limit
from briefgen.assemble.material import Material
from briefgen.assemble.ordering import ordered
from briefgen.assemble.ranking import by_weight
from briefgen.model import Caption, Captioned, Group, Item, Kind


def filtered(material: Material, kinds: Sequence[Kind], entry: Any, index: int) -> list[Statement]:
    """Statements of some kinds that a section's options ask for."""
    if kinds:
        _check_known(material, entry, index, kinds)
    warn_of_unknown_ids(material, entry, index, kinds)
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


def warn_of_unknown_ids(material: Material, entry: Any, index: int, kinds: Sequence[Kind]) -> None:
    """Take note of ids that a section includes or excludes and no finding of these kinds has."""
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
            hint = nearest(name, sorted(known[key]))
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


def nearest(word: str, known: Sequence[str]) -> str:
    """The nearest of the known words as a hint; nothing where none is near."""
    close = difflib.get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _holders(statements: Iterable[Statement]) -> set[str]:
    return {s.finding.holder.name for s in statements if s.finding.holder}


def groups_of(
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


def items_of(groups: Iterable[Group]) -> list[Item]:
    """Every item, whatever its sub-heading."""
    return [item for group in groups for item in group.items]


def table_captions(
    material: Material, entry: Any, index: int, groups: Sequence[Group]
) -> tuple[Caption, ...]:
    """A caption for each table of a section's view, as many as its templates make."""
    if entry.view != "table" or not groups:
        return ()
    apart = entry.group_by is not None and entry.group_by not in entry.columns
    tables = range(len(groups) if apart else 1)
    return tuple(material.caption(Captioned.TABLE, index) for _ in tables)
