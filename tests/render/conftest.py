"""The sample brief as its readers have it."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader


@pytest.fixture(scope="session")
def markdown(outputs: dict[str, bytes]) -> str:
    return outputs["brief.md"].decode()


@pytest.fixture(scope="session")
def page(outputs: dict[str, bytes]) -> str:
    return outputs["brief.html"].decode()


@pytest.fixture(scope="session")
def pdf(outputs: dict[str, bytes]) -> PdfReader:
    return PdfReader(BytesIO(outputs["brief.pdf"]))


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A working folder with an empty ``templates/``."""
    (tmp_path / "templates").mkdir()
    return tmp_path
