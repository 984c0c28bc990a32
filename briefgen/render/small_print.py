"""What the small print links to: a licence, an identifier, an address for corrections."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from briefgen.render.characters import one_line
from briefgen.render.wording import web_address

_KINDS = ("BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND")
"""The six Creative Commons licences."""

_NAME = re.compile(
    rf"(?:CC|CREATIVE-COMMONS)-(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})"
    r"-(?P<version>1\.0|2\.0|2\.5|3\.0|4\.0)(?:-INTERNATIONAL|-UNPORTED|-GENERIC)?(?:-LICEN[CS]E)?"
)
_SPELT_OUT = {
    "ATTRIBUTION": "BY",
    "NONCOMMERCIAL": "NC",
    "NON-COMMERCIAL": "NC",
    "SHAREALIKE": "SA",
    "SHARE-ALIKE": "SA",
    "NODERIVATIVES": "ND",
    "NODERIVS": "ND",
}
_ZERO = re.compile(r"CC-?0(?:-1\.0)?(?:-UNIVERSAL)?")
_ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/"
    r"(?:licenses/(?P<kind>[a-z-]+)/(?P<version>\d\.\d)|publicdomain/zero/1\.0)"
    r"(?:/(?:deed|legalcode)?(?:\.\w+)?)?",
    re.IGNORECASE,
)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.!#$%&'*+/=^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


def licence_name(licence: str) -> str:
    """The licence as the analyst wrote it; ``CC BY 4.0`` for the address of such a licence."""
    found = _ADDRESS.fullmatch(one_line(licence))
    if found is None:
        return licence
    return f"CC {found['kind'].upper()} {found['version']}" if found["kind"] else "CC0 1.0"


def licence_address(licence: str | None) -> str | None:
    """Where a Creative Commons licence stands, by its name or address; other addresses as written.

    None for other licences, and for a Creative Commons one without its version.
    """
    words = one_line(licence or "")
    if re.match(r"https?://\S+$", words, re.IGNORECASE):
        return web_address(words)
    name = re.sub(r"[\s_-]+", "-", words.upper())
    for spelt_out, short in _SPELT_OUT.items():
        name = name.replace(spelt_out, short)
    if _ZERO.fullmatch(name):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return f"https://creativecommons.org/licenses/{found['kind'].lower()}/{found['version']}/"


def bare_doi(doi: str) -> str:
    """A DOI without ``https://doi.org/`` or ``doi:`` before it."""
    return _DOI_PREFIX.sub("", one_line(doi), count=1)


def doi_address(doi: str | None) -> str | None:
    """The address that a DOI resolves at."""
    return web_address(f"https://doi.org/{bare_doi(doi)}") if doi else None


def contact_address(contact: str) -> str | None:
    """Link to a mail or web address; None where the words are neither."""
    words = one_line(contact)
    if _MAIL.fullmatch(words):
        return f"mailto:{quote(words, safe='@')}"
    return web_address(words) if re.match(r"https?://\S+$", words, re.IGNORECASE) else None


FILTERS: Mapping[str, Callable[..., Any]] = {
    "bare_doi": bare_doi,
    "contact_address": contact_address,
    "doi_address": doi_address,
    "licence_address": licence_address,
    "licence_name": licence_name,
}
