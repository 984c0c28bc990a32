"""One line for each problem of a decisions file: what is wrong there, and the way out."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from briefgen.review.schema import FIELDS, About, Addition, Decision, Rating

Where = tuple[str | int, ...]

_SHAPES = {
    "string_type": "write text, in quotes if it looks like something else",
    "tuple_type": "write a list, such as [a, b]",
    "model_type": "write keys and values, such as {keep: true}",
    "dict_type": "write keys and values, such as {keep: true}",
}
"""What to write where a value is of another type."""


def wording(where: Where, problem: Mapping[str, Any]) -> str:
    """Say what pydantic found at a path of the file."""
    name, given, context = _name(where), problem["input"], problem.get("ctx", {})
    match problem["type"]:
        case "extra_forbidden":
            return f"unknown key {name!r}{nearest(name, _known(where))}"
        case "missing":
            return f"lacks the key {name!r}"
        case "literal_error" if where[-1] in ("keep", "drop"):
            return f"{name}: write true, or take the key away"
        case "enum" | "literal_error":
            expected = str(context["expected"])
            words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
            return f"{name}: {given!r:.60} is not one of {expected}{nearest(str(given), words)}"
        case "value_error":
            inside = name.removeprefix("add, ") if where[0] == "add" else where[-1]
            return f"{inside}: {context['error']}"
        case "string_pattern_mismatch" if "merge" in where:
            return f"{name}: {given!r:.60} is no finding's id (such as p-3f9a01)"
        case "string_pattern_mismatch":
            return f"{name}: use small letters, digits and hyphens, not {given!r:.60}"
        case "too_short":
            return f"{name}: needs at least one entry"
        case kind if kind in _SHAPES:
            return f"{name}: {_SHAPES[kind]}, not {'nothing' if given is None else repr(given):.60}"
        case _:
            return f"{name}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


def nearest(word: str, known: Sequence[str]) -> str:
    """The nearest of the known words as a hint, else all of them."""
    close = difflib.get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(known)})"


def _name(where: Where) -> str:
    match where:
        case (*_, str(key), int(index)):
            return f"{key}, entry {index + 1}"
        case _:
            return str(where[-1])


def _known(where: Where) -> Sequence[str]:
    parents: Mapping[str | int, type[BaseModel]] = {"rate": Rating, "about": About}
    match where:
        case (*_, "edit", _):
            return sorted({name for names in FIELDS.values() for name in names})
        case ("add", int(), _):
            return [name for name in Addition.model_fields if name != "statement"]
        case (*_, parent, _) if parent in parents:
            return list(parents[parent].model_fields)
        case _:
            return list(Decision.model_fields)
