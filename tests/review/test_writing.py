"""A decision is written beside what an analyst keeps by hand, and takes nothing of it away."""

import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.config.yaml import parse
from briefgen.errors import ConfigError
from briefgen.model import Extraction, Verb
from briefgen.review import Order, decide
from briefgen.review.writing import with_value
from briefgen.text.tagger import Tagger
from tests.review.harbour import TEXTS, extracted, find, reviewed

ID = "r-a530e5"


@pytest.fixture(scope="module")
def extractions(tagger: Tagger) -> list[Extraction]:
    return extracted(tagger)


def decided(
    folder: Path,
    before: bytes | None,
    order: Order,
    extractions: list[Extraction],
    key: str | None = None,
) -> bytes:
    path = folder / "harbour.decisions.yaml"
    if before is not None:
        path.write_bytes(before)
    finding = find(extractions, ID)
    assert finding
    decide(path, order, finding, key, extractions)
    assert [p.name for p in folder.iterdir()] == [path.name]
    return path.read_bytes()


KEEP = Order(Verb.KEEP, by="Ann", when="2024-08-01")

FILES = {
    "nothing": b"",
    "comments alone": b"# mine\n\n# and mine\n",
    "a block": b"# top\np-d097cb:   # the plan\n  keep: true # yes\n\n  # why\n  note: x\n# end\n",
    "no line's end": b"p-d097cb: {keep: true}",
    "flow": b"p-d097cb: {keep: true, # yes\n  note: 'x'}\n# end\n",
    "all flow": b"{p-d097cb: {keep: true}} # end\n",
    "all flow, a comma": b"{\n  p-d097cb: {keep: true},\n}\n",
    "additions last": b"add:\n  - {kind: risks, source: column, quote: a toll on lorries} # x\n",
    "a literal": b"p-d097cb:\n  note: |\n    one\n\n    two\n",
    "a literal that keeps its lines": b"p-d097cb:\n  note: |+\n    one\n\n",
    "a document's mark": b"---\np-d097cb: {keep: true}\n",
    "an anchor": b"p-d097cb: {keep: true, who: &a Ann}\np-08b957: {drop: true, who: *a}\n",
    "Windows": b"# top\r\np-d097cb: {keep: true}\r\n# end\r\n",
    "a mark of order": b"\xef\xbb\xbfp-d097cb: {keep: true}\n",
    "other letters": "p-d097cb: {note: Größe, 中国 🚢}\n".replace("Größe,", "Größe").encode(),
}


@pytest.mark.parametrize("before", FILES.values(), ids=FILES.keys())
def test_what_stands_there_stays(
    before: bytes, tmp_path: Path, extractions: list[Extraction]
) -> None:
    after = decided(tmp_path, before, KEEP, extractions)
    for piece in re.split(rb"[{},\r\n]+", before):
        assert piece in after
    was, now = (parse(text.decode("utf-8-sig")).data or {} for text in (before, after))
    assert {key: now[key] for key in now if key != ID} == was
    assert list(now)[-1] == ID
    assert now[ID]["keep"] is True
    assert now[ID]["about"]["words"].startswith("the works could bury")
    assert (b"\r\n" in after) is (b"\r\n" in before)
    assert after.count(b"\n") == after.count(b"\r\n") or b"\r" not in after


OWN = {
    "block": f"# a\n{ID}:  # b\n  # c\n  note: x  # d\n  # e\n\n# f\np-d097cb: {{keep: true}}\n",
    "flow": f"# a\n{ID}: {{note: x}}  # b\n# c\np-d097cb: {{keep: true}}\n",
    "wide": f"{ID}:\n      note: 'x'\n      about:\n          source: minutes\n"
    "          sentence: It was otherwise.\n          words: otherwise  # d\n",
}


@pytest.mark.parametrize("before", OWN.values(), ids=OWN.keys())
@pytest.mark.parametrize("verb", [Verb.KEEP, Verb.DROP, Verb.RATE])
def test_a_second_decision_goes_beside_the_first(
    verb: Verb, before: str, tmp_path: Path, extractions: list[Extraction]
) -> None:
    order = Order(verb, {"impact": "high"} if verb is Verb.RATE else {}, when="2024-08-01")
    after = decided(tmp_path, before.encode(), order, extractions, ID).decode()
    for letter in "abcdef":
        assert (f"# {letter}" in after) is (f"# {letter}" in before)
    said = parse(after).data[ID]
    assert said["note"] == "x"
    assert said[str(verb)] == ({"impact": "high"} if verb is Verb.RATE else True)
    assert said["about"]["sentence"].startswith("The Fishers' Association")


LEAD, JOINED = "p-0ba0e1", "p-f6261a"


