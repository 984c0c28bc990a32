"""Join findings that say the same, so that one line of the brief has a note for each source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefgen.assemble.excerpt import excerpt
from briefgen.assemble.names import Names
from briefgen.model import Document, Finding, Kind, Position, Quote, Stance
from briefgen.text.words import content_words, likeness

_SAME = 0.8
"""Least likeness of two statements of one holder that count as one: four words in five shared."""

_FEWEST = 3
"""Content words that a statement needs before near is near enough; shorter ones must be equal."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the brief shows once: a finding, and every sentence that makes it."""

    finding: Finding
    """Shown for all; its confidence is the highest of theirs."""
    sentences: tuple[Quote, ...]
    """The finding's own sentence first, then one for each other place that says the same."""
    words: frozenset[str]
    """Content words of what is stated."""
    excerpt: tuple[Quote, ...]
    """The verbatim words to show."""
    findings: tuple[Finding, ...]
    """Every finding joined in this one, as it was extracted."""

    @property
    def sources(self) -> frozenset[str]:
        """Ids of the sources that make the statement."""
        return frozenset(quote.source_id for quote in self.sentences)


def merge(
    findings: Iterable[Finding], documents: Mapping[str, Document], names: Names
) -> list[Statement]:
    """Join findings of one kind and one holder whose words are nearly the same.

    What a document says in its own name is held by its publisher or author. Different holders and
    opposite stances always stay apart. Order is that of first appearance. Of two that a sentence
    makes, one whose words to show lie inside the other's is left out, and lends it its confidence.
    """
    statements = _joined_by_words(findings, documents, names)
    places: dict[tuple[Kind, str | None, Quote], list[Statement]] = {}
    for statement in statements:
        places.setdefault(_place(statement), []).append(statement)
    return [
        _with_findings(s, *(f for o in places[_place(s)] if _inside(o, s) for f in o.findings))
        for s in statements
        if not any(_inside(s, o) for o in places[_place(s)])
    ]


def _place(statement: Statement) -> tuple[Kind, str | None, Quote]:
    holder = statement.finding.holder
    return statement.finding.kind, holder.name if holder else None, statement.finding.sentence


def _inside(one: Statement, other: Statement) -> bool:
    """Whether another statement shows all that one shows, and more or earlier."""
    if one is other or _opposed(one.finding, other.finding):
        return False
    held = all(any(o.span.holds(q.span) for o in other.excerpt) for q in one.excerpt)
    same = one.excerpt == other.excerpt
    return held and (not same or one.finding.content[0].span > other.finding.content[0].span)


def _joined_by_words(
    findings: Iterable[Finding], documents: Mapping[str, Document], names: Names
) -> list[Statement]:
    statements: list[Statement] = []
    by_word: dict[tuple[Kind, str | None, str], list[int]] = {}
    for finding in findings:
        words = content_words(" ".join(quote.text for quote in finding.content))
        document = documents[finding.sentence.source_id]
        key = (finding.kind, _holder(finding, document, names))
        # Statements that share four words in five share one of the three longest of either.
        near = {i for word in _longest(words) for i in by_word.get((*key, word), ())}
        same = next((i for i in sorted(near) if _say_the_same(statements[i], finding, words)), None)
        if same is None:
            index = len(statements)
            shown = excerpt(document, finding)
            statements.append(Statement(finding, (finding.sentence,), words, shown, (finding,)))
            for word in words:
                by_word.setdefault((*key, word), []).append(index)
        else:
            statements[same] = _with_sentence(statements[same], finding)
    return statements


def _holder(finding: Finding, document: Document, names: Names) -> str | None:
    if finding.holder:
        return finding.holder.name
    own = document.source.publisher or document.source.author
    return names.canonical(own) if own else None


def _longest(words: frozenset[str]) -> Sequence[str]:
    return sorted(words, key=lambda word: (-len(word), word))[:3]


def _say_the_same(statement: Statement, finding: Finding, words: frozenset[str]) -> bool:
    if _opposed(statement.finding, finding):
        return False
    if statement.words == words:
        return True
    return min(len(words), len(statement.words)) >= _FEWEST and (
        likeness(statement.words, words) >= _SAME
    )


def _opposed(one: Finding, other: Finding) -> bool:
    if not (isinstance(one, Position) and isinstance(other, Position)):
        return False
    stances = {one.stance, other.stance} - {Stance.NEUTRAL}
    return len(stances) > 1


def _with_sentence(statement: Statement, finding: Finding) -> Statement:
    """Add a sentence; a stance that only one of the two sentences shows is kept."""
    lead = statement.finding
    if (
        isinstance(lead, Position)
        and isinstance(finding, Position)
        and lead.stance is Stance.NEUTRAL
    ):
        lead = replace(lead, stance=finding.stance)
    sentences = statement.sentences
    if finding.sentence not in sentences:
        sentences = (*sentences, finding.sentence)
    return _with_findings(replace(statement, finding=lead, sentences=sentences), finding)


def _with_findings(statement: Statement, *findings: Finding) -> Statement:
    """Join findings in a statement, which is as sure as the surest of them."""
    lead = statement.finding
    confidence = max(f.confidence for f in (lead, *findings))
    return replace(
        statement,
        finding=replace(lead, confidence=confidence),
        findings=(*statement.findings, *findings),
    )
