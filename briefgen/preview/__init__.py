"""``briefgen serve``: the last good brief in a browser, built again at every change.

A layer above the pipeline, whose stages it runs one by one: what is quick is shown at once, the
PDF follows from a process of its own, and only then is the output folder written, whole.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from briefgen import config as configuration
from briefgen import pipeline
from briefgen.cache import Cache
from briefgen.config import Config
from briefgen.errors import BriefgenError, ConfigError
from briefgen.finder import Finder
from briefgen.model import Artifact
from briefgen.preview.board import Board
from briefgen.preview.server import Server
from briefgen.preview.slow import Job, Slow
from briefgen.preview.watching import changes, folders

__all__ = ["serve"]

log = logging.getLogger(__name__)

QUICK = ("markdown", "html")
"""Formats that are made before the page is shown; the others take a second and more."""

Tell = Callable[[str], None]
"""Told one line of what happened."""


def serve(
    path: Path,
    out: Path = Path("out"),
    port: int = 8000,
    brief: str | None = None,
    *,
    cache: bool = True,
    tell: Tell = print,
) -> None:
    """Show a brief at an address of this machine until interrupted; every change shows at once.

    Port 0 takes any that is free; ``brief`` names one where the YAML holds several; ``tell`` hears
    the address, then a line for each build and each problem. Raises ConfigError where there is no
    such file, or no such brief in it, to begin with, OutputError where the port is taken.
    """
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file (name the YAML of a brief)")
    # Any other problem can be mended while the preview shows it.
    if configs := configuration.inspect(path)[0]:
        pipeline.one_of(configs, path, brief)
    board = Board()
    with (
        Cache.of_user() if cache else Cache(None) as kept,
        Server(board, path.parent, port) as server,
        _Session(path, brief, out, kept, board, tell) as session,
    ):
        tell(server.address)
        while True:
            watched = folders(path, session.config)
            for _ in changes(watched, out):
                session.build()
                if folders(path, session.config) != watched:
                    break


@dataclass(frozen=True, slots=True)
class _Made:
    """What one build made so far."""

    config: Config
    artifacts: Sequence[Artifact]


class _Session:
    """One brief and what is known of it between two builds."""

    def __init__(
        self, path: Path, brief: str | None, out: Path, cache: Cache, board: Board, tell: Tell
    ) -> None:
        self.config: Config | None = None
        """The last one that had no problem."""
        self._path = path
        self._brief = brief
        self._out = out
        self._cache = cache
        self._board = board
        self._tell = tell
        self._finder = Finder(cache)
        self._slow = Slow(self._finish, cache=cache.keeps)
        self._number = 0
        self._made: dict[int, _Made] = {}

    def __enter__(self) -> "_Session":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._slow.close()

    def build(self) -> None:
        """Build from what the files say now; problems are shown beside the last good brief."""
        start = time.monotonic()
        try:
            config = pipeline.load_one(self._path, self._brief, self._cache)
            self.config = config
            brief = pipeline.compose(config, self._cache, self._finder)
            asked = [str(format_) for format_ in config.settings.outputs]
            quick = [name for name in QUICK if name in asked or name == "html"]
            artifacts = pipeline.set_out(brief, quick, config.folder, self._cache)
        except BriefgenError as error:
            self._fail(error)
            return
        shown = {artifact.path.as_posix(): artifact.content for artifact in artifacts}
        self._board.show(brief.front.title, shown)
        self._tell(f"built in {time.monotonic() - start:.2f} s")
        if "html" not in asked:
            artifacts = [one for one in artifacts if one.path.name != "brief.html"]
        # What is slow of the last good brief is made even if the next one has a problem.
        self._number += 1
        self._made = {self._number: _Made(config, artifacts)}
        slow = [name for name in asked if name not in QUICK]
        if slow:
            self._slow.ask(Job(self._number, brief, slow, config.folder))
        else:
            self._finish(self._number, [])

    def _finish(self, number: int, slow: Sequence[Artifact] | BriefgenError) -> None:
        """Write a build whose slow formats are made, unless a newer one has begun."""
        made = self._made.get(number)
        if made is None:
            return
        try:
            if isinstance(slow, BriefgenError):
                raise slow
            artifacts = [*made.artifacts, *slow]
            pipeline.write(artifacts, self._out / made.config.slug)
        except BriefgenError as error:
            self._fail(error)
            return
        self._board.add({artifact.path.as_posix(): artifact.content for artifact in slow})
        self._tell(f"wrote {self._out / made.config.slug}")

    def _fail(self, error: BriefgenError) -> None:
        self._board.fail(error.lines)
        for line in error.lines:
            self._tell(line)
