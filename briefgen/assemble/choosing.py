"""Choose the statements that a section's options ask for, and warn of what nothing answers to."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from briefgen.assemble.duplicates import Statement
from briefgen.assemble.topics import whole_words
from briefgen.model import Document, Kind, Position, Proposal

_DATE = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def published(statement: Statement, documents: Mapping[str, Document]) -> str | None:
    """Date of the first source that makes a statement; None where none has one."""
    return min(_dates(statement.sources, documents), default=None)


def asked_for(
    entry: Any,
    statements: Iterable[Statement],
    documents: Mapping[str, Document],
    actors: AbstractSet[str],
    topics: Callable[[Statement], Sequence[str]],
) -> list[Statement]:
    """Statements of the actors, sources, dates, topics, words and judgements of a section.

    ``actors`` are the section's own by their names in the brief; ``topics`` gives those of a
    statement. What the section includes by id is among them, what it excludes is not.
    """
    words = whole_words(entry.words)
    return [
        s
        for s in statements
        if is_named(s, entry.include)
        or (
            not is_named(s, entry.exclude)
            and (not actors or (s.finding.holder is not None and s.finding.holder.name in actors))
            and _from_sources(s, entry, documents)
            and (not entry.topics or set(entry.topics) & set(topics(s)))
            and (not entry.words or words.search(" ".join(s.finding.sentence.text.split())))
            and _is_judged(s, entry)
        )
    ]


def unmet(
    entry: Any, statements: Sequence[Statement], documents: Mapping[str, Document]
) -> Iterator[tuple[str, str]]:
    """The key and the problem of each word that no statement has, and of a range without sources.

    ``statements`` are those of the section's kinds.
    """
    lines = [" ".join(s.finding.sentence.text.split()) for s in statements]
    for word in entry.words:
        pattern = whole_words([word])
        if not any(map(pattern.search, lines)):
            yield "words", f"words: no finding here has the word {word!r}"
    if (entry.from_ or entry.to) and not any(
        _is_between(date, entry.from_, entry.to) for date in _dates(documents, documents)
    ):
        key = "from" if entry.from_ else "to"
        yield key, f"{key}: no source is dated in that range (give a source its date under sources)"


def is_named(statement: Statement, ids: Iterable[str]) -> bool:
    """Whether an id is that of a statement or of a finding that was joined in it."""
    wanted = frozenset(ids)
    return bool(wanted) and any(finding.id in wanted for finding in statement.findings)


def unknown_ids(
    entry: Any, kinds: Iterable[Kind], statements: Sequence[Statement]
) -> Iterator[tuple[str, int, str]]:
    """The key, the place in its list, and the problem of each id that no finding here has."""
    by_id = {f.id: f.kind for s in statements for f in s.findings}
    here = [id_ for id_, kind in by_id.items() if kind in set(kinds)]
    for key in ("include", "exclude"):
        for at, id_ in enumerate(getattr(entry, key)):
            if id_ in here:
                continue
            close = difflib.get_close_matches(id_, here, n=1, cutoff=0.5)
            hint = f"did you mean {close[0]!r}?" if close else "the ids stand in findings.json"
            if id_ in by_id:
                hint = f"it stands in {by_id[id_]}"
            yield key, at, f"{key}: no finding here has the id {id_!r} ({hint})"


def _from_sources(statement: Statement, entry: Any, documents: Mapping[str, Document]) -> bool:
    """Whether one of the section's sources, published when it asks, makes the statement."""
    sources = statement.sources & set(entry.sources) if entry.sources else statement.sources
    if entry.from_ is None and entry.to is None:
        return bool(sources)
    return any(_is_between(date, entry.from_, entry.to) for date in _dates(sources, documents))


def _is_between(date: str, since: str | None, until: str | None) -> bool:
    """Whether a day that the date may mean lies in the range, as far as each is known."""
    return (since is None or date >= since[: len(date)]) and (
        until is None or date[: len(until)] <= until
    )


def _dates(sources: Iterable[str], documents: Mapping[str, Document]) -> list[str]:
    found = (documents[source].source.published or "" for source in sources)
    return [date for date in found if _DATE.fullmatch(date)]


def _is_judged(statement: Statement, entry: Any) -> bool:
    stances, statuses = getattr(entry, "stances", ()), getattr(entry, "statuses", ())
    match statement.finding:
        case Position(stance=stance):
            return not stances or stance in stances
        case Proposal(status=status):
            return not statuses or status in statuses
    return True
