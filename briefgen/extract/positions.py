"""Find who holds, says, demands, fears or rejects what."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefgen.extract import judgement
from briefgen.extract.attribution import nearest_cue
from briefgen.extract.holders import holder
from briefgen.extract.names import proper_names
from briefgen.extract.reading import Found, Reading
from briefgen.extract.spans import trim
from briefgen.extract.wording import is_asked
from briefgen.model import Actor, Kind, Position, Span, Stance
from briefgen.text.identity import finding_id
from briefgen.text.words import content_words

_FEWEST = 2
"""Content words that a piece of a statement needs where the sentence interrupts it."""

_STATED = 0.5
"""Mean probability at which a cue is part of what is stated, as in “said that he feared …”."""


def extract(reading: Reading) -> Iterator[Position]:
    """Yield the positions of one document."""
    for found in reading.found(Kind.POSITION):
        if is_asked(reading.text, reading.sentence(found.sentence)):
            continue
        statements = _statements(reading, found)
        for pieces in statements:
            # What tells holder and stance are the words of the part, not of the whole.
            part = replace(found, words=reading.rows(pieces[0])) if statements[1:] else found
            yield _position(reading, part, pieces)


def _position(reading: Reading, found: Found, pieces: Sequence[Span]) -> Position:
    document, whole = reading.document, reading.sentence(found.sentence)
    cue = _cue(reading, found, pieces)
    statement = tuple(document.quote(span) for span in pieces)
    quote = document.quote(whole)
    actor = holder(reading, found, pieces[0])
    stance = judgement.stance(reading, found, cue)
    return Position(
        id=finding_id(Kind.POSITION, quote, statement),
        sentence=quote,
        actor=actor,
        cue=document.quote(cue) if cue else None,
        statement=statement,
        speech=reading.quotations.speech(pieces),
        stance=stance,
        target=None if stance is Stance.NEUTRAL else _target(reading, pieces, actor),
        confidence=found.confidence,
    )


def _cue(reading: Reading, found: Found, pieces: Sequence[Span]) -> Span | None:
    """The cue that a statement hangs on: in its sentence, outside its pieces."""
    cues = [
        span
        for span in reading.role_spans("cue", found.sentence)
        if not any(piece.overlaps(span) for piece in pieces)
    ]
    return nearest_cue(reading.text, pieces[0], cues)


def _statements(reading: Reading, found: Found) -> list[list[Span]]:
    """What a span states, parted where a cue interrupts it.

    “…”, she said, “…” is one statement of two pieces. Where a cue stands before the whole too, each
    part has its own: “said that … and warned that …” makes two.
    """
    cues = reading.role_spans("cue", found.sentence)
    for cue in cues:
        if not found.span.holds(cue) or reading.tagged("statement", cue) >= _STATED:
            continue
        gap = reading.untagged_around("statement", cue)
        before, after = Span(found.span.start, gap.start), Span(gap.end, found.span.end)
        parts = [trim(reading.text, part) for part in (before, after) if part.start < part.end]
        solid = [p for p in parts if len(content_words(reading.text[p.start : p.end])) >= _FEWEST]
        if solid:
            own = any(other.end <= found.span.start for other in cues)
            return [[part] for part in solid] if own else [solid]
    return [[found.span]]


def _target(reading: Reading, pieces: Sequence[Span], actor: Actor | None) -> str | None:
    """Whom a stance is towards: the first name in the statement that is not the holder's own."""
    own = actor.name.lower() if actor else ""
    for piece in pieces:
        for span in proper_names(reading.text, piece):
            name = " ".join(reading.text[span.start : span.end].split())
            if not own or (name.lower() not in own and own not in name.lower()):
                return name
    return None
