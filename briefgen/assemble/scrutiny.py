"""Look through a finished brief for what its YAML asks for in vain."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from briefgen.assemble.topics import Topics
from briefgen.config import Config, SectionEntry
from briefgen.model import (
    Brief,
    Caution,
    Finding,
    KeyMessages,
    Positions,
    Proposals,
    Risks,
    Section,
    Show,
    Stance,
    Status,
    Timeline,
)


def scrutinise(config: Config, brief: Brief, entries: Sequence[int]) -> list[Caution]:
    """What the YAML names and the brief has nothing of, in the order of the keys below.

    ``entries`` has for each source of the brief the index of its entry under ``sources:``.
    """
    return [
        *_uncited(config, brief, entries),
        *_actors(config, brief),
        *_topics(config, brief),
        *_sections(config, brief),
    ]


def _uncited(config: Config, brief: Brief, entries: Sequence[int]) -> Iterator[Caution]:
    cited = {note.source.id for note in brief.notes}
    for extraction, entry in zip(brief.extractions, entries, strict=True):
        source = extraction.document.source
        if source.id not in cited and source.show is not Show.FULL:
            why, way_out = (
                ("what was found in it is not shown", "widen the sections, or take it out")
                if extraction.findings
                else ("nothing was found in it", "take it out")
            )
            problem = f"{source.location}: nothing in the brief cites it: {why} ({way_out})"
            yield config.caution(("sources", entry), problem)


def _actors(config: Config, brief: Brief) -> Iterator[Caution]:
    holders = {finding.holder.name for finding in _findings(brief) if finding.holder}
    texts = [extraction.document.text for extraction in brief.extractions]
    for name, forms in config.settings.actors.items():
        if name not in holders and not any(_stands(form, texts) for form in (name, *forms)):
            hint = _nearest(name, sorted(holders)) or "take it out, or write its other forms"
            yield config.caution(("actors", name), f"actors: no source names {name!r} ({hint})")


def _stands(form: str, texts: Iterable[str]) -> bool:
    words = r"\s+".join(re.escape(word) for word in form.split())
    pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return any(pattern.search(text) for text in texts)


def _topics(config: Config, brief: Brief) -> Iterator[Caution]:
    topics = Topics(config.settings.topics)
    found = {name for finding in _findings(brief) for name in topics.of(finding)}
    for name in config.settings.topics:
        if name not in found:
            problem = f"topics: no finding has a word of {name!r} (write words that sources use)"
            yield config.caution(("topics", name), problem)


def _sections(config: Config, brief: Brief) -> Iterator[Caution]:
    for index, (entry, section) in enumerate(
        zip(config.settings.sections, brief.sections, strict=True)
    ):
        where = ("sections", index)
        if where not in config.tree.places:
            continue  # nobody asked for it by name
        yield from _judgements(config, brief, entry, index)
        if _is_empty(section):
            problem = f"{entry.section}: the section comes out empty ({_way_out(section)})"
            yield config.caution(where, problem)


def _judgements(config: Config, brief: Brief, entry: SectionEntry, index: int) -> Iterator[Caution]:
    """A stance or a status that a section picks and no finding has; all of them are an order."""
    for key, judged, whole in (("stances", "stance", Stance), ("statuses", "status", Status)):
        given = {getattr(finding, judged, None) for finding in _findings(brief)}
        picked = getattr(entry, key, ())
        for at, value in enumerate(picked if len(picked) < len(whole) else ()):
            if value not in given:
                found = ", ".join(sorted(str(one) for one in given if one)) or "none"
                problem = f"{key}: no finding is {str(value)!r} (found: {found})"
                yield config.caution(("sections", index, entry.section, key, at), problem)


def _is_empty(section: Section) -> bool:
    match section:
        case KeyMessages():
            return not (section.written or section.picked)
        case Positions() | Proposals() | Risks():
            return not any(group.items for group in section.groups)
        case Timeline():
            return not section.entries
        case _:
            return False


def _way_out(section: Section) -> str:
    match section:
        case Timeline(undated=undated) if undated:
            return "its sources have no date: write date: in their entries"
        case Positions(hidden=hidden) | Proposals(hidden=hidden) | Risks(hidden=hidden) if hidden:
            return f"a lower confidence: would show {hidden}"
        case _:
            return "take it out, or ask for more"


def _findings(brief: Brief) -> Iterator[Finding]:
    return (finding for extraction in brief.extractions for finding in extraction.findings)


def _nearest(word: str, known: Sequence[str]) -> str | None:
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]!r}?" if close else None
