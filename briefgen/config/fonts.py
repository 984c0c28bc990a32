"""Fonts by their family's name: packaged with briefgen, the user's own files, or the system's."""

import ctypes
import ctypes.util
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from briefgen.model import Embedded, Face

PACKAGED = ("Source Serif Pro", "Source Sans Pro")
"""Families that ``styles/print.css`` brings."""

GENERIC = ("serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif")
"""Words of CSS that stand for whatever the reader's machine has."""

_TYPES = {".ttf": "font/ttf", ".otf": "font/otf"}


class FontFileError(Exception):
    """A font file can't be read; says which and why."""


def own(folder: Path) -> Mapping[str, Sequence[Face]]:
    """Faces of the font files in a folder, by family; a folder that isn't there has none.

    Raises FontFileError.
    """
    faces: dict[str, list[Face]] = {}
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in _TYPES:
            face = _face(path)
            faces.setdefault(face.family, []).append(face)
    return faces


def _face(path: Path) -> Face:
    from fontTools.ttLib import TTFont, TTLibError  # takes a tenth of a second to import

    try:
        content = path.read_bytes()
        with TTFont(path, lazy=True) as font:
            family = font["name"].getBestFamilyName()
            weight, italic = font["OS/2"].usWeightClass, bool(font["OS/2"].fsSelection & 1)
    except (TTLibError, OSError, KeyError, ValueError, AssertionError) as error:
        raise FontFileError(f"{path}: is no font that can be embedded: {error}") from None
    if not family:
        raise FontFileError(f"{path}: the font does not say the name of its family")
    return Face(family, weight, italic, Embedded(_TYPES[path.suffix.lower()], content))


@cache
def installed() -> frozenset[str]:
    """Families that the system has and that PDF can embed; none where fontconfig is missing.

    WeasyPrint asks the same library.
    """
    try:
        library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    except OSError:
        return frozenset()
    library.FcNameParse.restype = ctypes.c_void_p
    library.FcNameParse.argtypes = [ctypes.c_char_p]
    library.FcObjectSetBuild.restype = ctypes.c_void_p
    library.FcObjectSetBuild.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p]
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    library.FcFontList.argtypes = [ctypes.c_void_p] * 3
    library.FcPatternGetString.argtypes = [
        *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p))
    ]
    library.FcFontSetDestroy.argtypes = [ctypes.POINTER(_FontSet)]
    names: set[str] = set()
    objects = library.FcObjectSetBuild(b"family", b"fontformat", None)
    for kind in (b":fontformat=TrueType", b":fontformat=CFF"):
        fonts = library.FcFontList(None, library.FcNameParse(kind), objects)
        for number in range(fonts.contents.count):
            names.update(_families(library, fonts.contents.fonts[number]))
        library.FcFontSetDestroy(fonts)
    return frozenset(names)


class _FontSet(ctypes.Structure):
    """FcFontSet of fontconfig's C interface."""

    _fields_ = (
        ("count", ctypes.c_int),
        ("room", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


def _families(library: ctypes.CDLL, font: int) -> list[str]:
    """A font's family in each of its languages and forms."""
    found: list[str] = []
    name = ctypes.c_char_p()
    while library.FcPatternGetString(font, b"family", len(found), ctypes.byref(name)) == 0:
        found.append((name.value or b"").decode("utf-8", "replace"))
    return found
