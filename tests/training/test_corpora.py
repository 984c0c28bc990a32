import json
from pathlib import Path

from briefgen.model import Kind, Span
from training.corpora import find, findings, polnear

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
    first, second = example.records
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


def test_standoff_is_read_with_the_pieces_of_each_part(tmp_path: Path) -> None:
    text = "“We left,” Ana said, “at dawn.”"
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "news.txt").write_text(text, "utf-8")
    (tmp_path / "attributions" / "news_0a1b.ann").write_text(
        "T1\tSource 11 14\tAna\nT2\tCue 15 19\tsaid\nT3\tContent 0 10;21 31\t…\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n",
        "utf-8",
    )
    (tmp_path / "attributions" / "news_ffff.ann").write_text("", "utf-8")
    (example,) = polnear(tmp_path)
    (record,) = example.records
    assert example.broad
    assert record.kind is None
    assert words(text, record.content) == ["“We left,”", "“at dawn.”"]
    assert words(text, record.holder) == ["Ana"]
