"""The reference tables of docs/ say what the schema says."""

import pytest

from tools import reference


@pytest.mark.parametrize("page", reference.PAGES)
def test_tables_are_those_of_the_schema(page: str) -> None:
    text = (reference.DOCS / page).read_text("utf-8")
    assert "<!-- reference: " in text
    assert reference.filled(text) == text, "run: python -m tools.reference"


def test_a_key_that_changes_changes_its_table() -> None:
    text = (
        "# Keys\n\n<!-- reference: source -->\nstale\n<!-- end of reference -->\n\nProse stays.\n"
    )
    filled = reference.filled(text)
    assert "| `show` |" in filled
    assert "stale" not in filled
    assert filled.startswith("# Keys\n")
    assert filled.endswith("\n\nProse stays.\n")
