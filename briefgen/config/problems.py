"""What pydantic finds wrong with a YAML, in words that name the place and the way out."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from briefgen.config import layers
from briefgen.config.entries import (
    ConfidenceEntry,
    Entry,
    FetchEntry,
    FontsEntry,
    SourceEntry,
    ThemeEntry,
)
from briefgen.config.schema import Settings
from briefgen.config.sections import SECTIONS
from briefgen.config.slugs import slug
from briefgen.config.yaml import Tree


def in_words(
    path: Path,
    tree: Tree,
    found: Sequence[Mapping[str, Any]],
    model: type[Entry] = Settings,
) -> Iterator[str]:
    """One line for each problem of a file that ``model`` reads, in the order of the file."""
    # A list whose only entry is wrong counts as empty too; the wrong entry is what to mend.
    inner = {p["loc"][:depth] for p in found for depth in range(len(p["loc"]))}
    problems = [(tree.place(p["loc"]), p) for p in found if p["loc"] not in inner]
    for _, problem in sorted(problems, key=lambda pair: pair[0]):
        where = problem["loc"]
        yield tree.line(path, where, _of_default(tree, where, _wording(where, problem, model)))


def _of_default(tree: Tree, where: tuple[int | str, ...], words: str) -> str:
    """The words, with the name of the section that takes the value from what holds for all."""
    match where:
        case ("sections", int(), str(section), str(key), *_):
            if tree.places.get(where[:4]) != tree.places.get(("defaults", key), ()):
                return words
            way_out = "" if words.endswith(")") else f" (write {section}: {{{key}: …}} beside it)"
            return f"{words}, which {section} would have{way_out}"
    return words


def _wording(where: tuple[int | str, ...], problem: Mapping[str, Any], model: type[Entry]) -> str:
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
            return f"unknown key {last!r}{_way_to_a_key(where, model)}"
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


def _way_to_a_key(where: tuple[int | str, ...], model: type[Entry]) -> str:
    """The nearest key that is known here, else where such a key belongs, else the known ones."""
    word, known = str(where[-1]), _known_keys(where, model)
    if hint := _nearest(word, known):
        return hint
    owners = [name for name in SECTIONS if word in layers.keys_of(name)]
    if owners:
        return f" (an option of {', '.join(owners)})"
    return f" (known here: {', '.join(known)})" if len(known) <= _FEW else ""


_FEW = 12
"""How many words a message can list and still be read."""


def _known_keys(where: tuple[int | str, ...], model: type[Entry]) -> Sequence[str]:
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
            return list(model.model_fields)
