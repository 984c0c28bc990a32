"""Where a site goes: each place can show the site that is there now, and take a new one."""

import contextlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from briefgen.errors import OutputError

Notice = Callable[[str], None]
"""Told a line on what a publish waits for."""


class Place(Protocol):
    """Somewhere that a site can stand."""

    @property
    def name(self) -> str:
        """What tells this place from every other."""

    def locked(
        self, notice: Notice, *, dry_run: bool = False
    ) -> contextlib.AbstractContextManager[object]:
        """Wait until no other publish is at work here, and keep others waiting.

        ``notice`` is told where that takes longer than a moment. A dry run leaves no trace.
        """

    def present(self) -> contextlib.AbstractContextManager[Path]:
        """A folder that holds the site as it is there now; it need not exist.

        Raises OutputError where the place can't be reached, or holds something else.
        """

    def deliver(self, fresh: Path, present: Path, message: str) -> None:
        """Put a new site, made beside the present one, in its place.

        ``message`` says what changed: a line, and lines below it. Raises OutputError where that
        can't be done; the old site is then still there, whole.
        """


_SERVER = re.compile(r"(?:\w[\w.-]*@)?(?:\w[\w.-]*|\[[\da-fA-F:]+\])")


def named(to: str, home: Path) -> Place:
    r"""The place of a name.

    ``git:BRANCH`` is a branch of the git repository that ``home`` is in, or else the current
    folder; ``git:REMOTE/BRANCH`` is a branch of one of that repository's remotes, and is pushed
    there. ``host:/path`` or ``user@host:/path`` is a folder of a server, by rsync and ssh.
    Whatever else is a folder, among it ``C:\site``; one whose name has a colon is written with
    a slash before it: ``./notes:2024``. Raises OutputError where the name is none.
    """
    # Each kind is imported where it is asked for: a publish that changes nothing takes no time.
    head, colon, rest = to.partition(":")
    if not to.strip():
        raise OutputError("--to: names no place (write a folder, such as --to site)")
    if not colon or "/" in head or "\\" in head or len(head) < 2:
        from briefgen.publish.places.folder import Folder

        return Folder(Path(to))
    if head == "git":
        from briefgen.publish.places import branch

        return branch.named(rest, home)
    if _SERVER.fullmatch(head) and rest.startswith("/") and rest.strip("/"):
        from briefgen.publish.places.server import Server

        return Server(head, rest)
    way_out = f"write ./{to} for a folder, git:BRANCH for a branch, host:/path for a server"
    raise OutputError(f"--to: {to} is no place ({way_out})")
