import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.config import load
from briefgen.config.contrast import as_light_as, contrast, luminance, nearest, tinged
from briefgen.config.palette import Pair, Scheme, Use, pairs
from briefgen.config.theme import NEEDED, faults, names
from briefgen.errors import ConfigError
from briefgen.model import Page, Theme

HEAD = "title: T\norganisation: Eastmere\nsources: [a.txt]\n"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'


def write(folder: Path, text: str) -> Path:
    path = folder / "brief.yaml"
    path.write_text(HEAD + text, "utf-8")
    return path


def theme(folder: Path, text: str) -> Theme:
    found = load(write(folder, text)).theme
    assert found is not None
    return found


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(write(folder, text))
    return [line.removeprefix(f"{folder}/") for line in caught.value.lines]


def font_file(name: str) -> Path:
    spec = find_spec("font_source_sans_pro")
    assert spec
    assert spec.origin
    return Path(spec.origin).parent / "files" / name


def put(folder: Path, name: str, text: str) -> None:
    path = folder / "templates" / "themes" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#ff0000", "#ffffff", 4.0),
        ],
    )
    def test_is_that_of_wcag(self, one: str, other: str, ratio: float) -> None:
        assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
        assert contrast(one, other) == contrast(other, one)

    @given(COLOURS, COLOURS, st.sampled_from([3.0, 4.5, 7.0]))
    def test_the_suggested_shade_passes(self, colour: str, ground: str, need: float) -> None:
        shade = nearest(colour, [(ground, need)])
        if need <= 4.5:  # black or white has at least 4.58 on any ground
            assert shade is not None
        if shade is not None:
            assert contrast(shade, ground) >= need

    @given(COLOURS, st.lists(st.tuples(COLOURS, st.sampled_from([3.0, 4.5])), max_size=4))
    def test_it_passes_on_every_ground_or_there_is_none(
        self, colour: str, grounds: list[tuple[str, float]]
    ) -> None:
        shade = nearest(colour, grounds)
        assert shade is None or all(contrast(shade, other) >= need for other, need in grounds)

    def test_it_is_the_nearest_of_the_same_hue(self) -> None:
        assert nearest("#9ec3e6", [("#ffffff", 4.5)]) == "#3178bc"
        assert nearest("#808080", [("#ffffff", 20.0), ("#000000", 20.0)]) is None

    @given(COLOURS, COLOURS)
    def test_shades_keep_a_luminance(self, colour: str, other: str) -> None:
        assert luminance(as_light_as(colour, other)) == pytest.approx(luminance(other), abs=0.01)
        assert luminance(tinged(colour, other)) == pytest.approx(luminance(colour), abs=0.01)


