"""Two builds of one brief that must give the same bytes."""

import os
from pathlib import Path

from tools.checks.briefs import Brief, build, copied
from tools.checks.outcome import DidNotRun, Outcome, run

OTHER_DAY = "2031-03-09 23:58:00"
"""What the clock says at the second build."""


def bytes_again(brief: Brief) -> Outcome:
    """Files that differ where folder, day, time zone, locale and hash seed do."""
    if brief.config is None or brief.work is None:
        raise DidNotRun("name the YAML instead of the folder, so that the brief can be built again")
    before = ("faketime", "-f", f"@{OTHER_DAY}")
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment |= {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    said = run([*before, "date", "+%Y"], environment=environment).stdout.strip()
    if said != OTHER_DAY[:4]:
        raise DidNotRun(f"faketime: the year was {said!r}")
    config = copied(brief.config, brief.work / "elsewhere" / brief.name)
    other = build(config, brief.work / "another-out" / brief.name, environment, *before)
    names = sorted({path.name for folder in (brief.folder, other) for path in folder.iterdir()})
    problems = [
        f"{name} differs" for name in names if _read(brief.folder, name) != _read(other, name)
    ]
    return Outcome(not problems, f"{len(problems)} of {len(names)} files differ", tuple(problems))


def _read(folder: Path, name: str) -> bytes | None:
    path = folder / name
    return path.read_bytes() if path.is_file() else None
