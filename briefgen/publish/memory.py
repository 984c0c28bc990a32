"""Whether what a site was published from is as it was, told without reading any of it.

A site of a hundred briefs is published again in the time that a hundred lists of files take to be
looked at, not in the time that a hundred briefs take to be read.
"""

import datetime
import glob
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from briefgen.cache import Cache, fingerprint
from briefgen.config.templates import shipped
from briefgen.publish.mark import MARK

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


def content(inputs: Inputs, cache: Cache) -> bytes:
    """What stands for the content of inputs now."""
    parts = []
    for name in inputs.files:
        parts += [name.encode("utf-8", "surrogatepass"), _content(Path(name), cache)]
    for pattern in inputs.patterns:
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (paths are absolute)
        parts += [name.encode("utf-8", "surrogatepass") for name in (pattern, *found)]
    return fingerprint.of_parts(*parts)


def standing(site: Path) -> Mapping[str, Any]:
    """What is published of each brief in a site's folder, by its slug; nothing where none is."""
    try:
        briefs = json.loads((site / MARK).read_bytes())["briefs"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return briefs if isinstance(briefs, dict) else {}


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

    file: Path | None
    """None where nothing is kept."""
    by_path: dict[str, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, place: str | None) -> "Memory":
        """The memory for a place that sites are published to; for None one that keeps nothing."""
        if place is None:
            return cls(None)
        name = fingerprint.of_parts(place.encode("utf-8", "surrogatepass")).hex()[:24]
        file = Path(platformdirs.user_cache_dir("briefgen")) / "published" / f"{name}.json"
        try:
            data = json.loads(file.read_bytes())
            return cls(file, {path: _known(one) for path, one in data.items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(file)

    @property
    def keeps(self) -> bool:
        """Whether anything is kept for the next time."""
        return self.file is not None

    def told(self, site: Path, cache: Cache) -> bytes:
        """What every brief of a site depends on: briefgen itself, and what the site is made from.

        ``site`` is the site's YAML, which need not be there.
        """
        known = self.by_path.get(str(site.resolve()))
        return self.told_of(known.inputs if known else Inputs((), ()), cache)

    @staticmethod
    def told_of(site: Inputs, cache: Cache) -> bytes:
        """The same for what a site is made from."""
        return fingerprint.of_parts(of_program(cache), content(site, cache))

    def is_last(self, site: Path, told: bytes, old: Path) -> bool:
        """Whether a site's folder is as the last publish from here left it, under the same terms.

        Another machine may have published to it since, with another version of briefgen.
        """
        known = self.by_path.get(str(site.resolve()))
        return known is not None and known.digest == _of_mark(told, old)

    def remember_site(self, site: Path, inputs: Inputs, told: bytes, there: Path) -> None:
        """Keep what a site's own pages are made from, and how they were left in a folder."""
        self.by_path[str(site.resolve())] = Known(_of_mark(told, there), inputs, ())

    def as_it_was(
        self,
        path: Path,
        told: bytes,
        there: Mapping[str, Any],
        now: datetime.datetime,
        cache: Cache,
    ) -> bool:
        """Whether a publish would make of a YAML what the last one made of it.

        ``there`` is what is published of each brief.
        """
        known = self.by_path.get(str(path.resolve()))
        if known is None or not known.slugs:
            return False
        if known.until and datetime.datetime.fromisoformat(known.until) <= now:
            return False
        now_there = content(known.inputs, cache)
        return known.digest == self.digest(now_there, known.slugs, told, there)

    @staticmethod
    def digest(content: bytes, slugs: Sequence[str], told: bytes, there: Mapping[str, Any]) -> str:
        """The digest of a YAML's inputs, and of what is published of its briefs.

        That of their translations is part of it: a brief's page names them.
        """
        roots = {_root(slug, there) for slug in slugs}
        told_of = {slug: there[slug] for slug in there if _root(slug, there) in roots}
        briefs = json.dumps([sorted(slugs), told_of], sort_keys=True)
        return fingerprint.of_parts(told, content, briefs.encode()).hex()

    def save(self) -> None:
        """Keep it for the next time; where it can't be kept, the next time takes longer."""
        if self.file is None:
            return
        data = {path: _plain(known) for path, known in sorted(self.by_path.items())}
        fresh = self.file.with_suffix(f".{os.getpid()}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(data), encoding="utf-8", errors="surrogatepass")
            fresh.replace(self.file)
        except OSError:
            fresh.unlink(missing_ok=True)


def _of_mark(told: bytes, site: Path) -> str:
    try:
        mark = (site / MARK).read_bytes()
    except OSError:
        mark = b""
    return fingerprint.of_parts(told, mark).hex()


def _root(slug: str, there: Mapping[str, Any]) -> str:
    """Slug of the brief that a brief, or it itself, is a translation of."""
    return (there.get(slug) or {}).get("translation_of") or slug


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
