import base64
import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from briefgen.errors import RenderError, TemplateError
from briefgen.model import Brief, FrontMatter, Prose, Text
from briefgen.render import render
from tests.render import sample

ROOT = Path(__file__).parents[2]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def with_prose(markdown: str) -> Brief:
    return Brief("b", FrontMatter("T"), (Text("Why", "why", Prose(markdown, ())),), ())


@pytest.mark.parametrize(
    ("text", "line", "problem", "way_out"),
    [
        ("a\n{{ breif }}", 2, "'breif' is undefined", "did you mean 'brief'?"),
        ("{{ front.titel }}", 1, "FrontMatter has no 'titel'", "did you mean 'title'?"),
        ("\n\n{% if %}", 3, "Expected an expression", "correct this line"),
        ("{% for s in brief.sections %}", 1, "Unexpected end of template", "correct this line"),
        ("a\n{% include 'setions/x.j2' %}", 2, "no template 'setions/x.j2'", "sections/"),
        ("{{ front.title|shout }}", 1, "No filter named 'shout'", "correct this line"),
        ("{{ ''.__class__ }}", 1, "unsafe", "nothing else"),
        ("{{ 1 / 0 }}", 1, "division by zero", "correct the expression"),
        ("{{ 'a' + 1 }}", 1, "str", "correct the expression"),
        ("{% include 'brief.html.j2' %}", 1, "without end", "break the circle"),
        ("{{ stylesheet('bse.css') }}", 1, "no template 'styles/bse.css'", "styles/base.css"),
    ],
)
def test_a_templates_mistake_is_one_line_with_its_place(
    work: Path, text: str, line: int, problem: str, way_out: str
) -> None:
    write(work, "brief.html.j2", text)
    with pytest.raises(TemplateError) as caught:
        render(sample.brief(), ["html"], work)
    (message,) = caught.value.lines
    assert "\n" not in message
    assert message.startswith(f"{work}/templates/brief.html.j2:{line}: ")
    assert problem in message
    assert way_out in message


def test_a_mistake_in_a_part_names_the_part(work: Path) -> None:
    write(work, "sections/text.md.j2", "one\ntwo {{ section.bdy }}")
    with pytest.raises(TemplateError, match=r"sections/text.md.j2:2: Text has no 'bdy'.*'body'"):
        render(sample.brief(), ["markdown"], work)


def test_a_users_file_wins_and_the_rest_is_shipped(work: Path) -> None:
    write(work, "sections/method.html.j2", "<p>Made by hand.</p>")
    page = render(sample.brief(), ["html"], work)[0].content.decode()
    assert "Made by hand." in page
    assert "Key messages" in page
    assert "41,250" not in page


def test_a_users_style_and_picture_reach_paper(work: Path) -> None:
    write(work, "brief.html.j2", '<title>t</title><img alt="logo" src="logo.png"><p>{{ medium }}')
    (work / "templates" / "logo.png").write_bytes(PIXEL)
    assert render(sample.brief(), ["pdf"], work)[0].content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    ["http://evil.example/x.png", "file:///etc/passwd", "../secret.png", "//evil.example/x.png"],
)
def test_nothing_is_fetched(work: Path, address: str) -> None:
    (work / "secret.png").write_bytes(PIXEL)
    write(work, "brief.html.j2", f"<title>t</title>\n<img src='{address}'>")
    with pytest.raises(RenderError, match=r"nothing is fetched \(put the file into") as caught:
        render(sample.brief(), ["pdf"], work)
    assert len(caught.value.lines) == 1


def test_an_address_in_a_template_is_found_for_the_message(work: Path) -> None:
    write(work, "brief.html.j2", "<title>t</title>\n<img src='http://evil.example/x.png'>")
    with pytest.raises(RenderError, match=r"templates/brief.html.j2:2: 'http://evil.example"):
        render(sample.brief(), ["pdf"], work)


def test_images_beside_the_yaml_become_part_of_the_page(work: Path) -> None:
    (work / "a chart.png").write_bytes(PIXEL)
    brief = with_prose("![A > B](<a chart.png>)")
    page = render(brief, ["html"], work)[0].content.decode()
    assert f'src="data:image/png;base64,{base64.b64encode(PIXEL).decode()}"' in page
    assert render(brief, ["pdf"], work)[0].content.count(b"/Subtype /Image") >= 1


def test_a_broken_image_is_an_error(work: Path) -> None:
    (work / "broken.png").write_bytes(PIXEL[:20])
    with pytest.raises(RenderError, match="the image is damaged"):
        render(with_prose("![x](broken.png)"), ["pdf"], work)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://evil.example/x.png", "not fetched"),
        ("//evil.example/x.png", "not fetched"),
        ("data:image/png;base64,AAAA", "no address that can be used"),
        ("/etc/hostname", "outside"),
        ("../outside.png", "outside"),
        ("link.png", "outside"),
        ("%2e%2e/outside.png", "outside"),
        ("missing.png", "No such file"),
        ("drawing.svg", "not a PNG, JPEG or GIF"),
        ("folder.png", "is not a file"),
    ],
)
def test_other_images_are_refused_by_name(work: Path, address: str, problem: str) -> None:
    inside = work / "inside"
    inside.mkdir()
    (work / "outside.png").write_bytes(PIXEL)
    (inside / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (inside / "folder.png").mkdir()
    (inside / "link.png").symlink_to(work / "outside.png")
    for markdown in (f"![x]({address})", f'<img alt="x" src="{address}">'):
        with pytest.raises(RenderError) as caught:
            render(with_prose(markdown), ["html"], inside)
        assert problem in str(caught.value)
        if not address.startswith("data:"):
            assert unquote(address).split("/")[-1] in str(caught.value)


def test_the_same_brief_gives_the_same_bytes(outputs: dict[str, bytes], tmp_path: Path) -> None:
    """In another process, folder and hash seed; this process's seed is another at each run."""
    script = (
        "import hashlib, pathlib, sys\n"
        "from briefgen.render import render\n"
        "from tests.render.sample import brief\n"
        "made = render(brief(), ['markdown', 'html', 'pdf'], pathlib.Path(sys.argv[1]))\n"
        "print([hashlib.sha256(one.content).hexdigest() for one in made])\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    names = ("brief.md", "brief.html", "brief.pdf")
    assert done.stdout == f"{[hashlib.sha256(outputs[name]).hexdigest() for name in names]}\n"


def test_an_empty_brief_can_be_rendered(work: Path) -> None:
    brief = Brief("empty", FrontMatter("Nothing yet"), (), ())
    made = render(brief, ["markdown", "html", "pdf"], work)
    assert all(b"Nothing yet" in artifact.content for artifact in made[:2])


def test_sections_without_items_say_so(work: Path) -> None:
    whole = sample.brief()
    bare = []
    for section in whole.sections:
        empty = {
            name: ()
            for name in ("groups", "picked", "entries", "unrated")
            if hasattr(section, name)
        }
        bare.append(replace(section, **empty))  # type: ignore[arg-type]
    text = render(replace(whole, sections=tuple(bare)), ["markdown"], work)[0].content.decode()
    for kind in ("positions", "proposals", "risks", "key messages", "sources"):
        assert f"*No {kind} were found in the sources.*" in text
    render(replace(whole, sections=tuple(bare)), ["html"], work)
