"""XML files of a site: UTF-8, a line for each element."""

from typing import Any

from lxml import etree


def document(root: Any) -> bytes:
    """An element tree as a file."""
    etree.indent(root, " ")
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"
