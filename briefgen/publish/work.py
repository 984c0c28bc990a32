"""One YAML's share of a publish, done in this process or in one of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefgen import config as configuration
from briefgen.cache import Cache
from briefgen.errors import BriefgenError
from briefgen.model import Alternate
from briefgen.publish import inputs
from briefgen.publish.catalogue import Published
from briefgen.publish.editions import Outcome, Terms, make
from briefgen.publish.memory import Inputs


@dataclass(frozen=True, slots=True)
class Job:
    """The briefs of one YAML, and what is published of them."""

    path: Path
    before: Mapping[str, Published | None]
    """By slug."""
    alternates: Mapping[str, tuple[Alternate, ...]]
    """By slug."""
    terms: Terms


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a job."""

    outcomes: tuple[Outcome, ...]
    inputs: Inputs


def do(job: Job, cache: bool, threads: int = 0) -> Made | BriefgenError:
    """Make the editions of one YAML's briefs; a problem is returned, so that all can be told."""
    outcomes = []
    files: set[str] = set()
    patterns: set[str] = set()
    try:
        with Cache.of_user() if cache else Cache(None) as kept:
            for config in configuration.load_all(job.path, kept):
                # Listed first: what changes while the brief is made is seen the next time.
                found = inputs.of(config)
                outcomes.append(
                    make(
                        config,
                        job.before[config.slug],
                        job.alternates[config.slug],
                        job.terms,
                        kept,
                        threads,
                    )
                )
                files.update(found.files)
                patterns.update(found.patterns)
    except BriefgenError as error:
        return error
    return Made(tuple(outcomes), Inputs(tuple(sorted(files)), tuple(sorted(patterns))))
