"""Fixtures of the whole suite."""

import pytest
from hypothesis import settings

from briefgen.text.tagger import Tagger

# A busy machine is no failure: nothing here is a test of speed.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


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
