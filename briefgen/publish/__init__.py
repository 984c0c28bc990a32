"""Stage 6, from briefs to a site: new editions where something changed, and pages around them.

A layer above the pipeline, whose stages it runs for each brief. The folder that readers see is
replaced in one step, once every page of the new site is there. Where nothing changed, nothing of
all this is even imported.
"""

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.cache import Cache
from briefgen.config.site import NAME
from briefgen.errors import ConfigError
from briefgen.publish import places
from briefgen.publish.memory import Memory, standing
from briefgen.review.file import ENDING

if TYPE_CHECKING:
    from briefgen.publish.report import Report

__all__ = ["publish"]

Progress = Callable[[str, float], None]
"""Told what is going on and how much of it is done, from 0 to 1."""


def publish(
    paths: Iterable[Path],
    to: str,
    site: Path | None = None,
    *,
    drafts: bool = False,
    dry_run: bool = False,
    now: datetime.datetime | None = None,
    progress: Progress | None = None,
    notice: places.Notice | None = None,
    cache: bool = True,
) -> "Report | None":
    """Publish briefs to a site, beside those that it has; an edition is made where one changed.

    ``to`` names the place as ``places.named`` reads it; ``notice`` is told where another publish
    there has to end first. ``site`` is the site's own YAML; without it, ``site.yaml`` beside the
    first brief, if there. With ``dry_run`` nothing is written. ``now`` is held against embargoes.
    None where no file of any brief has changed. Raises BriefgenError where anything is wrong with
    any brief or with the place; the site is then what it was.
    """
    given = [path for path in paths if not path.name.endswith(ENDING)]
    briefs = [path for path in given if path.name != NAME]
    if not briefs:
        raise ConfigError("publish: names no brief (give the YAML of one)")
    around = site or briefs[0].parent / NAME
    now = now or datetime.datetime.now(datetime.UTC)
    place = places.named(to, briefs[0].parent)
    with (
        place.locked(notice or _ignore, dry_run=dry_run),
        place.present() as old,
        Cache.of_user() if cache else Cache(None) as kept,
    ):
        memory = Memory.of(f"{place.name}\0{drafts}" if cache else None)
        told, there = memory.told(around, kept), standing(old)
        changed = [p for p in briefs if not memory.as_it_was(p, told, there, now, kept)]
        if there and not changed:
            return None
        from briefgen.publish.renewal import renew

        return renew(
            place,
            old,
            briefs,
            changed,
            around if site or around.exists() else None,
            memory,
            kept,
            now,
            drafts=drafts,
            dry_run=dry_run,
            tell=progress or _silent,
        )


def _silent(what: str, share: float) -> None:
    """Tell nobody."""


def _ignore(line: str) -> None:
    """Wait without a word."""
