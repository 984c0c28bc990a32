"""The YAML that names sources and sections, checked at the border."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefgen.cache import Cache
from briefgen.config import custom, layers
from briefgen.config import theme as themes
from briefgen.config.entries import (
    LEAST_CONFIDENCE,
    ConfidenceEntry,
    FetchEntry,
    Format,
    SourceEntry,
    ThemeEntry,
)
from briefgen.config.problems import in_words
from briefgen.config.schema import Settings
from briefgen.config.sections import (
    SECTIONS,
    CustomSection,
    KeyMessagesSection,
    MethodSection,
    PositionsSection,
    ProposalsSection,
    RisksSection,
    SectionEntry,
    SourcesSection,
    TextSection,
    TimelineSection,
)
from briefgen.config.slugs import slug
from briefgen.config.yaml import Tree
from briefgen.errors import ConfigError
from briefgen.model import Caution, Theme

__all__ = [
    "LEAST_CONFIDENCE",
    "SECTIONS",
    "ConfidenceEntry",
    "Config",
    "CustomSection",
    "FetchEntry",
    "Format",
    "KeyMessagesSection",
    "MethodSection",
    "PositionsSection",
    "ProposalsSection",
    "RisksSection",
    "SectionEntry",
    "Settings",
    "SourceEntry",
    "SourcesSection",
    "TextSection",
    "ThemeEntry",
    "TimelineSection",
    "files",
    "load",
    "load_all",
    "read_text",
    "slug",
]

MAX_BYTES = 1_000_000
"""Size of a YAML file; the example has 2,000 bytes."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a YAML file says, and where it stands."""

    path: Path
    """The file as the user named it."""
    settings: Settings
    tree: Tree
    """Where each value stands in the file, for messages."""
    texts: Mapping[str, str]
    """Markdown of the files that text sections name, by the name in the YAML."""
    text: str
    """The YAML itself, as the user wrote it."""
    theme: Theme | None = None
    """House style with every colour checked; None for the standard one as it ships."""
    alone: bool = True
    """Whether the file holds no other brief."""
    lacks_sources: bool = False
    """Whether an entry under ``sources:`` is wrong and was left out."""

    @property
    def folder(self) -> Path:
        """Where the YAML's own paths start."""
        return self.path.parent

    def home(self, where: Sequence[str | int]) -> Path:
        """Where a path starts that stands there: the folder of the file that says it."""
        return (self.tree.file(tuple(where)) or self.path).parent

    @property
    def slug(self) -> str:
        """Name of the output folder."""
        return self.settings.slug or slug(self.path.stem) or "brief"

    def error(self, where: Sequence[str | int], problem: str) -> str:
        """One line on a value: ``file:line:column: problem``."""
        return self.tree.line(self.path, tuple(where), problem)

    def caution(self, where: Sequence[str | int], problem: str) -> Caution:
        """A warning of a value."""
        return Caution(self.error(where, "").removesuffix(": "), problem)


def load(path: Path, cache: Cache | None = None) -> Config:
    """Read a configuration of one brief.

    Raises ConfigError with one line for every problem, each with line and column.
    """
    configs = load_all(path, cache)
    if len(configs) > 1:
        slugs = ", ".join(config.slug for config in configs)
        raise ConfigError(f"{path}: holds {len(configs)} briefs ({slugs}), and one is asked for")
    return configs[0]


def load_all(path: Path, cache: Cache | None = None) -> list[Config]:
    """Read a configuration: of one brief, or of each that stands under ``briefs:``.

    A cache may keep what style sheets say.
    Raises ConfigError with one line for every problem, each with line and column.
    """
    configs, problems = inspect(path, cache)
    if problems:
        raise ConfigError(*problems)
    return configs


def files(path: Path) -> list[Path]:
    """A YAML and the files it extends, as far as they can be read, whatever their problems."""
    return layers.chain(path, read_text)


