"""Number the figures and tables once, in reading order, and know them by name."""

import difflib
from collections.abc import Sequence

from briefgen.model import Caption, Captioned

_PREFIXES = {Captioned.FIGURE: "fig", Captioned.TABLE: "tab"}


class Captions:
    """Hands out the numbers of figures and tables."""

    def __init__(self) -> None:
        self._last = dict.fromkeys(Captioned, 0)
        self._named: dict[str, Caption] = {}

    def take(self, kind: Captioned, name: str | None = None) -> Caption:
        """The next caption of a kind; the first to take a name is the one that it refers to."""
        self._last[kind] += 1
        caption = Caption(kind, self._last[kind])
        if name:
            self._named.setdefault(f"{_PREFIXES[kind]}:{name}", caption)
        return caption

    def find(self, name: str) -> Caption | None:
        """The caption that a name such as ``fig:positions`` refers to."""
        return self._named.get(name)

    def problem(self, name: str) -> str:
        """What to say of a name that refers to nothing."""
        prefix, _, own = name.partition(":")
        what = next(kind for kind, short in _PREFIXES.items() if short == prefix)
        known = [one for one in self._named if one.startswith(f"{prefix}:")]
        return f"no {what} is called {own!r} ({_way_out(name, known)})"


def _way_out(name: str, known: Sequence[str]) -> str:
    if not known:
        return "this brief has none"
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean [@{close[0]}]?" if close else f"known: {', '.join(known)}"
