"""Fixtures of the whole suite."""

import pytest

from briefgen.text.tagger import Tagger


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden and the expected parts of tests/cases anew; review them as a diff",
    )


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    """The shipped model, opened once."""
    return Tagger(threads=1)
