"""One publish at a time to each place; the system lets go of the lock of one that is killed."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from briefgen.publish import tree
from briefgen.publish.places import Notice

_MOMENT = 2.0
"""Seconds after which whoever waits is told so: a small site is published in less."""


@contextlib.contextmanager
def held(file: Path, place: str, notice: Notice) -> Iterator[None]:
    """Hold a lock file, which stays where it is, as those who wait for it have it open."""
    with tree.telling(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file)
        try:
            lock.acquire(timeout=_MOMENT)
        except Timeout:
            notice(f"{place}: waiting for another publish to end")
            lock.acquire()
    try:
        yield
    finally:
        lock.release()
