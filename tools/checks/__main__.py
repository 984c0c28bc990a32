"""Run the checks: of the project's own briefs, or of those that a user names."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.checks import briefs, html, links, pdf, reading, repeat, review, site
from tools.checks.briefs import Brief
from tools.checks.outcome import DidNotRun, Outcome
from tools.checks.site import SiteCheck


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table."""

    name: str
    aim: str
    look: Callable[[Brief], Outcome]
    rebuilds: bool = False
    """Whether the YAML is needed, which a folder of outputs does not hold."""


CHECKS = (
    Check("veraPDF, PDF/UA-1 and PDF/A-3a", "0 failed rules", pdf.verapdf),
    Check("page-validation, the same", "0 failed rules", pdf.page_validation),
    Check("outloud", "0 errors, 0 warnings", pdf.outloud),
    Check("qpdf --check", "clean", pdf.qpdf),
    Check("glyphs that no font has", "0", pdf.glyphs),
    Check("PDF read in Markdown's order", "0 astray", reading.order),
    Check("vnu, page and style sheet", "0 messages", html.vnu),
    Check("axe, phone and desktop", "0 violations", html.axe),
    Check("lighthouse", "1.00 1.00 1.00 1.00", html.lighthouse),
    Check("lychee", "0 broken", links.lychee),
    Check("briefgen review, in a browser", "0 problems", review.review, rebuilds=True),
    Check("built again elsewhere", "0 files differ", repeat.bytes_again, rebuilds=True),
)
"""Every check, in the order of the table."""

_SHOWN = 12
"""Details printed of one check."""


def main() -> int:
    """Print one line a brief and check as soon as it is known; 1 where a line is not reached."""
    parser = argparse.ArgumentParser(prog="python -m tools.checks", description=__doc__)
    parser.add_argument(
        "brief",
        nargs="*",
        type=Path,
        help="folder that a build wrote, or a YAML to build; without any, the project's own",
    )
    parser.add_argument("--only", metavar="WORD", help="checks with this word in their name")
    options = parser.parse_args()
    word = (options.only or "").lower()
    chosen = [check for check in CHECKS if word in check.name.lower()]
    of_site = [] if options.brief else [c for c in site.CHECKS if word in c.name.lower()]
    if not chosen and not of_site:
        parser.error(f"no check has {options.only!r} in its name")
    start, counts = time.monotonic(), {True: 0, False: 0}
    print(f"{'brief':14} {'check':32} {'found':28} {'aim':22} seconds")
    with tempfile.TemporaryDirectory(prefix="briefgen-checks-") as folder:
        work = Path(folder)
        for path in options.brief or (briefs.own(work) if chosen else ()):
            for reached in _check(path, chosen, work):
                counts[reached] += 1
        for reached in _check_site(of_site, work) if of_site else ():
            counts[reached] += 1
    print(f"{time.monotonic() - start:.0f} s")
    print(f"{counts[True]} passed, {counts[False]} failed")
    return 1 if counts[False] or not counts[True] else 0


def _check(path: Path, checks: Sequence[Check], work: Path) -> list[bool]:
    """Look at one brief in every way; returns which lines it reaches."""
    start = time.monotonic()
    try:
        brief = briefs.named(path, work)
    except DidNotRun as problem:
        _show(path.stem, "build", Outcome(False, "not built", (str(problem),)), "a brief", start)
        return [False]
    if brief.config:
        _show(brief.name, "build", Outcome(True, "built"), "built", start)
    reached = []
    for check in checks:
        if check.rebuilds and brief.config is None:
            continue
        start = time.monotonic()
        outcome = _look(partial(check.look, brief))
        _show(brief.name, check.name, outcome, check.aim, start)
        reached.append(outcome.reached)
    return reached


def _check_site(checks: Sequence[SiteCheck], work: Path) -> list[bool]:
    """Look at the example's site in every way; returns which lines it reaches."""
    start = time.monotonic()
    try:
        folder = site.published(work)
    except DidNotRun as problem:
        _show("site", "publish", Outcome(False, "not published", (str(problem),)), "a site", start)
        return [False]
    _show("site", "publish", Outcome(True, "published"), "published", start)
    reached = []
    for check in checks:
        start = time.monotonic()
        outcome = _look(partial(check.look, folder))
        _show("site", check.name, outcome, check.aim, start)
        reached.append(outcome.reached)
    return reached


def _look(look: Callable[[], Outcome]) -> Outcome:
    """What a check says; one that breaks, whatever breaks in it, has not been passed."""
    try:
        return look()
    except DidNotRun as problem:
        return Outcome(False, "did not run", (str(problem),))
    except (OSError, subprocess.SubprocessError, LookupError, ValueError, TypeError) as problem:
        return Outcome(False, "did not run", (f"{type(problem).__name__}: {problem}",))


def _show(brief: str, check: str, outcome: Outcome, aim: str, start: float) -> None:
    mark = " " if outcome.reached else "✗"
    seconds = time.monotonic() - start
    print(f"{brief:14} {check:32} {mark} {outcome.found:26} {aim:22} {seconds:6.1f}", flush=True)
    if not outcome.reached:
        for line in outcome.details[:_SHOWN]:
            print(f"    {line}", flush=True)
        if len(outcome.details) > _SHOWN:
            print(f"    … and {len(outcome.details) - _SHOWN} more", flush=True)


if __name__ == "__main__":
    sys.exit(main())
