"""The colours of a theme, read from the ``:root`` rules of its style sheets, and what meets what.

A colour is a custom property whose value is ``#rgb``, ``#rrggbb`` or ``var(--another)``; any other
value is left to the browser and to nobody's check.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefgen.cache import Cache
from briefgen.config.templates import find
from briefgen.config.yaml import YamlError, parse
from briefgen.errors import ConfigError

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_ALIAS = re.compile(r"var\(--([\w-]+)\)")


class Scheme(StrEnum):
    """What a brief is read in."""

    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


class Use(StrEnum):
    """What a colour is for, which says how much contrast it needs."""

    TEXT = "text"
    LARGE = "large"
    """From 18 points, or from 14 in bold."""
    GRAPHICS = "graphics"
    """Signs and rules without which something would be missed."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour and who is to be told if it doesn't do."""

    value: str
    """``#rrggbb``."""
    place: str
    """``file:line:column``."""
    rank: int
    """How late in the cascade it was given; of two colours that don't go together, the later one
    is at fault."""
    made: bool = False
    """Whether it was made for the dark scheme from one that was given for the light."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet on a page, by name."""

    use: Use
    ground: str
    figure: str
    """What stands on the ground."""


Colours = Mapping[str, Colour | str]
"""Colours by name; a text is the name of another colour that stands for this one."""

_SHEETS: Mapping[Scheme, Sequence[str]] = {
    Scheme.LIGHT: ("styles/base.css", "styles/screen.css", "{}/theme.css", "{}/screen.css"),
    Scheme.DARK: ("styles/base.css", "styles/screen.css", "{}/theme.css", "{}/screen.css"),
    Scheme.PRINT: ("styles/base.css", "styles/print.css", "{}/theme.css", "{}/print.css"),
}
_MEDIA = {Scheme.DARK: "(prefers-color-scheme:dark)", Scheme.PRINT: "print"}


CODE = ("config", "cache", "model")
"""Packages of briefgen that what is read of a style sheet depends on."""


def colours(folder: Path, theme: str, cache: Cache | None = None) -> Mapping[Scheme, Colours]:
    """What the style sheets of a theme say, by scheme, for a YAML that stands in ``folder``."""
    named = dict.fromkeys(name for sheets in _SHEETS.values() for name in sheets)
    found = {name: find(folder, name.format(f"themes/{theme}")) for name in named}
    said = {path: _declarations(_read(path), cache) for path in found.values() if path}
    return {
        scheme: {
            name: value
            for rank, sheet in enumerate(sheets)
            if (path := found[sheet])
            for name, value in _variables(said[path], path, rank, _MEDIA.get(scheme))
        }
        for scheme, sheets in _SHEETS.items()
    }


def normal(value: str) -> str | None:
    """``#rrggbb`` of a hexadecimal colour; None if it is none."""
    if not _HEX.fullmatch(value):
        return None
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def meant(value: str) -> str | None:
    """``#rrggbb`` of a colour in another of CSS's ways, or without its ``#``; None for others."""
    digits = re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2})?", value.strip().lower())
    if digits:
        return normal(f"#{digits[1]}")
    from tinycss2.color3 import parse_color  # only for who writes a colour in another way

    found = parse_color(value)
    if found is None or found == "currentColor":
        return None
    return "#" + "".join(f"{round(share * 255):02x}" for share in found[:3])


def _variables(
    said: Sequence["_Declaration"], path: Path, rank: int, media: str | None
) -> Iterator[tuple[str, Colour | str]]:
    for found in said:
        if found.media in (None, media):
            if colour := normal(found.value):
                place = f"{path}:{found.line}:{found.column}"
                yield found.name, Colour(colour, place, rank)
            elif alias := _ALIAS.fullmatch(found.value):
                yield found.name, alias[1]


@dataclass(frozen=True, slots=True)
class _Declaration:
    """A custom property of ``:root`` in a style sheet."""

    name: str
    value: str
    line: int
    column: int
    media: str | None
    """What it is limited to, without spaces; None for everything."""


@lru_cache(maxsize=32)
def _declarations(sheet: str, cache: Cache | None) -> Sequence[_Declaration]:
    """Those of a style sheet's text; the shipped ones take 30 ms to parse."""

    def make() -> tuple[tuple[_Declaration, ...], bool]:
        import tinycss2

        return tuple(_in_rules(tinycss2.parse_stylesheet(sheet, True, True), None)), True

    kept = cache or Cache(None)
    return kept.remember(tuple[_Declaration, ...], CODE, lambda: [sheet.encode()], make)


def _in_rules(rules: Sequence[Any], media: str | None) -> Iterator[_Declaration]:
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for part in tinycss2.parse_blocks_contents(rule.content):
                if part.type == "declaration" and part.name.startswith("--"):
                    value = tinycss2.serialize(part.value).strip()
                    place = part.source_line, part.source_column
                    yield _Declaration(part.name[2:], value, *place, media)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            inside = tinycss2.parse_rule_list(rule.content, True, True)
            asked = "".join(tinycss2.serialize(rule.prelude).lower().split())
            yield from _in_rules(inside, asked)


def pairs(folder: Path, theme: str, cache: Cache | None = None) -> Sequence[Pair]:
    """Which colours meet: what ``contrast.yaml`` says of the styles, then of the theme.

    Raises ConfigError with the place of what such a file gets wrong.
    """
    names = ("styles/contrast.yaml", f"themes/{theme}/contrast.yaml")
    paths = [path for name in names if (path := find(folder, name))]
    found = [pair for path in paths for pair in _pairs(path, _read(path), cache)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=32)
def _pairs(path: Path, text: str, cache: Cache | None) -> Sequence[Pair]:
    def make() -> tuple[tuple[Pair, ...], bool]:
        return tuple(_validated(text, path)), True

    kept = cache or Cache(None)
    return kept.remember(tuple[Pair, ...], CODE, lambda: [text.encode()], make)


def _validated(text: str, path: Path) -> Iterator[Pair]:
    from pydantic import TypeAdapter, ValidationError  # the adapter takes 20 ms to make

    try:
        tree = parse(text)
    except YamlError as error:
        raise ConfigError(f"{path}:{error.line}:{error.column}: {error}") from None
    try:
        adapter = TypeAdapter(dict[Use, dict[str, tuple[str, ...]]])
        uses = adapter.validate_python(tree.data or {})
    except ValidationError as error:
        where = tuple(part for part in error.errors()[0]["loc"] if part != "[key]")
        line, column = tree.place(where)
        problem = "write what stands on each ground, such as text: {paper: [ink, soft]}"
        known = f"uses: {', '.join(Use)}"
        raise ConfigError(f"{path}:{line}:{column}: {problem} ({known})") from None
    for use, grounds in uses.items():
        for ground, figures in grounds.items():
            for figure in figures:
                yield Pair(use, ground, figure)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text (save it as UTF-8)") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
