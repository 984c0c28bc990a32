"""What a reader finds on the pages of a site, made of a few records by hand."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import join, normpath

import pytest
from PIL import Image

from briefgen import pipeline
from briefgen.compare import compare, pieces
from briefgen.config import theme as themes
from briefgen.config.site import SiteConfig, SiteSettings
from briefgen.model import (
    Brief,
    Claim,
    Edit,
    FrontMatter,
    Impact,
    Kind,
    Passage,
    Record,
    Source,
    Stance,
    Status,
)
from briefgen.publish import search, views
from briefgen.publish.card import card
from briefgen.publish.catalogue import Catalogue, Edition, Published
from briefgen.publish.notices import changes_page
from briefgen.publish.views import Views
from briefgen.render.templates import Templates

HERE = Path(__file__).parent
TEMPLATES = Templates(HERE)
JUNE = Source("june", "june.md", "Before the vote", publisher="The Quay", published="2024-06-03")
JULY = Source("july", "july.md", "After the vote", publisher="The Quay", published="2024-07-02")

DEEPER = Claim(
    "p-aa", Kind.POSITION, ("We support a deeper port",), "Port Council", Stance.SUPPORT,
    "port", topics=("Dredging",), date="2024-06-03", notes=(1,), sources=("june",),
)  # fmt: skip
SHALLOW = replace(
    DEEPER, id="p-bb", excerpt=("We oppose a deeper port",), stance=Stance.OPPOSE,
    date="2024-07-02", notes=(3,), sources=("july",),
)  # fmt: skip
GONE = Claim(
    "p-cc", Kind.POSITION, ("the quay can wait",), "some anglers", Stance.NEUTRAL,
    notes=(2,), sources=("june",),
)  # fmt: skip
SLIDE = Claim(
    "r-aa", Kind.RISK, ("the bank could slide",), "Port Council", likelihood="possible",
    impact=Impact.MEDIUM, notes=(2,), sources=("june",),
)  # fmt: skip
WORSE = replace(SLIDE, likelihood="likely", notes=(1,), sources=("june",))
STUDY = Claim(
    "a-aa", Kind.PROPOSAL, ("study the bank",), "Port Council", status=Status.CONSIDERED,
    notes=(2,), sources=("june",),
)  # fmt: skip
TEXT = "The council votes in July [@june]. Nobody knows how."
LATER = "The council voted in July [@july]. Nobody knows how."


def _record(claims: Sequence[Claim], text: str = TEXT, **changes: object) -> Record:
    record = Record(
        "A deeper port", date="2024-06-05", claims=tuple(claims), sources=(JUNE, JULY),
        passages=(Passage("text", text, "Why now"),),
    )  # fmt: skip
    return replace(record, **changes)  # type: ignore[arg-type]


def _brief(*records: Record, slug: str = "port", correction: str | None = None) -> Published:
    editions: list[Edition] = []
    for number, record in enumerate(records, start=1):
        changes = compare(editions[-1].record, record) if editions else None
        last = number == len(records)
        id_ = f"2024-0{5 + number}-05"
        editions.append(Edition(id_, number, record, changes, correction if last else None))
    return Published(slug, tuple(editions))


PORT = _brief(
    _record([DEEPER, GONE, SLIDE, STUDY]),
    _record([SHALLOW, WORSE, replace(STUDY, status=Status.AGREED)], LATER),
)


def _site(**settings: object) -> SiteConfig:
    return SiteConfig(
        SiteSettings.model_validate({"title": "Port briefs", **settings}),
        HERE,
        themes.standard(HERE),
        "We read *everything*.",
    )


def _pages(*briefs: Published) -> dict[str, str]:
    """Every page of a site by its path, those of each edition's changes among them."""
    made = Views(Catalogue({brief.slug: brief for brief in briefs}), _site(), TEMPLATES)
    found = {str(page.path): page.content.decode() for page in views.pages(made)}
    for brief in briefs:
        for edition in brief.editions[1:]:
            content = changes_page(brief, edition, _site(), TEMPLATES)
            found[f"{brief.folder}/{edition.id}/changes/index.html"] = content.decode()
    return found


