"""A site on a branch of a git repository, as GitHub Pages and its like serve it.

Nothing but that one branch is touched: not the files that are checked out, not the index, not the
branch that the user is on. The commit is made in a repository of its own that borrows the objects
of the user's, and the branch then moves forward to it in one step, or stays where it was. A branch
of a remote is read from there and pushed there, and the local branch of its name is left alone.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from briefgen.cache import fingerprint
from briefgen.errors import OutputError
from briefgen.publish import tree
from briefgen.publish.places import Notice
from briefgen.publish.places.locking import held

_PROTECTED = ("main", "master")
"""Branches that hold a project's own files, unless they already hold a site."""

_LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
)
"""What git sets for a hook, and what would lead it to another repository than the one meant."""


def named(told: str, home: Path) -> "Branch":
    """The branch of ``git:BRANCH`` or ``git:REMOTE/BRANCH``.

    Raises OutputError where there is no repository, or no branch can have that name.
    """
    place = f"git:{told}"
    git = _repository(place, home) or _repository(place, Path())
    if git is None:
        way_out = "run git init there, or publish to a folder"
        raise OutputError(f"{place}: {home.resolve()} is in no git repository ({way_out})")
    remotes = git("remote").split()
    remote = max((r for r in remotes if told.startswith(f"{r}/")), key=len, default=None)
    branch = told.removeprefix(f"{remote}/") if remote else told
    if branch.startswith("-") or git.said("check-ref-format", f"refs/heads/{branch}") is None:
        raise OutputError(f"{place}: no branch can have that name (such as git:gh-pages)")
    first, slash, _ = branch.partition("/")
    if slash and not remote and git.said("rev-parse", "--verify", f"refs/heads/{branch}") is None:
        # A misspelt remote would else become a branch that nobody sees.
        known = ", ".join(remotes) or "none"
        raise OutputError(f"{place}: there is no remote {first} (known: {known})")
    return Branch(git, remote, branch)


def _repository(place: str, folder: Path) -> "_Git | None":
    """Git at work in the repository that a folder is in, if it is in one."""
    if not folder.is_dir():
        return None
    try:
        said = _Git(place, folder)("rev-parse", "--git-common-dir")
    except _RefusedError as error:
        if "not a git repository" in str(error):
            return None
        raise
    return _Git(place, (folder / said).resolve())


