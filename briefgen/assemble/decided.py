"""What an analyst decided, where it shows: statements joined, ratings, what must stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefgen.assemble.duplicates import Statement, with_findings
from briefgen.model import Finding, Graded, Group, Impact, Mark, Review


def joined(statements: Sequence[Statement], review: Review) -> list[Statement]:
    """Statements with those joined that an analyst says are one, at the place of the one to show.

    What stands in several statements is joined with all of them.
    """
    found = list(statements)
    for other, lead in review.merged.items():
        into = next((at for at, s in enumerate(found) if _has(s, lead)), None)
        if into is None:
            continue
        for statement in [s for s in found if _has(s, other) and s is not found[into]]:
            target = found[into]
            sentences = dict.fromkeys((*target.sentences, *statement.sentences))
            target = replace(target, sentences=tuple(sentences))
            found[into] = with_findings(target, *statement.findings)
            found.remove(statement)
            into = next(at for at, s in enumerate(found) if _has(s, lead))
    return found


def wanted(statement: Statement, review: Review) -> bool:
    """Whether an analyst wants a statement shown, whatever its confidence."""
    return any(review.shows(finding.id) for finding in statement.findings)


def decided_impact(statement: Statement, review: Review) -> Impact | None:
    """The impact that an analyst gives a risk."""
    marks = _marks(statement, review.marks)
    return next((mark.impact for mark in marks if mark.impact), None)


def decided_grade(finding: Finding, review: Review) -> Graded | None:
    """The likelihood that an analyst gives a risk, on the scale of five."""
    mark = review.marks.get(finding.id)
    return Graded(mark.grade, None) if mark and mark.grade else None


def on_three(group: Group) -> Group:
    """Risks with their impacts on the scale of three: very high is high there."""
    items = (
        replace(item, impact=_INNER.get(item.impact, item.impact)) if item.impact else item
        for item in group.items
    )
    return replace(group, items=tuple(items))


_INNER = {Impact.VERY_LOW: Impact.LOW, Impact.VERY_HIGH: Impact.HIGH}


def _has(statement: Statement, id_: str) -> bool:
    return any(finding.id == id_ for finding in statement.findings)


def _marks(statement: Statement, marks: Mapping[str, Mark]) -> Sequence[Mark]:
    """Marks of a statement's findings, its own first."""
    ids = dict.fromkeys((statement.finding.id, *(f.id for f in statement.findings)))
    return [marks[id_] for id_ in ids if id_ in marks]
