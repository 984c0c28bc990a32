"""PDF briefs: the same template as HTML, laid out on pages with its notes at their feet."""

import hashlib
from pathlib import PurePosixPath

from briefgen.model import Artifact, Brief
from briefgen.render import findings
from briefgen.render.templates import Templates


def render(brief: Brief, templates: Templates) -> Artifact:
    """Fill ``brief.html.j2`` for print and typeset it, with findings and YAML attached.

    Raises TemplateError, and RenderError if a page names a file that can't be used or holds a
    character that no font has.
    """
    # WeasyPrint takes a third of a second to import.
    from briefgen.render.press import Attached, typeset

    page = templates.html(brief, "print")
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    data = findings.render(brief)
    attached = [
        Attached(data.path.name, "application/json", "Data", "Findings", data.content),
        Attached(f"{brief.slug}.yaml", "application/yaml", "Source", "YAML", brief.yaml.encode()),
    ]
    content = typeset(page, templates, identifier, brief.front, attached)
    return Artifact(PurePosixPath("brief.pdf"), content)
