"""Outputs are replaced all at once, and nothing else in the folder is touched."""

import random
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

from briefgen.errors import OutputError
from briefgen.model import Artifact
from briefgen.render import output

NAMES = ("brief.md", "brief.html", "brief.pdf")

WRITE_FOR_EVER = """
import sys
from pathlib import Path, PurePosixPath
from briefgen.model import Artifact
from briefgen.render import output
names, folder, count = sys.argv[2:], Path(sys.argv[1]), 0
while True:
    count += 1
    content = str(count).encode() * 100_000
    output.write([Artifact(PurePosixPath(n), content) for n in names], folder, names, b"")
"""


def artifacts(content: bytes, *names: str) -> list[Artifact]:
    return [Artifact(PurePosixPath(name), content) for name in names]


def test_kill_9_leaves_the_whole_old_or_the_whole_new_output(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    output.write(artifacts(b"0", *NAMES), folder, NAMES, b"")
    (folder / "mine.txt").write_text("kept")
    chance = random.Random(4)
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER, str(folder), *NAMES])
        time.sleep(0.3 + chance.random() * 0.3)
        writer.kill()
        writer.wait()
        contents = {(folder / name).read_bytes() for name in NAMES}
        assert len(contents) == 1
        assert (folder / "mine.txt").read_text() == "kept"


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    writer = subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER, str(folder), *NAMES])
    time.sleep(0.5)
    writer.kill()
    writer.wait()
    output.write(artifacts(b"new", *NAMES), folder, NAMES, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["brief"]


def test_a_format_that_is_no_longer_made_goes_and_the_users_files_stay(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    output.write(artifacts(b"old", *NAMES), folder, NAMES, b"")
    (folder / "notes").mkdir()
    (folder / "notes" / "mine.txt").write_text("kept")
    (folder / "link").symlink_to("notes/mine.txt")
    written = output.write(artifacts(b"new", "brief.md"), folder, NAMES, b"")
    assert written == [folder / "brief.md"]
    assert sorted(path.name for path in folder.iterdir()) == ["brief.md", "link", "notes"]
    assert (folder / "link").read_text() == "kept"


def test_a_system_that_cannot_swap_names_still_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_exchange", lambda *_: False)
    folder = tmp_path / "brief"
    output.write(artifacts(b"old", *NAMES), folder, NAMES, b"")
    output.write(artifacts(b"new", *NAMES), folder, NAMES, b"")
    assert {path.read_bytes() for path in folder.iterdir()} == {b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["brief"]


def test_a_folder_that_is_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "brief").symlink_to("elsewhere")
    output.write(artifacts(b"new", "brief.md"), tmp_path / "brief", NAMES, b"")
    assert (tmp_path / "brief").is_symlink()
    assert (tmp_path / "elsewhere" / "brief.md").read_bytes() == b"new"


def test_a_file_in_the_way_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "brief").write_text("mine")
    with pytest.raises(OutputError, match=r"brief: cannot be written: .* \(a file is in the way\)"):
        output.write(artifacts(b"new", "brief.md"), tmp_path / "brief", NAMES, b"")
    assert (tmp_path / "brief").read_text() == "mine"


def test_a_file_of_the_users_own_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    folder.mkdir()
    (folder / "brief.pdf").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"brief\.pdf: was not written by briefgen"):
        output.write(artifacts(b"new", "brief.md"), folder, NAMES, b"mark")
    assert [path.name for path in folder.iterdir()] == ["brief.pdf"]
    (folder / "brief.pdf").unlink()
    (folder / "brief.md" / "sub").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"brief\.md: is no file that briefgen wrote"):
        output.write(artifacts(b"new", "brief.md"), folder, NAMES, b"mark")


def test_a_picture_in_a_folder_is_replaced_and_its_neighbours_stay(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    output.write(artifacts(b"old", "brief.md", "figs/a.png"), folder, NAMES, b"")
    (folder / "figs" / "mine.png").write_bytes(b"mine")
    output.write(artifacts(b"new", "brief.md", "figs/a.png"), folder, NAMES, b"")
    assert (folder / "figs" / "a.png").read_bytes() == b"new"
    assert (folder / "figs" / "mine.png").read_bytes() == b"mine"
