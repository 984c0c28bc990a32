"""What search engines are told: the pages of a site (sitemaps.org 0.9), and that they may come."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from briefgen.model import Artifact
from briefgen.publish.catalogue import Published
from briefgen.publish.statements import Said
from briefgen.publish.views import Views
from briefgen.publish.xml import document
from briefgen.render.wording import web_address

MOST = 50_000
"""Addresses of one sitemap, as the format limits them."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Place:
    """A page for search engines."""

    path: str
    """From the site's root."""
    changed: str | None
    """ISO 8601 day of the newest edition that it shows."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Language and path of the same in every language."""


def places(views: Views) -> Iterator[Place]:
    """The pages that are worth finding: of each brief the newest edition, none that is withdrawn.

    Nor is a page of editions past: search engines are told there that the newest is meant.
    """
    briefs = [brief for brief in views.briefs if not brief.withdrawn]
    newest = _newest(views.briefs)
    yield Place("", newest)
    for brief in briefs:
        others = views.catalogue.translations(brief)
        known = tuple((other.record.language, f"{other.folder}/") for other in others)
        yield Place(f"{brief.folder}/", brief.newest.day, known)
    yield Place("briefs/", newest)
    yield Place("actors/", newest)
    for heading in views.actors:
        yield Place(f"actors/{heading.slug}/", _newest_said(heading.said))
    yield Place("topics/", newest)
    for heading in views.topics:
        yield Place(f"topics/{heading.slug}/", _newest_said(heading.said))
    yield Place("series/", newest)
    yield Place("sources/", newest)
    for cited in views.sources:
        yield Place(f"sources/{cited.slug}/", _newest_said(cited.said))
    yield Place("about/", None)
    yield Place("api/", None)


def _newest(briefs: Iterable[Published]) -> str | None:
    return max((brief.newest.day for brief in briefs), default=None)


def _newest_said(said: Iterable[Said]) -> str | None:
    return max((one.edition.day for one in said), default=None)


def sitemap(views: Views) -> Iterator[Artifact]:
    """``robots.txt``, and where the site has an address, its sitemap: several where one is full."""
    base = views.site.base_url
    told = f"Sitemap: {web_address(base)}sitemap.xml\n" if base else ""
    yield Artifact(PurePosixPath("robots.txt"), f"User-agent: *\nAllow: /\n{told}".encode())
    if base is None:
        return
    found = list(places(views))
    parts = [found[at : at + MOST] for at in range(0, len(found), MOST)]
    if len(parts) == 1:
        yield Artifact(PurePosixPath("sitemap.xml"), _urls(base, parts[0]))
        return
    index = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap={None: _SITEMAP})
    for number, part in enumerate(parts, 1):
        name = f"sitemap-{number}.xml"
        _add(_add(index, "sitemap"), "loc", web_address(f"{base}{name}"))
        yield Artifact(PurePosixPath(name), _urls(base, part))
    yield Artifact(PurePosixPath("sitemap.xml"), document(index))


def _urls(base: str, found: Sequence[Place]) -> bytes:
    top = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "xhtml": _XHTML})
    for place in found:
        url = _add(top, "url")
        _add(url, "loc", web_address(f"{base}{place.path}"))
        if place.changed:
            _add(url, "lastmod", place.changed)
        for language, path in place.alternates:
            address = web_address(f"{base}{path}") or ""
            told = {"rel": "alternate", "hreflang": language, "href": address}
            etree.SubElement(url, f"{{{_XHTML}}}link", told)
    return document(top)


def _add(parent: Any, name: str, text: str | None = None) -> Any:
    made = etree.SubElement(parent, f"{{{_SITEMAP}}}{name}")
    made.text = text
    return made
