import io
import re
from functools import cache

import pypdf
import pytest
import weasyprint

from briefgen.errors import SourceError
from briefgen.model import BlockKind, Span
from briefgen.sources import read
from tests.sources.helpers import SHARED, assert_sound, outline, read_bytes, words_of

_WORDS = "pier quay ferry tide mast wharf canal lock buoy crane cargo sailor".split()
SENTENCES = [
    f"The {_WORDS[n % 12]} and the {_WORDS[n // 12 + 6]} cost {n} thousand euros, said the "
    f"{_WORDS[n * 5 % 12]} owners, and a {_WORDS[n * 7 % 11]} would take the people of "
    f"district D{n}. "
    f"Another {_WORDS[n * 3 % 10]} is to pay for."
    for n in range(60)
]


_NO_HEADS = "@page { @top-center { content: none } @bottom-right { content: none } }"


@cache
def _pdf(css: str, body: str, title: str = "") -> bytes:
    html = (
        f"<html lang='en'><head><title>{title}</title><style>@page {{ size: A5; margin: 2cm;"
        f"@top-center {{ content: 'Harbour papers 7' }}"
        f"@bottom-right {{ content: counter(page) }} }}"
        f"body {{ font: 10pt/1.3 serif }} {css}</style></head><body>{body}</body></html>"
    )
    data = weasyprint.HTML(string=html).write_pdf()
    assert data is not None
    return data


def _paragraphs(size: int) -> str:
    return "".join(
        f"<p>{' '.join(SENTENCES[i : i + size])}</p>" for i in range(0, len(SENTENCES), size)
    )


def test_paragraphs_pages_and_running_heads(tmp_path):
    data = _pdf(
        "p { text-align: justify }", f"<h1>Plan for the harbour</h1>{_paragraphs(6)}", "Plan"
    )
    document = read_bytes(tmp_path, "plan.pdf", data)
    assert_sound(document)
    assert outline(document)[0] == ("heading", "Plan for the harbour")
    found = words_of(document, BlockKind.PARAGRAPH)
    assert " ".join(found) == " ".join(SENTENCES)
    # Where a page ends with a sentence and a full line, nobody can tell if the paragraph does.
    assert all(words.startswith(("The ", "Another ")) for words in found)
    assert 10 <= len(found) < 10 + len(document.page_starts)
    assert "Harbour papers" not in document.text
    assert document.source.title == "Plan"
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert len(document.page_starts) == len(pages) > 3
    for number in range(60):
        start = document.text.index(f"D{number}.")
        page = document.locate(Span(start, start + 2)).page
        assert f"D{number}." in pages[page - 1]


def test_two_columns_under_a_wide_title(tmp_path):
    body = f"<h1>A wide title over both of the columns</h1><div class=c>{_paragraphs(3)}</div>"
    css = ".c { columns: 2; column-gap: 8mm; font-size: 8pt } h1 { font-size: 14pt }"
    document = read_bytes(tmp_path, "plan.pdf", _pdf(css, body))
    assert_sound(document)
    found = words_of(document, BlockKind.PARAGRAPH)
    assert " ".join(found) == " ".join(SENTENCES)
    assert all(words.startswith(("The ", "Another ")) for words in found)


def test_hyphens_at_line_ends(tmp_path):
    words = "government's extraordinarily well-known Indo-Pacific responsibilities notwithstanding "
    body = f"<p>{words * 30}</p><p>{'The responsibilities of governments. ' * 3}</p>"
    document = read_bytes(tmp_path, "plan.pdf", _pdf("p { hyphens: auto; width: 5cm }", body))
    flat = document.text
    assert flat.count("well-known") == 30
    assert flat.count("Indo-Pacific") == 30
    assert flat.count("extraordinarily") == 30
    assert not re.search(r"\w- \w|\u00ad|\ufffe|\x02", flat)


def test_lists_tables_and_headings(tmp_path):
    body = (
        f"<h2>Measures</h2><p>{SENTENCES[0]}</p><ul><li>{SENTENCES[1]}</li><li>A fund</li></ul>"
        "<table><tr><td>Port</td><td>Ships</td></tr><tr><td>North</td><td>120</td></tr>"
        f"<tr><td>South</td><td>80</td></tr></table><p><b>Next steps</b></p><p>{SENTENCES[2]}</p>"
    )
    document = read_bytes(tmp_path, "plan.pdf", _pdf(f"td {{ width: 4cm }} {_NO_HEADS}", body))
    assert outline(document) == [
        ("heading", "Measures"),
        ("paragraph", SENTENCES[0]),
        ("list item", f"• {SENTENCES[1]}"),
        ("list item", "• A fund"),
        ("table", "Port | Ships"),
        ("table", "North | 120"),
        ("table", "South | 80"),
        ("heading", "Next steps"),
        ("paragraph", SENTENCES[2]),
    ]


