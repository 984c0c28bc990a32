"""Find who holds, says, demands, fears or rejects what."""

from collections.abc import Iterator, Sequence

from briefgen.extract import wording
from briefgen.extract.attribution import Attribution, attributions
from briefgen.extract.identity import finding_id
from briefgen.extract.names import proper_names
from briefgen.extract.reading import Reading
from briefgen.model import Actor, Kind, Position, Span, Stance


def extract(reading: Reading) -> Iterator[Position]:
    """Yield the positions of one document, one for each sentence that states one."""
    statements = reading.content(Kind.POSITION)
    sentence_of = {found.span: found.sentence for found in statements}
    joined = attributions(
        reading.text,
        [found.span for found in reading.roles["actor"]],
        [found.span for found in reading.roles["cue"]],
        list(sentence_of),
    )
    for attribution in joined:
        by_sentence: dict[int, list[Span]] = {}
        for span in sorted(attribution.statements):
            by_sentence.setdefault(sentence_of[span], []).append(span)
        for sentence, spans in by_sentence.items():
            cue = attribution.cue
            if cue and not reading.sentence(sentence).holds(cue):
                cue = None
            for pieces in _around(cue, spans):
                yield _position(reading, sentence, attribution, cue, pieces)


def _around(cue: Span | None, spans: Sequence[Span]) -> list[list[Span]]:
    """Join two spans only where the cue stands between: “…”, she said, “…”."""
    pieces = [[spans[0]]]
    for span in spans[1:]:
        before = pieces[-1][-1]
        if cue and before.end <= cue.start and cue.end <= span.start:
            pieces[-1].append(span)
        else:
            pieces.append([span])
    return pieces


def _position(
    reading: Reading,
    sentence: int,
    attribution: Attribution,
    cue: Span | None,
    pieces: Sequence[Span],
) -> Position:
    document, whole = reading.document, reading.sentence(sentence)
    statement = tuple(document.quote(span) for span in pieces)
    quote = document.quote(whole)
    named = _named(reading, sentence, attribution, pieces)
    actor = reading.cast.holder(named, pieces[0])
    stance = wording.stance(reading.text, whole, named, cue, pieces)
    return Position(
        id=finding_id(Kind.POSITION, quote, statement),
        sentence=quote,
        actor=actor,
        cue=document.quote(cue) if cue else None,
        statement=statement,
        speech=reading.quotations.speech(pieces),
        stance=stance,
        target=None if stance is Stance.NEUTRAL else _target(reading, pieces, actor),
        confidence=1.0,
    )


def _named(
    reading: Reading, sentence: int, attribution: Attribution, pieces: Sequence[Span]
) -> Span | None:
    """The actor of the attribution if it is named in the sentence, else the nearest one that is."""
    span = attribution.actor
    if span is None or not reading.sentence(sentence).holds(span):
        span = reading.role_in(("actor",), sentence, pieces[0])
    return span


def _target(reading: Reading, pieces: Sequence[Span], actor: Actor | None) -> str | None:
    """Whom a stance is towards: the first name in the statement that is not the holder's own."""
    own = actor.name.lower() if actor else ""
    for piece in pieces:
        for span in proper_names(reading.text, piece):
            name = " ".join(reading.text[span.start : span.end].split())
            if not own or (name.lower() not in own and own not in name.lower()):
                return name
    return None
