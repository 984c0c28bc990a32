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


_MOST = 500
"""Lines of a message: what a command line can carry, and more than anybody reads."""


def as_message(report: Report) -> str:
    """What a publish changed, for the log of a repository: a line, then one for each brief."""
    lines = [line for o in report.outcomes if o.fate in _CHANGED for line in _lines(o)]
    if not lines:
        return "Set the site anew"
    if len(lines) == 1:
        return f"Publish {lines[0]}"
    return "\n".join([f"Publish {len(lines)} briefs", "", *lines[:_MOST]])


_CHANGED = (Fate.NEW, Fate.EDITION, Fate.WITHDRAWN)


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
