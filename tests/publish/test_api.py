"""The files for programs, against the schema that stands beside them."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
from lxml import html

from briefgen.model import Artifact
from briefgen.publish import api
from briefgen.publish.catalogue import File, load, of_brief, of_edition
from tests.publish.catalogues import ALL, PDF, SOUND, made, views


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return made(api.api, views())


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"api/{name}.json"])


def strict(schema: Any) -> Any:
    """The schema, with nothing allowed that it does not name."""
    schema = deepcopy(schema)
    for noun in schema["$defs"].values():
        if "properties" in noun:
            noun["additionalProperties"] = False
    return schema


def noun_of(path: str) -> str | None:
    if path in api.FILES:
        return api.FILES[path].__name__
    folder, _, _ = path.rpartition("/")
    noun = api.FILES.get(f"{folder}/SLUG.json")
    return noun.__name__ if noun else None


def test_every_file_is_as_its_schema_says(files: dict[str, bytes]) -> None:
    schema = strict(read(files, "schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    told = {path: noun for path in files if (noun := noun_of(path))}
    assert set(told.values()) == {noun.__name__ for noun in api.FILES.values()}
    assert set(files) - set(told) == {"api/schema.json", "api/index.html"}
    for path, noun in told.items():
        narrow = {**schema, "anyOf": [{"$ref": f"#/$defs/{noun}"}]}
        jsonschema.Draft202012Validator(narrow).validate(json.loads(files[path]))


def test_an_empty_site_is_as_the_schema_says_too() -> None:
    found = made(api.api, views([]))
    schema = strict(read(found, "schema"))
    for name in ("briefs", "actors", "statements"):
        jsonschema.validate(read(found, name), schema, jsonschema.Draft202012Validator)
        assert read(found, name) == {"schema": "briefgen/api/1"}


def test_the_schema_says_what_fields_mean_and_knows_no_null(files: dict[str, bytes]) -> None:
    nouns = read(files, "schema")["$defs"]
    assert all(noun["description"] for noun in nouns.values())
    assert nouns["EditionEntry"]["properties"]["number"]["description"].startswith("1 for")
    assert nouns["Claim"]["properties"]["actor"]["type"] == "string"
    assert b'"null"' not in files["api/schema.json"]
    assert nouns["Statements"]["required"] == ["schema"]


def test_briefs_are_listed_with_what_changed(files: dict[str, bytes]) -> None:
    briefs = read(files, "briefs")["briefs"]
    assert [brief["slug"] for brief in briefs] == ["sound", "gone", "sund", "heir"]
    sound, gone, german, _ = briefs
    assert sound["page"] == "briefs/sound/"
    assert sound["series"] == "Policy Brief 12/2024"
    assert [edition["id"] for edition in sound["editions"]] == [
        *("2024-08-02", "2024-08-02-2", "2024-09-01")
    ]
    assert "changes" not in sound["editions"][0]
    assert sound["editions"][1]["correction"] == "The ministry is against it."
    assert sound["editions"][1]["changes"] == {
        "claims": {"appeared": 1, "stance": 1},
        "passages": 1,
        "front": 1,
        "sources_added": 1,
    }
    assert sound["editions"][0]["files"] == [
        {"name": "brief.pdf", "media_type": "application/pdf", "size": 12_345}
    ]
    assert gone["withdrawn"] == "Its figures were wrong."
    assert german["translation_of"] == "sound"


def test_a_brief_tells_all_its_editions_claim_by_claim(files: dict[str, bytes]) -> None:
    sound = read(files, "briefs/sound")
    first, second, _ = sound["editions"]
    assert first["record"]["claims"][0]["stance"] == "support"
    assert second["record"]["claims"][0]["stance"] == "oppose"
    change = second["changes"]["claims"][0]
    assert change["aspects"] == ["stance", "words"]
    assert (change["before"]["stance"], change["after"]["stance"]) == ("support", "oppose")
    assert second["changes"]["texts"][0]["pieces"][1] == {"edit": "added", "text": "less"}
    assert read(files, "briefs/heir")["formerly"] == ["old"]


def test_an_actor_is_told_with_every_statement(files: dict[str, bytes]) -> None:
    (entry,) = read(files, "actors")["actors"]
    assert entry["name"] == "Ministry of Ports"
    actor = read(files, entry["data"].removeprefix("api/").removesuffix(".json"))
    assert len(actor["statements"]) == entry["statements"]
    past, before = [one for one in actor["statements"] if one["brief"] == "sound"]
    assert [one["claim"]["stance"] for one in (past, before)] == ["oppose", "support"]
    assert (past["since"], past["edition"]) == ("2024-08-02-2", "2024-08-02-2")
    assert (before["since"], before["edition"]) == ("2024-08-02", "2024-08-02")
    assert past["page"] == "briefs/sound/2024-08-02-2/#note-1"
    assert past["day"] == "2024-07-10"
    assert "current" not in past
    assert [source["id"] for source in past["sources"]] == ["paper", "letter"]


def test_the_statements_are_those_that_briefs_show_now(files: dict[str, bytes]) -> None:
    said = read(files, "statements")["statements"]
    assert {(one["brief"], one["claim"]["id"]) for one in said} == {
        *(("sound", "r-1"), ("sund", "p-1"), ("heir", "p-1"))
    }
    assert all(one["current"] for one in said)


def test_the_page_tells_of_every_file_and_every_part(files: dict[str, bytes]) -> None:
    page = html.fromstring(files["api/index.html"].decode())
    nouns = read(files, "schema")["$defs"]
    assert set(page.xpath("//h2/@id | //h3/@id")) == {*nouns, "parts"}
    claim = page.xpath("//h3[@id='Claim']/following::dl[1]")[0]
    fields = [one.text_content() for one in claim.iterfind("dt")]
    assert fields == list(nouns["Claim"]["properties"])
    links = set(page.xpath("//main//a/@href"))
    assert {"schema.json", "../api/briefs.json", "../api/statements.json"} <= links
    assert {link[1:] for link in links if link.startswith("#")} <= set(nouns)


def test_the_same_site_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert made(api.api, views(list(reversed(ALL)))) == files


def test_a_site_remembers_the_files_of_its_editions(tmp_path: Path) -> None:
    artifacts = [of_brief(SOUND)]
    for edition in SOUND.editions:
        artifact = of_edition(edition)
        artifacts.append(replace(artifact, path=SOUND.folder / edition.id / artifact.path))
    for artifact in artifacts:
        file = tmp_path / artifact.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(artifact.content)
    again = load(tmp_path).briefs["sound"]
    assert [edition.files for edition in again.editions] == [e.files for e in SOUND.editions]
    assert again.editions[1].file("brief.pdf") == PDF
    assert again.editions[2].file("brief.pdf") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("brief.pdf", "application/pdf"),
        ("findings.json", "application/json"),
        ("cite.csl.json", "application/vnd.citationstyles.csl+json"),
        ("brief.odt", "application/octet-stream"),
    ],
)
def test_files_are_told_with_size_and_media_type(name: str, kind: str) -> None:
    file = File.of(Artifact(PurePosixPath("a", name), b"four"))
    assert file == File(name, kind, 4)
