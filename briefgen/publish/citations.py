"""An edition for reference managers: BibTeX, RIS (2011) and CSL-JSON (1.0)."""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from briefgen.model import Artifact, FrontMatter
from briefgen.publish.people import Person, person
from briefgen.render.characters import one_line
from briefgen.render.series import series_name, series_number
from briefgen.render.small_print import bare_doi
from briefgen.render.wording import date_parts, web_address


def citations(front: FrontMatter, key: str) -> list[Artifact]:
    """One file for each format, in the edition's folder; ``key`` is what the edition is cited by.

    The address is ``front.url``.
    """
    made = {
        "cite.bib": bibtex(front, key),
        "cite.ris": ris(front),
        "cite.csl.json": csl(front, key),
    }
    return [
        Artifact(PurePosixPath(name), text.encode("utf-8", "replace"))
        for name, text in made.items()
    ]


def bibtex(front: FrontMatter, key: str) -> str:
    """A BibTeX entry, which biblatex reads as well.

    A technical report where an organisation publishes it, which BibTeX demands of one.
    """
    kind = "techreport" if front.organisation else "misc"
    date = date_parts(front.date or "")
    fields = {
        "title": f"{{{_tex(_title(front))}}}",
        "author": " and ".join(_bibtex_name(name) for name in _authors(front)),
        "institution": _tex(one_line(front.organisation or "")),
        "type": _tex(_series(front)),
        "number": _tex(_number(front)),
        "year": f"{date[0]:04}" if date else "",
        "month": _MONTHS[date[1] - 1] if len(date) > 1 else "",
        "day": f"{date[2]}" if len(date) > 2 else "",
        "doi": _verbatim(_doi(front)),
        "url": _verbatim(web_address(front.url) or ""),
    }
    known = {name: value for name, value in fields.items() if value}
    lines = (f"  {n} = {v if n == 'month' else f'{{{v}}}'},\n" for n, v in known.items())
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""Macros that every BibTeX style has, which stand without braces."""


def ris(front: FrontMatter) -> str:
    """A record of type ``RPRT``, its lines ended as the format asks."""
    date = date_parts(front.date or "")
    day = "/".join(f"{part:02}" for part in date) + "/" * (3 - len(date)) if date else ""
    tags = [
        ("TY", "RPRT"),
        ("TI", _title(front)),
        *(("AU", _ris_name(name)) for name in _authors(front)),
        ("PY", f"{date[0]:04}" if date else ""),
        ("DA", day),
        ("PB", one_line(front.organisation or "")),
        ("T2", _series(front)),
        ("SN", _number(front)),
        ("AB", one_line(front.description or "")),
        ("LA", front.language),
        ("DO", _doi(front)),
        ("UR", web_address(front.url) or ""),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {said}\r\n" for tag, said in tags if said or tag == "ER")


def csl(front: FrontMatter, key: str) -> str:
    """The one item of a CSL-JSON list."""
    date = list(date_parts(front.date or ""))
    item = {
        "id": key,
        "type": "report",
        "title": _title(front),
        "author": [_csl_name(name) for name in _authors(front)],
        "issued": {"date-parts": [date]} if date else None,
        "publisher": one_line(front.organisation or ""),
        "genre": _series(front),
        "number": _number(front),
        "abstract": one_line(front.description or ""),
        "language": front.language,
        "DOI": _doi(front),
        "URL": web_address(front.url),
    }
    told = {name: value for name, value in item.items() if value}
    return json.dumps([told], ensure_ascii=False, indent=1) + "\n"


def _title(front: FrontMatter) -> str:
    title = one_line(front.title)
    if not front.subtitle:
        return title
    return f"{title}{' ' if title[-1:] in '.:?!…' else ': '}{one_line(front.subtitle)}"


def _series(front: FrontMatter) -> str:
    return one_line(series_name(front.series)) if front.series else ""


def _number(front: FrontMatter) -> str:
    return one_line(series_number(front.series) or "") if front.series else ""


def _doi(front: FrontMatter) -> str:
    return bare_doi(front.doi) if front.doi else ""


def _authors(front: FrontMatter) -> Iterator[Person | str]:
    """Whoever wrote it, or else who publishes it; a name that has no parts as it stands."""
    for name in front.authors:
        yield person(name, front.language, front.organisation) or one_line(name)
    if not front.authors and front.organisation:
        yield one_line(front.organisation)


def _bibtex_name(name: Person | str) -> str:
    if isinstance(name, str):
        return f"{{{_tex(name)}}}"
    # Between braces a name of several words, or one that holds “and”, is taken as it is.
    return ", ".join(_tex(part) for part in (name.family, name.suffix, name.given) if part)


def _ris_name(name: Person | str) -> str:
    if isinstance(name, str):
        # A comma parts family from given names, and one at the end says that there is no given.
        return f"{name.replace(',', '')},"
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _csl_name(name: Person | str) -> dict[str, Any]:
    if isinstance(name, str):
        return {"literal": name}
    told = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: part for key, part in told.items() if part}


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)
"""Braces by name, as BibTeX counts them even where they are escaped."""


def _tex(words: str) -> str:
    return words.translate(_TEX)


_VERBATIM = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})


def _verbatim(words: str) -> str:
    """For fields that BibTeX styles set as they are, where only braces have a meaning."""
    return words.translate(_VERBATIM)
