"""One SQLite file of keys and values that any number of processes share, and that mends itself."""

import hashlib
import logging
import os
import sqlite3
import time
import zlib
from pathlib import Path

log = logging.getLogger(__name__)

MAX_BYTES = 256_000_000
"""Size of all values; beyond it the least recently used go. A report of 100 pages takes some
100 kB, so this holds what 2,500 of them say."""

MAX_AGE = 90 * 86_400
"""Seconds for which a value is kept that nobody asks for: a brief may be taken up next quarter."""

WAIT = 2.0
"""Seconds to wait for another build that writes; after them this one goes on without the cache."""

_APPLICATION = 0x62726966
"""What marks a file as ours, in SQLite's header: “brif”."""

_LAYOUT = 1
"""Version of the table; a file of another one is set aside."""

_DAY = 86_400

_TIDY = 50
"""Values after which a process that puts many takes away what is too much."""

_LEVEL = 1
"""Of zlib: 6 makes values a tenth smaller and takes twice as long."""


class Store:
    """Bytes by key. Nothing here raises: a cache that can't be used only makes a build slower."""

    def __init__(self, file: Path, max_bytes: int = MAX_BYTES, max_age: float = MAX_AGE) -> None:
        """Name the file; it is opened, or made, when it is first asked for something."""
        self._file = file
        self._max_bytes = max_bytes
        self._max_age = max_age
        self._database: sqlite3.Connection | None = None
        self._opened: int | None = None
        self._off = False
        self._puts = 0

    def get(self, key: bytes) -> bytes | None:
        """The value that was put under a key, if it is there and undamaged."""
        try:
            database = self._connection()
            if database is None:
                return None
            with database:
                row = database.execute(
                    "SELECT value, digest, used FROM entries WHERE key = ?", (key,)
                ).fetchone()
                if row is None:
                    return None
                value, digest, used = row
                if digest != _digest(key, value):
                    raise _Unlike("a value is not what was put there")
                now = int(time.time())
                # Written once a day, so that a build that finds everything writes nothing.
                if abs(now - used) > _DAY:
                    database.execute("UPDATE entries SET used = ? WHERE key = ?", (now, key))
                return zlib.decompress(value)
        except (sqlite3.DatabaseError, zlib.error, TypeError) as problem:
            self._fail(problem)
            return None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value under a key, in place of any other."""
        packed = zlib.compress(value, _LEVEL)
        row = (key, len(packed), int(time.time()), _digest(key, packed), packed)
        try:
            database = self._connection()
            if database is None:
                return
            with database:
                database.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", row)
            self._puts += 1
            if self._puts % _TIDY == 0:
                self._prune(database)
        except sqlite3.DatabaseError as problem:
            self._fail(problem)

    def close(self) -> None:
        """Let go of the file; if this process put something there, what is too much goes first."""
        try:
            if self._database is not None:
                if self._puts % _TIDY:
                    self._prune(self._database)
                self._database.close()
        except sqlite3.DatabaseError as problem:
            log.info("%s: cannot be tidied: %s", self._file, problem)
        self._database = None

    def _prune(self, database: sqlite3.Connection) -> None:
        with database:
            oldest = int(time.time() - self._max_age)
            database.execute("DELETE FROM entries WHERE used < ?", (oldest,))
            # Adds up sizes from the last used on, and deletes what lies beyond the limit.
            database.execute(
                "DELETE FROM entries WHERE key IN (SELECT key FROM (SELECT key, sum(size) OVER"
                " (ORDER BY used DESC, rowid DESC) AS total FROM entries) WHERE total > ?)",
                (self._max_bytes,),
            )
        # Frees a page at every step; execute takes one step, a script all of them.
        database.executescript("PRAGMA incremental_vacuum")

    def _connection(self) -> sqlite3.Connection | None:
        attempts = 0
        while self._database is None and not self._off:
            attempts += 1
            try:
                self._database = self._open()
            except (sqlite3.DatabaseError, OSError) as problem:
                self._fail(problem)
                self._off = self._off or attempts > 1
        return self._database

    def _open(self) -> sqlite3.Connection:
        # What is kept are the words of the user's documents: nobody else's to read.
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        self._opened = self._file.stat().st_ino
        database = sqlite3.connect(self._file, timeout=WAIT)
        try:
            _set_up(database)
        except BaseException:
            database.close()
            raise
        return database

    def _fail(self, problem: Exception) -> None:
        """After a problem of the file: begin a new one if it is damaged, else do without."""
        if self._database is not None:
            self._database.close()
            self._database = None
        if _is_damage(problem):
            self._set_aside(problem)
        else:
            log.info("%s: the cache is not used: %s", self._file, problem)
            self._off = True

    def _set_aside(self, problem: Exception) -> None:
        log.info("%s: is damaged, or not briefgen's (%s); set aside", self._file, problem)
        try:
            # Another build may have done so already: its new file stays.
            if self._file.stat().st_ino == self._opened:
                self._file.replace(self._file.with_name(f"{self._file.name}.damaged"))
                for suffix in ("-wal", "-shm"):
                    self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            log.info("%s: the cache is not used: %s", self._file, error)
            self._off = True


class _Unlike(sqlite3.DatabaseError):
    """A database that isn't this cache, or a value that isn't what was put there."""


def _is_damage(problem: Exception) -> bool:
    """Whether a problem lies in the file itself, not in a lock, a right or a full disk."""
    if isinstance(problem, _Unlike | zlib.error | TypeError):
        return True
    # The lowest byte is the kind of error; the others tell it more exactly.
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""A table that is missing or another, pages that don't fit, or no database at all."""


def _set_up(database: sqlite3.Connection) -> None:
    """Make a new file ours, and refuse one that is somebody else's."""
    # A value that a power cut takes back is made again.
    database.execute("PRAGMA synchronous = NORMAL")
    # One transaction here too: a build that begins in between would be taken for damage.
    database.execute("BEGIN")
    mark, layout, tables = (
        database.execute(query).fetchone()[0]
        for query in (
            "PRAGMA application_id",
            "PRAGMA user_version",
            "SELECT count(*) FROM sqlite_master",
        )
    )
    database.rollback()
    if (mark, layout) == (_APPLICATION, _LAYOUT):
        return
    if mark or layout or tables:
        raise _Unlike("another program's database, or another version's")
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")
    database.execute("PRAGMA journal_mode = WAL")
    # One transaction: two builds that begin at once both find either nothing or everything.
    database.executescript(
        f"""
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS entries (
            key BLOB PRIMARY KEY, size INTEGER NOT NULL, used INTEGER NOT NULL,
            digest BLOB NOT NULL, value BLOB NOT NULL);
        PRAGMA application_id = {_APPLICATION};
        PRAGMA user_version = {_LAYOUT};
        COMMIT;
        """
    )


def _digest(key: bytes, packed: bytes) -> bytes:
    return hashlib.blake2b(key + packed, digest_size=16).digest()
