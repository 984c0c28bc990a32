"""Which folders a brief is made from, and when something in them changes."""

import glob
from collections.abc import Iterator
from pathlib import Path

from briefgen.config import Config, files
from briefgen.config.templates import roots

DEBOUNCE = 400
"""Milliseconds after which changes are told even if more keep coming."""

STEP = 30
"""Milliseconds of quiet before they are told: editors save in two or three steps within them."""

TICK = 100
"""Milliseconds until the watch is known to stand, and between two looks at Ctrl-C."""


def folders(path: Path, config: Config | None) -> frozenset[Path]:
    """Folders of the YAML and of what it extends, of its templates, and of sources elsewhere."""
    home = path.parent.resolve()
    found = [home, *roots(home), *(file.parent for file in files(path))]
    for entry in config.settings.sources if config else ():
        if entry.path:
            found.append(_parent(home, entry.path.strip()))
    kept = {folder.resolve() for folder in found if folder.is_dir()}
    return frozenset(one for one in kept if not any(p in kept for p in one.parents))


def _parent(home: Path, pattern: str) -> Path:
    """The folder under which every file of a path or a glob lies."""
    path = home / pattern
    while glob.has_magic(str(path.relative_to(path.anchor))) or not path.is_dir():
        if path == path.parent:
            break
        path = path.parent
    return path


def changes(watched: frozenset[Path], out: Path) -> Iterator[None]:
    """One at once, as soon as nothing can be missed any more; then one after each change.

    What is below ``out`` is written by the preview itself, and counts for nothing.
    """
    from watchfiles import DefaultFilter, watch

    written = out.resolve()
    ours = DefaultFilter(ignore_paths=[written])
    first = True
    for found in watch(
        *sorted(watched),
        watch_filter=ours,
        debounce=DEBOUNCE,
        step=STEP,
        rust_timeout=TICK,
        yield_on_timeout=True,
    ):
        if found or first:
            first = False
            yield
