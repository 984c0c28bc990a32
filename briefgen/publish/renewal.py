"""A site made anew where something has changed: its editions first, then the pages around them."""

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from briefgen.cache import Cache
from briefgen.config import site as sites
from briefgen.config.site import SiteConfig
from briefgen.errors import BriefgenError, ConfigError, RenderError
from briefgen.model import Artifact
from briefgen.publish import inputs, plan, search, telling, tree
from briefgen.publish.catalogue import Catalogue, load, of_brief
from briefgen.publish.editions import Terms
from briefgen.publish.memory import Known, Memory, standing
from briefgen.publish.places import Place
from briefgen.publish.report import Report
from briefgen.publish.shared import shared
from briefgen.publish.unchanged import Unchanged
from briefgen.publish.views import listing
from briefgen.publish.work import Job, Made, do

Tell = Callable[[str, float], None]


def renew(
    place: Place,
    old: Path,
    paths: Sequence[Path],
    changed: Sequence[Path],
    around: Path | None,
    memory: Memory,
    cache: Cache,
    now: datetime.datetime,
    *,
    drafts: bool,
    dry_run: bool,
    tell: Tell,
) -> Report:
    """Publish what ``changed`` of the YAMLs, and whatever of the site depends on that.

    ``old`` holds the site as it is, ``around`` is the site's own YAML. Raises BriefgenError; the
    site is then what it was.
    """
    key = around or paths[0].parent / sites.NAME
    # Looked at first, then read: what changes meanwhile is seen the next time.
    files = inputs.of_site(key, _site(around, key))
    told = memory.told_of(files, cache)
    site = _site(around, key)
    before = load(old)
    jobs = plan.jobs(paths, changed, before, Terms(site, now, drafts), memory)
    made = _do(jobs, memory.keeps, tell)
    outcomes = tuple(outcome for one in made for outcome in one.outcomes)
    catalogue = before
    for outcome in outcomes:
        if outcome.brief is not None:
            catalogue = catalogue.with_(outcome.brief)
    tell("Writing", 0.0)
    unchanged = Unchanged(old)
    if memory.is_last(key, told, old):
        touched = before.touched(catalogue)
        unchanged = Unchanged(old, touched, listing(before.of(touched)))
    with tree.elsewhere() if dry_run else tree.beside(old) as fresh:
        artifacts = [artifact for outcome in outcomes for artifact in outcome.artifacts]
        _fill(fresh, old, catalogue, artifacts, unchanged, site, cache)
        report = Report(outcomes, tree.difference(old, fresh))
        if not dry_run:
            memory.remember_site(key, files, told, fresh)
            _remember(memory, jobs, made, told, standing(fresh))
            if report.difference:
                place.deliver(fresh, old, telling.as_message(report))
            memory.save()
    return report


def _site(around: Path | None, beside: Path) -> SiteConfig:
    return sites.load(around) if around else sites.beside(beside.parent)


def _do(jobs: Sequence[Job], cache: bool, tell: Tell) -> list[Made]:
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
    try:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            yield from pool.map(partial(do, cache=cache, threads=1), jobs)
    except BrokenProcessPool:
        problem = "a process that made briefs was ended by the system, as where memory is short"
        raise RenderError(f"publish: {problem} (publish fewer briefs at once)") from None


def _fill(
    fresh: Path,
    old: Path,
    catalogue: Catalogue,
    artifacts: Sequence[Artifact],
    unchanged: Unchanged,
    site: SiteConfig,
    cache: Cache,
) -> None:
    """Put the new site together: what stays, the new editions, the pages that all briefs share."""
    made = [*artifacts, *map(of_brief, catalogue), *shared(catalogue, site, unchanged, cache)]
    kept = [f"{brief.folder}/{edition.id}" for brief in catalogue for edition in brief.editions]
    kept += [f"{brief.folder}/index.html" for brief in catalogue]
    kept += map(str, unchanged.paths)
    tree.fill(fresh, old, kept, {artifact.path: artifact.content for artifact in made})
    search.index(fresh, old, site.settings.language)


def _remember(
    memory: Memory,
    jobs: Sequence[Job],
    made: Sequence[Made],
    told: bytes,
    there: Mapping[str, Any],
) -> None:
    """Keep what each YAML was made into; ``there`` is what is published of each brief then."""
    for job, one in zip(jobs, made, strict=True):
        slugs = tuple(outcome.slug for outcome in one.outcomes)
        untils = [outcome.until for outcome in one.outcomes if outcome.until]
        memory.by_path[str(job.path.resolve())] = Known(
            memory.digest(one.content, slugs, told, there),
            one.inputs,
            slugs,
            min(untils).isoformat() if untils else None,
        )
