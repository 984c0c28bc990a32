"""Bad input gets a clear line and exit code 1, and nothing that was there before is lost."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
import pytest
import weasyprint

from briefgen.cli import main

GOOD = "title: T\nsources: [good.txt]\noutputs: [markdown]\n"
SENTENCE = "The Harbour Council opposes the dredging plan for the outer harbour.\n"


def pdf(html: str) -> bytes:
    return bytes(weasyprint.HTML(string=html).write_pdf())


def encrypted(folder: Path) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf("<p>Secret words.</p>")))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(str(folder / "a.pdf"))


def scanned(folder: Path) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
    (folder / "a.pdf").write_bytes(pdf(svg))


def truncated(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(pdf("<p>Some words.</p>")[:300])


def zip_bomb(folder: Path) -> None:
    path = folder / "a.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", b"\0" * 400_000_000)


def xml_bomb(folder: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><w:document xmlns:w="x">&l9;</w:document>'
    inner = io.BytesIO()
    docx.Document().save(inner)
    with (
        zipfile.ZipFile(inner) as good,
        zipfile.ZipFile(folder / "a.docx", "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, body if name == "word/document.xml" else good.read(name))


def huge(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.write(SENTENCE.encode() * 780_000)


def written(name: str, content: bytes | str) -> Callable[[Path], None]:
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(data) and None


def nothing(folder: Path) -> None:
    """Make no file."""


SOURCES: list[tuple[str, str, Callable[[Path], None], str]] = [
    ("missing", "a.txt", nothing, "a.txt"),
    ("a folder", "sub", lambda f: (f / "sub").mkdir(), "sub"),
    ("empty", "a.txt", written("a.txt", ""), "a.txt: is empty"),
    ("only spaces", "a.txt", written("a.txt", " \n\t\n "), "a.txt"),
    ("binary", "a.txt", written("a.txt", bytes(range(256)) * 40), "a.txt"),
    ("a picture", "a.png", written("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "a.png: "),
    ("rich text", "a.rtf", written("a.rtf", r"{\rtf1 words}"), "a.rtf: no reader"),
    ("encrypted PDF", "a.pdf", encrypted, "a.pdf: "),
    ("scanned PDF", "a.pdf", scanned, "a.pdf: has no text"),
    ("truncated PDF", "a.pdf", truncated, "a.pdf: "),
    ("not a PDF", "a.pdf", written("a.pdf", b"%PDF-1.7\n" + b"\xff" * 200), "a.pdf: "),
    ("zip bomb", "a.docx", zip_bomb, "a.docx: "),
    ("XML bomb", "a.docx", xml_bomb, "a.docx: "),
    ("no document", "a.docx", written("a.docx", b"PK\x05\x06" + b"\0" * 18), "a.docx: "),
    ("50 MB of text", "a.txt", huge, "a.txt: "),
    ("glob without files", "none/*.md", nothing, "none/*.md"),
    ("a scheme of its own", "ftp://example.org/a.txt", nothing, "ftp://example.org/a.txt"),
    ("loopback", "http://127.0.0.1:9/a.html", nothing, "http://127.0.0.1:9/a.html"),
    ("private address", "http://10.0.0.1/a.html", nothing, "http://10.0.0.1/a.html"),
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a brief that was built once."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(SENTENCE)
    (tmp_path / "brief.yaml").write_text(GOOD)
    assert main(["build", "brief.yaml"]) == 0
    return tmp_path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def assert_refused(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    before = snapshot(folder / "out")
    capsys.readouterr()
    assert main(["build", "brief.yaml"]) == 1
    printed = capsys.readouterr()
    lines = [line for line in printed.err.splitlines() if ": warning: " not in line]
    assert lines
    assert all(line.startswith("briefgen: ") for line in lines), printed.err
    assert "Traceback" not in printed.err
    for word in words:
        assert word in printed.err
    assert snapshot(folder / "out") == before
    assert [p.name for p in (folder / "out").iterdir()] == ["brief"]
    return lines


@pytest.mark.parametrize(("title", "path", "make", "words"), SOURCES, ids=[s[0] for s in SOURCES])
def test_bad_sources(
    title: str,
    path: str,
    make: Callable[[Path], None],
    words: str,
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make(project)
    (project / "brief.yaml").write_text(GOOD.replace("good.txt", f"good.txt, '{path}'"))
    lines = assert_refused(project, capsys, words)
    assert len(lines) == 1


def test_every_bad_source_is_named_at_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "empty.txt").touch()
    (project / "brief.yaml").write_text(GOOD.replace("good.txt", "empty.txt, gone.txt"))
    assert len(assert_refused(project, capsys, "empty.txt", "gone.txt")) == 2


def test_two_sources_with_one_id(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "sub").mkdir()
    (project / "sub/good.txt").write_text("Ships may sink in the outer harbour this winter.")
    (project / "brief.yaml").write_text(GOOD.replace("good.txt", "good.txt, sub/good.txt"))
    assert_refused(project, capsys, "brief.yaml:2:", "good")


def test_other_encodings_are_read(project: Path) -> None:
    text = "Der Stadtrat von Nürnberg lehnt die Maut für schwere Güterzüge über die Brücke ab.\n"
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (project / "good.txt").write_bytes(text.encode(encoding))
        assert main(["build", "brief.yaml"]) == 0


YAMLS = {
    "a syntax error": ("title: [T\n", "brief.yaml:2:1: "),
    "an unknown key": (GOOD + "colour: red\n", "brief.yaml:4:1: unknown key 'colour'"),
    "a wrong type": (GOOD + "topics: [a]\n", "brief.yaml:4:1: topics: "),
    "an alias bomb": (
        GOOD
        + "a0: &a0 [x]\n"
        + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 9)),
        "expands to more than 100,000 values",
    ),
    "a citation of nothing": (
        GOOD + "sections: [{text: {text: 'See [@god].'}}]\n",
        "brief.yaml:4:20: no source has the id 'god' (did you mean 'good'?)",
    ),
    "a missing text file": (
        GOOD + "sections: [{text: {file: why.md}}]\n",
        "brief.yaml:4:20: why.md: cannot be read",
    ),
}


@pytest.mark.parametrize("title", YAMLS)
def test_bad_yaml(title: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, words = YAMLS[title]
    (project / "brief.yaml").write_text(text)
    assert_refused(project, capsys, words)


TEMPLATES = {
    "an undefined name": ("{{ breif.front.title }}", "templates/brief.md.j2:1: 'breif'"),
    "a syntax error": ("\n{% if %}", "templates/brief.md.j2:2: "),
    "a missing include": ("{% include 'gone.md.j2' %}", "gone.md.j2"),
    "a way out of the sandbox": ("{{ ''.__class__.__mro__ }}", "templates/brief.md.j2:1: "),
}


@pytest.mark.parametrize("title", TEMPLATES)
def test_bad_templates(title: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, words = TEMPLATES[title]
    (project / "templates").mkdir()
    (project / "templates/brief.md.j2").write_text(text)
    assert_refused(project, capsys, words)


def test_a_file_where_the_output_folder_should_be(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "file").write_text("mine")
    assert main(["build", "brief.yaml", "--out", "file"]) == 1
    assert "file/brief: cannot be written: " in capsys.readouterr().err
    assert (project / "file").read_text() == "mine"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The kernel's own "no space left", raised where a file's last bytes reach the disk.
    made = os.fsync

    def full(descriptor: int) -> None:
        with open("/dev/full", "wb", buffering=0) as device:  # noqa: PTH123 (raises ENOSPC)
            device.write(b"x")
        made(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    assert_refused(project, capsys, "No space left on device (free some space)")


def test_a_read_only_folder(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, so a file system that is read-only by itself stands in.
    assert main(["build", "brief.yaml", "--out", "/proc/briefgen"]) == 1
    assert "/proc/briefgen/brief: cannot be written: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{ 7 * 7 }} {% include '/etc/passwd' %}",
        "[click](javascript:alert(1)) ![x](http://127.0.0.1/x.png)",
        "| a | b | `code` # not a heading [^1]",
    ],
)
def test_source_text_stays_text(hostile: str, project: Path) -> None:
    sentence = f"The Harbour Council opposes the plan for the outer harbour {hostile}."
    (project / "good.txt").write_text(sentence)
    (project / "brief.yaml").write_text(GOOD.replace("markdown", "markdown, html"))
    assert main(["build", "brief.yaml"]) == 0
    html = (project / "out/brief/brief.html").read_text()
    assert html.count("<script") == html.count('<script type="application/ld+json">') == 1
    assert "javascript:" not in html.replace("(javascript:alert(1))", "")
    assert "<img" not in html
    assert "49 " not in html
