"""The page around a brief in the live preview; the brief itself stays as it is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from briefgen.config.templates import roots, shipped

_ASSETS = {
    "/preview.js": "text/javascript; charset=utf-8",
    "/preview.css": "text/css; charset=utf-8",
}


class Shown(Protocol):
    """What the preview shows."""

    @property
    def version(self) -> int: ...
    @property
    def brief(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def files(self) -> Mapping[str, bytes]: ...
    @property
    def problems(self) -> Sequence[str]: ...


def page(folder: Path, shown: Shown) -> str:
    """The preview's page for a YAML that stands in ``folder``."""
    environment = Environment(
        loader=FileSystemLoader(roots(folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("preview/page.html.j2").render(shown=shown)


def asset(path: str) -> tuple[bytes, str] | None:
    """The page's script or its style and its media type, by address; None for any other."""
    if path not in _ASSETS:
        return None
    return (shipped() / "preview" / path.removeprefix("/")).read_bytes(), _ASSETS[path]
