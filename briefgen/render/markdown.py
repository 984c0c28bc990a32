"""Markdown briefs: readable as they are, and quiet in a diff."""

import re
from pathlib import PurePosixPath

from briefgen.model import Artifact, Brief
from briefgen.render.templates import Templates

_LINE_END = re.compile(r"[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def render(brief: Brief, templates: Templates) -> Artifact:
    """Fill ``brief.md.j2`` and tidy its white space.

    Raises TemplateError.
    """
    text = _LINE_END.sub("", templates.markdown(brief))
    text = _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"
    return Artifact(PurePosixPath("brief.md"), text.encode())
