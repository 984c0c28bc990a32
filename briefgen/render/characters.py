"""Characters that no output shows, because they could hide or reorder what a reader sees."""

import re

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: <bdi> isolates instead
    "\ufeff\ufffe\uffff"  # byte order mark and noncharacters
    "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHITE_SPACE = re.compile("[ \t\n\r\x85\u2028\u2029]+")  # not U+00A0: it belongs to the words


def visible(text: str) -> str:
    """The text without control characters; line breaks and tabs stay."""
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))


def collapsed(text: str) -> str:
    """The visible text with every run of white space made one space."""
    return _WHITE_SPACE.sub(" ", visible(text))


def one_line(text: str) -> str:
    """The same without space around it."""
    return collapsed(text).strip(" ")
