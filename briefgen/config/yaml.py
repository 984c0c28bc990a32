"""YAML text to plain data that remembers where each value stands."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_NODES = 100_000
"""Values a file may expand to. Aliases share nodes, so a bomb of a few lines expands without end
(ten levels of ten aliases are 10^10 values); the largest real configurations hold some thousands.
"""

MAX_DEPTH = 100
"""Levels of nesting; real configurations have five."""


class YamlError(Exception):
    """One problem at one place."""

    def __init__(self, line: int, column: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.column = column


@dataclass
class Tree:
    """Plain data and the place of every value in it."""

    data: Any
    places: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    """Line and column, from 1, of each key or list entry by its path."""

    files: dict[tuple[str | int, ...], Path] = field(default_factory=dict)
    """The file in which a value stands, by its path, where it is not the one that was asked for."""

    def file(self, path: tuple[str | int, ...]) -> Path | None:
        """The other file in which a path, or the nearest of its parents, stands; None for none."""
        while path and path not in self.places:
            path = path[:-1]
        return self.files.get(path)

    def line(self, asked: Path, path: tuple[str | int, ...], problem: str) -> str:
        """One line on a value, ``file:line:column: problem``; ``asked`` is the file read first."""
        line, column = self.place(path)
        return f"{self.file(path) or asked}:{line}:{column}: {problem}"

    def without(self, gone: Collection[tuple[str | int, ...]]) -> "Tree":
        """The same but for some values; what stays keeps its place in the file."""
        made = Tree(None)

        def kept(value: Any, old: tuple[str | int, ...], new: tuple[str | int, ...]) -> Any:
            if old in self.places:
                made.places[new] = self.places[old]
            if old in self.files:
                made.files[new] = self.files[old]
            if isinstance(value, dict):
                here = [key for key in value if (*old, key) not in gone]
                return {key: kept(value[key], (*old, key), (*new, key)) for key in here}
            if isinstance(value, list):
                here = [at for at in range(len(value)) if (*old, at) not in gone]
                return [kept(value[at], (*old, at), (*new, to)) for to, at in enumerate(here)]
            return value

        made.data = kept(self.data, (), ())
        return made

    def place(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Line and column of a path, or of the nearest of its parents."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


class _Loader(yaml.SafeLoader):
    """Safe YAML in which dates stay the text that the user wrote."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same on libyaml, where PyYAML brings it: a fifteenth of the time."""

    yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


_PLAIN = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null")
)


def parse(text: str) -> Tree:
    """Read one YAML document.

    Raises YamlError on a syntax error, a repeated key, a tag that is not plain data, and on
    aliases or nesting that expand beyond ``MAX_NODES`` or ``MAX_DEPTH``.
    """
    try:
        loader, root = _nodes(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = _with_way_out(error)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(line, column, problem) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, 1, f"has a character that YAML forbids ({error.reason})") from None
    except RecursionError:
        raise YamlError(1, 1, f"is nested more than {MAX_DEPTH} levels deep") from None
    tree = Tree(None)
    if root is not None:
        tree.data = _Builder(loader, tree).build(root, (), 0)
    return tree


def _nodes(text: str) -> tuple[yaml.SafeLoader, yaml.Node | None]:
    """The root of a document, and the loader that makes plain data of its nodes."""
    # Of tabs the two readers think differently, and decisions are written with Python's own.
    if "\t" not in text:
        # It says more exactly what is wrong, too, and its words are ours to add to.
        with suppress(yaml.YAMLError, UnicodeEncodeError):
            quick = _QuickLoader(text)
            return quick, quick.get_single_node()
    loader = _Loader(text)
    return loader, loader.get_single_node()


def _with_way_out(error: yaml.MarkedYAMLError) -> str:
    """The parser's words, and what mends the mistake that most often makes it say so."""
    problem = (error.problem or error.context or "is not YAML").removeprefix("but ")
    whole = f"{error.context} {problem}"
    ways = (way_out for words, way_out in _WAYS_OUT if words in whole)
    return f"{problem} ({way_out})" if (way_out := next(ways, None)) else problem


_WAYS_OUT = (
    (r"'\t' that cannot start any token", "indent with spaces, not with tabs"),
    ("that cannot start any token", "text that begins so stands in quotes"),
    ("alias", "text that begins with *, such as a glob, stands in quotes"),
    (
        "mapping values are not allowed",
        "a key ends with a colon; text that holds one stands in quotes",
    ),
    ("quoted scalar", "close the quotation marks"),
    ("',' or ']'", "close the bracket, or put text with a colon or a comma in quotes"),
    ("',' or '}'", "close the brace, or put text with a colon or a comma in quotes"),
    ("expected <block end>", "indent what stands on one level alike"),
    ("could not find expected ':'", "write a colon and a space after the key"),
    ("another document", "one file is one brief: take the --- out"),
)
"""What the parser says, and the way out; the first that fits counts."""


class _Builder:
    """Turns nodes into data, counting what aliases make of them."""

    def __init__(self, loader: yaml.SafeLoader, tree: Tree) -> None:
        self._loader = loader
        self._tree = tree
        self._nodes = 0

    def build(self, node: yaml.Node, path: tuple[str | int, ...], depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._error(node, f"expands to more than {MAX_NODES:,} values (aliases?)")
        if depth > MAX_DEPTH:
            raise self._error(node, f"is nested more than {MAX_DEPTH} levels deep")
        self._tree.places.setdefault(path, _place(node))
        if node.tag not in _PLAIN:
            way_out = "text that begins with ! stands in quotes"
            raise self._error(node, f"is not plain data ({node.tag}; {way_out})")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(n, (*path, i), depth + 1) for i, n in enumerate(node.value)]
        try:
            return self._loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError):
            raise self._error(node, f"is not plain data ({node.tag})") from None

    def _mapping(
        self, node: yaml.MappingNode, path: tuple[str | int, ...], depth: int
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error(key_node, "a key is a list or a mapping; write a word")
            # "No:" and "2024:" are words to whoever wrote them.
            key = key_node.value
            if key in found:
                first, _ = self._tree.places[(*path, key)]
                problem = f"key {key!r} stands here twice (first in line {first}; take one out)"
                raise self._error(key_node, problem)
            self._tree.places[(*path, key)] = _place(key_node)
            found[key] = self.build(value_node, (*path, key), depth + 1)
        return found

    def _error(self, node: yaml.Node, problem: str) -> YamlError:
        return YamlError(*_place(node), problem)


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
