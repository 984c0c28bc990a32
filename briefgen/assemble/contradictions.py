"""Hold what the analyst's own text says of actors against the stances that sources give them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefgen.assemble.names import Names
from briefgen.assemble.quotations import Doubt, OwnText, shortened
from briefgen.assemble.topics import Topics
from briefgen.config import LEAST_CONFIDENCE, Config
from briefgen.model import Brief, Extraction, Position, Review, Stance
from briefgen.text.folding import fold, folded
from briefgen.text.words import carries_meaning

_AGAINST = (Stance.OPPOSE, Stance.CONCERN)

_UNSETTLED = re.compile(
    r"\?\W*\Z|\b(?:if|unless|whether|until|once|formerly|previously|originally|initially|at first"
    r"|used to|no longer|before|in the past|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""A sentence that asks, makes a condition or tells of another time."""

_TURNS = frozenset(
    map(
        fold,
        "not never no without against delay postpone pause suspend halt stop end ban block cancel "
        "scrap abandon repeal moratorium limit cap curb cut reduce weaken reject refuse oppose "
        "criticism criticise critic objection opposition attack lack absence failure".split(),
    )
)
"""Words that turn what is supported or opposed into something else: “a delay of the plan”."""

_VERBS = {Stance.SUPPORT: "supports", Stance.OPPOSE: "opposes"}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a position is about, by three signs."""

    words: frozenset[str]
    """Content words of the statement in one shape, without those of the actor's name."""
    target: str | None
    topics: frozenset[str]
    turns: frozenset[str]
    """Words of the sentence that turn it round, less those of the cue."""


def contradictions(
    config: Config, brief: Brief, own: Sequence[tuple[OwnText, Extraction]]
) -> list[Doubt]:
    """Positions in the analyst's text that every finding of the actor on the same contradicts.

    ``own`` has what extraction finds in each text. Support stands against opposition or concern;
    neutral findings take no side, nor does a sentence of the text that asks, makes a condition or
    tells of another time. Two positions are on the same where half the words of the shorter are the
    other's: two words or more, or one beside a target or topic in common. One finding of the actor
    with the text's stance and a target, a topic or these words in common is enough to say nothing,
    as is an actor that no finding names.
    """
    names = Names(
        config.settings.actors,
        (extraction.document.text for extraction in brief.extractions),
        (f.holder.name for e in brief.extractions for f in e.findings if f.holder),
    )
    comparison = _Comparison(config, brief)
    return [
        doubt
        for text, extraction in own
        for position in names.apply(extraction).findings
        if isinstance(position, Position) and (doubt := comparison.doubt(text, position))
    ]


class _Comparison:
    """The positions of a brief's sources by their actors."""

    def __init__(self, config: Config, brief: Brief) -> None:
        self._topics = Topics(config.settings.topics, Review(brief.marks))
        self._known: dict[str, list[tuple[Position, _Subject]]] = {}
        self._sure = {id_ for id_, mark in brief.marks.items() if not mark.outdated}
        for finding in (f for e in brief.extractions for f in e.findings):
            if isinstance(finding, Position) and finding.actor:
                one = finding, self._subject(finding)
                self._known.setdefault(finding.actor.name, []).append(one)

    def doubt(self, text: OwnText, position: Position) -> Doubt | None:
        """What speaks against a position of the analyst's text, where all that is known does."""
        verb = _VERBS.get(position.stance)
        if verb is None or position.actor is None or position.confidence < LEAST_CONFIDENCE:
            return None
        if _UNSETTLED.search(position.sentence.text):
            return None
        here = self._subject(position)
        against: list[tuple[float, Position]] = []
        for finding, subject in self._known.get(position.actor.name, ()):
            if finding.stance is Stance.NEUTRAL:
                continue
            alike = _share(here, subject)
            near = alike > 0 or _linked(here, subject)
            if near and _same_side(finding.stance, position.stance):
                return None
            sure = finding.confidence >= LEAST_CONFIDENCE or finding.id in self._sure
            if alike and sure and here.turns == subject.turns:
                against.append((alike, finding))
        if not against:
            return None
        nearest = max(against, key=lambda pair: (pair[0], pair[1].confidence))[1]
        words = shortened(" … ".join(quote.text for quote in position.statement))
        problem = f"here {position.actor.name} {verb} “{words}”, and no source says so"
        sentence = nearest.sentence
        place = f"{nearest.id} in {sentence.source_id}, {nearest.stance}"
        way_out = f"nearest: {place}: “{shortened(sentence.text)}”"
        return Doubt(text.column_of(position.statement[0].span.start), problem, way_out)

    def _subject(self, position: Position) -> _Subject:
        own = position.actor.name if position.actor else ""
        stated = " ".join(quote.text for quote in position.statement)
        return _Subject(
            frozenset(_content(stated)) - frozenset(_content(own)),
            position.target.casefold() if position.target else None,
            frozenset(self._topics.of(position)),
            _TURNS.intersection(_forms(position.sentence.text)) - _said_by_cue(position),
        )


def _forms(words: str) -> set[str]:
    return {form for _, form in folded(words)}


def _said_by_cue(position: Position) -> set[str]:
    """What the cue says, the stance has."""
    return _forms(position.cue.text) if position.cue else set()


def _content(words: str) -> Iterator[str]:
    return (form for word, form in folded(words) if carries_meaning(word))


def _same_side(one: Stance, other: Stance) -> bool:
    return (one in _AGAINST) == (other in _AGAINST)


def _linked(one: _Subject, other: _Subject) -> bool:
    same_target = one.target is not None and one.target == other.target
    return same_target or bool(one.topics & other.topics)


def _share(one: _Subject, other: _Subject) -> float:
    """The share of the shorter's words that both have; 0 where they are not on the same."""
    both = len(one.words & other.words)
    share = both / min(len(one.words), len(other.words)) if both else 0.0
    enough = both > 1 or (both and _linked(one, other))
    return share if enough and share >= _HALF else 0.0


_HALF = 0.5
