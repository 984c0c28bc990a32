from pathlib import Path

import pytest

from briefgen import sources
from briefgen.config import load, load_all
from briefgen.errors import ConfigError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


HOUSE = (
    "organisation: Eastmere\n"
    "series: House papers\n"
    "actors: {NATO: [the Alliance]}\n"
    "outputs: [markdown, html]\n"
    "theme: {page: Letter, colours: {accent: '#1f4468'}}\n"
)


def test_what_the_extending_file_says_wins_key_by_key(tmp_path: Path) -> None:
    write(tmp_path / "house.yaml", HOUSE)
    path = write(
        tmp_path / "briefs" / "july.yaml",
        "extends: ../house.yaml\ntitle: July\nsources: [a.txt]\nseries: Other\n"
        "actors: {China: Beijing}\noutputs: [html]\ntheme: {page: A4}\n",
    )
    settings = load(path).settings
    assert (settings.title, settings.organisation, settings.series) == ("July", "Eastmere", "Other")
    # Keys of mappings are joined, lists are replaced.
    assert dict(settings.actors) == {"NATO": ("the Alliance",), "China": ("Beijing",)}
    assert [str(f) for f in settings.outputs] == ["html"]
    assert settings.theme.page == "A4"
    assert settings.theme.colours.light == {"accent": "#1f4468"}


def test_a_chain_of_files_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "house.yaml", HOUSE)
    write(tmp_path / "series.yaml", "extends: house.yaml\nseries: Notes\nlicence: CC BY 4.0\n")
    path = write(tmp_path / "b.yaml", "extends: series.yaml\ntitle: T\nsources: [a.txt]\n")
    settings = load(path).settings
    found = (settings.organisation, settings.series, settings.licence)
    assert found == ("Eastmere", "Notes", "CC BY 4.0")


def test_problems_in_the_base_are_told_with_its_own_place(tmp_path: Path) -> None:
    house = write(tmp_path / "house.yaml", "organisation: E\nsections:\n  - postions\nlicense: X\n")
    path = write(tmp_path / "b.yaml", "extends: house.yaml\ntitle: T\nsources: [a.txt]\nurl: x\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert set(caught.value.lines) == {
        f"{house}:3:5: no section is called 'postions' (did you mean 'positions'?)",
        f"{house}:4:1: unknown key 'license' (did you mean 'licence'?)",
        f"{path}:4:1: url: 'x' is no http(s) address",
    }


def test_a_base_that_is_no_yaml_or_is_not_there_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "b.yaml", "title: T\nextends: house.yaml\nsources: [a.txt]\n")
    with pytest.raises(ConfigError, match=r"b\.yaml:2:1: extends: there is no file .*house\.yaml"):
        load(path)
    write(tmp_path / "house.yaml", "a: [1\n")
    with pytest.raises(ConfigError, match=r"house\.yaml:2:1: "):
        load(path)


def test_circles_are_told_where_they_close(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "extends: b.yaml\n")
    write(tmp_path / "b.yaml", "title: T\nextends: a.yaml\n")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "a.yaml")
    assert caught.value.lines == (
        f"{tmp_path / 'b.yaml'}:2:1: extends: leads in a circle: a.yaml → b.yaml → a.yaml "
        "(take one of them out)",
    )


def test_paths_in_the_base_start_from_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path / "house" / "sources" / "minutes.txt", "The Council agreed to dredge in June.")
    write(tmp_path / "house" / "about.md", "About us.")
    write(
        tmp_path / "house" / "house.yaml",
        "sources: [sources/*.txt]\nsections: [{text: {file: about.md}}, positions]\n",
    )
    path = write(tmp_path / "july" / "july.yaml", "extends: ../house/house.yaml\ntitle: T\n")
    config = load(path)
    assert config.texts == {"about.md": "About us."}
    assert [document.source.id for document in sources.load(config)] == ["minutes"]


def test_defaults_hold_for_every_section_that_has_the_option(tmp_path: Path) -> None:
    path = write(
        tmp_path / "b.yaml",
        "title: T\nsources: [a.txt]\n"
        "defaults: {limit: 10, positions: {view: table, limit: 7, columns: [position]}}\n"
        "sections:\n  - key_messages\n  - positions\n  - positions: {limit: 3, view: list}\n"
        "  - risks\n  - sources\n  - text: {text: Words.}\n",
    )
    messages, table, listed, risks, *_ = load(path).settings.sections
    assert (messages.limit, risks.limit) == (10, 10)
    assert (table.view, table.limit, table.columns) == ("table", 7, ("position",))
    # What a section says itself wins, and a list takes no columns from a default.
    assert (listed.view, listed.limit) == ("list", 3)


def test_defaults_hold_where_no_sections_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "b.yaml", "title: T\nsources: [a.txt]\ndefaults: {view: table}\n")
    views = {s.section: s.view for s in load(path).settings.sections if hasattr(s, "view")}
    assert views == {"positions": "table", "proposals": "table", "risks": "table"}


def test_a_template_that_shows_no_findings_takes_no_defaults_for_them(tmp_path: Path) -> None:
    for language in ("md", "html"):
        write(tmp_path / "templates" / "sections" / f"own.{language}.j2", "")
    path = write(
        tmp_path / "b.yaml",
        "title: T\nsources: [a.txt]\ndefaults: {limit: 10}\nsections:\n"
        "  - custom: {template: own}\n  - custom: {template: own, kinds: risks}\n",
    )
    without, with_findings = load(path).settings.sections
    assert (without.limit, with_findings.limit) == (None, 10)


def test_one_file_can_hold_several_briefs(tmp_path: Path) -> None:
    path = write(
        tmp_path / "b.yaml",
        "sources: [a.txt]\nactors: {NATO: Alliance}\nbriefs:\n"
        "  - {slug: short, title: Short, preset: glance}\n"
        "  - {slug: long, title: Long, actors: {China: Beijing}}\n",
    )
    short, long = load_all(path)
    assert [config.slug for config in (short, long)] == ["short", "long"]
    assert list(short.settings.actors) == ["NATO"]
    assert list(long.settings.actors) == ["NATO", "China"]
    with pytest.raises(ConfigError, match=r"holds 2 briefs \(short, long\), and one is asked for"):
        load(path)


def test_what_several_briefs_share_is_told_once(tmp_path: Path) -> None:
    path = write(
        tmp_path / "b.yaml",
        "sources: [a.txt]\nlicense: X\nbriefs:\n  - {slug: a, title: A}\n  - {slug: b, titel: B}\n",
    )
    with pytest.raises(ConfigError) as caught:
        load_all(path)
    assert [line.removeprefix(f"{path}:") for line in caught.value.lines] == [
        "2:1: unknown key 'license' (did you mean 'licence'?)",
        "5:5: the file lacks the key 'title'",
        "5:15: unknown key 'titel' (did you mean 'title'?)",
    ]
