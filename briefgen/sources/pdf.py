"""PDF files: characters with their places, made into lines, columns and paragraphs."""

import ctypes
import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from briefgen.model import Block, BlockKind, Span
from briefgen.sources import boilerplate, metadata, text
from briefgen.sources.limits import MAX_CHARACTERS, check_length
from briefgen.sources.pdf_lines import (
    Fragment,
    Line,
    fragments,
    in_reading_order,
    without_furniture,
)
from briefgen.sources.pdf_paragraphs import Paragraph, paragraphs
from briefgen.sources.reading import Facts, Raw, Reading, Unreadable

MAX_PAGES = 5_000
"""Pages of one file; reading takes about 100 pages a second."""


def read(raw: Raw) -> Reading:
    """Text of a PDF in reading order, with the offset at which each page starts.

    Running heads, running feet and page numbers are left out of the text, so that a paragraph
    that goes on over a page break is one block; so are superscript numbers of footnotes. Lines of
    a paragraph are joined by a space, words hyphenated at a line's end are joined. Footnotes stand
    before the last paragraph of their page. Raises Unreadable for encrypted and damaged files and
    for scans without text.
    """
    with _open(raw.data) as document:
        pages = _pages(document)
        said = _facts(document)
    if not any(pages):
        raise Unreadable("has no text (scanned?); run OCR first, e.g. ocrmypdf")
    found = paragraphs(without_furniture([in_reading_order(page) for page in pages]))
    return _set_out(found, len(pages), said, _all_words(pages))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw_pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("needs a password (save a copy without one)") from None
        raise Unreadable("is a damaged or incomplete PDF (get the file again)") from None


def _pages(document: pdfium.PdfDocument) -> list[list[Fragment]]:
    count = len(document)
    if count > MAX_PAGES:
        raise Unreadable(f"has {count:,} pages, more than {MAX_PAGES:,} (split it)")
    if count == 0:
        raise Unreadable("is a damaged PDF: it has no pages (get the file again)")
    pages: list[list[Fragment]] = []
    length = 0
    for index in range(count):
        try:
            page = document[index]
            textpage = page.get_textpage()
        except pdfium.PdfiumError:
            raise Unreadable(f"page {index + 1} is damaged (get the file again)") from None
        pages.append(fragments(textpage, page.get_height()))
        length += sum(len(fragment.text) for fragment in pages[-1])
        textpage.close()
        page.close()
        if length > MAX_CHARACTERS:
            raise Unreadable(f"has more than {MAX_CHARACTERS:,} characters of text (split it)")
    return pages


def _facts(document: pdfium.PdfDocument) -> Facts:
    said = document.get_metadata_dict()
    return Facts(
        title=metadata.as_title(said.get("Title")),
        author=metadata.as_name(re.sub(r",?\s*https?://\S+", "", said.get("Author", ""))),
        published=_pdf_date(said.get("CreationDate", "")),
        language=metadata.as_language(_language(document)),
    )


def _pdf_date(value: str) -> str | None:
    match = re.match(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)", value)
    return metadata.as_date("-".join(match.groups())) if match else None


def _language(document: pdfium.PdfDocument) -> str | None:
    get = getattr(raw_pdfium, "FPDFCatalog_GetLanguage", None)
    if get is None:
        return None
    buffer = (ctypes.c_ushort * 64)()
    size = get(document.raw, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace") if size > 2 else None


def _all_words(pages: Sequence[Sequence[Fragment]]) -> Counter[str]:
    """How often each word, hyphens inside it included, stands in the middle of a line."""
    words: Counter[str] = Counter()
    for page in pages:
        for fragment in page:
            words.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-?$)", fragment.text.lower()))
    return words


