import io
import logging
import zipfile

import pytest

from briefgen.errors import SourceError
from tests.sources.helpers import read_bytes

PAGE = "<!DOCTYPE html><html><body><p>The council voted for the plan on Tuesday.</p></body></html>"


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.rtf", rb"{\rtf1\ansi Hello}", "no reader for .rtf (known: .txt .md .html .pdf .docx)"),
        ("a.txt", rb"{\rtf1\ansi Hello}", "no reader for .rtf"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "no reader for .png"),
        ("a.xlsx", _zip("xl/workbook.xml"), "no reader for .xlsx"),
        ("a.pptx", _zip("ppt/presentation.xml"), "no reader for .pptx"),
        ("a.odt", _zip("content.xml"), "no reader for .odt"),
        ("a.epub", _zip("META-INF/container.xml"), "no reader for .epub"),
        ("a.zip", _zip("letter.txt"), "no reader for .zip"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 50, "damaged"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            ".doc ",
        ),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "is encrypted",
        ),
        ("a.pdf", b"\x00\x01\x02", "is not a PDF, or is damaged"),
        ("a.csv", b"a,b\n1,2\n", "no reader for .csv"),
        ("a.txt", b"", "is empty"),
        ("a.md", b" \n\t\r\n ", "is empty"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "is empty"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<", "is a damaged or incomplete PDF"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(name, data, problem, tmp_path):
    with pytest.raises(SourceError) as error:
        read_bytes(tmp_path, name, data)
    (line,) = error.value.lines
    assert line.startswith(f"sources/{name}: ")
    assert problem in line
    assert "\n" not in line


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.md", "a.docx"])
def test_a_page_under_another_name_is_read_with_a_warning(name, tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        document = read_bytes(tmp_path, name, PAGE)
    assert document.text == "The council voted for the plan on Tuesday."
    assert f"sources/{name}: is an HTML page named .{name[2:]}, read as HTML" in caplog.text


def test_text_without_a_suffix_is_text(tmp_path):
    assert read_bytes(tmp_path, "README", "The council voted.").text == "The council voted."


def test_text_may_talk_of_tags(tmp_path):
    text = "Write <p>, <div> and </p> in your page: </p></div></p></li>."
    assert read_bytes(tmp_path, "a.txt", text).text == text


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_001)
    from briefgen.sources import read

    with pytest.raises(SourceError, match=r"larger than 50 MB"):
        read(tmp_path / "a.txt")


def test_too_long_a_text_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"characters of text, more than 5,000,000"):
        read_bytes(tmp_path, "a.txt", "word " * 1_000_001)
