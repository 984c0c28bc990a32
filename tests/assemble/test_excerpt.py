import pytest

from briefgen.assemble.excerpt import excerpt
from briefgen.extract import extract
from briefgen.text.tagger import Tagger
from tests.helpers import document


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (
            "The Harbour Council denounced the ministry for its silence.",
            "denounced the ministry for its silence",
        ),
        (
            "The minister said that the harbour is full of ships.",
            "the harbour is full of ships",
        ),
        (
            "“The harbour is full,” Marta Ellery said, “and the quays are falling apart.”",
            "The harbour is full … and the quays are falling apart",
        ),
    ],
)
def test_what_a_line_shows(sentence: str, shown: str, tagger: Tagger) -> None:
    source = document(sentence)
    first = extract(source, tagger).findings[0]
    assert " … ".join(quote.text for quote in excerpt(source, first)) == shown
