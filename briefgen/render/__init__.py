"""The stage that turns a brief into files: Markdown, HTML and PDF, all from templates."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from briefgen.model import Artifact, Brief
from briefgen.render import html, markdown, pdf
from briefgen.render.templates import Templates

__all__ = ["RENDERERS", "render"]

RENDERERS: Mapping[str, Callable[[Brief, Templates], Artifact]] = {
    "markdown": markdown.render,
    "html": html.render,
    "pdf": pdf.render,
}
"""Renderer of each output format, by the name the YAML gives it."""


def render(brief: Brief, formats: Sequence[str], folder: Path) -> list[Artifact]:
    """Make one artifact for each format, in that order; the same brief gives the same bytes.

    ``folder`` is where the YAML stands: files in its ``templates/`` win over the shipped ones,
    and images in the analyst's Markdown are looked for from there.

    Raises TemplateError for a template's mistakes, RenderError where a page can't be made.
    """
    templates = Templates(folder)
    return [RENDERERS[name](brief, templates) for name in formats]
