"""Findings as JSON: the lines that ``briefgen extract`` prints and ``findings.json`` collects."""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from briefgen.model import (
    CONFIDENCE_DECIMALS,
    Actor,
    Artifact,
    Attribution,
    Brief,
    Document,
    Extraction,
    Kind,
    Mark,
    Position,
    Proposal,
    Quote,
    Risk,
)
from briefgen.render.record import as_json, record

SCHEMA = "briefgen/findings/1"
"""Name and version of what one document's object holds."""

BROAD_SCHEMA = "briefgen/attributions/1"
"""The same for an object with attributions in the wide sense."""


def render(brief: Brief) -> Artifact:
    """``findings.json``: what the brief says, and one object a document, everything found in it."""
    whole = {
        "schema": SCHEMA,
        "title": brief.front.title,
        "date": brief.front.date,
        "brief": as_json(record(brief)),
        "documents": [line(extraction, brief.marks) for extraction in brief.extractions],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return Artifact(PurePosixPath("findings.json"), text.encode("utf-8", "surrogatepass"))


def line(extraction: Extraction, marks: Mapping[str, Mark] | None = None) -> dict[str, Any]:
    """One document's object; offsets are half-open, in Unicode code points of its text.

    With ``marks``, a finding that an analyst decided on says so.
    """
    found: dict[str, list[Any]] = {kind: [] for kind in Kind}
    for finding in extraction.findings:
        mark = (marks or {}).get(finding.id)
        decided = {"decision": _decision(mark)} if mark else {}
        found[finding.kind].append({**_FIELDS[finding.kind](finding), **decided})
    return {"schema": SCHEMA, **_document(extraction.document), **found}


def broad_line(document: Document, attributions: Sequence[Attribution]) -> dict[str, Any]:
    """One document's object with every attribution in the wide sense."""
    found = [
        {
            "source": _quote(attribution.source),
            "cue": _quote(attribution.cue),
            "content": [_quote(piece) for piece in attribution.content],
        }
        for attribution in attributions
    ]
    return {"schema": BROAD_SCHEMA, **_document(document), "attributions": found}


def _decision(mark: Mark) -> dict[str, Any]:
    """Who decided what; a note or a reason stays with the analyst."""
    return {
        "verdict": mark.verdict,
        "by": mark.by,
        "when": mark.when,
        "changed": list(mark.changed),
        **({"impact": mark.impact} if mark.impact else {}),
        **({"topics": list(mark.topics)} if mark.topics is not None else {}),
        **({"outdated": True} if mark.outdated else {}),
    }


def _document(document: Document) -> dict[str, Any]:
    source = document.source
    return {
        "id": source.id,
        "source": {
            "path": source.location,
            "title": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "published": source.published,
            "words": document.words,
        },
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "id": position.id,
        "confidence": round(position.confidence, CONFIDENCE_DECIMALS),
        "sentence": _quote(position.sentence),
        "actor": _actor(position.actor),
        "cue": _quote(position.cue),
        "statement": [_quote(piece) for piece in position.statement],
        "speech": position.speech,
        "stance": position.stance,
        "target": position.target,
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "confidence": round(proposal.confidence, CONFIDENCE_DECIMALS),
        "sentence": _quote(proposal.sentence),
        "proposer": _actor(proposal.proposer),
        "action": _quote(proposal.action),
        "status": proposal.status,
        "addressee": _quote(proposal.addressee),
    }


def _risk(risk: Risk) -> dict[str, Any]:
    likelihood = risk.likelihood
    return {
        "id": risk.id,
        "confidence": round(risk.confidence, CONFIDENCE_DECIMALS),
        "sentence": _quote(risk.sentence),
        "voice": _actor(risk.voice),
        "risk": _quote(risk.risk),
        "bearer": _quote(risk.bearer),
        "likelihood": likelihood
        and {
            "level": likelihood.level,
            "signal": likelihood.signal.text if likelihood.signal else None,
        },
    }


_FIELDS: Mapping[Kind, Any] = {
    Kind.POSITION: _position,
    Kind.PROPOSAL: _proposal,
    Kind.RISK: _risk,
}


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    return {"start": quote.span.start, "end": quote.span.end, "text": quote.text}


def _actor(actor: Actor | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    place = _quote(actor.quote) or {"start": None, "end": None, "text": None}
    return {**place, "name": actor.name}
