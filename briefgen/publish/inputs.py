"""Everything that the published page of a brief is made from, and whether it is as it was.

A site of a hundred briefs is published again in the time that a hundred lists of files take to be
looked at, not in the time that a hundred briefs take to be read.
"""

import glob
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import platformdirs

from briefgen import review, sources
from briefgen.cache import Cache, fingerprint
from briefgen.config import Config
from briefgen.config.schema import TextSection
from briefgen.config.templates import roots, shipped

_PICTURE = re.compile(r"""[^\s()<>"']+\.(?:png|jpe?g|svg|gif|webp)\b""", re.IGNORECASE)

_PACKAGES = (
    "assemble",
    "cache",
    "compare",
    "config",
    "extract",
    "model",
    "publish",
    "render",
    "review",
    "sources",
    "text",
)
"""Packages of briefgen that have a part in what is published."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files and patterns that a brief is made from; a file may be one that isn't there yet."""

    files: tuple[str, ...]
    patterns: tuple[str, ...]
    """Globs whose matches count, not what is in them."""


def of(config: Config) -> Inputs:
    """The inputs of one brief."""
    files = {config.path, *config.tree.files.values(), review.beside(config)}
    patterns = set()
    for index, entry in enumerate(config.settings.sources):
        if entry.path:
            patterns.add(config.home(("sources", index, "path")) / entry.path.strip())
    files |= set(sources.paths(config))
    for index, section in enumerate(config.settings.sections):
        if isinstance(section, TextSection) and section.file:
            files.add(config.home(("sections", index, "text", "file")) / section.file)
    if config.settings.theme.logo:
        files.add(config.home(("theme", "logo")) / config.settings.theme.logo)
    files |= {config.folder / name for name in _pictures(config)}
    own = roots(config.folder)[0]
    patterns.add(own / "**")
    files |= {path for path in own.rglob("*") if path.is_file()}
    return Inputs(_names(files), _names(patterns))


def _pictures(config: Config) -> set[str]:
    """Whatever looks like a picture's name in the analyst's words; one too many does no harm."""
    words = (config.text, *config.texts.values())
    return {unquote(name) for text in words for name in _PICTURE.findall(text)}


def _names(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(sorted({os.path.abspath(path) for path in paths}))  # noqa: PTH100 (links stay)


def digest(inputs: Inputs, told: bytes, cache: Cache) -> str:
    """What stands for inputs, for whatever else is ``told``, and for briefgen itself."""
    parts = [told]
    for name in inputs.files:
        parts += [name.encode("utf-8", "surrogatepass"), _content(Path(name), cache)]
    for pattern in inputs.patterns:
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (paths are absolute)
        parts += [name.encode("utf-8", "surrogatepass") for name in (pattern, *found)]
    return fingerprint.of_parts(*parts).hex()


def _content(path: Path, cache: Cache) -> bytes:
    try:
        return cache.digest([path]) or fingerprint.of_file(path)
    except OSError:
        return b""


def of_program(cache: Cache) -> bytes:
    """What stands for briefgen's own code and templates."""
    code = fingerprint.of_code(_PACKAGES) or os.urandom(16)
    files = sorted(path for path in shipped().rglob("*") if path.is_file())
    return fingerprint.of_parts(code, *(_content(path, cache) for path in files))


@dataclass(frozen=True, slots=True)
class Known:
    """What the last publish made of one YAML."""

    digest: str
    inputs: Inputs
    slugs: tuple[str, ...]
    """Of the briefs that it holds."""
    until: str | None = None
    """ISO 8601 time at which an embargo ends that holds one of them back."""


@dataclass
class Memory:
    """What the last publish to one place made of each YAML; the user's cache keeps it.

    Nothing depends on it: what is forgotten is made again, and comes out the same.
    """

    file: Path
    by_path: dict[str, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, place: str) -> "Memory":
        """The memory for a place that sites are published to."""
        name = fingerprint.of_parts(place.encode("utf-8", "surrogatepass")).hex()[:24]
        memory = cls(Path(platformdirs.user_cache_dir("briefgen")) / "published" / f"{name}.json")
        try:
            data = json.loads(memory.file.read_bytes())
            memory.by_path = {path: _known(one) for path, one in data.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            memory.by_path = {}
        return memory

    def save(self) -> None:
        """Keep it for the next time; where it can't be kept, the next time takes longer."""
        data = {path: _plain(known) for path, known in sorted(self.by_path.items())}
        fresh = self.file.with_suffix(f".{os.getpid()}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(data), encoding="utf-8", errors="surrogatepass")
            fresh.replace(self.file)
        except OSError:
            fresh.unlink(missing_ok=True)


def _plain(known: Known) -> dict[str, Any]:
    return {
        "digest": known.digest,
        "files": known.inputs.files,
        "patterns": known.inputs.patterns,
        "slugs": known.slugs,
        "until": known.until,
    }


def _known(data: Mapping[str, Any]) -> Known:
    lists: Sequence[tuple[str, ...]] = [tuple(data[key]) for key in ("files", "patterns", "slugs")]
    return Known(data["digest"], Inputs(lists[0], lists[1]), lists[2], data["until"])
