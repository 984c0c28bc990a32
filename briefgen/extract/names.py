"""Tell a name from the titles, articles and descriptions around it."""

import re
from collections.abc import Iterator

from briefgen.model import Span
from briefgen.text.words import content_words

ROLE = (
    r"(?:Vice[- ])?(?:President|Premier|Chancellor|Secretary(?:[- ]General)?|General|Minister"
    r"|Commissioner|Senator|Sens?\.|Reps?\.|Representative|Congress(?:man|woman)|Gov\.|Governor"
    r"|Mayor|Ambassador|Advis[eo]r|Director(?:[- ]General)?|Chair(?:man|woman|person)?|Chief"
    r"|Judge|Justice|Professor|Prof\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Sir|Lord|Lady|Dame|Baroness"
    r"|King|Queen|Prince|Princess|Pope|Leader|Speaker|Officer|Envoy|Counsel|Coordinator"
    r"|Administrator|Economist|Analyst|Researcher|Admiral|Colonel|Captain|Lieutenant)"
)
"""Titles and offices that stand before a person's name."""

_ROLE_WORD = re.compile(
    rf"\b(?:{ROLE}|(?:[Ss]pokes(?:person|man|woman))|(?i:president|premier|chancellor|minister"
    r"|secretary|commissioner|senator|governor|mayor|ambassador|adviser|advisor|director|chair"
    r"|chairman|chairwoman|chief|executive|professor|leader|speaker|economist|analyst|expert"
    r"|researcher|scholar|envoy|lawyer|officer|head|founder|member|author|activist|candidate"
    r"|official|coordinator|Republican|Democrat))(?=[\s,]|$)"
)

_BODY_WORD = re.compile(
    r"\b(?:United|States|Union|Nations|House|Council|Committee|Group|Bank|Organi[sz]ation|Watch"
    r"|Cent(?:re|er)|Court|Kingdom|Republic|Department|Agency|Commission|Ministry|Party"
    r"|Government|Administration|Association|Institute|University|Korea|Kong|Congress|Parliament"
    r"|Assembly|Senate|Office|Service|Authority|Foundation|Fund|Forum|Alliance|Coalition|League"
    r"|Society|Federation|Network|Board|Bureau|Company|Corporation|Inc|Ltd|Times|Post|Journal"
    r"|News|Mission|Embassy|Treasury|Reserve|Street|City|County|Province|Zealand|Africa|America"
    r"|Arabia|Summit|Conference|Declaration|Act|Report|Strategy|Partnership|Initiative|Force)s?\b"
)

_PARTICLE = r"(?:de|da|del|der|di|du|la|le|van|von|den|ter|bin|ibn|al|el|dos|of)"
CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ]"
"""A capital of the Latin script: other scripts have none, or names that are not built this way."""

