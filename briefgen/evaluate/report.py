"""Figures and errors as text for eyes and as JSON for programs."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from briefgen.evaluate.measure import Error, Evaluation, Fault, Score, Tally
from briefgen.evaluate.record import Record
from briefgen.model import Kind

SCHEMA = "briefgen/evaluation/1"
"""Name and version of what the JSON holds."""

_SINGULAR = {Kind.POSITION: "position", Kind.PROPOSAL: "proposal", Kind.RISK: "risk"}
_JUDGED = {Kind.POSITION: "stance", Kind.PROPOSAL: "status"}
"""What is judged of a kind; of a risk nothing is."""


def text(evaluation: Evaluation, errors: int = 20) -> str:
    """Tables of figures in percent, then the worst errors, that many at most.

    Every class of error gets a place in turn, the gravest class first, so that many of one don't
    hide the others; inside a class those with most content words come first.
    """
    parts = [_figures(evaluation), _by_document(evaluation)]
    chosen = _worst(evaluation.errors, errors)
    if chosen:
        parts.append(_worded(evaluation.errors, chosen))
    return "\n\n".join(parts) + "\n"


def _figures(evaluation: Evaluation) -> str:
    count = len(evaluation.documents)
    gap = "  "
    heads = "".join(f"{gap}{head:^17}" for head in ("sentence", "record", "record + holder"))
    columns = (gap + "    P     R    F1") * 3
    rows = [
        f"{count} labelled {'document' if count == 1 else 'documents'}",
        "",
        f"{'':24}{heads}".rstrip(),
        f"{'':10}{'gold':>7}{'found':>7}{columns}",
    ]
    for kind, tally in evaluation.kinds.items():
        scores = (tally.sentence, tally.record, tally.holder)
        cells = "".join(gap + _triple(score, tally.empty) for score in scores)
        judged = ""
        if kind in _JUDGED and tally.accuracy is not None:
            judged = f"{gap}{_JUDGED[kind]} {100 * tally.accuracy:.1f}"
        rows.append(f"{kind:10}{tally.gold:7}{tally.found:7}{cells}{judged}")
    return "\n".join(rows)


def _triple(score: Score, empty: bool) -> str:
    values = (score.precision, score.recall, score.f1)
    return " ".join("    –" if empty else f"{100 * value:5.1f}" for value in values)


def _by_document(evaluation: Evaluation) -> str:
    width = max([len("F1 of records"), *(len(document.id) for document in evaluation.documents)])
    rows = ["F1 of records".ljust(width) + "".join(f"{kind:>11}" for kind in Kind)]
    for document in evaluation.documents:
        cells = (document.tallies[kind] for kind in Kind)
        figures = ("–" if t.empty else f"{100 * t.record.f1:.1f}" for t in cells)
        rows.append(_visible(document.id).ljust(width) + "".join(f"{f:>11}" for f in figures))
    return "\n".join(rows)


def _worst(errors: Sequence[Error], limit: int) -> list[Error]:
    classes = [[error for error in errors if error.fault is fault] for fault in Fault]
    turns = (error for turn in zip_longest(*classes) for error in turn if error is not None)
    return [error for error, _ in zip(turns, range(limit), strict=False)]


def _worded(errors: Sequence[Error], chosen: Sequence[Error]) -> str:
    parts = []
    for fault in Fault:
        shown = [error for error in chosen if error.fault is fault]
        if shown:
            total = sum(error.fault is fault for error in errors)
            count = total if len(shown) == total else f"{len(shown)} of {total}"
            parts.append("\n\n".join([f"{fault.capitalize()}: {count}", *map(_error, shown)]))
    return "\n\n".join(parts)


def _error(error: Error) -> str:
    record = error.record
    sentence = record.sentence if error.found is None else error.found.sentence
    lines = [f"  {_visible(error.document)}, {_SINGULAR[record.kind]}: {_visible(sentence)}"]
    if error.labelled is not None:
        optional = " (optional)" if error.labelled.optional else ""
        lines.append(f"    labelled{optional}: {_described(error.labelled)}")
    if error.found is not None:
        lines.append(f"    found: {_described(error.found)}")
    return "\n".join(lines)


def _described(record: Record) -> str:
    who = record.name or record.holder or "nobody named"
    judged = f" [{record.judged}]" if record.judged else ""
    return _visible(f"{who}{judged}: {' … '.join(record.content)}")


def _visible(words: str) -> str:
    """On one line, and without characters that steer a terminal."""
    return "".join(c for c in " ".join(words.split()) if c.isprintable())


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Every figure and every error, in a fixed order; scores from 0 to 1, null without records."""
    return {
        "schema": SCHEMA,
        "kinds": {kind: _tally(kind, tally) for kind, tally in evaluation.kinds.items()},
        "documents": [
            {
                "id": document.id,
                **{kind: _tally(kind, document.tallies[kind]) for kind in Kind},
            }
            for document in evaluation.documents
        ],
        "errors": [
            {
                "fault": error.fault,
                "kind": error.record.kind,
                "document": error.document,
                "labelled": _record(error.labelled),
                "found": _record(error.found),
            }
            for error in evaluation.errors
        ],
        "warnings": list(evaluation.warnings),
    }


def _tally(kind: Kind, tally: Tally) -> dict[str, Any]:
    scores = {"sentence": tally.sentence, "record": tally.record, "holder": tally.holder}
    figures: dict[str, Any] = {"gold": tally.gold, "found": tally.found, "paired": tally.paired}
    for name, score in scores.items():
        figures[name] = None if tally.empty else dict(_rounded(score))
    if kind in _JUDGED:
        accuracy = tally.accuracy
        figures[_JUDGED[kind]] = None if accuracy is None else round(accuracy, _DIGITS)
    return figures


_DIGITS = 4


def _rounded(score: Score) -> Iterator[tuple[str, float]]:
    for name in ("precision", "recall", "f1"):
        yield name, round(getattr(score, name), _DIGITS)


def _record(record: Record | None) -> dict[str, Any] | None:
    if record is None:
        return None
    judged = {_JUDGED[record.kind]: record.judged} if record.kind in _JUDGED else {}
    return {
        "sentence": record.sentence,
        "content": list(record.content),
        "holder": record.holder,
        "name": record.name,
        **judged,
        "optional": record.optional,
    }
