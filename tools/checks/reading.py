"""The order in which the PDF is read against the order of the Markdown."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from lxml import html as lxml_html
from pypdf import PdfReader

from tools.checks.briefs import Brief
from tools.checks.outcome import DidNotRun, Outcome
from tools.checks.shown import read_aloud

_FENCE = re.compile(r"[> ]*(```|~~~)")
_HEADING = re.compile(r"[> ]*#{1,6} (.+)|.*<h[1-6][^>]*>(.*)</h[1-6]>")
_EXCERPT = re.compile(r"(?:^- |\| ).*?(“.*”)(?: \([^()]*\))?\[\^\d+\]")
_NOTE = re.compile(r"\[\^(\d+)\]: (.*)")
_ADDRESS = re.compile(r"\]\((?:<[^>]*>|[^()\s]*(?: \"[^\"]*\")?)\)")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_ON_PAPER_ALONE = {"Figuresastables"}
"""Headings of what the Markdown has in its sections and the page behind a button."""


@dataclass(slots=True)
class _Read:
    """What a reader meets, in order; each as its letters and digits alone."""

    headings: list[str] = field(default_factory=list)
    excerpts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    body: str = ""
    """Everything but the notes."""


def order(brief: Brief) -> Outcome:
    """Headings, excerpts and notes that the PDF's tags do not give in the Markdown's order."""
    wanted, found = _of_markdown(brief.markdown), _of_pdf(brief.pdf)
    if not wanted.headings or not wanted.notes or not wanted.excerpts:
        raise DidNotRun(f"{brief.markdown}: no headings, excerpts or notes were recognised in it")
    extra = {*_html_headings(brief.html), *_ON_PAPER_ALONE} - set(wanted.headings)
    headings = [heading for heading in found.headings if heading not in extra]
    problems = [
        *_differences("heading", wanted.headings, headings),
        *_differences("note", wanted.notes, found.notes),
    ]
    at = 0
    for excerpt in wanted.excerpts:
        place = found.body.find(excerpt, at)
        if place < 0:
            problems.append(f"not read, or not in its place: {excerpt[:60]}…")
        else:
            at = place + len(excerpt)
    count = len(wanted.headings) + len(wanted.excerpts) + len(wanted.notes)
    return Outcome(not problems, f"{len(problems)} of {count} astray", tuple(problems))


def _of_markdown(path: Path) -> _Read:
    read, fenced = _Read(), False
    for line in path.read_text("utf-8").splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            continue
        elif found := _NOTE.match(line):
            read.notes.append(_letters(_ADDRESS.sub("]", found[2])))
        elif found := _HEADING.match(line):
            read.headings.append(_letters(_ADDRESS.sub("]", found[1] or found[2])))
        elif found := _EXCERPT.search(line):
            read.excerpts.append(_letters(found[1]))
    return read


def _of_pdf(path: Path) -> _Read:
    read, body = _Read(), []
    for around, text in read_aloud(PdfReader(path)):
        words, last = _letters(text), around[-1] if around else ""
        if not text and last in _HEADINGS:
            read.headings.append("")
        elif not text and last == "Note":
            read.notes.append("")
        elif "Note" in around:
            read.notes[-1] += words if "Lbl" not in around else ""
        else:
            body.append(words)
            if not _HEADINGS.isdisjoint(around):
                read.headings[-1] += words
    read.body = "".join(body)
    return read


_HEADINGS = {f"H{level}" for level in range(1, 7)}


def _html_headings(path: Path) -> list[str]:
    tree = lxml_html.fromstring(path.read_bytes())
    return [_letters(heading.text_content()) for heading in tree.xpath("//h1|//h2|//h3|//h4")]


def _letters(text: str) -> str:
    """What is compared: marks, hyphens and spaces differ between formats.

    So do letters written from right to left, which PDF holds in the order they are drawn in.
    """
    plain = unicodedata.normalize("NFKC", html.unescape(text))
    return "".join(
        c for c in plain if c.isalnum() and unicodedata.bidirectional(c) not in _RIGHT_TO_LEFT
    )


def _differences(noun: str, wanted: Sequence[str], found: Sequence[str]) -> list[str]:
    pairs = enumerate(zip_longest(wanted, found, fillvalue="nothing"), start=1)
    return [
        f"{noun} {number}: {there[:60]!r} is read instead of {here[:60]!r}"
        for number, (here, there) in pairs
        if here != there
    ]
