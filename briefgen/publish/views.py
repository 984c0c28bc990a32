"""The site's own pages, from what the catalogue holds: each a view and a template."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from briefgen.compare import pieces
from briefgen.config.site import SiteConfig
from briefgen.config.slugs import slug
from briefgen.model import Artifact, Aspect, Claim, Prose, Source
from briefgen.publish.catalogue import Catalogue, Edition, Published
from briefgen.publish.policy import with_policy
from briefgen.render.series import series_name
from briefgen.render.templates import Templates

Path = PurePosixPath


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as it stands in one edition of a brief."""

    claim: Claim
    brief: Published
    edition: Edition
    """The newest one that shows it so."""
    since: Edition
    """The first one that showed it so."""
    before: Claim | None = None
    """What it was until then, where its stance, status or rating shifted."""
    gone: Edition | None = None
    """The first edition that no longer shows it so, where one doesn't."""

    @property
    def current(self) -> bool:
        """Whether the brief still shows it so."""
        return self.gone is None and not self.brief.withdrawn

    @property
    def day(self) -> str:
        """When it was said, as exactly as that is known; else the day of the edition."""
        return self.claim.date or self.since.day

    @property
    def anchor(self) -> str:
        """Its place on the page of its actor, which stays where it is."""
        return f"{self.brief.slug}-{self.since.id}-{self.claim.kind}-{self.claim.id}"

    @property
    def sources(self) -> list[Source]:
        """Whoever reports it."""
        known = {source.id: source for source in self.edition.record.sources}
        return [known[id_] for id_ in self.claim.sources if id_ in known]


@dataclass(frozen=True, slots=True)
class Heading:
    """Something that briefs and claims can be listed under: an actor, a topic, a series."""

    name: str
    slug: str
    """Its part of the address."""
    briefs: tuple[Published, ...]
    """The newest first."""
    said: tuple[Said, ...] = ()
    """The newest first."""

    @property
    def weight(self) -> tuple[int, int]:
        """How much of the site it stands in: briefs, then statements."""
        return len(self.briefs), len(self.said)

    @property
    def proper(self) -> bool:
        """Whether it has a name of its own; "some experts" have none."""
        return not self.name[:1].islower()


_LONGEST = 60
"""Characters of a name in an address."""


def address_part(name: str) -> str:
    """Small ASCII letters of a name; with a digest where they are not the whole of it."""
    plain = slug(name)
    if plain and len(plain) <= _LONGEST and name.isascii():
        return plain
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join(filter(None, (plain[:_LONGEST].strip("-"), digest)))


def statements(catalogue: Catalogue) -> list[Said]:
    """Every claim of every edition, the newest first.

    A brief's claim is there once for each actor, stance, status and rating that it has had.
    """
    found = [said for brief in catalogue for said in _statements(brief)]
    return sorted(
        found, key=lambda said: (said.day, said.since.day, said.since.number), reverse=True
    )


def _statements(brief: Published) -> Iterator[Said]:
    first: dict[tuple[object, ...], Edition] = {}
    last: dict[tuple[object, ...], tuple[Claim, int]] = {}
    for at, edition in enumerate(brief.editions):
        for claim in edition.record.claims:
            standing = (claim.stance, claim.status, claim.likelihood, claim.impact)
            key: tuple[object, ...] = (claim.kind, claim.id, claim.actor, standing)
            first.setdefault(key, edition)
            last[key] = (claim, at)
    after = (*brief.editions[1:], None)
    for key, (claim, at) in last.items():
        since = first[key]
        yield Said(claim, brief, brief.editions[at], since, _shift(claim, since), after[at])


_SHIFTS = {Aspect.STANCE, Aspect.STATUS, Aspect.UP, Aspect.DOWN}


def _shift(claim: Claim, edition: Edition) -> Claim | None:
    """What a claim was before an edition gave it another standing; None where it didn't."""
    for change in edition.changes.claims if edition.changes else ():
        same = change.after and (change.after.kind, change.after.id) == (claim.kind, claim.id)
        if same and _SHIFTS.intersection(change.aspects):
            return change.before
    return None


class Views:
    """Everything that the pages of a site show, worked out once."""

    def __init__(self, catalogue: Catalogue, site: SiteConfig, templates: Templates) -> None:
        self.catalogue = catalogue
        self.site = site
        self.briefs = [brief for brief in catalogue if brief.slug not in catalogue.moved()]
        """Those that have an address of their own, the newest first."""
        self._templates = templates
        self.said = statements(catalogue)
        self.actors = _by(self.said, lambda said: [said.claim.actor])
        """By their names; so are the others."""
        self.topics = _by(self.said, lambda said: said.claim.topics)
        self.series = _series(self.briefs)
        self.sources = _sources(self.said)

    def page(self, name: str, path: str, *, search: bool = False, **values: Any) -> Artifact:
        """A page of the site at a path, from ``site/<name>.html.j2``."""
        root = "../" * (len(Path(path).parts) - 1)
        told = {"site": self.site.settings, "root": root, "path": path, "views": self, **values}
        told |= {"base_url": self.site.base_url, "address_part": address_part}
        text = self._templates.page(f"site/{name}.html.j2", self.site.theme, told)
        return Artifact(Path(path), with_policy(text, search=search))

    def words(self, name: str, **values: Any) -> str:
        """Plain text from a template."""
        return self._templates.words(name, {"site": self.site.settings, **values})

    def text(self, name: str) -> str:
        """A template of the site that is no page."""
        return self._templates.page(name, self.site.theme, {})

    def file(self, name: str) -> bytes:
        """A file among the templates, as it is."""
        return self._templates.read(name) or b""


