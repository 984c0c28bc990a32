"""From the YAML's ``theme:`` to a house style whose colours, fonts and logo are known to do."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from briefgen.cache import Cache
from briefgen.config import fonts, pictures
from briefgen.config.contrast import as_light_as, contrast, nearest, tinged
from briefgen.config.entries import Format, ThemeEntry
from briefgen.config.palette import Colour, Colours, Pair, Scheme, Use, colours, pairs
from briefgen.config.templates import roots
from briefgen.errors import ConfigError
from briefgen.model import Face, Logo, Theme

NEEDED: Mapping[Use, float] = {Use.TEXT: 4.5, Use.LARGE: 3.0, Use.GRAPHICS: 3.0}
"""Least contrast of what is read or seen: WCAG 2.2 AA, success criteria 1.4.3 and 1.4.11."""

_NOUNS = {Use.TEXT: "text needs", Use.LARGE: "large text needs", Use.GRAPHICS: "a graphic needs"}
_SCHEMES = {Scheme.LIGHT: "", Scheme.DARK: " in the dark scheme", Scheme.PRINT: " on paper"}
_GIVEN = 99
"""Rank of what the YAML says, after every style sheet."""

_FOLLOWERS = ("tint", "band", "on-band")
"""How the names of colours begin that go with the accent."""

Place = Callable[[Sequence[str | int], str], str]
"""Turns a value's path and a problem into one line, ``file:line:column: problem``."""

Palette = Mapping[str, Colour]


class Styled(Protocol):
    """Settings of whatever has a house style: a brief or a site."""

    @property
    def theme(self) -> ThemeEntry: ...
    @property
    def organisation(self) -> str | None: ...
    @property
    def outputs(self) -> Sequence[Format]: ...


def resolve(
    settings: Styled,
    folder: Path,
    error: Place,
    logos: Path | None = None,
    cache: Cache | None = None,
) -> Theme:
    """The house style of a brief, for a YAML that stands in ``folder``; its logo in ``logos``.

    Raises ConfigError with a line for each colour that can't be told from what it stands on, and
    for each font, logo or theme that isn't there.
    """
    entry = settings.theme
    _check_name(entry.name, folder, error)
    problems: list[str] = []
    palettes = _palettes(entry, folder, error, problems, cache)
    found = _Fonts(folder, error, problems)
    on_paper = Format.PDF in settings.outputs
    theme = Theme(
        name=entry.name,
        colours=_values(palettes[Scheme.LIGHT]),
        dark=_values(palettes[Scheme.DARK]),
        print=_values(palettes[Scheme.PRINT]),
        text_fonts=entry.fonts.text or (),
        heading_fonts=entry.fonts.headings or (),
        faces=found.faces(entry) if on_paper else (),
        page=entry.page,
        logo=_logo(settings, logos or folder, error, problems),
        imprint=entry.imprint,
    )
    if problems:
        raise ConfigError(*problems)
    return theme


def standard(folder: Path) -> Theme:
    """The standard house style for templates of a folder, nothing checked."""
    sheets = {scheme: _plain(found) for scheme, found in colours(folder, "standard").items()}
    light, dark, paper = (_values(sheets[scheme]) for scheme in Scheme)
    return Theme("standard", light, dark, paper)


def names(folder: Path) -> list[str]:
    """Themes that a YAML in this folder can name."""
    return sorted(
        {path.name for root in roots(folder) for path in root.glob("themes/*") if path.is_dir()}
    )


def _check_name(name: str, folder: Path, error: Place) -> None:
    known = names(folder)
    if name not in known:
        hint = _nearest(name, known) or f"known: {', '.join(known)}"
        raise ConfigError(error(("theme", "name"), f"no theme is called {name!r} ({hint})"))


def _nearest(word: str, known: Sequence[str]) -> str | None:
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]!r}?" if close else None


def _values(palette: Palette) -> Mapping[str, str]:
    return {name: colour.value for name, colour in sorted(palette.items())}


