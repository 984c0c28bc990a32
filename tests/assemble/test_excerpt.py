import pytest

from briefgen.assemble.excerpt import excerpt
from briefgen.extract import extract
from briefgen.text.tagger import Tagger
from tests.helpers import document


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        (
            "The Harbour Council denounced the ministry for its long silence on the survey.",
            "denounced the ministry for its long silence on the survey",
        ),
        (
            "The minister said that the outer harbour is full of idle ships.",
            "the outer harbour is full of idle ships",
        ),
        (
            "“The harbour is full,” Marta Ellery said, “and the quays are falling apart.”",
            "The harbour is full … and the quays are falling apart",
        ),
        (
            "The Ministry of Transport does not support a general toll on every bridge.",
            "does not support a general toll on every bridge",
        ),
        (
            "The Fishers' Association opposes the delay of June.",
            "The Fishers' Association opposes the delay of June.",
        ),
    ],
)
def test_what_a_line_shows(sentence: str, shown: str, tagger: Tagger) -> None:
    source = document(sentence)
    first = extract(source, tagger).findings[0]
    assert " … ".join(quote.text for quote in excerpt(source, first)) == shown
