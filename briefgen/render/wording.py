"""What templates may ask of a brief's words: filters and tests that add no words of their own."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from briefgen.model import (
    Bibliography,
    Brief,
    Call,
    Caption,
    Custom,
    Item,
    KeyMessages,
    Method,
    Positions,
    Proposals,
    Prose,
    Reference,
    Risks,
    Section,
    Source,
    Text,
    Timeline,
)
from briefgen.render.characters import one_line

_QUOTE_MARKS = '“”"„«»'
_URL_CHARACTERS = "%/:?#[]@!$&()*+,;=-._~"
_ENTITY = re.compile(r"&(?=#?\w+;)")


def wrapped(text: str) -> bool:
    """Whether the words are one quotation already, so that they need no further marks."""
    text = one_line(text)
    return text[:1] == "“" and text[-1:] == "”" and not set(text[1:-1]) & set(_QUOTE_MARKS)


def date_parts(iso: str) -> tuple[int, ...]:
    """Year, month and day of an ISO 8601 date, as far as it goes; empty where it isn't one."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d).*)?)?", iso.strip())
    parts = tuple(int(part) for part in found.groups() if part) if found else ()
    return parts if len(parts) < 2 or 1 <= parts[1] <= 12 else ()


def web_address(url: str | None) -> str | None:
    """The address in ASCII, fit for a link; None where it is no http address.

    Spaces, quotes, angle brackets and letters beyond ASCII become ``%`` and their code.
    """
    address = quote(one_line(url or ""), safe=_URL_CHARACTERS, errors="replace")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return address


def in_link(address: str) -> Markup:
    """A web address for ``<…>`` in Markdown, where backslashes would be part of it."""
    return Markup(_ENTITY.sub("&amp;", address))


def address_of(source: Source) -> str | None:
    """Where a reader finds the source on the web, if there."""
    return web_address(source.url) or web_address(source.location)


def file_name(source: Source) -> str:
    """Name of the source's file."""
    return PurePosixPath(source.location).name or source.location


def yaml_text(value: str) -> Markup:
    """The words as a quoted YAML string, which a JSON string is."""
    return Markup(json.dumps(one_line(value), ensure_ascii=False))


def same_name(left: str | None, right: str | None) -> bool:
    """Whether two names are the same to a reader."""
    return one_line(left or "").casefold() == one_line(right or "").casefold()


def occurrences(brief: Brief) -> Mapping[int, tuple[int, ...]]:
    """The occurrences of each note's calls, by the note's number, for links back."""
    found: dict[int, list[int]] = {note.number: [] for note in brief.notes}
    for section in brief.sections:
        for call in _calls(section):
            found.setdefault(call.note.number, []).append(call.occurrence)
    return {number: tuple(sorted(numbers)) for number, numbers in found.items()}


def _calls(section: Section) -> Iterator[Call]:
    match section:
        case Text(body=body):
            yield from body.calls
        case KeyMessages(intro=intro, written=written, picked=picked):
            yield from _prose_calls(intro, *written)
            yield from _item_calls(picked)
        case Positions() | Proposals() | Risks() | Custom():
            yield from _prose_calls(section.intro)
            for group in section.groups:
                yield from _item_calls(group.items)
        case Timeline(intro=intro, entries=entries):
            yield from _prose_calls(intro)
            yield from _item_calls(entry.item for entry in entries)
        case Bibliography(intro=intro) | Method(intro=intro):
            yield from _prose_calls(intro)


def _prose_calls(*texts: Prose | None) -> Iterator[Call]:
    for text in texts:
        if text is not None:
            yield from text.calls


def _item_calls(items: Iterable[Item]) -> Iterator[Call]:
    for item in items:
        yield from item.calls


FILTERS: Mapping[str, Callable[..., Any]] = {
    "address_of": address_of,
    "date_parts": date_parts,
    "file_name": file_name,
    "in_link": in_link,
    "one_line": one_line,
    "web_address": web_address,
    "yaml": yaml_text,
}

TESTS: Mapping[str, Callable[..., bool]] = {
    "prose_call": lambda piece: isinstance(piece, Call),
    "prose_caption": lambda piece: isinstance(piece, Caption),
    "prose_reference": lambda piece: isinstance(piece, Reference),
    "same_name": same_name,
    "wrapped": wrapped,
}