def _set_out(found: Sequence[Paragraph], pages: int, said: Facts, known: Counter[str]) -> Reading:
    parts: list[str] = []
    places: list[tuple[BlockKind, int, int]] = []
    starts: dict[int, int] = {}
    offset = 0
    before: Paragraph | None = None
    for paragraph in found:
        words, breaks = _join(paragraph.lines, known)
        if not words:
            continue
        if before is not None:
            row = BlockKind.TABLE
            parts.append("\n" if paragraph.kind is before.kind is row else "\n\n")
            offset += len(parts[-1])
        for at, page in breaks:
            starts.setdefault(page, offset + at)
        parts.append(words)
        places.append((paragraph.kind, offset, offset + len(words)))
        offset += len(words)
        before = paragraph
    whole = "".join(parts)
    check_length(whole)
    kinds = boilerplate.mark([(kind, whole[start:end]) for kind, start, end in places])
    blocks = [
        Block(kind, Span(start, end)) for kind, (_, start, end) in zip(kinds, places, strict=True)
    ]
    printed = _printed(found, whole, blocks)
    title = said.title or printed.title
    facts = Facts(title=title, published=printed.published).over(said).over(printed)
    return Reading(whole, tuple(blocks), facts, _page_starts(starts, pages, len(whole)))


def _printed(found: Sequence[Paragraph], whole: str, blocks: list[Block]) -> Facts:
    """What the first page tells: the heading in the largest letters, a date near the top."""
    top = [p for p in found if p.lines[0].page == 0][:12]
    headings = [p for p in top if p.kind is BlockKind.HEADING]
    size = max((p.lines[0].size for p in headings), default=0.0)
    largest = next((p for p in headings if p.lines[0].size > 0.95 * size), None)
    title = " ".join(line.text for line in largest.lines) if largest else None
    told = text.facts(whole, blocks)
    dates = (
        date
        for block in blocks[:8]
        for words in [whole[block.span.start : block.span.end]]
        if not boilerplate.is_prose(words) and len(words) < 200
        if (date := metadata.find_date(words))
    )
    return Facts(metadata.as_title(title), published=next(dates, None)).over(told)


def _page_starts(starts: dict[int, int], pages: int, length: int) -> tuple[int, ...]:
    """Offset of each page; a page without text starts where the next one does."""
    result = [0] * pages
    following = length
    for page in range(pages - 1, -1, -1):
        following = min(starts.get(page, following), following)
        result[page] = following
    result[0] = 0
    return tuple(result)


def _join(lines: Sequence[Line], known: Counter[str]) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph's words on one line, and the offset at which each of its pages begins."""
    parts: list[str] = []
    breaks: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        words = " ".join(line.text.split())
        if not words:
            continue
        if parts:
            last = parts[-1]
            cut = _hyphen(last, words, known)
            if cut is None:
                parts.append(" ")
                length += 1
            elif cut:
                parts[-1] = last[:-1]
                length -= 1
        if not breaks or breaks[-1][1] != line.page:
            breaks.append((length, line.page))
        parts.append(words)
        length += len(words)
    return "".join(parts), breaks


_LAST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_FIRST = re.compile(r"[^\W\d_]+")
_PREFIXES = frozenset(
    "all anti co counter cross ex high inter long low mid multi near non one post pre pro quasi re "
    "self semi short sub two three four five well".split()
)


def _hyphen(last: str, following: str, known: Counter[str]) -> bool | None:
    """Whether the hyphen at a line's end goes (True) or stays (False); None if there is none."""
    if last.endswith("\u00ad"):
        return True
    match, begins = _LAST.search(last), _FIRST.match(following)
    if match is None or begins is None:
        # "pages 12-" / "15", "US-" / "2024": joined without a space, the hyphen kept.
        return False if re.search(r"\w-$", last) and following[:1].isalnum() else None
    head, tail = match[1].lower(), begins[0].lower()
    joined, hyphened = known[head.split("-")[-1] + tail], known[f"{head}-{tail}"]
    if joined or hyphened:
        return joined > hyphened
    if not begins[0].islower() or head in _PREFIXES or match[1].isupper() or "-" in head:
        return False
    # "mineral-" / "related": both halves are words of this document, so it is a compound.
    return not (len(head) > 3 and len(tail) > 3 and known[head] and known[tail])
