"""A site made anew where something has changed: its editions first, then the pages around them."""

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import Any

from briefgen.cache import Cache
from briefgen.config import site as sites
from briefgen.config.site import SiteConfig
from briefgen.errors import BriefgenError, ConfigError, RenderError
from briefgen.publish import inputs, plan, search, telling, tree
from briefgen.publish.catalogue import Catalogue, load, of_brief
from briefgen.publish.editions import Terms
from briefgen.publish.memory import Inputs, Known, Memory, standing
from briefgen.publish.places import Place
from briefgen.publish.report import Report
from briefgen.publish.shared import shared
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
    site = sites.load(around) if around else sites.beside(paths[0].parent)
    terms = Terms(site, now, drafts)
    catalogue = load(old)
    jobs = plan.jobs(paths, changed, catalogue, terms, memory)
    made = _do(jobs, memory.keeps, tell)
    for outcome in (outcome for one in made for outcome in one.outcomes):
        if outcome.brief is not None:
            catalogue = catalogue.with_(outcome.brief)
    tell("Writing", 0.0)
    with tree.elsewhere() if dry_run else tree.beside(old) as fresh:
        _fill(fresh, old, catalogue, made, site, cache)
        found = tree.difference(old, fresh)
        report = Report(tuple(outcome for one in made for outcome in one.outcomes), found)
        if not dry_run:
            there = standing(fresh)
            if found:
                place.deliver(fresh, old, telling.as_message(report))
            key = around or paths[0].parent / sites.NAME
            _remember(memory, jobs, made, (key, inputs.of_site(key, site)), there, cache)
    return report


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
    made: Sequence[Made],
    site: SiteConfig,
    cache: Cache,
) -> None:
    """Put the new site together: what stays, the new editions, the pages that all briefs share."""
    files: dict[PurePosixPath, bytes] = {}
    for artifact in (a for one in made for outcome in one.outcomes for a in outcome.artifacts):
        files[artifact.path] = artifact.content
    for brief in catalogue:
        artifact = of_brief(brief)
        files[artifact.path] = artifact.content
    for artifact in shared(catalogue, site, cache):
        files[artifact.path] = artifact.content
    kept = [f"{brief.folder}/{edition.id}" for brief in catalogue for edition in brief.editions]
    kept += [f"{brief.folder}/index.html" for brief in catalogue]
    tree.fill(fresh, old, kept, files)
    search.index(fresh, old, site.settings.language)


def _remember(
    memory: Memory,
    jobs: Sequence[Job],
    made: Sequence[Made],
    site: tuple[Path, Inputs],
    there: Mapping[str, Any],
    cache: Cache,
) -> None:
    """Keep what each YAML was made into, and what the site's own pages are made from."""
    path, files = site
    memory.by_path[str(path.resolve())] = Known("", files, ())
    told = memory.told(path, cache)
    for job, one in zip(jobs, made, strict=True):
        slugs = tuple(outcome.slug for outcome in one.outcomes)
        untils = [outcome.until for outcome in one.outcomes if outcome.until]
        memory.by_path[str(job.path.resolve())] = Known(
            memory.digest(one.inputs, slugs, told, there, cache),
            one.inputs,
            slugs,
            min(untils).isoformat() if untils else None,
        )
    memory.save()
