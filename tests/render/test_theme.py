import base64
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from lxml import html as lxml_html
from pypdf import PdfReader

from briefgen.config import theme as themes
from briefgen.config.palette import pairs
from briefgen.model import Brief, Embedded, Face, Logo, Page, Theme
from briefgen.render import render
from briefgen.render.templates import Templates
from tests.config.test_theme import MARK, font_file
from tests.render import sample

LOGO = Logo(Embedded("image/svg+xml", MARK.encode()), 'The "Institute" & friends')
IMPRINT = "Institute for Coastal Policy\n4 Quay Street <EM1>"


def with_theme(folder: Path, **changes: Any) -> Brief:
    return replace(sample.brief(), theme=replace(themes.standard(folder), **changes))


def short(folder: Path, **changes: Any) -> Brief:
    """The first sections alone: setting all on paper takes seconds."""
    whole = with_theme(folder, **changes)
    return replace(whole, sections=whole.sections[:2], notes=whole.notes[:6], extractions=())


def made(brief: Brief, name: str, folder: Path) -> bytes:
    return render(brief, [name], folder)[0].content


def paper(brief: Brief, folder: Path) -> PdfReader:
    return PdfReader(BytesIO(made(brief, "pdf", folder)))


@pytest.mark.parametrize(
    ("name", "page", "size"),
    [
        ("standard", Page.A4, (595, 842)),
        ("standard", Page.LETTER, (612, 792)),
        ("ledger", Page.A4, (595, 842)),
        ("ledger", Page.LETTER, (612, 792)),
    ],
)
def test_every_page_has_the_size(work: Path, name: str, page: Page, size: tuple[int, int]) -> None:
    pages = paper(short(work, name=name, page=page), work).pages
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {size}
    first = pages[0].extract_text()
    assert "Key messages" in first
    assert "Ministry of Ports" in first
    assert "publish turbidity readings" in first


def test_a_logo_is_part_of_the_page_with_its_words(work: Path) -> None:
    page = made(with_theme(work, logo=LOGO), "html", work).decode()
    (logo,) = lxml_html.fromstring(page).xpath("//header//img")
    address = base64.b64encode(MARK.encode()).decode()
    assert logo.get("src") == f"data:image/svg+xml;base64,{address}"
    assert logo.get("alt") == LOGO.alt
    assert made(short(work, logo=LOGO), "pdf", work).startswith(b"%PDF")


def test_the_imprint_stands_in_the_small_print(work: Path) -> None:
    brief = with_theme(work, imprint=IMPRINT)
    page = made(brief, "html", work).decode()
    assert "Institute for Coastal Policy<br>4 Quay Street &lt;EM1&gt;</p>\n</footer>" in page
    assert (
        "\n\nInstitute for Coastal Policy\\\n4 Quay Street \\<EM1>\n\n[^1]:"
        in made(brief, "markdown", work).decode()
    )
    assert (
        "4 Quay Street <EM1>" in paper(short(work, imprint=IMPRINT), work).pages[-1].extract_text()
    )


def test_an_imprint_alone_is_small_print_enough(work: Path) -> None:
    bare = sample.with_front(
        with_theme(work, imprint="Us"),
        **dict.fromkeys(("disclaimer", "licence", "doi", "organisation"), None),
        authors=(),
    )
    assert '<p class="imprint">Us</p>' in made(bare, "html", work).decode()
    assert "---\n\nUs\n" in made(bare, "markdown", work).decode()


def test_screens_name_fonts_and_carry_none(work: Path) -> None:
    face = Face("Harbour", 400, False, Embedded("font/ttf", b"x"))
    brief = with_theme(work, text_fonts=("Harbour", "serif"), faces=(face,))
    page = made(brief, "html", work).decode()
    assert ':root { --serif: "Harbour", serif, serif; }' in page
    assert "@font-face" not in page
    assert "url(" not in page


def test_paper_embeds_the_users_own_font(work: Path) -> None:
    content = font_file("SourceSansPro-Black.ttf").read_bytes()
    face = Face("Harbour", 400, False, Embedded("font/ttf", content))
    brief = short(work, text_fonts=("Harbour",), faces=(face,))
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in paper(brief, work).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("Harbour" in font for font in fonts)
    assert not any("Serif" in font and "Source" in font for font in fonts)


