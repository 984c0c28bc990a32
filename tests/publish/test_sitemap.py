"""What search engines are told."""

from pathlib import Path
from typing import Any

import pytest

from briefgen.publish import sitemap
from briefgen.publish import views as pages
from tests.publish.catalogues import BASE, made, views
from tests.publish.rules import check_xml

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def tree() -> Any:
    return check_xml("sitemap", made(sitemap.sitemap, views())["sitemap.xml"])


def days() -> dict[str, str | None]:
    found = tree().findall("s:url", NAMES)
    return {
        url.findtext("s:loc", None, NAMES).removeprefix(BASE): url.findtext(
            "s:lastmod", None, NAMES
        )
        for url in found
    }


def test_each_brief_is_there_with_the_day_of_its_newest_edition() -> None:
    found = days()
    assert found["briefs/sound/"] == "2024-09-01"
    assert found["briefs/heir/"] == "2024-02-01"
    assert found[""] == "2024-09-01"
    assert found["actors/ministry-of-ports/"] == "2024-08-04"


def test_withdrawn_and_moved_briefs_and_old_editions_are_not() -> None:
    briefs = [path for path in days() if path.startswith("briefs/")]
    assert briefs == ["briefs/sound/", "briefs/sund/", "briefs/heir/", "briefs/"]


def test_every_page_that_is_named_is_made() -> None:
    there = made(pages.pages, views()) | {"api/index.html": b""}
    for path in days():
        if not path.startswith("briefs/"):
            assert str(Path(path, "index.html")) in there, path


def test_translations_name_one_another() -> None:
    urls = tree().findall("s:url", NAMES)
    told = {
        url.findtext("s:loc", None, NAMES): [
            (link.get("hreflang"), link.get("href")) for link in url.findall("x:link", NAMES)
        ]
        for url in urls
    }
    both = [("de", f"{BASE}briefs/sund/"), ("en-GB", f"{BASE}briefs/sound/")]
    assert told[f"{BASE}briefs/sound/"] == told[f"{BASE}briefs/sund/"] == both
    assert told[f"{BASE}briefs/heir/"] == []


def test_robots_may_come_and_learn_where_the_sitemap_is() -> None:
    assert made(sitemap.sitemap, views())["robots.txt"].decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {BASE}sitemap.xml",
    ]
    alone = made(sitemap.sitemap, views(base=None))
    assert alone == {"robots.txt": b"User-agent: *\nAllow: /\n"}


def test_a_sitemap_that_is_full_becomes_several(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(days())
    monkeypatch.setattr(sitemap, "MOST", 4)
    found = made(sitemap.sitemap, views())
    index = check_xml("sitemap", found["sitemap.xml"])
    parts = [one.text.removeprefix(BASE) for one in index.iterfind(".//s:loc", NAMES)]
    named = [
        one.text.removeprefix(BASE)
        for part in parts
        for one in check_xml("sitemap", found[part]).iterfind(".//s:loc", NAMES)
    ]
    assert len(parts) > 2
    assert named == whole
