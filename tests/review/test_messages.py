"""What is wrong with a decisions file, or not safe any more, is said with its place."""

import pytest

from briefgen.errors import ConfigError
from briefgen.model import Extraction
from briefgen.text.tagger import Tagger
from tests.helpers import cases
from tests.review.harbour import PATH, extracted, reviewed


@pytest.fixture(scope="module")
def extractions(tagger: Tagger) -> list[Extraction]:
    return extracted(tagger)


@pytest.mark.parametrize(("title", "text", "expected"), cases("decisions.md"), ids=lambda v: v[:40])
def test_messages(title: str, text: str, expected: str, extractions: list[Extraction]) -> None:
    try:
        lines = list(reviewed(text + "\n", extractions).warnings)
    except ConfigError as error:
        lines = list(error.lines)
    assert "\n".join(line.removeprefix(f"{PATH}:") for line in lines or ["fine"]) == expected, title
