"""What a publish makes of a site: editions, notices, and nothing where nothing changed."""

import datetime
import io
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pypdf
import pytest

from briefgen.cli import main
from briefgen.errors import ConfigError, OutputError
from briefgen.publish import publish
from briefgen.publish.report import Report

from .harbour import LATER, files, page, times, write

BRIEF = "briefs/harbour"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


def fates(report: Report | None) -> list[str]:
    return [str(outcome.fate) for outcome in report.outcomes] if report else []


def test_a_first_publish_makes_an_edition_and_the_pages_around_it(work: Path, site: Path) -> None:
    assert fates(publish([write(work)], str(site))) == ["new"]
    assert "Dredging the outer harbour" in page(site, BRIEF)
    assert "Dredging the outer harbour" in page(site, f"{BRIEF}/2024-05-12")
    assert f'href="{BRIEF}/index.html"' in page(site, "")
    assert not (site / BRIEF / "2024-05-12" / "changes").exists()


@pytest.mark.parametrize("cache", [True, False])
def test_publishing_again_changes_no_byte_and_no_time(work: Path, site: Path, cache: bool) -> None:
    publish([write(work)], str(site))
    before, inodes = files(site), times(site)
    report = publish([work / "harbour.yaml"], str(site), cache=cache)
    assert fates(report) in ([], ["unchanged"])
    assert files(site) == before
    assert times(site) == inodes


