"""What the page shows: a row for each finding, and the sources cut where findings begin or end."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefgen.assemble.names import Names
from briefgen.model import (
    Document,
    Extraction,
    Finding,
    Kind,
    Location,
    Position,
    Proposal,
    Quote,
    Risk,
    Span,
)
from briefgen.review import Reviewed


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as the list shows it."""

    id: str
    kind: Kind
    source: str
    """Id of the first source that has it."""
    title: str
    """Title of that source."""
    place: Location
    also: tuple[str, ...]
    """Titles of further sources with the same words."""
    actor: str | None
    """The name that the brief would print."""
    words: tuple[str, ...]
    """What is held, proposed or warned of."""
    sentence: str
    confidence: float
    standing: str
    """``undecided``, ``dropped``, or the verdict on it."""
    changed: bool
    """Whether it has changed since it was decided on."""
    by: str | None
    when: str | None
    note: str | None
    reason: str | None
    joins: str | None
    """Id of the finding that this one is to be joined with."""
    fields: Mapping[str, str | None]
    """Values to edit by their names in the decisions file; pieces and topics are a line each."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a source that belong to the same findings."""

    text: str
    ids: tuple[str, ...]
    kinds: tuple[Kind, ...]
    dropped: bool
    """Whether all of these findings are."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a source."""

    key: str
    kind: str
    start: int
    """Offset of its first character in the source."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One source."""

    id: str
    title: str
    language: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page shows of one state of the decisions."""

    rows: Mapping[str, Row]
    """By id, in the order of the sources."""
    texts: tuple[Text, ...]
    warnings: tuple[str, ...]

    @property
    def decided(self) -> int:
        """How many findings somebody has decided on."""
        return sum(row.standing not in ("undecided", "noted") for row in self.rows.values())

    @property
    def actors(self) -> tuple[str, ...]:
        """Names of actors."""
        return tuple(sorted({row.actor for row in self.rows.values() if row.actor}))

    @property
    def passages(self) -> Mapping[str, Passage]:
        """Blocks of all sources by their keys."""
        return {one.key: one for text in self.texts for one in text.passages}


def view(reviewed: Reviewed, names: Names, said: Mapping[str, Mapping[str, object]]) -> View:
    """The state of a review; ``said`` is what the decisions file says by the ids in it."""
    order = {e.document.source.id: at for at, e in enumerate(reviewed.extractions)}
    stays = [finding for e in reviewed.extractions for finding in e.findings]
    findings = sorted(
        (*stays, *reviewed.review.dropped),
        key=lambda f: (order[f.sentence.source_id], f.content[0].span, f.kind),
    )
    by_id: dict[str, list[Finding]] = {}
    for finding in findings:
        by_id.setdefault(finding.id, []).append(finding)
    documents = {e.document.source.id: e.document for e in reviewed.extractions}
    make = _Rows(reviewed, names, documents, said)
    rows = {id_: make.row(same) for id_, same in by_id.items()}
    return View(rows, tuple(_texts(reviewed.extractions, findings, rows)), reviewed.warnings)


class _Rows:
    def __init__(
        self,
        reviewed: Reviewed,
        names: Names,
        documents: Mapping[str, Document],
        said: Mapping[str, Mapping[str, object]],
    ) -> None:
        self._reviewed = reviewed
        self._names = names
        self._documents = documents
        self._said = said
        self._dropped = {finding.id for finding in reviewed.review.dropped}

    def row(self, same: Sequence[Finding]) -> Row:
        finding = same[0]
        document = self._documents[finding.sentence.source_id]
        mark = self._reviewed.review.marks.get(finding.id)
        key = self._reviewed.keys.get(finding.id, finding.id)
        said = self._said.get(key, {})
        standing = str(mark.verdict) if mark else "undecided"
        actor = self._actor(finding)
        others = (self._documents[f.sentence.source_id].source for f in same[1:])
        return Row(
            id=finding.id,
            kind=finding.kind,
            source=document.source.id,
            title=document.source.title,
            place=document.locate(finding.content[0].span),
            also=tuple(dict.fromkeys(s.title for s in others if s.id != document.source.id)),
            actor=actor,
            words=tuple(map(_line, finding.content)),
            sentence=_line(finding.sentence),
            confidence=finding.confidence,
            standing="dropped" if finding.id in self._dropped else standing,
            changed=key != finding.id,
            by=_text(said, "who") or (mark.by if mark else None),
            when=_text(said, "when") or (mark.when if mark else None),
            note=_text(said, "note"),
            reason=_text(said, "reason"),
            joins=self._reviewed.review.merged.get(finding.id),
            fields=self._fields(finding, actor),
        )

    def _actor(self, finding: Finding) -> str | None:
        holder = finding.holder
        if holder is None:
            return None
        return self._names.canonical(holder.name, holder.quote.text if holder.quote else None)

    def _fields(self, finding: Finding, actor: str | None) -> Mapping[str, str | None]:
        mark = self._reviewed.review.marks.get(finding.id)
        topics = mark.topics if mark else None
        fields: dict[str, str | None] = {
            "actor": actor,
            "statement": "\n".join(map(_line, finding.content)),
        }
        match finding:
            case Position():
                fields |= {"stance": finding.stance, "target": finding.target}
                fields["speech"] = finding.speech
            case Proposal():
                fields |= {"status": finding.status, "addressee": _words(finding.addressee)}
            case Risk():
                level = finding.likelihood.level if finding.likelihood else None
                fields |= {"likelihood": level, "bearer": _words(finding.bearer)}
                fields["grade"] = mark.grade if mark else None
                fields["impact"] = mark.impact if mark else None
        fields["topics"] = "\n".join(topics) if topics else None
        return {name: None if value is None else str(value) for name, value in fields.items()}


def _line(quote: Quote) -> str:
    return " ".join(quote.text.split())


def _words(quote: Quote | None) -> str | None:
    return None if quote is None else _line(quote)


def _text(said: Mapping[str, object], key: str) -> str | None:
    value = said.get(key)
    return None if value is None else str(value)


def _texts(
    extractions: Sequence[Extraction], findings: Sequence[Finding], rows: Mapping[str, Row]
) -> Iterator[Text]:
    marked: dict[str, list[tuple[Span, Finding]]] = {}
    for finding in findings:
        for quote in finding.content:
            marked.setdefault(quote.source_id, []).append((quote.span, finding))
    for at, extraction in enumerate(extractions):
        document = extraction.document
        spans = sorted(marked.get(document.source.id, ()), key=lambda pair: pair[0])
        longest = max((span.end - span.start for span, _ in spans), default=0)
        starts = [span.start for span, _ in spans]
        passages = []
        for number, block in enumerate(document.blocks):
            # No span that begins further before the block than the longest reaches into it.
            first = bisect_left(starts, block.span.start - longest)
            near = spans[first : bisect_right(starts, block.span.end)]
            here = [pair for pair in near if pair[0].overlaps(block.span)]
            pieces = tuple(_pieces(document, block.span, here, rows))
            passages.append(Passage(f"b{at}-{number}", block.kind, block.span.start, pieces))
        source = document.source
        yield Text(source.id, source.title, source.language, tuple(passages))


def _pieces(
    document: Document,
    block: Span,
    marked: Sequence[tuple[Span, Finding]],
    rows: Mapping[str, Row],
) -> Iterator[Piece]:
    cuts = {block.start, block.end}
    for span, _ in marked:
        cuts |= {max(span.start, block.start), min(span.end, block.end)}
    for start, end in pairwise(sorted(cuts)):
        here = [finding for span, finding in marked if span.start < end and start < span.end]
        ids = tuple(dict.fromkeys(finding.id for finding in here))
        stay = [f for f in here if rows[f.id].standing != "dropped"]
        kinds = tuple(kind for kind in Kind if any(f.kind is kind for f in stay or here))
        yield Piece(document.text[start:end], ids, kinds, bool(here) and not stay)
