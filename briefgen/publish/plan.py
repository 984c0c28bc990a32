"""What there is to do in a publish: the YAMLs whose briefs may have changed since the last one."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefgen import config as configuration
from briefgen.cache import Cache, fingerprint
from briefgen.errors import ConfigError
from briefgen.publish import inputs
from briefgen.publish.catalogue import Catalogue
from briefgen.publish.editions import Terms
from briefgen.publish.inputs import Memory
from briefgen.publish.languages import languages
from briefgen.publish.work import Job


def jobs(
    paths: Sequence[Path], catalogue: Catalogue, terms: Terms, memory: Memory, cache: Cache
) -> tuple[list[Job], bytes]:
    """What there is to do for each YAML whose files, or whose translations, are not as they were.

    Also what all briefs depend on: briefgen itself and the site's own YAML.
    """
    told = fingerprint.of_parts(inputs.of_program(cache), repr(terms.site).encode())
    changed = [
        path for path in paths if not _as_it_was(path, catalogue, told, terms, memory, cache)
    ]
    configs = {path: configuration.load_all(path) for path in changed}
    _check_slugs(configs)
    translations = languages(configs, catalogue, terms)
    for path in paths:
        known = memory.by_path.get(str(path.resolve()))
        if path not in configs and known and set(known.slugs) & set(translations.changed):
            configs[path] = configuration.load_all(path)
    found = [
        Job(
            path,
            {config.slug: catalogue.at(config.slug) for config in configs[path]},
            {config.slug: translations.of(config.slug) for config in configs[path]},
            terms,
        )
        for path in paths
        if path in configs
    ]
    return found, told


def _as_it_was(
    path: Path, catalogue: Catalogue, told: bytes, terms: Terms, memory: Memory, cache: Cache
) -> bool:
    known = memory.by_path.get(str(path.resolve()))
    if known is None or not known.slugs:
        return False
    if known.until and datetime.datetime.fromisoformat(known.until) <= terms.now:
        return False
    return known.digest == digest(known.inputs, known.slugs, catalogue, told, cache)


def digest(
    files: inputs.Inputs, slugs: Sequence[str], catalogue: Catalogue, told: bytes, cache: Cache
) -> str:
    """The digest of a YAML's inputs, and of what is published of its briefs now."""
    there = repr([(s, b.newest.id, b.withdrawn) if (b := catalogue.at(s)) else s for s in slugs])
    return inputs.digest(files, fingerprint.of_parts(told, there.encode()), cache)


def _check_slugs(configs: Mapping[Path, Sequence[configuration.Config]]) -> None:
    first: dict[str, Path] = {}
    problems = []
    for path, several in configs.items():
        for config in several:
            other = first.setdefault(config.slug, path)
            if other != path:
                where = f"briefs/{config.slug}/, as {other} would"
                problems.append(f"{path}: would be published at {where} (set slug:)")
    if problems:
        raise ConfigError(*problems)
