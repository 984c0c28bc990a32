"""Fixtures of the whole suite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from briefgen.cache import Cache
from briefgen.render import render, templates
from briefgen.render.bytecode import Bytecode
from briefgen.text.tagger import Tagger
from tests.render import sample

# A busy machine is no failure: nothing here is a test of speed.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


LONG = ("test_wheel.py", "test_broad.py", "test_incremental.py", "test_example.py")
"""Files that take longest: started first, lest one worker waits for another at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONG)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden and the expected parts of tests/cases anew; review them as a diff",
    )


@pytest.fixture(scope="session", autouse=True)
def user_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder of the suite's own, for it and for the processes that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    with Cache(tmp_path_factory.mktemp("templates") / "compiled.sqlite3") as kept:
        yield kept


@pytest.fixture(scope="module", autouse=True)
def compiled_templates(compiled: Cache) -> Iterator[None]:
    """Templates are compiled once for all tests: it takes longer than to fill them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "Bytecode", lambda _, kind: Bytecode(compiled, kind))
        yield


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One rendering of the sample brief for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("work")
    return {
        str(artifact.path): artifact.content
        for artifact in render(sample.brief(), ("markdown", "html", "pdf"), folder)
    }


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    """The shipped model, opened once."""
    return Tagger(threads=1)
