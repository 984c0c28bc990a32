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
from briefgen.publish.memory import Inputs, content


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
    content: bytes
    """What stood for the content of the inputs before anything was made of them."""


def do(job: Job, cache: bool, threads: int = 0) -> Made | BriefgenError:
    """Make the editions of one YAML's briefs; a problem is returned, so that all can be told."""
    try:
        with Cache.of_user() if cache else Cache(None) as kept:
            # Looked at first, then read: what changes meanwhile is seen the next time.
            found = [inputs.of(config) for config in configuration.load_all(job.path, kept)]
            files = Inputs(
                tuple(sorted({file for one in found for file in one.files})),
                tuple(sorted({pattern for one in found for pattern in one.patterns})),
            )
            before = content(files, kept)
            outcomes = tuple(
                make(
                    config,
                    job.before.get(config.slug),
                    job.alternates.get(config.slug, ()),
                    job.terms,
                    kept,
                    threads,
                )
                for config in configuration.load_all(job.path, kept)
            )
    except BriefgenError as error:
        return error
    return Made(outcomes, files, before)