class TestColours:
    @pytest.mark.parametrize("name", ["standard", "ledger"])
    def test_shipped_themes_pass_in_light_dark_and_print(self, tmp_path: Path, name: str) -> None:
        found = theme(tmp_path, f"theme: {name}\n")
        meetings = pairs(tmp_path, name)
        assert len(meetings) > 10
        for palette in (found.colours, found.dark, found.print):
            for pair in meetings:
                ratio = contrast(palette[pair.ground], palette[pair.figure])
                assert ratio >= NEEDED[pair.use], pair

    def test_shipped_themes_are_all_tested_here(self, tmp_path: Path) -> None:
        assert names(tmp_path) == ["ledger", "standard"]

    def test_too_little_contrast_is_told_with_a_shade_that_would_do(self, tmp_path: Path) -> None:
        assert problems(tmp_path, 'theme: {colours: {accent: "#9ec3e6"}}\n') == [
            "brief.yaml:4:19: theme colours: accent #9ec3e6 on paper #ffffff has a contrast of "
            "1.8:1 (text needs 4.5:1; #276097 would do)"
        ]

    def test_a_ground_is_at_fault_where_only_it_was_given(self, tmp_path: Path) -> None:
        assert problems(tmp_path, 'theme: {colours: {paper: "#9aa4ad"}}\n') == [
            "brief.yaml:4:19: theme colours: soft #566070 on paper #9aa4ad has a contrast of "
            "2.5:1 (text needs 4.5:1; paper #d8dcdf would do)"
        ]

    def test_the_dark_scheme_is_checked_too(self, tmp_path: Path) -> None:
        (line,) = problems(tmp_path, 'theme:\n  colours:\n    dark: {accent: "#123456"}\n')
        assert line.startswith("brief.yaml:6:12: theme colours: accent #123456 on paper #12171d")
        assert "in the dark scheme (text needs 4.5:1; #" in line

    def test_a_dark_colour_that_was_made_can_be_written_instead(self, tmp_path: Path) -> None:
        yaml = 'theme:\n  colours: {accent: "#7a1f2b", dark: {paper: "#505a55"}}\n'
        lines = problems(tmp_path, yaml)
        assert any(line.startswith("brief.yaml:5:39: ") for line in lines)

    @settings(max_examples=40, deadline=None)
    @given(colour=COLOURS, name=st.sampled_from(["accent", "ink", "soft"]))
    def test_the_suggestion_mends_the_yaml(
        self, tmp_path_factory: pytest.TempPathFactory, colour: str, name: str
    ) -> None:
        folder = tmp_path_factory.mktemp("theme")
        for _ in range(2):
            try:
                assert theme(folder, f'theme: {{colours: {{{name}: "{colour}"}}}}\n')
                return
            except ConfigError as error:
                (line,) = error.lines
                colour = re.findall(r"(#\w{6}) would do", line)[0]
        pytest.fail(f"{name} {colour} was suggested and refused")

    @settings(max_examples=40, deadline=None)
    @given(colour=COLOURS)
    def test_dark_and_tints_follow_the_accent_and_pass(
        self, tmp_path_factory: pytest.TempPathFactory, colour: str
    ) -> None:
        folder = tmp_path_factory.mktemp("theme")
        accent = nearest(colour, [("#ffffff", 8.0)])
        for name in ("standard", "ledger"):
            yaml = f'theme: {{name: {name}, colours: {{accent: "{accent}"}}}}\n'
            found = theme(folder, yaml)
            assert found.colours["accent"] == found.print["accent"] == accent
            assert contrast(found.dark["accent"], found.dark["paper"]) >= 4.5

    def test_a_red_accent_leaves_nothing_blue(self, tmp_path: Path) -> None:
        found = theme(tmp_path, 'theme: {colours: {accent: "#7A1F2B", tint-3: "#ddd"}}\n')
        assert found.colours["accent"] == "#7a1f2b"
        assert found.colours["tint-3"] == "#dddddd"
        for palette in (found.colours, found.dark):
            for name in ("accent", "tint", "tint-2"):
                red, blue = int(palette[name][1:3], 16), int(palette[name][5:7], 16)
                assert red > blue, name

    def test_a_name_that_no_style_sheet_knows(self, tmp_path: Path) -> None:
        yaml = 'theme: {colours: {acent: "#000000", dark: {paperr: "#000"}}}\n'
        assert problems(tmp_path, yaml) == [
            "brief.yaml:4:19: no colour is called 'acent' (did you mean 'accent'?)",
            "brief.yaml:4:44: no colour is called 'paperr' (did you mean 'paper'?)",
        ]

    @pytest.mark.parametrize(
        ("written", "problem"),
        [
            ("reddish", "'reddish' is not #rgb or #rrggbb (write such as \"#1f4468\", in quotes)"),
            ("red", "'red' is not #rgb or #rrggbb (did you mean \"#ff0000\"?)"),
            ("'rgb(1,2,3)'", "'rgb(1,2,3)' is not #rgb or #rrggbb"),
            ("'#12345678'", "'#12345678' is not #rgb or #rrggbb"),
            ("123456", "123456 is not #rgb or #rrggbb"),
            ("#1f4468", 'is empty (a colour stands in quotes: "#1f4468")'),
            ("'#fff;}body{display:none'", "is not #rgb or #rrggbb"),
        ],
    )
    def test_other_ways_to_write_a_colour(self, tmp_path: Path, written: str, problem: str) -> None:
        (line,) = problems(tmp_path, f"theme:\n  colours:\n    ink: {written}\n")
        assert line.startswith("brief.yaml:6:5: ink: ")
        assert problem in line


