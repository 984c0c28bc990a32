"""Where a site goes: a folder, a branch of git, a server; and one publish at a time to each."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from briefgen.cli import main
from briefgen.errors import OutputError
from briefgen.publish import publish

from .harbour import LATER, files, page, write

BRIEF = "briefs/harbour"


def test_a_folder_is_any_name_that_is_no_other_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "work")
    for name in (r"C:\site", "./git:pages", "sites/port:2024"):
        publish([path], name)
        assert (tmp_path / name / BRIEF).is_dir(), name


@pytest.mark.parametrize("name", ["", "  ", "notes:2024", "port.example:site", "-x:/y", "a b:/c"])
def test_a_name_of_no_place_is_told_with_the_ways_to_write_one(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"^--to: .* no place \(write .*\)$"):
        publish([write(tmp_path)], name)


def test_a_folder_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "www").symlink_to("disk")
    for why in ("One.", "Two."):
        publish([write(tmp_path / "work", why=why)], str(tmp_path / "www"))
    assert (tmp_path / "www").is_symlink()
    assert (tmp_path / "disk" / BRIEF / "2024-05-12-2").is_dir()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as error:
        publish([write(tmp_path / "work")], str(tmp_path / "file" / "site"))
    assert len(error.value.lines) == 1
    assert "--out" not in str(error.value)


# Waiting


def test_two_publishes_at_once_are_both_in_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish([write(tmp_path / "first", "first")], str(site))
    paths = [write(tmp_path / slug, slug) for slug in ("port", "harbour")]
    command = [sys.executable, "-m", "briefgen", "publish"]
    running = [subprocess.Popen([*command, str(path), "--to", str(site)]) for path in paths]
    assert [process.wait(120) for process in running] == [0, 0]
    for slug in ("first", "port", "harbour"):
        assert (site / "briefs" / slug / "2024-05-12" / "index.html").is_file()
        assert f'href="briefs/{slug}/index.html"' in page(site, "")
    assert {p.name for p in tmp_path.glob(".site*")} == {".site.lock"}


def test_whoever_waits_is_told_so(tmp_path: Path) -> None:
    path, site = write(tmp_path / "work"), tmp_path / "site"
    lock = FileLock(tmp_path / ".site.lock", thread_local=False)
    lock.acquire()
    told: list[str] = []

    def notice(line: str) -> None:
        told.append(line)
        assert not site.exists()
        lock.release()

    started = time.monotonic()
    publish([path], str(site), notice=notice)
    assert told == [f"{site}: waiting for another publish to end"]
    assert time.monotonic() - started >= 2
    assert site.exists()


# A branch of git

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


class Repository:
    """A repository with a brief in it, and work that its user has not committed yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Ana Lovell")
        self.git("config", "user.email", "ana@port.example")
        self.brief = write(folder / "briefs")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message=Begin")
        (folder / "staged.txt").write_text("staged")
        self.git("add", "staged.txt")
        (folder / "staged.txt").write_text("changed since")
        (folder / "untracked.txt").write_text("mine")

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def own(self) -> tuple[object, ...]:
        """All that a publish leaves alone."""
        state = [self.git(*w) for w in (["status", "--short"], ["diff"], ["diff", "--cached"])]
        tree = {k: v for k, v in files(self.folder).items() if not k.startswith((".git/", "brief"))}
        return (*state, self.git("rev-parse", "main"), self.git("symbolic-ref", "HEAD"), tree)

    def log(self, branch: str = "gh-pages") -> list[str]:
        return self.git("log", "--format=%s", branch).splitlines()

    def site(self, to: Path, branch: str = "gh-pages") -> dict[str, bytes]:
        shutil.rmtree(to, ignore_errors=True)
        self.git("clone", "--quiet", "--branch", branch, str(self.folder), str(to))
        return {k: v for k, v in files(to).items() if not k.startswith(".git/")}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return Repository(tmp_path / "repository")


