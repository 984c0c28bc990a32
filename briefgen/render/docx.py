"""Word briefs: the page that paper gets, as a document that an office can edit."""

import os
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from briefgen.errors import RenderError
from briefgen.model import Artifact, Brief
from briefgen.render.templates import Templates

_LACKING = "docx needs pandoc (pip install 'briefgen[word]')"
_READER = "html+epub_html_exts"  # the extension reads footnotes
_SECONDS = 300
"""Time for pandoc; a brief of 500 findings takes it 2."""


def lacking() -> str | None:
    """What this format needs and how to get it; None where it is there."""
    return None if _pandoc() else _LACKING


def render(brief: Brief, templates: Templates) -> Artifact:
    """Fill ``brief.html.j2`` for print and make a Word document of it.

    Raises TemplateError, and RenderError where pandoc is missing or fails.
    """
    from briefgen.render import (  # lxml, python-docx and, for drawings, WeasyPrint
        word_package,
        word_page,
        word_pictures,
        word_styles,
    )

    page = templates.html(brief, "print")
    look = word_styles.look(page)
    whole, drawings = word_pictures.cut(page)
    pictures = word_pictures.draw(drawings, page, templates, brief.front)
    written = _write(word_page.prepare(whole, pictures), word_styles.reference(brief.front, look))
    return Artifact(PurePosixPath("brief.docx"), word_package.finish(written, brief.front))


def _pandoc() -> Path | None:
    """The packaged pandoc, not one that the system has: another version writes other bytes."""
    spec = find_spec("pypandoc")
    for folder in (spec and spec.submodule_search_locations) or ():
        for name in ("pandoc", "pandoc.exe"):
            path = Path(folder) / "files" / name
            if path.is_file():
                return path
    return None


def _write(page: str, reference: bytes) -> bytes:
    program = _pandoc()
    if program is None:
        raise RenderError(_LACKING)
    with tempfile.TemporaryDirectory(prefix="briefgen-") as name:
        folder = Path(name)
        (folder / "reference.docx").write_bytes(reference)
        command = [
            str(program),
            "--sandbox",
            "--no-highlight",
            "-f",
            _READER,
            "-t",
            "docx",
            "-o",
            "brief.docx",
        ]
        try:
            subprocess.run(
                [*command, "--reference-doc=reference.docx"],
                cwd=folder,
                input=page.encode(),
                env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},  # 1980, where zip starts
                capture_output=True,
                timeout=_SECONDS,
                check=True,
            )
            return (folder / "brief.docx").read_bytes()
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().replace("\n", " ")
            raise RenderError(f"brief.docx: pandoc failed: {said[:300]}") from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RenderError(
                f"brief.docx: pandoc cannot run: {error} (install the extra again)"
            ) from None
