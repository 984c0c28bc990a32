"""Put a brief's files in place, all at once: a reader never sees half a build."""

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen.errors import OutputError
from briefgen.model import Artifact

_RENAME_EXCHANGE = 2
"""Flag of Linux's renameat2(2): swap two names in one step."""

_AT_FDCWD = -100
"""Descriptor that stands for the current folder, from Linux's fcntl.h."""


def write(
    artifacts: Iterable[Artifact], folder: Path, ours: Iterable[str], mark: bytes
) -> list[Path]:
    """Replace the files of a brief in a folder and return their paths.

    The new folder is complete, with whatever else the user keeps in the old one, before it takes
    the old one's name; files among ``ours`` that this build did not make are gone, so that no old
    format stays beside new ones. A folder is known for an earlier build's by a file of ``ours``
    that holds ``mark``. Raises OutputError where a file of the user's own has one of our names, or
    where anything cannot be written; what was there before is then untouched.
    """
    made, ours = list(artifacts), set(ours)
    # A folder that is a link stays one: what it points to is replaced.
    place = folder.resolve()
    with telling(folder):
        _check_free(folder, ours, mark)
        with fresh_beside(place) as fresh:
            names = {str(artifact.path) for artifact in made}
            for artifact in made:
                _write(fresh / artifact.path, artifact.content)
            if place.exists():
                _keep(place, fresh, names | ours)
            swap(fresh, place)
    return [folder / artifact.path for artifact in made]


@contextmanager
def telling(folder: Path, option: str = "--out") -> Iterator[None]:
    """Raise OutputError, with the way out, for what keeps a folder from being written.

    ``option`` is the one that names another.
    """
    try:
        yield
    except OSError as problem:
        raise _error(folder, problem, option) from None


@contextmanager
def fresh_beside(place: Path) -> Iterator[Path]:
    """A new folder beside another, on the same file system; gone when the context ends.

    What a process that was killed left there is cleared away first. Raises OSError.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    clear_away(place)
    fresh = _beside(place)
    try:
        yield fresh
    finally:
        # After an exchange this is the old folder; after a failure, the unfinished new one.
        shutil.rmtree(fresh, ignore_errors=True)


def swap(fresh: Path, place: Path) -> None:
    """Give a new folder the name of an old one, which then has the new one's. Raises OSError."""
    if place.exists():
        shutil.copymode(place, fresh)
    else:
        fresh.chmod(0o777 & ~_umask())
    _replace(fresh, place)


def _check_free(folder: Path, ours: set[str], mark: bytes) -> None:
    """Refuse to write over what no build wrote."""
    if not folder.is_dir():
        return
    taken = sorted(name for name in ours if (folder / name).exists())
    way_out = "move it away, or choose another place with --out"
    for name in taken:
        if not (folder / name).is_file():
            raise OutputError(f"{folder / name}: is no file that briefgen wrote ({way_out})")
    if taken and not any(mark in (folder / name).read_bytes() for name in taken):
        raise OutputError(f"{folder / taken[0]}: was not written by briefgen ({way_out})")


def check(folder: Path, ours: Iterable[str], mark: bytes) -> None:
    """Raise OutputError, as ``write`` would, where a brief's files can't be put; write nothing."""
    try:
        _check_free(folder, set(ours), mark)
        # The nearest folder that is there is where the first new one would be made.
        there = next(one for one in folder.resolve().parents if one.exists())
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as problem:
        raise _error(folder, problem) from None


def create(artifacts: Iterable[Artifact], folder: Path) -> list[Path]:
    """Write files into a new or empty folder, which stays the folder it is; returns their paths.

    Raises OutputError where anything cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in artifacts:
            _write(folder / artifact.path, artifact.content)
    except OSError as problem:
        raise _error(folder, problem) from None
    return [folder / artifact.path for artifact in artifacts]


def _beside(place: Path) -> Path:
    """A new hidden folder on the same file system, named after this process."""
    return Path(tempfile.mkdtemp(prefix=f".{place.name}.{os.getpid()}.", dir=place.parent))


def clear_away(place: Path) -> None:
    """Remove what a build that was killed left beside a folder."""
    for left in place.parent.glob(f".{place.name}.*.*"):
        process = left.name.removeprefix(f".{place.name}.").split(".")[0]
        if process.isdigit() and not _is_alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep(old: Path, fresh: Path, ours: set[str]) -> None:
    """Link into the new folder whatever the user keeps in the old one."""
    # A file in the way is no folder to list, which is what the user is told.
    for entry in old.iterdir():
        if entry.name in ours:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(
                entry, fresh / entry.name, symlinks=True, copy_function=link, dirs_exist_ok=True
            )
        else:
            link(entry, fresh / entry.name)


def link(source: str | Path, target: str | Path) -> None:
    """Give a file a second name, or copy it where it can have none; what is there stays."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        return  # this build made a new one
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _replace(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        # Where the system cannot swap names there is a moment without the folder.
        old = _beside(folder)
        folder.rename(old / "old")
        try:
            fresh.rename(folder)
        except OSError:
            (old / "old").rename(folder)
            raise
        finally:
            shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or its file system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _error(folder: Path, problem: OSError, option: str = "--out") -> OutputError:
    elsewhere = f"choose another place with {option}"
    ways = {
        errno.ENOSPC: "free some space",
        errno.EDQUOT: "free some space",
        errno.EROFS: elsewhere,
        errno.EACCES: elsewhere,
        errno.EPERM: elsewhere,
        errno.ENOTDIR: "a file is in the way",
        errno.EEXIST: "a file is in the way",
    }
    way = ways.get(problem.errno or 0, elsewhere)
    return OutputError(f"{folder}: cannot be written: {problem.strerror or problem} ({way})")
