"""The formats that take a second and more, made in a process of their own beside the preview.

A thread would share the interpreter with the next build and slow it down.
"""

import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Condition, Thread

from briefgen.cache import Cache
from briefgen.errors import BriefgenError
from briefgen.model import Artifact, Brief
from briefgen.render import render


@dataclass(frozen=True, slots=True)
class Job:
    """One brief in the formats that are slow."""

    number: int
    brief: Brief
    formats: Sequence[str]
    folder: Path
    """Where the YAML stands."""


Made = Callable[[int, Sequence[Artifact] | BriefgenError], None]
"""Given a job's number and what came of it, from another thread."""


class Slow:
    """Does the newest job; one that a newer overtakes before it is begun is never done."""

    def __init__(self, made: Made, *, cache: bool) -> None:
        self._made = made
        self._asked = Condition()
        self._next: Job | None = None
        self._thread: Thread | None = None
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        # A daemon ends with this process, whatever it is doing.
        self._process = context.Process(target=_work, args=(theirs, cache), daemon=True)

    def ask(self, job: Job) -> None:
        """Take a job in place of any that waits."""
        if self._thread is None:
            self._process.start()
            self._thread = Thread(target=self._pass_on, daemon=True)
            self._thread.start()
        with self._asked:
            self._next = job
            self._asked.notify()

    def close(self) -> None:
        """End the process."""
        if self._thread is not None:
            self._process.terminate()

    def _pass_on(self) -> None:
        while True:
            with self._asked:
                self._asked.wait_for(lambda: self._next is not None)
                job, self._next = self._next, None
            assert job is not None
            try:
                self._ours.send(job)
                found = self._ours.recv()
            except (EOFError, OSError):
                return  # the preview ends
            self._made(job.number, found)


def _work(jobs: Connection, cache: bool) -> None:
    """Do jobs until the preview is gone; what was made before is taken from the cache."""
    # Ctrl-C reaches every process of a terminal; the preview's own ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kept = Cache.of_user() if cache else Cache(None)
    while True:
        try:
            job: Job = jobs.recv()
        except (EOFError, OSError):
            return
        try:
            jobs.send(render(job.brief, job.formats, job.folder, kept))
        except BriefgenError as error:
            jobs.send(error)
