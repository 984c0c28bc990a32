"""A cache file that is full, old, damaged, foreign, shared or out of reach never stops a build."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.cache.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "found.sqlite3"


def filled(file: Path, **values: bytes) -> None:
    store = Store(file)
    for key, value in values.items():
        store.put(key.encode(), value)
    store.close()


def test_values_stay_for_the_next_process(file):
    filled(file, a=b"one", b=b"")
    store = Store(file)
    assert (store.get(b"a"), store.get(b"b"), store.get(b"c")) == (b"one", b"", None)


def test_a_new_value_takes_the_place_of_the_old_one(file):
    filled(file, a=b"one")
    filled(file, a=b"two")
    assert Store(file).get(b"a") == b"two"


def test_nobody_else_can_read_it(file):
    filled(file, a=b"the words of a confidential draft")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content",
    [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096],
)
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(file, content):
    file.parent.mkdir()
    file.write_bytes(content)
    store = Store(file)
    assert store.get(b"a") is None
    store.put(b"a", b"one")
    store.close()
    assert Store(file).get(b"a") == b"one"
    assert file.with_name("found.sqlite3.damaged").read_bytes() == content


def test_another_programs_database_is_set_aside_whole(file):
    file.parent.mkdir()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE entries (key, letters)")
        other.execute("INSERT INTO entries VALUES ('a', 'mine')")
    other.close()
    filled(file, a=b"one")
    assert Store(file).get(b"a") == b"one"
    with sqlite3.connect(file.with_name("found.sqlite3.damaged")) as other:
        assert other.execute("SELECT * FROM entries").fetchall() == [("a", "mine")]


def test_a_cut_off_file_is_never_a_wrong_value(file):
    value = os.urandom(50_000)
    filled(file, a=value, b=value[::-1])
    whole = file.read_bytes()
    for length in range(0, len(whole), 7919):
        for left in file.parent.iterdir():
            left.unlink()
        file.write_bytes(whole[:length])
        store = Store(file)
        assert store.get(b"a") in (value, None)
        store.put(b"c", b"three")
        store.close()
        assert Store(file).get(b"c") == b"three"


def test_a_changed_value_is_not_given_out(file):
    filled(file, a=b"one", b=b"two")
    with sqlite3.connect(file) as database:
        database.execute(
            "UPDATE entries SET value = (SELECT value FROM entries WHERE key = ?)", (b"b",)
        )
    database.close()
    store = Store(file)
    assert store.get(b"a") is None
    store.put(b"a", b"one")
    assert store.get(b"a") == b"one"


def test_a_missing_table_is_made_again(file):
    filled(file, a=b"one")
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE entries")
    database.close()
    store = Store(file)
    assert store.get(b"a") is None
    store.put(b"a", b"one")
    assert store.get(b"a") == b"one"


def test_without_a_place_to_write_it_is_as_if_there_were_none(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    store = Store(tmp_path / "cache" / "found.sqlite3")
    store.put(b"a", b"one")
    assert store.get(b"a") is None
    store.close()


def test_a_folder_in_its_place_is_left_alone(file):
    (file / "mine").mkdir(parents=True)
    store = Store(file)
    store.put(b"a", b"one")
    assert store.get(b"a") is None
    assert (file / "mine").is_dir()


def test_a_file_that_another_holds_is_done_without(file, monkeypatch):
    monkeypatch.setattr("briefgen.cache.store.WAIT", 0.05)
    filled(file, a=b"one")
    holder = sqlite3.connect(file)
    holder.execute("BEGIN IMMEDIATE")
    store = Store(file)
    assert store.get(b"a") == b"one"
    store.put(b"b", b"two")  # waits, gives up, and raises nothing
    store.close()
    holder.rollback()
    assert Store(file).get(b"a") == b"one"
    assert not file.with_name("found.sqlite3.damaged").exists()


def test_the_least_used_go_when_it_is_full(file):
    store = Store(file, max_bytes=25_000)
    for name in (b"a", b"b", b"c"):
        store.put(name, os.urandom(10_000))
    store.close()
    left = Store(file)
    assert [left.get(name) is not None for name in (b"a", b"b", b"c")] == [False, True, True]


def test_a_full_file_gets_smaller(file):
    filled(file, **{f"k{n}": os.urandom(100_000) for n in range(10)})
    store = Store(file, max_bytes=150_000)
    store.put(b"last", b"one")
    store.close()
    assert file.stat().st_size < 300_000


def test_what_nobody_asks_for_goes_in_time(file):
    filled(file, old=b"one", asked=b"two")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE entries SET used = used - 80 * 86400")
    database.close()
    assert Store(file).get(b"asked") == b"two"
    with sqlite3.connect(file) as database:
        database.execute("UPDATE entries SET used = used - 20 * 86400")
    database.close()
    filled(file, new=b"three")
    store = Store(file)
    assert (store.get(b"old"), store.get(b"asked")) == (None, b"two")


WRITER = """
import sys
from pathlib import Path
from briefgen.cache.store import Store
store = Store(Path(sys.argv[1]))
for n in range(100):
    key = str(n).encode()
    assert store.get(key) in (None, key * 999), key
    store.put(key, key * 999)
store.close()
"""


def test_builds_at_once_share_one_file(file):
    command = [sys.executable, "-c", WRITER, str(file)]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(one.communicate()[1], one.returncode) for one in writers] == [(b"", 0)] * 3
    store = Store(file)
    assert all(store.get(str(n).encode()) == str(n).encode() * 999 for n in range(100))
    assert sorted(one.name for one in file.parent.iterdir() if "damaged" in one.name) == []
