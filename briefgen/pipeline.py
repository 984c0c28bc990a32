"""The whole program: read, find, assemble, render, write. One function for each command."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen import config as configuration
from briefgen import sources
from briefgen.assemble import assemble
from briefgen.cache import Cache
from briefgen.config import Config
from briefgen.config.site import NAME as SITE
from briefgen.errors import BriefgenError, ConfigError, OutputError, SourceError
from briefgen.finder import Finder
from briefgen.model import (
    Artifact,
    Brief,
    Changes,
    Document,
    Extraction,
    Kind,
    Record,
    Standing,
    Verb,
)
from briefgen.render import findings as as_json
from briefgen.render import lacking, output, render
from briefgen.render.starter import starter
from briefgen.review import ENDING, Order, review
from briefgen.review import decide as write_decision
from briefgen.review import load as load_decisions

if TYPE_CHECKING:
    from briefgen.checking import Checked
    from briefgen.desk import Desk
    from briefgen.evaluate import Evaluation

log = logging.getLogger(__name__)

Progress = Callable[[str, float], None]
"""Told what is going on and how much of it is done, from 0 to 1."""

FILES = ("brief.md", "brief.html", "brief.pdf", "brief.docx", "findings.json")
"""Every name that a build may write in a brief's folder."""


def build(
    path: Path, out: Path = Path("out"), progress: Progress | None = None, *, cache: bool = True
) -> list[Path]:
    """Make the briefs that a YAML file describes; returns the files written in ``out/<slug>``.

    With ``cache``, documents that any build has met before are not read again. Raises
    BriefgenError where the user's input has a problem; what an earlier build wrote is then
    untouched.
    """
    tell = progress or _silent
    with _cache(cache) as kept:
        configs = configuration.load_all(path, kept)
        return [file for config in configs for file in _build(config, out, tell, kept)]


def build_all(
    paths: Iterable[Path],
    out: Path = Path("out"),
    progress: Progress | None = None,
    *,
    cache: bool = True,
) -> Iterator[list[Path] | BriefgenError]:
    """Make several briefs; a problem of one, two briefs for one folder too, stops no other."""
    first: dict[str, Path] = {}
    paths = list(paths)
    with _cache(cache) as kept:
        for path in paths:
            if _is_beside(path, paths):
                continue  # a glob takes them with the brief that they are on
            try:
                configs = configuration.load_all(path, kept)
            except BriefgenError as error:
                yield error
                continue
            for config in configs:
                try:
                    _check_folder(config, first)
                    yield _build(config, out, progress or _silent, kept)
                except BriefgenError as error:
                    yield error


def _is_beside(path: Path, paths: Sequence[Path]) -> bool:
    """Whether a path is that of decisions or of a site, and a brief's is given beside it."""
    briefs = [other for other in paths if not other.name.endswith(ENDING) and other.name != SITE]
    return path not in briefs and any(path.parent == brief.parent for brief in briefs)


def _cache(wanted: bool) -> Cache:
    return Cache.of_user() if wanted else Cache(None)


def _build(config: Config, out: Path, tell: Progress, cache: Cache) -> list[Path]:
    brief = compose(config, cache, Finder(cache), tell)
    tell("Setting", 0.0)
    formats = [str(format_) for format_ in config.settings.outputs]
    return write(set_out(brief, formats, config.folder, cache), out / brief.slug)


def set_out(brief: Brief, formats: Sequence[str], folder: Path, cache: Cache) -> list[Artifact]:
    """A brief in some formats, for a YAML that stands in ``folder``, and its findings."""
    return [*render(brief, formats, folder, cache), as_json.render(brief)]


def write(artifacts: Sequence[Artifact], folder: Path) -> list[Path]:
    """Put a brief's files in its folder in place of an earlier build's; returns their paths.

    Raises OutputError where that can't be done; what was there before is then untouched.
    """
    return output.write(artifacts, folder, FILES, as_json.SCHEMA.encode())


def compose(
    config: Config, cache: Cache, finder: Finder, progress: Progress | None = None
) -> Brief:
    """The brief that a configuration and the decisions beside it describe, ready for any format.

    Raises BriefgenError where the user's input has a problem.
    """
    tell = progress or _silent
    _check_outputs(config)
    decisions = load_decisions(config)
    tell("Reading", 0.0)
    documents = sources.load(config, cache)
    log.info("read %d documents", len(documents))

    extractions = list(_find(documents, finder, tell))
    log.info("found %d statements", sum(len(e.findings) for e in extractions))

    reviewed = review(decisions, extractions)
    for warning in reviewed.warnings:
        log.warning("%s", warning)
    brief = assemble(config, reviewed.extractions, finder.model, reviewed.review, cache)
    for caution in brief.cautions:
        log.warning("%s", caution)
    return brief


