"""Checks of the HTML: validity, accessibility and quality in a browser."""

import gzip
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

from tools.checks.briefs import Brief
from tools.checks.outcome import DidNotRun, Outcome, as_json, run

_HERE = Path(__file__).parent
_MODULES = _HERE / "node_modules"
_VIEWS = 4
"""Phone and desktop, light and dark."""

_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_TRIES = 5
"""Runs until performance is full: a busy machine only ever makes it look worse."""

_SLOWDOWNS = ((150, 1.0), (800, 2.0), (1300, 3.0), (1533, 4.0))
"""How much slower a phone of the middle class is than a machine with that benchmark index.

Lighthouse always divides by 4, as fits a fast desktop, and warns where the machine is none
(docs/throttling.md there): a busy machine of two cores has an index of 450, a phone of that class
125 to 800.
"""


def vnu(brief: Brief) -> Outcome:
    """Errors and warnings on the page and on the styles that it carries."""
    styles = re.findall(r"<style>(.*?)</style>", brief.html.read_text("utf-8"), re.DOTALL)
    if not styles:
        raise DidNotRun(f"{brief.html}: has no style sheet to check")
    problems = _vnu(brief.html)
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "screen.css"
        sheet.write_text("\n".join(styles), "utf-8")
        problems += _vnu(sheet, "--css")
    return Outcome.of(problems, "messages")


def _vnu(path: Path, *options: str) -> list[str]:
    jar = _MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--stdout", *options]
    done = run([*command, path], allowed=(0, 1))
    report = as_json("vnu", done.stdout)
    if "version" not in report or (done.returncode and not report["messages"]):
        raise DidNotRun(f"vnu: ended with {done.returncode}: {done.stdout[-200:]!r}")
    return [
        f"{path.name}:{one.get('lastLine', 0)}: {one.get('subType', one['type'])}: {one['message']}"
        for one in report["messages"]
    ]


def axe(brief: Brief) -> Outcome:
    """Elements that break a rule of WCAG 2.2 AA or of good practice, in four views."""
    done = run(["node", _HERE / "axe.mjs", browser(), brief.html.resolve()])
    views = as_json("axe", done.stdout)
    if len(views) != _VIEWS or any(view["passes"] < 1 for view in views):
        raise DidNotRun(f"axe: looked at {len(views)} views of {_VIEWS}: {done.stdout[:200]!r}")
    problems = [
        f"{view['name']}: {one['id']}: {one['help']}: {one['target']}"
        for view in views
        for one in view["violations"]
    ]
    return Outcome.of(problems, f"violations in {_VIEWS} views")


def lighthouse(brief: Brief) -> Outcome:
    """What keeps the page from full marks in four categories, as a phone loads it."""
    report = best = _lighthouse(brief.html, _SLOWDOWNS[-1][1])
    for _ in range(_TRIES - 1):
        if _score(best, "performance") == 1:
            break
        report = _lighthouse(brief.html, _slowdown(report["environment"]["benchmarkIndex"]))
        if _score(report, "performance") >= _score(best, "performance"):
            best = report
    scores = [_score(best, name) for name in _CATEGORIES]
    problems = [
        f"{name}: {audit['title']} ({audit.get('displayValue') or audit['score']})"
        for name in _CATEGORIES
        for reference in best["categories"][name]["auditRefs"]
        if reference["weight"]
        and (audit := best["audits"][reference["id"]])["score"] not in (None, 1)
    ]
    found = " ".join(f"{score:.2f}" for score in scores)
    return Outcome(all(score == 1 for score in scores), found, tuple(problems))


def _slowdown(index: float) -> float:
    """Between the figures of the table, on a straight line."""
    for (low, less), (high, more) in pairwise(_SLOWDOWNS):
        if index <= high:
            return less + max(0.0, index - low) / (high - low) * (more - less)
    return _SLOWDOWNS[-1][1]


def _lighthouse(path: Path, slowdown: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, served(path) as address:
        report = Path(folder) / "report.json"
        run(
            [
                *("node", _MODULES / "lighthouse" / "cli" / "index.js", address, "--quiet"),
                *("--output=json", f"--output-path={report}", "--no-enable-error-reporting"),
                f"--only-categories={','.join(_CATEGORIES)}",
                f"--throttling.cpuSlowdownMultiplier={slowdown:.2f}",
                "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
            ],
            environment={**os.environ, "CHROME_PATH": browser()},
            folder=Path(folder),
        )
        found: dict[str, Any] = as_json("lighthouse", report.read_text("utf-8"))
    if found.get("runtimeError") or set(found["categories"]) != set(_CATEGORIES):
        raise DidNotRun(f"lighthouse: {found.get('runtimeError')}")
    return found


def _score(report: dict[str, Any], category: str) -> float:
    score = report["categories"][category]["score"]
    if score is None:
        raise DidNotRun(f"lighthouse: gave no score for {category}")
    return float(score)


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Address where a page is served, compressed as web hosts do, for as long as it is needed."""
    content = gzip.compress(path.read_bytes(), mtime=0)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == f"/{path.name}"
            self.send_response(200 if known else 404)
            if known:
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content) if known else 0))
            self.end_headers()
            if known:
                self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{path.name}"
    finally:
        server.shutdown()
        server.server_close()


def browser() -> str:
    """Path of Chromium: the variable CHROMIUM, else whichever is installed.

    Raises DidNotRun where none is.
    """
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    raise DidNotRun("chromium: is not installed (run tools/setup-checks, or set CHROMIUM)")
