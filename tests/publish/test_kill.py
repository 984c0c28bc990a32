"""Killed at any moment, a publish leaves the whole old site or the whole new one."""

import os
import random
import shutil
import time
from multiprocessing import get_context
from pathlib import Path

from briefgen.publish import publish

from .harbour import LATER, digest, files, write

MOMENTS = int(os.environ.get("BRIEFGEN_KILLS", "20"))
"""How often a publish is killed; more for a long night."""

# One process imports everything, and each publish is a process that it forks.
FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(["briefgen.publish.renewal", "tests.publish.test_kill"])


def run(path: Path, site: Path, seconds: float | None = None) -> tuple[bool, float]:
    """Publish in another process; whether it was killed, and how long it was at work."""
    process = FORKING.Process(target=publish, args=([path], str(site)))
    process.start()
    started = time.monotonic()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode != 0, time.monotonic() - started


def test_kill_9_leaves_the_whole_old_or_the_whole_new_site(tmp_path: Path) -> None:
    site, old, new = tmp_path / "www" / "site", tmp_path / "old", tmp_path / "new"
    path = write(tmp_path / "work")
    assert not run(path, site)[0]
    (site / "CNAME").write_text("briefs.example\n")
    shutil.copytree(site, old)
    first = files(old, "briefs/harbour/2024-05-12")
    write(tmp_path / "work", why=LATER, date="2024-06-01")
    killed, whole = run(path, site)
    assert not killed
    shutil.copytree(site, new)
    sites = {digest(old): "old", digest(new): "new"}
    assert len(sites) == 2

    chance = random.Random(20)
    found = []
    for moment in range(MOMENTS):
        if digest(site) != digest(old):
            shutil.rmtree(site)
            shutil.copytree(old, site)
        # Spread over the whole of a run, at random within each of its parts.
        killed, took = run(path, site, whole * (moment + chance.random()) / MOMENTS)
        if not killed:
            whole = min(whole, took)  # the machine has less to do than before
        state = sites.get(digest(site))
        assert state, f"neither the old nor the new site after a kill at moment {moment}"
        assert files(site, "briefs/harbour/2024-05-12") == first
        found.append((killed, state))
    assert sum(killed for killed, _ in found) > MOMENTS / 3, "most were too late to kill anything"
    assert (True, "old") in found

    time.sleep(1)  # for the indexer of the last that was killed, which lives a little longer
    run(path, site)
    assert sites[digest(site)] == "new"
    assert {one.name for one in site.parent.iterdir()} == {"site", ".site.lock"}


def test_what_was_left_goes_even_where_nothing_has_changed_since(tmp_path: Path) -> None:
    site = tmp_path / "site"
    path = write(tmp_path / "work")
    publish([path], str(site))
    gone = FORKING.Process()
    gone.start()
    gone.join()
    shutil.copytree(site, tmp_path / f".site.{gone.pid}.abcdef")
    publish([path], str(site))
    assert {one.name for one in tmp_path.iterdir()} == {"site", ".site.lock", "work"}
