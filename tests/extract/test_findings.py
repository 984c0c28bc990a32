import pytest

from briefgen.extract import extract
from briefgen.model import (
    Block,
    BlockKind,
    Document,
    Finding,
    Position,
    Proposal,
    Quote,
    Risk,
    Source,
    Span,
)
from briefgen.text.tagger import Tagger
from tests.helpers import cases, document


@pytest.mark.parametrize(("title", "text", "expected"), cases("findings.md"), ids=lambda v: v[:40])
def test_findings(title: str, text: str, expected: str, tagger: Tagger) -> None:
    found = extract(document(text), tagger).findings
    assert "\n".join(map(row, found)) == expected, title


def row(finding: Finding) -> str:
    holder = finding.holder.name if finding.holder else "-"
    words = " … ".join(line(quote) for quote in finding.content)
    match finding:
        case Position(stance=stance, speech=speech):
            return f"position | {holder} | {stance} | {speech} | {words}"
        case Proposal(status=status, addressee=addressee):
            return f"proposal | {holder} | {status or '-'} | {line(addressee)} | {words}"
        case Risk(likelihood=likelihood, bearer=bearer):
            level = likelihood.level if likelihood else "-"
            return f"risk | {holder} | {level} | {line(bearer)} | {words}"


def line(quote: Quote | None) -> str:
    return " ".join(quote.text.split()) if quote else "-"


def test_an_id_survives_edits_elsewhere_in_the_source(tagger: Tagger) -> None:
    sentence = "The Harbour Council denounced the ministry for its silence."
    alone = extract(document(sentence), tagger).findings
    moved = extract(document(f"Ships came and went.\n\n{sentence}\n\nIt rained."), tagger).findings
    assert alone[0].id in {finding.id for finding in moved}


def test_a_repeated_sentence_is_one_finding(tagger: Tagger) -> None:
    sentence = "The Harbour Council denounced the ministry for its silence."
    found = extract(document(f"{sentence}\n\n{sentence}"), tagger).findings
    assert len({finding.id for finding in found}) == len(found) == 1


def test_a_document_without_words_has_no_findings(tagger: Tagger) -> None:
    assert extract(document(""), tagger).findings == ()
    assert extract(document("…"), tagger).findings == ()


def test_the_capitals_of_a_heading_are_no_name(tagger: Tagger) -> None:
    heading = "Weaknesses Limit Education Oversight"
    text = f"{heading}\n\nIn its written comments, Education said that the report was wrong."
    blocks = (
        Block(BlockKind.HEADING, Span(0, len(heading))),
        Block(BlockKind.PARAGRAPH, Span(len(heading) + 2, len(text))),
    )
    found = extract(Document(Source("s", "s.txt", "S"), text, blocks), tagger).findings
    assert {f.holder.name for f in found if f.holder} == {"Education"}