@needs_git
def test_a_branch_holds_the_site_and_nothing_else_changes(
    repository: Repository, tmp_path: Path
) -> None:
    before = repository.own()
    publish([repository.brief], "git:gh-pages")
    assert repository.own() == before
    assert repository.log() == ["Publish harbour: edition 1, 2024-05-12"]
    assert repository.git("log", "--format=%an %ae", "gh-pages") == "Ana Lovell ana@port.example"
    publish([repository.brief], str(tmp_path / "folder"))
    branch = repository.site(tmp_path / "clone")
    assert branch.pop(".nojekyll") == b""
    assert branch == files(tmp_path / "folder")
    # Nothing changed: no commit, remembered or made again.
    publish([repository.brief], "git:gh-pages")
    publish([repository.brief], "git:gh-pages", cache=False)
    assert len(repository.log()) == 1
    assert [p.suffix for p in (repository.folder / ".git" / "briefgen").iterdir()] == [".lock"]


@needs_git
def test_the_users_files_on_a_branch_stay_and_history_goes_on(
    repository: Repository, tmp_path: Path
) -> None:
    publish([repository.brief], "git:gh-pages")
    repository.git("worktree", "add", "--quiet", str(tmp_path / "pages"), "gh-pages")
    pages = tmp_path / "pages"
    (pages / "CNAME").write_text("briefs.example\n")
    (pages / ".gitattributes").write_text("* text eol=crlf export-ignore\n")
    (pages / "run.sh").write_text("#!/bin/sh\n")
    (pages / "run.sh").chmod(0o755)
    for words in (["add", "."], ["commit", "--quiet", "--message=Own"], ["checkout", "--detach"]):
        subprocess.run(["git", *words], cwd=pages, check=True, capture_output=True)
    first = repository.git("ls-tree", "-r", "gh-pages", f"{BRIEF}/2024-05-12")
    write(repository.folder / "briefs", why=LATER)
    publish([repository.brief], "git:gh-pages")
    assert repository.log() == [
        "Publish harbour: edition 2, 2024-05-12-2",
        "Own",
        "Publish harbour: edition 1, 2024-05-12",
    ]
    assert repository.git("show", "gh-pages:CNAME") == "briefs.example"
    assert "100755" in repository.git("ls-tree", "gh-pages", "run.sh")
    assert repository.git("ls-tree", "-r", "gh-pages", f"{BRIEF}/2024-05-12") == first


@needs_git
def test_a_branch_that_is_not_the_sites_is_refused(repository: Repository) -> None:
    repository.git("branch", "work")
    tips = repository.git("show-ref")
    refusals = {
        "git:main": "is checked out",
        "git:work": "holds files and is no site",
        "git:master": "is for a project's own files",
        "git:a..b": "no branch can have that name",
        "git:": "no branch can have that name",
        "git:--force": "no branch can have that name",
        "git:orgin/gh-pages": "there is no remote orgin",
    }
    for name, problem in refusals.items():
        with pytest.raises(
            OutputError, match=rf"^{re.escape(name)}: .*{problem}.*\(.*\)$"
        ) as error:
            publish([repository.brief], name)
        assert len(error.value.lines) == 1
    assert repository.git("show-ref") == tips


@needs_git
def test_main_may_go_on_holding_a_site(repository: Repository) -> None:
    publish([repository.brief], "git:gh-pages")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.git("branch", "--force", "main", "gh-pages")
    write(repository.folder / "briefs", why=LATER)
    publish([repository.brief], "git:main")
    assert len(repository.log("main")) == 2