def _by(said: Iterable[Said], names: Callable[[Said], Iterable[str | None]]) -> list[Heading]:
    """What names have been given, those that lead to one address under the commonest of them."""
    found: dict[str, list[Said]] = defaultdict(list)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for one in said:
        for name in filter(None, names(one)):
            found[address_part(name)].append(one)
            written[address_part(name)][name] += 1
    made = [
        Heading(written[key].most_common(1)[0][0], key, _briefs(found[key]), tuple(found[key]))
        for key in found
    ]
    return sorted(made, key=lambda heading: (heading.name.casefold(), heading.slug))


def _briefs(said: Iterable[Said]) -> tuple[Published, ...]:
    found = {one.brief.slug: one.brief for one in said if one.current}
    return tuple(sorted(found.values(), key=lambda b: (b.newest.day, b.slug), reverse=True))


def _series(briefs: Sequence[Published]) -> list[Heading]:
    found: dict[str, list[Published]] = defaultdict(list)
    for brief in briefs:
        if brief.record.series:
            found[series_name(brief.record.series)].append(brief)
    return [
        Heading(name, address_part(name), tuple(found[name]))
        for name in sorted(found, key=str.casefold)
    ]


@dataclass(frozen=True, slots=True)
class Cited:
    """One source and what briefs take from it."""

    source: Source
    slug: str
    """Its part of the address."""
    briefs: tuple[Published, ...]
    said: tuple[Said, ...]


def _sources(said: Sequence[Said]) -> list[Cited]:
    found: dict[str, tuple[Source, list[Said]]] = {}
    for one in said:
        for source in one.sources:
            found.setdefault(source_address(source), (source, []))[1].append(one)
    made = [Cited(source, key, _briefs(all_), tuple(all_)) for key, (source, all_) in found.items()]
    return sorted(made, key=lambda c: (c.source.published or "", c.source.title), reverse=True)


def source_address(source: Source) -> str:
    """A source's part of the address."""
    words = filter(None, (source.title, source.publisher, source.published))
    return address_part(" ".join(words))


def pages(views: Views) -> Iterator[Artifact]:
    """Every page of the site that shows more than one brief, and the notices."""
    yield views.page("home", "index.html")
    yield views.page("briefs", "briefs/index.html")
    yield views.page("actors", "actors/index.html")
    for actor in views.actors:
        yield views.page("actor", f"actors/{actor.slug}/index.html", actor=actor)
    yield views.page("topics", "topics/index.html")
    for topic in views.topics:
        yield views.page("topic", f"topics/{topic.slug}/index.html", topic=topic)
    yield views.page("sources", "sources/index.html")
    for cited in views.sources:
        yield views.page("source", f"sources/{cited.slug}/index.html", cited=cited)
    yield views.page("series", "series/index.html")
    about = Prose(views.site.about, ()) if views.site.about else None
    yield views.page("about", "about/index.html", about=about)
    yield views.page("search", "search/index.html", search=True)
    yield views.page("missing", "404.html")
    for brief in views.catalogue:
        yield views.page("editions", f"{brief.folder}/editions/index.html", brief=brief)
    for old, slug_ in views.catalogue.moved().items():
        brief = views.catalogue.briefs[slug_]
        yield views.page("moved", f"briefs/{old}/index.html", brief=brief)


def assets(views: Views) -> Iterator[Artifact]:
    """The style sheet that these pages share, and the script of the search."""
    yield Artifact(Path("assets/site.css"), views.text("site/site.css.j2").encode())
    script = views.file("site/search.js")
    yield Artifact(Path("assets/search.js"), script)


def changes_page(
    brief: Published, edition: Edition, site: SiteConfig, templates: Templates
) -> bytes:
    """What changed in an edition, for readers; it never changes itself."""
    return _alone("changes", brief, f"{edition.id}/changes", site, templates, edition=edition)


def withdrawn_page(brief: Published, site: SiteConfig, templates: Templates) -> bytes:
    """The notice at the address of a brief that is withdrawn."""
    return _alone("withdrawn", brief, "", site, templates)


def _alone(
    name: str,
    brief: Published,
    ending: str,
    site: SiteConfig,
    templates: Templates,
    **values: Any,
) -> bytes:
    path = Path(brief.folder, ending, "index.html")
    told: Mapping[str, object] = {
        "site": site.settings,
        "base_url": site.base_url,
        "root": "../" * (len(path.parts) - 1),
        "path": str(path),
        "brief": brief,
        "address_part": address_part,
        "pieces": lambda one, other: list(
            pieces(" … ".join(one.excerpt), " … ".join(other.excerpt))
        ),
        **values,
    }
    return with_policy(templates.page(f"site/{name}.html.j2", site.theme, told))
