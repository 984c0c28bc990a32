"""What a site holds: every published brief with all its editions, as its folder remembers them.

The folder is the only memory. ``briefs/<slug>/brief.json`` says what a brief is,
``briefs/<slug>/<edition>/edition.json`` what an edition says and how it differs from the last one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefgen.errors import OutputError
from briefgen.model import Artifact, Changes, Record
from briefgen.publish.mark import MARK, SCHEMA
from briefgen.render.record import plain


@dataclass(frozen=True, slots=True)
class File:
    """What lies in an edition's folder to take away."""

    name: str
    media_type: str
    """As RFC 6838 has them, such as ``application/pdf``."""
    size: int = 0
    """In bytes."""

    @classmethod
    def of(cls, artifact: Artifact) -> "File":
        """The file that an artifact becomes."""
        name = artifact.path.name
        return cls(name, _media_type(name), len(artifact.content))


_MEDIA_TYPES = {
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
}
"""By the ending of a name; the first that fits."""


def _media_type(name: str) -> str:
    found = (kind for ending, kind in _MEDIA_TYPES.items() if name.endswith(ending))
    return next(found, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version of a brief."""

    id: str
    """Its day, with a number from 2 where the day has more than one: ``2024-08-02-2``."""
    number: int
    """1 for the first of its brief."""
    record: Record
    changes: Changes | None = None
    """Since the edition before; None for the first."""
    correction: str | None = None
    """What it puts right."""
    files: tuple[File, ...] = ()
    """What there is of it to take away, in the order of the page."""

    @property
    def day(self) -> str:
        """ISO 8601 day of the edition."""
        return self.id[:10]

    @property
    def of_day(self) -> int:
        """1 for the first edition of its day."""
        return int(self.id[11:] or 1)

    def file(self, name: str) -> File | None:
        """A file by its name; None where it has none of that name."""
        return next((file for file in self.files if file.name == name), None)


@dataclass(frozen=True, slots=True)
class Published:
    """A brief and its editions."""

    slug: str
    editions: tuple[Edition, ...]
    """From the first to the newest; never empty."""
    withdrawn: str | None = None
    """Why it is withdrawn, where it is."""
    formerly: tuple[str, ...] = ()
    """Slugs whose addresses lead here."""
    translation_of: str | None = None
    """Slug of the brief that it is a translation of."""

    @property
    def newest(self) -> Edition:
        """The last edition."""
        return self.editions[-1]

    @property
    def record(self) -> Record:
        """What the newest edition says."""
        return self.newest.record

    @property
    def folder(self) -> PurePosixPath:
        """Where the brief stands on the site."""
        return PurePosixPath("briefs", self.slug)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every brief of a site by its slug."""

    briefs: Mapping[str, Published]

    def __iter__(self) -> Iterator[Published]:
        """The briefs, the newest first; those of one day by their titles."""
        by_title = sorted(self.briefs.values(), key=lambda b: (b.record.title.casefold(), b.slug))
        yield from sorted(by_title, key=lambda brief: brief.newest.day, reverse=True)

    def at(self, slug: str) -> Published | None:
        """The brief of a slug that is shown at its address or leads to a newer one."""
        return self.briefs.get(slug)

    def with_(self, brief: Published) -> "Catalogue":
        """The catalogue with a brief in place of what had its slug."""
        return Catalogue({**self.briefs, brief.slug: brief})

    def moved(self) -> Mapping[str, str]:
        """Slugs that no brief has any more, and the one each leads to now."""
        return {old: brief.slug for brief in self for old in brief.formerly}

    def touched(self, later: "Catalogue") -> frozenset[str]:
        """Slugs of the briefs that a later catalogue has otherwise, or leads elsewhere from."""
        slugs = {s for s, brief in later.briefs.items() if self.briefs.get(s) != brief}
        before, after = self.moved(), later.moved()
        return frozenset(slugs | {s for s in {*before, *after} if before.get(s) != after.get(s)})

    def of(self, slugs: frozenset[str]) -> "Catalogue":
        """The catalogue of some briefs alone."""
        return Catalogue({slug: brief for slug, brief in self.briefs.items() if slug in slugs})

    def translations(self, brief: Published) -> list[Published]:
        """A brief in all its languages, itself among them; empty where it has but one."""
        root = brief.translation_of or brief.slug
        found = [b for b in self if (b.translation_of or b.slug) == root and not b.withdrawn]
        return sorted(found, key=lambda b: (b.record.language, b.slug)) if len(found) > 1 else []


@dataclass(frozen=True, slots=True)
class _Entry:
    """What ``brief.json`` holds."""

    slug: str
    editions: tuple[str, ...]
    withdrawn: str | None = None
    formerly: tuple[str, ...] = ()
    translation_of: str | None = None


_EDITION = TypeAdapter(Edition)
_ENTRY = TypeAdapter(_Entry)


def load(site: Path) -> Catalogue:
    """The catalogue of a site's folder; an empty one where the folder is new.

    Raises OutputError where what it remembers can't be read.
    """
    briefs: dict[str, Published] = {}
    for file in sorted((site / "briefs").glob("*/brief.json")):
        entry: _Entry = _read(_ENTRY, file)
        editions = tuple(
            _read(_EDITION, file.parent / id_ / "edition.json") for id_ in entry.editions
        )
        briefs[entry.slug] = Published(
            entry.slug, editions, entry.withdrawn, entry.formerly, entry.translation_of
        )
    return Catalogue(briefs)


def _read(adapter: TypeAdapter[Any], file: Path) -> Any:
    way_out = "put back what was there, or publish to a new folder"
    try:
        data = file.read_bytes()
        try:
            return adapter.validate_json(data)  # half the time, but not for a lone surrogate
        except ValidationError:
            return adapter.validate_python(json.loads(data))
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror} ({way_out})") from None
    except (ValidationError, ValueError, KeyError, AttributeError):
        raise OutputError(f"{file}: is not as briefgen wrote it ({way_out})") from None


def of_edition(edition: Edition) -> Artifact:
    """What remembers an edition, in the edition's own folder."""
    return Artifact(PurePosixPath("edition.json"), dumps(edition))


def of_brief(brief: Published) -> Artifact:
    """What remembers a brief."""
    entry = _Entry(
        brief.slug,
        tuple(edition.id for edition in brief.editions),
        brief.withdrawn,
        brief.formerly,
        brief.translation_of,
    )
    return Artifact(brief.folder / "brief.json", dumps(entry))


def of_site(catalogue: Catalogue, title: str) -> Artifact:
    """The mark of a site: what is published of each brief now."""
    briefs = {
        brief.slug: {
            "edition": brief.newest.id,
            "language": brief.record.language,
            "translation_of": brief.translation_of,
            "withdrawn": brief.withdrawn,
        }
        for brief in sorted(catalogue, key=lambda brief: brief.slug)
    }
    return Artifact(MARK, dumps({"title": title, "briefs": briefs}))


def dumps(value: Any) -> bytes:
    """A noun of the site as a JSON file."""
    whole = {"schema": SCHEMA, **plain(value)}
    return (json.dumps(whole, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def with_edition(before: Published | None, slug: str, edition: Edition) -> Published:
    """A brief with one more edition."""
    if before is None:
        return Published(slug, (edition,))
    return replace(before, editions=(*before.editions, edition))
