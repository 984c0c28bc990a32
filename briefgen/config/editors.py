"""The YAML's JSON Schema, for editors: every key with its description, default and an example."""

import ast
import inspect
import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from briefgen.config import entries, sections
from briefgen.config import schema as settings
from briefgen.config.entries import LEAST_CONFIDENCE
from briefgen.config.examples import EXAMPLES
from briefgen.config.schema import Settings
from briefgen.config.sections import SECTIONS

FILE = "brief.schema.json"
"""Name of the schema beside a YAML, as the YAML's first line names it."""

Node = dict[str, Any]

_DEFAULTS: Mapping[str, Any] = {"confidence": LEAST_CONFIDENCE, "theme": "standard"}
"""Defaults as one would write them, where the model has them as models."""

_DOCUMENTED = (entries, sections, settings)
"""Where the model and its docstrings stand."""


def schema() -> Node:
    """JSON Schema (draft 7, which every editor knows) of the YAML and its shorthand forms.

    What it accepts is what a build accepts, but for what only a program can tell: whether a day is
    in the calendar, or a form of a name stands under two actors.
    """
    made = Settings.model_json_schema()
    models = made.pop("$defs")
    for name, model in (("Settings", made), *models.items()):
        _describe(model, name)
    for name, model in models.items():
        for key, node in _keys(model):
            _complete(node, f"{name}.{key}", *(["Section"] if name.endswith("Section") else []))
    for key, node in _keys(made):
        _complete(node, f"Settings.{key}")
    for options in SECTIONS.values():
        model = models[options.__name__]
        del model["properties"]["section"]
        model["required"] = [key for key in model["required"] if key != "section"]
    models["SourceEntry"]["anyOf"] = [{"required": ["path"]}, {"required": ["url"]}]
    models["TextSection"]["oneOf"] = [{"required": ["text"]}, {"required": ["file"]}]
    made["properties"]["briefs"] = _briefs(made["properties"])
    made["anyOf"] = [{"required": made.pop("required")}, *_ELSEWHERE]
    made["properties"]["sections"]["items"] = _section(models)
    made["properties"]["sections"]["default"] = _default_sections()
    plain: Node = _plain(made, models)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A brief",
        **{key: value for key, value in plain.items() if key != "title"},
    }


