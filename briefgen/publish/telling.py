"""What a publish did, in a line for each brief that it did anything to."""

from collections.abc import Iterator

from briefgen.publish.editions import Fate, Outcome
from briefgen.publish.report import Report


def as_text(report: Report, *, files: bool) -> str:
    """Lines for a terminal, none where nothing changed; ``files`` adds one for each file."""
    lines = [line for outcome in report.outcomes for line in _lines(outcome)]
    if files:
        found = report.difference
        lines += [f"+ {name}" for name in found.added]
        lines += [f"~ {name}" for name in found.changed]
        lines += [f"- {name}" for name in found.removed]
    return "".join(f"{line}\n" for line in lines)


def _lines(outcome: Outcome) -> Iterator[str]:
    match outcome.fate:
        case Fate.NEW | Fate.EDITION if outcome.brief:
            newest = outcome.brief.newest
            yield f"{outcome.slug}: edition {newest.number}, {newest.id}"
        case Fate.WITHDRAWN:
            yield f"{outcome.slug}: withdrawn"
        case Fate.DRAFT:
            yield f"{outcome.slug}: held back, it is a draft (publish it with --drafts)"
        case Fate.EMBARGOED if outcome.until:
            yield f"{outcome.slug}: held back until {outcome.until.isoformat(' ', 'minutes')}"