class TestThemes:
    def test_a_misspelt_theme(self, tmp_path: Path) -> None:
        assert problems(tmp_path, "theme: leger\n") == [
            "brief.yaml:4:1: no theme is called 'leger' (did you mean 'ledger'?)"
        ]
        assert problems(tmp_path, "theme: {name: ../styles}\n") == [
            "brief.yaml:4:9: no theme is called '../styles' (known: ledger, standard)"
        ]

    def test_a_theme_of_ones_own_is_checked_at_its_style_sheet(self, tmp_path: Path) -> None:
        put(tmp_path, "harbour/theme.css", ":root {\n  --sea: #88c;\n  --foam: var(--paper);\n}\n")
        put(tmp_path, "harbour/contrast.yaml", "text:\n  sea: [foam]\n")
        (line,) = problems(tmp_path, "theme: harbour\n")
        assert line == (
            "templates/themes/harbour/theme.css:2:3: theme colours: foam #ffffff on sea #8888cc "
            "has a contrast of 3.2:1 (text needs 4.5:1; sea #6c6cc0 would do)"
        )
        (line,) = problems(tmp_path, 'theme: {name: harbour, colours: {sea: "#336"}}\n')
        assert line.startswith("brief.yaml:4:34: theme colours: foam #12171d on sea #333366 has")
        assert line.endswith('in the dark scheme (text needs 4.5:1; write dark: {sea: "#7b7bbd"})')
        both = '{sea: "#336", dark: {sea: "#7b7bbd"}}'
        found = theme(tmp_path, f"theme: {{name: harbour, colours: {both}}}\n")
        assert (found.colours["sea"], found.colours["foam"]) == ("#333366", "#ffffff")

    def test_a_contrast_file_that_says_something_else(self, tmp_path: Path) -> None:
        put(tmp_path, "harbour/contrast.yaml", "text:\n  sea: foam\n")
        (line,) = problems(tmp_path, "theme: harbour\n")
        assert line.startswith("templates/themes/harbour/contrast.yaml:2:3: write what stands on")

    def test_faults_name_the_later_of_two_colours(self) -> None:
        from briefgen.config.palette import Colour

        palette = {"paper": Colour("#ffffff", "a:1:1", 0), "ink": Colour("#eeeeee", "b:2:2", 1)}
        (line,) = faults({Scheme.PRINT: palette}, [Pair(Use.GRAPHICS, "paper", "ink")])
        assert line.startswith("b:2:2: theme colours: ink #eeeeee on paper #ffffff has a contrast")
        assert "1.1:1 on paper (a graphic needs 3:1; #" in line

    def test_unknown_keys_and_pages(self, tmp_path: Path) -> None:
        assert problems(tmp_path, "theme: {pge: A4, fonts: {txt: X}}\n") == [
            "brief.yaml:4:9: unknown key 'pge' (did you mean 'page'?)",
            "brief.yaml:4:26: unknown key 'txt' (did you mean 'text'?)",
        ]
        assert problems(tmp_path, "theme: {page: Leter}\n") == [
            "brief.yaml:4:9: page: 'Leter' is not one of 'A4' or 'Letter' (did you mean 'Letter'?)"
        ]
        assert theme(tmp_path, "theme: {page: Letter}\n").page is Page.LETTER


class TestFonts:
    def test_an_unknown_font_says_where_it_was_looked_for(self, tmp_path: Path) -> None:
        yaml = "theme: {fonts: {text: Quillimont Zeta}}\n"
        assert problems(tmp_path, yaml) == [
            "brief.yaml:4:17: theme fonts: no font is called 'Quillimont Zeta': not among the "
            "packaged ones (Source Serif Pro, Source Sans Pro), not in "
            f"{tmp_path}/templates/fonts, not installed on this system (put its .ttf or .otf "
            f"files into {tmp_path}/templates/fonts)"
        ]
        (line,) = problems(tmp_path, "theme: {fonts: {text: Source Serif Por}}\n")
        assert line.endswith("(did you mean 'Source Serif Pro'?)")

    def test_a_screen_needs_no_font(self, tmp_path: Path) -> None:
        yaml = "outputs: html\ntheme: {fonts: {text: [Quillimont Zeta, serif]}}\n"
        assert theme(tmp_path, yaml).text_fonts == ("Quillimont Zeta", "serif")

    def test_files_beside_the_yaml_are_found_by_their_family(self, tmp_path: Path) -> None:
        folder = tmp_path / "templates" / "fonts"
        folder.mkdir(parents=True)
        for name in ("SourceSansPro-Black.ttf", "SourceSansPro-BlackIt.otf"):
            shutil.copy(font_file(name), folder)
        faces = theme(tmp_path, "theme: {fonts: {headings: Source Sans Pro}}\n").faces
        assert [(face.weight, face.italic) for face in faces] == [(900, False), (900, True)]
        assert [face.file.media_type for face in faces] == ["font/ttf", "font/otf"]

    def test_a_broken_file_is_named(self, tmp_path: Path) -> None:
        folder = tmp_path / "templates" / "fonts"
        folder.mkdir(parents=True)
        (folder / "broken.ttf").write_bytes(b"no font")
        (line,) = problems(tmp_path, "theme: {fonts: {text: Source Serif Pro}}\n")
        assert f"4:17: theme fonts: {folder}/broken.ttf: is no font that can be embedded" in line

    def test_no_name_can_end_a_style_sheet(self, tmp_path: Path) -> None:
        (line,) = problems(tmp_path, "theme: {fonts: {text: 'x\"; } </style>'}}\n")
        assert "is not the name of a font" in line


