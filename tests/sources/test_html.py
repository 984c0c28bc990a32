import pytest

from briefgen.errors import SourceError
from briefgen.model import BlockKind
from briefgen.sources import read
from tests.sources.helpers import SHARED, assert_sound, outline, read_bytes, words_of

PROSE = "The council of the harbour town voted for the new plan on Tuesday, by one vote only."
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><title>Harbour plan | Town News</title>
<meta property="og:site_name" content="Town News">
<meta property="article:published_time" content="2023-03-14T08:00:00Z">
<meta name="author" content="Ana Lima">
<link rel="canonical" href="https://example.org/news/plan">
<style>p {{color: red}}</style><script>var x = "{PROSE}";</script></head>
<body>
<header><a href="/">Town News</a>
<nav><ul><li><a href="/a">Sport</a></li><li><a>Weather</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to make this site better for you all.</p></div>
<main><article>
<h1>Harbour plan adopted</h1>
<p>{PROSE} It was a <em>long</em> meet<b>ing</b>.<br>Nobody   left.</p>
<p hidden>Hidden words that nobody on the page can see at all.</p>
<h2>What comes next</h2>
<ul><li>Dredging of the <a href="/c">channel</a> before winter</li>
<li><p>A levy on ferries</p></li></ul>
<table><caption>Ships a year</caption><tr><th>Port</th><th>Ships</th></tr>
<tr><td>North</td><td><p>120</p></td></tr></table>
<figure><img src="x.jpg"><figcaption>The old quay in March</figcaption></figure>
<blockquote>“{PROSE}”</blockquote>
<p>{PROSE.replace("Tuesday", "Friday")} The mayor thanked the members &amp; the public.</p>
<div class="share">Share this page</div>
</article></main>
<aside><h3>Most read</h3><p><a href="/d">Ferry fares to rise</a></p></aside>
<form><label>Newsletter</label><input value="you"><button>Sign up</button></form>
<footer><p>© 2023 Town News. All rights reserved.</p></footer>
</body></html>"""


@pytest.fixture
def page(tmp_path):
    return read_bytes(tmp_path, "plan.html", PAGE)


def test_what_a_reader_reads(page):
    assert_sound(page)
    kept = [pair for pair in outline(page) if pair[0] != "boilerplate"]
    friday = PROSE.replace("Tuesday", "Friday")
    assert kept == [
        ("heading", "Harbour plan adopted"),
        ("paragraph", f"{PROSE} It was a long meeting. Nobody left."),
        ("heading", "What comes next"),
        ("list item", "Dredging of the channel before winter"),
        ("list item", "A levy on ferries"),
        ("caption", "Ships a year"),
        ("table", "Port | Ships"),
        ("table", "North | 120"),
        ("caption", "The old quay in March"),
        ("paragraph", f"“{PROSE}”"),
        ("paragraph", f"{friday} The mayor thanked the members & the public."),
    ]


def test_menus_stay_in_the_text_as_boilerplate(page):
    words = words_of(page, BlockKind.BOILERPLATE)
    for menu in ("Sport", "Most read", "Ferry fares to rise", "Share this page", "Sign up"):
        assert menu in words
    assert any(w.startswith("We use cookies") for w in words)
    assert "color" not in page.text
    assert "Hidden" not in page.text


def test_facts(page):
    source = page.source
    assert source.title == "Harbour plan adopted"
    assert (source.author, source.publisher) == ("Ana Lima", "Town News")
    assert (source.published, source.language) == ("2023-03-14", "en-GB")
    assert source.url == "https://example.org/news/plan"


def test_a_break_is_a_line_and_two_are_a_paragraph(tmp_path):
    page = read_bytes(
        tmp_path, "a.html", "<html><body><div>One<br>two<br><br>Three</div></body></html>"
    )
    assert page.text == "One\ntwo\n\nThree"


def test_a_page_inside_its_header_is_no_menu(tmp_path):
    body = "".join(f"<p>{PROSE}</p><h2>Part {i}</h2>" for i in range(5))
    page = read_bytes(
        tmp_path,
        "a.html",
        f"<html><body><header class='sidebar'><div>{body}</div></header></body></html>",
    )
    assert ("heading", "Part 2") in outline(page)


def test_tables_that_lay_out_a_page_are_not_data(tmp_path):
    inner = f"<h2>Plan</h2><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>"
    page = read_bytes(
        tmp_path, "a.html", f"<html><body><table><tr><td>{inner}</td></tr></table></body></html>"
    )
    assert ("paragraph", PROSE) in outline(page)


def test_markup_that_is_broken_or_deep(tmp_path):
    document = read_bytes(
        tmp_path, "a.html", f"<html><p>{PROSE}<table><tr><td>x</p></b></html><p>{PROSE}"
    )
    assert_sound(document)
    assert PROSE in document.text
    with pytest.raises(SourceError, match="nests its elements too deeply"):
        read_bytes(tmp_path, "a.html", "<html>" + "<div>" * 5000 + PROSE)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the documents beside the checkout")
@pytest.mark.parametrize("path", sorted(SHARED.glob("originals/*.html")), ids=lambda p: p.name[:2])
def test_real_pages(path):
    document = read(path)
    assert_sound(document)
    assert document.source.title
    kinds = [block.kind for block in document.blocks]
    assert kinds.count(BlockKind.PARAGRAPH) > 10
    assert kinds.count(BlockKind.HEADING) > 2


@pytest.mark.skipif(not SHARED.exists(), reason="needs the documents beside the checkout")
def test_a_page_named_as_a_pdf(caplog):
    document = read(next(SHARED.glob("originals/bad1*")))
    assert_sound(document)
    assert "is an HTML page named .pdf" in caplog.text
    assert document.page_starts == ()
