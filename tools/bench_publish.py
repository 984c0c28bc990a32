"""Time the publishing of a series: every edition of every brief, then one edit, then nothing.

Run as ``python -m tools.bench_publish --briefs 100 --editions 5``; the default is a small series.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.stress import series

_SITE = """title: Hearings
organisation: Provincial Research Service
language: en-GB
base_url: https://hearings.example/
"""


def main() -> None:
    """Print one line for each publish: what it did, seconds, files that changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--briefs", type=int, default=8)
    parser.add_argument("--editions", type=int, default=2)
    parser.add_argument("--outputs", default="[markdown, html, pdf]")
    parser.add_argument("--keep", type=Path, help="folder to work in, and to leave behind")
    options = parser.parse_args()
    work = options.keep or Path(tempfile.mkdtemp(prefix="briefgen-series-"))
    environment = {**os.environ, "XDG_CACHE_HOME": str(work / "cache")}
    (work / "briefs").mkdir(parents=True, exist_ok=True)
    (work / "briefs" / "site.yaml").write_text(_SITE, "utf-8")
    for edition in range(1, options.editions + 1):
        paths = series.write(work / "briefs", options.briefs, edition, options.outputs)
        seconds = _publish(paths, work / "site", environment)
        each = seconds / options.briefs
        print(f"edition {edition}: {seconds:7.1f} s, {each:.2f} s a brief", flush=True)
    paths[0].write_text(paths[0].read_text("utf-8").replace("Who wants", "Who asks for"), "utf-8")
    before = _inodes(work / "site")
    print(f"one YAML edited: {_publish(paths, work / 'site', environment):.2f} s (aim: under 3)")
    touched = sorted(
        name for name, inode in _inodes(work / "site").items() if before.get(name) != inode
    )
    print(f"files written anew: {len(touched)}: {', '.join(_folders(touched))}")
    print(f"nothing changed: {_publish(paths, work / 'site', environment):.2f} s")
    files = sum(1 for path in (work / "site").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in (work / "site").rglob("*")) / 1e6
    print(f"site: {files:,} files, {size:,.0f} MB")
    if not options.keep:
        shutil.rmtree(work)


def _publish(paths: list[Path], site: Path, environment: dict[str, str]) -> float:
    start = time.monotonic()
    command = [sys.executable, "-m", "briefgen", "publish", *map(str, paths), "--to", str(site)]
    command += ["--site", str(site.parent / "briefs" / "site.yaml")]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def _inodes(site: Path) -> dict[str, int]:
    return {
        path.relative_to(site).as_posix(): path.stat().st_ino
        for path in site.rglob("*")
        if path.is_file()
    }


def _folders(names: list[str]) -> list[str]:
    """First two parts of each path, with how many files are below."""
    found: dict[str, int] = {}
    for name in names:
        key = "/".join(name.split("/")[:2])
        found[key] = found.get(key, 0) + 1
    return [f"{key} ({count})" for key, count in found.items()]


if __name__ == "__main__":
    main()
