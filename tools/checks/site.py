"""Checks of a published site: every page of it, and the way that a reader takes through it."""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tools.checks.html import browser
from tools.checks.outcome import ROOT, TOOLS, DidNotRun, Outcome, as_json, run

_HERE = Path(__file__).parent
_ADDRESS = "https://eastmere.example/"
"""``base_url`` of the example."""

_EDITIONS = ("before-summit", "after-summit", "after-reaction")
_LEAST_STEPS = 14
"""Steps of a reader's way; fewer, and the walk broke off."""


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """One line of the table that is about a site, not a brief."""

    name: str
    aim: str
    look: Callable[[Path], Outcome]


def published(work: Path) -> Path:
    """The example's site: a brief of three editions and one of a single edition.

    Raises DidNotRun where it cannot be published.
    """
    config, site = work / "site-config", work / "site"
    shutil.copytree(ROOT / "config", config)
    for edition in _EDITIONS:
        _publish(config / "editions" / f"{edition}.yaml", config, site)
    _publish(config / "china-nato.yaml", config, site)
    return site


def _publish(brief: Path, config: Path, site: Path, seed: str = "0") -> None:
    command = [sys.executable, "-m", "briefgen", "publish", brief, "--site", config / "site.yaml"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    run([*command, "--to", site], environment=environment, folder=config)


def vnu(site: Path) -> Outcome:
    """Errors and warnings on every page, as a server gives it, and on their common style sheet."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    with _served(site) as address:
        problems = _vnu([f"{address}{page}" for page in pages], address)
        problems += _vnu([f"{address}assets/site.css"], address, "--css")
    return Outcome(not problems, f"{len(problems)} messages, {len(pages)} pages", tuple(problems))


def _vnu(addresses: list[str], root: str, *options: str) -> list[str]:
    jar = _HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # A page may load what is its own by its address alone, and vnu knows no origin of a file.
    local = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
    command = ["java", "-Xss8m", local, "-jar", str(jar), "--format", "json", "--stdout", *options]
    done = run([*command, *addresses], allowed=(0, 1))
    report = as_json("vnu", done.stdout)
    if "version" not in report or (done.returncode and not report["messages"]):
        raise DidNotRun(f"vnu: ended with {done.returncode}: {done.stdout[-200:]!r}")
    return [
        f"{one.get('url', '').removeprefix(root)}:{one.get('lastLine', 0)}: "
        f"{one.get('subType', one['type'])}: {one['message']}"
        for one in report["messages"]
    ]


@contextmanager
def _served(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def axe(site: Path) -> Outcome:
    """Elements of any page that break a rule of WCAG 2.2 AA or of good practice, in two views."""
    return _in_browser("axe", site, "violations, {pages} pages")


def quiet(site: Path) -> Outcome:
    """What the console says of any page: errors, broken policies, requests to elsewhere."""
    return _in_browser("quiet", site, "messages, {pages} pages")


def walk(site: Path) -> Outcome:
    """Steps from the home page to an actor, an edition, what changed, and a phrase's own note."""
    return _in_browser("walk", site, "of {looked} steps lead astray")


def _in_browser(mode: str, site: Path, found: str) -> Outcome:
    done = run(["node", _HERE / "site.mjs", mode, browser(), site.resolve()], seconds=1200)
    report: dict[str, Any] = as_json("site.mjs", done.stdout)
    least = _LEAST_STEPS if mode == "walk" else report["pages"]
    if report["looked"] < least or not report["pages"]:
        raise DidNotRun(f"site.mjs: looked at {report['looked']} of {least}")
    problems = tuple(report["problems"])
    return Outcome(not problems, f"{len(problems)} {found.format(**report)}", problems)


def lychee(site: Path) -> Outcome:
    """Links of any page to a place or a file that the site hasn't."""
    options = ["--offline", "--include-fragments", "--no-progress", "--format", "json"]
    options += ["--remap", f"{_ADDRESS} file://{site.resolve()}/"]
    options += ["--index-files", "index.html"]
    pages = sorted(site.resolve().rglob("*.html"))
    done = run([TOOLS / "bin" / "lychee", *options, *pages], allowed=(0, 2))
    report = as_json("lychee", done.stdout)
    if report["total"] < len(pages) or (done.returncode == 0) != (not report["errors"]):
        raise DidNotRun(f"lychee: ended with {done.returncode}: {done.stderr[-200:]!r}")
    problems = tuple(
        f"{place}: {error['url']}: {error['status']['text']}"
        for place, errors in report["error_map"].items()
        for error in errors
    )
    return Outcome(not problems, f"{report['errors']} broken of {report['total']}", problems)


def again(site: Path) -> Outcome:
    """Files, the search's index among them, that differ in a site published elsewhere."""
    work = site.parent / "again"
    work.mkdir()
    config, other = work / "site-config", work / "another"
    shutil.copytree(ROOT / "config", config)
    for edition in _EDITIONS:
        _publish(config / "editions" / f"{edition}.yaml", config, other, seed="4711")
    _publish(config / "china-nato.yaml", config, other, seed="4711")
    names = {
        path.relative_to(folder)
        for folder in (site, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    problems = [
        f"{name} differs" for name in sorted(names) if _read(site, name) != _read(other, name)
    ]
    return Outcome(not problems, f"{len(problems)} of {len(names)} files differ", tuple(problems))


def _read(folder: Path, name: Path) -> bytes | None:
    path = folder / name
    return path.read_bytes() if path.is_file() else None


CHECKS = (
    SiteCheck("vnu, every page", "0 messages", vnu),
    SiteCheck("axe, every page", "0 violations", axe),
    SiteCheck("console, served and from disk", "0 messages", quiet),
    SiteCheck("lychee, every page", "0 broken", lychee),
    SiteCheck("a reader's way", "0 astray", walk),
    SiteCheck("published again", "0 files differ", again),
)
"""Every check of a site, in the order of the table."""
