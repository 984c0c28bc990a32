"""What the preview shows now, shared by the thread that builds and those that answer browsers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Condition


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of the preview."""

    version: int = 0
    """Grows with every change of anything below."""
    brief: int = 0
    """Grows with every change of the page; 0 while there was no good brief yet."""
    title: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Files of the last good brief by name; slow ones are there as soon as they are made."""
    problems: Sequence[str] = ()
    """What keeps the newest brief from being made, one problem a line."""


class Board:
    """Holds the newest state and wakes whoever waits for another."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._shown = Shown()
        self._closed = False

    @property
    def shown(self) -> Shown:
        """The newest state."""
        with self._changed:
            return self._shown

    def show(self, title: str, files: Mapping[str, bytes]) -> None:
        """Show a new brief, and no problem."""
        with self._changed:
            now = self._shown
            same = (now.title, now.files.get("brief.html")) == (title, files.get("brief.html"))
            brief = now.brief if same else now.brief + 1
            self._set(replace(now, brief=brief, title=title, files=files, problems=()))

    def add(self, files: Mapping[str, bytes]) -> None:
        """Add files to the brief that is shown."""
        with self._changed:
            self._set(replace(self._shown, files={**self._shown.files, **files}))

    def fail(self, problems: Sequence[str]) -> None:
        """Say what is wrong; the last good brief stays."""
        with self._changed:
            self._set(replace(self._shown, problems=tuple(problems)))

    def _set(self, shown: Shown) -> None:
        if shown != self._shown:
            self._shown = replace(shown, version=self._shown.version + 1)
            self._changed.notify_all()

    def after(self, version: int, seconds: float) -> Shown | None:
        """A state newer than a version, as soon as there is one; None after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._shown.version > version, seconds)
            return self._shown if self._shown.version > version else None

    @property
    def closed(self) -> bool:
        """Whether the preview has ended."""
        return self._closed

    def close(self) -> None:
        """Let go of whoever waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
