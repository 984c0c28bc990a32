"""A section laid out by a template of the analyst's own, and tables with chosen columns."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.errors import TemplateError
from briefgen.model import Brief, Custom, Group, Kind, Positions
from briefgen.render import render
from tests.render import sample

MARKDOWN = """{% import "macros.md.j2" as write %}
{% for item in section.items %}
{{ loop.index }}. {{ section.options.sign }} {{ write.item(item) }}
{% endfor %}
"""
HTML = """{% import "macros.html.j2" as write with context %}
<ol>
{% for item in section.items %}
<li>{{ section.options.sign }} {{ write.item(item) }}</li>
{% endfor %}
</ol>
"""


def brief() -> Brief:
    """The sample with the items of its first table in a section of the analyst's own."""
    whole = sample.brief()
    table = next(s for s in whole.sections if isinstance(s, Positions) and s.view == "table")
    own = Custom(
        title=None,
        anchor="own",
        intro=None,
        template="sections/who-said-what",
        options={"sign": "<b>*!*</b>"},
        kinds=(Kind.POSITION,),
        group_by=None,
        groups=tuple(Group(None, group.items) for group in table.groups),
        left_out=0,
        hidden=0,
    )
    return replace(whole, sections=tuple(own if s is table else s for s in whole.sections))


def own_templates(work: Path, markdown: str = MARKDOWN, html: str = HTML) -> None:
    folder = work / "templates" / "sections"
    folder.mkdir(parents=True)
    (folder / "who-said-what.md.j2").write_text(markdown, "utf-8")
    (folder / "who-said-what.html.j2").write_text(html, "utf-8")


def test_the_template_lays_out_its_section_in_every_format(work: Path) -> None:
    own_templates(work)
    markdown, page, pdf = render(brief(), ("markdown", "html", "pdf"), work)
    text = markdown.content.decode()
    assert "## Who said what\n" in text
    # What the YAML says to the template is escaped like all else.
    assert "1. \\<b>\\*!\\*\\</b> " in text
    assert "<li>&lt;b&gt;*!*&lt;/b&gt; " in page.content.decode()
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("format_", ["markdown", "html", "pdf"])
def test_a_template_that_leaves_out_a_note_is_named(work: Path, format_: str) -> None:
    short = ("section.items", "section.items[:0]")
    own_templates(work, MARKDOWN.replace(*short), HTML.replace(*short))
    with pytest.raises(TemplateError) as caught:
        render(brief(), (format_,), work)
    (line,) = caught.value.lines
    language = "md" if format_ == "markdown" else "html"
    assert line.startswith(
        f"{work}/templates/sections/who-said-what.{language}.j2: leaves out note"
    )
    assert "show every item" in line


def test_columns_are_those_of_the_section_in_its_order(work: Path) -> None:
    whole = sample.brief()
    columns = ("date", "position", "source", "actor")
    sections = tuple(
        replace(s, columns=columns) if isinstance(s, Positions) and s.view == "table" else s
        for s in whole.sections
    )
    markdown, page = render(replace(whole, sections=sections), ("markdown", "html"), work)
    assert "| Date | Position | Source | Actor |\n| --- | --- | --- | --- |" in (
        markdown.content.decode()
    )
    text = page.content.decode()
    assert '<th scope="col">Date</th><th scope="col" class="main">Position</th>' in text
    # On narrow screens, where the headings are gone, each cell says what it is.
    assert '<td data-label="Actor">' in text