@needs_git
def test_no_repository_and_no_name_to_commit_by_are_one_line(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(OutputError, match=r"is in no git repository \(run git init"):
        publish([write(tmp_path / "elsewhere")], "git:gh-pages")
    repository.git("config", "--unset", "user.name")
    with pytest.raises(OutputError, match=r"git knows no user\.name .*\(git config user\.name"):
        publish([repository.brief], "git:gh-pages")
    assert "gh-pages" not in repository.git("branch")
    # A brief from elsewhere goes to the repository of the current folder.
    repository.git("config", "user.name", "Ana")
    monkeypatch.chdir(repository.folder)
    publish([tmp_path / "elsewhere" / "harbour.yaml"], "git:gh-pages")
    assert len(repository.log()) == 1


@needs_git
def test_a_dry_run_leaves_a_repository_alone(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(repository.folder / ".git")
    assert main(["publish", str(repository.brief), "--to", "git:gh-pages", "--dry-run"]) == 0
    assert f"+ {BRIEF}/index.html" in capsys.readouterr().out
    assert files(repository.folder / ".git") == before


@needs_git
def test_a_branch_of_a_remote_is_read_there_and_pushed_there(
    repository: Repository, tmp_path: Path
) -> None:
    remote = tmp_path / "remote.git"
    repository.git("init", "--quiet", "--bare", str(remote))
    repository.git("remote", "add", "origin", str(remote))
    before = repository.own()
    publish([repository.brief], "git:origin/gh-pages")
    assert repository.own() == before
    assert "gh-pages" not in repository.git("branch")
    # Another clone goes on from there.
    other = tmp_path / "other"
    repository.git("clone", "--quiet", str(repository.folder), str(other))
    subprocess.run(["git", "remote", "set-url", "origin", str(remote)], cwd=other, check=True)
    for key, value in (("user.name", "Jon"), ("user.email", "jon@port.example")):
        subprocess.run(["git", "config", key, value], cwd=other, check=True)
    publish([write(other / "briefs", why=LATER)], "git:origin/gh-pages")
    write(repository.folder / "briefs", why="Both know of both.")
    publish([repository.brief], "git:origin/gh-pages")
    log = repository.git("--git-dir", str(remote), "log", "--format=%an %s", "gh-pages")
    assert log.splitlines() == [
        "Ana Lovell Publish harbour: edition 3, 2024-05-12-3",
        "Jon Publish harbour: edition 2, 2024-05-12-2",
        "Ana Lovell Publish harbour: edition 1, 2024-05-12",
    ]
    shutil.rmtree(remote)
    with pytest.raises(OutputError, match=r"^git:origin/gh-pages: git says: .*\(the site is as"):
        publish([repository.brief], "git:origin/gh-pages")


# A server

needs_rsync = pytest.mark.skipif(not shutil.which("rsync"), reason="needs rsync")

SSH = """\
#!/bin/sh
[ -z "$FAKE_SSH" ] || exit 255
[ "$1" != -l ] || shift 2
shift
exec sh -c "$*"
"""
"""Runs on this machine what is meant for a server."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is reached by ``ana@port.example``."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ssh").write_text(SSH)
    (programs / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "the server"
    folder.mkdir()
    return folder


@needs_rsync
def test_a_server_takes_a_site_and_keeps_what_is_not_ours(server: Path, tmp_path: Path) -> None:
    site, to = server / "www" / "site", f"ana@port.example:{server}/www/site"
    path = write(tmp_path / "work")
    publish([path], to)
    publish([path], str(tmp_path / "folder"))
    assert files(site) == files(tmp_path / "folder")
    (site / "CNAME").write_text("briefs.example\n")
    number = site.stat().st_ino
    publish([path], to, cache=False)
    assert site.stat().st_ino == number, "nothing changed, nothing is sent"
    inode = (site / BRIEF / "2024-05-12" / "index.html").stat().st_ino
    (server / "www" / ".site.briefgen-0a1b2c3d").mkdir()  # of a publish that was cut off
    write(tmp_path / "work", why=LATER)
    publish([path], to)
    assert "two metres" in page(site, BRIEF)
    assert (site / "CNAME").read_text() == "briefs.example\n"
    assert (site / BRIEF / "2024-05-12" / "index.html").stat().st_ino == inode
    assert [one.name for one in site.parent.iterdir()] == ["site"]


@needs_rsync
def test_a_site_that_was_lost_here_is_read_from_the_server(server: Path, tmp_path: Path) -> None:
    to = f"port.example:{server}/site"
    publish([write(tmp_path / "work")], to)
    shutil.rmtree(tmp_path / "cache")
    publish([write(tmp_path / "work", why=LATER)], to)
    assert (server / "site" / BRIEF / "2024-05-12-2").is_dir()
    # Two renames that were cut short: the old site stands beside, and comes back.
    (server / "site").rename(server / ".site.briefgen-old")
    publish([write(tmp_path / "work", why="Three.")], to)
    assert (server / "site" / BRIEF / "2024-05-12-3").is_dir()


@needs_rsync
def test_a_server_that_fails_midway_keeps_the_old_site(
    server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, to = server / "site", f"port.example:{server}/site"
    publish([write(tmp_path / "work")], to)
    before = files(site)
    real = shutil.which("rsync")
    # The second time that rsync is called, it sends half and is cut off.
    (tmp_path / "bin" / "rsync").write_text(
        f'#!/bin/sh\ncase "$*" in *--link-dest*) {real} --exclude=briefs "$@"; exit 12;; esac\n'
        f'exec {real} "$@"\n'
    )
    (tmp_path / "bin" / "rsync").chmod(0o755)
    path = write(tmp_path / "work", why=LATER)
    with pytest.raises(
        OutputError, match=r"^port\.example:/.*: rsync says: .*the site is as it was"
    ):
        publish([path], to)
    assert files(site) == before
    (tmp_path / "bin" / "rsync").unlink()
    publish([path], to)
    assert "two metres" in page(site, BRIEF)
    assert [one.name for one in server.iterdir()] == ["site"]


@needs_rsync
def test_another_machine_that_was_faster_is_not_undone(server: Path, tmp_path: Path) -> None:
    site, to = server / "site", f"port.example:{server}/site"
    publish([write(tmp_path / "work")], to)
    real = shutil.which("rsync")
    # While the new site is on its way, somebody else puts one there.
    (tmp_path / "bin" / "rsync").write_text(
        f'#!/bin/sh\ncase "$*" in *--link-dest*) cp -r "{site}" "{site}-2"; rm -r "{site}";'
        f' mv "{site}-2" "{site}"; touch "{site}/theirs";; esac\nexec {real} "$@"\n'
    )
    (tmp_path / "bin" / "rsync").chmod(0o755)
    with pytest.raises(OutputError, match=r"somebody else has published meanwhile \(publish again"):
        publish([write(tmp_path / "work", why=LATER)], to)
    assert (site / "theirs").exists()
    assert "two metres" not in page(site, BRIEF)


@needs_rsync
def test_a_folder_of_a_server_that_is_not_the_sites_is_refused(
    server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (server / "mail").mkdir()
    (server / "mail" / "inbox").write_text("mine")
    path = write(tmp_path / "work")
    with pytest.raises(
        OutputError, match=r"mail: holds files and is no site .*\(name a new folder"
    ):
        publish([path], f"port.example:{server}/mail")
    with pytest.raises(OutputError, match=r"inbox: is no folder \(name a new"):
        publish([path], f"port.example:{server}/mail/inbox")
    assert files(server) == {"mail/inbox": b"mine"}
    assert not list((tmp_path / "cache").rglob("inbox"))
    monkeypatch.setenv("FAKE_SSH", "down")
    with pytest.raises(OutputError, match=r"^port\.example:/.*: ssh says: .*\(try: ssh port\.exam"):
        publish([path], f"port.example:{server}/site")


def test_a_machine_without_ssh_is_told_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutputError, match=r"^ana@port\.example:/srv/www: needs ssh \(install it"):
        publish([write(tmp_path / "work")], "ana@port.example:/srv/www")
