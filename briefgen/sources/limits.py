"""Sizes beyond which a source is refused, with a reason, before it costs the machine."""

from briefgen.sources.reading import Unreadable

MAX_BYTES = 50_000_000
"""Size of a file; long illustrated PDF reports have 5 to 30 MB."""

MAX_CHARACTERS = 5_000_000
"""Length of a document's text: 1,600 close pages, over a minute of one core for the tagger."""


def check_size(size: int) -> None:
    """Raise Unreadable for more bytes than a source may have."""
    if size > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB (split it, or cut it down)")


def check_length(text: str) -> None:
    """Raise Unreadable for a text that is too long, or that has nothing to read."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"has {len(text):,} characters of text, more than {MAX_CHARACTERS:,} (split it)"
        )
    if not text or text.isspace():
        raise Unreadable("is empty: it has no text (take it out, or get the file again)")
