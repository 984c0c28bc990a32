"""The YAML of a site: its errors, and the table that documents it."""

import re
from inspect import getsource

import pytest

from briefgen.config import site
from briefgen.config.site import SiteSettings
from briefgen.errors import ConfigError
from tests.helpers import ROOT


def _written(folder, text):
    path = folder / "site.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel: Briefs", "1:1: unknown key 'titel' (did you mean 'title'?)"),
        ("base_url: example.org", "1:1: base_url: 'example.org' is no http(s) address"),
        ("title: A\nabout: ../secret.md", "2:1: about: is outside"),
        ("title: A\nabout: none.md", "2:1: about: "),
        ("title: A\ntheme: {colours: {accent: '#eeeeee'}}", "2:"),
        ("- title", "1:1: expected keys such as title and sources, found a list"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, text, told):
    with pytest.raises(ConfigError) as problem:
        site.load(_written(tmp_path, text))
    assert f"{tmp_path}/site.yaml:{told}" in str(problem.value)


def test_without_a_yaml_a_site_has_a_name_and_a_look(tmp_path):
    found = site.beside(tmp_path)
    assert found.settings.title == "Briefs"
    assert found.theme.colours


def test_the_address_of_the_home_page_ends_in_a_slash(tmp_path):
    found = site.load(_written(tmp_path, "base_url: https://example.org/briefs"))
    assert found.base_url == "https://example.org/briefs/"


def test_the_documentation_names_every_key_in_the_words_of_the_model():
    text = (ROOT / "docs" / "publish.md").read_text("utf-8")
    table = text[text.index("## The site's own YAML") :]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.MULTILINE))
    docstrings = re.findall(
        r"^    (\w+): .*\n    \"{3}(.*?)\"{3}", getsource(SiteSettings), re.MULTILINE
    )
    assert rows == dict(docstrings)
    assert set(rows) == set(SiteSettings.model_fields)
