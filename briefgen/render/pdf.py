"""PDF briefs: the same template as HTML, laid out on pages with its notes at their feet."""

import hashlib
from pathlib import PurePosixPath

from briefgen.cache import nouns
from briefgen.model import Artifact, Brief
from briefgen.render import findings as as_json
from briefgen.render import surroundings
from briefgen.render.templates import Templates

CODE = ("render", "text", "config", "cache", "model")
"""Packages of briefgen that a PDF depends on: this stage and the layers below it."""


def render(brief: Brief, templates: Templates) -> Artifact:
    """Fill ``brief.html.j2`` for print and typeset it, with findings and YAML attached.

    What was set before in the same surroundings is not set again. Raises TemplateError, and
    RenderError if a page names a file that can't be used or holds a character that no font has.
    """
    page, data = templates.html(brief, "print"), as_json.render(brief)
    cache = templates.cache
    around = surroundings.state() if cache.keeps else None
    if around is None:
        return Artifact(PurePosixPath("brief.pdf"), _set(brief, page, data, templates))
    told = (
        page.encode(),
        data.content,
        brief.yaml.encode(),
        brief.slug.encode(),
        nouns.dumps(brief.front),
    )
    parts = [b"pdf", *told, *templates.shelved(), *around]
    content = cache.get(CODE, parts)
    if content is None:
        content = _set(brief, page, data, templates)
        # Not kept where a font or a picture was replaced in the meantime.
        if [*templates.shelved(), *(surroundings.state() or ())] == parts[len(told) + 1 :]:
            cache.put(CODE, parts, content)
    return Artifact(PurePosixPath("brief.pdf"), content)


def _set(brief: Brief, page: str, data: Artifact, templates: Templates) -> bytes:
    # WeasyPrint takes a third of a second to import.
    with surroundings.libraries_by_name():
        from briefgen.render.press import Attached, typeset

    identifier = hashlib.sha256(page.encode()).digest()[:16]
    attached = [
        Attached(data.path.name, "application/json", "Data", "Findings", data.content),
        Attached(f"{brief.slug}.yaml", "application/yaml", "Source", "YAML", brief.yaml.encode()),
    ]
    return typeset(page, templates, identifier, brief.front, attached)
