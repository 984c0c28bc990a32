"""Feeds of a site's editions: Atom 1.0 (RFC 4287), RSS 2.0 and JSON Feed 1.1.

Their entries are the same, and none of them knows when it was made.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from briefgen.model import Artifact, Record
from briefgen.publish.catalogue import Edition, File, Published
from briefgen.publish.views import Views
from briefgen.publish.xml import document
from briefgen.render.characters import one_line
from briefgen.render.small_print import licence_address
from briefgen.render.wording import web_address

LONGEST = 50
"""Entries of a feed."""

_PDF = "brief.pdf"

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_START = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
"""When a feed changed that has no entry yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition, or the notice that a brief is withdrawn."""

    address: str
    """Absolute; it is also what the entry is known by."""
    title: str
    summary: str
    updated: datetime.datetime
    """Midnight (UTC) of the day, and a second more for every edition of that day before."""
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    licence: str | None = None
    """Address of the licence, where it has one."""
    pdf: File | None = None


def entries(views: Views) -> list[Entry]:
    """The newest editions of the briefs of a site that has an address, the newest first.

    A withdrawn brief has one entry, which says so and which no newer edition displaces: its readers
    are told however old it is.
    """
    gone = [brief for brief in views.briefs if brief.withdrawn]
    notices = _by_time(_notice(views, brief) for brief in gone)[:LONGEST]
    there = [(b, edition) for b in views.briefs if not b.withdrawn for edition in b.editions]
    newest = sorted(there, key=lambda one: (_time(one[1]), one[0].slug), reverse=True)
    shown = newest[: LONGEST - len(notices)]
    return _by_time([*notices, *(_entry(views, brief, edition) for brief, edition in shown)])


def _by_time(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda entry: (entry.updated, entry.address), reverse=True)


def _entry(views: Views, brief: Published, edition: Edition) -> Entry:
    record = edition.record
    title, summary = _said(views, brief, edition)
    return Entry(
        address=f"{views.site.base_url}{brief.folder}/{edition.id}/",
        title=title,
        summary=summary,
        updated=_time(edition),
        authors=_authors(record),
        topics=_topics(record),
        language=record.language,
        licence=licence_address(record.licence),
        pdf=edition.file(_PDF),
    )


def _notice(views: Views, brief: Published) -> Entry:
    title, summary = _said(views, brief, None)
    return Entry(
        address=f"{views.site.base_url}{brief.folder}/",
        title=title,
        summary=summary,
        # No day is known of a withdrawal: it comes after the newest edition.
        updated=_time(brief.newest) + datetime.timedelta(seconds=1),
        authors=_authors(brief.record),
        topics=_topics(brief.record),
        language=brief.record.language,
    )


def _said(views: Views, brief: Published, edition: Edition | None) -> tuple[str, str]:
    words = views.words("site/feed.j2", brief=brief, edition=edition).strip()
    title, _, summary = words.partition("\n")
    return one_line(title), one_line(summary)


def _time(edition: Edition) -> datetime.datetime:
    day = datetime.datetime.fromisoformat(edition.day).replace(tzinfo=datetime.UTC)
    return day + datetime.timedelta(seconds=edition.of_day - 1)


def _authors(record: Record) -> tuple[str, ...]:
    names = record.authors or ((record.organisation,) if record.organisation else ())
    return tuple(one_line(name) for name in names)


def _topics(record: Record) -> tuple[str, ...]:
    """The topics of what an edition shows, each once, in reading order."""
    found = (one_line(topic) for claim in record.claims for topic in claim.topics)
    return tuple(dict.fromkeys(found))


def feeds(views: Views) -> Iterator[Artifact]:
    """A file for each format; none where the site has no address, which entries need."""
    if views.site.base_url is None:
        return
    found = entries(views)
    yield Artifact(PurePosixPath("atom.xml"), atom(views, found))
    yield Artifact(PurePosixPath("rss.xml"), rss(views, found))
    yield Artifact(PurePosixPath("feed.json"), json_feed(views, found))


def _updated(found: Sequence[Entry]) -> datetime.datetime:
    return max((entry.updated for entry in found), default=_START)


def atom(views: Views, found: Sequence[Entry]) -> bytes:
    """The entries as Atom."""
    site, base = views.site.settings, views.site.base_url or ""
    feed = etree.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: site.language}, nsmap={None: _ATOM})
    _add(feed, "title", site.title)
    _add(feed, "subtitle", site.description)
    _add(feed, "id", web_address(base))
    _add(feed, "updated", _updated(found).isoformat())
    _person(feed, site.organisation or site.title)
    _link(feed, "alternate", base, "text/html")
    _link(feed, "self", f"{base}atom.xml", "application/atom+xml")
    _add(feed, "generator", "briefgen")
    for entry in found:
        made = _sub(feed, "entry")
        if entry.language != site.language:
            made.set(_LANGUAGE, entry.language)
        _add(made, "title", entry.title)
        _add(made, "id", web_address(entry.address))
        _link(made, "alternate", entry.address, "text/html", hreflang=entry.language)
        _add(made, "published", entry.updated.isoformat())
        _add(made, "updated", entry.updated.isoformat())
        for name in entry.authors:
            _person(made, name)
        for topic in entry.topics:
            _sub(made, "category", term=topic)
        _add(made, "summary", entry.summary)
        if entry.pdf:
            where = f"{entry.address}{entry.pdf.name}"
            _link(made, "enclosure", where, entry.pdf.media_type, length=str(entry.pdf.size))
        if entry.licence:
            _link(made, "license", entry.licence)
    return document(feed)


def _sub(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)


def _add(parent: Any, name: str, words: str | None) -> None:
    if words:
        _sub(parent, name).text = one_line(words)


def _person(parent: Any, name: str) -> None:
    _add(_sub(parent, "author"), "name", name)


def _link(parent: Any, rel: str, address: str, kind: str | None = None, **more: str) -> None:
    told = {"rel": rel, "href": web_address(address) or "", **({"type": kind} if kind else {})}
    _sub(parent, "link", **told, **more)


def rss(views: Views, found: Sequence[Entry]) -> bytes:
    """The entries as RSS; authors by Dublin Core, as RSS has none without a mail address."""
    site, base = views.site.settings, views.site.base_url or ""
    top = etree.Element("rss", version="2.0", nsmap={"atom": _ATOM, "dc": _DC})
    channel = etree.SubElement(top, "channel")
    _tell(channel, "title", site.title)
    _tell(channel, "link", web_address(base))
    _tell(channel, "description", site.description or site.title)
    _tell(channel, "language", site.language)
    _tell(channel, "lastBuildDate", _rfc_822(_updated(found)))
    _tell(channel, "generator", "briefgen")
    _link(channel, "self", f"{base}rss.xml", "application/rss+xml")
    for entry in found:
        item = etree.SubElement(channel, "item")
        address = web_address(entry.address) or ""
        _tell(item, "title", entry.title)
        _tell(item, "link", address)
        _tell(item, "guid", address, isPermaLink="true")
        _tell(item, "pubDate", _rfc_822(entry.updated))
        for name in entry.authors:
            _tell(item, f"{{{_DC}}}creator", name)
        for topic in entry.topics:
            _tell(item, "category", topic)
        _tell(item, "description", _as_html(entry.summary))
        if entry.pdf:
            told = {"length": str(entry.pdf.size), "type": entry.pdf.media_type}
            etree.SubElement(item, "enclosure", url=f"{address}{entry.pdf.name}", **told)
    return document(top)


def _tell(parent: Any, name: str, words: str | None, **attributes: str) -> None:
    if words:
        etree.SubElement(parent, name, attributes).text = one_line(words)


def _as_html(words: str) -> str:
    """Plain words for RSS, whose readers take a description for HTML."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rfc_822(time: datetime.datetime) -> str:
    return format_datetime(time, usegmt=True)


def json_feed(views: Views, found: Sequence[Entry]) -> bytes:
    """The entries as JSON Feed."""
    site, base = views.site.settings, views.site.base_url or ""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(site.title),
        "home_page_url": web_address(base),
        "feed_url": web_address(f"{base}feed.json"),
        "description": one_line(site.description or ""),
        "authors": [{"name": one_line(site.organisation)}] if site.organisation else [],
        "language": site.language,
    }
    items = [_known(_item(entry)) for entry in found]
    text = json.dumps({**_known(feed), "items": items}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _item(entry: Entry) -> dict[str, Any]:
    address = web_address(entry.address) or ""
    time = entry.updated.isoformat()
    files = []
    if entry.pdf:
        pdf = entry.pdf
        told = {"mime_type": pdf.media_type, "size_in_bytes": pdf.size, "title": entry.title}
        files.append({"url": f"{address}{pdf.name}", **told})
    return {
        "id": address,
        "url": address,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": time,
        "date_modified": time,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.topics),
        "language": entry.language,
        "attachments": files,
    }


def _known(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value}
