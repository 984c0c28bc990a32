"""The analyst's desk: every finding in a list, and what stands behind one of them.

It looks into all stages at once, and no brief passes through it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from briefgen.assemble import placements
from briefgen.assemble.excerpt import excerpt
from briefgen.assemble.names import Origin
from briefgen.assemble.placement import Fate, Place, Placements
from briefgen.config import Config
from briefgen.errors import ConfigError
from briefgen.extract.scores import Scores, scores
from briefgen.model import (
    CONFIDENCE_DECIMALS,
    Actor,
    Document,
    Extraction,
    Finding,
    Kind,
    Position,
    Span,
    Standing,
    Verdict,
)
from briefgen.review import Decisions, Reviewed
from briefgen.review.problems import nearest


@dataclass(frozen=True)
class Desk:
    """One brief's findings before and after the decisions on them."""

    config: Config
    decisions: Decisions
    extractions: Sequence[Extraction]
    """As extracted."""
    reviewed: Reviewed
    model: str
    """Name and version of the model that found them."""

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Documents by the ids of their sources."""
        return {e.document.source.id: e.document for e in self.extractions}

    @cached_property
    def placements(self) -> Placements:
        """Where the brief shows each finding."""
        return placements(self.config, self.reviewed.extractions, self.model, self.reviewed.review)

    def finding(self, id_: str) -> Finding:
        """The finding with an id, or with one that it had when it was decided on.

        It is as extracted, where it was. Raises ConfigError where there is none.
        """
        now = {key: new for new, key in self.reviewed.keys.items()}.get(id_, id_)
        for extractions in (self.extractions, self.reviewed.extractions):
            for finding in (f for e in extractions for f in e.findings):
                if finding.id == now:
                    return finding
        known = [finding.id for finding in self._all() if finding.id[:1] == id_[:1]]
        hint = nearest(id_, known) if known else ""
        if "did you mean" not in hint:
            hint = f" (list them with briefgen findings {self.config.path})"
        raise ConfigError(f"{self.config.path}: no finding has the id {id_!r}{hint}")

    def _all(self) -> list[Finding]:
        """What stays and what is dropped, in reading order."""
        stays = [f for e in self.reviewed.extractions for f in e.findings]
        order, kinds = list(self.documents), list(Kind)
        return sorted(
            (*stays, *self.reviewed.review.dropped),
            key=lambda f: (
                order.index(f.sentence.source_id),
                kinds.index(f.kind),
                f.content[0].span,
            ),
        )

    def rows(
        self,
        kind: Kind | None = None,
        actor: str | None = None,
        search: str | None = None,
        status: Standing = Standing.ALL,
    ) -> Iterator[dict[str, Any]]:
        """Findings in reading order: all, or those of a kind, an actor, with words, or a status.

        Every one of the words has to stand in the sentence or in the actor's name.
        """
        words = (search or "").lower().split()
        for finding in self._all():
            row = self._row(finding)
            holder = row["actor"] or ""
            text = " ".join(f"{finding.sentence.text} {holder}".lower().split())
            if (
                (kind is None or finding.kind is kind)
                and (actor is None or self._is_by(actor, holder))
                and all(word in text for word in words)
                and _has_status(row, status)
            ):
                yield row

    def _is_by(self, actor: str, holder: str) -> bool:
        return holder == self.placements.names.canonical(actor) or actor.lower() in holder.lower()

    def _row(self, finding: Finding) -> dict[str, Any]:
        review = self.reviewed.review
        mark = review.marks.get(finding.id)
        dropped = any(finding is other for other in review.dropped)
        decision = "dropped" if dropped else str(mark.verdict) if mark else "undecided"
        shown = excerpt(self.documents[finding.sentence.source_id], finding)
        return {
            "id": finding.id,
            "kind": str(finding.kind),
            "confidence": round(finding.confidence, CONFIDENCE_DECIMALS),
            "decision": decision,
            "changed": self.reviewed.keys.get(finding.id, finding.id) != finding.id,
            "actor": self._name(finding.holder),
            "excerpt": " … ".join(" ".join(quote.text.split()) for quote in shown),
            "source": finding.sentence.source_id,
        }

    def _name(self, holder: Actor | None) -> str | None:
        if holder is None:
            return None
        words = holder.quote.text if holder.quote else None
        return self.placements.names.canonical(holder.name, words)

    def explain(self, id_: str) -> dict[str, Any]:
        """What stands behind a finding: words, scores, actor, places in the brief, decision.

        Raises ConfigError where there is no such finding.
        """
        # The model is opened for this alone: what it found is kept, how it came to it is not.
        from briefgen.text.tagger import Tagger

        finding = self.finding(id_)
        document = self.documents[finding.sentence.source_id]
        found = scores(document, Tagger(), finding)
        row = self._row(self._now(finding))
        return {
            **row,
            "sentence": " ".join(finding.sentence.text.split()),
            "words": [" ".join(quote.text.split()) for quote in finding.content],
            "cue": _cue(finding),
            "scores": _scores(found),
            "name": self._origin(finding, document),
            "brief": self._brief(finding),
            "file": self._decision(finding),
        }

    def _now(self, finding: Finding) -> Finding:
        """A finding as the decisions leave it."""
        return next((one for one in self._all() if one.id == finding.id), finding)

    def _origin(self, finding: Finding, document: Document) -> dict[str, Any] | None:
        """How the words for an actor became the name in the brief."""
        mark = self.reviewed.review.marks.get(finding.id)
        edited = mark is not None and {"actor", "proposer", "voice"} & set(mark.changed)
        holder = self._now(finding).holder
        if holder is None:
            return None
        words = holder.quote.text if holder.quote else None
        at = document.text.find(holder.name)
        first = document.locate(Span(at, at + len(holder.name))) if at >= 0 else None
        origin = self.placements.names.origin(holder.name, words)
        line = self.config.error(("actors", self._name(holder) or ""), "").removesuffix(": ")
        return {
            "words": " ".join(words.split()) if words else None,
            "in_source": None if edited else holder.name,
            "first_named": first and {"page": first.page, "paragraph": first.paragraph},
            "in_brief": self._name(holder),
            "by": "decision" if edited else str(origin),
            "place": line if origin is Origin.ACTORS else None,
        }

    def _brief(self, finding: Finding) -> dict[str, Any] | None:
        """Where the brief shows a finding or why not; None where it is dropped."""
        statement = self.placements.statement(finding.id)
        if statement is None:
            return None
        lead = statement.finding.id
        return {
            "confidence": round(statement.finding.confidence, CONFIDENCE_DECIMALS),
            "part_of": lead if lead != finding.id else None,
            "joined": [f.id for f in statement.findings if f.id not in (lead, finding.id)],
            "wanted": self.placements.wanted(statement),
            "sections": [self._place(place) for place in self.placements.of(statement)],
        }

    def _place(self, place: Place) -> dict[str, Any]:
        where: tuple[str | int, ...] = ("sections", place.index, place.section)
        if place.fate is not Fate.SHOWN and place.option:
            where = (*where, place.option)
        return {
            "section": place.section,
            "title": place.title,
            "fate": str(place.fate),
            "option": place.option,
            "least": place.least,
            "place": self.config.error(where, "").removesuffix(": "),
        }

    def _decision(self, finding: Finding) -> dict[str, Any] | None:
        """What the decisions file says of a finding, and where."""
        key = self.reviewed.keys.get(finding.id)
        if key is None:
            return None
        said = dict(self.decisions.tree.data[key])
        said.pop("about", None)
        place = self.decisions.line((key,), "").removesuffix(": ")
        return {"place": place, "id": key, "says": said}


def _has_status(row: Mapping[str, Any], status: Standing) -> bool:
    kept = (Verdict.KEPT, Verdict.EDITED, Verdict.ADDED)
    match status:
        case Standing.ALL:
            return True
        case Standing.UNDECIDED:
            return row["decision"] in ("undecided", Verdict.NOTED)
        case Standing.KEPT:
            return row["decision"] in kept
        case Standing.DROPPED:
            return bool(row["decision"] == "dropped")
        case Standing.CHANGED:
            return bool(row["changed"])


def _cue(finding: Finding) -> str | None:
    cue = finding.cue if isinstance(finding, Position) else None
    return " ".join(cue.text.split()) if cue else None


def _scores(found: Scores | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "records": round(found.records, 3),
        "sentence": round(found.sentence, 3),
        "words": round(found.words, 3),
        "least": found.least,
        "judged": {name: round(share, 3) for name, share in found.judged.items()},
        "settled": found.settled,
    }


def as_text(told: Mapping[str, Any]) -> str:
    """An explanation for eyes, a paragraph each for words, score, actor, brief and decision."""
    parts = [_told_words(told), _told_score(told), _told_actor(told), _told_brief(told)]
    return "\n\n".join((*parts, _told_decision(told))) + "\n"


_SINGULAR = {Kind.POSITION: "position", Kind.PROPOSAL: "proposal", Kind.RISK: "risk"}


def _told_words(told: Mapping[str, Any]) -> str:
    cue = f"\nCue: “{told['cue']}”" if told["cue"] else ""
    words = " … ".join(f"“{piece}”" for piece in told["words"])
    kind = _SINGULAR[Kind(told["kind"])]
    return f"{told['id']}: a {kind} in {told['source']}\n“{told['sentence']}”\nWords: {words}{cue}"


def _told_score(told: Mapping[str, Any]) -> str:
    lines = [f"Confidence: {told['confidence']:.2f}"]
    found = told["scores"]
    if found is None:
        return f"{lines[0]}: the model finds no such words; an analyst did"
    lines += [
        f"  records expected to match these words: {found['records']:.2f}",
        f"  the sentence has one of this kind: {found['sentence']:.2f}",
        f"  its words belong to one (mean): {found['words']:.2f}",
        f"  least that is a finding: {found['least']:.2f}",
    ]
    if found["judged"]:
        best = sorted(found["judged"].items(), key=lambda pair: -pair[1])[:3]
        shares = ", ".join(f"{name} {share:.2f}" for name, share in best)
        lines.append(f"  judged: {shares} (settled from {found['settled']:.2f})")
    return "\n".join(lines)


_BY = {
    "actors": "actors: in the YAML",
    "country": "the gazetteer of countries",
    "surname": "the full name that the sources give",
    "document": "the source itself",
    "decision": "the analyst’s decision",
}


def _told_actor(told: Mapping[str, Any]) -> str:
    name = told["name"]
    if name is None:
        return "Actor: none named"
    lines = [f"Actor: {name['in_brief']} (by {_BY[name['by']]})"]
    if name["place"]:
        lines[0] = f"{lines[0][:-1]}, {name['place']})"
    lines.append(f"  words of the source: {_quoted(name['words'])}")
    if name["in_source"]:
        first = name["first_named"] or {}
        page, paragraph = first.get("page"), first.get("paragraph")
        at = f"p. {page}" if page else f"para. {paragraph}" if paragraph else None
        lines.append(
            f"  who they mean there: {name['in_source']}" + (f", first in {at}" if at else "")
        )
    return "\n".join(lines)


def _quoted(words: str | None) -> str:
    return f"“{words}”" if words else "none; told by what stands around"


def _told_brief(told: Mapping[str, Any]) -> str:
    brief = told["brief"]
    if brief is None:
        return "In the brief: dropped"
    lines = ["In the brief:"]
    if brief["part_of"]:
        lines.append(f"  says the same as {brief['part_of']}, and is a further note to it")
    if brief["joined"]:
        lines.append(f"  joined with {', '.join(brief['joined'])}")
    if brief["wanted"]:
        lines.append("  an analyst wants it shown, whatever its confidence")
    lines += [f"  {_told_place(place, brief)}" for place in brief["sections"]]
    if not brief["sections"]:
        lines.append(f"  no section shows {told['kind']}")
    return "\n".join(lines)


def _told_place(place: Mapping[str, Any], brief: Mapping[str, Any]) -> str:
    title = f" “{place['title']}”" if place["title"] else ""
    head = f"{place['section']}{title} ({place['place']})"
    match Fate(place["fate"]):
        case Fate.SHOWN:
            return f"{head}: shown"
        case Fate.UNSURE:
            return f"{head}: hidden, {brief['confidence']:.2f} is below {place['least']:g}"
        case Fate.FILTERED:
            return f"{head}: left out, it is not among the section’s {place['option']}"
        case Fate.LIMITED:
            return f"{head}: left out by the limit, others weigh more"


def _told_decision(told: Mapping[str, Any]) -> str:
    file = told["file"]
    if file is None:
        return f"Decision: {told['decision']}"
    said = "\n".join(f"  {key}: {_plain(value)}" for key, value in file["says"].items())
    look = "\n  needs another look: its words have changed" if told["changed"] else ""
    return f"Decision ({file['place']}):\n{said}{look}"


def _plain(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Mapping():
            return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
        case list():
            return ", ".join(map(_plain, value))
        case None:
            return "none"
        case _:
            return str(value)
