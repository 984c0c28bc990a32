"""What a YAML takes from elsewhere, as one tree: the file it extends, and options for sections.

A file that extends another has its keys; what both say, the extending file says: mappings are
joined key by key, lists and words replaced. Every value keeps the place where it was written.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from briefgen.config.sections import SECTIONS
from briefgen.config.yaml import Tree, YamlError, parse
from briefgen.errors import ConfigError

_Where = tuple[str | int, ...]

_OWN = frozenset(
    "section title intro messages text file template kinds impact include exclude".split()
)
"""Options that make a section what it is: no default for all of them."""


_MAX_FILES = 20
"""Files that extend one another; a house with a series has three."""


def read(path: Path, text_of: Callable[[Path], str], seen: tuple[Path, ...] = ()) -> Tree:
    """A YAML's tree, over that of the file it extends, over that of the file which that extends.

    ``text_of`` reads a file or raises ConfigError; ``seen`` are the files that lead here. Raises
    ConfigError, with the place in the file at fault, for what cannot be read or extended.
    """
    try:
        tree = parse(text_of(path))
    except YamlError as error:
        raise ConfigError(f"{path}:{error.line}:{error.column}: {error}") from None
    if not isinstance(tree.data, Mapping):
        found = {type(None): "nothing", list: "a list"}.get(type(tree.data), "a lone word")
        raise ConfigError(f"{path}:1:1: expected keys such as title and sources, found {found}")
    if "extends" not in tree.data:
        return tree
    line, column = tree.place(("extends",))
    here = f"{path}:{line}:{column}: extends:"
    base = _base(path, tree.data["extends"], here)
    seen = (*seen, path.resolve())
    if len(seen) > _MAX_FILES:
        raise ConfigError(f"{here} is the {_MAX_FILES + 1}th file of a chain (extend fewer)")
    if base.resolve() in seen:
        circle = " → ".join(file.name for file in (*seen, base.resolve()))
        raise ConfigError(f"{here} leads in a circle: {circle} (take one of them out)")
    if not _is_file(base):
        name = f"{tree.data['extends']:.60}"
        raise ConfigError(f"{here} there is no file {name} (paths start from {path.parent})")
    below = read(base, text_of, seen)
    for where in below.places:
        below.files.setdefault(where, base)
    below.data.pop("extends", None)
    return over(tree, below)


def chain(path: Path, text_of: Callable[[Path], str]) -> list[Path]:
    """A YAML and what it extends, as far as can be read; what cannot be read comes last."""
    found = [path]
    while len(found) <= _MAX_FILES:
        try:
            data = parse(text_of(found[-1])).data
        except (YamlError, ConfigError):
            break
        name = data.get("extends") if isinstance(data, Mapping) else None
        if not isinstance(name, str) or "\0" in name:
            break
        found.append(found[-1].parent / name)
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long
        return False


def _base(path: Path, name: object, here: str) -> Path:
    way_out = "write a path from this file's folder, such as ../house.yaml"
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        raise ConfigError(f"{here} {name!r:.60} is no file ({way_out})")
    if "://" in name:
        raise ConfigError(f"{here} {name:.60} is an address, and none is fetched ({way_out})")
    if PurePath(name).is_absolute():
        raise ConfigError(f"{here} {name:.60} is a path of this machine ({way_out})")
    return path.parent / name


def over(upper: Tree, lower: Tree, at: _Where = ()) -> Tree:
    """A tree with all that the upper one says, under ``at``, and what the lower one says besides.

    ``at`` is where in the upper tree to start; the result starts there.
    """
    said = upper.data
    for key in at:
        said = said[key]
    joined = Tree(None)
    _join(joined, (), (upper, at, said), (lower, (), lower.data))
    return joined


def _join(
    into: Tree, where: _Where, upper: tuple[Tree, _Where, Any], lower: tuple[Tree, _Where, Any]
) -> None:
    """Write the join of two values, each with its tree and its place there, at a place."""
    (tree, at, value), (below, under, other) = upper, lower
    if not (isinstance(value, Mapping) and isinstance(other, Mapping)):
        _put(into, where, tree, at, value)
        return
    _put(into, where, tree, at, {})
    for key in (*other, *(key for key in value if key not in other)):
        one = (tree, (*at, key), value[key]) if key in value else None
        two = (below, (*under, key), other[key]) if key in other else None
        if one and two:
            _join(into, (*where, key), one, two)
        else:
            _put(into, (*where, key), *(one or two))  # type: ignore[misc]


def _put(into: Tree, where: _Where, tree: Tree, at: _Where, value: Any) -> None:
    """Write a value of another tree at a place, with the places of all in it."""
    _set(into, where, value)
    _remember(into, where, tree, at, value)


def _remember(into: Tree, where: _Where, tree: Tree, at: _Where, value: Any) -> None:
    if at in tree.places:
        into.places[where] = tree.places[at]
        into.files.pop(where, None)
        if at in tree.files:
            into.files[where] = tree.files[at]
    inside: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, Mapping):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for key, part in inside:
        _remember(into, (*where, key), tree, (*at, key), part)


def _set(into: Tree, where: _Where, value: Any) -> None:
    if not where:
        into.data = value
        return
    holder = into.data
    for key in where[:-1]:
        holder = holder[key]
    holder[where[-1]] = value


def with_defaults(tree: Tree) -> tuple[Tree, list[tuple[_Where, str]]]:
    """The tree with ``defaults:`` written into every section that has the option and leaves it out.

    With it, the place and the problem of each default that no section has.
    """
    defaults = tree.data.get("defaults")
    if not isinstance(defaults, Mapping):
        return tree, []
    problems = list(_unknown(defaults))
    names = [name for name in SECTIONS if name not in ("text", "timeline", "custom")]
    sections = tree.data.get("sections", names)
    if not isinstance(sections, list):
        return tree, problems
    filled = Tree({**tree.data, "sections": list(sections)}, dict(tree.places), dict(tree.files))
    for index, entry in enumerate(sections):
        name, own = _read_entry(entry)
        if name not in SECTIONS or not isinstance(own, Mapping):
            continue
        options = dict(own)
        for key, at in _defaults_of(name, defaults, own):
            value = defaults
            for step in at:
                value = value[step]
            if key in own or (key == "columns" and options.get("view") != "table"):
                continue
            filled.data["sections"][index] = {name: options}
            _put(filled, ("sections", index, name, key), tree, ("defaults", *at), value)
    return filled, problems


def _read_entry(entry: Any) -> tuple[str, Any]:
    """Name and options of an entry under ``sections:``; an empty name where it is neither."""
    if isinstance(entry, str):
        return entry, {}
    if isinstance(entry, Mapping) and len(entry) == 1:
        ((name, options),) = entry.items()
        return name, {} if options is None else options
    return "", None


def keys_of(name: str) -> list[str]:
    """Keys that a section can have, as the YAML writes them."""
    return [field.alias or key for key, field in SECTIONS[name].model_fields.items()]


def _defaults_of(
    name: str, defaults: Mapping[str, Any], own: Mapping[str, Any]
) -> Iterator[tuple[str, _Where]]:
    """The options that a section takes from the defaults, and where; its own kind's win."""
    kinds_own = defaults.get(name)
    kinds_own = kinds_own if isinstance(kinds_own, Mapping) else {}
    taken = {key: (name, key) for key in kinds_own}
    if name == "custom" and "kinds" not in {**kinds_own, **own}:
        # A template that shows no findings has no use for what chooses them.
        yield from taken.items()
        return
    common = {
        key: (key,)
        for key, value in defaults.items()
        if key in keys_of(name) and key not in _OWN and not isinstance(value, Mapping)
    }
    yield from {**common, **taken}.items()


