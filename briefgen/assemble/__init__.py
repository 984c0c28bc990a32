"""Stage 4, from findings to a brief: named, joined, grouped, and its notes numbered once."""

import logging
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from briefgen import __version__
from briefgen.assemble.captions import Captions
from briefgen.assemble.citations import Citations
from briefgen.assemble.confidence import hidden
from briefgen.assemble.contradictions import contradictions
from briefgen.assemble.decided import joined
from briefgen.assemble.duplicates import merge
from briefgen.assemble.material import Material
from briefgen.assemble.names import Names
from briefgen.assemble.notes import Notes
from briefgen.assemble.placement import Placements
from briefgen.assemble.quotations import doubts, own_texts
from briefgen.assemble.scrutiny import scrutinise
from briefgen.assemble.sections import SECTIONS
from briefgen.assemble.topics import Topics
from briefgen.cache import Cache
from briefgen.config import Config
from briefgen.errors import ConfigError
from briefgen.model import (
    Bibliography,
    BibliographyEntry,
    Brief,
    Custom,
    Document,
    Extraction,
    Finding,
    KeyMessages,
    Kind,
    Method,
    Positions,
    Proposals,
    Review,
    Risks,
    Section,
    Text,
    Timeline,
    Verdict,
)

log = logging.getLogger(__name__)

__all__ = ["assemble", "contradictions", "own_texts", "placements", "scrutinise", "uncitable"]


def assemble(
    config: Config,
    extractions: Sequence[Extraction],
    model: str,
    review: Review | None = None,
    cache: Cache | None = None,
) -> Brief:
    """Order findings into the sections that the YAML asks for; ``model`` names the tagger's.

    ``review`` is what an analyst decided on them. Raises ConfigError where the analyst's text cites
    what is not there. A cache may keep what countries are called.
    """
    material, named = _prepared(config, extractions, model, review or Review(), cache)
    settings, notes = config.settings, material.notes
    made = _made(material)
    if material.problems:
        raise ConfigError(*material.problems)
    material.citations.check_references()
    for doubt in doubts(config, material.documents):
        log.warning("%s", doubt)
    sections = [_referring(section, material.citations) for section in made]
    return Brief(
        slug=config.slug,
        front=settings.front_matter(),
        sections=tuple(_completed(section, sections, material) for section in sections),
        notes=notes.notes,
        extractions=named,
        preset=settings.preset,
        yaml=config.text,
        full_texts=notes.full_texts(),
        theme=config.theme,
        marks=material.review.marks,
        cautions=tuple(material.cautions),
    )


def uncitable(config: Config, documents: Sequence[Document]) -> list[str]:
    """One line for each citation in the analyst's text that leads nowhere, whatever is found."""
    extractions = [Extraction(document, ()) for document in documents]
    material, _ = _prepared(config, extractions, "", Review())
    _made(material)
    return material.problems


def _made(material: Material) -> list[Section]:
    anchors = _Anchors()
    return [
        SECTIONS[entry.section](material, entry, index, anchors.make(entry.title, entry.section))
        for index, entry in enumerate(material.config.settings.sections)
    ]


def placements(
    config: Config, extractions: Sequence[Extraction], model: str, review: Review | None = None
) -> Placements:
    """Where the brief that ``assemble`` makes shows each finding, or why it does not."""
    material, _ = _prepared(config, extractions, model, review or Review())
    return Placements(material, assemble(config, extractions, model, review))


def _prepared(
    config: Config,
    extractions: Sequence[Extraction],
    model: str,
    review: Review,
    cache: Cache | None = None,
) -> tuple[Material, tuple[Extraction, ...]]:
    """What sections are made from, and the findings with their holders named."""
    settings = config.settings
    documents = {e.document.source.id: e.document for e in extractions}
    found = (finding for extraction in extractions for finding in extraction.findings)
    holders = (finding.holder.name for finding in found if finding.holder)
    names = Names(settings.actors, (e.document.text for e in extractions), holders, cache)
    named = tuple(names.apply(extraction) for extraction in extractions)
    findings = [finding for extraction in named for finding in extraction.findings]
    notes = Notes(documents)
    captions = Captions()
    material = Material(
        config=config,
        documents=documents,
        statements=joined(merge(findings, documents, names, review), review),
        names=names,
        topics=Topics(settings.topics, review),
        notes=notes,
        captions=captions,
        citations=Citations(notes, documents, captions),
        found=_found(findings, review),
        version=__version__,
        model=model,
        review=review,
    )
    return material, named


def _found(findings: Sequence[Finding], review: Review) -> dict[str, int]:
    """How many findings of each kind extraction found, whatever an analyst made of them."""
    added = {id_ for id_, mark in review.marks.items() if mark.verdict is Verdict.ADDED}
    found = [*(f for f in findings if f.id not in added), *review.dropped]
    return {kind: sum(f.kind is kind for f in found) for kind in Kind}


class _Anchors:
    """Hands out addresses inside the page, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def make(self, title: str | None, kind: str) -> str:
        """An anchor from a section's title, else from its kind."""
        words = re.findall(r"[a-z0-9]+", (title or kind).lower()) or [kind.replace("_", "-")]
        base = "section-" + "-".join(words)[:60].strip("-")
        anchor, count = base, 1
        while anchor in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._taken.add(anchor)
        return anchor


def _referring(section: Section, citations: Citations) -> Section:
    """Give the analyst's references their captions, now that every one is numbered."""
    if isinstance(section, Text):
        return replace(section, body=citations.resolved(section.body))
    if section.intro:
        section = replace(section, intro=citations.resolved(section.intro))
    if isinstance(section, KeyMessages):
        written = tuple(citations.resolved(message) for message in section.written)
        section = replace(section, written=written)
    return section


def _completed(section: Section, sections: Sequence[Section], material: Material) -> Section:
    """Fill in what is known only when every section is made and every note numbered."""
    notes = material.notes.notes
    match section:
        case Bibliography():
            entries = tuple(
                BibliographyEntry(e.source, tuple(n for n in notes if n.source.id == e.source.id))
                for e in section.entries
            )
            return replace(section, entries=entries)
        case Method():
            return _counted(section, _shown(sections), material)
        case _:
            return section


def _counted(method: Method, shown: AbstractSet[Finding], material: Material) -> Method:
    """Say how many findings are shown, hidden, or joined with one that is not hidden."""
    unsure, statements = hidden(
        material.config.settings, material.statements, shown, material.review
    )
    review = material.review
    stay = sum(material.found.values()) - len(review.dropped) + review.count(Verdict.ADDED)
    others = stay - sum(one.count for one in unsure)
    merged = others - (len(material.statements) - statements)
    return replace(method, merged=merged, hidden=unsure, shown=len(shown))


def _shown(sections: Sequence[Section]) -> set[Finding]:
    """Findings that stand somewhere in the brief."""
    shown: set[Finding] = set()
    for section in sections:
        match section:
            case KeyMessages():
                shown |= {item.finding for item in section.picked}
            case Positions() | Proposals() | Risks() | Custom():
                shown |= {item.finding for group in section.groups for item in group.items}
            case Timeline():
                shown |= {entry.item.finding for entry in section.entries}
            case _:
                pass
    return shown
