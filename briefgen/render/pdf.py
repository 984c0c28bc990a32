"""PDF briefs: the same template as HTML, laid out on pages with its notes at their feet."""

import hashlib
from pathlib import PurePosixPath

from briefgen.model import Artifact, Brief
from briefgen.render.templates import Templates


def render(brief: Brief, templates: Templates) -> Artifact:
    """Fill ``brief.html.j2`` for print and typeset it.

    Raises TemplateError, and RenderError if a page names a file that can't be used.
    """
    from briefgen.render.press import typeset  # WeasyPrint takes a third of a second to import

    page = templates.html(brief, "print")
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    return Artifact(PurePosixPath("brief.pdf"), typeset(page, templates, identifier))
