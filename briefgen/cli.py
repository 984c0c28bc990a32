"""The ``briefgen`` command: arguments in, exit code out; each command calls a pipeline function."""

import contextlib
import datetime
import gc
import io
import json
import logging
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen import __version__, complaints
from briefgen.errors import BriefgenError
from briefgen.model import Kind, Standing, Verb

if TYPE_CHECKING:
    from rich.progress import Progress

app = typer.Typer(
    name="briefgen",
    help="Policy briefs from source documents, every line backed by a verbatim quote.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


_CACHE = "Use what was found in the same documents before."


class Layout(StrEnum):
    """How ``extract`` prints findings."""

    JSON = "json"
    TABLE = "table"


class Shell(StrEnum):
    """Shells that complete commands."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


class Report(StrEnum):
    """How ``evaluate`` prints figures and errors."""

    TEXT = "text"
    JSON = "json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what a user can mend prints as one line a problem and returns 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # UTF-8 whatever the locale: JSON wants it, and a file's name may be any bytes.
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    logging.basicConfig(format="briefgen: %(levelname)s: %(message)s", level=logging.WARNING)
    logging.addLevelName(logging.WARNING, "warning")
    logging.addLevelName(logging.INFO, "info")
    # A build makes a million objects and few rings of them: looking for rings after every 700 took
    # a tenth of its time.
    gc.set_threshold(_YOUNG)
    # Of a user's other work; they would be looked for among all packages, and heard at every model.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        words = sys.argv[1:] if arguments is None else arguments
        if _COMPLETE in os.environ:
            from typer._completion_classes import completion_init

            completion_init()
        code = app(args=words or ["--help"], prog_name="briefgen", standalone_mode=False)
    except BriefgenError as error:
        for line in error.lines:
            complaints.show(line, sys.stderr, prefix="briefgen: ")
        return 1
    except BrokenPipeError:
        # The reader of a pipe has left; Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except MemoryError:
        print("briefgen: not enough memory (build fewer or smaller sources)", file=sys.stderr)
        return 1
    except typer.TyperException as error:
        print(f"briefgen: {error.format_message()} (see briefgen --help)", file=sys.stderr)
        return 2
    if code == _INTERRUPTED:
        print("briefgen: stopped; what was there before is untouched", file=sys.stderr)
        return 1
    return code or 0


_COMPLETE = "_BRIEFGEN_COMPLETE"
"""Set by a shell that asks how a line may go on."""

_YOUNG = 10_000
"""Objects made after which Python looks for rings among them."""

_INTERRUPTED = 130
"""What typer returns after Ctrl-C."""


def _version(asked: bool) -> None:
    if asked:
        print(f"briefgen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[  # noqa: ARG001 (its callback acts on it)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say what each stage does.")
    ] = False,
) -> None:
    if verbose:
        logging.getLogger("briefgen").setLevel(logging.INFO)


@app.command(epilog="Example: briefgen build harbour/harbour.yaml --out briefs")
def build(
    config: Annotated[list[Path], typer.Argument(help="YAML files, a brief or several each.")],
    out: Annotated[Path, typer.Option(help="Folder for the outputs.")] = Path("out"),
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
) -> None:
    """Make briefs: out/<name>/brief.md, .html, .pdf and findings.json."""
    from briefgen import pipeline

    with _progress() as progress:
        made = list(pipeline.build_all(config, out, progress, cache=cache))
    problems = [line for one in made if isinstance(one, BriefgenError) for line in one.lines]
    for file in (file for one in made if isinstance(one, list) for file in one):
        print(file)
    if problems:
        raise BriefgenError(*problems)


@app.command(epilog="Example: briefgen extract report.pdf --format table")
def extract(
    file: Annotated[list[Path], typer.Argument(help="Documents: .txt .md .html .pdf .docx")],
    jobs: Annotated[int, typer.Option(min=1, help="Documents read at the same time.")] = 1,
    format: Annotated[Layout, typer.Option(help="JSON lines, or a table for eyes.")] = Layout.JSON,
    broad: Annotated[
        bool, typer.Option("--broad", help="Every attribution instead, “seems” and “hopes” too.")
    ] = False,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
) -> None:
    """Print the findings of documents, one JSON line a document."""
    from briefgen import pipeline

    for found in pipeline.extract(file, jobs, broad=broad, cache=cache):
        if format is Layout.JSON:
            print(json.dumps(found, ensure_ascii=False))
        else:
            from briefgen import tables

            tables.document(found)


@app.command(epilog="Example: briefgen evaluate labels --documents sources --errors 5")
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="Folder of label files, one JSON a document.")
    ],
    documents: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the documents; without it, GOLD_DIR."),
    ] = None,
    format: Annotated[
        Report, typer.Option(help="Text for eyes, or every figure and error as JSON.")
    ] = Report.TEXT,
    errors: Annotated[
        int, typer.Option(min=0, metavar="N", help="Worst errors that the text prints.")
    ] = 20,
) -> None:
    """Measure extraction on documents that you labelled."""
    from briefgen import pipeline
    from briefgen.evaluate import report

    with _progress() as progress:
        evaluation = pipeline.evaluate(gold, documents, progress)
    for warning in evaluation.warnings:
        logging.getLogger(__name__).warning("%s", warning)
    if format is Report.JSON:
        print(json.dumps(report.as_json(evaluation), ensure_ascii=False, indent=2))
    else:
        print(report.text(evaluation, errors), end="")


_ONE_BRIEF = "Name of the brief where the YAML holds several."


@app.command(epilog="Example: briefgen findings harbour/harbour.yaml --kind risks --search seabed")
def findings(
    config: Annotated[Path, typer.Argument(help="YAML file of a brief.")],
    kind: Annotated[Kind | None, typer.Option(help="Only this kind.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only what this actor says.")] = None,
    search: Annotated[str | None, typer.Option(help="Only with all of these words.")] = None,
    status: Annotated[Standing, typer.Option(help="Only with such a decision.")] = Standing.ALL,
    format: Annotated[Layout, typer.Option(help="A table for eyes, or JSON lines.")] = Layout.TABLE,
    brief: Annotated[str | None, typer.Option(help=_ONE_BRIEF)] = None,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
) -> None:
    """List the findings of a brief, with the decisions on them."""
    from briefgen import pipeline

    with _progress() as progress:
        found = pipeline.findings(config, kind, actor, search, status, brief, progress, cache=cache)
    if format is Layout.JSON:
        for row in found:
            print(json.dumps(row, ensure_ascii=False))
    else:
        from briefgen import tables

        tables.findings(found)


@app.command(epilog="Example: briefgen explain harbour/harbour.yaml r-9e5347")
def explain(
    config: Annotated[Path, typer.Argument(help="YAML file of a brief.")],
    id: Annotated[str, typer.Argument(help="A finding's id, such as p-3f9a01.")],
    format: Annotated[Report, typer.Option(help="Text for eyes, or JSON.")] = Report.TEXT,
    brief: Annotated[str | None, typer.Option(help=_ONE_BRIEF)] = None,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
) -> None:
    """Say why a finding was found, who it is from, and why the brief shows it or not."""
    from briefgen import desk, pipeline

    with _progress() as progress:
        told = pipeline.explain(config, id, brief, progress, cache=cache)
    if format is Report.JSON:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(desk.as_text(told), end="")


@app.command(epilog="Example: briefgen decide harbour/harbour.yaml r-9e5347 rate --impact high")
def decide(
    config: Annotated[Path, typer.Argument(help="YAML file of a brief.")],
    id: Annotated[str, typer.Argument(help="A finding's id, such as p-3f9a01.")],
    verb: Annotated[Verb, typer.Argument(help="What to do with it.")],
    words: Annotated[
        list[str] | None, typer.Argument(help="The note's text, or the ids to merge.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Who says it; '' for nobody.")] = None,
    statement: Annotated[
        list[str] | None, typer.Option(help="The source's exact words; once for each piece.")
    ] = None,
    stance: Annotated[str | None, typer.Option(help="Of a position.")] = None,
    target: Annotated[str | None, typer.Option(help="Of a position; '' for none.")] = None,
    speech: Annotated[str | None, typer.Option(help="Of a position.")] = None,
    status: Annotated[str | None, typer.Option(help="Of a proposal; '' for none.")] = None,
    addressee: Annotated[str | None, typer.Option(help="Of a proposal; '' for none.")] = None,
    likelihood: Annotated[str | None, typer.Option(help="Of a risk; '' for none.")] = None,
    impact: Annotated[str | None, typer.Option(help="Of a risk that you rate.")] = None,
    bearer: Annotated[str | None, typer.Option(help="Of a risk; '' for none.")] = None,
    topics: Annotated[list[str] | None, typer.Option(help="Once for each topic.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    by: Annotated[str | None, typer.Option(help="Who decides.")] = None,
    when: Annotated[
        str | None, typer.Option(metavar="DATE", help="Such as 2024-08-01; else today.")
    ] = None,
    brief: Annotated[str | None, typer.Option(help=_ONE_BRIEF)] = None,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
) -> None:
    """Write one decision on a finding into NAME.decisions.yaml, beside NAME.yaml."""
    from briefgen import pipeline

    given = {
        "actor": actor,
        "statement": statement or None,
        "stance": stance,
        "target": target,
        "speech": speech,
        "status": status,
        "addressee": addressee,
        "likelihood": likelihood,
        "impact": impact,
        "bearer": bearer,
        "topics": topics or None,
    }
    # On the command line an empty word says that there is none.
    fields = {name: value or None for name, value in given.items() if value is not None}
    others = words or []
    if fields and verb not in (Verb.EDIT, Verb.RATE):
        raise typer.BadParameter(f"--{next(iter(fields))} is for edit and rate, not for {verb}")
    if verb in (Verb.EDIT, Verb.RATE) and not fields:
        raise typer.BadParameter(f"{verb} needs a field, such as --{_EXAMPLES[verb]}")
    if verb in (Verb.NOTE, Verb.MERGE) and not others:
        raise typer.BadParameter(f"{verb} needs {_EXAMPLES[verb]}")
    if others and verb not in (Verb.NOTE, Verb.MERGE):
        raise typer.BadParameter(f"{others[0]!r} is one word too many for {verb}")
    with _progress() as progress:
        file = pipeline.decide(
            config,
            id,
            verb,
            fields=fields,
            others=others if verb is Verb.MERGE else (),
            note=" ".join(others) if verb is Verb.NOTE else None,
            reason=reason,
            by=by,
            when=when or datetime.date.today().isoformat(),
            brief=brief,
            progress=progress,
            cache=cache,
        )
    print(file)


_EXAMPLES = {
    Verb.EDIT: "stance oppose",
    Verb.RATE: "impact high",
    Verb.NOTE: "words",
    Verb.MERGE: "the ids of other findings",
}
"""What each verb needs."""


@app.command(epilog="Example: briefgen diff june/findings.json out/harbour")
def diff(
    before: Annotated[Path, typer.Argument(help="A findings.json, or a folder that holds one.")],
    after: Annotated[Path, typer.Argument(help="The same, of a later build or edition.")],
    format: Annotated[Report, typer.Option(help="Text for eyes, or JSON.")] = Report.TEXT,
) -> None:
    """Say what changed between two versions of a brief, claim by claim."""
    from briefgen import pipeline

    old, new, changes = pipeline.diff(before, after)
    if format is Report.JSON:
        from briefgen.render.record import plain

        print(json.dumps(plain(changes), ensure_ascii=False, indent=2))
        return
    from briefgen.render.changes import as_text

    print(as_text(old, new, changes, Path()), end="")


@app.command(epilog="Example: briefgen init harbour")
def init(
    name: Annotated[Path, typer.Argument(help="Folder to make.")],
) -> None:
    """Make a working folder: a YAML file that teaches, and sources."""
    from briefgen import pipeline

    for file in pipeline.init(name):
        print(file)
    made = name / f"{name.resolve().name}.yaml"
    print(f"Next: briefgen build {shlex.quote(str(made))}", file=sys.stderr)


@app.command(epilog="Example: briefgen serve harbour/harbour.yaml")
def serve(
    config: Annotated[Path, typer.Argument(help="YAML file of the brief.")],
    out: Annotated[Path, typer.Option(help="Folder for the outputs.")] = Path("out"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    brief: Annotated[str | None, typer.Option(help=_ONE_BRIEF)] = None,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
) -> None:
    """Show a brief in the browser and build it again at every change."""
    from briefgen import preview

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    try:
        preview.serve(config, out, port, brief, cache=cache, tell=tell)
    except KeyboardInterrupt:
        tell("briefgen: the preview has ended")


_PLACE = (
    "Folder of the site; git:BRANCH, which git:REMOTE/BRANCH also pushes; or user@host:/path of a"
    " server. Write ./a:b for a folder with a colon."
)


@app.command(epilog="Example: briefgen publish briefs/*.yaml --to site")
def publish(
    config: Annotated[list[Path], typer.Argument(help="YAML files of briefs.")],
    to: Annotated[str, typer.Option(metavar="PLACE", help=_PLACE)],
    site: Annotated[
        Path | None, typer.Option(help="YAML of the site; else site.yaml beside the first brief.")
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Publish drafts too.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; write nothing.")
    ] = False,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
) -> None:
    """Publish briefs as a site of HTML pages, with a new edition of each that changed."""
    from briefgen.publish import publish

    def notice(line: str) -> None:
        print(f"briefgen: {line}", file=sys.stderr, flush=True)

    with _progress() as progress:
        report = publish(
            config,
            to,
            site,
            drafts=drafts,
            dry_run=dry_run,
            progress=progress,
            notice=notice,
            cache=cache,
        )
    if report is not None:
        from briefgen.publish.telling import as_text

        print(as_text(report, files=dry_run), end="")


@app.command(epilog="Example: briefgen review harbour/harbour.yaml --by 'Ann Oster'")
def review(
    config: Annotated[Path, typer.Argument(help="YAML file of the brief.")],
    brief: Annotated[str | None, typer.Option(metavar="SLUG", help=_ONE_BRIEF)] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; stands beside each decision.")
    ] = None,
) -> None:
    """Go through the findings in the browser, beside their sources, and decide on each."""
    from briefgen import workbench

    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with contextlib.suppress(KeyboardInterrupt):
        with _progress() as progress:
            session = workbench.Session(config, brief, by, progress)
        workbench.serve(session, port, tell)
    tell("briefgen: the review has ended")


@app.command(epilog="Example: briefgen check harbour/harbour.yaml --strict")
def check(
    config: Annotated[list[Path], typer.Argument(help="YAML files, one a brief.")],
    out: Annotated[Path, typer.Option(help="Folder where a build would write.")] = Path("out"),
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_CACHE)] = True,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
) -> None:
    """Tell every problem of a YAML and of all that it names; write nothing."""
    from briefgen import pipeline

    with _progress() as progress:
        checked = list(pipeline.check(config, out, progress, cache=cache))
    for one in checked:
        for line in one.errors:
            complaints.show(line, sys.stdout)
        for line in one.warnings:
            complaints.show(line, sys.stdout, label="warning")
    errors = sum(len(one.errors) for one in checked)
    warnings = sum(len(one.warnings) for one in checked)
    counts = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    print(f"briefgen: {counts}", file=sys.stderr)
    raise typer.Exit(1 if errors or (strict and warnings) else 0)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@app.command(epilog="Example: briefgen schema > brief.schema.json")
def schema() -> None:
    """Print the JSON Schema of the YAML, for editors that complete and check it."""
    from briefgen.config import editors

    print(editors.text(), end="")


@app.command(epilog="Example: source <(briefgen completion bash)")
def completion(shell: Annotated[Shell, typer.Argument(help="Your shell.")]) -> None:
    """Print the script with which a shell completes commands and options."""
    from typer._completion_shared import get_completion_script

    print(get_completion_script(prog_name="briefgen", complete_var=_COMPLETE, shell=shell))


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, float], None] | None]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield _telling(bar)


def _telling(bar: "Progress") -> Callable[[str, float], None]:
    task = bar.add_task("Reading", total=1.0)

    def tell(what: str, share: float) -> None:
        bar.update(task, description=what, completed=share)

    return tell
