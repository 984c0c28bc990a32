"""From labels and findings to figures and errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from briefgen.evaluate import record
from briefgen.evaluate.labels import Labelled
from briefgen.evaluate.likeness import holders_agree, weight
from briefgen.evaluate.matching import Matching, compare_sentences, match
from briefgen.evaluate.record import Record
from briefgen.model import Extraction, Kind, Stance


@dataclass(frozen=True, slots=True)
class Score:
    """How two sets agree; 0 where there is nothing to divide by."""

    precision: float
    """Share of what was found that is right."""
    recall: float
    """Share of what was labelled that was found."""

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one kind, in one document or in several added up."""

    gold: int = 0
    """Labels, without optional ones."""
    found: int = 0
    """Findings, without those that match an optional label."""
    paired: int = 0
    """Labels with a finding that says the same."""
    holders: int = 0
    """Of these, how many name the holder right."""
    judged: int = 0
    """Of the paired, how many labels give a stance or a status."""
    judged_right: int = 0
    """Of these, how many findings give the same."""
    gold_sentences: int = 0
    gold_sentences_hit: int = 0
    found_sentences: int = 0
    found_sentences_hit: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def empty(self) -> bool:
        """Whether nothing is labelled and nothing found, so that no figure means anything."""
        return not self.gold and not self.found

    @property
    def sentence(self) -> Score:
        """Whether the right sentences were found."""
        return Score(
            _share(self.found_sentences_hit, self.found_sentences),
            _share(self.gold_sentences_hit, self.gold_sentences),
        )

    @property
    def record(self) -> Score:
        """Whether the right words were found."""
        return Score(_share(self.paired, self.found), _share(self.paired, self.gold))

    @property
    def holder(self) -> Score:
        """Whether the right words were found and given to the right holder."""
        return Score(_share(self.holders, self.found), _share(self.holders, self.gold))

    @property
    def accuracy(self) -> float | None:
        """Share of paired labels whose stance or status is right; None where none gives one."""
        return _share(self.judged_right, self.judged) if self.judged else None


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


class Fault(StrEnum):
    """What is wrong, the gravest first: the first three put words or a view in a mouth."""

    INVENTED = "invented"
    HOLDER = "wrong holder"
    JUDGED = "wrong stance or status"
    CUT = "cut differently"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that extraction got wrong."""

    fault: Fault
    document: str
    labelled: Record | None
    found: Record | None

    @property
    def record(self) -> Record:
        """What was found, or what should have been."""
        found = self.found or self.labelled
        assert found is not None, "an error has at least one side"
        return found

    @property
    def gravity(self) -> tuple[int, bool, int]:
        """What errors are sorted by; a stance or status left open is lighter than a wrong one."""
        unsure = self.record.judged in (None, Stance.NEUTRAL)
        open_ = self.fault is Fault.JUDGED and unsure
        return list(Fault).index(self.fault), open_, -weight(self.record)


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What one document comes to."""

    id: str
    tallies: Mapping[Kind, Tally]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What extraction gets right and wrong on a set of labelled documents."""

    documents: tuple[DocumentResult, ...]
    """In the order of the label files' names."""
    errors: tuple[Error, ...]
    """Grouped by fault, the gravest first; inside a group those with most content words first,
    since a long wrong line takes most room in a brief."""
    warnings: tuple[str, ...]
    """Labels that may be wrong themselves, one line each."""

    @property
    def kinds(self) -> Mapping[Kind, Tally]:
        """Each kind's counts over all documents."""
        return {
            kind: sum((document.tallies[kind] for document in self.documents), Tally())
            for kind in Kind
        }


def measure(labelled: Iterable[Labelled], extractions: Iterable[Extraction]) -> Evaluation:
    """Compare each document's labels with what was found in it; both come in the same order."""
    documents: list[DocumentResult] = []
    errors: list[Error] = []
    warnings: list[str] = []
    for labels, extraction in zip(labelled, extractions, strict=True):
        findings = [record.found(finding) for finding in extraction.findings]
        tallies = {}
        for kind in Kind:
            wanted = [one for one in labels.records if one.kind is kind]
            given = [one for one in findings if one.kind is kind]
            matching = match(wanted, given)
            tallies[kind] = _tally(wanted, given, matching)
            errors += _errors(labels.id, matching)
        documents.append(DocumentResult(labels.id, tallies))
        warnings += labels.warnings
    errors.sort(key=lambda error: error.gravity)
    return Evaluation(tuple(documents), tuple(errors), tuple(warnings))


def _tally(labels: Sequence[Record], findings: Sequence[Record], matching: Matching) -> Tally:
    sentences = compare_sentences(labels, findings)
    judged = [(label, found) for label, found in matching.pairs if label.judged]
    return Tally(
        gold=sum(not label.optional for label in labels),
        found=len(findings) - matching.excused,
        paired=len(matching.pairs),
        holders=sum(holders_agree(label, found) for label, found in matching.pairs),
        judged=len(judged),
        judged_right=sum(label.judged == found.judged for label, found in judged),
        gold_sentences=sentences.labelled,
        gold_sentences_hit=sentences.labelled_hit,
        found_sentences=sentences.found,
        found_sentences_hit=sentences.found_hit,
    )


def _errors(document: str, matching: Matching) -> Iterable[Error]:
    for label, found in matching.pairs:
        if not holders_agree(label, found):
            yield Error(Fault.HOLDER, document, label, found)
        if label.judged and label.judged != found.judged:
            yield Error(Fault.JUDGED, document, label, found)
    for label, found in matching.cut:
        yield Error(Fault.CUT, document, label, found)
    for found in matching.invented:
        yield Error(Fault.INVENTED, document, None, found)
    for label in matching.missed:
        yield Error(Fault.MISSED, document, label, None)
