"""Apply an analyst's decisions to what was found, and announce what does not fit any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefgen.errors import ConfigError, GroundingError
from briefgen.model import Document, Extraction, Finding, Kind, Mark, Review, Verdict
from briefgen.review.additions import make
from briefgen.review.edits import edited, names, rated
from briefgen.review.file import Decisions
from briefgen.review.matching import Match, match
from briefgen.review.problems import Where, nearest
from briefgen.review.schema import Addition, Decision


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Findings after an analyst's decisions."""

    extractions: tuple[Extraction, ...]
    """Without what is dropped, with what is edited and added."""
    review: Review
    keys: Mapping[str, str]
    """The id under which a decision stands in the file, by the id that its finding has now."""
    joined: Mapping[str, str]
    """The id under which a decision's ``merge:`` names a finding, by the id that it has now."""
    warnings: tuple[str, ...]
    """One line for each decision that is not, or not safely, about what it was about."""


def review(decisions: Decisions, extractions: Sequence[Extraction]) -> Reviewed:
    """Apply decisions to what was found.

    A decision whose finding has changed is applied and announced, save that nothing is dropped
    whose sentence has changed. One whose finding is gone is announced. Raises ConfigError with a
    line for each addition whose words are not in its source, or edit whose are not in its sentence.
    """
    return _Desk(decisions, extractions).reviewed()


class _Desk:
    """Findings on their way through one decisions file."""

    def __init__(self, decisions: Decisions, extractions: Sequence[Extraction]) -> None:
        self._decisions = decisions
        self._documents = {e.document.source.id: e.document for e in extractions}
        self._found = {e.document.source.id: list(e.findings) for e in extractions}
        self._marks: dict[str, Mark] = {}
        self._dropped: list[Finding] = []
        self._problems: list[tuple[Where, str]] = []
        self._warnings: list[tuple[Where, str]] = []

    def reviewed(self) -> Reviewed:
        for at, addition in enumerate(self._decisions.added):
            self._add(at, addition)
        by_id: dict[str, list[Finding]] = {}
        for finding in (f for found in self._found.values() for f in found):
            by_id.setdefault(finding.id, []).append(finding)
        matches = match(self._decisions, (f for found in by_id.values() for f in found))
        keys: dict[str, str] = {}
        for key, decision in self._decisions.by_id.items():
            moved = matches.get(key)
            id_ = moved.id if moved else key
            if id_ in by_id:
                keys[id_] = key
                self._decide(key, decision, by_id[id_], moved)
            else:
                self._announce_lost(key, decision, by_id)
        merged, joined = self._merged(keys, by_id, matches)
        line = self._decisions.line
        if self._problems:
            raise ConfigError(*(line(*problem) for problem in self._sorted(self._problems)))
        return Reviewed(
            extractions=tuple(
                Extraction(document, tuple(self._found[id_]))
                for id_, document in self._documents.items()
            ),
            review=Review(self._marks, merged, tuple(self._dropped)),
            keys=keys,
            joined=joined,
            warnings=tuple(line(*warning) for warning in self._sorted(self._warnings)),
        )

    def _sorted(self, lines: list[tuple[Where, str]]) -> list[tuple[Where, str]]:
        return sorted(lines, key=lambda one: self._decisions.tree.place(one[0]))

    def _add(self, at: int, addition: Addition) -> None:
        document = self._documents.get(addition.source)
        if document is None:
            hint = nearest(addition.source, list(self._documents))
            problem = f"source: no source has the id {addition.source!r}{hint}"
            self._problems.append((("add", at, "source"), problem))
            return
        try:
            finding = make(document, addition)
        except GroundingError as error:
            self._problems.append((("add", at, "quote"), f"quote: {error}"))
            return
        if addition.rate:
            finding = rated(finding, addition.rate)
        if finding.id in self._marks:
            problem = f"the same words are added as {finding.id} already (take one away)"
            self._problems.append((("add", at), problem))
            return
        rating = addition.rate
        is_found = any(f.id == finding.id for found in self._found.values() for f in found)
        self._marks[finding.id] = Mark(
            Verdict.EDITED if is_found else Verdict.ADDED,
            addition.who,
            addition.when,
            topics=addition.topics,
            impact=rating.impact if rating else None,
            grade=rating.likelihood if rating else None,
        )
        found = [f for f in self._found[addition.source] if f.id != finding.id]
        found.append(finding)
        kinds = list(Kind)
        found.sort(key=lambda f: (kinds.index(f.kind), f.content[0].span))
        self._found[addition.source] = found

    def _decide(
        self, key: str, decision: Decision, findings: Sequence[Finding], moved: Match | None
    ) -> None:
        id_ = findings[0].id
        if moved:
            self._announce_moved(key, decision, findings[0], moved)
        if decision.drop and (moved is None or moved.same_sentence):
            added = self._marks.pop(id_, None)
            self._dropped += findings if added is None else ()
            self._replace(id_, None)
            return
        changed: tuple[str, ...] = ()
        for finding in findings if decision.edit or decision.rate else ():
            document = self._documents[finding.sentence.source_id]
            new = self._edited(key, document, finding, decision, moved)
            if new is not None:
                changed = _changed(decision, finding.kind)
                self._replace(id_, new, finding.sentence.source_id)
        self._marks[id_] = _mark(
            decision, changed, self._marks.get(id_), outdated=moved is not None
        )

    def _edited(
        self,
        key: str,
        document: Document,
        finding: Finding,
        decision: Decision,
        moved: Match | None,
    ) -> Finding | None:
        try:
            new = edited(document, finding, decision.edit) if decision.edit else finding
        except GroundingError as error:
            # What stood in the sentence when it was decided may have gone since.
            if moved:
                self._warnings.append(((key, "edit"), f"{key}: edit is not applied: {error}"))
            else:
                self._problems.append(((key, "edit"), f"edit: {error}"))
            return None
        return rated(new, decision.rate) if decision.rate else new

    def _replace(self, id_: str, new: Finding | None, source: str | None = None) -> None:
        for found in self._found.values() if source is None else (self._found[source],):
            found[:] = [
                new if f.id == id_ and new else f for f in found if f.id != id_ or new is not None
            ]

    def _announce_moved(self, key: str, decision: Decision, finding: Finding, moved: Match) -> None:
        words = _words(finding)
        stays = ", and is not dropped" if decision.drop and not moved.same_sentence else ""
        self._warnings.append(
            (
                (key,),
                f"{key}: needs another look: the finding is {finding.id} now{stays}: “{words:.80}” "
                f"(confirm with briefgen decide … {finding.id} {_verb(decision)})",
            )
        )

    def _announce_lost(
        self, key: str, decision: Decision, by_id: Mapping[str, Sequence[Finding]]
    ) -> None:
        what = "no finding has this id, and none is like it any more"
        way_out = "look for it with briefgen findings …, or take the decision away"
        if decision.about is None:
            what = "no finding has this id"
            alike = nearest(key, [id_ for id_ in by_id if id_[0] == key[0]])
            way_out = alike.strip(" ()") if "did you mean" in alike else way_out
        self._warnings.append(((key,), f"{key}: {what} ({way_out})"))

    def _merged(
        self,
        keys: Mapping[str, str],
        by_id: Mapping[str, Sequence[Finding]],
        matches: Mapping[str, Match],
    ) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """By the id of each finding to be joined: which one it joins, and its id in the file."""
        gone = {finding.id for finding in self._dropped}
        merged: dict[str, str] = {}
        joined: dict[str, str] = {}
        for id_, key in keys.items():
            if id_ in gone:
                continue
            for at, other in enumerate(self._decisions.by_id[key].merge):
                moved = matches.get(other)
                other_now = moved.id if moved else other
                if other_now not in by_id or other_now in gone:
                    problem = f"{key}: merge: no finding has the id {other} any more"
                    way_out = "look for it with briefgen findings …, or take the id away"
                    self._warnings.append(((key, "merge", at), f"{problem} ({way_out})"))
                    continue
                merged[other_now], joined[other_now] = id_, other
                if moved and other not in self._decisions.by_id:
                    self._marks[id_] = replace(self._marks[id_], outdated=True)
                    problem = f"{key}: merge: {other} needs another look: it is {other_now} now"
                    words = _words(by_id[other_now][0])
                    way_out = f"confirm with briefgen decide … {id_} merge {other_now}"
                    line = f"{problem}: “{words:.80}” ({way_out})"
                    self._warnings.append(((key, "merge", at), line))
        return merged, joined


