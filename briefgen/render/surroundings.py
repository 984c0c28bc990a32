"""What a PDF takes from the machine: fonts, their configuration, the libraries that set them."""

import ctypes
import ctypes.util
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen.cache import fingerprint

_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)
"""What WeasyPrint opens, by the names that they have on Linux."""

_SHAPING = ("fontconfig", "freetype", "fribidi", "glib", "graphite", "harfbuzz", "pango", "thai")
"""How the names begin, after “lib”, of those libraries and of the ones below that shape text."""

_SETTINGS = ("FC_", "FONTCONFIG_", "LANG", "LC_", "PANGO")
"""How the names of variables begin by which they let themselves be guided."""


def state() -> list[bytes] | None:
    """Tells whether a page would be set as it was, without setting it.

    None where that can't be told: not on Linux, or where something changed only just now.
    """
    if sys.platform != "linux" or not _opened():
        return None
    try:
        states = [fingerprint.state_of(path) for path in (*_libraries(), *_fonts())]
    except OSError:
        return None
    settings = sorted(f"{k}={v}" for k, v in os.environ.items() if k.startswith(_SETTINGS))
    told = (*settings, zlib.ZLIB_RUNTIME_VERSION)
    known = [one for one in states if one is not None]
    if len(known) < len(states):
        return None
    return [*known, *(one.encode("utf-8", "surrogateescape") for one in told)]


def _opened() -> bool:
    """Whether the libraries can be opened by their names, which opens them."""
    try:
        for name in _LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _libraries() -> list[Path]:
    """Files of the libraries that are opened; Python's packages may bring others of like names."""
    lines = Path("/proc/self/maps").read_text("utf-8", "surrogateescape").splitlines()
    paths = {Path(parts[5]) for line in lines if len(parts := line.split(maxsplit=5)) == 6}
    names = tuple(f"lib{name}" for name in _SHAPING)
    ours = Path(sys.prefix)
    return sorted(p for p in paths if p.name.startswith(names) and not p.is_relative_to(ours))


def _fonts() -> Iterator[Path]:
    """Files of fontconfig's configuration, then the folders it looks into and the files there."""
    library = ctypes.CDLL("libfontconfig.so.1")
    library.FcStrListNext.restype = ctypes.c_char_p
    for ask in (library.FcConfigGetConfigFiles, library.FcConfigGetFontDirs):
        ask.restype = ctypes.c_void_p
        listed = ctypes.c_void_p(ask(None))
        while name := library.FcStrListNext(listed):
            path = Path(os.fsdecode(name))
            if path.exists():
                yield path
            if path.is_dir():
                with os.scandir(path) as entries:
                    yield from sorted(Path(one) for one in entries if one.is_file())
        library.FcStrListDone(listed)


@contextmanager
def libraries_by_name() -> Iterator[None]:
    """While WeasyPrint is imported: open its libraries by their names, where that is enough.

    It tries the names of other systems first, and for each of them the compiler and the linker
    are started and asked: fifty processes, half a second.
    """
    if sys.platform != "linux" or not _opened():
        yield
        return
    search = ctypes.util.find_library
    setattr(ctypes.util, search.__name__, lambda _: None)
    try:
        yield
    finally:
        setattr(ctypes.util, search.__name__, search)
