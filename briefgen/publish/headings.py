"""What briefs and statements can be listed under, and the address of each list."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from briefgen.config.slugs import slug
from briefgen.model import Source
from briefgen.publish.catalogue import Published
from briefgen.publish.statements import Said
from briefgen.render.series import series_name


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
    def slugs(self) -> frozenset[str]:
        """Those of the briefs that any of it comes from."""
        return frozenset(one.brief.slug for one in self.said)

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


def by_name(said: Iterable[Said], names: Callable[[Said], Iterable[str | None]]) -> list[Heading]:
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


def by_actor(said: Iterable[Said]) -> list[Heading]:
    """Whoever says something, and what."""
    return by_name(said, lambda one: [one.claim.actor])


def by_topic(said: Iterable[Said]) -> list[Heading]:
    """What is spoken of, and what is said of it."""
    return by_name(said, lambda one: one.claim.topics)


def by_series(briefs: Sequence[Published]) -> list[Heading]:
    """Briefs by the series that they are part of."""
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

    @property
    def slugs(self) -> frozenset[str]:
        """Those of the briefs that any of it comes from."""
        return frozenset(one.brief.slug for one in self.said)


def by_source(said: Iterable[Said]) -> list[Cited]:
    """Sources and what is taken from each, the newest first."""
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
