"""One document as the extractors see it: its tags cut into spans, its quotations, its cast."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from briefgen.extract.actors import Cast
from briefgen.extract.candidates import candidates
from briefgen.extract.clauses import mended, mended_name
from briefgen.extract.names import names_somebody
from briefgen.extract.quotations import Quotations, quotations
from briefgen.extract.spans import TaggedSpan, tagged_spans, trim, whole_words
from briefgen.model import Document, Kind, Span
from briefgen.text.sentences import flatten
from briefgen.text.tagger import Decoding, Tags
from briefgen.text.words import carries_meaning, is_punctuation

CONTENT_HEADS = {Kind.POSITION: "statement", Kind.PROPOSAL: "action", Kind.RISK: "risk"}

_HOLDER_HEADS = ("actor", "proposer", "voice")

_FAINT_SENTENCE = 0.02
"""Probability of a kind below which a sentence is not searched for it."""

_FAINT_SPAN = 0.03
"""Expected matches below which a span is not looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """A span that may be a statement, an action or a risk."""

    kind: Kind
    span: Span
    sentence: int
    """Index of its sentence in the tags."""
    words: slice
    """Its rows in the tags."""
    known: tuple[float, ...]
    """What its confidence is computed from: the logits of its expected matches and of its
    sentence's kind, and the mean probability that its words are tagged."""
    confidence: float


