"""Stage 6, from briefs to a site: new editions where something changed, and pages around them.

A layer above the pipeline, whose stages it runs for each brief. The folder that readers see is
replaced in one step, once every page of the new site is there.
"""

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path, PurePosixPath

from briefgen.cache import Cache
from briefgen.config import site as sites
from briefgen.config.site import SiteConfig
from briefgen.errors import BriefgenError, ConfigError
from briefgen.publish import places, plan, search, tree
from briefgen.publish.catalogue import Catalogue, load, of_brief
from briefgen.publish.editions import Fate, Outcome, Terms
from briefgen.publish.inputs import Known, Memory
from briefgen.publish.report import Report
from briefgen.publish.shared import shared
from briefgen.publish.tree import Difference
from briefgen.publish.work import Job, Made, do
from briefgen.review import ENDING

__all__ = ["Difference", "Fate", "Outcome", "Report", "publish"]

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
    cache: bool = True,
) -> Report:
    """Publish briefs to a site, beside those that it has; an edition is made where one changed.

    ``site`` is the site's own YAML; without it, ``site.yaml`` beside the first brief, if there.
    With ``dry_run`` nothing is written. ``now`` is held against embargoes. Raises BriefgenError
    where anything is wrong with any brief or with the place; the site is then what it was.
    """
    tell = progress or _silent
    given = [path for path in paths if not path.name.endswith(ENDING)]
    briefs = [path for path in given if path.name != sites.NAME]
    if not briefs:
        raise ConfigError("publish: names no brief (give the YAML of one)")
    around = sites.load(site) if site else sites.beside(briefs[0].parent)
    terms = Terms(around, now or datetime.datetime.now(datetime.UTC), drafts)
    place = places.named(to)
    with place.locked(), place.present() as old, _cache(cache) as kept:
        catalogue = load(old)
        memory = Memory.of(f"{place.name}\0{drafts}") if cache else Memory(Path("-"))
        jobs, told = plan.jobs(briefs, catalogue, terms, memory, kept)
        made = _do(jobs, cache, tell)
        catalogue = _with(catalogue, made)
        tell("Writing", 0.0)
        with tree.beside(old) as fresh:
            _fill(fresh, old, catalogue, made, around, kept)
            found = tree.difference(old, fresh)
            if not dry_run:
                if found:
                    place.deliver(fresh, old)
                if cache:
                    _remember(memory, jobs, made, told, kept)
        return Report(tuple(o for one in made for o in one.outcomes), found)


def _silent(what: str, share: float) -> None:
    """Tell nobody."""


@contextmanager
def _cache(wanted: bool) -> Iterator[Cache]:
    with Cache.of_user() if wanted else Cache(None) as kept:
        yield kept


def _do(jobs: Sequence[Job], cache: bool, tell: Progress) -> list[Made]:
    """Do every job, on every core. Raises ConfigError with the problems of all of them."""
    done: list[Made | BriefgenError] = []
    for one in _results(jobs, cache):
        done.append(one)
        tell("Publishing", len(done) / len(jobs))
    problems = [line for one in done if isinstance(one, BriefgenError) for line in one.lines]
    if problems:
        raise ConfigError(*problems)
    return [one for one in done if isinstance(one, Made)]


def _results(jobs: Sequence[Job], cache: bool) -> Iterator[Made | BriefgenError]:
    workers = min(len(jobs), os.cpu_count() or 1)
    if workers < 2:
        yield from (do(job, cache) for job in jobs)
        return
    # Spawned, not forked: a fork beside the runtime's own threads can wait for ever on their locks.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield from pool.map(partial(do, cache=cache, threads=1), jobs)


def _with(catalogue: Catalogue, made: Sequence[Made]) -> Catalogue:
    for outcome in (outcome for one in made for outcome in one.outcomes):
        if outcome.brief is not None:
            catalogue = catalogue.with_(outcome.brief)
    return catalogue


def _fill(
    fresh: Path,
    old: Path,
    catalogue: Catalogue,
    made: Sequence[Made],
    around: SiteConfig,
    cache: Cache,
) -> None:
    files: dict[PurePosixPath, bytes] = {}
    for artifact in (a for one in made for outcome in one.outcomes for a in outcome.artifacts):
        files[artifact.path] = artifact.content
    for brief in catalogue:
        artifact = of_brief(brief)
        files[artifact.path] = artifact.content
    for artifact in shared(catalogue, around, cache):
        files[artifact.path] = artifact.content
    kept = [f"{brief.folder}/{edition.id}" for brief in catalogue for edition in brief.editions]
    kept += [f"{brief.folder}/index.html" for brief in catalogue]
    tree.fill(fresh, old, kept, files)
    search.index(fresh, old, around.settings.language)


def _remember(
    memory: Memory, jobs: Sequence[Job], made: Sequence[Made], told: bytes, cache: Cache
) -> None:
    for job, one in zip(jobs, made, strict=True):
        slugs = tuple(outcome.slug for outcome in one.outcomes)
        now = Catalogue({o.slug: o.brief for o in one.outcomes if o.brief})
        untils = [outcome.until for outcome in one.outcomes if outcome.until]
        memory.by_path[str(job.path.resolve())] = Known(
            plan.digest(one.inputs, slugs, now, told, cache),
            one.inputs,
            slugs,
            min(untils).isoformat() if untils else None,
        )
    memory.save()
