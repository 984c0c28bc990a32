from pathlib import Path

import pytest

from briefgen.config import load
from briefgen.errors import ConfigError

HEAD = "title: T\nsources: [a.txt]\n"


def write(folder: Path, text: str, *templates: str) -> Path:
    for name in templates:
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    path = folder / "brief.yaml"
    path.write_text(HEAD + text, "utf-8")
    return path


@pytest.mark.parametrize(
    "name", ["winners", "sections/winners", "sections/winners.md.j2", "sections/winners.html.j2"]
)
def test_a_template_is_named_by_its_stem_or_either_file(name: str, tmp_path: Path) -> None:
    both = ("sections/winners.md.j2", "sections/winners.html.j2")
    path = write(tmp_path, f"sections: [{{custom: {{template: {name}, lead: Hear}}}}]\n", *both)
    (section,) = load(path).settings.sections
    assert section.template == "sections/winners"
    assert section.options == {"lead": "Hear"}


def test_a_template_that_an_output_lacks_is_told_with_its_line(tmp_path: Path) -> None:
    text = "sections:\n  - custom: {template: winers}\n"
    path = write(tmp_path, text, "sections/winners.md.j2", "sections/winers.html.j2")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert caught.value.lines == (
        f"{path}:4:14: template: there is no sections/winers.md.j2, which markdown needs "
        "(did you mean 'sections/winners.md.j2'?)",
    )


def test_a_language_that_no_output_has_needs_no_template(tmp_path: Path) -> None:
    text = "sections: [{custom: {template: winners}}]\noutputs: html\n"
    assert load(write(tmp_path, text, "sections/winners.html.j2"))
