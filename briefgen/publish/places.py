"""Where a site goes: each place can show the site that is there now, and take a new one."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from briefgen.errors import OutputError
from briefgen.publish import tree
from briefgen.render import output


class Place(Protocol):
    """Somewhere that a site can stand."""

    @property
    def name(self) -> str:
        """What tells this place from every other."""

    def locked(self) -> contextlib.AbstractContextManager[object]:
        """Wait until no other publish is at work here, and keep others waiting."""

    def present(self) -> contextlib.AbstractContextManager[Path]:
        """A folder that holds the site as it is there now; it need not exist.

        Raises OutputError where the place can't be reached, or holds something else.
        """

    def deliver(self, fresh: Path, present: Path) -> None:
        """Put a new site, made beside the present one, in its place.

        Raises OutputError where that can't be done; the old site is then still there, whole.
        """


class Folder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # A folder that is a link stays one: what it points to is replaced.
        self._real = path.resolve()

    @property
    def name(self) -> str:
        """The folder's own path."""
        return str(self._real)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold a lock beside the folder; the system lets go of it where a publish is killed."""
        with output.telling(self._path):
            self._real.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._real.with_name(f".{self._real.name}.lock"))
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def present(self) -> Iterator[Path]:
        """The folder itself."""
        with output.telling(self._path):
            tree.check(self._real)
        yield self._real

    def deliver(self, fresh: Path, present: Path) -> None:
        """Swap the two folders' names in one step."""
        tree.replace(fresh, present)


def named(to: str) -> Place:
    """The place of a name: a folder's path.

    Raises OutputError where the name is none.
    """
    if not to.strip():
        raise OutputError("--to: names no place (write a folder, such as --to site)")
    return Folder(Path(to))
