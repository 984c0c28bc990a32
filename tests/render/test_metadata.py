"""What the page tells machines, and the small print, which says it to people."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from briefgen.model import Brief, FrontMatter, KeyMessages, Prose, Publication
from briefgen.render import render
from briefgen.render.metadata import LONGEST, description, locale, shortened
from briefgen.render.series import series_name, series_number
from briefgen.render.small_print import (
    bare_doi,
    contact_address,
    doi_address,
    licence_address,
    licence_name,
)
from tests.helpers import ROOT
from tests.render import cited, hostile, sample

FRONT = replace(
    sample.FRONT,
    description="Who wants a deeper channel.",
    url="https://coast.example/briefs/sound/?v=1&lang=en",
    corrections="mistakes@coast.example",
)
NASTY = "</script><script>alert('1')</script> & <!-- \u2028 \u2029 \\ \" ]]> é"


def brief(front: FrontMatter) -> Brief:
    read = cited.source(cited.FERRY, "ferry", author="A & B", publisher="P", published="2024-07")
    other = cited.source(
        cited.TOLL, "toll", language="zh", title=NASTY, author=NASTY, publisher=NASTY
    )
    return cited.brief([(read, [cited.span(read, "He refused.")]), (other, [])], front)


def page(front: FrontMatter, folder: Path) -> str:
    return render(brief(front), ["html"], folder)[0].content.decode()


def linked_data(text: str) -> Any:
    (script,) = lxml_html.fromstring(text).xpath("//script")
    assert script.get("type") == "application/ld+json"
    return json.loads(script.text)


def named(text: str, name: str) -> list[str]:
    tree = lxml_html.fromstring(text)
    return list(tree.xpath("//meta[@name=$name or @property=$name]/@content", name=name))


def test_linked_data_says_what_the_front_matter_says(work: Path) -> None:
    said = linked_data(page(FRONT, work))
    first, second = said.pop("citation")
    assert said == {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": FRONT.title,
        "headline": FRONT.title,
        "alternativeHeadline": FRONT.subtitle,
        "description": FRONT.description,
        "author": [{"@type": "Person", "name": name} for name in FRONT.authors],
        "publisher": {"@type": "Organization", "name": FRONT.organisation},
        "datePublished": "2024-08-02",
        "inLanguage": "en",
        "reportNumber": FRONT.series,
        "creativeWorkStatus": FRONT.status,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "DOI",
            "value": FRONT.doi,
            "url": f"https://doi.org/{FRONT.doi}",
        },
        "url": FRONT.url,
    }
    assert first == {
        "@type": "CreativeWork",
        "name": "Sample",
        "author": "A & B",
        "publisher": {"@type": "Organization", "name": "P"},
        "datePublished": "2024-07",
    }
    assert second["inLanguage"] == "zh"
    assert second["author"] == second["publisher"]


@pytest.mark.parametrize("words", [NASTY, hostile.PAYLOAD])
def test_hostile_words_stay_words(words: str, work: Path) -> None:
    front = FrontMatter(
        title=words,
        subtitle=words,
        series=words,
        authors=(words, words),
        organisation=words,
        status=words,
        doi=words,
        licence=words,
        disclaimer=words,
        description=words,
        url=words,
        cite_as=words,
        corrections=words,
    )
    text = page(front, work)
    assert text.count("<script") == text.count("</script>") == 1
    tree = lxml_html.fromstring(text)
    assert not tree.xpath("//link[@rel != 'icon'] | //img | //footer//img")
    assert not tree.xpath("//meta[@property='og:url']")
    said = linked_data(text)
    plain = tree.xpath("string(//title)")
    assert "<script>" in plain
    assert said["name"] == said["author"][1]["name"] == plain
    assert named(text, "og:title") == named(text, "dcterms.title") == [plain]
    assert "url" not in said
    assert plain in tree.xpath("string(//footer)")
    hrefs = tree.xpath("//footer//a/@href")
    assert all(href.startswith("https://doi.org/%") or "doi.org/#" in href for href in hrefs)
    markdown = render(brief(front), ["markdown"], work)[0].content.decode()
    _, _, body = markdown.split("---\n", 2)
    assert "<script" not in body.replace("\\<script", "")


def test_previews_and_reference_managers_are_told(work: Path) -> None:
    text = page(replace(FRONT, language="en-GB"), work)
    whole = f"{FRONT.title}: {FRONT.subtitle}"
    for name, content in {
        "description": [FRONT.description],
        "og:title": [FRONT.title],
        "og:description": [FRONT.description],
        "og:type": ["article"],
        "og:locale": ["en_GB"],
        "og:url": [FRONT.url],
        "citation_title": [whole],
        "citation_author": list(FRONT.authors),
        "citation_publication_date": ["2024/08/02"],
        "citation_doi": [FRONT.doi],
        "dcterms.creator": list(FRONT.authors),
        "dcterms.license": ["https://creativecommons.org/licenses/by/4.0/"],
    }.items():
        assert named(text, name) == content, name
    assert lxml_html.fromstring(text).xpath("//link[@rel='canonical']/@href") == [FRONT.url]


def test_a_page_without_an_address_names_none(work: Path) -> None:
    text = page(FrontMatter("T"), work)
    assert not lxml_html.fromstring(text).xpath("//link[@rel='canonical']")
    assert named(text, "og:url") == named(text, "og:locale") == named(text, "citation_author") == []
    assert set(linked_data(text)) == {
        *("@context", "@type", "name", "headline", "description", "inLanguage", "citation")
    }
    assert "<footer" not in text


def test_the_description_is_the_analysts_else_the_subtitle_else_a_key_message() -> None:
    whole = replace(sample.brief(), front=FRONT)
    assert description(whole) == "Who wants a deeper channel."
    assert description(replace(whole, front=sample.FRONT)) == sample.FRONT.subtitle
    bare = replace(whole, front=FrontMatter("T"))
    assert description(bare) == (
        "Ministry of Ports: “a channel of 16.5 metres would let the largest vessels call at every "
        "tide”"
    )
    message = Prose("**Dig** [later](https://x.example) &amp; less[^1] " + "and less " * 40, ())
    written = KeyMessages(None, "section-k", None, (message,), ())
    text = description(replace(bare, sections=(written,)))
    assert text.startswith("Dig later & less and less and")
    assert text.endswith(" and…")
    assert LONGEST - 10 < len(text) <= LONGEST
    assert description(replace(bare, sections=())) == "T"


def test_words_are_shortened_at_a_word() -> None:
    assert shortened("one two", 7) == "one two"
    assert shortened("one two, three", 10) == "one two…"
    assert shortened("onetwothree", 5) == "onet…"


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC BY 4.0", "licenses/by/4.0/"),
        ("cc-by-nc-sa-3.0", "licenses/by-nc-sa/3.0/"),
        ("Creative Commons Attribution 4.0 International", "licenses/by/4.0/"),
        (
            "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International License",
            "licenses/by-nc-nd/4.0/",
        ),
        ("CC0", "publicdomain/zero/1.0/"),
        ("CC0 1.0", "publicdomain/zero/1.0/"),
    ],
)
def test_creative_commons_licences_are_known_by_name(licence: str, address: str) -> None:
    assert licence_address(licence) == f"https://creativecommons.org/{address}"
    assert licence_name(licence) == licence


@pytest.mark.parametrize(
    "licence", ["CC BY", "CC BY 5.0", "CC SA 4.0", "All rights reserved", "", "https://x y"]
)
def test_other_licences_lead_nowhere(licence: str) -> None:
    assert licence_address(licence) is None


def test_addresses_of_licences() -> None:
    deed = "https://creativecommons.org/licenses/by-sa/4.0/deed.en"
    assert (licence_name(deed), licence_address(deed)) == ("CC BY-SA 4.0", deed)
    own = "https://coast.example/terms"
    assert (licence_name(own), licence_address(own)) == (own, own)


def test_dois_are_written_in_three_ways() -> None:
    for doi in ("10.5555/a.1", "doi: 10.5555/a.1", "https://doi.org/10.5555/a.1"):
        assert bare_doi(doi) == "10.5555/a.1"
        assert doi_address(doi) == "https://doi.org/10.5555/a.1"


def test_contacts() -> None:
    assert contact_address("a.b+c@x.example") == "mailto:a.b%2Bc@x.example"
    assert contact_address("https://x.example/form") == "https://x.example/form"
    for words in ("a@x.example?bcc=b@x.example", "javascript:alert(1)@x.example", "nobody"):
        assert contact_address(words) is None


def test_locales() -> None:
    assert [locale(tag) for tag in ("en-GB", "pt-br", "zh-Hant-TW", "en")] == [
        *("en_GB", "pt_BR", "zh_TW", None)
    ]


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_the_small_print_comes_last_and_in_order(name: str, work: Path) -> None:
    text = render(brief(FRONT), [name], work)[0].content.decode()
    last = text[text.rindex("<footer" if name == "html" else "\n---\n") :].replace("\\", "")
    found = [
        last.index(words)
        for words in (
            "The views in this brief",
            "Licence: ",
            "https://creativecommons.org/licenses/by/4.0/",
            "Cite as: ",
            "Ada Lindqvist and Tomás Ferreira (2024).",
            f"{FRONT.title}: {FRONT.subtitle}",
            "Policy Brief 12/2024. Institute for Coastal Policy.",
            "Corrections: ",
            "mailto:mistakes@coast.example",
            "DOI: ",
        )
    ]
    assert found == sorted(found)
    assert "<h2" not in last
    assert "\n## " not in last


def test_the_analysts_own_citation_wins(work: Path) -> None:
    front = replace(FRONT, cite_as="Lindqvist, A. (2024), The Sound.")
    for artifact in render(brief(front), ["html", "markdown"], work):
        text = artifact.content.decode()
        assert "Cite as: Lindqvist, A. (2024), The Sound." in text
        assert "Ada Lindqvist and" not in text


def test_a_title_brings_its_own_stop(work: Path) -> None:
    front = FrontMatter("How deep?", authors=("A", "B", "C"), organisation="Org", date="2024")
    text = render(brief(front), ["markdown"], work)[0].content.decode()
    assert "Cite as: A, B and C (2024). *How deep?* Org.\n" in text
    alone = FrontMatter("How deep?", subtitle="On depth", organisation="Org")
    text = render(brief(alone), ["markdown"], work)[0].content.decode()
    assert "Cite as: Org. *How deep? On depth*.\n" in text


def test_every_section_is_named_by_its_heading(work: Path) -> None:
    whole = replace(sample.brief(), full_texts=cited.ferry(cited.Show.FULL).full_texts)
    tree = lxml_html.fromstring(render(whole, ["html"], work)[0].content.decode())
    sections = tree.xpath("//section")
    assert len(sections) == len(whole.sections) + 2
    for section in sections:
        (heading,) = tree.xpath("//h2[@id=$id]", id=section.get("aria-labelledby"))
        assert heading.getparent() is section


def test_a_page_with_everything_is_the_same_with_any_hash_seed(tmp_path: Path) -> None:
    script = (
        "import hashlib, pathlib, sys\n"
        "from briefgen.render import render\n"
        "from tests.render.test_metadata import FRONT, brief, cited\n"
        "from dataclasses import replace\n"
        "made = replace(cited.ferry(cited.Show.FULL), front=FRONT)\n"
        "for one in (made, brief(FRONT)):\n"
        "    page = render(one, ['html'], pathlib.Path(sys.argv[1]))[0]\n"
        "    print(hashlib.sha256(page.content).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_linked_data_of_a_published_page_says_which_edition_it_is(work: Path) -> None:
    stable = "https://coast.example/briefs/sound/"
    publication = Publication(
        site="Coast & sea",
        root="../../",
        folder="2024-08-02-2/",
        edition="2024-08-02-2",
        number=2,
        newest=True,
        first="2024-07-01",
        previous="2024-07-01",
        correction="The depth was <wrong>.",
        canonical=stable,
        picture=f"{stable}2024-08-02-2/card.png",
    )
    front = replace(FRONT, url=f"{stable}2024-08-02-2/")
    said = linked_data(
        render(replace(brief(front), publication=publication), ["html"], work)[0].content.decode()
    )
    assert said["url"] == f"{stable}2024-08-02-2/"
    assert said["mainEntityOfPage"] == stable
    assert (said["datePublished"], said["dateModified"]) == ("2024-07-01", "2024-08-02")
    assert said["version"] == "2"
    assert said["isBasedOn"] == {"@type": "Report", "url": f"{stable}2024-07-01/"}
    assert said["isPartOf"] == [
        {"@type": "CreativeWorkSeries", "name": "Policy Brief"},
        {"@type": "WebSite", "name": "Coast & sea"},
    ]
    assert said["image"] == f"{stable}2024-08-02-2/card.png"
    assert said["correction"] == {"@type": "CorrectionComment", "text": "The depth was <wrong>."}
    bare = replace(publication, correction=None, picture=None, canonical=None, previous=None)
    page = render(replace(brief(front), publication=bare), ["html"], work)[0].content.decode()
    assert not {"correction", "image", "isBasedOn", "mainEntityOfPage"} & set(linked_data(page))
    assert not lxml_html.fromstring(page).xpath("//link[@rel='alternate']")


def test_a_published_page_leads_machines_to_its_feeds_and_files(work: Path) -> None:
    stable = "https://coast.example/briefs/sound/"
    publication = Publication(
        site="Coast",
        root="../../",
        folder="2024-08-02/",
        edition="2024-08-02",
        number=1,
        newest=True,
        files=("brief.pdf", "cite.bib"),
        canonical=stable,
    )
    front = replace(FRONT, url=f"{stable}2024-08-02/")
    text = render(replace(brief(front), publication=publication), ["html"], work)[
        0
    ].content.decode()
    tree = lxml_html.fromstring(text)
    assert tree.xpath("//link[@rel='alternate']/@href") == [
        *("../../atom.xml", "../../rss.xml", "../../feed.json")
    ]
    assert named(text, "citation_pdf_url") == [f"{stable}2024-08-02/brief.pdf"]
    assert tree.xpath("//link[@rel='describedby']/@href") == ["2024-08-02/cite.bib"]


@pytest.mark.parametrize(
    ("series", "name", "number"),
    [
        ("Policy Brief 12/2024", "Policy Brief", "12/2024"),
        ("Working  Paper, 7", "Working Paper", "7"),
        ("Briefings", "Briefings", None),
        ("2024", "2024", None),
    ],
)
def test_a_series_has_a_name_and_a_number(series: str, name: str, number: str | None) -> None:
    assert (series_name(series), series_number(series)) == (name, number)
