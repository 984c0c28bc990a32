"""Give a finding an id that stays when anything but its own words changes."""

import re
from collections.abc import Sequence
from hashlib import blake2b

from briefgen.model import Kind, Quote

_DIGITS = 6
"""Hexadecimal digits: among 1,000 findings of a brief two would share an id once in 30 briefs."""


def finding_id(kind: Kind, sentence: Quote, content: Sequence[Quote]) -> str:
    """Short id such as ``p-3f9a01``, made from the kind and the words alone.

    The same words give the same id in any document and at any place in it; case, punctuation and
    white space do not count.
    """
    words = "|".join(_plain(quote.text) for quote in (sentence, *content))
    digest = blake2b(f"{kind}|{words}".encode(), digest_size=16).hexdigest()
    return f"{_LETTERS[kind]}-{digest[:_DIGITS]}"


_LETTERS = {Kind.POSITION: "p", Kind.PROPOSAL: "a", Kind.RISK: "r"}
"""A position, an action, a risk."""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
