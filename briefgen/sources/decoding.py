"""Bytes to characters, for the readers of text and of web pages."""

import codecs
import logging
import re

from briefgen.sources.reading import Raw, Unreadable

log = logging.getLogger(__name__)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})",
    re.IGNORECASE,
)

_SAMPLE = 200_000
"""Bytes that the encoding is guessed from; charset-normalizer takes about 1 s for each MB."""

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")


def decode(raw: Raw, *, is_html: bool = False) -> str:
    """Turn a file's bytes into its characters, without a byte order mark.

    What is tried, in this order: a byte order mark, UTF-8, UTF-16 without a mark, the encoding
    that the server or the page names, a guess. No byte is dropped: in text that is UTF-8 but for
    a few bytes, those are read as Windows-1252, with a warning.
    Raises Unreadable where the bytes are no text.
    """
    data = raw.data
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_with_few_errors(raw, data[len(mark) :], encoding))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    except Unreadable:
        if b"\x00" not in data:
            raise
    if (unmarked := _unmarked_utf16(data)) is not None:
        return _checked(_with_few_errors(raw, data, unmarked))
    if b"\x00" in data:
        raise Unreadable("is not text: it has NUL bytes (known: .txt .md .html .pdf .docx)")
    for named in (raw.charset, _named_in_page(data) if is_html else None):
        if named and (text := _strictly(data, named)) is not None:
            return _checked(text)
    if _is_mostly_utf8(data):
        return _checked(_with_few_errors(raw, data, "utf-8"))
    return _checked(_guess(raw))


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    if "\x00" in text or len(_CONTROLS.findall(sample)) * 20 > len(sample):
        raise Unreadable("is not text: it has control characters (is it another type of file?)")
    return text


def _with_few_errors(raw: Raw, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        log.warning(
            "%s: has bytes that are not %s (the first at byte %d), check its special characters",
            raw.location,
            encoding.upper(),
            error.start,
        )
    handler = "briefgen-cp1252" if encoding == "utf-8" else "replace"
    return data.decode(encoding, handler)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_byte(b) for b in bad), error.end


def _byte(value: int) -> str:
    try:
        return bytes([value]).decode("cp1252")
    except UnicodeDecodeError:
        return "\ufffd"


codecs.register_error("briefgen-cp1252", _as_cp1252)


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:10_000]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    # In UTF-16 of a Latin script one byte of nearly every pair is zero, always on the same side.
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _named_in_page(data: bytes) -> str | None:
    found = _META.search(data[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def _strictly(data: bytes, encoding: str) -> str | None:
    # Browsers read these two as Windows-1252 (WHATWG Encoding Standard, 4.2).
    if encoding.lower() in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        encoding = "cp1252"
    try:
        if not codecs.lookup(encoding)._is_text_encoding:
            return None
        return data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _is_mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    good = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", sample))
    bad = sample.decode("utf-8", "replace").count("\ufffd")
    return good > 3 * bad


def _guess(raw: Raw) -> str:
    # Windows-1252 first: charset-normalizer calls English text with a few curly quotes or accents
    # cp1250 or worse as readily, and nearly all old files in English and French are this.
    text = _strictly(raw.data, "cp1252")
    if text is None or not _reads_as_western(text[:_SAMPLE]):
        guessed = _guess_other(raw.data)
        text = guessed if guessed is not None else text
    if text is None:
        text = "".join(_byte(b) if b > 127 else chr(b) for b in raw.data)
    log.warning("%s: is not UTF-8, its encoding is a guess (save it as UTF-8)", raw.location)
    return text


def _reads_as_western(text: str) -> bool:
    strange = [c for c in text if ord(c) > 127]
    usual = sum(c in "‘’“”–—…•€£§©®°·«»\xa0½¼¾×" or (c.isalpha() and c.islower()) for c in strange)
    return len(strange) * 4 < len(text) and usual * 10 >= len(strange) * 8


def _guess_other(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return _strictly(data, best.encoding) if best is not None else None
