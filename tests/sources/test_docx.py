import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from briefgen.errors import SourceError
from briefgen.model import BlockKind
from briefgen.sources import read
from tests.sources.helpers import SHARED, assert_sound, outline, read_bytes

PROSE = "The council of the harbour town voted for the new plan on Tuesday, by one vote only."


def _bytes(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _with_part(data: bytes, name: str, change) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name else content)
    return buffer.getvalue()


@pytest.fixture
def plan():
    document = docx.Document()
    document.core_properties.title = "Harbour plan"
    document.core_properties.author = "Ana Lima"
    document.core_properties.language = "en-GB"
    document.add_heading("Harbour plan", 1)
    document.add_paragraph(PROSE)
    document.add_paragraph("A levy on ferries", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Port", "Ships"), ("North", "120")), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_paragraph().add_run("What comes next").bold = True
    return document


def test_body_in_order(plan, tmp_path):
    document = read_bytes(tmp_path, "plan.docx", _bytes(plan))
    assert_sound(document)
    assert outline(document) == [
        ("heading", "Harbour plan"),
        ("paragraph", PROSE),
        ("list item", "A levy on ferries"),
        ("table", "Port | Ships"),
        ("table", "North | 120"),
        ("heading", "What comes next"),
    ]
    source = document.source
    assert (source.title, source.author, source.language) == ("Harbour plan", "Ana Lima", "en-GB")


def test_changes_are_accepted_and_links_keep_their_words(plan, tmp_path):
    paragraph = plan.add_paragraph("The levy ")
    words = nsdecls("w")
    for xml in (
        f'<w:del {words} w:id="1"><w:r><w:delText>may</w:delText></w:r></w:del>',
        f'<w:ins {words} w:id="2"><w:r><w:t xml:space="preserve">will be </w:t></w:r></w:ins>',
        f'<w:hyperlink {words} w:anchor="x"><w:r><w:t>one euro</w:t></w:r></w:hyperlink>',
        f"<w:sdt {words}><w:sdtContent><w:r><w:t>.</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml))
    document = read_bytes(tmp_path, "plan.docx", _bytes(plan))
    assert outline(document)[-1] == ("paragraph", "The levy will be one euro.")


def test_entities_are_refused(plan, tmp_path):
    def bomb(xml: bytes) -> bytes:
        start = xml.index(b"?>") + 2
        return xml[:start] + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xml[start:]

    data = _with_part(_bytes(plan), "word/document.xml", bomb)
    with pytest.raises(SourceError, match=r"plan\.docx: has XML entities"):
        read_bytes(tmp_path, "plan.docx", data)


def test_a_zip_bomb_is_refused(plan, tmp_path):
    data = _with_part(_bytes(plan), "word/document.xml", lambda xml: xml + b" " * 50_000_000)
    with pytest.raises(SourceError, match=r"zip bomb"):
        read_bytes(tmp_path, "plan.docx", data)


def test_a_package_with_too_many_parts_is_refused(plan, tmp_path):
    buffer = io.BytesIO(_bytes(plan))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(5_001):
            archive.writestr(f"x{number}", "")
    with pytest.raises(SourceError, match=r"parts, more than 5,000"):
        read_bytes(tmp_path, "plan.docx", buffer.getvalue())


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.95])
def test_a_cut_file_is_damaged(cut, plan, tmp_path):
    data = _bytes(plan)
    with pytest.raises(SourceError, match=r"plan\.docx: is a damaged"):
        read_bytes(tmp_path, "plan.docx", data[: int(len(data) * cut)])


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("content", [b"", b"<a/>", b"<a", b"\x00\xff" * 9])
def test_a_damaged_part(part, content, plan, tmp_path):
    data = _with_part(_bytes(plan), part, lambda _: content)
    with pytest.raises(SourceError):
        read_bytes(tmp_path, "plan.docx", data)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the documents beside the checkout")
@pytest.mark.parametrize("path", sorted(SHARED.glob("originals/*.docx")), ids=lambda p: p.name[:2])
def test_real_documents(path):
    document = read(path)
    assert_sound(document)
    kinds = {block.kind for block in document.blocks}
    assert BlockKind.HEADING in kinds
    assert kinds & {BlockKind.TABLE, BlockKind.LIST_ITEM}
