"""What leads a list in."""

import pytest

from briefgen.extract.lists import lead_in
from briefgen.model import Span
from tests.helpers import document

LIST = """\
The council has drawn up a plan. It will:

- Close the outer quay.
- Deepen the channel, for which it will:
- Hire dredgers.

It met on Monday.

- Nothing was decided.
"""


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("Close", "The council", id="a paragraph that ends in a colon"),
        pytest.param("Hire", "- Deepen", id="an item that has items of its own"),
        pytest.param("Nothing", None, id="a paragraph that leads nothing in"),
        pytest.param("It met", None, id="no list"),
    ],
)
def test_a_colon_leads_a_list_in(item: str, expected: str | None) -> None:
    source = document(LIST)
    start = source.text.index(item)
    found = lead_in(source, Span(start, start + len(item)))
    assert (found is None) == (expected is None)
    assert found is None or source.text[found.start : found.end].startswith(str(expected))
