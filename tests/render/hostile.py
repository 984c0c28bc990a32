"""A brief whose sources and front matter try everything that could be read as markup."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from briefgen.model import Brief, Prose
from tests.render import sample

PAYLOAD = (
    "# 1. <script>alert(1)</script> <img src=\"http://evil.example/x.png\" onerror='alert(1)'> "
    "[x](javascript:alert(1)) ![i](http://evil.example/i.png) **b** __e__ `c` | p | [^1] "
    "&lt;u&gt; {{ 7 * 7 }} {% include 'x' %} $x$ ~~s~~ http://evil.example/bare "
    "www.evil.example :tada: x^2^ {#id .c} @who a--b ... "
    "<!-- c --> ]]> </style> \\*\u202eevil\u2066\x07\x9b\n\n"
    "# head\n- item\n1. one\n[ref]: http://evil.example\n    code\n--- !"
)
_KEPT = {"slug", "anchor", "view", "group_by", "id", "source_id", "language", "label", "date"}
_KEPT |= {"published", "version", "kind", "doi", "labels", "columns"}


def brief() -> Brief:
    """The sample with the payload in front of every text that is not the analyst's Markdown."""
    poisoned: Brief = _poison(sample.brief(), "")
    return poisoned


def _poison(value: Any, name: str) -> Any:
    if isinstance(value, Prose) or name in _KEPT or isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return PAYLOAD if name == "url" else PAYLOAD + value
    if isinstance(value, tuple):
        return tuple(_poison(part, name) for part in value)
    if isinstance(value, Mapping):
        return {key: _poison(part, name) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _poison(getattr(value, field.name), field.name) for field in fields(value)
        }
        return replace(value, **changed)
    return value
