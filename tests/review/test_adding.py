"""Additions and steps back are written beside what an analyst keeps by hand."""

from pathlib import Path

import pytest

from briefgen.config.yaml import parse
from briefgen.errors import ConfigError
from briefgen.model import Extraction, Kind, Span, Verb
from briefgen.review import Order, Step, add, decide, undo
from briefgen.text.tagger import Tagger
from tests.review.harbour import TEXTS, extracted, find
from tests.review.test_writing import FILES, ID

QUOTE = "the port should publish its accounts"
AT = TEXTS["column"].index(QUOTE)
ENTRY = {"kind": "proposals", "source": "column", "quote": QUOTE, "who": "Ann"}


@pytest.fixture(scope="module")
def extractions(tagger: Tagger) -> list[Extraction]:
    return extracted(tagger)


def added(
    path: Path, extractions: list[Extraction], at: int = AT, length: int = len(QUOTE)
) -> tuple[Step, str]:
    document = extractions[1].document
    span = Span(at, at + length)
    return add(path, Kind.PROPOSAL, span, document, {"who": "Ann"}, extractions)


LISTS = {
    "an empty list": b"add: []\n# end\n",
    "nothing below": b"add:\n# end\np-d097cb: {keep: true}\n",
    "null": b"add: null\n",
    "a flow list": b"add: [{kind: risks, source: column, quote: a toll}]\n",
    "a flow list, a comma": b"add: [\n  {kind: risks, source: column, quote: a toll},\n]\n",
    "a list at the margin": b"add:\n- kind: risks # x\n  source: column\n  quote: a toll\n# end\n",
    "a list before ids": b"add:\n  - {kind: risks, source: column, quote: a toll}\n\n"
    b"# of the plan\np-d097cb: {keep: true}\n",
}


@pytest.mark.parametrize("before", {**FILES, **LISTS}.values(), ids={**FILES, **LISTS}.keys())
def test_an_addition_leaves_what_stands_there(
    before: bytes, tmp_path: Path, extractions: list[Extraction]
) -> None:
    path = tmp_path / "harbour.decisions.yaml"
    path.write_bytes(before)
    said = dict(parse(before.decode("utf-8-sig")).data or {})
    step, id_ = added(path, extractions)
    after = path.read_bytes()
    assert id_.startswith("a-")
    assert parse(after.decode("utf-8-sig")).data == {
        **said,
        "add": [*(said.get("add") or ()), ENTRY],
    }
    for comment in (b"# top", b"# end", b"# mine", b"# why", b"# x", b"# of the plan"):
        assert (comment in before) == (comment in after)
    undo(path, step, extractions)
    assert path.read_bytes() == (before or path.read_bytes())


def test_words_that_stand_earlier_are_refused(
    tmp_path: Path, extractions: list[Extraction]
) -> None:
    path = tmp_path / "harbour.decisions.yaml"
    with pytest.raises(ConfigError, match=r"select a few words more"):
        added(path, extractions, TEXTS["column"].rindex("Lovell"), len("Lovell"))
    assert not path.exists()


@pytest.mark.parametrize("before", FILES.values(), ids=FILES.keys())
def test_undo_gives_back_the_very_bytes(
    before: bytes, tmp_path: Path, extractions: list[Extraction]
) -> None:
    path = tmp_path / "harbour.decisions.yaml"
    path.write_bytes(before)
    finding = find(extractions, ID)
    assert finding
    try:
        step = decide(path, Order(Verb.DROP, by="Ann"), finding, None, extractions)
    except ConfigError:
        return  # written in a way that nothing can be added to; test_writing has those
    undo(path, step, extractions)
    assert path.read_bytes() == (before or path.read_bytes())
    assert not parse(path.read_text("utf-8-sig")).data or before


def test_undo_among_many_alike_lines_is_quick_and_exact(
    tmp_path: Path, extractions: list[Extraction]
) -> None:
    path = tmp_path / "harbour.decisions.yaml"
    lines = [f"p-{n:06x}:\n  keep: true\n  who: Ann\n  note: x\n" for n in range(2000)]
    path.write_text("".join(lines), "utf-8")
    finding = find(extractions, ID)
    assert finding
    step = decide(path, Order(Verb.DROP, by="Ann"), finding, None, extractions)
    by_hand = path.read_text("utf-8").replace("p-000005:\n  keep: true", "p-000005:\n  drop: true")
    path.write_text(by_hand, "utf-8")
    undo(path, step, extractions)
    lines[5] = lines[5].replace("keep", "drop")
    assert path.read_text("utf-8") == "".join(lines)
