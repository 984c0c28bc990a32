"""Family and given names of whoever wrote a brief, as reference managers want them."""

import re
from dataclasses import dataclass

from briefgen.render.characters import one_line
from briefgen.render.wording import same_name

_PARTICLES = frozenset(
    "af al ap bin da dal das de degli del della den der des di do dos du el ibn la las le los st."
    " te ten ter tot van vom von zu zum zur Da De Del Della Den Der Di Du El La Le St. Ten Ter Van"
    " Von".split()
)
"""Small words that begin a family name: ``van der Linden``."""

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_TITLE = re.compile(r"(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Baroness|Hon|Rev|PhD|MP|MEP)\.?")
_WORD = re.compile(r"[A-Z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff][^\W\d_'’.-]*\.?(?:[-'’.]\w*\.?)*")
_BODY = re.compile(
    r"(?:Academy|Agency|Alliance|Association|Authority|Board|Bureau|Cent(?:er|re)|Chamber|College"
    r"|Commission|Committee|Council|Department|Directorate|Division|Foundation|Forum|Fund|Group"
    r"|Initiative|Institute?|Lab(?:oratory)?|Library|Ministry|Network|Office|Organi[sz]ation"
    r"|Parliament|Programme|Project|Secretariat|Service|Society|Staff|Stiftung|Team|Trust|Union"
    r"|Unit|University)s?",
    re.IGNORECASE,
)
"""Words that no person is called by."""

_FAMILY_FIRST = frozenset(("hu", "ja", "ko", "vi", "zh"))
"""Languages in which the family's name often stands first, so that no order is safe."""
_TWO_FAMILIES = frozenset(("ca", "es", "gl", "pt"))
"""Languages in which many have two names of family, which nothing tells from given ones."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by the parts of the name."""

    family: str
    """With the particles that it starts with."""
    given: str
    suffix: str | None = None
    """Such as ``Jr.``"""


def person(name: str, language: str, organisation: str | None) -> Person | None:
    """The parts of a name; None where it is an organisation's, or can't be told into parts safely.

    A name written with one comma, ``Linden, Ada``, says its parts itself.
    """
    line = one_line(name)
    if same_name(line, organisation) or any(_BODY.fullmatch(w.strip(",.")) for w in line.split()):
        return None
    family, comma, given = (part.strip() for part in line.partition(","))
    if comma:
        return Person(family, given) if family and given and "," not in given else None
    return _western(line.split(), language.split("-")[0].lower())


def _western(words: list[str], language: str) -> Person | None:
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    most = 2 if language in _TWO_FAMILIES else 4
    at = len(words) - 1
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    names = [*words[:at], *words[-1:]]
    if language in _FAMILY_FIRST or not 2 <= len(names) <= most:
        return None
    if not all(_WORD.fullmatch(word) and not _TITLE.fullmatch(word) for word in names):
        return None
    return Person(" ".join(words[at:]), " ".join(words[:at]), suffix)
