"""Who issues a document that speaks as “we”, from its opening and its title."""

import re

from briefgen.extract.names import CAPITAL, ROLE, is_body, is_named, person, plain

_SIGNATORIES = re.compile(r"\bWe,\s+(the\s+[^,;.]{4,120}?),")

_PAPER = (
    r"(?:statement|declaration|communiqu[eé]|remarks|speech|address|response|submission|letter)"
)
_ISSUED_BY = re.compile(
    rf"\b(?:{_PAPER}|intervention|reply|answer)\s+(?:of|by|from|between)\s+(?:the\s+)?"
    r"(.+?)(?:\s+(?:on|at|to|following|in|for|after|regarding)\b|[:,–—|]|$)",
    re.IGNORECASE,
)
"""“Joint statement by X on …”."""
_SPOKEN_BY = re.compile(
    r"\b(?:speech|address|remarks|intervention|statement|reply)\b.*\s[-–—]\s+(\w[\w’'. -]+)$",
    re.IGNORECASE,
)
"""“Address at the launch of … – Ana Lovell”."""
_ISSUES = re.compile(
    r"^(?:fact sheet|press release|news release|media release|readout)\s*:\s*(.+?)\s+"
    r"(?:announces|outlines|issues|takes|launches|releases|signs|advances|details|highlights"
    r"|unveils|calls|urges|acts|publishes|welcomes|(?P<to>to))\b",
    re.IGNORECASE,
)
"""“Fact sheet: X announces …”; “X to sign …” where X has an office, for in “Act now to protect …”
nobody is named."""
_OFFICE = re.compile(ROLE)
_ISSUERS_OWN = re.compile(
    rf"^(?!joint\b)(.+?)(?:[’']s?)?\s+(?:(?:joint|leaders?[’']?)\s+)*{_PAPER}\b", re.IGNORECASE
)
"""“X's declaration”."""


_NAME = re.compile(
    rf"(?:The )?{CAPITAL}[\w’'-]+(?: (?:(?:of|for|on|and|the|in|to|de|du) )*{CAPITAL}[\w’'-]+)+"
)
_PARTS = re.compile(r"\s*[,|•·:]\s*|\s+[-–—]\s+")


def imprint(top: str) -> str | None:
    """The body that has a line above the first paragraph, or a part of one, to itself."""
    for line in top.splitlines():
        for part in _PARTS.split(line.strip("#*_ ")):
            if _NAME.fullmatch(part) and is_body(part):
                return plain(part)
    return None


def signatories(text: str) -> str | None:
    """Who signs a text that says so: “We, the leaders of …, …”."""
    match = _SIGNATORIES.search(text)
    return plain(match.group(1)) if match else None


def issuer_of(title: str) -> str | None:
    """Who issues a document, where its title says so."""
    for pattern in (_SPOKEN_BY, _ISSUED_BY, _ISSUES, _ISSUERS_OWN):
        match = pattern.search(title)
        if match is None or not is_named(name := match.group(1)):
            continue
        if match.groupdict().get("to") and not _OFFICE.match(name):
            continue
        return person(name) or plain(name)
    return None
