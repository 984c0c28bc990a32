"""All of a build but its last step, going on after a problem: what ``briefgen check`` tells."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefgen import config as configuration
from briefgen import review, sources
from briefgen.assemble import assemble, contradictions, own_texts, scrutinise, uncitable
from briefgen.cache import Cache
from briefgen.config import Config
from briefgen.errors import BriefgenError, ConfigError
from briefgen.model import Document, Extraction
from briefgen.render import checking

Find = Callable[[Sequence[Document]], tuple[Sequence[Extraction], str]]
"""Gives the findings of documents and the name of the model that found them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with one brief; each line is ``file:line:column: problem (way out)``."""

    path: Path
    """The YAML as the user named it."""
    errors: Sequence[str]
    """What keeps the brief from being built, in the order of the file."""
    warnings: Sequence[str]
    """What is legal but surely not meant; what depends on findings, where there is no error."""


def check(
    path: Path, of_outputs: Sequence[Callable[[Config], None]], find: Find, cache: Cache
) -> Checked:
    """Look for every problem of a YAML and of all that it names.

    Each of ``of_outputs`` raises BriefgenError where outputs can't be made or written.
    """
    configs, errors = configuration.inspect(path, cache)
    incomplete = bool(errors)
    warnings: list[str] = []
    for config in configs:
        wrong, doubtful = _check_one(config, incomplete, of_outputs, find, cache)
        errors += wrong
        warnings += doubtful
    return Checked(
        path, *(sorted(dict.fromkeys(lines), key=_by_place) for lines in (errors, warnings))
    )


def _check_one(
    config: Config,
    incomplete: bool,
    of_outputs: Sequence[Callable[[Config], None]],
    find: Find,
    cache: Cache,
) -> tuple[list[str], list[str]]:
    """Errors and warnings of what a configuration names; ``incomplete`` if some of it is wrong."""
    with _heard() as warnings:
        survey = sources.survey(config, cache)
    errors = [*survey.problems, *checking.misspelt(config.folder)]
    decisions = None
    try:
        decisions = review.load(config)
    except ConfigError as error:
        errors += error.lines
    for look in of_outputs:
        try:
            look(config)
        except BriefgenError as error:
            errors += error.lines
    if errors or incomplete or decisions is None:
        if survey.complete and not config.lacks_sources:
            errors += uncitable(config, survey.documents)
        return errors, warnings
    extractions, model = find(survey.documents)
    formats = [str(format_) for format_ in config.settings.outputs]
    with _heard() as heard:
        try:
            reviewed = review.review(decisions, extractions)
            brief = assemble(config, reviewed.extractions, model, reviewed.review, cache)
        except ConfigError as error:
            return list(error.lines), warnings
        errors = checking.unmakeable(brief, formats, config.folder)
    texts = own_texts(config)
    own = zip(texts, find([text.document for text in texts])[0], strict=True)
    heard += map(str, contradictions(config, brief, list(own)))
    cautions = [*brief.cautions, *scrutinise(config, brief, survey.entries)]
    return errors, [*warnings, *map(str, reviewed.warnings), *heard, *map(str, cautions)]


@contextmanager
def _heard() -> Iterator[list[str]]:
    """The warnings that stages log, such as a source's guessed encoding, kept from the screen."""
    lines: list[str] = []
    log = logging.getLogger("briefgen")
    hearer = _Hearer(lines)
    propagate = log.propagate
    log.addHandler(hearer)
    log.propagate = False
    try:
        yield lines
    finally:
        log.propagate = propagate
        log.removeHandler(hearer)


class _Hearer(logging.Handler):
    """Keeps the words of warnings."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())


def _by_place(line: str) -> tuple[bool, str, int, int]:
    """Where a line points to; what points to no line of a file comes last."""
    found = _PLACE.match(line)
    return (False, found[1], int(found[2]), int(found[3] or 0)) if found else (True, "", 0, 0)


_PLACE = re.compile(r"(.+?):(\d+)(?::(\d+))?(?:, line \d+)?: ")
