"""What a file is, told from its bytes first and its name second."""

import io
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePosixPath

from briefgen.sources.reading import Raw, Unreadable


class FileType(StrEnum):
    """Types that have a reader; the value is how messages call it."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "an HTML page"
    PDF = "a PDF"
    DOCX = "a Word document"


SUFFIXES = {
    ".txt": FileType.TEXT,
    ".text": FileType.TEXT,
    ".md": FileType.MARKDOWN,
    ".markdown": FileType.MARKDOWN,
    ".html": FileType.HTML,
    ".htm": FileType.HTML,
    ".xhtml": FileType.HTML,
    ".pdf": FileType.PDF,
    ".docx": FileType.DOCX,
}
"""Type that a file's name promises."""

_KNOWN = "known: .txt .md .html .pdf .docx"

_MAGIC = (
    (b"{\\rtf", ".rtf", "an RTF document; save it as .docx"),
    (b"\x89PNG", ".png", "an image"),
    (b"\xff\xd8\xff", ".jpg", "an image"),
    (b"GIF8", ".gif", "an image"),
    (b"II*\x00", ".tif", "an image"),
    (b"MM\x00*", ".tif", "an image"),
    (b"%!PS", ".ps", "PostScript; save it as .pdf"),
    (b"\x1f\x8b", ".gz", "a compressed file; unpack it first"),
    (b"BZh", ".bz2", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", ".7z", "an archive; unpack it first"),
    (b"Rar!", ".rar", "an archive; unpack it first"),
    (b"\x7fELF", "programs", "a program"),
    (b"RIFF", "media files", "sound, video or an image"),
    (b"ID3", ".mp3", "sound"),
    (b"SQLite format 3", ".sqlite", "a database"),
)
"""First bytes of formats without a reader (file(1)'s magic database)."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Compound File Binary header: Office 97-2003 files and encrypted newer ones ([MS-CFB] 2.2)."""

_ZIP_PARTS = (
    ("xl/", ".xlsx", "a spreadsheet; save its text as .docx or .txt"),
    ("ppt/", ".pptx", "a slide deck; save it as .pdf"),
    ("content.xml", ".odt", "an OpenDocument file; save it as .docx"),
    ("META-INF/container.xml", ".epub", "an e-book; save it as .html or .pdf"),
)

_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAGS = re.compile(
    rb"</(?:p|div|h[1-6]|li|ul|table|span|a|section|article)\s*>", re.IGNORECASE
)
_SNIFF = 65_536
"""Bytes looked at; web pages open with their tags, and PDF allows its header in the first 1,024."""


def detect(raw: Raw) -> tuple[FileType, str | None]:
    """Tell a file's type, and a warning where its name says otherwise.

    Raises Unreadable for types without a reader, naming what the file seems to be.
    """
    suffix = PurePosixPath(raw.name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    found = _by_content(raw.data, suffix)
    if found is None:
        found = FileType.TEXT
        if promised is FileType.MARKDOWN or raw.media_type == "text/markdown":
            found = FileType.MARKDOWN
        elif promised is FileType.HTML or raw.media_type == "text/html":
            found = FileType.HTML
        elif promised in (FileType.PDF, FileType.DOCX):
            if _is_binary(raw.data):
                raise Unreadable(f"is not {promised}, or is damaged (get the file again)")
        elif promised is None and suffix not in ("", ".asc", ".log", ".rst") and not raw.media_type:
            raise Unreadable(f"no reader for {suffix[:20]} ({_KNOWN}); if it is text, name it .txt")
    if promised is not None and found is not promised:
        return found, f"is {found} named {suffix}, read as {found.value.split(' ', 1)[-1]}"
    return found, None


def _by_content(data: bytes, suffix: str) -> FileType | None:
    head = data[:_SNIFF]
    for magic, kind, what in _MAGIC:
        if head.startswith(magic) and not (magic.isalnum() and not _is_binary(data)):
            raise Unreadable(f"no reader for {kind} ({_KNOWN}); it is {what}")
    if head.startswith(_OLE):
        raise Unreadable(_ole(data, suffix))
    if b"%PDF-" in head[:1024] and (head.startswith(b"%PDF-") or b"<" not in head[:100]):
        return FileType.PDF
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip(data)
    text = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    text = text.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _HTML_START.match(text):
        return FileType.HTML
    # Markdown may hold HTML, and text may quote it: without a start tag that only pages have, a
    # page is one whose name doesn't say text and that closes many elements.
    if SUFFIXES.get(suffix) in (FileType.TEXT, FileType.MARKDOWN):
        return None
    return FileType.HTML if len(_HTML_TAGS.findall(text)) >= 3 else None


def _ole(data: bytes, suffix: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is encrypted (save a copy without the password)"
    if "WordDocument".encode("utf-16-le") in data:
        return f"no reader for .doc ({_KNOWN}); it is an old Word document, save it as .docx"
    name = suffix if suffix in (".xls", ".ppt", ".msg") else "old Office files"
    return f"no reader for {name} ({_KNOWN}); save it as .docx or .pdf"


def _zip(data: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    # zipfile raises these on directories that lie about sizes, offsets, versions or names.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, zlib.error, EOFError):
        raise Unreadable("is a damaged .docx or other ZIP file (get the file again)") from None
    if "word/document.xml" in names:
        return FileType.DOCX
    for part, suffix, what in _ZIP_PARTS:
        if any(name == part or (part[-1] == "/" and name.startswith(part)) for name in names):
            raise Unreadable(f"no reader for {suffix} ({_KNOWN}); it is {what}")
    raise Unreadable(f"no reader for .zip ({_KNOWN}); it is an archive, unpack it first")


def _is_binary(data: bytes) -> bool:
    head = data[:_SNIFF]
    return b"\x00" in head or sum(head.count(byte) for byte in range(1, 9)) * 20 > len(head)
