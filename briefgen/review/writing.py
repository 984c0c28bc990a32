"""Write into YAML that somebody keeps by hand: what stands there stays, to the last comment.

Text is inserted or exchanged at the places that the YAML reader gives. Whoever calls these
functions reads the result again, and writes nothing where it says anything but what was meant.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

Path = tuple[str, ...]


def with_value(text: str, path: Path, value: Any) -> str:
    """The text of a block or flow mapping in which the value at a path is this one.

    Keys that are missing on the way are added after what stands there.
    """
    root = yaml.compose(text, yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or (not root.value and not root.flow_style):
        return _appended(text, "\n".join(_lines(path[0], _nested(path[1:], value), 0)))
    node: yaml.Node = root
    for depth, key in enumerate(path):
        found = _entry(node, key)
        if found is None or not isinstance(node, yaml.MappingNode):
            return _inserted(text, node, key, _nested(path[depth + 1 :], value))
        node = found[1]
    return _exchanged(text, node, _flow(value))


def with_entry(text: str, key: str, entry: Mapping[str, Any]) -> str:
    """The text of a mapping in which the list under a key has one entry more, its last."""
    root = yaml.compose(text, yaml.SafeLoader)
    found = _entry(root, key)
    if found is None and isinstance(root, yaml.MappingNode) and root.flow_style and root.value:
        return _inserted(text, root, key, [entry])
    if found is None:
        return _appended(text, "\n".join([f"{key}:", *_entry_lines(entry, 2)]))
    name, node = found
    if isinstance(node, yaml.ScalarNode) and node.value:
        return _exchanged(text, node, f"[{_flow(entry)}]")
    if not isinstance(node, yaml.SequenceNode):
        # Nothing stands behind the colon yet.
        return _below(text, name.end_mark.index, _entry_lines(entry, name.start_mark.column + 2))
    if not node.flow_style:
        return _below(text, _end(node), _entry_lines(entry, node.start_mark.column))
    end = node.end_mark.index - 1
    inside = text[node.start_mark.index + 1 : end].rstrip()
    comma = ", " if inside and not inside.endswith(",") else " " if inside else ""
    at = node.start_mark.index + 1 + len(inside)
    return f"{text[:at]}{comma}{_flow(entry)}{text[at:]}"


def renamed(text: str, path: Path, new: str) -> str:
    """The text with another name for the key at a path."""
    node = yaml.compose(text, yaml.SafeLoader)
    for key in path[:-1]:
        found = _entry(node, key)
        node = found[1] if found else None
    if node is not None and (found := _entry(node, path[-1])):
        return _exchanged(text, found[0], new)
    return text


def _entry(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Nodes of a key and of its value."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next(((k, v) for k, v in node.value if k.value == key), None)


def _nested(path: Path, value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


def _exchanged(text: str, node: yaml.Node, new: str) -> str:
    start, end = node.start_mark.index, _end(node)
    kept = re.search(r"\s*\Z", text[start:end])
    return text[:start] + new + (kept.group() if kept else "") + text[end:]


def _inserted(text: str, node: yaml.Node, key: str, value: Any) -> str:
    """Add a key at the end of a mapping, in the mapping's own style."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        lines = _lines(key, value, node.start_mark.column)
        return _below(text, _end(_before_memory(node)), lines)
    end = node.end_mark.index - 1
    inside = text[node.start_mark.index + 1 : end].rstrip()
    comma = "" if not inside or inside.endswith(",") else ","
    at = node.start_mark.index + 1 + len(inside)
    space = " " if inside else ""
    return f"{text[:at]}{comma}{space}{key}: {_flow(value)}{text[at:]}"


def _below(text: str, at: int, lines: Sequence[str]) -> str:
    """The text with lines below the one in which a value ends."""
    line_end = text.find("\n", at - 1 if text[at - 1 : at] == "\n" else at)
    line_end = len(text) if line_end < 0 else line_end
    added = "\n".join(lines)
    head = text[:line_end].removesuffix("\r")
    return f"{head}\n{added}{text[len(head) :]}"


def _before_memory(node: yaml.MappingNode) -> yaml.Node:
    """The value to write behind: the last one, or the one before what a decision remembers."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = node.value
    said = [value for name, value in pairs if name.value not in ("about", "about_merged")]
    return (said or [pairs[-1][1]])[-1]


def _appended(text: str, block: str) -> str:
    head = text if not text or text.endswith("\n") else f"{text}\n"
    return f"{head}{block}\n"


def _end(node: yaml.Node) -> int:
    """Where a node's own text ends; a block's mark stands behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _lines(key: str, value: Any, indent: int) -> list[str]:
    """Lines of a block: mappings of plain values unfold, what is deeper stays on its line."""
    margin = " " * indent
    if isinstance(value, Mapping) and (indent == 0 or key in _UNFOLDED):
        inner = [line for name, one in value.items() for line in _lines(name, one, indent + 2)]
        return [f"{margin}{key}:", *inner]
    return [f"{margin}{key}: {_flow(value)}"]


def _entry_lines(entry: Mapping[str, Any], indent: int) -> list[str]:
    """Lines of one entry of a block list, a key each."""
    margins = [f"{' ' * indent}- ", *[" " * (indent + 2)] * (len(entry) - 1)]
    pairs = zip(margins, entry.items(), strict=True)
    return [f"{margin}{key}: {_flow(value)}" for margin, (key, value) in pairs]


_UNFOLDED = ("about", "about_merged", "edit")
"""Mappings whose values are too long for one line."""

_PLAIN = re.compile(r"[A-Za-z][\w.’'–—-]*(?: [\w.’'–—(),-]+)*")


def _flow(value: Any) -> str:
    """A value on one line, in quotes where YAML would read it as anything but these words."""
    match value:
        case Mapping():
            inner = ", ".join(f"{key}: {_flow(one)}" for key, one in value.items())
            return "{" + inner + "}"
        case str():
            return _scalar(str(value))
        case Sequence():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case _:
            return json.dumps(value)


_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def _scalar(words: str) -> str:
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", words) and "-" in words:
        return words
    if _PLAIN.fullmatch(words) and "," not in words and yaml.safe_load(words) == words:
        return words
    quoted = json.dumps(words, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
