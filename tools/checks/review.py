"""An analyst's way through `briefgen review` in a browser, down to the PDF's text."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from tools.checks.briefs import Brief, build, copied
from tools.checks.html import browser
from tools.checks.outcome import ROOT, DidNotRun, Outcome, as_json, run

_HERE = Path(__file__).parent
_VIEWS = 20
"""Phone and desktop, light and dark; the page and four dialogs."""

_SECTIONS = [{"positions": {"group_by": "stance"}}, "proposals", "risks"]
"""What shows every finding, and a position's stance as the heading above it."""

_STANCES = ("Supports", "Opposes", "Concerned", "Neutral or not stated")
_HEADINGS = {"concern": "Concerned", "oppose": "Opposes"}


def review(brief: Brief) -> Outcome:
    """What is amiss in the page, and decisions taken there that a build does not follow."""
    if brief.config is None or brief.work is None:
        raise DidNotRun("name the YAML instead of the folder: decisions are on findings, not files")
    config = _without_decisions(copied(brief.config, brief.work / "reviewed" / brief.name))
    with _running(config) as address:
        done = run(["node", _HERE / "review.mjs", browser(), address])
    told = as_json("review", done.stdout)
    problems = list(told["problems"])
    if not problems:
        if (told["views"], told["passes"]) != (_VIEWS, _VIEWS):
            raise DidNotRun(f"axe: looked at {told['passes']} views of {_VIEWS}")
        folder = build(config, brief.work / "reviewed-out" / brief.name, os.environ.copy())
        problems += _not_followed(folder, told)
    shown = f"{len(problems)} problems, {told.get('rows', 0)} in {told.get('load', 0) / 1000:.2f} s"
    return Outcome(not problems, shown, tuple(problems))


def _without_decisions(config: Path) -> Path:
    """A brief beside a copied one, of the same sources, that shows whatever is found in them."""
    settings = yaml.safe_load(config.read_text("utf-8"))
    kept = {
        key: settings[key] for key in ("title", "sources", "actors", "topics") if key in settings
    }
    made = config.with_name("reviewed.yaml")
    chosen = {**kept, "sections": _SECTIONS, "confidence": 0, "outputs": ["pdf"]}
    made.write_text(json.dumps(chosen, ensure_ascii=False, default=str), "utf-8")
    return made


@contextmanager
def _running(config: Path) -> Iterator[str]:
    """Address of a review, for as long as it is needed; it must end as it should."""
    process = subprocess.Popen(
        [sys.executable, "-m", "briefgen", "review", config.name, "--port", "0", "--by", "A. N."],
        cwd=config.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert process.stderr
        line = next((one for one in process.stderr if one.startswith("http")), "").strip()
        if not line:
            raise DidNotRun(f"briefgen review: ended with {process.wait()}")
        yield line
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        if process.returncode or "Traceback" in said:
            raise DidNotRun(f"briefgen review: ended with {process.returncode}: {said[-200:]}")
    finally:
        process.kill()
        process.wait()


def _not_followed(folder: Path, told: Mapping[str, Any]) -> Iterator[str]:
    """Decisions that the built PDF and findings do not show."""
    text = run(["pdftotext", "-raw", folder / "brief.pdf", "-"]).stdout
    words = _plain(text)
    if _plain(told["added"]["words"]) not in words:
        yield f"added, and not in the PDF: {told['added']['words']}"
    if _plain(told["dropped"]["words"]) in words:
        yield f"dropped, and in the PDF: {told['dropped']['words']}"
    edited = told["edited"]
    heading = _heading_above(text, _plain(edited["words"]))
    if heading != _HEADINGS[edited["stance"]]:
        yield f"edited to {edited['stance']}, and below {heading!r} in the PDF: {edited['words']}"
    documents = json.loads((folder / "findings.json").read_text("utf-8"))["documents"]
    stances = {row["id"]: row["stance"] for one in documents for row in one["positions"]}
    if stances.get(edited["id"]) != edited["stance"]:
        yield f"edited to {edited['stance']}, and in findings.json {stances.get(edited['id'])!r}"


def _heading_above(text: str, words: str) -> str | None:
    """The stance below which a statement stands first."""
    heading, read = None, ""
    for line in text.splitlines():
        if line.strip() in _STANCES:
            heading, read = line.strip(), ""
        read += _plain(line)
        if words in read:
            return heading
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
