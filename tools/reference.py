"""Write the reference tables of docs/ anew from the schema: ``python -m tools.reference``.

A table stands between ``<!-- reference: NAME -->`` and ``<!-- end of reference -->``; the prose
around it is nobody's but the writer's.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from briefgen.config.editors import schema

DOCS = Path(__file__).parent.parent / "docs"
PAGES = ("yaml.md", "themes.md")

_PLACE = re.compile(
    r"(<!-- reference: (?P<name>[\w-]+) -->\n).*?(<!-- end of reference -->)", re.DOTALL
)

Node = Mapping[str, Any]


def main() -> None:
    """Rewrite every page that has a table."""
    for page in PAGES:
        path = DOCS / page
        path.write_text(filled(path.read_text("utf-8")), "utf-8")


def filled(text: str) -> str:
    """The same page with every table as the schema has it."""
    return _PLACE.sub(lambda found: f"{found[1]}{tables()[found['name']]}{found[3]}", text)


def tables() -> Mapping[str, str]:
    """Markdown tables by the names that pages call them."""
    brief = schema()
    sections = _options_of(brief["properties"]["sections"]["items"])
    kinds = {name: _with_keys(node) for name, node in sections.items()}
    return {
        "brief": _keys(brief, brief["anyOf"][0]["required"]),
        "source": _keys(_with_keys(brief["properties"]["sources"]["items"])),
        "theme": _keys(_with_keys(brief["properties"]["theme"])),
        "sections": _sections(kinds),
        "options": _options(kinds),
    }


def _options_of(entry: Node) -> Mapping[str, Node]:
    properties: Mapping[str, Node] = _with_keys(entry)["properties"]
    return properties


def _with_keys(node: Node) -> Node:
    """Of the forms that a value can have, the one with keys."""
    return next(one for one in (node, *node.get("anyOf", ())) if "properties" in one)


def _keys(model: Node, required: Sequence[str] = ()) -> str:
    rows = (
        (f"`{key}`", _said(node), "required" if key in required else _default(node), _example(node))
        for key, node in model["properties"].items()
    )
    return _table(("key", "what it says", "where it is left out", "example"), rows)


def _sections(kinds: Mapping[str, Node]) -> str:
    rows = (
        (f"`{name}`", kind["description"], _listed(kind["properties"]))
        for name, kind in kinds.items()
    )
    return _table(("section", "what it is", "options"), rows)


def _options(kinds: Mapping[str, Node]) -> str:
    """One row for each option that means something else than another of its name."""
    owners: dict[tuple[str, str, str], list[str]] = {}
    examples: dict[tuple[str, str, str], str] = {}
    order: dict[str, None] = {}
    for name, kind in kinds.items():
        for key, node in kind["properties"].items():
            order[key] = None
            meaning = (key, _said(node), _default(node))
            owners.setdefault(meaning, []).append(name)
            examples.setdefault(meaning, _example(node))
    rows = (
        (
            f"`{wanted}`",
            "all" if len(of) == len(kinds) else _listed(of),
            *meaning[1:],
            examples[meaning],
        )
        for wanted in order
        for meaning, of in owners.items()
        if meaning[0] == wanted
    )
    return _table(("option", "of", "what it says", "where it is left out", "example"), rows)


def _said(node: Node) -> str:
    """What a key says, and which words or numbers it can have."""
    forms = (node, *node.get("anyOf", ()), *_items(node))
    words = next((form["enum"] for form in forms if "enum" in form), None)
    texts = any(form.get("type") == "string" for form in forms)
    numbers = next((form for form in forms if form.get("type") == "integer" and not texts), {})
    said = str(node["description"])
    if words:
        return f"{said} {'Any' if list(_items(node)) else 'One'} of {_listed(words)}."
    if "maximum" in numbers:
        return f"{said} From {numbers['minimum']} to {numbers['maximum']}."
    return said


def _items(node: Node) -> Iterator[Node]:
    for form in (node, *node.get("anyOf", ())):
        if "items" in form and "enum" in form["items"]:
            yield form["items"]


def _default(node: Node) -> str:
    default = node.get("default")
    return "–" if default in (None, [], {}) else _code(default)


def _example(node: Node) -> str:
    return _code(node["examples"][0])


def _code(value: Any) -> str:
    return f"`{_flow(value)}`"


def _flow(value: Any, inside: bool = False) -> str:
    """A value as one line of YAML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            plain = re.fullmatch(r"[\w@“”’*/+.–-][^#:]*(:[^#:\s][^#:]*)*", value)
            apart = inside and re.search(r"[,\[\]{}]", value)
            return value if plain and not apart else json.dumps(value, ensure_ascii=False)
        case list():
            return f"[{', '.join(_flow(one, True) for one in value)}]"
        case dict():
            pairs = (f"{_flow(key, True)}: {_flow(one, True)}" for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return str(value)


def _listed(words: Sequence[Any] | Mapping[str, Any]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    main()
