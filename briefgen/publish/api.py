"""The files of ``api/``: what a site holds for programs, with a JSON Schema and a page about it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from types import GenericAlias
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from briefgen.model import Artifact, Aspect, Changes
from briefgen.publish.catalogue import Edition, Published
from briefgen.publish.data import (
    Actor,
    ActorEntry,
    Actors,
    BriefEntry,
    Briefs,
    Counts,
    EditionEntry,
    FullEdition,
    History,
    Statement,
    Statements,
)
from briefgen.publish.headings import Heading
from briefgen.publish.statements import Said
from briefgen.publish.views import Views
from briefgen.render.record import plain

SCHEMA = "briefgen/api/1"
"""Name and version of what these files hold."""

FILES: Mapping[str, type] = {
    "api/briefs.json": Briefs,
    "api/briefs/SLUG.json": History,
    "api/actors.json": Actors,
    "api/actors/SLUG.json": Actor,
    "api/statements.json": Statements,
}
"""What each file holds, by its address from the site's root."""


def api(views: Views) -> Iterator[Artifact]:
    """Every file of ``api/``."""
    yield _file("briefs", Briefs(tuple(_brief(brief) for brief in views.briefs)))
    for brief in views.briefs:
        if not views.stays(f"api/briefs/{brief.slug}.json", {brief.slug}):
            yield _file(f"briefs/{brief.slug}", _history(brief))
    yield _file("actors", Actors(tuple(_actor(heading) for heading in views.actors)))
    for heading in views.actors:
        if views.stays(f"api/actors/{heading.slug}.json", heading.slugs):
            continue
        said = tuple(_statement(one) for one in heading.said)
        page = f"actors/{heading.slug}/"
        yield _file(f"actors/{heading.slug}", Actor(heading.name, heading.slug, page, said))
    now = (one for one in views.said if one.current)
    yield _file("statements", Statements(tuple(_statement(one) for one in now)))
    yield Artifact(PurePosixPath("api/schema.json"), _json(schema()))
    yield views.page("api", "api/index.html", files=_names(), nouns=schema()["$defs"])


def _file(name: str, value: Any) -> Artifact:
    return Artifact(PurePosixPath(f"api/{name}.json"), _json({"schema": SCHEMA, **plain(value)}))


def _json(value: Any) -> bytes:
    # In one line: with an indent, Python's own encoder would take ten times as long.
    text = json.dumps(value, ensure_ascii=False)
    return f"{text}\n".encode("utf-8", "replace")


def _names() -> Mapping[str, str]:
    return {path: noun.__name__ for path, noun in FILES.items()}


def _brief(brief: Published) -> BriefEntry:
    record = brief.record
    topics = (topic for claim in record.claims for topic in claim.topics)
    return BriefEntry(
        slug=brief.slug,
        title=record.title,
        page=f"{brief.folder}/",
        data=f"api/briefs/{brief.slug}.json",
        editions=tuple(_edition(brief, edition) for edition in brief.editions),
        language=record.language,
        subtitle=record.subtitle,
        description=record.description,
        date=record.date,
        series=record.series,
        authors=record.authors,
        organisation=record.organisation,
        topics=tuple(dict.fromkeys(topics)),
        doi=record.doi,
        licence=record.licence,
        withdrawn=brief.withdrawn,
        translation_of=brief.translation_of,
    )


def _edition(brief: Published, edition: Edition) -> EditionEntry:
    return EditionEntry(
        id=edition.id,
        number=edition.number,
        page=f"{brief.folder}/{edition.id}/",
        correction=edition.correction,
        changes=_counts(edition.changes) if edition.changes else None,
        files=edition.files,
    )


def _counts(changes: Changes) -> Counts:
    by_aspect = Counter(change.first for change in changes.claims)
    return Counts(
        claims={aspect: by_aspect[aspect] for aspect in Aspect if by_aspect[aspect]},
        passages=len(changes.texts),
        front=len(changes.front),
        sources_added=len(changes.sources_added),
        sources_removed=len(changes.sources_removed),
    )


def _history(brief: Published) -> History:
    editions = tuple(
        FullEdition(
            id=edition.id,
            number=edition.number,
            page=f"{brief.folder}/{edition.id}/",
            record=edition.record,
            correction=edition.correction,
            changes=edition.changes,
            files=edition.files,
        )
        for edition in brief.editions
    )
    return History(
        slug=brief.slug,
        page=f"{brief.folder}/",
        editions=editions,
        withdrawn=brief.withdrawn,
        formerly=brief.formerly,
        translation_of=brief.translation_of,
    )


def _actor(heading: Heading) -> ActorEntry:
    return ActorEntry(
        name=heading.name,
        slug=heading.slug,
        page=f"actors/{heading.slug}/",
        data=f"api/actors/{heading.slug}.json",
        statements=len(heading.said),
        briefs=tuple(brief.slug for brief in heading.briefs),
    )


def _statement(said: Said) -> Statement:
    folder = said.brief.folder if said.current else said.brief.folder / said.edition.id
    note = f"#note-{said.claim.notes[0]}" if said.claim.notes else ""
    return Statement(
        claim=said.claim,
        day=said.day,
        brief=said.brief.slug,
        edition=said.edition.id,
        since=said.since.id,
        page=f"{folder}/{note}",
        current=said.current,
        sources=tuple(said.sources),
    )


class _Plain(GenerateJsonSchema):
    """Schemas of files that leave out what is unknown or empty, and so hold no null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (pydantic names it)
        return False


@cache
def schema() -> Mapping[str, Any]:
    """JSON Schema (2020-12) of the files: one definition for what each holds, and for its parts."""
    every: Any = GenericAlias(tuple, tuple(FILES.values()))
    # Not each on its own: a dataclass takes such a setting only from what it is a part of.
    settings = ConfigDict(use_attribute_docstrings=True)
    whole = TypeAdapter[Any](every, config=settings)
    nouns = whole.json_schema(mode="validation", schema_generator=_Plain)["$defs"]
    for noun in FILES.values():
        told = nouns[noun.__name__]
        told["properties"] = {"schema": {"const": SCHEMA}, **told["properties"]}
        told["required"] = ["schema", *told.get("required", ())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in _names().values()],
        "$defs": {name: nouns[name] for name in sorted(nouns)},
    }
