"""What is wrong with the templates and with each format of a brief; no file is written."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from briefgen.errors import BriefgenError
from briefgen.model import Brief
from briefgen.render import render


def misspelt(folder: Path) -> list[str]:
    """One line for each of the user's own templates that is no template, used or not.

    ``folder`` is where the YAML stands.
    """
    environment = Environment(autoescape=True)
    problems = []
    for path in sorted((folder / "templates").rglob("*.j2")):
        try:
            environment.parse(path.read_text("utf-8"), filename=str(path))
        except TemplateSyntaxError as error:
            problems.append(f"{path}:{error.lineno}: {error.message} (correct this line)")
        except UnicodeDecodeError:
            problems.append(f"{path}: is not UTF-8 text (save it as UTF-8)")
        except OSError as error:
            problems.append(f"{path}: cannot be read: {error.strerror}")
    return problems


def unmakeable(brief: Brief, formats: Sequence[str], folder: Path) -> list[str]:
    """One line for each problem that keeps a format from being made; each is told once."""
    problems: list[str] = []
    for name in formats:
        try:
            render(brief, [name], folder)
        except BriefgenError as error:
            problems += error.lines
    return list(dict.fromkeys(problems))
