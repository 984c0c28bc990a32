"""One document as the extractors see it: its tags cut into spans, its quotations, its cast."""

from dataclasses import dataclass
from functools import cached_property

from briefgen.extract.actors import Cast
from briefgen.extract.clauses import mended, mended_name
from briefgen.extract.names import is_named, names_somebody
from briefgen.extract.quotations import Quotations, quotations
from briefgen.extract.spans import TaggedSpan, tagged_spans
from briefgen.extract.triggers import weight
from briefgen.model import Document, Kind, Span
from briefgen.text.sentences import flatten
from briefgen.text.tagger import Decoding, Tags

_CONTENT_HEADS = {Kind.POSITION: "statement", Kind.PROPOSAL: "action", Kind.RISK: "risk"}

_NAMING_HEADS = ("actor", "proposer", "voice", "bearer")


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
        found = {head: self._role(head) for head in _NAMING_HEADS}
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

    def content(self, kind: Kind) -> list[TaggedSpan]:
        """Statements, actions or risks of the sentences that the model believes to hold one."""
        spans = tagged_spans(
            self.text,
            self.tags,
            _CONTENT_HEADS[kind],
            self.decoding.content[kind],
            bridge=self.decoding.bridge[kind],
            words=2,
            # “…”, she said, “…”: what signals the statement is no part of it.
            stop=self.tags.begin["cue"] + self.tags.inside["cue"] > self.decoding.roles,
        )
        return [
            TaggedSpan(span, found.sentence)
            for found in spans
            if self._holds(kind, found.sentence)
            and (span := mended(self.text, found.span, self.sentence(found.sentence)))
        ]

    def _holds(self, kind: Kind, sentence: int) -> bool:
        span = self.sentence(sentence)
        words = self.text[span.start : span.end]
        probability = self.tags.kind[kind][sentence]
        return bool(
            probability + self.decoding.wording * weight(kind, words)
            >= self.decoding.sentence[kind]
        )

    def sentence(self, index: int) -> Span:
        """Span of one of the document's sentences."""
        return self.tags.sentences[index]

    def role_in(self, heads: tuple[str, ...], sentence: int, near: Span) -> Span | None:
        """The span of the first head that has one in a sentence, the nearest to another span.

        One inside the other span comes last: who acts in a proposal is not who makes it.
        """
        for head in heads:
            spans = [found.span for found in self._by_sentence(head).get(sentence, ())]
            spans = [span for span in spans if not near.holds(span)] or spans
            if spans:
                return min(spans, key=lambda s: max(s.start - near.end, near.start - s.end, 0))
        return None

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
        heads = ("actor", "proposer", "voice")
        named = [
            found.span
            for head in heads
            for found in self.roles[head]
            if is_named(self.text[found.span.start : found.span.end])
        ]
        return Cast(self.document, named, self.quotations)
