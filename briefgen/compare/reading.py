"""Read what a version of a brief says: from a build, an edition, or a bare ``findings.json``."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefgen.errors import ConfigError
from briefgen.model import Claim, Kind, Record, Source

FILE = "findings.json"

_SCHEMA = "briefgen/findings/"

_RECORD = TypeAdapter(Record)


def read(path: Path) -> Record:
    """The record of a ``findings.json``, or of the folder of a build or an edition that holds one.

    Raises ConfigError where it is none.
    """
    file = path / FILE if path.is_dir() else path
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        way_out = f"a folder of a build or an edition holds {FILE}" if path.is_dir() else "build it"
        raise ConfigError(f"{file}: there is no such file ({way_out})") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is not UTF-8 text (give a {FILE})") from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ConfigError(f"{file}:{line}:1: is not JSON (give a {FILE})") from None
    schema = data.get("schema") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not str(schema).startswith(_SCHEMA):
        raise ConfigError(f"{file}:1:1: is no {FILE} that briefgen wrote")
    try:
        return record(data["brief"]) if "brief" in data else _found(data)
    except (KeyError, TypeError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise ConfigError(f"{file}:1:1: is damaged: {said} (build it again)") from None


def record(data: Mapping[str, Any]) -> Record:
    """A record from its object. Raises ValueError where it is none."""
    try:
        return _RECORD.validate_python({k: v for k, v in data.items() if k != "schema"})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ValueError(f"{where}: {first['msg']}") from None


def _found(data: Mapping[str, Any]) -> Record:
    """Everything found in documents, where a file does not say what a brief shows of it."""
    documents = data.get("documents", [data])
    return Record(
        title=data.get("title") or documents[0]["source"]["title"],
        date=data.get("date"),
        claims=tuple(claim for document in documents for claim in _claims(document)),
        sources=tuple(_source(document) for document in documents),
    )


def _source(document: Mapping[str, Any]) -> Source:
    told = document["source"]
    return Source(
        document["id"],
        told["path"],
        told["title"],
        told["author"],
        told["publisher"],
        told["published"],
    )


_HOLDER = {Kind.POSITION: "actor", Kind.PROPOSAL: "proposer", Kind.RISK: "voice"}


def _claims(document: Mapping[str, Any]) -> Iterator[Claim]:
    for kind in Kind:
        for found in document[kind]:
            holder = found[_HOLDER[kind]]
            pieces = found["statement"] if kind is Kind.POSITION else [_content(found, kind)]
            likelihood = found.get("likelihood")
            claim = {
                "id": found["id"],
                "kind": kind,
                "actor": holder and holder["name"],
                "excerpt": tuple(" ".join(piece["text"].split()) for piece in pieces),
                "stance": found.get("stance"),
                "target": found.get("target"),
                "status": found.get("status"),
                "likelihood": likelihood and likelihood["level"],
                "impact": found.get("decision", {}).get("impact"),
                "date": document["source"]["published"],
                "sources": (document["id"],),
            }
            yield _CLAIM.validate_python(claim)


def _content(found: Mapping[str, Any], kind: Kind) -> Mapping[str, Any]:
    content: Mapping[str, Any] = found["action" if kind is Kind.PROPOSAL else "risk"]
    return content


_CLAIM = TypeAdapter(Claim)
