"""Fills the templates of the review's page; every word of it stands there."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from briefgen.config.templates import find, roots
from briefgen.model import Grade, Impact, Kind, Level, Speech, Stance, Standing, Status
from briefgen.render.faults import template_errors
from briefgen.render.wording import FILTERS, TESTS
from briefgen.workbench.session import State

_FONTS = {
    "serif.otf": ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    "serif-italic.otf": ("font_source_serif_pro", "SourceSerifPro-It.otf"),
    "sans.otf": ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    "sans-semibold.otf": ("font_source_sans_pro", "SourceSansPro-Semibold.otf"),
}
"""Faces of the page, from the packages that the PDF has them from."""

_FILES = {
    "base.css": ("styles/base.css", "text/css"),
    "review.css": ("review/review.css", "text/css"),
    "review.js": ("review/review.js", "text/javascript"),
}

_CHOICES = {
    "stance": Stance,
    "speech": Speech,
    "status": Status,
    "likelihood": Level,
    "grade": Grade,
    "impact": Impact,
    "kind": Kind,
    "standing": Standing,
}
"""Closed sets that the page offers."""


class Page:
    """The templates of a working folder, the user's own before the shipped ones."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._roots = roots(folder)
        self._whole: tuple[tuple[int, Mapping[str, str]], str] | None = None
        self._environment = Environment(
            loader=FileSystemLoader(self._roots),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(FILTERS)
        self._environment.tests.update(TESTS)
        self._environment.globals["choices"] = _CHOICES

    def whole(self, state: State, **values: str) -> str:
        """The page. Raises TemplateError, as all of these do.

        It is filled once for a state: the fifth of a second that a thousand findings take is spent
        before the analyst opens it.
        """
        key = (state.version, values)
        if self._whole is None or self._whole[0] != key:
            filled = self._fill("page.html.j2", state=state, view=state.view, **values)
            self._whole = (key, filled)
        return self._whole[1]

    def changes(self, old: State, new: State) -> Mapping[str, Any]:
        """What a page that shows an old state exchanges to show a new one."""
        rows, passages = old.view.rows, old.view.passages
        return {
            "version": new.version,
            "rows": {
                row.id: self._fill("row.html.j2", row=row)
                for row in new.view.rows.values()
                if rows.get(row.id) != row
            },
            "order": list(new.view.rows) if list(rows) != list(new.view.rows) else None,
            "passages": {
                one.key: self._fill("passage.html.j2", passage=one)
                for one in new.view.passages.values()
                if passages.get(one.key) != one
            },
            "count": self._fill("count.html.j2", view=new.view),
            "problems": self.problems(new.problems, new.view.warnings),
            "undoable": new.undoable,
        }

    def problems(self, problems: Sequence[str], warnings: Sequence[str] = ()) -> str:
        """What is wrong, and what needs another look."""
        return self._fill("problems.html.j2", problems=problems, warnings=warnings)

    def said(self, what: str, id_: str | None = None) -> str:
        """One line on what was done."""
        return self._fill("said.j2", what=what, id=id_).strip()

    def refused(self, why: str) -> str:
        """A page for who is not let in."""
        return self._fill("refused.html.j2", why=why)

    def unbuilt(self, problems: Sequence[str]) -> str:
        """What stands in the brief's place while it cannot be made."""
        return self._fill("unbuilt.html.j2", problems=problems)

    def asset(self, name: str) -> tuple[bytes, str] | None:
        """A style sheet, script or face of type and its media type; None for any other name."""
        if name in _FONTS:
            package, file = _FONTS[name]
            return _package(package).joinpath("files", file).read_bytes(), "font/otf"
        if name not in _FILES:
            return None
        path = find(self._folder, _FILES[name][0])
        return (path.read_bytes(), f"{_FILES[name][1]}; charset=utf-8") if path else None

    def _fill(self, name: str, **values: Any) -> str:
        with template_errors(self._environment, self._roots, values):
            return self._environment.get_template(f"review/{name}").render(values)


def _package(name: str) -> Any:
    from importlib.resources import files

    return files(name)