def inspect(path: Path, cache: Cache | None = None) -> tuple[list[Config], list[str]]:
    """What of each brief's configuration is sound, and one line for every problem of the rest.

    A brief without a source that could be read is left out.
    """
    try:
        tree = layers.read(path, read_text)
        text = read_text(path)
    except ConfigError as error:
        return [], list(error.lines)
    trees, problems = layers.parts(path, tree)
    configs = []
    for part in trees:
        config, found = _inspected(path, part, text, cache)
        problems += found
        if config is not None:
            configs.append(config)
    configs = [replace(config, alone=len(trees) == 1) for config in configs]
    # What several briefs share is said once.
    return configs, list(dict.fromkeys(problems))


def _inspected(
    path: Path, given: Tree, text: str, cache: Cache | None
) -> tuple[Config | None, list[str]]:
    given, misplaced = layers.with_defaults(given)
    told = [given.line(path, where, problem) for where, problem in misplaced]
    settings, tree, problems = _sound(path, given)
    # A wrong default is wrong in every section that takes it, and said once.
    places = {given.line(path, where, "") for where, _ in misplaced}
    problems = told + [line for line in problems if not line.startswith(tuple(places))]
    if settings is None:
        return None, problems
    config = Config(path, settings, tree, {}, text)
    problems += custom.lacking(settings, config.folder, config.error)
    texts, unread = _texts(config)
    theme: Theme | None = None
    try:
        theme = themes.resolve(
            settings, config.folder, config.error, config.home(("theme", "logo")), cache
        )
    except ConfigError as error:
        unread += error.lines
    lacks_sources = len(given.data["sources"]) > len(settings.sources)
    config = replace(config, texts=texts, theme=theme, lacks_sources=lacks_sources)
    return config, problems + unread


def _sound(path: Path, tree: Tree) -> tuple[Settings | None, Tree, list[str]]:
    """The settings without the values that have problems, their tree, and the problems."""
    problems: list[str] = []
    while True:
        try:
            return Settings.model_validate(tree.data), tree, problems
        except ValidationError as error:
            found = error.errors(include_url=False)
        # What is lacking only because a wrong value was taken out is no problem of its own.
        told = [p for p in found if not problems or p["type"] not in ("missing", "too_short")]
        problems += in_words(path, tree, told)
        lacks_title = any(p["loc"] == ("title",) for p in found)
        wrong = {_written(tree.data, p["loc"]) for p in found if p["loc"] != ("title",)}
        if wrong & {(), ("sources",)}:
            return None, tree, problems
        tree = tree.without(wrong)
        if lacks_title:
            tree.data["title"] = "Untitled"


def _written(data: Any, where: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """What to take out for a problem: its path as far as the file has it, a section whole."""
    there: tuple[int | str, ...] = ()
    for key in where:
        if isinstance(data, str):
            break
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            break
        there = (*there, key)
    return there[:2] if len(there) == 3 and there[0] == "sections" else there


def read_text(path: Path) -> str:
    """Text of a file that the user wrote. Raises ConfigError where it can't be read."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise ConfigError(f"{path}: is not a file")
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: more than {MAX_BYTES:,} bytes: is this the right file?")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}:1: is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def _texts(config: Config) -> tuple[Mapping[str, str], list[str]]:
    """Markdown of text sections, from files in the YAML's own folder or below; and the problems.

    A file with a problem counts as empty.
    """
    found: dict[str, str] = {}
    problems = []
    for index, section in enumerate(config.settings.sections):
        if not isinstance(section, TextSection) or section.file is None:
            continue
        where = ("sections", index, "text", "file")
        home = config.home(where)
        path = home / section.file
        found[section.file] = ""
        if "\0" in section.file:
            problems.append(config.error(where, "a file's name cannot have a NUL character"))
            continue
        if not path.resolve().is_relative_to(home.resolve()):
            problems.append(config.error(where, f"{section.file} is outside {home}"))
            continue
        try:
            found[section.file] = read_text(path)
        except ConfigError as error:
            problems.append(config.error(where, str(error)))
    return found, problems