@dataclass(frozen=True)
class Reading:
    """Everything that the three extractors share of one document."""

    document: Document
    tags: Tags
    decoding: Decoding

    @cached_property
    def text(self) -> str:
        """The document's text with soft line breaks made spaces."""
        return flatten(self.document)

    @cached_property
    def roles(self) -> dict[str, list[TaggedSpan]]:
        """Spans of actors, cues, proposers, voices and bearers."""
        found = {head: self._role(head) for head in (*_HOLDER_HEADS, "bearer")}
        least = self.decoding.roles
        return {**found, "cue": tagged_spans(self.text, self.tags, "cue", least, bridge=1)}

    def _role(self, head: str) -> list[TaggedSpan]:
        least = self.decoding.roles
        # Who would be harmed is tagged too seldom for its edges to be trusted.
        edge = None if head == "bearer" else self.decoding.edge
        whole = [
            TaggedSpan(mended_name(self.text, found.span), found.sentence)
            for found in tagged_spans(self.text, self.tags, head, least, bridge=1, edge=edge)
        ]
        return [f for f in whole if names_somebody(self.text[f.span.start : f.span.end])]

    def found(self, kind: Kind) -> list[Found]:
        """Statements, actions or risks that reach the least confidence, in reading order.

        No two overlap: of those that do once their phrases are finished, the surest is kept.
        """
        least = self.decoding.least[kind]
        sure = [found for found in self.candidates(kind) if found.confidence >= least]
        kept: list[Found] = []
        for found in sorted(sure, key=lambda found: -found.confidence):
            same = (other for other in kept if other.sentence == found.sentence)
            if not any(found.span.overlaps(other.span) for other in same):
                kept.append(found)
        return sorted(kept, key=lambda found: found.span)

    def candidates(self, kind: Kind) -> Iterator[Found]:
        """Whatever may be a finding of a kind, each with its confidence."""
        head = CONTENT_HEADS[kind]
        tagged = self.tags.begin[head] + self.tags.inside[head]
        for sentence in np.flatnonzero(self.tags.kind[kind] > _FAINT_SENTENCE).tolist():
            words = self.sentence_rows(sentence)
            if words.start == words.stop:
                continue
            edge, weight = self._edge[words], self._weight[words]
            whole = self.sentence(sentence)
            for found in candidates(self.tags, head, words, edge, weight, _FAINT_SPAN):
                rows = slice(found.first, found.last + 1)
                known = (
                    _logit(found.expected),
                    _logit(float(self.tags.kind[kind][sentence])),
                    float(tagged[rows].mean()),
                )
                span = Span(int(self.tags.start[found.first]), int(self.tags.end[found.last]))
                mend = mended(self.text, trim(self.text, whole_words(self.text, span)), whole)
                if mend:
                    yield Found(kind, mend, sentence, rows, known, self._confidence(kind, known))

    def _confidence(self, kind: Kind, known: tuple[float, ...]) -> float:
        bias, *weights = self.decoding.confidence[kind]
        score = bias + sum(w * value for w, value in zip(weights, known, strict=True))
        return 1 / (1 + math.exp(-score))

    @cached_property
    def _words(self) -> list[str]:
        ends = zip(self.tags.start.tolist(), self.tags.end.tolist(), strict=True)
        return [self.text[start:end].lower() for start, end in ends]

    @cached_property
    def _edge(self) -> NDArray[np.bool_]:
        """Which words a span may begin or end with."""
        return np.array([not is_punctuation(word) for word in self._words], np.bool_)

    @cached_property
    def _weight(self) -> NDArray[np.float64]:
        """What each word counts when two spans are compared."""
        return np.array([carries_meaning(word) for word in self._words], np.float64)

    @cached_property
    def names(self) -> list[Span]:
        """Whatever may name a holder, in reading order."""
        return sorted({found.span for head in _HOLDER_HEADS for found in self.roles[head]})

    def sentence(self, index: int) -> Span:
        """Span of one of the document's sentences."""
        return self.tags.sentences[index]

    def sentence_rows(self, index: int) -> slice:
        """Rows of the tags that a sentence runs over."""
        return slice(int(self._bounds[index]), int(self._bounds[index + 1]))

    @cached_property
    def _bounds(self) -> NDArray[np.int64]:
        return np.searchsorted(self.tags.sentence, np.arange(len(self.tags.sentences) + 1))

    def nearest_role(self, head: str, sentence: int, near: Span) -> Span | None:
        """The span of a head in a sentence that is nearest to another; one inside it comes last."""
        spans = self.role_spans(head, sentence)
        spans = [span for span in spans if not near.holds(span)] or spans
        return min(
            spans, key=lambda s: max(s.start - near.end, near.start - s.end, 0), default=None
        )

    def role_spans(self, head: str, sentence: int) -> list[Span]:
        """Spans of one head in a sentence, in reading order."""
        return [found.span for found in self._by_sentence(head).get(sentence, ())]

    def tagged(self, head: str, span: Span) -> float:
        """Mean probability that the words of a span belong to a head's spans."""
        rows = self.rows(span)
        return float((self.tags.begin[head][rows] + self.tags.inside[head][rows]).mean())

    def untagged_around(self, head: str, span: Span) -> Span:
        """A span and the words around it that a head leaves out, within their sentence."""
        rows = self.rows(span)
        first, last = rows.start, rows.stop - 1
        marked = self.tags.begin[head] + self.tags.inside[head] >= 0.5
        sentence = self.tags.sentence[first]
        while first > 0 and self.tags.sentence[first - 1] == sentence and not marked[first - 1]:
            first -= 1
        while (
            last + 1 < len(marked)
            and self.tags.sentence[last + 1] == sentence
            and not marked[last + 1]
        ):
            last += 1
        return Span(int(self.tags.start[first]), int(self.tags.end[last]))

    def rows(self, span: Span) -> slice:
        """Rows of the tags that a span of the text runs over."""
        first = int(np.searchsorted(self.tags.end, span.start, side="right"))
        last = int(np.searchsorted(self.tags.start, span.end))
        return slice(first, max(last, first + 1))

    def _by_sentence(self, head: str) -> dict[int, list[TaggedSpan]]:
        if head not in self._indexed:
            index: dict[int, list[TaggedSpan]] = {}
            for found in self.roles[head]:
                index.setdefault(found.sentence, []).append(found)
            self._indexed[head] = index
        return self._indexed[head]

    @cached_property
    def _indexed(self) -> dict[str, dict[int, list[TaggedSpan]]]:
        return {}

    @cached_property
    def quotations(self) -> Quotations:
        """The document's quotations."""
        return quotations(self.document)

    @cached_property
    def cast(self) -> Cast:
        """Who is named in the document."""
        return Cast(self.document, self.names, self.quotations)


def _logit(probability: float) -> float:
    kept = min(max(probability, 0.001), 0.999)
    return math.log(kept / (1 - kept))
