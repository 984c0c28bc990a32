"""The YAML that names sources and sections, checked at the border."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefgen.config import custom, layers
from briefgen.config import theme as themes
from briefgen.config.schema import (
    LEAST_CONFIDENCE,
    SECTIONS,
    ConfidenceEntry,
    CustomSection,
    FetchEntry,
    FontsEntry,
    Format,
    KeyMessagesSection,
    MethodSection,
    PositionsSection,
    ProposalsSection,
    RisksSection,
    SectionEntry,
    Settings,
    SourceEntry,
    SourcesSection,
    TextSection,
    ThemeEntry,
    TimelineSection,
)
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
    "load",
    "load_all",
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


def load(path: Path) -> Config:
    """Read a configuration of one brief.

    Raises ConfigError with one line for every problem, each with line and column.
    """
    configs = load_all(path)
    if len(configs) > 1:
        slugs = ", ".join(config.slug for config in configs)
        raise ConfigError(f"{path}: holds {len(configs)} briefs ({slugs}), and one is asked for")
    return configs[0]


def load_all(path: Path) -> list[Config]:
    """Read a configuration: of one brief, or of each that stands under ``briefs:``.

    Raises ConfigError with one line for every problem, each with line and column.
    """
    configs, problems = inspect(path)
    if problems:
        raise ConfigError(*problems)
    return configs


def inspect(path: Path) -> tuple[list[Config], list[str]]:
    """What of each brief's configuration is sound, and one line for every problem of the rest.

    A brief without a source that could be read is left out.
    """
    try:
        tree = layers.read(path, _read)
        text = _read(path)
    except ConfigError as error:
        return [], list(error.lines)
    trees, problems = layers.parts(path, tree)
    configs = []
    for part in trees:
        config, found = _inspected(path, part, text)
        problems += found
        if config is not None:
            configs.append(config)
    configs = [replace(config, alone=len(trees) == 1) for config in configs]
    # What several briefs share is said once.
    return configs, list(dict.fromkeys(problems))


def _inspected(path: Path, given: Tree, text: str) -> tuple[Config | None, list[str]]:
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
            settings, config.folder, config.error, config.home(("theme", "logo"))
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
        problems += _problems(path, tree, told)
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


def _read(path: Path) -> str:
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
            found[section.file] = _read(path)
        except ConfigError as error:
            problems.append(config.error(where, str(error)))
    return found, problems


def _problems(path: Path, tree: Tree, found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    # A list whose only entry is wrong counts as empty too; the wrong entry is what to mend.
    inner = {p["loc"][:depth] for p in found for depth in range(len(p["loc"]))}
    problems = [(tree.place(p["loc"]), p) for p in found if p["loc"] not in inner]
    for _, problem in sorted(problems, key=lambda pair: pair[0]):
        yield tree.line(path, problem["loc"], _wording(problem["loc"], problem))


def _wording(where: tuple[int | str, ...], problem: Mapping[str, Any]) -> str:
    last = _label(where)
    context = problem.get("ctx", {})
    match problem["type"]:
        case "extra_forbidden" if last == "<<":
            return "merge keys (<<) are not read (write the keys out)"
        case "extra_forbidden" if where[-2:-1] == ("confidence",):
            kinds = list(ConfidenceEntry.model_fields)
            hint = _nearest(last, kinds) or f" (known: {', '.join(kinds)})"
            return f"confidence: no kind of finding is called {last!r}{hint}"
        case "extra_forbidden":
            return f"unknown key {last!r}{_way_to_a_key(where)}"
        case "missing":
            return f"{_parent(where)}lacks the key {last!r}"
        case "union_tag_invalid":
            name = str(context["tag"])
            hint = _nearest(name, list(SECTIONS)) or f" (known: {', '.join(SECTIONS)})"
            return f"no section is called {name!r}{hint}"
        case "enum" | "literal_error":
            given = str(problem["input"])
            expected = str(context["expected"])
            words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
            return f"{last}: {given!r} is not one of {expected}{_nearest(given, words)}"
        case "too_short":
            return f"{last}: needs at least one entry"
        case "value_error":
            return f"{last}: {context['error']}"
        case "string_pattern_mismatch" if last == "language":
            return f"{last}: {problem['input']!r} is not a language tag like en or pt-BR"
        case "less_than_equal" | "greater_than_equal":
            least = problem["type"] == "greater_than_equal"
            bound = f"at least {context['ge']}" if least else f"at most {context['le']}"
            return f"{last}: write {bound}, not {problem['input']}"
        case "string_too_long":
            return f"{last}: write at most {context['max_length']} characters"
        case "string_pattern_mismatch":
            given = str(problem["input"])
            hint = f" (did you mean {slug(given)!r}?)" if slug(given) else ""
            return f"{last}: use small letters, digits and hyphens, not {given!r}{hint}"
        case "model_type" if where[:-1] == ("sources",):
            given = f"{problem['input']!r:.60}"
            return f"{last}: {_SHAPES['model_attributes_type']}, not {given}"
        case kind if kind in _SHAPES:
            given = "nothing" if problem["input"] is None else repr(problem["input"])
            return f"{last}: {_SHAPES[kind]}, not {given:.60}"
        case _:
            return f"{last}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


_SHAPES = {
    "string_type": "write text, in quotes if it looks like something else",
    "tuple_type": "write a list, such as [a, b]",
    "dict_type": "write keys and values, such as {a: b}",
    "model_type": "write keys and values, such as {a: b}",
    "model_attributes_type": "write a path, an address, or keys and values",
    "int_type": "write a whole number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
}
"""What to write where pydantic found a value of another type."""


def _label(where: tuple[int | str, ...]) -> str:
    """What a value is called: its key, or its place in the list that a key holds."""
    match where:
        case (*_, str(key), int(index)):
            return f"{key}, entry {index + 1}"
        case (*_, last):
            return str(last)
    return "the file"


def _parent(where: tuple[int | str, ...]) -> str:
    return f"{where[-2]} " if len(where) > 1 else "the file "


def _nearest(word: str, known: Sequence[str]) -> str:
    small = {one.lower(): one for one in known}
    close = difflib.get_close_matches(word.lower(), small, n=1, cutoff=0.6)
    return f" (did you mean {small[close[0]]!r}?)" if close else ""


def _way_to_a_key(where: tuple[int | str, ...]) -> str:
    """The nearest key that is known here, else where such a key belongs, else the known ones."""
    word, known = str(where[-1]), _known_keys(where)
    if hint := _nearest(word, known):
        return hint
    owners = [name for name in SECTIONS if word in layers.keys_of(name)]
    if owners:
        return f" (an option of {', '.join(owners)})"
    return f" (known here: {', '.join(known)})" if len(known) <= _FEW else ""


_FEW = 12
"""How many words a message can list and still be read."""


def _known_keys(where: tuple[int | str, ...]) -> Sequence[str]:
    match where:
        case ("sections", _, str(name), _) if name in SECTIONS:
            options = SECTIONS[name].model_fields.items()
            return [option.alias or key for key, option in options if key != "section"]
        case ("sources", _, _):
            return list(SourceEntry.model_fields)
        case ("fetch", _):
            return list(FetchEntry.model_fields)
        case ("theme", _):
            return list(ThemeEntry.model_fields)
        case ("theme", "fonts", _):
            return list(FontsEntry.model_fields)
        case _:
            return list(Settings.model_fields)


def slug(name: str) -> str:
    """Small ASCII letters, digits and hyphens of a name; empty where it has none."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].rstrip("-")
