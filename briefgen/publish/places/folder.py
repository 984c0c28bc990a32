"""A site in a folder of this machine."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from briefgen.errors import OutputError
from briefgen.publish import tree
from briefgen.publish.places import Notice
from briefgen.publish.places.locking import held
from briefgen.render import output


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

    def locked(
        self, notice: Notice, *, dry_run: bool = False
    ) -> contextlib.AbstractContextManager[object]:
        """Hold a lock beside the folder; a dry run needs none where nobody published before."""
        file = self._real.with_name(f".{self._real.name}.lock")
        if dry_run and not file.exists():
            return contextlib.nullcontext()
        return held(file, str(self._path), notice)

    @contextlib.contextmanager
    def present(self) -> Iterator[Path]:
        """The folder itself."""
        with tree.telling(self._path):
            # Here too, as a publish that then finds nothing to do makes no folder beside this one.
            output.clear_away(self._real)
            way_out = "publish to a new folder, or empty this one"
            if self._real.exists() and not self._real.is_dir():
                raise OutputError(f"{self._path}: is no folder ({way_out})")
            if not tree.is_free(self._real):
                problem = "holds files and is no site that briefgen wrote"
                raise OutputError(f"{self._path}: {problem} ({way_out})")
        yield self._real

    def deliver(self, fresh: Path, present: Path, message: str) -> None:  # noqa: ARG002
        """Swap the two folders' names in one step."""
        tree.replace(fresh, present)
