"""One rendering of the sample brief for all tests that only look at it."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefgen.render import render
from tests.render import sample


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("work")
    return {
        str(artifact.path): artifact.content
        for artifact in render(sample.brief(), ("markdown", "html", "pdf"), folder)
    }


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
