import logging

import pytest

from briefgen.errors import SourceError
from tests.sources.helpers import read_bytes

TEXT = "The café said: “no”. It cost €5, and the naïve owner’s plan – his own – failed."


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(encoding, tmp_path):
    text = TEXT
    mark = {"utf-16-le": b"", "utf-16-be": b""}.get(encoding, b"")
    assert read_bytes(tmp_path, "a.txt", mark + text.encode(encoding)).text == text


def test_cyrillic_of_old(tmp_path):
    text = "Совет рассмотрел план гавани и отложил решение до весны. Рыбаки против плана. " * 5
    assert read_bytes(tmp_path, "a.txt", text.encode("cp1251")).text == text


def test_a_few_bad_bytes_are_read_and_reported(tmp_path, caplog):
    data = ("Ключ – ключ. " * 20).encode() + b"It cost \x80 5 and \x93no\x94."
    with caplog.at_level(logging.WARNING):
        document = read_bytes(tmp_path, "a.txt", data)
    assert document.text.endswith("It cost € 5 and “no”.")
    assert caplog.messages[0].startswith("sources/a.txt: ")


def test_a_guess_is_reported(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        read_bytes(tmp_path, "a.txt", TEXT.encode("cp1252"))
    assert "save it as UTF-8" in caplog.text


def test_html_names_its_encoding(tmp_path):
    page = (
        '<html><head><meta charset="iso-8859-2"></head><body><p>Zażółć gęślą jaźń</p></body></html>'
    )
    assert "Zażółć gęślą jaźń" in read_bytes(tmp_path, "a.html", page.encode("iso-8859-2")).text


@pytest.mark.parametrize("data", [b"a\x00b" * 99, bytes(range(1, 9)) * 99])
def test_binary_is_no_text(data, tmp_path):
    with pytest.raises(SourceError, match=r"^sources/a\.txt: is not text"):
        read_bytes(tmp_path, "a.txt", data)
