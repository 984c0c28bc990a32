"""Find again the finding that a decision is about when its id is gone.

An id is made from words, so it goes when the source is edited or a model cuts the words another
way. The decision remembers source, sentence and words of its finding and of those that join it; the
likest finding of the kind is meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefgen.model import Finding
from briefgen.review.file import Decisions
from briefgen.review.schema import KINDS, About
from briefgen.text.folding import folded

_ALIKE = 0.6
"""Least share of words in common, in order, at which a sentence is an edited form of another."""

_ELSEWHERE = 0.9
"""The same for a sentence in another source, as when a file gets a new name."""


@dataclass(frozen=True, slots=True)
class Match:
    """A decision's finding under the id it has now."""

    id: str
    same_sentence: bool
    """Whether the sentence says what it said, though its id has changed."""


def match(decisions: Decisions, findings: Iterable[Finding]) -> Mapping[str, Match]:
    """What each id that is gone from decisions, or from their ``merge:``, means now.

    The likest pairs go first. A finding that a decision names, or that is taken by a liker one, is
    no match.
    """
    present = list(findings)
    ids = {finding.id for finding in present}
    lost = {id_: about for id_, about in _remembered(decisions) if id_ not in ids}
    named = {id_ for key, one in decisions.by_id.items() for id_ in (key, *one.merge)}
    free = [finding for finding in present if finding.id not in named]
    words = {id(f): _words(f.sentence.text) for f in free} if lost else {}
    pairs = []
    for old, about in lost.items():
        sentence = _words(about.sentence)
        for finding in free:
            if finding.kind is not KINDS[old[0]]:
                continue
            least = _ALIKE if finding.sentence.source_id == about.source else _ELSEWHERE
            alike = _likeness(sentence, words[id(finding)], least)
            if alike >= least:
                pairs.append((_score(alike, about, finding), old, finding, alike == 1.0))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2].id))
    found: dict[str, Match] = {}
    taken: set[str] = set()
    for _, old, finding, same in pairs:
        if old not in found and finding.id not in taken:
            found[old] = Match(finding.id, same)
            taken.add(finding.id)
    return found


def _remembered(decisions: Decisions) -> Iterator[tuple[str, About]]:
    """Ids and what is known of them; what a decision of its own says of one comes last."""
    for decision in decisions.by_id.values():
        yield from ((id_, a) for id_, a in decision.about_merged.items() if id_ in decision.merge)
    for id_, decision in decisions.by_id.items():
        if decision.about:
            yield id_, decision.about


def _score(alike: float, about: About, finding: Finding) -> float:
    """How alike sentence and words are; the source that the decision names breaks ties."""
    stated = _words(" ".join(quote.text for quote in finding.content))
    words = SequenceMatcher(None, _words(about.words), stated, autojunk=False).ratio()
    return alike + words + (0.1 if finding.sentence.source_id == about.source else 0.0)


def _likeness(one: list[str], other: list[str], least: float) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _words(text: str) -> list[str]:
    """Words in small letters: what no inflection or spelling changes would hide a “not”."""
    return [word for word, _ in folded(text)]
