"""From characters to glyphs and back: what no font can draw, and what each glyph stands for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

_AROUND = 30
"""Characters of context on either side: enough to find the place with a text search."""

_PACKAGES: Mapping[str, str] = {
    "CJK": "fonts-noto-cjk",
    "HIRAGANA": "fonts-noto-cjk",
    "KATAKANA": "fonts-noto-cjk",
    "HANGUL": "fonts-noto-cjk",
    "BOPOMOFO": "fonts-noto-cjk",
    "IDEOGRAPHIC": "fonts-noto-cjk",
    "FULLWIDTH": "fonts-noto-cjk",
    "HALFWIDTH": "fonts-noto-cjk",
    "EGYPTIAN": "fonts-noto-extra",
}
"""Debian package that has a script's letters, by the first word of their Unicode names; the core
package of the same family has all other living scripts."""


def missing(characters: Iterable[str], page: str) -> list[str]:
    """One line for each character that could not be drawn: which, where, and what to install.

    ``page`` is the HTML that holds them.
    """
    text = " ".join(unescape(re.sub(r"(?s)<style.*?</style>|<[^>]+>", "", page)).split())
    return [_told(character, text) for character in sorted(characters)]


def _told(character: str, text: str) -> str:
    name = unicodedata.name(character, "unnamed")
    at = text.find(character)
    words = text[max(0, at - _AROUND) : at + _AROUND].strip() if at >= 0 else character
    if unicodedata.category(character) in ("Cn", "Co"):
        way_out = "it is no character of Unicode: correct the source or leave the finding out"
    else:
        package = _PACKAGES.get(name.split()[0].split("-")[0], "fonts-noto-core")
        way_out = f"install one that has it, such as Debian's {package}"
    code = f"U+{ord(character):04X}"
    return f"no font has {character!r} ({code} {name}), in “{words}” ({way_out})"


def map_every_glyph(pdf: Any) -> None:
    """Say of each glyph which characters it stands for (ISO 14289-1, 7.21.7).

    Where several glyphs draw one syllable, as in Devanagari, WeasyPrint gives all of it to the
    first and nothing to the others, which no reader of the map accepts. They stand for a word
    joiner, which is neither seen nor heard.
    """
    for stream in pdf.objects:
        lines = getattr(stream, "stream", ())
        if b"endbfchar" in lines:
            stream.stream = [_mapped(line) for line in lines]


def _mapped(line: bytes) -> bytes:
    return line.removesuffix(b"<>") + b"<2060>" if line.endswith(b" <>") else line