@dataclass
class Branch:
    """A branch that holds a site and, of the user's own, files such as ``CNAME``."""

    git: "_Git"
    remote: str | None
    """Name of the remote that the branch is on; None for one of this repository."""
    branch: str
    _tip: str | None = field(default=None, init=False)
    """Commit that the present site was read from."""

    @property
    def name(self) -> str:
        """Repository, remote and branch."""
        return f"git:{self.git.folder}\0{self.remote or ''}\0{self.branch}"

    def locked(
        self, notice: Notice, *, dry_run: bool = False
    ) -> contextlib.AbstractContextManager[object]:
        """Hold a lock in the repository's own folder; other machines are told by the push."""
        file = self._room.with_suffix(".lock")
        return contextlib.nullcontext() if dry_run else held(file, self.git.place, notice)

    @property
    def _room(self) -> Path:
        """Where a publish works, and what one that was killed left is found again."""
        key = fingerprint.of_parts(self.name.encode("utf-8", "surrogatepass")).hex()[:12]
        return self.git.folder / "briefgen" / key

    @contextlib.contextmanager
    def present(self) -> Iterator[Path]:
        """The files of the branch in a folder of their own, removed afterwards."""
        self._refuse_checked_out()
        room = self._room
        with tree.telling(room):
            shutil.rmtree(room, ignore_errors=True)
            site = room / "site"
            site.mkdir(parents=True)
        try:
            self._tip = self._find_tip()
            if self._tip:
                with tree.telling(room):
                    self._read(self._tip, site)
            self._refuse_others(site)
            yield site
        finally:
            shutil.rmtree(room, ignore_errors=True)
            with contextlib.suppress(OSError):
                room.parent.rmdir()  # where a dry run made it

    def _refuse_checked_out(self) -> None:
        told = self.git("worktree", "list", "--porcelain").splitlines()
        if self.remote is None and f"branch refs/heads/{self.branch}" in told:
            way_out = "such as git:gh-pages"
            raise OutputError(
                f"{self.git.place}: is checked out (name a branch for the site, {way_out})"
            )

    def _find_tip(self) -> str | None:
        ref = f"refs/heads/{self.branch}"
        if self.remote is None:
            return self.git.said("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        told = self.git("ls-remote", self.remote, ref).split()
        if not told:
            return None
        if self.git.said("cat-file", "-e", f"{told[0]}^{{commit}}") is None:
            self.git("fetch", *_QUIETLY, self.remote, ref)
        return told[0]

    def _read(self, tip: str, site: Path) -> None:
        """Write every file as the commit holds it: no attribute of git's changes a byte."""
        names = self.git("ls-tree", "-r", "-z", tip).split("\0")[:-1]
        with self.git.reading() as content:
            for entry in names:
                told, name = entry.split("\t", 1)
                mode, _, id_ = told.split()
                self._refuse_odd(mode, name)
                file = site / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content(id_))
                if mode == "100755":
                    file.chmod(0o755)

    def _refuse_odd(self, mode: str, name: str) -> None:
        """Refuse what could not be put back on the branch as it is: links, modules, odd names."""
        odd = not mode.startswith("100") or name.startswith('"') or "\n" in name
        if odd or {"..", ".git"} & set(PurePosixPath(name).parts):
            way_out = "remove it there, or name another branch"
            raise OutputError(f"{self.git.place}: holds {name!r}, no plain file ({way_out})")

    def _refuse_others(self, site: Path) -> None:
        if not tree.is_free(site):
            way_out = "name a new branch for the site, such as git:gh-pages"
            problem = "holds files and is no site that briefgen wrote"
            raise OutputError(f"{self.git.place}: {problem} ({way_out})")
        if self.branch in _PROTECTED and not any(site.iterdir()):
            way_out = "name another, such as git:gh-pages"
            raise OutputError(f"{self.git.place}: is for a project's own files ({way_out})")

    def deliver(self, fresh: Path, present: Path, message: str) -> None:
        """Add a commit to the branch; nobody else's is ever lost."""
        ref = f"refs/heads/{self.branch}"
        with tree.telling(self._room):
            scratch = self._scratch(present.parent / "scratch.git")
        self._commit(scratch, fresh, message)
        target = (f"{ref}:{ref}",) if self.remote is None else (ref,)
        # Neither a fetch nor a push moves a branch back, or to a commit that lacks what is there.
        local = "-c", "protocol.file.allow=always"
        self.git(*local, "fetch", *_QUIETLY, str(scratch.folder), *target)
        if self.remote is not None:
            commit = scratch("rev-parse", ref)
            self.git("push", "--quiet", self.remote, f"{commit}:{ref}")

    def _scratch(self, folder: Path) -> "_Git":
        """A bare repository with the branch as it is, made of the objects of the user's own."""
        kind = self.git("rev-parse", "--show-object-format")
        self.git("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(folder))
        objects = self.git("rev-parse", "--git-path", "objects")
        alternates = folder / "objects" / "info" / "alternates"
        alternates.parent.mkdir(exist_ok=True)
        alternates.write_text(f"{(self.git.folder / objects).resolve()}\n", "utf-8")
        scratch = _Git(self.git.place, folder)
        if self._tip:
            scratch("update-ref", f"refs/heads/{self.branch}", self._tip)
        for key in ("user.name", "user.email"):
            value = os.environ.get(f"GIT_COMMITTER_{key[5:].upper()}")
            value = value or self.git.said("config", key)
            if not value:
                way_out = f'git config {key} "…"'
                raise OutputError(f"{self.git.place}: git knows no {key} to commit by ({way_out})")
            scratch("config", key, value)
        return scratch

    def _commit(self, scratch: "_Git", fresh: Path, message: str) -> None:
        # In a process of its own: the library works on the repository that the environment names.
        words = ["--no-jekyll", "--branch", self.branch, "--message", message, str(fresh)]
        scratch.run([sys.executable, "-m", "ghp_import", *words], {"GIT_DIR": str(scratch.folder)})


_QUIETLY = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")


@dataclass(frozen=True, slots=True)
class _Git:
    """Git at work in one folder for one place, whose name its errors carry."""

    place: str
    folder: Path

    def __call__(self, *words: str) -> str:
        """What git says. Raises OutputError with the line in which it says why it can't."""
        return self.run(["git", "-C", str(self.folder), *words])

    def said(self, *words: str) -> str | None:
        """What git says; None where it can't do that."""
        try:
            return self(*words)
        except _RefusedError:
            return None

    def run(self, command: Sequence[str], more: dict[str, str] | None = None) -> str:
        """What any command says. Raises OutputError, as above."""
        try:
            done = subprocess.run(command, capture_output=True, env=_environment() | (more or {}))
        except FileNotFoundError:
            raise OutputError(f"{self.place}: needs git (install it)") from None
        except OSError as error:
            raise OutputError(f"{self.place}: git cannot run: {error.strerror}") from None
        if done.returncode:
            raise _RefusedError(self._why(command, os.fsdecode(done.stderr)))
        return os.fsdecode(done.stdout).removesuffix("\n")

    def _why(self, command: Sequence[str], told: str) -> str:
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        if "push" in command and any("[rejected]" in line for line in lines):
            return f"{self.place}: somebody else has published meanwhile (publish again)"
        first = (line for line in lines if line.startswith(("fatal: ", "error: ", " ! ", "! ")))
        line = next(first, lines[-1] if lines else "no reason given")
        said = line.removeprefix("fatal: ").removeprefix("error: ")
        return f"{self.place}: git says: {said} (the site is as it was)"

    @contextlib.contextmanager
    def reading(self) -> "Iterator[_Content]":
        """What reads the content of objects, one after the other."""
        command = ["git", "-C", str(self.folder), "cat-file", "--batch"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=_environment()) as process:
            yield _Content(self.place, process)


@dataclass(frozen=True, slots=True)
class _Content:
    place: str
    process: subprocess.Popen[bytes]

    def __call__(self, id_: str) -> bytes:
        """The bytes of an object. Raises OutputError where the repository lacks it."""
        into, out = self.process.stdin, self.process.stdout
        assert into is not None
        assert out is not None
        into.write(id_.encode() + b"\n")
        into.flush()
        told = out.readline().split()
        if len(told) != 3:
            raise OutputError(f"{self.place}: the repository lacks {id_} (run git fsck)")
        content = out.read(int(told[2]))
        out.read(1)  # the end of the line
        return content


def _environment() -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    return env | {"LC_ALL": "C"}


class _RefusedError(OutputError):
    """Git ran, and would not."""
