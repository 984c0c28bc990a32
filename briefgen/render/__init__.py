"""The stage that turns a brief into files: Markdown, HTML, PDF and Word, all from templates."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from briefgen.cache import Cache
from briefgen.model import Artifact, Brief
from briefgen.render import docx, html, images, markdown, pdf
from briefgen.render.templates import Templates

__all__ = ["RENDERERS", "lacking", "render"]

RENDERERS: Mapping[str, Callable[[Brief, Templates], Artifact]] = {
    "markdown": markdown.render,
    "html": html.render,
    "pdf": pdf.render,
    "docx": docx.render,
}
"""Renderer of each output format, by the name the YAML gives it."""

_LACKING: Mapping[str, Callable[[], str | None]] = {"docx": docx.lacking}
"""Formats that need more than what briefgen always brings."""


def lacking(name: str) -> str | None:
    """What has to be installed before a format can be made, and how; None where nothing has."""
    return _LACKING[name]() if name in _LACKING else None


def render(
    brief: Brief, formats: Sequence[str], folder: Path, cache: Cache | None = None
) -> list[Artifact]:
    """Make one artifact for each format, in that order; the same brief gives the same bytes.

    ``folder`` is where the YAML stands: files in its ``templates/`` win over the shipped ones,
    and images in the analyst's Markdown are looked for from there. Those that the Markdown output
    shows follow last, to stand beside it. A cache may keep what the templates are compiled to.

    Raises TemplateError for a template's mistakes, RenderError where a page can't be made.
    """
    templates = Templates(folder, cache)
    made = [RENDERERS[name](brief, templates) for name in formats]
    return [
        *made,
        *(images.beside(brief, folder, templates.cache) if "markdown" in formats else ()),
    ]