_WORD = rf"{CAPITAL}[\w.’'-]*"
_FULL_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_WORD}){{1,3}}")
_ARTICLE = re.compile(
    r"^(?:the|a|an|some|many|most|several|both|all|other|these|those)\s+", re.IGNORECASE
)
_OWNED = re.compile(r"^(?:its|his|her|their|our|my)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_OF_PLACE = re.compile(rf"\s+of\s+{CAPITAL}.*")
"""“of Illinois”, behind a person's name."""

PERSON_PRONOUNS = frozenset({"he", "she", "him", "his", "her", "who", "whom"})
BODY_PRONOUNS = frozenset({"it", "its", "which"})
GROUP_PRONOUNS = frozenset({"they", "them", "their"})
OWN_PRONOUNS = frozenset({"we", "us", "our", "ours", "i", "me", "my"})
PRONOUNS = PERSON_PRONOUNS | BODY_PRONOUNS | GROUP_PRONOUNS | OWN_PRONOUNS

_CONTRACTED = re.compile(r"['’](?:m|re|ve|ll|d|s)$")
_SUBJECT = re.compile(r"(I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey) [a-z]+\b")
"""A pronoun and its verb, where the tagger took in too much."""


def pronoun(words: str) -> str | None:
    """The pronoun that words amount to, in small letters: “We’re”, “We, the undersigned”.

    “our competitors” are not us, nor is “their leader” they; the US and WHO are names.
    """
    line = " ".join(words.split())
    subject = _SUBJECT.match(line)
    alone = _CONTRACTED.sub("", (subject.group(1) if subject else line).split(",")[0])
    is_name = len(alone) > 1 and alone.isupper()
    return alone.lower() if alone.lower() in PRONOUNS and not is_name else None


def is_named(words: str) -> bool:
    """Whether words hold a proper name, not a pronoun or a plain description."""
    bare = _ROLE_WORD.sub("", _ARTICLE.sub("", words))
    first = words.split()[0] if words.split() else ""
    return pronoun(first) is None and re.search(rf"{CAPITAL}\w", bare) is not None


def is_body(words: str) -> bool:
    """Whether a name is that of a body by one of its words: “Committee on Public Accounts”."""
    return _BODY_WORD.search(words) is not None


_ASIDE = re.compile(r"\s*\([^()]*\)?")
_ADDRESS = re.compile(r"(?:https?:|www\.|(?:[\w-]+\.)+[a-z]{2,}/)\S*")


def names_somebody(words: str) -> bool:
    """Whether words can stand for an actor: a pronoun, a name, a description, but not “an”."""
    first = words.lower().split()[0] if words.split() else ""
    # “(i) whether …” is no “I”; a link's address is nobody, nor is a senator's “(R-Utah)” alone.
    words = _ADDRESS.sub("", _ASIDE.sub("", words))
    if words == "i":
        return False
    # Capitals alone tell the US from us.
    return (
        first in PRONOUNS or bool(content_words(words)) or re.search(r"[A-Z]{2}", words) is not None
    )


_SEVERAL = re.compile(
    r"^(?:many|most|some|several|both|all|other|these|those|two|three|few|critics|people)\b"
    r"|\w(?:,| and) +(?:the )?\w|^(?:\S+ )*?\w+[^s\W]s(?: (?:of|in|from|at|for|on|with|who)\b|$)",
    re.IGNORECASE,
)


def is_plural(words: str) -> bool:
    """Whether words stand for several people or bodies: “Iranian officials”, “Tokyo and Seoul”."""
    line = " ".join(words.split())
    return line.lower() not in PRONOUNS and _SEVERAL.search(line) is not None


_PROPER = re.compile(
    rf"\b{CAPITAL}[\w-]*\w(?:[ \n]+(?:of[ \n]+|for[ \n]+|the[ \n]+)*{CAPITAL}[\w-]*\w)*"
)
_COMMON = frozenset(
    "the a an this that these those it we they he she i you if in on at for and but or as when "
    "while there no not our their his her its my what how why who all any every some".split()
)


def proper_names(text: str, place: Span) -> Iterator[Span]:
    """Spans of capitalised names inside a place; a capital that opens a sentence is no name."""
    for match in _PROPER.finditer(text, place.start, place.end):
        opens = re.search(r"(?:^|[.!?:“\"]\s*)$", text[max(0, match.start() - 3) : match.start()])
        words = match.group(0)
        alone = len(words.split()) == 1 and not words.isupper()
        if words.split()[0].lower() not in _COMMON and not (opens and alone):
            yield Span(*match.span())


_APPOSED = re.compile(r"(?:,| [–—-])\s+(?:who|whose|which|an?)\s.*")


def _bare(words: str) -> str:
    """Words on one line, without what is only said of whoever they name, in brackets or apposed.

    “Port Watch (PW)”, “Port Watch, which owns no ship”, “Lovell, whose office is closed”.
    """
    line = " ".join(words.split())
    bare = _POSSESSIVE.sub("", _APPOSED.sub("", _ASIDE.sub("", line)))
    return bare or line


def plain(words: str) -> str:
    """Words on one line, without a possessive or “the” before a name; “Some experts” in small."""
    line = _bare(words)
    line = re.sub(r"^[Tt]he\s+(?=[^\W_a-z])", "", line)
    return line[:1].lower() + line[1:] if _ARTICLE.match(line) else line


def person(words: str) -> str | None:
    """The person's own name inside words such as “Foreign Minister Wang Yi”, if there is one.

    A lone word counts as a name only behind a title: “President Biden” gives “Biden”.
    """
    line = _OWNED.sub("", _POSSESSIVE.sub("", _ASIDE.sub("", " ".join(words.split()))))
    first, *rest = re.split(r",\s*|\s+of\s+(?=[A-Z])", line)
    if _is_full_name(first):
        return first
    if found := _after_role(line.split(",")[0]):
        return found
    # “Campbell, the deputy minister”
    if re.fullmatch(_WORD, first) and rest and "," in line and role(" ".join(rest)):
        return first
    # “the ministry's spokesperson, Lin Jian”
    named = [part for part in rest if _is_full_name(part)]
    return named[0] if named and role(first) and "," in line else None


def role(words: str) -> str | None:
    """The last title or office in words, in small letters: “minister”, “spokesperson”."""
    found = _ROLE_WORD.findall(words)
    return found[-1].lower().rstrip(".") if found else None


def _after_role(part: str) -> str | None:
    """What follows the last title: a name, or “of State” and then a name."""
    titles = list(_ROLE_WORD.finditer(part))
    if not titles:
        return None
    rest = part[titles[-1].end() :].strip()
    if re.match(r"(?:of|for|to|on|at|and)\b", rest):
        # “Secretary of State Kurt Campbell”: the name is the last two of three words or more.
        capitals = re.findall(rf"{_WORD}", rest)
        tail = " ".join(rest.split()[-2:])
        return tail if len(capitals) >= 3 and _is_full_name(tail) else None
    rest = _OF_PLACE.sub("", rest)
    if re.fullmatch(_WORD, rest) and not _BODY_WORD.search(rest):
        return rest
    return rest if _is_full_name(rest) else None


def _is_full_name(words: str) -> bool:
    return (
        _FULL_NAME.fullmatch(words) is not None
        and not _BODY_WORD.search(words)
        and not _ROLE_WORD.search(words)
        and not _ARTICLE.match(words)
        and not words.isupper()
    )