def _words(finding: Finding) -> str:
    return " ".join(" ".join(quote.text for quote in finding.content).split())


def _verb(decision: Decision) -> str:
    return "drop" if decision.drop else "keep"


def _changed(decision: Decision, kind: Kind) -> tuple[str, ...]:
    fields = decision.edit.fields if decision.edit else ()
    rate = decision.rate
    if rate and rate.likelihood and "likelihood" not in fields:
        fields = (*fields, "likelihood")
    if rate and rate.impact:
        fields = (*fields, "impact")
    return names(kind, fields)


def _mark(
    decision: Decision, changed: tuple[str, ...], before: Mark | None, *, outdated: bool
) -> Mark:
    """The mark that a decision leaves; on an added finding it adds to that one's own."""
    only_noted = decision.note and not (
        decision.keep or decision.drop or decision.edit or decision.rate or decision.merge
    )
    verdict = Verdict.KEPT
    if before:
        verdict = before.verdict
    elif decision.edit or (decision.rate and decision.rate.likelihood):
        verdict = Verdict.EDITED
    elif only_noted or decision.drop:
        verdict = Verdict.NOTED
    before = before or Mark(verdict)
    topics = decision.edit.topics if decision.edit else None
    rate = decision.rate
    return replace(
        before,
        by=decision.who or before.by,
        when=decision.when or before.when,
        changed=changed,
        topics=before.topics if topics is None else topics,
        impact=(rate.impact if rate else None) or before.impact,
        grade=(rate.likelihood if rate else None) or before.grade,
        outdated=outdated,
    )