def test_footnote_calls_are_left_out_and_notes_do_not_cut_paragraphs(tmp_path):
    css = (
        ".n { float: footnote; font-size: 7pt } ::footnote-call { font-size: 6pt; "
        "vertical-align: super } ::footnote-marker { font-size: 5pt; vertical-align: super }"
    )
    text = " ".join(SENTENCES[:24]).replace(
        "pay for. ", "pay for.<span class=n>Minutes of the meeting.</span> ", 3
    )
    document = read_bytes(tmp_path, "plan.pdf", _pdf(css, f"<p>{text}</p>"))
    assert_sound(document)
    found = [w for w in words_of(document, BlockKind.PARAGRAPH) if "Minutes" not in w]
    assert " ".join(found) == " ".join(SENTENCES[:24])
    assert document.text.count("Minutes of the meeting.") == 3


def test_metadata_that_programs_write_is_not_believed(tmp_path):
    body = f"<h1>Plan for the harbour</h1><p>14 March 2023</p><p>{SENTENCES[0]}</p>"
    document = read_bytes(tmp_path, "plan.pdf", _pdf("", body, "Microsoft Word - plan.doc"))
    assert document.source.title == "Plan for the harbour"
    assert document.source.published == "2023-03-14"


def test_empty_pages_start_where_the_next_one_does(tmp_path):
    new_page = "style='break-before: page'"
    body = f"<p>{SENTENCES[0]}</p><div {new_page}></div><p {new_page}>End.</p>"
    document = read_bytes(tmp_path, "plan.pdf", _pdf(_NO_HEADS, body))
    assert document.page_starts[1] == document.page_starts[2] == document.text.index("End.")


def test_a_password_is_asked_for(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_pdf("", "<p>Secret.</p>")))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(SourceError, match=r"plan\.pdf: needs a password"):
        read_bytes(tmp_path, "plan.pdf", buffer.getvalue())


def test_an_owner_password_alone_lets_one_read(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_pdf("", f"<p>{SENTENCES[0]}</p>")))
    writer.encrypt("", "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert SENTENCES[0] in read_bytes(tmp_path, "plan.pdf", buffer.getvalue()).text


def test_a_scan_needs_ocr(tmp_path):
    with pytest.raises(SourceError, match=r"has no text \(scanned\?\); run OCR first"):
        read_bytes(
            tmp_path, "plan.pdf", _pdf(_NO_HEADS, "<div style='background: red'>&nbsp;</div>")
        )


@pytest.mark.parametrize("cut", [0.01, 0.3, 0.6, 0.9])
def test_a_cut_file_is_damaged_or_still_readable(cut, tmp_path):
    data = _pdf("", _paragraphs(6))
    try:
        assert_sound(read_bytes(tmp_path, "plan.pdf", data[: int(len(data) * cut)]))
    except SourceError as error:
        assert error.lines[0].startswith("sources/plan.pdf: ")  # noqa: PT017


_FLAT = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R
  /Resources << /Font << /F1 5 0 R >> >> >> endobj
4 0 obj << /Length 124 >>
stream
BT /F1 1 Tf 12 0 0 0 40 300 Tm (The quay is full of ships.) Tj
12 0 0 0 40 280 Tm (Nobody comes to clear it.) Tj ET
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
trailer << /Size 6 /Root 1 0 R >>
"""
"""Its text matrix leaves no height to letters, as a damaged font does."""


def test_letters_without_a_height_are_read(tmp_path):
    text = read_bytes(tmp_path, "plan.pdf", _FLAT).text
    assert text.split() == "The quay is full of ships. Nobody comes to clear it.".split()


@pytest.mark.skipif(not SHARED.exists(), reason="needs the documents beside the checkout")
@pytest.mark.parametrize(
    ("name", "pages"), [("p1", 3), ("p3", 3), ("p4", 43), ("p6", 8), ("p8", 16)]
)
def test_real_documents(name, pages):
    document = read(next(SHARED.glob(f"originals/{name}_*.pdf")))
    assert_sound(document)
    assert len(document.page_starts) == pages
    assert len(words_of(document, BlockKind.PARAGRAPH)) > 2 * pages
    assert words_of(document, BlockKind.HEADING)