def _unknown(defaults: Mapping[str, Any]) -> Iterator[tuple[_Where, str]]:
    common = {key for name in SECTIONS for key in keys_of(name)} - _OWN
    known = sorted({*common - set(SECTIONS), *SECTIONS})
    for key, value in defaults.items():
        if key not in known:
            yield ("defaults", key), f"unknown default {key!r}{_nearest(key, known)}"
        elif key in SECTIONS and key not in common and not isinstance(value, Mapping):
            yield ("defaults", key), f"{key}: write its options, such as {{limit: 10}}"
        elif key in SECTIONS and isinstance(value, Mapping) and key != "custom":
            options = [option for option in keys_of(key) if option != "section"]
            for option in value:
                if option not in options:
                    problem = f"unknown key {option!r}{_nearest(option, options)}"
                    yield ("defaults", key, option), problem


def _nearest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(known)})"


def parts(path: Path, tree: Tree) -> tuple[list[Tree], list[str]]:
    """The tree of each brief that a file holds: its own keys over those that all share.

    A file without ``briefs:`` holds one. With them, a line for each problem of the list itself.
    """
    if "briefs" not in tree.data:
        return [tree], []
    briefs, problems = tree.data["briefs"], []
    shared = Tree({k: v for k, v in tree.data.items() if k != "briefs"}, tree.places, tree.files)
    if not isinstance(briefs, list) or not briefs:
        return [], [tree.line(path, ("briefs",), "briefs: write a list, such as [{slug: a, …}]")]
    slugs: dict[str, int] = {}
    found = []
    for index, brief in enumerate(briefs):
        where: _Where = ("briefs", index)
        name = f"briefs, entry {index + 1}"
        if not isinstance(brief, Mapping):
            problems.append(tree.line(path, where, f"{name}: write keys and values"))
            continue
        for key in ("extends", "briefs"):
            if key in brief:
                problem = f"{name}: {key} stands at the top of the file (move it there)"
                problems.append(tree.line(path, (*where, key), problem))
        first = slugs.setdefault(str(brief.get("slug")), index)
        if "slug" not in brief:
            problems.append(tree.line(path, where, f"{name} lacks the key 'slug'"))
        elif first != index:
            problem = f"slug: entry {first + 1} has it too (choose another)"
            problems.append(tree.line(path, (*where, "slug"), problem))
        found.append(over(tree, shared, where))
    return ([] if problems else found), problems
