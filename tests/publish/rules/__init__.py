"""What files for machines may hold, written from their standards: RELAX NG and JSON Schema."""

from pathlib import Path
from typing import Any

from lxml import etree

_TEXT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^https?://[!-~]+$"}
_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
_AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": _TEXT, "url": _ADDRESS, "avatar": _ADDRESS},
        "minProperties": 1,
        "additionalProperties": False,
    },
}

JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": _TEXT,
        "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS,
        "description": _TEXT,
        "language": _TEXT,
        "authors": _AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "additionalProperties": False,
                "properties": {
                    "id": _TEXT,
                    "url": _ADDRESS,
                    "title": _TEXT,
                    "content_text": _TEXT,
                    "content_html": _TEXT,
                    "date_published": _TIME,
                    "date_modified": _TIME,
                    "authors": _AUTHORS,
                    "tags": {"type": "array", "items": _TEXT},
                    "language": _TEXT,
                    "attachments": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["url", "mime_type"],
                            "additionalProperties": False,
                            "properties": {
                                "url": _ADDRESS,
                                "mime_type": _TEXT,
                                "title": _TEXT,
                                "size_in_bytes": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""JSON Feed 1.1, as far as feeds of editions use it."""


def check_xml(name: str, content: bytes) -> Any:
    """The tree of an XML file that keeps to the rules of a name; fails where it does not."""
    rules = etree.RelaxNG(etree.parse(Path(__file__).with_name(f"{name}.rng")))
    tree = etree.fromstring(content)
    assert rules.validate(tree), rules.error_log
    return tree
