"""YAML front matter at the top of text and Markdown files."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from briefgen.sources import metadata
from briefgen.sources.reading import Facts

_FENCES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*---[ \t]*(?:\r\n|\r|\n)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^[\w-]{1,60}[ \t]*:", re.MULTILINE)

_LIMIT = 20_000
"""Characters that front matter may have; the longest of some thousand real ones has 4,000."""


def extent(text: str) -> tuple[int, int] | None:
    """Where front matter stands, its two fences included; None if the text has none."""
    opening = _FENCES.match(text)
    if opening is None:
        return None
    window = text[: opening.end() + _LIMIT].replace("\r", "\n")
    closing = _END.search(window, opening.end())
    if closing is None or not _KEY.search(window, opening.end(), closing.start()):
        return None
    start = text.index("---")
    return start, closing.start() + 3


def facts(block: str) -> Facts:
    """What front matter says; nothing where it is no mapping or no YAML."""
    body = block.strip().removeprefix("---").rstrip("-.")
    try:
        found = yaml.load(body, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        found = None
    if not isinstance(found, Mapping):
        found = {m[1]: m[2] for m in _PLAIN.finditer(body)}
    values = {str(key).lower(): value for key, value in found.items()}
    return Facts(
        title=metadata.as_title(_first(values, "title")),
        author=metadata.as_name(_first(values, "author", "authors", "by", "byline")),
        publisher=metadata.as_name(
            _first(values, "publisher", "organisation", "organization", "site", "sitename")
        ),
        published=metadata.as_date(
            _first(values, "date", "published", "publish_date", "published_time", "pubdate")
        ),
        language=metadata.as_language(_first(values, "lang", "language")),
        url=_first_url(values),
    )


class _Loader(yaml.SafeLoader):
    """Safe YAML without aliases, which can expand without end; dates stay text."""

    def fetch_alias(self) -> None:
        raise yaml.YAMLError("aliases are not read in front matter")


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

# A title with a colon in it is no YAML, and common: the lines are then read one by one.
_PLAIN = re.compile(r"^([\w-]{1,60})[ \t]*:[ \t]*[\"']?([^\r\n]{0,1000}?)[\"']?[ \t]*$", re.M)


def _first(values: Mapping[str, Any], *keys: str) -> Any:
    return next((values[key] for key in keys if values.get(key)), None)


def _first_url(values: Mapping[str, Any]) -> str | None:
    keys = ("url", "link", "source_url", "canonical", "source")
    return next((url for key in keys if (url := metadata.as_url(values.get(key)))), None)
