"""Entries under ``sources:`` turned into places to read, each with its id."""

import difflib
import glob
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from briefgen.config import Config, SourceEntry, slug
from briefgen.sources.metadata import as_url
from briefgen.sources.reading import Facts


@dataclass(frozen=True, slots=True)
class Place:
    """One source to read: where it is, and what the configuration says of it."""

    id: str
    location: str
    """Path as the configuration wrote it, or as its glob found it; or the web address."""
    path: Path | None = None
    """None for a web address."""
    said: Facts = field(default_factory=Facts)
    entry: int = 0
    """Index under ``sources:``."""


def expand(config: Config) -> tuple[list[Place], list[str]]:
    """Every source once, in order, and one line for each problem of an entry.

    A file that a glob matches and an entry of its own names stands where it came first, and its
    own entry describes it.
    """
    places: dict[str, Place] = {}
    named: dict[str, int] = {}
    problems: list[str] = []
    for index, entry in enumerate(config.settings.sources):
        folder = config.home(("sources", index, "path"))
        found, problem = _find(folder, entry)
        if problem:
            problems.append(
                config.error(("sources", index, "path" if entry.path else "url"), problem)
            )
        is_one = not (entry.path and _is_glob(folder, entry.path))
        for location, path in found:
            key = os.path.realpath(path) if path else location
            if is_one and key in named:
                where = f"is named twice (first as entry {named[key] + 1}); take one out"
                problems.append(config.error(("sources", index, "path"), f"{location} {where}"))
                continue
            if is_one:
                named[key] = index
            elif key in places:
                continue
            name = path.stem if path else _name_of_url(location)
            ident = entry.id or slug(name) or f"source-{len(places) + 1}"
            # A dict keeps a key's first place when its value is replaced.
            places[key] = Place(ident, location, path, _said(entry), index)
    return _with_distinct_ids(config, list(places.values()), problems)


def _find(folder: Path, entry: SourceEntry) -> tuple[list[tuple[str, Path | None]], str | None]:
    try:
        return _found(folder, entry)
    except OSError as error:
        return [], f"{(entry.path or '')[:60]} cannot be looked for: {error.strerror}"


def _found(folder: Path, entry: SourceEntry) -> tuple[list[tuple[str, Path | None]], str | None]:
    if entry.path is None:
        return [(entry.url or "", None)], None
    pattern = entry.path.strip()
    if not pattern or "\0" in pattern:
        return [], "the path is empty or has a NUL character (write a file or a glob)"
    if not _is_glob(folder, pattern):
        path = folder / pattern
        location = pattern.replace(os.sep, "/")
        if path.is_dir():
            return [], f"{location} is a folder; write {location.rstrip('/')}/* for its files"
        if path.is_symlink() and not path.exists():
            return [], f"{location} is a link to a file that is gone"
        if not path.exists():
            return [], f"there is no file {location}{_near(path)}"
        return [(location, path)], None
    # Path.glob refuses absolute patterns and "..", which people write.
    matches = sorted(glob.glob(pattern, root_dir=folder, recursive=True))  # noqa: PTH207
    files = list(dict.fromkeys(m for m in matches if (folder / m).is_file()))
    if not files:
        return [], f"{pattern} matches no file"
    if len(files) > 1 and (entry.id or entry.title):
        key = "id" if entry.id else "title"
        return [], f"{pattern} matches {len(files)} files, which can't share one {key} (name each)"
    return [(PurePosixPath(m.replace(os.sep, "/")).as_posix(), folder / m) for m in files], None


def _is_glob(folder: Path, pattern: str) -> bool:
    """A file called ``[draft].md`` is that file, not a glob."""
    return glob.has_magic(pattern) and not (folder / pattern).exists()


def _near(path: Path) -> str:
    """Hint at a file of the same name in other letters or with another suffix, or one like it."""
    try:
        names = sorted(p.name for p in path.parent.iterdir())[:10_000]
    except OSError:
        return f" (there is no folder {path.parent.name!r} either)"
    alike = [n for n in names if n.lower() == path.name.lower() or Path(n).stem == path.stem]
    alike += difflib.get_close_matches(path.name, names, n=1)
    return f" (did you mean {alike[0]!r}?)" if alike else ""


def _name_of_url(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    last = unquote(PurePosixPath(parts.path).name)
    return re.sub(r"\.(?:html?|pdf|docx|md|txt|php|aspx?)$", "", last) or (parts.hostname or "")


def _said(entry: SourceEntry) -> Facts:
    return Facts(
        title=entry.title,
        author=entry.author,
        publisher=entry.publisher,
        published=entry.date,
        language=entry.language,
        url=as_url(entry.url),
    )


def _with_distinct_ids(
    config: Config, places: Sequence[Place], problems: list[str]
) -> tuple[list[Place], list[str]]:
    first: dict[str, Place] = {}
    distinct: list[Place] = []
    for place in places:
        other = first.setdefault(place.id, place)
        if other is place:
            distinct.append(place)
            continue
        problems.append(
            config.error(
                ("sources", place.entry, "path" if place.path else "url"),
                f"{other.location} and {place.location} would both have the id {place.id!r} "
                "(set `id:` in an entry of its own for one of them)",
            )
        )
        # Read it under another id, so that what else is wrong with it is told at the same time.
        distinct.append(replace(place, id=f"{place.id}-{len(distinct) + 1}"))
    return distinct, problems