def test_what_is_merged_is_remembered_and_found_again(
    tmp_path: Path, extractions: list[Extraction], tagger: Tagger
) -> None:
    path = tmp_path / "harbour.decisions.yaml"
    lead = find(extractions, LEAD)
    assert lead
    decide(path, Order(Verb.MERGE, others=["p-08b957"]), lead, None, extractions)
    decide(path, Order(Verb.MERGE, others=[JOINED]), lead, LEAD, extractions)
    before = path.read_text("utf-8")
    assert f"  merge: [p-08b957, {JOINED}]\n" in before
    assert f"\n    {JOINED}: {{source: column, sentence: " in before

    texts = {**TEXTS, "column": TEXTS["column"].replace("toll on lorries", "toll on all lorries")}
    edited = extracted(tagger, texts)
    result = reviewed(before, edited)
    (new,) = (id_ for id_, old in result.joined.items() if old == JOINED)
    assert new != JOINED
    assert result.review.merged[new] == LEAD
    assert result.review.marks[LEAD].outdated
    (line,) = result.warnings
    assert f"merge: {JOINED} needs another look: it is {new} now: “a toll on all lorries”" in line
    assert line.endswith(f"(confirm with briefgen decide … {LEAD} merge {new})")

    decide(path, Order(Verb.MERGE, others=[new]), lead, LEAD, edited)
    after = path.read_text("utf-8")
    assert JOINED not in after
    result = reviewed(after, edited)
    assert result.warnings == ()
    assert set(result.review.merged) == {"p-08b957", new}


def test_drop_takes_the_place_of_keep_and_fields_add_up(
    tmp_path: Path, extractions: list[Extraction]
) -> None:
    decided(tmp_path, None, Order(Verb.KEEP, reason="a\n'b': #c"), extractions)
    decided(tmp_path, None, Order(Verb.RATE, {"impact": "low"}), extractions, ID)
    decided(tmp_path, None, Order(Verb.RATE, {"likelihood": "likely"}), extractions, ID)
    decided(tmp_path, None, Order(Verb.EDIT, {"actor": None}), extractions, ID)
    after = decided(tmp_path, None, Order(Verb.DROP), extractions, ID).decode()
    said = parse(after).data[ID]
    assert "keep" not in said
    assert said["drop"] is True
    assert said["rate"] == {"impact": "low", "likelihood": "likely"}
    assert said["edit"] == {"actor": None}
    assert said["reason"] == "a\n'b': #c"


def test_a_decision_on_what_has_changed_gets_the_new_id(
    tmp_path: Path, extractions: list[Extraction]
) -> None:
    before = "# a\nr-111111:  # b\n  drop: true\n  who: Ann\n"
    after = decided(tmp_path, before.encode(), Order(Verb.KEEP), extractions, "r-111111").decode()
    assert after.startswith(f"# a\n{ID}:  # b\n  keep: true\n  who: Ann\n")


@pytest.mark.parametrize(
    ("before", "order", "message"),
    [
        ("p-d097cb: {kep: true}\n", KEEP, r"harbour.decisions.yaml:1:12: unknown key 'kep'"),
        ("", Order(Verb.EDIT, {"stance": "oppose"}), rf"^{ID}: risks have no 'stance'"),
        ("", Order(Verb.EDIT, {"statement": ["the moon"]}), rf"^{ID}: .*these words are not in it"),
        ("", Order(Verb.KEEP, when="soon"), rf"^{ID}: when: 'soon' is not a date"),
    ],
)
def test_what_cannot_be_written_leaves_the_file_as_it_was(
    before: str, order: Order, message: str, tmp_path: Path, extractions: list[Extraction]
) -> None:
    with pytest.raises(ConfigError, match=message):
        decided(tmp_path, before.encode(), order, extractions)
    assert (tmp_path / "harbour.decisions.yaml").read_text() == before


def test_a_decision_that_two_findings_share_is_not_changed_for_both(
    tmp_path: Path, extractions: list[Extraction]
) -> None:
    before = f"p-d097cb: &a {{note: x}}\n{ID}: *a\n"
    with pytest.raises(ConfigError, match="no decision can be added to"):
        decided(tmp_path, before.encode(), KEEP, extractions, ID)
    assert (tmp_path / "harbour.decisions.yaml").read_text() == before


def test_a_file_keeps_its_permissions(tmp_path: Path, extractions: list[Extraction]) -> None:
    path = tmp_path / "harbour.decisions.yaml"
    path.write_text("p-d097cb: {keep: true}\n")
    path.chmod(0o640)
    decided(tmp_path, None, KEEP, extractions)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@given(words=st.text(min_size=1))
def test_any_words_are_read_back(words: str) -> None:
    text = with_value("# a\np-d097cb: {keep: true}\n", ("p-d097cb", "note"), words)
    assert parse(text).data == {"p-d097cb": {"keep": True, "note": words}}
    block = with_value("# a\n", ("p-d097cb",), {"note": words, "about": {"words": words}})
    assert parse(block).data == {"p-d097cb": {"note": words, "about": {"words": words}}}