class _Page(HTMLParser):
    """The words, links and anchors of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self._silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._silent = tag in ("style", "script")
        self.links += [told["href"] or ""] if tag == "a" and "href" in told else []
        self.ids += [told["id"] or ""] if "id" in told else []

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _words(page: str) -> str:
    return " ".join("".join(_Page(page).words).split())


def _item(page: str, words: str) -> str:
    """The list item that has some words, as text."""
    return next(_words(i) for i in re.split(r"<li\b", page) if words in _words(f"<li{i}"))


def test_an_actors_page_shows_the_shift_from_support_to_opposition() -> None:
    page = _pages(PORT)["actors/port-council/index.html"]
    assert "supports → then opposes" in _item(page, "We oppose a deeper port")
    assert 'briefs/port/2024-07-05/changes/index.html"' in page
    words = _words(page)
    assert words.index("We oppose a deeper port") < words.index("We support a deeper port")


def test_what_is_no_longer_shown_says_so_and_leads_to_the_edition_that_showed_it() -> None:
    page = _pages(PORT)["actors/port-council/index.html"]
    former = _item(page, "We support a deeper port")
    assert "No longer so since the edition of 5 July 2024" in former
    assert 'href="../../briefs/port/2024-06-05/index.html#note-1"' in page
    assert "No longer so" not in _item(page, "We oppose a deeper port")


def test_a_stance_that_an_analyst_changed_is_there_before_and_after() -> None:
    brief = _brief(_record([DEEPER]), _record([replace(DEEPER, stance=Stance.CONCERN)]))
    page = _pages(brief)["actors/port-council/index.html"]
    assert page.count('<li id="port-') == 2
    assert "supports → then concerned" in _words(page)


def test_whoever_a_statement_was_ascribed_to_keeps_a_page() -> None:
    brief = _brief(_record([DEEPER]), _record([replace(DEEPER, actor="Harbour Office")]))
    pages = _pages(brief)
    assert "No longer so since" in pages["actors/port-council/index.html"]
    assert "We support a deeper port" in pages["actors/harbour-office/index.html"]


def test_what_changed_begins_with_the_shifts_and_shows_the_words_that_differ() -> None:
    page = _pages(PORT)["briefs/port/2024-07-05/changes/index.html"]
    words = _words(page)
    assert "supports → then opposes" in words
    assert "We <del>support</del><ins>oppose</ins> a deeper port" in page
    assert "under consideration → then agreed" in words
    assert "possible, medium impact → then likely, medium impact" in words
    assert words.index("Shifted") < words.index("Gone")
    assert 'href="../../2024-06-05/index.html#note-2"' in page


def test_what_changed_names_the_sources_of_an_edited_passage_by_their_titles() -> None:
    words = _words(_pages(PORT)["briefs/port/2024-07-05/changes/index.html"])
    assert "voted in July [Before the vote] [After the vote]." in words
    assert "@july" not in words


def test_every_link_leads_to_a_page_and_a_place_that_are_there() -> None:
    withdrawn = replace(_brief(_record([DEEPER]), slug="old-port"), withdrawn="Retracted.")
    moved = replace(_brief(_record([SLIDE]), slug="quay"), formerly=("wharf",))
    pages = {path: _Page(page) for path, page in _pages(PORT, withdrawn, moved).items()}
    editions = re.compile(r"briefs/[\w-]+/(?:[\d-]{10}/)?(?:index\.html)?(?:#note-\d+)?")
    others = {"atom.xml", "rss.xml", "feed.json", "api/index.html"}
    broken = []
    for path, page in pages.items():
        for link in page.links:
            file, _, place = link.partition("#")
            to = normpath(join(str(PurePosixPath(path).parent), file)) if file else path
            there = to in pages and (not place or place in pages[to].ids)
            if not (there or to in others or re.match("https?:|mailto:", link)):
                broken += [] if editions.fullmatch(f"{to}#{place}" if place else to) else [link]
    assert broken == []
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path


def test_the_home_page_has_the_newest_briefs_and_leads_to_all() -> None:
    many = [
        _brief(_record([DEEPER], title=f"Brief {n:02}"), slug=f"brief-{n:02}") for n in range(15)
    ]
    pages = _pages(*many)
    assert "All 15 briefs" in _words(pages["index.html"])
    assert "Brief 14" not in _words(pages["index.html"])
    assert "Brief 14" in _words(pages["briefs/index.html"])


def test_hundreds_of_actors_stand_under_letters_and_the_home_page_has_the_commonest() -> None:
    claims = [
        replace(DEEPER, id=f"p-{n}", actor=f"{chr(65 + n % 26)} Office {n}") for n in range(300)
    ]
    brief = _brief(_record([*claims, GONE]))
    other = _brief(_record([replace(DEEPER, actor="Z Office 25")]), slug="other")
    pages = _pages(brief, other)
    actors = _words(pages["actors/index.html"])
    assert actors.index("D Office 3 ") < actors.index("Z Office 25 2 briefs")
    assert actors.index("Without a name of their own") < actors.index("Some anglers")
    assert pages["actors/index.html"].count('href="#letter-') == 26
    home = _words(pages["index.html"])
    assert home.count(" Office ") == 24
    assert "Z Office 25" in home
    assert "All 301 actors" in home


def test_a_withdrawn_brief_and_a_correction_are_marked_in_lists() -> None:
    withdrawn = replace(_brief(_record([DEEPER]), slug="old-port"), withdrawn="Retracted.")
    corrected = _brief(_record([DEEPER]), _record([SHALLOW]), correction="The wrong ministry.")
    pages = _pages(withdrawn, corrected)
    home = _words(pages["index.html"])
    assert "Withdrawn" in home
    assert "Corrected" in home
    assert "The wrong ministry." in _words(pages["briefs/port/2024-07-05/changes/index.html"])
    assert "Retracted." in _words(pages["briefs/old-port/editions/index.html"])


def test_the_about_page_has_the_sites_own_words_as_they_are_marked_up() -> None:
    assert "We read <em>everything</em>." in _pages(PORT)["about/index.html"]


def test_every_page_loads_nothing_from_elsewhere_and_only_the_search_runs_a_script() -> None:
    for path, page in _pages(PORT).items():
        assert "default-src 'none'" in page, path
        assert ("<script" in page) == (path == "search/index.html"), path
        assert not re.search(r'(?:src|<link[^>]*stylesheet[^>]*href)="https?:', page), path


def test_two_sites_of_the_same_pages_have_the_same_index(tmp_path: Path) -> None:
    trees = []
    for name in ("one", "two"):
        newest = '<html lang="en"><main data-pagefind-body><h1>A deeper port</h1></main></html>'
        for path, page in (_pages(PORT) | {"briefs/port/index.html": newest}).items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, "utf-8")
        search.index(tmp_path / name, tmp_path / "old", "en")
        found = (tmp_path / name / search.FOLDER).rglob("*")
        trees.append({p.relative_to(tmp_path / name): p.read_bytes() for p in found if p.is_file()})
    assert trees[0] == trees[1]
    assert any(path.suffix == ".pf_index" for path in trees[0])
    assert not any("ui" in path.name for path in trees[0])


@pytest.mark.parametrize("title", ["A port", "A long name of many words " * 12])
def test_an_editions_picture_has_the_size_that_previews_ask_for(title: str) -> None:
    front = FrontMatter(title=title, subtitle="Now " * 60, date="2024-06-05")
    brief = Brief(slug="port", front=front, sections=(), notes=())
    made = card(brief, "Port briefs", 2, TEMPLATES)
    picture = Image.open(io.BytesIO(made.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    # Below the rule at the foot stands one line alone, whatever the title is.
    darkest, lightest = picture.convert("L").crop((80, 600, 1120, 630)).getextrema()
    assert darkest == lightest
    assert card(brief, "Port briefs", 2, TEMPLATES).content == made.content


def test_words_that_all_but_touch_are_one_edit() -> None:
    found = pieces(
        "it is not yet known: some want more", "it is sharper than ever: they ask for more"
    )
    assert [(piece.edit, piece.text) for piece in found] == [
        (Edit.KEPT, "it is "),
        (Edit.TAKEN, "not yet known: some want"),
        (Edit.ADDED, "sharper than ever: they ask for"),
        (Edit.KEPT, " more"),
    ]


def test_a_glob_takes_the_sites_yaml_with_the_briefs_and_builds_the_briefs(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Port briefs\n", "utf-8")
    (tmp_path / "port.md").write_text("The council opposes a deeper port.\n", "utf-8")
    yaml = "title: Port\nsources: [port.md]\nsections: [sources]\noutputs: [markdown]\n"
    (tmp_path / "port.yaml").write_text(yaml, "utf-8")
    found = list(pipeline.build_all(sorted(tmp_path.glob("*.yaml")), tmp_path / "out", cache=False))
    assert [isinstance(one, list) for one in found] == [True]
