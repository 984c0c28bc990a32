"""Dates, names, languages and titles as files write them, brought to one form."""

import calendar
import re
from urllib.parse import urlsplit

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}

_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\d-])",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[/.](?P<month>\d\d)[/.](?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
    )
)
"""``10/07/2024`` is no form: it is July in one country and October in another."""

_NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>(?:19|20)\d\d)(?!\d)")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_BYLINE = re.compile(
    r"(?:written\s+|posted\s+|story\s+)?by:?\s+((?:[A-ZÀ-Þ][\w.’'-]*|and|&|de|van|von|der|,)"
    r"(?:,?\s+(?:[A-ZÀ-Þ][\w.’'-]*|and|&|de|van|von|der|,)){1,9})",
    re.IGNORECASE,
)

_NO_TITLE = re.compile(
    r"untitled|document\d*|presentation\d*|title|microsoft word\b.*|.*\.(?:docx?|pdf|indd|rtf|qxd)"
    r"|[\w-]*_[\w-]*|slide \d+|print|layout \d+|none|null|\W*|index",
    re.IGNORECASE,
)


def find_date(text: str) -> str | None:
    """First date in a text, as ``2024``, ``2024-07`` or ``2024-07-10``; None if there is none.

    Forms: ISO 8601, ``Jul 31, 2024``, ``31st of July 2024``, ``July 2024``, ``2024/07/31``, and
    ``31/7/2024`` where only one order makes a date.
    """
    found = [
        (match.start(), date)
        for form in _FORMS
        for match in form.finditer(text[:10_000])
        if (date := _iso(match["year"], match["month"], match.groupdict().get("day")))
    ]
    found += [
        (match.start(), date)
        for match in _NUMERIC.finditer(text[:10_000])
        if (date := _iso_of_either(match["a"], match["b"], match["year"]))
    ]
    return min(found, key=lambda f: (f[0], -len(f[1])))[1] if found else None


def as_date(value: object) -> str | None:
    """Date that a metadata field states; a bare year counts here."""
    text = str(value or "").strip()
    return find_date(text) or (text if _BARE_YEAR.fullmatch(text) else None)


def _iso(year: str, month: str, day: str | None) -> str | None:
    number = int(month) if month.isdecimal() else _MONTHS[month.lower()]
    if not 1 <= number <= 12:
        return None
    if day is None:
        return f"{year}-{number:02}"
    if not 1 <= int(day) <= calendar.monthrange(int(year), number)[1]:
        return None
    return f"{year}-{number:02}-{int(day):02}"


def _iso_of_either(first: str, second: str, year: str) -> str | None:
    if int(second) > 12 >= int(first):
        return _iso(year, first, second)
    if int(first) > 12 >= int(second):
        return _iso(year, second, first)
    return None


def is_dateline(text: str) -> bool:
    """Whether a line holds a date and nothing else but such words as ``Published:``."""
    if len(text) > 80 or find_date(text) is None:
        return False
    rest = re.sub(r"\([\w ]{1,30} time\)", " ", text)
    for form in (*_FORMS, _NUMERIC):
        rest = form.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", rest.lower())
    return all(word in _DATE_WORDS for word in words)


_DATE_WORDS = frozenset(
    "published updated posted modified last on date publish release released first issued and at "
    "am pm t z gmt utc est edt bst et pt cet monday tuesday wednesday thursday friday saturday "
    "sunday mon tue wed thu fri sat sun".split()
)


def byline(text: str) -> str | None:
    """Names in a line such as ``By Ana Lima and Jo Berg``; None for any other line."""
    match = _BYLINE.fullmatch(text.strip(" *_.")) if len(text) < 150 else None
    if match is None:
        return None
    names = match[1].strip(" ,")
    return names if all(w[0].isupper() for w in names.split() if len(w) > 3) else None


def as_title(value: object) -> str | None:
    """A metadata title, unless it is what a program put there, such as ``Microsoft Word - x``."""
    text = " ".join(str(value or "").split())
    return None if not text or len(text) > 400 or _NO_TITLE.fullmatch(text) else text


def as_name(value: object) -> str | None:
    """An author or publisher; lists are joined by commas."""
    if isinstance(value, list | tuple):
        value = ", ".join(filter(None, map(as_name, value)))
    if isinstance(value, dict):
        value = value.get("name")
    text = " ".join(str(value or "").split()).strip(" ,;")
    if len(text) < 2 or len(text) > 300 or text.lower() in _NOBODY:
        return None
    return text


_NOBODY = frozenset(("unknown", "admin", "administrator", "user", "author", "none", "null", "root"))


def as_language(value: object) -> str | None:
    """A BCP 47 tag, or None where the value is none."""
    text = str(value or "").strip().replace("_", "-")
    return text if len(text) <= 35 and _LANGUAGE.fullmatch(text) else None


def as_url(value: object) -> str | None:
    """A web address, or None where the value is none."""
    text = str(value or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", text)
    return text if good and len(text) < 2000 and parts.username is None else None


def title_of_name(name: str) -> str:
    """Title made from a file's stem: ``summit-declaration_2024`` → ``Summit declaration 2024``.

    A name without a letter or digit gives ``Untitled``.
    """
    words = " ".join(re.sub(r"[-_+]|%20", " ", name).split())
    return words[:1].upper() + words[1:] if re.search(r"\w", words) else "Untitled"
