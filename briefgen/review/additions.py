"""Make findings of the words that an analyst points to: cut from the source, never typed."""

from collections.abc import Mapping, Sequence

from briefgen.model import (
    Actor,
    Document,
    Finding,
    Kind,
    Level,
    Likelihood,
    Position,
    Proposal,
    Quote,
    Risk,
    Span,
    Speech,
    Stance,
)
from briefgen.review.schema import Addition
from briefgen.text.grounding import ground
from briefgen.text.identity import finding_id
from briefgen.text.sentences import sentences

CERTAIN = 1.0
"""Confidence of what an analyst recorded."""


def make(document: Document, addition: Addition) -> Finding:
    """The finding that an analyst adds to a document.

    Raises GroundingError where its words do not stand in the document.
    """
    quote = ground(document, addition.quote)
    sentence = sentence_around(document, [quote])
    id_ = finding_id(addition.kind, sentence, (quote,))
    holder = actor(document, sentence, addition.actor)
    match addition.kind:
        case Kind.POSITION:
            return Position(
                id=id_,
                sentence=sentence,
                actor=holder,
                cue=None,
                statement=(quote,),
                speech=addition.speech or Speech.INDIRECT,
                stance=addition.stance or Stance.NEUTRAL,
                target=addition.target,
                confidence=CERTAIN,
            )
        case Kind.PROPOSAL:
            return Proposal(
                id=id_,
                sentence=sentence,
                proposer=holder,
                action=quote,
                status=addition.status,
                addressee=words_near(document, sentence, addition.addressee),
                confidence=CERTAIN,
            )
        case Kind.RISK:
            return Risk(
                id=id_,
                sentence=sentence,
                voice=holder,
                risk=quote,
                bearer=words_near(document, sentence, addition.bearer),
                likelihood=likelihood(addition.likelihood),
                confidence=CERTAIN,
            )


def sentence_around(document: Document, quotes: Sequence[Quote]) -> Quote:
    """The sentence that words stand in; where they run over several, all of these."""
    start, end = quotes[0].span.start, max(quote.span.end for quote in quotes)
    touched = [s for s in sentences(document) if s.overlaps(Span(start, end))]
    starts, ends = [s.start for s in touched], [s.end for s in touched]
    return document.quote(Span(min([start, *starts]), max([end, *ends])))


def actor(document: Document, sentence: Quote, name: str | None) -> Actor | None:
    """An actor by the analyst's name, with its words where the sentence has them."""
    if name is None:
        return None
    at = document.text.find(name, sentence.span.start, sentence.span.end)
    return Actor(name, document.quote(Span(at, at + len(name))) if at >= 0 else None)


def words_near(document: Document, sentence: Quote, words: str | None) -> Quote | None:
    """Words of a sentence, else of the paragraph around it. Raises GroundingError."""
    if words is None:
        return None
    near = sentence.span
    if " ".join(words.split()) not in " ".join(sentence.text.split()):
        block = document.block_at(sentence.span.start)
        near = block.span if block else near
    return ground(document, words, near)


def likelihood(level: Level | None) -> Likelihood | None:
    """A likelihood that the analyst and no word of the source gives."""
    return None if level is None else Likelihood(level, None)


HOLDERS: Mapping[Kind, str] = {
    Kind.POSITION: "actor",
    Kind.PROPOSAL: "proposer",
    Kind.RISK: "voice",
}
"""What ``actor`` is called in each kind of finding."""

CONTENTS: Mapping[Kind, str] = {
    Kind.POSITION: "statement",
    Kind.PROPOSAL: "action",
    Kind.RISK: "risk",
}
"""What ``statement`` is called."""
