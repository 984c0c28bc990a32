"""A site in a folder of a server, by rsync over ssh.

The site as it is there is kept in the user's cache and brought up to date first. The new one goes
into a folder beside it, linked to the files that stay, and the two then swap names in one step:
with ``mv --exchange`` or, where mv is older, renameat2(2) through Python. A server with neither
gets two renames, and has no site at that address for the moment between them; a server that is
cut off just then has the old one under its other name, and the next publish puts it back.
"""

import contextlib
import os
import secrets
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import platformdirs

from briefgen.cache import fingerprint
from briefgen.errors import OutputError
from briefgen.publish import tree
from briefgen.publish.mark import MARK, SCHEMA
from briefgen.publish.places import Notice
from briefgen.publish.places.locking import held

# Each script is a function that its last line calls: of one cut off on its way, nothing runs.

_LOOK = f"""\
look() {{
    place=$(readlink -f -- "$1") || place=$1
    near=$(dirname -- "$place")/.$(basename -- "$place").briefgen
    command -v rsync >/dev/null || {{ echo norsync; return; }}
    [ -e "$place" ] || [ ! -d "$near-old" ] || mv -- "$near-old" "$place"
    if [ ! -e "$place" ]; then
        echo none
    elif [ ! -d "$place" ]; then
        echo file
    elif [ -z "$(ls -A -- "$place")" ] || grep -qsF {SCHEMA} -- "$place/{MARK}"; then
        ls -di -- "$place" | awk '{{ print $1 }}'
    else
        echo other
    fi
    echo "$place"
}}
look "$1"
"""
"""Says what the place is, its number (which no other folder has) where it may hold a site, and its
path without links."""

_CLEAR = """\
clear_() {
    parent=$(dirname -- "$1")
    mkdir -p -- "$parent" || return
    for left in "$parent/.$(basename -- "$1").briefgen-"*; do
        [ -e "$left" ] || continue
        case $left in
        *-gone) ;;
        *) mv -- "$left" "$left-gone" && left=$left-gone ;;
        esac
        rm -rf -- "$left"
    done
}
clear_ "$1"
"""
"""Removes what a publish left that was cut off; renamed first, so that nobody delivers half."""

_SWAP = """\
swap() {
    place=$1 fresh=$2 number=$3 old=$4
    trap '' HUP PIPE
    [ -d "$fresh" ] || { echo late; return; }
    now=none
    [ ! -e "$place" ] || now=$(ls -di -- "$place" | awk '{ print $1 }')
    [ "$now" = "$number" ] || { echo late; rm -rf -- "$fresh"; return; }
    sync
    if [ "$now" = none ]; then
        mv -T -- "$fresh" "$place" && echo done
        return
    fi
    chmod --reference="$place" -- "$fresh" 2>/dev/null
    if mv -T --exchange -- "$fresh" "$place" 2>/dev/null || python3 -c '
import ctypes, os, sys
call = ctypes.CDLL(None).renameat2
one, other = map(os.fsencode, sys.argv[1:])
sys.exit(call(-100, one, -100, other, 2) != 0)
' "$fresh" "$place" 2>/dev/null; then
        echo done
        old=$fresh
    elif mv -T -- "$place" "$old"; then
        if mv -T -- "$fresh" "$place"; then echo done; else mv -T -- "$old" "$place"; fi
    fi
    rm -rf -- "$old"
}
swap "$1" "$2" "$3" "$4"
"""
"""Puts the new site in the place of the old, if that is still the one that was looked at."""

_KEEP = ("--recursive", "--links", "--perms", "--times", "--protect-args")


class Server:
    """A folder of a server that the user reaches by ssh."""

    def __init__(self, host: str, path: str) -> None:
        self._host = host
        self._path = path.rstrip("/")
        self._place = f"{host}:{self._path}"
        key = fingerprint.of_parts(self._place.encode("utf-8", "surrogatepass")).hex()[:24]
        self._mirror = Path(platformdirs.user_cache_dir("briefgen"), "servers", key, "site")
        self._real = self._path
        self._number = "none"
        """Inode of the folder that was looked at."""

    @property
    def name(self) -> str:
        """Host and path."""
        return self._place

    def locked(
        self,
        notice: Notice,
        *,
        dry_run: bool = False,  # noqa: ARG002
    ) -> contextlib.AbstractContextManager[object]:
        """Hold a lock in the user's cache; other machines are told when they deliver."""
        return held(self._mirror.with_name("lock"), self._place, notice)

    @contextlib.contextmanager
    def present(self) -> Iterator[Path]:
        """A mirror of the folder."""
        state, _, real = self._ask(_LOOK, self._path).partition("\n")
        way_out = "name a new folder, or empty this one"
        if state == "norsync":
            raise OutputError(f"{self._place}: the server lacks rsync (install rsync there)")
        if state == "file":
            raise OutputError(f"{self._place}: is no folder ({way_out})")
        if state == "other":
            problem = "holds files and is no site that briefgen wrote"
            raise OutputError(f"{self._place}: {problem} ({way_out})")
        self._number, self._real = state, real
        with tree.telling(self._mirror):
            self._mirror.mkdir(parents=True, exist_ok=True)
        if self._number == "none":
            with tree.telling(self._mirror), tree.beside(self._mirror) as empty:
                tree.replace(empty, self._mirror)
        else:
            there = f"{self._host}:{self._real}/"
            self._run(["rsync", *_KEEP, "--delete", there, f"{self._mirror}/"])
        yield self._mirror

    def deliver(self, fresh: Path, present: Path, message: str) -> None:  # noqa: ARG002
        """Send the new site beside the old one, then swap their names."""
        self._ask(_CLEAR, self._real)
        parent, _, own = self._real.rpartition("/")
        near = f"{parent}/.{own}.briefgen-"
        # A name of its own: what another machine sends at the same time never mixes with this.
        there = f"{near}{secrets.token_hex(4)}"
        readable = "--chmod=a+rX,u+w"
        linked = f"--link-dest={self._real}"
        self._run(["rsync", *_KEEP, readable, linked, f"{fresh}/", f"{self._host}:{there}/"])
        said = self._ask(_SWAP, self._real, there, self._number, f"{near}old")
        if said == "late":
            raise OutputError(
                f"{self._place}: somebody else has published meanwhile (publish again)"
            )
        if said != "done":
            raise OutputError(
                f"{self._place}: the server could not rename {there} (is its disk full?)"
            )
        tree.replace(fresh, present)

    def _ask(self, script: str, *words: str) -> str:
        """What a script says on the server. Raises OutputError where it can't be run."""
        command = shlex.join(["sh", "-s", "--", *words])
        host = self._host.replace("[", "").replace("]", "")
        return self._run(["ssh", host, command], script.encode())

    def _run(self, command: Sequence[str], told: bytes = b"") -> str:
        try:
            done = subprocess.run(command, input=told, capture_output=True)
        except FileNotFoundError:
            raise OutputError(f"{self._place}: needs {command[0]} (install it here)") from None
        except OSError as error:
            raise OutputError(f"{self._place}: cannot run {command[0]}: {error.strerror}") from None
        if done.returncode:
            lines = [line.strip() for line in os.fsdecode(done.stderr).splitlines() if line.strip()]
            # rsync's last line only says where in its own source it gave up.
            said = next(
                (one for one in lines if not one.startswith("rsync error:")), "no reason given"
            )
            way_out = f"try: ssh {self._host}; the site is as it was"
            raise OutputError(f"{self._place}: {command[0]} says: {said} ({way_out})")
        return os.fsdecode(done.stdout).strip()
