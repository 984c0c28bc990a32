"""Characters that no font on the machine can draw, told with the font that can."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import unescape

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
