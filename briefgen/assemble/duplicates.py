"""Join findings that say the same, so that one line of the brief has a note for each source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from briefgen.assemble.excerpt import excerpt
from briefgen.assemble.names import Names
from briefgen.assemble.sameness import Gist, gist, opposed, say_the_same
from briefgen.model import Document, Finding, Kind, Position, Quote, Review, Stance
from briefgen.text.words import content_words


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
    findings: Iterable[Finding],
    documents: Mapping[str, Document],
    names: Names,
    review: Review | None = None,
) -> list[Statement]:
    """Join findings of one kind and one holder that say the same.

    What a document says in its own name is held by its publisher or author. Different holders and
    opposite stances always stay apart. Order is that of first appearance, and the first wording is
    the one to show, save that one on which an analyst decided goes before others and is left out
    for none. Of two that a sentence makes, one whose words to show lie inside the other's is
    left out, and lends it its confidence.
    """
    review = review or Review()
    statements = _joined(findings, documents, names, review)
    places: dict[tuple[Kind, str | None, Quote], list[Statement]] = {}
    for statement in statements:
        places.setdefault(_place(statement), []).append(statement)
    return [
        with_findings(s, *(f for o in places[_place(s)] if _lent(o, s, review) for f in o.findings))
        for s in statements
        if not any(_lent(s, o, review) for o in places[_place(s)])
    ]


def _lent(one: Statement, other: Statement, review: Review) -> bool:
    """Whether one is left out for another; what an analyst decided on never is."""
    return not review.shows(one.finding.id) and _inside(one, other)


def _place(statement: Statement) -> tuple[Kind, str | None, Quote]:
    holder = statement.finding.holder
    return statement.finding.kind, holder.name if holder else None, statement.finding.sentence


def _inside(one: Statement, other: Statement) -> bool:
    """Whether another statement shows all that one shows, and more or earlier."""
    if one is other or opposed(one.finding, other.finding):
        return False
    held = all(any(o.span.holds(q.span) for o in other.excerpt) for q in one.excerpt)
    same = one.excerpt == other.excerpt
    return held and (not same or one.finding.content[0].span > other.finding.content[0].span)


def _joined(
    findings: Iterable[Finding], documents: Mapping[str, Document], names: Names, review: Review
) -> list[Statement]:
    statements: list[Statement] = []
    findings = list(findings)
    order = {id(finding): at for at, finding in enumerate(findings)}
    findings.sort(key=lambda finding: not review.shows(finding.id))
    # By kind, holder and words: each has the statements that may be meant, and their gists.
    known: dict[tuple[Kind, str | None, frozenset[str]], list[tuple[int, Gist]]] = {}
    for finding in findings:
        document = documents[finding.sentence.source_id]
        content = " ".join(quote.text for quote in finding.content)
        shown = excerpt(document, finding)
        its = gist(finding, names.spelled_out(content), " ".join(quote.text for quote in shown))
        near = known.setdefault((finding.kind, _holder(finding, document, names), its.words), [])
        # Each is held against the one that is shown, so that no chain of small steps leads astray.
        same = next(
            (i for i, lead in near if say_the_same(statements[i].finding, lead, finding, its)), None
        )
        if same is None:
            near.append((len(statements), its))
            words = content_words(content)
            statements.append(Statement(finding, (finding.sentence,), words, shown, (finding,)))
        else:
            lead = review.marks.get(statements[same].finding.id)
            own_stance = lead is not None and "stance" in lead.changed
            statements[same] = _with_sentence(statements[same], finding, own_stance=own_stance)
    return sorted(statements, key=lambda s: min(order[id(finding)] for finding in s.findings))


def _holder(finding: Finding, document: Document, names: Names) -> str | None:
    if finding.holder:
        return finding.holder.name
    own = document.source.publisher or document.source.author
    return names.canonical(own) if own else None


def _with_sentence(statement: Statement, finding: Finding, *, own_stance: bool) -> Statement:
    """Add a sentence; a stance that only one of the two sentences shows is kept.

    With ``own_stance`` an analyst has said what the statement's is.
    """
    lead = statement.finding
    if (
        isinstance(lead, Position)
        and isinstance(finding, Position)
        and lead.stance is Stance.NEUTRAL
        and not own_stance
    ):
        lead = replace(lead, stance=finding.stance)
    sentences = statement.sentences
    if finding.sentence not in sentences:
        sentences = (*sentences, finding.sentence)
    return with_findings(replace(statement, finding=lead, sentences=sentences), finding)


def with_findings(statement: Statement, *findings: Finding) -> Statement:
    """Join findings in a statement, which is as sure as the surest of them."""
    lead = statement.finding
    confidence = max(f.confidence for f in (lead, *findings))
    return replace(
        statement,
        finding=replace(lead, confidence=confidence),
        findings=(*statement.findings, *findings),
    )
