"""The briefs to check: the example, two that strain, or any that a user names."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.stress import long
from tools.checks.outcome import ROOT, DidNotRun, run

FORMATS = ("brief.md", "brief.html", "brief.pdf")
"""What a folder needs to be checked."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One built brief."""

    name: str
    folder: Path
    """Where its outputs are."""
    config: Path | None = None
    """Its YAML where this run built it."""
    work: Path | None = None
    """Folder for whatever a check writes; None where nothing can be built."""

    @property
    def markdown(self) -> Path:
        """The Markdown output."""
        return self.folder / "brief.md"

    @property
    def html(self) -> Path:
        """The HTML output."""
        return self.folder / "brief.html"

    @property
    def pdf(self) -> Path:
        """The PDF output."""
        return self.folder / "brief.pdf"


def named(path: Path, work: Path) -> Brief:
    """A brief that a user names: a folder of outputs as it is, or a YAML, built into ``work``.

    Raises DidNotRun where there is nothing to check.
    """
    if path.is_file():
        return built(path, work)
    missing = [name for name in FORMATS if not (path / name).is_file()]
    if missing:
        raise DidNotRun(f"{path}: has no {', '.join(missing)} (name a folder that a build wrote)")
    return Brief(path.resolve().name, path)


def own(work: Path) -> list[Path]:
    """YAML files of the project's own briefs, the long one written into ``work``."""
    return [
        ROOT / "config" / "china-nato.yaml",
        ROOT / "tests" / "stress" / "scripts" / "scripts.yaml",
        long.write(work / "long-input"),
    ]


def built(config: Path, work: Path) -> Brief:
    """The brief of a YAML, built now.

    Raises DidNotRun where it cannot be.
    """
    folder = build(config, work / config.stem, os.environ.copy())
    return Brief(config.stem, folder, config, work)


def build(config: Path, out: Path, environment: dict[str, str], *before: str) -> Path:
    """Build a brief in a process of its own, ``before`` being what starts that; returns its folder.

    Raises DidNotRun where it fails.
    """
    out.mkdir(parents=True, exist_ok=True)
    environment["PYTHONPATH"] = str(ROOT)
    program = [*before, sys.executable, "-m", "briefgen", "build"]
    done = run([*program, config.resolve(), "--out", out], environment=environment, folder=out)
    return Path(done.stdout.splitlines()[0]).parent


def copied(config: Path, to: Path) -> Path:
    """The YAML's whole folder at another place and, file by file, with another age."""
    shutil.copytree(config.parent, to, copy_function=shutil.copyfile)
    return to / config.name
