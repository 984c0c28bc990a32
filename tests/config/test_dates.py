from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.config.dates import meant


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ("12.07.2024", ["2024-07-12"]),
        ("2024-7-2", ["2024-07-02"]),
        ("2024/07/10", ["2024-07-10"]),
        ("2024-13-01", ["2024-01-13"]),
        ("13/07/2024", ["2024-07-13"]),
        ("07/13/2024", ["2024-07-13"]),
        ("3/7/2024", ["2024-07-03", "2024-03-07"]),
        ("7/2024", ["2024-07"]),
        ("2 Sept 2024", ["2024-09-02"]),
        ("the 2nd of May 2024", []),
        ("2023-02-29", ["2023-02-28"]),
        ("2024-00-00", []),
        ("soon", []),
        ("²024-07", []),
    ],
)
def test_what_is_meant(written: str, dates: list[str]) -> None:
    assert meant(written) == dates


@given(st.text(alphabet="0123456789-/. Tjuly,", max_size=24) | st.text(max_size=24))
def test_whatever_is_written_only_days_of_the_calendar_are_meant(written: str) -> None:
    for found in meant(written):
        date.fromisoformat(found if len(found) == 10 else f"{found}-01")
