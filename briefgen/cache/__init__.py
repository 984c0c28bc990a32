"""What was read and found before, kept by content in the user's cache folder.

A key names everything that a value depends on: the bytes it was made from, the code that made it,
the packages below that, the model. Nothing in the cache is ever changed, and nothing in it can be
out of date; what is no longer asked for goes in time.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from briefgen.cache import fingerprint, nouns
from briefgen.cache.store import Store

__all__ = ["Cache"]

T = TypeVar("T")


class Cache:
    """Values of frozen dataclasses by what they are made from; a context that closes its file."""

    def __init__(self, file: Path | None) -> None:
        """Keep values in a file; with None nothing is kept and everything is made anew."""
        self._store = Store(file) if file else None

    @classmethod
    def of_user(cls) -> "Cache":
        """The cache that every build of this user shares."""
        import platformdirs

        return cls(Path(platformdirs.user_cache_dir("briefgen")) / "found.sqlite3")

    def __enter__(self) -> "Cache":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._store is not None

    def close(self) -> None:
        """Let go of the file; the next value that is asked for opens it again."""
        if self._store:
            self._store.close()

    def remember(
        self,
        hint: Any,
        code: Sequence[str],
        parts: Callable[[], Sequence[bytes]],
        make: Callable[[], tuple[T, bool]],
    ) -> T:
        """The value of a type, made now or before.

        ``code`` names the packages of briefgen that make it, ``parts`` everything else that it
        depends on. ``make`` also says whether the value may be kept.
        """
        if self._store is None:
            return make()[0]
        depends = [str(hint).encode(), *parts()]
        kept = self.get(code, depends)
        if kept is not None:
            try:
                value: T = nouns.loads(hint, kept)
            except ValueError:
                pass  # no such value: made again, and put in its place
            else:
                return value
        value, may_be_kept = make()
        if may_be_kept:
            self.put(code, depends, nouns.dumps(value))
        return value

    def get(self, code: Sequence[str], parts: Sequence[bytes]) -> bytes | None:
        """Bytes that were put there for the same code and parts."""
        made_by = fingerprint.of_code(tuple(code)) if self._store else None
        if self._store is None or made_by is None:
            return None
        return self._store.get(fingerprint.of_parts(made_by, *parts))

    def put(self, code: Sequence[str], parts: Sequence[bytes], value: bytes) -> None:
        """Keep bytes that some packages of briefgen made from all these parts."""
        made_by = fingerprint.of_code(tuple(code)) if self._store else None
        if self._store is not None and made_by is not None:
            self._store.put(fingerprint.of_parts(made_by, *parts), value)

    def digest(self, files: Sequence[Path]) -> bytes:
        """Digest of the content of large files, read only after they changed.

        Empty where nothing is kept. Raises OSError where a file can't be read.
        """
        if self._store is None:
            return b""
        return fingerprint.of_parts(*(self._digest(file, self._store) for file in files))

    def _digest(self, file: Path, store: Store) -> bytes:
        before = fingerprint.state_of(file)
        if before is None:
            return fingerprint.of_file(file)
        key = fingerprint.of_parts(b"file", before)
        digest = store.get(key)
        if digest is None:
            digest = fingerprint.of_file(file)
            if fingerprint.state_of(file) == before:
                store.put(key, digest)
        return digest
