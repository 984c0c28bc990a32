"""Find who holds, says, demands, fears or rejects what."""

from collections.abc import Iterator, Sequence

from briefgen.extract import wording
from briefgen.extract.attribution import Attribution, attributions
from briefgen.extract.identity import finding_id
from briefgen.extract.reading import Reading
from briefgen.model import Actor, Kind, Position, Span


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
    actor = _actor(reading, sentence, attribution, pieces)
    return Position(
        id=finding_id(Kind.POSITION, quote, statement),
        sentence=quote,
        actor=actor,
        cue=document.quote(cue) if cue else None,
        statement=statement,
        speech=reading.quotations.speech(pieces),
        stance=wording.stance(reading.text, whole, cue, pieces),
        target=None,
    )


def _actor(
    reading: Reading, sentence: int, attribution: Attribution, pieces: Sequence[Span]
) -> Actor | None:
    """The actor in the sentence; without one, whoever speaks the quotation it stands in."""
    span = attribution.actor
    if span is None or not reading.sentence(sentence).holds(span):
        span = reading.role_in(("actor",), sentence, pieces[0])
    return reading.cast.holder(span, pieces[0])
