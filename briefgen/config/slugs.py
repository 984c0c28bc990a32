"""Names for folders and addresses, made from words."""

import re
import unicodedata


def slug(name: str) -> str:
    """Small ASCII letters, digits and hyphens of a name; empty where it has none."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].rstrip("-")