def _check_outputs(config: Config) -> None:
    """Name the formats that cannot be made here, before any work is done for them."""
    problems = [
        config.error(("outputs", index), f"outputs: {problem}")
        for index, format_ in enumerate(config.settings.outputs)
        if (problem := lacking(format_))
    ]
    if problems:
        raise ConfigError(*problems)


def extract(
    paths: Iterable[Path], jobs: int = 1, *, broad: bool = False, cache: bool = True
) -> Iterator[dict[str, Any]]:
    """Findings of any documents, one object a document, in the order given.

    With ``broad``, every attribution in the wide sense instead.

    Raises SourceError once all others are done, with a line for each that cannot be read.
    """
    paths = list(paths)
    problems: list[str] = []
    with _finding(min(jobs, len(paths)), broad, cache) as found:
        for one in found(paths):
            if isinstance(one, SourceError):
                problems += one.lines
            else:
                yield one
    if problems:
        raise SourceError(*problems)


def evaluate(
    gold: Path, documents: Path | None = None, progress: Progress | None = None
) -> "Evaluation":
    """Measure extraction on documents that somebody labelled; the labels' format: docs/evaluate.md.

    The documents stand beside the labels, or in the folder ``documents``. Raises LabelError with
    one line for every problem of a label file or a document.
    """
    from briefgen.evaluate import load, measure

    labelled = load(gold, documents)
    log.info("read %d labelled documents", len(labelled))
    texts = [one.document for one in labelled]
    return measure(labelled, _find(texts, Finder(Cache(None)), progress or _silent))


def findings(
    path: Path,
    kind: Kind | None = None,
    actor: str | None = None,
    search: str | None = None,
    status: Standing = Standing.ALL,
    brief: str | None = None,
    progress: Progress | None = None,
    *,
    cache: bool = True,
) -> list[dict[str, Any]]:
    """Findings of a brief with the decisions on them, in reading order, one object each.

    ``brief`` names one where the YAML holds several. Raises BriefgenError where the user's input
    has a problem. So do the next two.
    """
    return list(_desk(path, brief, progress, cache).rows(kind, actor, search, status))


def explain(
    path: Path,
    id: str,
    brief: str | None = None,
    progress: Progress | None = None,
    *,
    cache: bool = True,
) -> dict[str, Any]:
    """What stands behind one finding of a brief; ``desk.as_text`` says it in words."""
    return _desk(path, brief, progress, cache).explain(id)


def decide(
    path: Path,
    id: str,
    verb: Verb,
    *,
    fields: Mapping[str, Any] | None = None,
    others: Sequence[str] = (),
    note: str | None = None,
    reason: str | None = None,
    by: str | None = None,
    when: str | None = None,
    brief: str | None = None,
    progress: Progress | None = None,
    cache: bool = True,
) -> Path:
    """Write one decision beside a brief's YAML; returns the decisions file.

    ``fields`` are what to edit or rate, ``others`` the ids to merge, ``when`` an ISO date.
    """
    desk = _desk(path, brief, progress, cache)
    finding = desk.finding(id)
    merged = [desk.finding(other).id for other in others]
    key = desk.reviewed.keys.get(finding.id)
    order = Order(verb, fields or {}, merged, note, reason, by, when)
    write_decision(desk.decisions.path, order, finding, key, desk.extractions)
    return desk.decisions.path


def _desk(path: Path, brief: str | None, progress: Progress | None, cache: bool) -> "Desk":
    """One brief's findings and decisions, with a warning for each that needs another look."""
    from briefgen.desk import Desk

    with _cache(cache) as kept:
        config = load_one(path, brief, kept)
        decisions = load_decisions(config)
        finder = Finder(kept)
        extractions = find(config, kept, finder, progress)
        reviewed = review(decisions, extractions)
    for warning in reviewed.warnings:
        log.warning("%s", warning)
    return Desk(config, decisions, extractions, reviewed, finder.model)


def find(
    config: Config, cache: Cache, finder: Finder, progress: Progress | None = None
) -> list[Extraction]:
    """What is found in a brief's sources, before any decision on it."""
    return list(_find(sources.load(config, cache), finder, progress or _silent))


