"""Look for the templates of the analyst's own sections before any work is done for them."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from briefgen.config.entries import Format
from briefgen.config.schema import Settings
from briefgen.config.sections import CustomSection
from briefgen.config.templates import find, roots

_LANGUAGES = {
    Format.MARKDOWN: "md",
    Format.HTML: "html",
    Format.PDF: "html",
    Format.DOCX: "html",
}
"""Which of a section's templates each format is made with."""


def lacking(
    settings: Settings, folder: Path, error: Callable[[Sequence[str | int], str], str]
) -> Iterator[str]:
    """A line for each template that a section names, an output needs, and no folder has."""
    for index, section in enumerate(settings.sections):
        if not isinstance(section, CustomSection):
            continue
        for language in dict.fromkeys(_LANGUAGES[format_] for format_ in settings.outputs):
            name = f"{section.template}.{language}.j2"
            if find(folder, name) is None:
                formats = [f for f in settings.outputs if _LANGUAGES[f] == language]
                need = "needs" if len(formats) == 1 else "need"
                problem = f"template: there is no {name}, which {', '.join(formats)} {need}"
                where = ("sections", index, "custom", "template")
                yield error(where, f"{problem} ({_way_out(name, folder)})")


def _way_out(name: str, folder: Path) -> str:
    suffix = "".join(Path(name).suffixes[-2:])
    own, *_ = roots(folder)
    known = [path.relative_to(own).as_posix() for path in sorted(own.rglob(f"*{suffix}"))]
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"put it into {own}"
