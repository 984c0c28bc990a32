"""What there is to do in a publish: the YAMLs whose briefs may have changed since the last one."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from briefgen import config as configuration
from briefgen.config import Config
from briefgen.errors import ConfigError
from briefgen.publish.catalogue import Catalogue
from briefgen.publish.editions import Terms
from briefgen.publish.languages import languages
from briefgen.publish.memory import Memory
from briefgen.publish.work import Job


def jobs(
    paths: Sequence[Path],
    changed: Collection[Path],
    catalogue: Catalogue,
    terms: Terms,
    memory: Memory,
) -> list[Job]:
    """The job for each YAML that has changed, or whose translations have.

    Raises ConfigError for every problem of what changed, and where two YAMLs make one brief.
    """
    configs = _loaded([path for path in paths if path in changed])
    slugs = {
        path: [config.slug for config in configs[path]] if path in configs else _slugs(memory, path)
        for path in paths
    }
    _check_slugs(slugs)
    translations = languages(configs, catalogue, terms)
    others = [path for path in paths if set(slugs[path]) & translations.changed]
    configs.update(_loaded([path for path in others if path not in configs]))
    return [
        Job(
            path,
            {config.slug: catalogue.at(config.slug) for config in configs[path]},
            {config.slug: translations.of(config.slug) for config in configs[path]},
            terms,
        )
        for path in paths
        if path in configs
    ]


def _loaded(paths: Sequence[Path]) -> dict[Path, Sequence[Config]]:
    """Configurations by their paths; raises ConfigError with the problems of all of them."""
    configs: dict[Path, Sequence[Config]] = {}
    problems: list[str] = []
    for path in paths:
        try:
            configs[path] = configuration.load_all(path)
        except ConfigError as error:
            problems += error.lines
    if problems:
        raise ConfigError(*problems)
    return configs


def _slugs(memory: Memory, path: Path) -> Sequence[str]:
    known = memory.by_path.get(str(path.resolve()))
    return known.slugs if known else ()


def _check_slugs(slugs: Mapping[Path, Sequence[str]]) -> None:
    first: dict[str, Path] = {}
    problems = []
    for path, several in slugs.items():
        for slug in several:
            other = first.setdefault(slug, path)
            if other != path:
                where = f"briefs/{slug}/, as {other} would"
                problems.append(f"{path}: would be published at {where} (set slug:)")
    if problems:
        raise ConfigError(*problems)