class TestLogo:
    def test_is_read_with_its_words(self, tmp_path: Path) -> None:
        (tmp_path / "mark.svg").write_text(MARK)
        logo = theme(tmp_path, "theme: {logo: mark.svg}\n").logo
        assert logo is not None
        assert (logo.alt, logo.file.media_type) == ("Eastmere", "image/svg+xml")
        other = theme(tmp_path, "theme: {logo: mark.svg, logo_alt: A wave}\n").logo
        assert other is not None
        assert other.alt == "A wave"

    def test_needs_words(self, tmp_path: Path) -> None:
        (tmp_path / "mark.svg").write_text(MARK)
        path = tmp_path / "brief.yaml"
        path.write_text("title: T\nsources: [a.txt]\ntheme: {logo: mark.svg}\n")
        with pytest.raises(ConfigError, match=r":3:9: theme logo: .*\(write logo_alt: or org"):
            load(path)

    @pytest.mark.parametrize(
        ("inside", "problem"),
        [
            ("<script>alert(1)</script>", "has <script>"),
            ('<path onload="alert(1)"/>', "has onload="),
            ('<image href="https://x.example/a.png"/>', "shows or links to 'https://x.example"),
            ('<path fill="url(https://x.example/a)"/>', "fill= names what lies elsewhere"),
            ("<style>@import 'x.css'</style>", "its style sheet names"),
            ("<foreignObject/>", "has <foreignObject>"),
            ("<path>", "is not SVG"),
        ],
    )
    def test_a_drawing_must_not_reach_out(self, tmp_path: Path, inside: str, problem: str) -> None:
        (tmp_path / "mark.svg").write_text(MARK.replace("</svg>", f"{inside}</svg>"))
        (line,) = problems(tmp_path, "theme: {logo: mark.svg}\n")
        assert line.startswith(f"brief.yaml:4:9: theme logo: {tmp_path}/mark.svg:")
        assert problem in line

    def test_a_drawing_may_point_into_itself(self, tmp_path: Path) -> None:
        inside = "<style>path{fill:url( '#a' )}</style><path fill=\"url(#a)\"/><use href='#a'/>"
        (tmp_path / "mark.svg").write_text(MARK.replace("</svg>", f"{inside}</svg>"))
        assert theme(tmp_path, "theme: {logo: mark.svg}\n").logo

    @pytest.mark.parametrize(
        ("name", "content", "problem"),
        [
            ("gone.png", None, "No such file"),
            ("../mark.png", b"", "lies outside"),
            ("mark.gif", b"GIF89a", "is a GIF image (save it as PNG, JPEG or SVG)"),
            ("mark.png", b"text", "is not a PNG, JPEG or SVG image"),
            ("mark.png", b"\x89PNG\r\n\x1a\nxx", "the image is damaged"),
            ("mark.svg", b"<svg/>", "is not SVG"),
            ("mark.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "says no size"),
        ],
    )
    def test_other_files(
        self, tmp_path: Path, name: str, content: bytes | None, problem: str
    ) -> None:
        inside = tmp_path / "inside"
        inside.mkdir()
        if content is not None:
            (inside / name).write_bytes(content)
        (line,) = problems(inside, f"theme: {{logo: {name}}}\n")
        assert line.startswith("brief.yaml:4:9: theme logo: ")
        assert problem in line


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    yaml = "theme: {logo: x.png, fonts: {text: Quillimont}, colours: {ink: '#ccc'}}\nsections:\n"
    lines = problems(tmp_path, yaml + "  - text: {file: gone.md}\n")
    assert [line.split(": ")[0] for line in lines] == [
        *("brief.yaml:6:12", "brief.yaml:4:59", "brief.yaml:4:30", "brief.yaml:4:9")
    ]
