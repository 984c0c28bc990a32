"""Hold a template of the analyst's own to its duty: to show each item that its section has."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefgen.errors import TemplateError
from briefgen.model import Brief, Call, Custom

_IN_MARKDOWN = re.compile(r"\[\^(\d+)\](?!:)")
_IN_HTML = re.compile(r'id="(?:ref-(\d+)-(\d+)|note-(\d+))"')


def check_shown(brief: Brief, medium: str, page: str, roots: Sequence[Path]) -> None:
    """Raise TemplateError if a note is numbered for an item that its template leaves out.

    ``page`` is the filled brief. Numbers would then be missing, and on paper the notes themselves.
    """
    own = [section for section in brief.sections if isinstance(section, Custom)]
    if not any(section.items for section in own):
        return
    language = "md" if medium == "markdown" else "html"
    shown = set(_shown(page, medium))
    for section in own:
        for item in section.items:
            if lost := [call for call in item.calls if _key(call, medium) not in shown]:
                name = f"{section.template}.{language}.j2"
                path = next((root / name for root in roots if (root / name).is_file()), Path(name))
                words = " ".join(item.finding.sentence.text.split())
                problem = f"leaves out note {lost[0].note.number}, “{words:.60}”"
                way_out = "show every item of section.items with its notes, and choose in the YAML"
                raise TemplateError(f"{path}: {problem} ({way_out})")


def _shown(page: str, medium: str) -> Iterator[tuple[int, int]]:
    if medium == "markdown":
        yield from ((int(number), 0) for number in _IN_MARKDOWN.findall(page))
        return
    for number, occurrence, note in _IN_HTML.findall(page):
        yield (
            (int(note), 0)
            if medium == "print" and note
            else (int(number or 0), int(occurrence or 0))
        )


def _key(call: Call, medium: str) -> tuple[int, int]:
    """What stands for a call in a page; only a screen tells the calls of a note apart."""
    return call.note.number, call.occurrence if medium == "screen" else 0
