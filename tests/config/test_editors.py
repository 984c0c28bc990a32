"""What editors are told of the YAML: complete, true of every example, equal to what is built."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from briefgen.cli import main
from briefgen.config.editors import schema
from briefgen.config.schema import Settings
from briefgen.config.sections import SECTIONS
from briefgen.config.yaml import YamlError, parse
from tests.helpers import ROOT, cases


def keys(node: Any, path: str = "") -> Iterator[tuple[str, Any, bool]]:
    """Every key of the schema, its node, and whether it must be there."""
    if isinstance(node, list):
        for one in node:
            yield from keys(one, path)
    if not isinstance(node, dict):
        return
    for key, inner in node.get("properties", {}).items():
        if "$ref" in inner:
            continue
        needed = [one.get("required", ()) for one in (node, *node.get("anyOf", ()))]
        yield f"{path}/{key}", inner, any(key in names for names in needed)
        yield from keys(inner, f"{path}/{key}")
    for word in ("anyOf", "oneOf", "items"):
        yield from keys(node.get(word), path)


def test_every_key_has_a_description_a_default_and_an_example() -> None:
    sections = {f"/sections/{name}" for name in SECTIONS}
    found = [one for one in keys(schema()) if one[0] not in sections]
    assert len(found) > 80
    for path, node, required in found:
        assert node["description"].endswith((".", ")")), path
        assert node["examples"], f"{path}: give it an example in config/examples.py"
        assert required or "default" in node, path
        assert "``" not in node["description"], path


def test_every_example_of_the_brief_is_valid() -> None:
    examples = {key: node["examples"][0] for key, node in schema()["properties"].items()}
    assert [brief["slug"] for brief in examples.pop("briefs")] == ["long", "short"]
    assert Settings.model_validate(examples).title == examples["title"]


@pytest.mark.parametrize("name", SECTIONS)
def test_every_example_of_a_section_is_valid(name: str) -> None:
    _, entry = schema()["properties"]["sections"]["items"]["anyOf"]
    options = entry["properties"][name]
    options = options if "properties" in options else options["anyOf"][0]
    for key, node in options["properties"].items():
        given = {key: node["examples"][0]}
        if name == "text" and key not in ("text", "file"):
            given["text"] = "Words."
        if key == "columns":
            given["view"] = "table"
        if name == "custom":
            given = {"template": "my", "kinds": ["risks"]} | given
        Settings.model_validate({"title": "T", "sources": ["a"], "sections": [{name: given}]})


def test_the_command_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


SHORT = [
    "sources: [a.txt, https://example.org/a]",
    "sources: [a.txt]\nactors: {A: b}\nauthors: A\noutputs: pdf\ntheme: ledger\ndate: 2024",
    "sources: [{path: a.txt, date: 2024-07}]\nconfidence: 0\nsubtitle: null",
    "sources: [a.txt]\nconfidence: {risks: 1}\ntheme: {colours: {accent: '#123'}}",
    "sources: [a.txt]\nsections: [risks, positions:, positions: {actors: A, stances: oppose}]",
    "sources: [a.txt]\nsections: [text: {text: Words}, proposals: {group_by: null, limit: 3}]",
]
FOR_A_BUILD_ALONE = {
    "A name for two actors",
    "A colour whose name is misspelt",
    "A theme that is not there",
    "Defaults that no section has, and one that a section cannot have",
    "A default that is too much for one of the sections",
    "What cannot be extended",
    "A file that extends itself",
}
"""Cases that no schema can tell."""


def test_short_forms_and_the_shipped_examples_validate() -> None:
    validator = pytest.importorskip("jsonschema").Draft7Validator(schema())
    for text in SHORT:
        data = parse(f"title: T\n{text}\n").data
        Settings.model_validate(data)
        assert list(validator.iter_errors(data)) == [], text
    for file in ("config/china-nato.yaml", "templates/starter/brief.yaml"):
        assert list(validator.iter_errors(parse((ROOT / file).read_text("utf-8")).data)) == []


@pytest.mark.parametrize(("title", "text", "expected"), cases("config.md"), ids=lambda v: v[:40])
def test_what_a_build_refuses_an_editor_marks(title: str, text: str, expected: str) -> None:
    validator = pytest.importorskip("jsonschema").Draft7Validator(schema())
    try:
        data = parse(text).data
    except YamlError:
        return
    assert title in FOR_A_BUILD_ALONE or list(validator.iter_errors(data)), text