def test_colours_reach_each_scheme(work: Path) -> None:
    known = themes.standard(work).colours
    changed: Any = {
        "colours": {"accent": "#111111", **{n: v for n, v in known.items() if n != "accent"}},
        "dark": {"accent": "#eeeeee"},
        "print": {"accent": "#222222", **{n: v for n, v in known.items() if n != "accent"}},
    }
    page = made(with_theme(work, **changed), "html", work).decode()
    style = re.sub(r"\s+", " ", page[: page.index("</style>")])
    assert style.rindex(":root { --accent: #111111;") < style.rindex(
        "@media (prefers-color-scheme: dark) { :root { --accent: #eeeeee; } }"
    )
    assert "@media print { :root { --accent: #222222;" in style
    sheet = Templates(work).html(with_theme(work, **changed), "print")
    assert ":root { --accent: #222222;" in sheet
    assert "#111111" not in sheet


def test_templates_get_the_mediums_colours(work: Path) -> None:
    (work / "templates" / "brief.html.j2").write_text(
        "{{ theme.name }} {{ theme.colours.accent }} {{ theme.colours['tint-2'] }}"
    )
    theme = replace(themes.standard(work), print={"accent": "#222222", "tint-2": "#dddddd"})
    templates = Templates(work)
    brief = replace(sample.brief(), theme=theme)
    assert templates.html(brief, "screen") == "standard #1f4468 #dfe8f0"
    assert templates.html(brief, "print") == "standard #222222 #dddddd"
    assert templates.html(sample.brief(), "screen") == "standard #1f4468 #dfe8f0"


def test_a_theme_of_ones_own_and_a_changed_shipped_one(work: Path) -> None:
    for name, rule in (("harbour", "p { margin: 1px }"), ("ledger", "p { margin: 2px }")):
        folder = work / "templates" / "themes" / name
        folder.mkdir(parents=True)
        (folder / "theme.css").write_text(rule)
    assert "margin: 1px" in made(with_theme(work, name="harbour"), "html", work).decode()
    page = made(with_theme(work, name="ledger"), "html", work).decode()
    assert "margin: 2px" in page
    assert "--band" not in page[: page.index("prefers-color-scheme")]


def test_print_and_screen_rules_stay_apart(work: Path) -> None:
    brief = with_theme(work, name="ledger")
    assert "@page" not in made(brief, "html", work).decode()
    assert "min-width: 64rem" not in Templates(work).html(brief, "print")


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("name", ["standard", "ledger"])
def test_every_text_stands_on_a_ground_that_is_checked(work: Path, name: str, medium: str) -> None:
    """Lays the brief out with colours that are each unlike all others, and looks what met."""
    known = themes.standard(work).colours | {
        figure: "" for pair in pairs(work, name) for figure in (pair.ground, pair.figure)
    }
    unique = {colour: f"#0000{number:02x}" for number, colour in enumerate(sorted(known), 1)}
    theme = Theme(name, unique, {}, unique, logo=LOGO, imprint="Us")
    page = Templates(work).html(replace(sample.brief(), theme=theme), medium)
    if medium == "screen":  # a screen's pages have no paper of their own
        page = page.replace("</style>", "@page { margin: 0 }</style>")
    document = weasyprint.HTML(string=page, media_type=medium).render()
    met = {pair for sheet in document.pages for pair in _met(sheet._page_box, unique["paper"])}
    called = {colour: one for one, colour in unique.items()}
    used = {(called[ground], called[figure]) for ground, figure in met}
    checked = {(pair.ground, pair.figure) for pair in pairs(work, name) if pair.use == "text"}
    assert len(used) > 5
    assert used <= checked


def _met(box: Any, ground: str) -> Iterator[tuple[str, str]]:
    if (background := _hex(box.style["background_color"], box)) is not None:
        ground = background
    if isinstance(getattr(box, "text", None), str) and box.text.strip():
        figure = _hex(box.style["color"], box)
        assert figure
        yield ground, figure
    for child in getattr(box, "children", ()):
        yield from _met(child, ground)


def _hex(colour: Any, box: Any) -> str | None:
    if colour == "currentcolor":
        colour = box.style["color"]
    red, green, blue = (round(part * 255) for part in colour.to("srgb").coordinates)
    return f"#{red:02x}{green:02x}{blue:02x}" if colour.alpha else None


def test_shipped_themes_need_no_file_of_the_users(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "templates", ignore_errors=True)
    for name in themes.names(tmp_path):
        brief = with_theme(tmp_path, name=name)
        assert made(brief, "html", tmp_path) == made(brief, "html", tmp_path)
