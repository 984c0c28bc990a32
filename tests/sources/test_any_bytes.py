"""Whatever the bytes and the name: a sound document, or an error of one line."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.errors import SourceError
from briefgen.sources import read
from tests.sources.helpers import assert_sound

SUFFIXES = ["", ".txt", ".md", ".html", ".pdf", ".docx", ".TXT", ".rtf", ".x"]

_pieces = st.sampled_from(
    ["\n", "\n\n", "\r", "\r\n", "\f", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\x1c", "\x85", "a",
     "The plan was adopted by one vote. ", "Title", "- ", "• ", "1. ", "(a) ", "# ", "> ", "| ",
     "---\n", "===", "***", "a: b\n", "![x](y)", "[x](y)", "Photo: AFP", "Back to Top", "©",
     "You might also like", "<p>", "</p>", "<br>", "<table><tr><td>", "<li>", "<!--", "<html>",
     "<script>", "&amp;", "&#0;", "&#x1F600;", "😀", "é", "\u2028", "`", "```\n", "[^1]",
     "14 May 2020"]
)  # fmt: skip
_texts = st.lists(_pieces | st.text(max_size=20), max_size=40).map("".join)
_encoded = st.tuples(
    _texts, st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "utf-8-sig", "utf-32"])
).map(lambda pair: pair[0].encode(pair[1], "replace"))
_starts = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"{\\rtf", b"---\n"]
)
_bytes = st.builds(lambda start, rest: start + rest, _starts, st.binary(max_size=400) | _encoded)


def _check(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            document = read(path, f"sources/{name}")
        except SourceError as error:
            (line,) = error.lines
            assert line.startswith(f"sources/{name}: ")
            assert "\n" not in line
        else:
            assert_sound(document)
            assert document.text.strip()


@given(_bytes, st.sampled_from(SUFFIXES))
@settings(max_examples=200, deadline=None)
def test_any_bytes(data, suffix):
    _check(data, f"a{suffix}")


@given(_texts, st.sampled_from([".txt", ".md", ".html"]))
@settings(max_examples=150, deadline=None)
def test_any_text(text, suffix):
    _check(text.encode("utf-8", "replace"), f"a{suffix}")


@given(st.text(min_size=1, max_size=40).filter(lambda n: n not in (".", "..")))
@settings(max_examples=100, deadline=None)
def test_any_name(name):
    name = name.replace("/", "-").replace("\0", "-").encode("utf-8", "replace").decode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(b"The plan was adopted by one vote.")
        try:
            assert_sound(read(path))
        except SourceError as error:
            assert "no reader for" in error.lines[0]  # noqa: PT017


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize(
    "unit", ["a", "(", "\n", "- ", "| ", "[a](", "*", "#", "<", "<p>a", "&", "> ", '"', "a: b\n"]
)
def test_much_of_one_thing_ends(unit, suffix):
    _check(unit.encode() * (60_000 // len(unit)), f"a{suffix}")
