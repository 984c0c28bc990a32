"""HTML briefs: one file that needs nothing beside it."""

from pathlib import PurePosixPath

from briefgen.model import Artifact, Brief
from briefgen.render.templates import Templates


def render(brief: Brief, templates: Templates) -> Artifact:
    """Fill ``brief.html.j2`` for screens.

    Raises TemplateError, and RenderError for an image that can't be embedded.
    """
    page = templates.html(brief, "screen")
    return Artifact(PurePosixPath("brief.html"), page.encode())
