"""What a cached value was made by: our own code, the packages around it, the files of a model."""

import hashlib
import os
import platform
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import briefgen

_SETTLED = 2.0
"""Seconds after which a changed file has another time of change on every file system."""


@cache
def of_code(packages: tuple[str, ...]) -> bytes | None:
    """Digest of the code of some packages of briefgen, and of whatever it runs on.

    That is Python, the kind of machine, and the name and version of every package installed: a
    reader stands on dozens of them, and an upgrade of any may change what is read. None where the
    code isn't kept as files.
    """
    home = Path(briefgen.__file__).parent
    found = [home / "__init__.py", home / "errors.py"]
    for package in packages:
        found += sorted((home / package).rglob("*.py"))
    total = hashlib.sha256()
    for part in (sys.version, platform.machine(), *_installed()):
        _add(total, part.encode("utf-8", "surrogatepass"))
    try:
        for file in found:
            _add(total, file.relative_to(home).as_posix().encode())
            _add(total, file.read_bytes())
    except OSError:
        return None
    return total.digest()


def _installed() -> Iterable[str]:
    """Such names as ``lxml-5.3.0.dist-info``; versions stand in them, so no file is opened."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 (half the time, for 300 names)
        except OSError:
            continue
        yield from sorted(n for n in names if n.endswith((".dist-info", ".egg-info")))


def of_parts(*parts: bytes) -> bytes:
    """One digest of several values, in which no two lists of values look alike."""
    total = hashlib.sha256()
    for part in parts:
        _add(total, part)
    return total.digest()


def of_file(path: Path) -> bytes:
    """Digest of a file's content. Raises OSError where it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def state_of(path: Path) -> bytes | None:
    """What tells that a file is the one it was, without reading it; None while it can't be told.

    The time of change (ctime) can't be set by a program, as that of the content can. A file that
    changed just now may change again within the same tick of the clock. Raises OSError.
    """
    found = path.stat()
    if not 0 <= found.st_ctime <= time.time() - _SETTLED:
        return None
    told = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return repr((os.fspath(path.absolute()), told)).encode("utf-8", "surrogatepass")


def _add(total: "hashlib._Hash", part: bytes) -> None:
    total.update(len(part).to_bytes(8, "big"))
    total.update(part)
