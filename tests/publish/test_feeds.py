"""Feeds, as readers of feeds read them."""

import json
from dataclasses import replace
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from briefgen.publish import feeds
from briefgen.publish import views as pages
from briefgen.publish.catalogue import Edition, Published
from briefgen.render.characters import one_line
from tests.publish.catalogues import ALL, BASE, GONE, RECORD, SOUND, made, views
from tests.publish.rules import JSON_FEED, check_xml

TITLE = "Tides & <b>“dredging”</b> ]]> \ufffd …"
ADDRESSES = [
    f"{BASE}briefs/sound/2024-09-01/",
    f"{BASE}briefs/gone/",
    f"{BASE}briefs/sund/2024-08-03/",
    f"{BASE}briefs/sound/2024-08-02-2/",
    f"{BASE}briefs/sound/2024-08-02/",
    f"{BASE}briefs/heir/2024-02-01/",
]


def files(briefs: Any = ALL, base: str | None = BASE) -> dict[str, bytes]:
    return made(feeds.feeds, views(briefs, base))


@pytest.mark.parametrize("name", ["atom", "rss"])
def test_readers_find_every_edition_the_newest_first(name: str) -> None:
    content = files()[f"{name}.xml"]
    check_xml(name, content)
    feed = feedparser.parse(content)
    assert not feed.bozo
    assert feed.feed.title == "Estuary & sea"
    assert feed.feed.link == BASE
    assert [entry.link for entry in feed.entries] == ADDRESSES
    assert [entry.id for entry in feed.entries] == ADDRESSES
    first, gone, _, corrected, early, _ = feed.entries
    assert gone.title == "Withdrawn: Sand"
    assert gone.summary == "Its figures were wrong."
    assert corrected.title == "Correction: Deepening the Sound"
    assert corrected.summary.startswith("The ministry is against it. Since the edition before: ")
    assert "1 stance changed, 1 new risk" in corrected.summary
    assert early.summary == "Who wants a deeper channel."
    assert [tag.term for tag in early.tags] == ["Dredging", "Trade & tides"]
    assert first.get("enclosures", []) == []
    (pdf,) = early.enclosures
    assert pdf.href == f"{BASE}briefs/sound/2024-08-02/brief.pdf"
    assert (pdf.type, pdf.length) == ("application/pdf", "12345")


def test_a_days_second_edition_comes_a_second_later() -> None:
    for name in ("atom.xml", "rss.xml"):
        corrected, early = feedparser.parse(files()[name]).entries[3:5]
        assert corrected.published_parsed[:6] == (2024, 8, 2, 0, 0, 1)
        assert early.published_parsed[:6] == (2024, 8, 2, 0, 0, 0)


def test_titles_are_words_and_no_markup() -> None:
    atom, rss = (etree.fromstring(files()[name]) for name in ("atom.xml", "rss.xml"))
    assert atom.findtext("{*}entry/{*}title") == rss.findtext("channel/item/title") == TITLE
    said = files([replace(SOUND, withdrawn="See <i>there</i> & here")])
    item = etree.fromstring(said["rss.xml"]).findtext("channel/item/description")
    assert html.fromstring(f"<p>{item}</p>").text_content() == "See <i>there</i> & here"
    assert etree.fromstring(said["atom.xml"]).findtext("{*}entry/{*}summary").endswith("& here")


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1))
def test_any_words_make_feeds_that_readers_read(words: str) -> None:
    record = replace(RECORD, title=f"A{words}", authors=(f"B{words}",), description=f"C{words}")
    said = files([Published("any", (Edition("2024-08-02", 1, record),))])
    title = check_xml("atom", said["atom.xml"]).findtext("{*}entry/{*}title")
    assert title == check_xml("rss", said["rss.xml"]).findtext("channel/item/title")
    assert title == json.loads(said["feed.json"])["items"][0]["title"] == one_line(f"A{words}")


def test_authors_are_those_of_the_edition() -> None:
    entry = feedparser.parse(files()["atom.xml"]).entries[0]
    assert [author.name for author in entry.authors] == ["Ada van der Linden", "Fishers’ Union"]
    (creator, other) = etree.fromstring(files()["rss.xml"]).findall("channel/item[1]/{*}creator")
    assert (creator.text, other.text) == ("Ada van der Linden", "Fishers’ Union")
    record = replace(RECORD, authors=())
    alone = Published("alone", (Edition("2024-08-02", 1, record),))
    (entry,) = feedparser.parse(files([alone])["atom.xml"]).entries
    assert entry.author == "Institute of Tides"


def test_the_json_feed_says_the_same() -> None:
    feed = json.loads(files()["feed.json"])
    jsonschema.validate(feed, JSON_FEED, jsonschema.Draft202012Validator)
    atom = feedparser.parse(files()["atom.xml"])
    assert feed["feed_url"] == f"{BASE}feed.json"
    assert [item["id"] for item in feed["items"]] == ADDRESSES
    for item, entry in zip(feed["items"], atom.entries, strict=True):
        assert item["content_text"] == entry.summary
        assert item["date_modified"] == entry.updated
        assert item["tags"] == [tag.term for tag in entry.tags]
    (pdf,) = feed["items"][4]["attachments"]
    assert pdf["size_in_bytes"] == 12_345
    assert pdf["mime_type"] == "application/pdf"


def test_a_withdrawal_is_told_however_old_the_brief_and_the_feed_stays_short() -> None:
    editions = tuple(
        Edition(f"2025-{month:02}-{day:02}", 1, RECORD)
        for month in range(1, 13)
        for day in range(1, 8)
    )
    long = Published("long", editions)
    content = files([long, GONE])["atom.xml"]
    check_xml("atom", content)
    entries = feedparser.parse(content).entries
    assert len(entries) == feeds.LONGEST
    assert entries[0].link.endswith("/2025-12-07/")
    assert entries[-1].title == "Withdrawn: Sand"


def test_a_site_without_briefs_has_feeds_without_entries() -> None:
    found = files([])
    check_xml("atom", found["atom.xml"])
    check_xml("rss", found["rss.xml"])
    assert json.loads(found["feed.json"])["items"] == []


def test_a_site_without_an_address_has_no_feeds_and_names_none() -> None:
    assert files(base=None) == {}
    for base, number in ((None, 0), (BASE, 3)):
        of = views(base=base)
        for name, page in made(pages.pages, of).items():
            links = html.fromstring(page.decode()).xpath("//link[@rel='alternate']/@href")
            assert len(links) == number, name
    assert sorted(links)[0].endswith("atom.xml")


def test_the_same_site_gives_the_same_bytes() -> None:
    assert files() == files(list(reversed(ALL)))
