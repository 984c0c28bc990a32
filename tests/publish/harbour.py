"""Small briefs to publish, and what a site's folder holds."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

COUNCIL = """\
We will dredge the outer harbour before winter. The Council said that the seabed can take it.
The fishers warned that silt could smother the oyster beds. Vessels should wait outside.
"""

FIRST = {
    "title": "Dredging the outer harbour",
    "date": "2024-05-12",
    "sources": "[{path: council.txt, title: Statement of the Council, publisher: Council}]",
    "sections": "[text: {title: Why now, file: why.md}, key_messages, positions, risks, sources]",
    "outputs": "[html]",
}
"""Lines of a YAML, in their order."""

WHY = "The harbour silts up by a metre each year.\n"
LATER = "The harbour silts up by two metres each year.\n"


def write(folder: Path, slug: str = "harbour", why: str = WHY, **lines: str | None) -> Path:
    """Write a brief and return its YAML; ``lines`` are added, changed or, where None, left out."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "council.txt").write_text(COUNCIL, "utf-8")
    (folder / "why.md").write_text(why, "utf-8")
    told: Mapping[str, str | None] = FIRST | lines
    path = folder / f"{slug}.yaml"
    path.write_text("".join(f"{k}: {v}\n" for k, v in told.items() if v is not None), "utf-8")
    return path


def files(site: Path, under: str = "") -> dict[str, bytes]:
    """Every file of a site, or of a folder in it, by its path."""
    found = (file for file in sorted((site / under).rglob("*")) if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in found}


def digest(site: Path) -> str:
    """What stands for all that a folder holds: names and bytes."""
    total = hashlib.sha256()
    for name, content in files(site).items():
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def times(site: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of every file and folder."""
    found = sorted(site.rglob("*"))
    return {str(p.relative_to(site)): (p.stat().st_ino, p.stat().st_mtime_ns) for p in found}


def page(site: Path, path: str) -> str:
    """The text of a page, by the folder that it is the index of."""
    return (site / path / "index.html").read_text("utf-8")