def _palettes(
    entry: ThemeEntry, folder: Path, error: Place, problems: list[str], cache: Cache | None
) -> Mapping[Scheme, Palette]:
    """Colours of each scheme, a problem for each that is unknown or stands out too little."""
    sheets = colours(folder, entry.name, cache)
    light = _given(entry.colours.light, ("theme", "colours"), error)
    dark = _given(entry.colours.dark, ("theme", "colours", "dark"), error)
    known = sorted(set().union(*sheets.values()))
    for path, given in ((("theme", "colours"), light), (("theme", "colours", "dark"), dark)):
        for name in given:
            if name not in known:
                hint = _nearest(name, known) or f"known: {', '.join(known)}"
                problems.append(error((*path, name), f"no colour is called {name!r} ({hint})"))
    dark = {**_darkened(light, sheets), **dark}
    palettes = {
        Scheme.LIGHT: _merged(sheets[Scheme.LIGHT], light),
        Scheme.DARK: _merged(sheets[Scheme.DARK], dark),
        Scheme.PRINT: _merged(sheets[Scheme.PRINT], light),
    }
    problems += faults(palettes, pairs(folder, entry.name, cache))
    return palettes


def _given(
    values: Mapping[str, str], where: Sequence[str | int], error: Place
) -> Mapping[str, Colour]:
    return {
        name: Colour(value, error((*where, name), "").removesuffix(": "), _GIVEN)
        for name, value in values.items()
    }


def _darkened(
    given: Mapping[str, Colour], sheets: Mapping[Scheme, Colours]
) -> Mapping[str, Colour]:
    """Colours for the dark scheme in the hues of the given ones, as light as the theme's own.

    Where a theme has the same colour in both schemes, the given one is that too.
    """
    light, dark = _plain(sheets[Scheme.LIGHT]), _plain(sheets[Scheme.DARK])
    return {
        name: replace(
            colour,
            value=colour.value
            if dark[name].value == light[name].value
            else as_light_as(colour.value, dark[name].value),
            made=True,
        )
        for name, colour in given.items()
        if name in light and name in dark and not isinstance(sheets[Scheme.DARK].get(name), str)
    }


def _merged(sheets: Colours, given: Mapping[str, Colour]) -> Palette:
    """What the style sheets say with what the YAML says instead.

    Tints and bands that nobody gives take the hue of a given accent and keep their own luminance,
    so that whatever stands out from them still does.
    """
    merged: dict[str, Colour | str] = {**sheets, **given}
    if accent := given.get("accent"):
        for name, tint in sheets.items():
            if name.startswith(_FOLLOWERS) and name not in given and isinstance(tint, Colour):
                merged[name] = replace(tint, value=tinged(tint.value, accent.value))
    return _plain(merged)


def _plain(mixed: Colours) -> Palette:
    """The colours with each name that stands for another replaced by that one's colour."""
    found: dict[str, Colour] = {}
    for name in mixed:
        value: Colour | str | None = name
        seen: set[str] = set()
        while isinstance(value, str) and value not in seen:
            seen.add(value)
            value = mixed.get(value)
        if isinstance(value, Colour):
            found[name] = value
    return found


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two colours that meet in a scheme."""

    scheme: Scheme
    pair: Pair
    ground: Colour
    figure: Colour

    @property
    def fails(self) -> bool:
        return contrast(self.ground.value, self.figure.value) < NEEDED[self.pair.use]

    @property
    def at_fault(self) -> Colour:
        return self.ground if self.ground.rank > self.figure.rank else self.figure


def faults(palettes: Mapping[Scheme, Palette], meetings: Sequence[Pair]) -> Iterator[str]:
    """One line for each colour that can't be told from what it meets, with a shade that can."""
    met = [
        _Meeting(scheme, pair, palette[pair.ground], palette[pair.figure])
        for scheme, palette in palettes.items()
        for pair in meetings
        if pair.ground in palette and pair.figure in palette
    ]
    told: set[str] = set()
    for meeting in met:
        culprit = meeting.at_fault
        if meeting.fails and culprit.place not in told:
            told.add(culprit.place)
            here = [other for other in met if other.scheme is meeting.scheme]
            yield _fault(meeting, _suggestion(culprit, met) or _suggestion(culprit, here))


