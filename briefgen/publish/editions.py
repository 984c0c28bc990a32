"""One brief's part in a publish: whether it makes a new edition, and the files of that edition."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from briefgen import pipeline
from briefgen.cache import Cache
from briefgen.compare import compare
from briefgen.config import Config
from briefgen.config.site import SiteConfig
from briefgen.errors import ConfigError
from briefgen.finder import Finder
from briefgen.model import (
    Alternate,
    Artifact,
    Brief,
    Changes,
    Publication,
    Record,
    Show,
)
from briefgen.publish.card import NAME as CARD
from briefgen.publish.card import card
from briefgen.publish.catalogue import Edition, File, Published, of_edition, with_edition
from briefgen.publish.citations import citations
from briefgen.publish.notices import changes_page, withdrawn_page
from briefgen.publish.policy import with_policy
from briefgen.render.record import record
from briefgen.render.templates import Templates

DRAFT = "draft"
"""``status:`` of a brief that is not to be published."""

NEWEST = PurePosixPath("index.html")


class Fate(StrEnum):
    """What becomes of a brief in a publish."""

    NEW = "new"
    """Its first edition."""
    EDITION = "edition"
    """One more edition."""
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    """Held back, because its status says so."""
    EMBARGOED = "embargoed"
    """Held back until its time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publish made of one brief."""

    slug: str
    fate: Fate
    brief: Published | None
    """As it stands now; None where it is held back and was never published."""
    artifacts: tuple[Artifact, ...] = ()
    """Files to write, by their paths in the site."""
    until: datetime.datetime | None = None
    """End of the embargo, where one holds it back."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all briefs of one publish."""

    site: SiteConfig
    now: datetime.datetime
    """Held against embargoes, and nothing else."""
    drafts: bool = False
    """Whether drafts are published too."""


def held_back(config: Config, terms: Terms, before: Published | None) -> Outcome | None:
    """The outcome for a brief that is not to be published yet; None where it may be."""
    settings = config.settings
    if (settings.status or "").lower() == DRAFT and not terms.drafts:
        return Outcome(config.slug, Fate.DRAFT, before)
    if settings.embargo and terms.now < settings.embargo:
        return Outcome(config.slug, Fate.EMBARGOED, before, until=settings.embargo)
    return None


def make(
    config: Config,
    before: Published | None,
    alternates: Sequence[Alternate],
    terms: Terms,
    cache: Cache,
    threads: int = 0,
) -> Outcome:
    """What a publish makes of one brief, given what is published of it and its translations.

    Raises BriefgenError where the brief can't be made, and ConfigError where its day is lacking or
    lies before that of the newest edition. ``threads`` are those of the model, 0 for every core.
    """
    held = held_back(config, terms, before)
    if held is not None:
        return held
    if config.settings.withdrawn:
        return _withdrawn(config, before, terms)
    brief = _fit_to_publish(pipeline.compose(config, cache, Finder(cache, threads)))
    said = record(brief)
    changes = compare(before.record, said) if before else None
    templates = Templates(config.folder, cache)
    if before and not changes:
        now = replace(
            before,
            withdrawn=None,
            formerly=config.settings.formerly,
            translation_of=config.settings.translation_of,
        )
        page = _page(brief, now, now.newest, alternates, terms, templates, newest=True)
        path = now.folder / NEWEST
        return Outcome(config.slug, Fate.UNCHANGED, now, (Artifact(path, page),))
    return _edition(config, brief, said, before, changes, alternates, terms, templates, cache)


def _edition(
    config: Config,
    brief: Brief,
    said: Record,
    before: Published | None,
    changes: Changes | None,
    alternates: Sequence[Alternate],
    terms: Terms,
    templates: Templates,
    cache: Cache,
) -> Outcome:
    id_ = _id(config, before)
    edition = Edition(
        id=id_,
        number=len(before.editions) + 1 if before else 1,
        record=said,
        changes=changes,
        correction=_correction(config, before),
    )
    published = replace(
        with_edition(before, config.slug, edition),
        withdrawn=None,
        formerly=config.settings.formerly,
        translation_of=config.settings.translation_of,
    )
    address = _address(terms, published, f"{id_}/")
    brief = replace(brief, front=replace(brief.front, url=address or brief.front.url))
    formats = [str(one) for one in config.settings.outputs if one != "html"]
    made = pipeline.set_out(brief, formats, config.folder, cache)
    made += citations(replace(brief.front, description=said.description), f"{config.slug}-{id_}")
    files = [File.of(artifact) for artifact in made if len(artifact.path.parts) == 1]
    edition = replace(edition, files=tuple(sorted(files, key=_file_order)))
    published = replace(published, editions=(*published.editions[:-1], edition))
    picture = card(brief, terms.site.settings.title, edition.number, templates)
    artifacts = [
        *made,
        picture,
        of_edition(edition),
        Artifact(NEWEST, _page(brief, published, edition, (), terms, templates, newest=False)),
    ]
    if changes is not None and before is not None:
        page = changes_page(published, edition, terms.site, templates)
        artifacts.append(Artifact(PurePosixPath("changes/index.html"), page))
    placed = [replace(one, path=published.folder / id_ / one.path) for one in artifacts]
    newest = _page(brief, published, edition, alternates, terms, templates, newest=True)
    placed.append(Artifact(published.folder / NEWEST, newest))
    fate = Fate.EDITION if before else Fate.NEW
    return Outcome(config.slug, fate, published, tuple(placed))


