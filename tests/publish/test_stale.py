"""What a publish leaves as it was is what it would have made: nothing on a site can be stale."""

import os
from collections.abc import Callable
from pathlib import Path

from briefgen.publish import publish

from .harbour import LATER, write

FIRST, SECOND = "harbour", "quays"


def _title(work: Path) -> None:
    write(work / SECOND, SECOND, title="Quays and who pays", date="2024-07-01")


def _text(work: Path) -> None:
    write(work / FIRST, FIRST, why=LATER, date="2024-06-01")


def _source(work: Path) -> None:
    source = work / FIRST / "council.txt"
    source.write_text(
        source.read_text("utf-8").replace("fishers warned", "anglers warned"), "utf-8"
    )


def _actors(work: Path) -> None:
    write(
        work / FIRST,
        FIRST,
        date="2024-06-01",
        actors="{Harbour Council: [the Council, Council]}",
    )


def _site(work: Path) -> None:
    (work / FIRST / "site.yaml").write_text("title: Ports\nbase_url: https://ports.example/\n")


def _template(work: Path) -> None:
    own = work / FIRST / "templates" / "site"
    own.mkdir(parents=True)
    (own / "bar.html.j2").write_text("<p>Ports of the Sound</p>\n")


def _withdrawn(work: Path) -> None:
    write(work / SECOND, SECOND, withdrawn="Its figures were wrong.")


def _moved(work: Path) -> None:
    (work / SECOND / f"{SECOND}.yaml").unlink()
    write(work / SECOND, "wharves", formerly=f"[{SECOND}]")


def _decided(work: Path) -> None:
    from briefgen import pipeline
    from briefgen.model import Kind, Verb

    path = work / FIRST / f"{FIRST}.yaml"
    found = pipeline.findings(path, Kind.RISK)[0]["id"]
    pipeline.decide(path, found, Verb.DROP, by="Ann Oster", when="2024-06-02")


EDITS: tuple[Callable[[Path], None], ...] = (
    _title,
    _text,
    _source,
    _actors,
    _decided,
    _site,
    _template,
    _withdrawn,
    _moved,
)


def test_whatever_is_edited_the_site_is_as_if_made_anew(tmp_path: Path, user_cache: Path) -> None:
    work, site = tmp_path / "work", str(tmp_path / "site")
    for slug in (FIRST, SECOND):
        write(work / slug, slug, title=f"Who wants what of the {slug}", topics="{Silt: [silt]}")
    publish(_paths(work), site)
    for edit in EDITS:
        edit(work)
        _settle(work)
        assert publish(_paths(work), site) is not None, f"{edit.__name__} was not seen"
        # Whoever remembers nothing makes every page.
        remembered = user_cache / "briefgen" / "published"
        remembered.rename(tmp_path / "remembered")
        anew = publish(_paths(work), site, dry_run=True)
        (tmp_path / "remembered").rename(remembered)
        assert anew is not None
        assert not anew.difference, f"{edit.__name__} left something stale"


def _paths(work: Path) -> list[Path]:
    first = sorted((work / FIRST).glob("*.yaml"))
    return [*first, *sorted((work / SECOND).glob("*.yaml"))]


def _settle(work: Path) -> None:
    """Let no file pass for edited only because it was written just now."""
    for path in work.rglob("*"):
        os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
