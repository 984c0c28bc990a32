"""Where templates and styles are looked for: in the user's own folder, then in the shipped one."""

from collections.abc import Sequence
from pathlib import Path

import briefgen


def roots(folder: Path) -> Sequence[Path]:
    """Folders of templates for a YAML that stands in ``folder``, the user's own first."""
    return (folder / "templates", shipped())


def shipped() -> Path:
    """Folder of the templates that come with briefgen, in an installed copy or a checkout."""
    package = Path(briefgen.__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def find(folder: Path, name: str) -> Path | None:
    """The file that counts of that name, the user's own before the shipped one."""
    for root in roots(folder):
        path = root / name
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return path
    return None
