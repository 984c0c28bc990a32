"""Checks of the links of the HTML and the Markdown, without asking the web."""

from pathlib import Path

from tools.checks.briefs import Brief
from tools.checks.outcome import TOOLS, DidNotRun, Outcome, as_json, run


def lychee(brief: Brief) -> Outcome:
    """Links to a place or a file that is not there."""
    options = ["--offline", "--include-fragments", "--no-progress", "--format", "json"]
    command: list[str | Path] = [TOOLS / "bin" / "lychee", *options, brief.html, brief.markdown]
    done = run(command, allowed=(0, 2))
    report = as_json("lychee", done.stdout)
    if report["total"] < 1 or report["unknown"] or (done.returncode == 0) != (not report["errors"]):
        raise DidNotRun(f"lychee: ended with {done.returncode}: {done.stderr[-200:]!r}")
    problems = tuple(
        f"{place}: {error['url']}: {error['status']['text']}"
        for place, errors in report["error_map"].items()
        for error in errors
    )
    return Outcome(
        not report["errors"], f"{report['errors']} broken of {report['total']}", problems
    )