def diff(before: Path, after: Path) -> tuple[Record, Record, Changes]:
    """What changed between two versions of a brief, each a findings.json or a folder with one.

    Raises ConfigError where one of them is none.
    """
    from briefgen.compare import compare, read

    old, new = read(before), read(after)
    return old, new, compare(old, new)


def load_one(path: Path, brief: str | None, cache: Cache) -> Config:
    """The configuration of one brief, by its name where the YAML holds several.

    Raises ConfigError where the YAML has a problem, or holds no such brief.
    """
    return one_of(configuration.load_all(path, cache), path, brief)


def one_of(configs: Sequence[Config], path: Path, brief: str | None) -> Config:
    """The one that a name stands for, or the only one. Raises ConfigError."""
    slugs = [config.slug for config in configs]
    if brief is None and len(configs) > 1:
        raise ConfigError(f"{path}: holds several briefs (choose one: --brief {slugs[0]})")
    if brief is not None and brief not in slugs:
        raise ConfigError(f"{path}: holds no brief {brief!r} (known: {', '.join(slugs)})")
    return configs[slugs.index(brief) if brief else 0]


def init(name: Path) -> list[Path]:
    """Make a working folder to start from: a YAML file that teaches, and two sources to replace.

    Raises OutputError where the folder already holds something.
    """
    if name.exists() and (not name.is_dir() or any(name.iterdir())):
        raise OutputError(f"{name}: is not empty (choose another name)")
    return output.create(starter(name.resolve().name), name)


def check(
    paths: Iterable[Path],
    out: Path = Path("out"),
    progress: Progress | None = None,
    *,
    cache: bool = True,
) -> "Iterator[Checked]":
    """Look for every problem of YAML files and of all that they name; no output is written."""
    from briefgen import checking

    first: dict[str, Path] = {}
    of_outputs = (
        lambda config: _check_folder(config, first),
        _check_outputs,
        lambda config: output.check(out / config.slug, FILES, as_json.SCHEMA.encode()),
    )
    paths = list(paths)
    with _cache(cache) as kept:
        finder = Finder(kept)

        def found(documents: Sequence[Document]) -> tuple[Sequence[Extraction], str]:
            return list(_find(documents, finder, progress or _silent)), finder.model

        for path in paths:
            if not _is_beside(path, paths):
                yield checking.check(path, of_outputs, found, kept)


def _check_folder(config: Config, first: dict[str, Path]) -> None:
    """Refuse a second brief for one folder; ``first`` has whose each is so far."""
    other = first.setdefault(config.slug, config.path)
    if other != config.path:
        where = f"{config.slug}/, as {other} is"
        raise ConfigError(f"{config.path}: would be written to {where} (set slug:)")


def _find(documents: Sequence[Document], finder: Finder, tell: Progress) -> Iterator[Extraction]:
    total = sum(document.words for document in documents) or 1
    done = 0
    for document in documents:
        before, words = done, document.words

        def part(share: float, before: int = before, words: int = words) -> None:
            tell("Finding", (before + words * share) / total)

        yield finder.extraction(document, part)
        done += words


def _silent(what: str, share: float) -> None:
    """Tell nobody."""


@contextmanager
def _finding(
    jobs: int, broad: bool, cache: bool
) -> Iterator[Callable[[list[Path]], Iterator[dict[str, Any] | SourceError]]]:
    """What turns paths into findings: here with every core, or in processes with a core each."""
    one = _attributions_of if broad else _findings_of
    if jobs < 2:
        _open(cache, threads=0)
        with _kept:
            yield lambda paths: map(one, paths)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a fork beside the runtime's own threads can wait for ever on their locks.
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_open, initargs=(cache,)) as pool:
        yield lambda paths: pool.map(one, paths)


_kept: Cache
_finder: Finder


def _open(cache: bool, threads: int = 1) -> None:
    """Open this process's cache and finder."""
    global _kept, _finder
    _kept = _cache(cache)
    _finder = Finder(_kept, threads)


def _findings_of(path: Path) -> dict[str, Any] | SourceError:
    try:
        return as_json.line(_finder.extraction(sources.read(path, cache=_kept)))
    except SourceError as error:
        return error


def _attributions_of(path: Path) -> dict[str, Any] | SourceError:
    try:
        document = sources.read(path, cache=_kept)
        return as_json.broad_line(document, _finder.attributions(document))
    except SourceError as error:
        return error