def text() -> str:
    """The schema as a file's content."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _keys(model: Node) -> Iterator[tuple[str, Node]]:
    yield from model.get("properties", {}).items()


def _describe(model: Node, name: str) -> None:
    """Give the keys of a model the docstrings of its fields.

    pydantic would read them too, but whenever a YAML is read, which takes twice as long then.
    """
    said = _docstrings()
    found = next((vars(module)[name] for module in _DOCUMENTED if name in vars(module)), None)
    kinds = inspect.getmro(found) if found else ()
    for key, node in _keys(model):
        known = (said.get((kind.__name__, field)) for kind in kinds for field in (key, f"{key}_"))
        if text := next(filter(None, known), None):
            described = sorted({**node, "description": text}.items())
            node.clear()
            node.update(described)


@cache
def _docstrings() -> Mapping[tuple[str, str], str]:
    """What is said below each field of the model, by class and field."""
    return {
        (model.name, field.target.id): inspect.cleandoc(str(told.value.value))
        for module in _DOCUMENTED
        for model in ast.parse(inspect.getsource(module)).body
        if isinstance(model, ast.ClassDef)
        for field, told in pairwise(model.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(told, ast.Expr)
        and isinstance(told.value, ast.Constant)
    }


def _complete(node: Node, name: str, *others: str) -> None:
    """Give a key its default and an example."""
    model, key = name.split(".")
    if model == "Settings" and key in _DEFAULTS:
        node["default"] = _DEFAULTS[key]
    elif "default" not in node and node.get("type") == "object":
        node["default"] = {}
    elif isinstance(node.get("default"), dict):
        node["default"] = {key: value for key, value in node["default"].items() if value}
    for place in (name, *(f"{other}.{key}" for other in others), key):
        if place in EXAMPLES:
            node["examples"] = [EXAMPLES[place]]
            return


_ELSEWHERE = ({"required": ["extends"]}, {"required": ["briefs"]})
"""Keys that may bring a title and sources from another place."""


def _briefs(properties: Mapping[str, Node]) -> Node:
    """Several briefs of one file: the keys of each over those beside ``briefs:``."""
    keys = [key for key in properties if key != "extends"]
    return {
        "description": "Several briefs of one file: the keys of each, with a `slug`, over those "
        "that stand beside.",
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {key: {"$ref": f"#/properties/{key}"} for key in keys},
            "additionalProperties": False,
            "required": ["slug"],
        },
        "default": [],
        "examples": [EXAMPLES["briefs"]],
    }


def _section(models: Mapping[str, Node]) -> Node:
    """An entry under ``sections:``, a bare name or one name with its options."""
    needy = ("required", "oneOf")
    bare = [n for n, m in SECTIONS.items() if not any(map(models[m.__name__].get, needy))]
    options = {
        name: {"$ref": f"#/$defs/{model.__name__}"}
        if name not in bare
        else {
            "anyOf": [{"$ref": f"#/$defs/{model.__name__}"}, {"type": "null"}],
            "description": models[model.__name__]["description"],
        }
        for name, model in SECTIONS.items()
    }
    return {
        "anyOf": [
            {"enum": bare},
            {
                "type": "object",
                "properties": options,
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ]
    }


def _default_sections() -> list[str]:
    default = Settings.model_fields["sections"].get_default(call_default_factory=True)
    return [entry.section for entry in default]


def _plain(node: Any, models: Mapping[str, Node]) -> Any:
    """The schema without references, whose neighbours editors would ignore, and without noise."""
    if isinstance(node, list):
        return [_plain(one, models) for one in node]
    if not isinstance(node, dict):
        return node
    node = dict(node)
    if node.get("$ref", "").startswith("#/$defs/"):
        node = {**models[node.pop("$ref").rpartition("/")[2]], **node}
    if isinstance(node.get("title"), str):
        del node["title"]  # the key again, in capitals
    made: Node = {key: _valued(key, value, models) for key, value in node.items()}
    if "anyOf" in made:
        made["anyOf"] = [one for inner in made["anyOf"] for one in _alternatives(inner)]
        made.pop("minLength", None)
    if "pattern" in made:
        made["pattern"] = made["pattern"].replace(r"\A", "^").replace(r"\Z", "$")
    if made.get("type") == "object" and "properties" not in made:
        made["propertyNames"] = {"pattern": r"\S"}
    return _with_example(made)


def _valued(key: str, value: Any, models: Mapping[str, Node]) -> Any:
    """What a keyword of a schema says, made plain."""
    if key in _VALUES:
        return value
    if key == "description":
        return " ".join(value.replace("``", "`").split())
    if key == "properties":
        return {name: _plain(one, models) for name, one in value.items()}
    return _plain(value, models)


_VALUES = ("default", "examples", "enum", "const", "required")
"""Keywords whose values are the YAML's, not schemas."""


def _alternatives(node: Node) -> list[Node]:
    """Alternatives within alternatives, made alternatives themselves."""
    inner: list[Node] = node["anyOf"] if set(node) == {"anyOf"} else [node]
    return inner


def _with_example(node: Node) -> Node:
    """The node; a key whose values can be counted takes its example from them."""
    if "default" not in node or "examples" in node:
        return node
    for one in (node, *node.get("anyOf", ())):
        words = one.get("enum") or ([True, False] if one.get("type") == "boolean" else [])
        words = words or [one.get("minimum", 0) + 9] * (one.get("type") == "integer")
        others = [word for word in words if word != node["default"]]
        if others:
            return {**node, "examples": [others[0]]}
    return node
