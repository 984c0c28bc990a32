"""Pair the labels of one kind in one document with what was found there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from briefgen.evaluate.likeness import ENOUGH, likeness, same_sentence, sentence_key
from briefgen.evaluate.record import Record


@dataclass(frozen=True, slots=True)
class Matching:
    """Which label is which finding, and what is left on both sides."""

    pairs: tuple[tuple[Record, Record], ...]
    """Labels that are not optional, each with the finding that matches it."""
    excused: int
    """Findings that match an optional label."""
    cut: tuple[tuple[Record, Record], ...]
    """Labels and findings of one sentence that share too few words to be a pair."""
    missed: tuple[Record, ...]
    """Other labels without a finding; optional ones are not among them."""
    invented: tuple[Record, ...]
    """Other findings without a label."""


def match(labels: Sequence[Record], findings: Sequence[Record]) -> Matching:
    """Pair one to one, the most alike first; where two are equally alike, the later one."""
    alike = {
        (i, j): likeness(label, finding)
        for (i, label), (j, finding) in product(enumerate(labels), enumerate(findings))
    }

    def closeness(pair: tuple[int, int]) -> tuple[float, bool, int, int]:
        i, j = pair
        return alike[pair], not labels[i].optional, i, j

    pairs = _one_to_one(
        sorted((pair for pair in alike if alike[pair] >= ENOUGH), key=closeness, reverse=True)
    )
    free_labels = set(range(len(labels))) - {i for i, _ in pairs}
    free_findings = set(range(len(findings))) - {j for _, j in pairs}
    # A sentence may hold two statements: without a shared word, one is missed and one invented.
    near = [
        (i, j)
        for i, j in product(free_labels, free_findings)
        if alike[i, j] > 0 and _share_a_sentence(labels[i], findings[j])
    ]
    cut = _one_to_one(sorted(near, key=closeness, reverse=True))
    missed = sorted(free_labels - {i for i, _ in cut})
    invented = sorted(free_findings - {j for _, j in cut})
    return Matching(
        pairs=tuple((labels[i], findings[j]) for i, j in pairs if not labels[i].optional),
        excused=sum(labels[i].optional for i, _ in pairs),
        cut=tuple((labels[i], findings[j]) for i, j in sorted(cut)),
        missed=tuple(labels[i] for i in missed if not labels[i].optional),
        invented=tuple(findings[j] for j in invented),
    )


def _one_to_one(ordered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take pairs in order, each label and each finding once."""
    labels: set[int] = set()
    findings: set[int] = set()
    taken = []
    for i, j in ordered:
        if i not in labels and j not in findings:
            labels.add(i)
            findings.add(j)
            taken.append((i, j))
    return taken


def _share_a_sentence(one: Record, other: Record) -> bool:
    mine, yours = one.sentence, other.sentence
    return sentence_key(mine) == sentence_key(yours) or same_sentence(mine, yours)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences that carry a record of one kind, each counted once however many it carries."""

    labelled: int
    labelled_hit: int
    """Of these, how many were found."""
    found: int
    """Without those that only an optional label asks for."""
    found_hit: int
    """Of these, how many are labelled."""


def compare_sentences(labels: Sequence[Record], findings: Sequence[Record]) -> Sentences:
    """Count sentences labelled, found and both; two that are cut differently count as one."""
    wanted = _sentences(r for r in labels if not r.optional)
    borderline = _sentences(r for r in labels if r.optional)
    given = _sentences(findings)
    hit = [s for s in given if _among(s, wanted)]
    excused = [s for s in given if s not in hit and _among(s, borderline)]
    return Sentences(
        labelled=len(wanted),
        labelled_hit=sum(_among(s, given) for s in wanted),
        found=len(given) - len(excused),
        found_hit=len(hit),
    )


def _sentences(records: Iterable[Record]) -> list[str]:
    return list(dict.fromkeys(sentence_key(record.sentence) for record in records))


def _among(sentence: str, others: Sequence[str]) -> bool:
    return sentence in others or any(same_sentence(sentence, other) for other in others)
