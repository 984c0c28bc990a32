"""Put the new text of a decisions file in place of the one that it was made from."""

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.config.yaml import YamlError, parse
from briefgen.errors import ConfigError, OutputError
from briefgen.review.file import read

EMPTY = "# Decisions on findings, by id. What you write here stays.\n"
"""What a decisions file holds before the first decision."""


def data(text: str) -> Any:
    """What a text says; None where it is no YAML."""
    try:
        return parse(text).data
    except YamlError:
        return None


@dataclass(frozen=True, slots=True)
class Step:
    """What a decisions file said before something was written into it, and after."""

    before: str | None
    """None where there was no file."""
    after: str


def save(path: Path, before: str | None, text: str) -> Step:
    """Write a text made from ``before``, with its line ends; None is that of a missing file.

    Raises ConfigError where the file says something else by now, and OutputError where it cannot
    be written; it is then as it was.
    """
    newline = "\r\n" if before and "\r\n" in before else "\n"
    if read(path) != before:
        raise ConfigError(f"{path}: has been changed in this moment by another hand (decide again)")
    _replace(path, text.replace("\n", newline))
    return Step(before, text)


def _replace(path: Path, text: str) -> None:
    """Put a file in another's place in one step; a link stays one."""
    place = path.resolve()
    left: str | None = None
    try:
        mark = "\ufeff" if place.exists() and place.read_bytes().startswith(b"\xef\xbb\xbf") else ""
        handle, left = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write((mark + text).encode())
            file.flush()
            os.fsync(file.fileno())
        mode = place.stat().st_mode & 0o7777 if place.exists() else 0o666 & ~_umask()
        Path(left).chmod(mode)
        Path(left).replace(place)
        left = None
    except OSError as error:
        problem = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written: {problem} (it is as it was)") from None
    finally:
        if left is not None:
            with contextlib.suppress(OSError):
                Path(left).unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
