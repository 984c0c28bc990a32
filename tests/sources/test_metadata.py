import pytest

from briefgen.sources import metadata


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-07-31", "2024-07-31"),
        ("2024-07-31T10:00:00+02:00", "2024-07-31"),
        ("2024-07", "2024-07"),
        ("Jul 31, 2024", "2024-07-31"),
        ("Published: 31st of July 2024, 9 am", "2024-07-31"),
        ("31 July 2024", "2024-07-31"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("July 2024", "2024-07"),
        ("31/07/2024", "2024-07-31"),
        ("7/31/2024", "2024-07-31"),
        ("07/08/2024", None),
        ("31 June 2024", "2024-06"),
        ("2024-13-01", None),
        ("1,234 and 2024", None),
        ("may 5000 ships come", None),
    ],
)
def test_dates(text, date):
    assert metadata.find_date(text) == date


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Jul 31, 2024", True),
        ("Published: Wednesday, 31 July 2024 at 10:15 GMT", True),
        ("On 31 July 2024 the council met", False),
        ("Budget 2024", False),
    ],
)
def test_datelines(line, is_one):
    assert metadata.is_dateline(line) is is_one


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Lima", "Ana Lima"),
        ("By Ana Lima and Jo van Berg", "Ana Lima and Jo van Berg"),
        ("by 2030 the town will grow", None),
        ("By the harbour wall", None),
        ("Ana Lima", None),
    ],
)
def test_bylines(line, names):
    assert metadata.byline(line) == names


@pytest.mark.parametrize(
    "title", ["Microsoft Word - plan.doc", "plan_final.docx", "untitled", "Untitled", " ", "a_b_2"]
)
def test_what_programs_write_is_no_title(title):
    assert metadata.as_title(title) is None


def test_urls_with_secrets_are_none():
    assert metadata.as_url("https://example.org/a") == "https://example.org/a"
    assert metadata.as_url("https://me:secret@example.org/a") is None
    assert metadata.as_url("javascript:alert(1)") is None