def test_a_change_makes_an_edition_that_says_what_changed(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    before = files(site, f"{BRIEF}/2024-05-12")
    inodes = times(site / BRIEF / "2024-05-12")
    report = publish([write(work, why=LATER, date="2024-06-01")], str(site))
    assert fates(report) == ["edition"]
    assert "two metres" in page(site, BRIEF)
    changes = page(site, f"{BRIEF}/2024-06-01/changes")
    assert "by <del>a metre</del><ins>two metres</ins> each" in changes
    assert files(site, f"{BRIEF}/2024-05-12") == before
    assert times(site / BRIEF / "2024-05-12") == inodes
    editions = page(site, f"{BRIEF}/editions")
    assert "../2024-05-12/" in editions
    assert "../2024-06-01/" in editions


def test_editions_of_one_day_are_numbered(work: Path, site: Path) -> None:
    for why in ("One.", "Two.", "Three."):
        publish([write(work, why=why)], str(site))
    names = {path.name for path in (site / BRIEF).iterdir() if path.is_dir()}
    assert names == {"2024-05-12", "2024-05-12-2", "2024-05-12-3", "editions"}
    assert "Three." in page(site, BRIEF)
    assert "Two." in page(site, f"{BRIEF}/2024-05-12-2")


def test_a_date_before_the_newest_edition_is_refused_at_its_place(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    before = files(site)
    with pytest.raises(
        ConfigError, match=r"harbour\.yaml:2:1: date: 2024-05-11 is before .*\("
    ) as e:
        publish([write(work, why=LATER, date="2024-05-11")], str(site))
    assert len(e.value.lines) == 1
    assert files(site) == before


@pytest.mark.parametrize("date", [None, "2024-05", "2024"])
def test_an_edition_needs_a_day(work: Path, site: Path, date: str | None) -> None:
    with pytest.raises(ConfigError, match=r"harbour\.yaml:\d+:\d+: date: .*\(write such as 2024"):
        publish([write(work, date=date)], str(site))
    assert not site.exists()


def test_a_draft_is_held_back_or_marked(work: Path, site: Path) -> None:
    report = publish([write(work, status="Draft")], str(site))
    assert fates(report) == ["draft"]
    assert not (site / BRIEF).exists()
    assert fates(publish([work / "harbour.yaml"], str(site), drafts=True)) == ["new"]
    for path in (BRIEF, f"{BRIEF}/2024-05-12"):
        assert "data:image/svg+xml" in page(site, path)
        assert "Draft" in page(site, path)
    # The status is gone: an edition, without the mark.
    publish([write(work)], str(site))
    assert "data:image/svg+xml" not in page(site, BRIEF)
    assert "data:image/svg+xml" in page(site, f"{BRIEF}/2024-05-12")


def test_a_draft_of_a_published_brief_leaves_it_as_it_is(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    before = files(site)
    assert fates(publish([write(work, why=LATER, status="draft")], str(site))) == ["draft"]
    assert files(site) == before


def test_an_embargo_holds_a_brief_back_until_its_time(work: Path, site: Path) -> None:
    path = write(work, embargo="2024-05-12 06:00+00:00")
    end = datetime.datetime(2024, 5, 12, 6, tzinfo=datetime.UTC)
    second = datetime.timedelta(seconds=1)
    assert fates(publish([path], str(site), now=end - second)) == ["embargoed"]
    assert not (site / BRIEF).exists()
    assert b"Dredging" not in b"".join(files(site).values())
    # No file has changed since; the time has.
    assert fates(publish([path], str(site), now=end)) == ["new"]
    assert (site / BRIEF).exists()


def test_a_withdrawn_brief_keeps_its_address_with_a_notice(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    before = files(site, f"{BRIEF}/2024-05-12")
    report = publish([write(work, withdrawn="Its figures were wrong.")], str(site))
    assert fates(report) == ["withdrawn"]
    assert "Its figures were wrong." in page(site, BRIEF)
    assert "oyster beds" not in page(site, BRIEF)
    assert files(site, f"{BRIEF}/2024-05-12") == before
    assert "oyster beds" not in page(site, "")
    # Without the key it is back, and no new edition: it says what it said.
    assert fates(publish([write(work)], str(site))) == ["unchanged"]
    assert "oyster beds" in page(site, BRIEF)
    assert files(site, f"{BRIEF}/2024-05-12") == before


def test_what_is_withdrawn_before_it_was_published_stays_unpublished(
    work: Path, site: Path
) -> None:
    publish([write(work, withdrawn="Its figures were wrong."), write(work, "other")], str(site))
    assert not (site / BRIEF).exists()
    assert (site / "briefs" / "other" / "index.html").is_file()


def test_a_former_address_leads_to_the_new_one(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    (work / "harbour.yaml").unlink()
    publish([write(work, "outer-harbour", formerly="[harbour]")], str(site))
    assert "url=../outer-harbour/index.html" in page(site, BRIEF)
    assert "oyster beds" in page(site, "briefs/outer-harbour")
    assert page(site, "").count("Dredging the outer harbour") == 1
    assert (site / BRIEF / "2024-05-12" / "index.html").is_file(), "what was cited stays"


def test_translations_name_each_other(work: Path, site: Path) -> None:
    (work / "de").mkdir(parents=True)
    (work / "site.yaml").write_text("base_url: https://port.example/\n", "utf-8")
    english = write(work)
    publish([english], str(site))
    assert "hreflang" not in page(site, BRIEF)
    german = write(work, "hafen", title="Der Hafen", language="de", translation_of="harbour")
    publish([german], str(site))
    assert fates(publish([english], str(site))) == ["unchanged"]
    assert fates(publish([english, german], str(site))) == []
    for slug in ("harbour", "hafen"):
        for tag, other in (("en", "harbour"), ("de", "hafen")):
            address = f"https://port.example/briefs/{other}/"
            link = f'<link rel="alternate" hreflang="{tag}" href="{address}">'
            assert link in page(site, f"briefs/{slug}"), (slug, tag)
    assert "hreflang" not in page(site, f"{BRIEF}/2024-05-12"), "an edition never changes"


def test_a_change_of_layout_alone_makes_no_edition(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    before = files(site, f"{BRIEF}/2024-05-12")
    report = publish([write(work, theme='{colours: {accent: "#7a1f1f"}}')], str(site))
    assert fates(report) == ["unchanged"]
    assert "#7a1f1f" in page(site, BRIEF)
    assert files(site, f"{BRIEF}/2024-05-12") == before
    assert not (site / BRIEF / "2024-05-12-2").exists()


def test_a_source_shown_by_its_quotes_gives_no_other_sentence_away(work: Path, site: Path) -> None:
    path = write(
        work,
        sources="[{path: council.txt, title: Statement of the Council, show: quote}]",
        sections="[risks, sources]",
        outputs="[markdown, html, pdf]",
    )
    publish([path], str(site))
    folder = site / BRIEF / "2024-05-12"
    findings = (folder / "findings.json").read_bytes()
    (attached,) = _attached(folder / "brief.pdf", "findings.json")
    for told in (findings, attached):
        said = json.loads(told)
        assert said["documents"][0]["risks"]
        assert b"oyster beds" in told
        assert b"dredge the outer" not in told
        assert b"seabed" not in told
    everything = b"".join(files(site).values())
    assert b"seabed" not in everything
    assert b"Vessels should wait" not in everything


def _attached(pdf: Path, name: str) -> list[bytes]:
    return pypdf.PdfReader(io.BytesIO(pdf.read_bytes())).attachments[name]


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = write(work), tmp_path / "new" / "site"
    assert main(["publish", str(path), "--to", str(target), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "harbour: edition 1, 2024-05-12" in told
    assert f"+ {BRIEF}/index.html" in told
    assert [one.name for one in tmp_path.iterdir()] == ["work"]
    publish([path], str(target))
    before, inodes = files(target), times(tmp_path / "new")
    write(work, why=LATER)
    assert main(["publish", str(path), "--to", str(target), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert f"+ {BRIEF}/2024-05-12-2/index.html" in told
    assert f"~ {BRIEF}/index.html" in told
    assert files(target) == before
    assert {k: v for k, v in times(tmp_path / "new").items() if k != ".site.lock"} == {
        k: v for k, v in inodes.items() if k != ".site.lock"
    }
    # And the next publish does what was said.
    assert fates(publish([path], str(target))) == ["edition"]


def test_one_broken_yaml_among_several_publishes_nothing(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    before = files(site)
    good = write(work, why=LATER)
    untitled = write(work, "untitled", title=None)
    misspelt = write(work, "misspelt", statis="draft", titel="x")
    with pytest.raises(ConfigError) as error:
        publish([good, untitled, misspelt], str(site))
    told = "\n".join(error.value.lines)
    assert re.search(r"misspelt\.yaml:6:1: .*statis", told)
    assert re.search(r"misspelt\.yaml:7:1: .*titel", told)
    assert re.search(r"untitled\.yaml:1:1: .*'title'", told)
    assert files(site) == before


def test_problems_of_several_briefs_are_told_at_once(work: Path, site: Path) -> None:
    undated = write(work, "undated", date=None)
    lacking = write(work, "lacking", sources="[nothing.txt]")
    with pytest.raises(ConfigError) as error:
        publish([undated, lacking], str(site))
    assert any("undated.yaml" in line for line in error.value.lines)
    assert any("lacking.yaml" in line for line in error.value.lines)
    assert not site.exists()


def test_files_of_the_users_own_stay(work: Path, site: Path) -> None:
    publish([write(work)], str(site))
    (site / "CNAME").write_text("briefs.example\n")
    (site / ".well-known").mkdir()
    (site / ".well-known" / "security.txt").write_text("Contact: x\n")
    (site / "latest").symlink_to("briefs/harbour")
    publish([write(work, why=LATER)], str(site))
    assert (site / "CNAME").read_text() == "briefs.example\n"
    assert (site / ".well-known" / "security.txt").read_text() == "Contact: x\n"
    assert (site / "latest").is_symlink()


def test_a_folder_that_holds_other_things_is_refused(work: Path, site: Path) -> None:
    site.mkdir()
    (site / "index.html").write_text("mine")
    with pytest.raises(OutputError, match=r"site: holds files and is no site .*\(publish to a new"):
        publish([write(work)], str(site))
    assert files(site) == {"index.html": b"mine"}
    (site / "index.html").unlink()
    publish([work / "harbour.yaml"], str(site))
    assert (site / BRIEF).is_dir()


def test_publishing_one_brief_leaves_the_others_as_they_are(work: Path, site: Path) -> None:
    publish([write(work / "a", "port")], str(site))
    publish([write(work / "b")], str(site))
    before = files(site, "briefs/port")
    publish([write(work / "b", why=LATER)], str(site))
    assert files(site, "briefs/port") == before
    assert 'href="briefs/port/index.html"' in page(site, "")


def test_two_sites_made_of_the_same_are_the_same(work: Path, tmp_path: Path) -> None:
    for one in ("a", "b"):
        for why, date in (("One.", "2024-05-12"), ("Two.", "2024-06-01")):
            path = write(tmp_path / one / "work", why=why, date=date)
            publish([path], str(tmp_path / one / "site"))
    assert files(tmp_path / "a" / "site") == files(tmp_path / "b" / "site")


def test_a_site_works_wherever_its_folder_is_moved(work: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    publish([write(work)], str(first / "site"))
    publish([write(work, why=LATER, formerly="[port]")], str(first / "site"))
    second = tmp_path / "second"
    first.rename(second)
    shutil.rmtree(first, ignore_errors=True)
    site = second / "site"
    links = 0
    for file in site.rglob("*.html"):
        if file.name == "404.html":
            continue  # served at any address
        for address in re.findall(r'<(?:a|script)\b[^>]* (?:href|src)="([^"]*)"', file.read_text()):
            path, _ = urldefrag(unquote(address))
            if path and not re.match(r"[a-z]+:", path):
                links += 1
                assert (file.parent / path).is_file(), f"{file.relative_to(site)}: {address}"
    assert links > 50
    assert fates(publish([work / "harbour.yaml"], str(site))) in ([], ["unchanged"])
    assert (site / BRIEF / "2024-05-12-2").is_dir()
    assert not (site / BRIEF / "2024-05-12-3").exists()
