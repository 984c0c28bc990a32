import json
from pathlib import Path

import pytest

from briefgen.model import Kind, Span
from training.corpora import find, findings, news, polnear, written

TEXT = "The Harbour Council said that the quays\nare full. “Nobody listens,” it said, “to us.”\n"


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_labels_are_found_over_a_line_break_and_an_interruption(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    positions = [
        {
            "sentence": "The Harbour Council said that the quays are full.",
            "actor": "The Harbour Council",
            "actor_name": "Harbour Council",
            "cue": "said",
            "statement": ["the quays are full"],
            "stance": "concern",
        },
        {
            "sentence": "“Nobody listens,” it said, “to us.”",
            "actor": "it",
            "actor_name": "Harbour Council",
            "cue": "said",
            "statement": ["Nobody listens", "to us"],
            "stance": "oppose",
            "optional": True,
        },
        {"sentence": "No such sentence.", "statement": ["such"], "stance": "neutral"},
    ]
    (tmp_path / "one.json").write_text(json.dumps({"id": "one", "positions": positions}))
    (example,) = findings(tmp_path, tmp_path)
    assert example.attributions is None
    assert example.findings is not None
    first, second = example.findings
    assert first.kind is Kind.POSITION
    assert words(TEXT, first.content) == ["the quays\nare full"]
    assert words(TEXT, second.content) == ["Nobody listens", "to us"]
    assert words(TEXT, second.holder) == ["it"]
    assert words(TEXT, second.cue) == ["said"]
    assert (first.optional, second.optional) == (False, True)


def test_a_word_is_not_found_inside_another_and_the_nearest_counts() -> None:
    text = "issued, sue; the court would sue again"
    whole = Span(0, len(text))
    assert find(text, "sue", whole) == Span(8, 11)
    assert find(text, "sue", whole, near=Span(33, 38)) == Span(29, 32)
    assert find(text, "absent", whole) is None
    assert find(text, None, whole) is None


STANDOFF = "“We left,” Ana said, “at dawn.”"


def standoff(folder: Path) -> Path:
    """A folder in PolNeAR's layout with one document that two people labelled."""
    for name in ("text", "attributions"):
        (folder / name).mkdir()
    (folder / "text" / "news.txt").write_text(STANDOFF, "utf-8")
    (folder / "attributions" / "news_0a1b.ann").write_text(
        "T1\tSource 11 14\tAna\nT2\tCue 15 19\tsaid\nT3\tContent 0 10;21 31\t…\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n",
        "utf-8",
    )
    (folder / "attributions" / "news_ffff.ann").write_text("", "utf-8")
    return folder


def test_standoff_is_read_with_the_pieces_of_each_part(tmp_path: Path) -> None:
    (example,) = polnear(standoff(tmp_path))
    assert example.findings is None
    assert example.attributions is not None
    (record,) = example.attributions
    assert record.kind is None
    assert words(STANDOFF, record.content) == ["“We left,”", "“at dawn.”"]
    assert words(STANDOFF, record.holder) == ["Ana"]


def test_offsets_add_findings_to_the_documents_of_polnear(tmp_path: Path) -> None:
    records = [
        {
            "kind": "positions",
            "content": [[1, 8]],
            "holder": [[11, 14]],
            "named": True,
            "cue": [[15, 19]],
            "label": "neutral",
        }
    ]
    offsets = tmp_path / "news.jsonl"
    lines = [{"id": "news", "records": records}, {"id": "not at hand", "records": records}]
    offsets.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (example,) = news(polnear(standoff(tmp_path)), offsets)
    assert example.attributions is not None
    assert example.findings is not None
    (record,) = example.findings
    assert words(STANDOFF, record.content) == ["We left"]
    assert words(STANDOFF, record.cue) == ["said"]
    assert record.bearer is None


WRITTEN = """# Quays and cranes

The pilots were glad. “The crane,” Ana Lovell said, “may fall.”
P | Ana Lovell | Ana Lovell | said | The crane [...] may fall | concern
R? | Ana Lovell | Ana Lovell | The crane | -
A heading
The council should mend it.
A | - | - | mend it | recommended
"""


def test_records_stand_below_the_paragraph_that_they_are_of(tmp_path: Path) -> None:
    (tmp_path / "quays.txt").write_text(WRITTEN, "utf-8")
    (example,) = written(tmp_path)
    text = example.document.text
    assert text.splitlines()[0] == "Quays and cranes"
    assert "|" not in text
    assert example.findings is not None
    position, risk, proposal = example.findings
    assert words(text, position.content) == ["The crane", "may fall"]
    assert words(text, position.holder) == ["Ana Lovell"]
    assert (risk.optional, risk.named, risk.bearer) == (True, True, None)
    assert words(text, proposal.content) == ["mend it"]
    assert (proposal.holder, proposal.named, proposal.label) == ((), False, "recommended")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("P | Ana | - | said | it | neutral", "does not have these words"),
        ("R | - | - | mend it", "R takes 4 fields"),
        ("A | - | - | close the port | planned", "does not have these words"),
    ],
)
def test_a_record_without_its_place_is_told_with_file_and_line(
    tmp_path: Path, line: str, problem: str
) -> None:
    (tmp_path / "quays.txt").write_text("# Quays\nThe council should mend the crane.\n" + line)
    with pytest.raises(ValueError, match=rf"quays.txt:3: .*{problem}"):
        written(tmp_path)
