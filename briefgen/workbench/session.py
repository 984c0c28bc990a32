"""One brief under review: what is found, what the decisions file says now, and the way back."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from briefgen import pipeline
from briefgen.assemble.names import Names
from briefgen.cache import Cache
from briefgen.errors import BriefgenError, ConfigError
from briefgen.finder import Finder
from briefgen.model import Extraction, Finding, Kind, Span, Verb
from briefgen.review import Decisions, Order, Reviewed, Step, add, beside, decide, review, undo
from briefgen.review.file import loads, read
from briefgen.text.grounding import ground
from briefgen.workbench.view import View, view

_REMEMBERED = 20
"""States that a page may still show while others decide on the same brief in another window."""


@dataclass(frozen=True, slots=True)
class State:
    """What a page shows, and what it says of it."""

    version: int
    view: View
    problems: Sequence[str]
    """What keeps the newest decisions, or the newest sources, from being read."""
    undoable: bool


class Session:
    """The newest state of a review; every change goes through the decisions file."""

    def __init__(
        self,
        path: Path,
        brief: str | None,
        by: str | None,
        progress: pipeline.Progress | None = None,
    ) -> None:
        """Read everything. Raises BriefgenError where the user's input has a problem."""
        self._path = path
        self._brief = brief
        self._by = (by or "").strip() or None
        self._lock = Lock()
        self._building = Lock()
        self._steps: list[Step] = []
        self._states: dict[int, State] = {}
        self._config = pipeline.load_one(path, brief, Cache(None))
        self._extractions: Sequence[Extraction] = ()
        self._actors: Mapping[str, Sequence[str]] = {}
        self._names = Names({}, ())
        self._shown: tuple[str | None, View] | None = None
        """What the decisions file said when it was read last, and what is shown of that."""
        self._unread: tuple[str, ...] = ()
        """What kept the YAML or a source from being read when a page was opened last."""
        self._find(progress)
        self._now = self._applied(1)

    @property
    def folder(self) -> Path:
        """Where the YAML stands."""
        return self._path.parent

    @property
    def title(self) -> str:
        """The brief's, as it was last without a problem."""
        return self._config.settings.title

    @property
    def file(self) -> Path:
        """The decisions file."""
        return beside(self._config)

    def open(self) -> State:
        """The state of a page that is opened: the YAML and the sources are read again too."""
        with self._lock:
            self._unread = ()
            try:
                self._config = pipeline.load_one(self._path, self._brief, Cache(None))
                self._find(None)
            except BriefgenError as error:
                self._unread = tuple(error.lines)
            return self._look()

    def look(self) -> State:
        """The newest state, with what has been written into the decisions file by hand."""
        with self._lock:
            return self._look()

    def before(self, version: int) -> State | None:
        """A state that a page may show; None for one that is long past."""
        with self._lock:
            return self._now if version == self._now.version else self._states.get(version)

    def decide(
        self,
        id_: str,
        verb: Verb,
        fields: Mapping[str, Any],
        others: Sequence[str] = (),
        note: str | None = None,
        reason: str | None = None,
    ) -> State:
        """Write a decision. Raises BriefgenError where it has a problem, or the file has one."""

        def write(path: Path, reviewed: Reviewed) -> Step:
            finding = self._finding(reviewed, id_)
            for other in others:
                self._finding(reviewed, other)
            order = Order(verb, fields, others, note, reason, self._by, self._today())
            key = reviewed.keys.get(id_)
            return decide(path, order, finding, key, self._extractions)

        return self._step(write)

    def add(
        self, source: str, quote: str, start: int | None, kind: Kind, fields: Mapping[str, Any]
    ) -> tuple[State, str]:
        """Write an addition that quotes a source's words, from a character on where it is given.

        Returns the finding's id too. Raises BriefgenError where it has a problem, or its words do
        not stand there.
        """

        def write(path: Path, _: Reviewed) -> Step:
            found = [e.document for e in self._extractions if e.document.source.id == source]
            if not found:
                raise ConfigError(f"{source}: no source has this id (load the page again)")
            within = None if start is None else Span(start, len(found[0].text))
            span = ground(found[0], quote, within).span
            if start not in (None, span.start):
                raise ConfigError(f"{source}: has been edited meanwhile (load the page again)")
            signed = {"who": self._by, "when": self._today()}
            said = {**fields, **{key: value for key, value in signed.items() if value}}
            step, id_ = add(path, kind, span, found[0], said, self._extractions)
            made.append(id_)
            return step

        made: list[str] = []
        return self._step(write), made[0]

    def undo(self) -> State:
        """Take the last step of this session back. Raises BriefgenError where that can't be."""
        with self._lock:
            if self._steps:
                undo(beside(self._config), self._steps[-1], self._extractions)
                self._steps.pop()
            return self._look()

    def html(self) -> bytes:
        """The brief as the YAML, the sources and the decisions say it now. Raises BriefgenError."""
        with self._building, Cache.of_user() as cache:
            config = pipeline.load_one(self._path, self._brief, cache)
            brief = pipeline.compose(config, cache, Finder(cache))
            made = pipeline.set_out(brief, ["html"], config.folder, cache)
        return next(one.content for one in made if one.path.name == "brief.html")

    def finish(self) -> None:
        """Wait for what is being written, and begin nothing more."""
        self._lock.acquire()

    def _step(self, write: Callable[[Path, Reviewed], Step]) -> State:
        with self._lock:
            path = beside(self._config)
            reviewed = review(self._decisions(read(path)), self._extractions)
            step = write(path, reviewed)
            if step.after != step.before:
                self._steps.append(step)
            return self._look()

    def _look(self) -> State:
        version = self._now.version + 1
        try:
            now = self._applied(version)
        except BriefgenError as error:
            problems = (*self._unread, *error.lines)
            now = State(version, self._now.view, problems, self._now.undoable)
        was = self._now
        if (now.view, now.problems, now.undoable) != (was.view, was.problems, was.undoable):
            self._states[was.version] = was
            self._now = now
            for old in list(self._states)[:-_REMEMBERED]:
                del self._states[old]
        return self._now

    def _applied(self, version: int) -> State:
        """What the decisions file makes of the findings. Raises ConfigError where it has a problem.

        Nothing is done again for a text that is shown already.
        """
        text = read(beside(self._config))
        if self._shown is None or text != self._shown[0]:
            decisions = self._decisions(text)
            reviewed = review(decisions, self._extractions)
            said = {key: value or {} for key, value in (decisions.tree.data or {}).items()}
            said.pop("add", None)
            self._shown = (text, view(reviewed, self._names, said))
        return State(version, self._shown[1], self._unread, bool(self._steps))

    def _decisions(self, text: str | None) -> Decisions:
        path = beside(self._config)
        return Decisions(path) if text is None else loads(path, text)

    def _find(self, progress: pipeline.Progress | None) -> None:
        # A cache of its own, as for each build: its database is for one thread alone.
        with Cache.of_user() as cache:
            found = pipeline.find(self._config, cache, Finder(cache), progress)
        actors = self._config.settings.actors
        if (found, actors) == (self._extractions, self._actors):
            return
        self._extractions, self._actors, self._shown = found, actors, None
        holders = [f.holder.name for e in found for f in e.findings if f.holder]
        texts = [e.document.text for e in found]
        self._names = Names(actors, texts, holders)

    def _finding(self, reviewed: Reviewed, id_: str) -> Finding:
        """A finding as extracted, else as added. Raises ConfigError where there is none."""
        for extractions in (self._extractions, reviewed.extractions):
            for finding in (f for e in extractions for f in e.findings):
                if finding.id == id_:
                    return finding
        raise ConfigError(f"{self._path}: no finding has the id {id_!r} (load the page again)")

    def _today(self) -> str:
        return datetime.date.today().isoformat()