def _suggestion(culprit: Colour, met: Sequence[_Meeting]) -> str | None:
    others = [
        (other.value, NEEDED[meeting.pair.use])
        for meeting in met
        for one, other in (
            (meeting.figure, meeting.ground),
            (meeting.ground, meeting.figure),
        )
        if one == culprit
    ]
    return nearest(culprit.value, list(dict.fromkeys(others)))


def _fault(meeting: _Meeting, suggestion: str | None) -> str:
    pair, use = meeting.pair, meeting.pair.use
    # Rounded down, so that 4.49 is not told as enough.
    ratio = int(contrast(meeting.ground.value, meeting.figure.value) * 10) / 10
    culprit = pair.ground if meeting.at_fault is meeting.ground else pair.figure
    if suggestion is None:
        way_out = "no shade of it would do"
    elif meeting.at_fault.made:
        way_out = f'write dark: {{{culprit}: "{suggestion}"}}'
    else:
        way_out = f"{'' if culprit == pair.figure else culprit + ' '}{suggestion} would do"
    return (
        f"{meeting.at_fault.place}: theme colours: {pair.figure} {meeting.figure.value} on "
        f"{pair.ground} {meeting.ground.value} has a contrast of {ratio:g}:1"
        f"{_SCHEMES[meeting.scheme]} ({_NOUNS[use]} {NEEDED[use]:g}:1; {way_out})"
    )


class _Fonts:
    """Looks for fonts where paper can find them."""

    def __init__(self, folder: Path, error: Place, problems: list[str]) -> None:
        self._folder = folder / "templates" / "fonts"
        self._error = error
        self._problems = problems

    def faces(self, entry: ThemeEntry) -> tuple[Face, ...]:
        """Faces of the user's own that paper needs; a problem for each font that isn't there."""
        needed: dict[str, tuple[Face, ...]] = {}
        for key, families in (("text", entry.fonts.text), ("headings", entry.fonts.headings)):
            if families:
                needed[families[0]] = self._look(families[0], ("theme", "fonts", key))
        return tuple(face for faces in needed.values() for face in faces)

    def _look(self, family: str, where: Sequence[str]) -> tuple[Face, ...]:
        try:
            own = fonts.own(self._folder)
        except fonts.FontFileError as damage:
            self._problems.append(self._error(where, f"theme fonts: {damage}"))
            return ()
        if family in own:
            return tuple(own[family])
        if family in (*fonts.PACKAGED, *fonts.GENERIC) or family in fonts.installed():
            return ()
        known = sorted({*fonts.PACKAGED, *own, *fonts.installed()})
        hint = _nearest(family, known) or f"put its .ttf or .otf files into {self._folder}"
        places = (
            f"not among the packaged ones ({', '.join(fonts.PACKAGED)}), not in {self._folder}, "
            "not installed on this system"
        )
        problem = f"theme fonts: no font is called {family!r}: {places} ({hint})"
        self._problems.append(self._error(where, problem))
        return ()


def _logo(settings: Styled, folder: Path, error: Place, problems: list[str]) -> Logo | None:
    entry = settings.theme
    if entry.logo is None:
        return None
    alt = entry.logo_alt or settings.organisation
    if alt is None:
        way_out = "write logo_alt: or organisation:"
        wanted = f"theme logo: nothing says whose it is to those who cannot see it ({way_out})"
        problems.append(error(("theme", "logo"), wanted))
    try:
        return Logo(pictures.read_logo(entry.logo, folder), alt or "")
    except pictures.PictureError as problem:
        problems.append(error(("theme", "logo"), f"theme logo: {problem}"))
        return None