_ORDER = ("brief.pdf", "brief.docx", "brief.md", "findings.json")


def _file_order(file: File) -> tuple[int, str]:
    return (_ORDER.index(file.name) if file.name in _ORDER else len(_ORDER), file.name)


def _fit_to_publish(brief: Brief) -> Brief:
    """A brief without what its sources do not allow to be passed on.

    Of a source that may be shown by the quoted sentence alone, only those findings are given that
    the brief itself quotes.
    """
    quoted = {(note.source.id, note.quote.span) for note in brief.notes if note.quote}
    extractions = []
    for extraction in brief.extractions:
        if extraction.document.source.show is Show.QUOTE:
            id_ = extraction.document.source.id
            kept = tuple(f for f in extraction.findings if (id_, f.sentence.span) in quoted)
            extraction = replace(extraction, findings=kept)
        extractions.append(extraction)
    return replace(brief, extractions=tuple(extractions))


def _id(config: Config, before: Published | None) -> str:
    day = config.settings.date
    if day is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        problem = "date: an edition needs its day (write such as 2024-08-02)"
        raise ConfigError(config.error(("date",), problem))
    if before is None:
        return day
    newest = before.newest.day
    if day < newest:
        problem = f"date: {day} is before the newest edition, {newest} (give the new one its day)"
        raise ConfigError(config.error(("date",), problem))
    same = sum(edition.day == day for edition in before.editions)
    return f"{day}-{same + 1}" if same else day


def _correction(config: Config, before: Published | None) -> str | None:
    """What the edition puts right; words that an edition before has said are left over from it."""
    words = config.settings.correction
    if before and any(edition.correction == words for edition in before.editions):
        return None
    return words


def _withdrawn(config: Config, before: Published | None, terms: Terms) -> Outcome:
    if before is None:
        return Outcome(config.slug, Fate.WITHDRAWN, None)
    reason = config.settings.withdrawn
    now = replace(before, withdrawn=reason)
    page = withdrawn_page(now, terms.site, Templates(terms.site.folder))
    fate = Fate.UNCHANGED if before.withdrawn == reason else Fate.WITHDRAWN
    return Outcome(config.slug, fate, now, (Artifact(now.folder / NEWEST, page),))


def _address(terms: Terms, brief: Published, ending: str = "") -> str | None:
    base = terms.site.base_url
    return f"{base}{brief.folder}/{ending}" if base else None


def _page(
    brief: Brief,
    published: Published,
    edition: Edition,
    alternates: Sequence[Alternate],
    terms: Terms,
    templates: Templates,
    *,
    newest: bool,
) -> bytes:
    """The brief's page on the site: of its newest edition, or of an edition's own address.

    Nothing on an edition's own page depends on what is published later.
    """
    at = published.editions.index(edition)
    stable = _address(terms, published, f"{edition.id}/")
    publication = Publication(
        site=terms.site.settings.title,
        root="../../" if newest else "../../../",
        folder=f"{edition.id}/" if newest else "",
        edition=edition.id,
        number=edition.number,
        newest=newest,
        first=published.editions[0].day,
        files=tuple(file.name for file in edition.files),
        previous=published.editions[at - 1].id if at else None,
        changes=edition.changes if at else None,
        correction=edition.correction,
        canonical=_address(terms, published),
        picture=_address(terms, published, f"{edition.id}/{CARD}"),
        alternates=tuple(alternates) if newest else (),
    )
    front = replace(brief.front, url=stable or brief.front.url)
    page = templates.html(replace(brief, publication=publication, front=front), "screen")
    return with_policy(page)
