"""What changed between two versions of a brief; cases are in tests/cases/changes.md."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.cli import main
from briefgen.compare import compare
from briefgen.model import (
    Aspect,
    Changes,
    Claim,
    Edit,
    Impact,
    Kind,
    Passage,
    Record,
    Source,
    Stance,
    Status,
)
from briefgen.render.record import plain
from tests.helpers import cases

_CLAIM = re.compile(
    r"(position|proposal|risk) (\S+) ([^:]*): ([^:]*): (.*?)((?: #\w+)*)(?: \[([^]]*)\])?"
)
_TEXT = re.compile(r'text (\w+)(?: "([^"]*)")?: (.*)')
_SOURCE = re.compile(r"source (\w+): (.*)")


def record(lines: list[str]) -> Record:
    made = Record("Untitled")
    for line in lines:
        if found := _CLAIM.fullmatch(line):
            made = replace(made, claims=(*made.claims, claim(*found.groups())))
        elif found := _TEXT.fullmatch(line):
            section, title, words = found.groups()
            made = replace(made, passages=(*made.passages, Passage(section, words, title)))
        elif found := _SOURCE.fullmatch(line):
            id_, title = found.groups()
            made = replace(made, sources=(*made.sources, Source(id_, f"{id_}.txt", title)))
        else:
            key, value = line.split(": ")
            several = key in ("authors", "sections")
            made = replace(made, **{key: tuple(value.split(", ")) if several else value})
    return made


def claim(
    kind: str, id: str, holder: str, rating: str, words: str, topics: str, sources: str | None
) -> Claim:
    level, _, impact = rating.partition("/")
    return Claim(
        id,
        Kind(f"{kind}s"),
        (words,),
        holder,
        stance=Stance(level) if kind == "position" else None,
        status=Status(level) if kind == "proposal" else None,
        likelihood=level if kind == "risk" else None,
        impact=Impact(impact) if impact else None,
        topics=tuple(topics.replace("#", "").split()),
        sources=tuple((sources or "").split()),
    )


def told(changes: Changes) -> Iterator[str]:
    for change in changes.claims:
        before, after = (one.id if one else "-" for one in (change.before, change.after))
        yield f"{', '.join(change.aspects)}: {before} > {after}"
    marks = {Edit.KEPT: "{}", Edit.TAKEN: "[-{}-]", Edit.ADDED: "{{+{}+}}"}
    for name, found in (("text", changes.texts), ("front", changes.front)):
        for one in found:
            words = "".join(marks[piece.edit].format(piece.text) for piece in one.pieces)
            yield f"{name} {one.name if name == 'front' else json.dumps(one.title)}: {words}"
    yield from (f"source + {source.title}" for source in changes.sources_added)
    yield from (f"source - {source.title}" for source in changes.sources_removed)
    if changes.order:
        yield "order"


CASES = cases("changes.md")


@pytest.mark.parametrize(("_", "given_", "expected"), CASES, ids=[case[0] for case in CASES])
def test_case(_: str, given_: str, expected: str) -> None:
    before, after = (part.strip().splitlines() for part in given_.split("---\n"))
    assert list(told(compare(record(before), record(after)))) == expected.splitlines()


WORDS = "the works may begin a toll on lorries silt could bury beds".split()


def claims() -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        id=st.sampled_from("abcdefgh"),
        kind=st.sampled_from(Kind),
        excerpt=st.tuples(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)),
        actor=st.sampled_from(["Council", "Port", None]),
        stance=st.sampled_from([*Stance, None]),
        status=st.sampled_from([*Status, None]),
        likelihood=st.sampled_from(["unlikely", "possible", "likely", None]),
        impact=st.sampled_from([*Impact, None]),
        topics=st.sets(st.sampled_from(["Toll", "Silt"])).map(lambda s: tuple(sorted(s))),
        sources=st.sets(st.sampled_from(["s1", "s2"])).map(lambda s: tuple(sorted(s))),
    )


def records() -> st.SearchStrategy[Record]:
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
    return st.builds(
        Record,
        title=words,
        subtitle=st.none() | words,
        authors=st.lists(words, max_size=2).map(tuple),
        sections=st.lists(words, max_size=3).map(tuple),
        claims=st.lists(claims(), max_size=7).map(tuple),
        passages=st.lists(
            st.builds(Passage, st.sampled_from(["text", "risks"]), words, st.none() | words),
            max_size=3,
        ).map(tuple),
        sources=st.lists(
            st.builds(Source, st.sampled_from(["s1", "s2"]), st.just("x"), words), max_size=2
        ).map(tuple),
    )


@settings(max_examples=50)
@given(records())
def test_a_version_differs_in_nothing_from_itself(one: Record) -> None:
    assert not compare(one, one)


@settings(max_examples=50)
@given(records(), records())
def test_every_claim_is_in_one_change_or_in_one_pair(one: Record, other: Record) -> None:
    # Claims with equal fields are told apart by whether they are the same object.
    before = replace(one, claims=tuple(replace(claim) for claim in one.claims))
    after = replace(other, claims=tuple(replace(claim) for claim in other.claims))
    changes = compare(before, after).claims
    for side, version in (("before", before), ("after", after)):
        found = [id(claim) for change in changes if (claim := getattr(change, side))]
        assert len(found) == len(set(found))
        assert set(found) <= {id(claim) for claim in version.claims}
    went = sum(change.after is None for change in changes)
    appeared = sum(change.before is None for change in changes)
    # What is left on both sides is pairs that did not change.
    assert len(before.claims) - went == len(after.claims) - appeared
    for change in changes:
        assert change.aspects
        assert list(change.aspects) == sorted(change.aspects, key=list(Aspect).index)
        assert (Aspect.APPEARED in change.aspects) == (change.before is None)
        assert (Aspect.WENT in change.aspects) == (change.after is None)


@settings(max_examples=50)
@given(records(), records())
def test_the_words_of_both_versions_can_be_read_back(one: Record, other: Record) -> None:
    changes = compare(one, other)
    for change in (*changes.texts, *changes.front):
        assert any(piece.edit is not Edit.KEPT for piece in change.pieces)
    for change in changes.texts:
        after = "".join(piece.text for piece in change.pieces if piece.edit is not Edit.TAKEN)
        before = "".join(piece.text for piece in change.pieces if piece.edit is not Edit.ADDED)
        assert not after or after in {passage.markdown for passage in other.passages}
        assert not before or before in {passage.markdown for passage in one.passages}


# The command


def _written(folder: Path, lines: str) -> Path:
    folder.mkdir()
    data = {"schema": "briefgen/findings/1", "brief": plain(record(lines.splitlines()))}
    (folder / "findings.json").write_text(json.dumps(data), "utf-8")
    return folder


@pytest.fixture
def june(tmp_path: Path) -> Path:
    lines = 'position a Council: support: the works may begin\ntext text "Now": It silts up.'
    return _written(tmp_path / "june", lines)


@pytest.fixture
def july(tmp_path: Path) -> Path:
    lines = 'position a Council: oppose: the works may begin\ntext text "Now": It dries up.'
    return _written(tmp_path / "july", lines)


def test_diff_tells_what_changed(
    june: Path, july: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(june), str(july / "findings.json")]) == 0
    said = capsys.readouterr().out
    assert "Council" in said
    assert "the works may begin" in said
    assert "dries" in said


def test_diff_as_json_holds_every_change(
    june: Path, july: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(june), str(july), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (change,) = said["claims"]
    assert change["aspects"] == ["stance"]
    assert (change["before"]["stance"], change["after"]["stance"]) == ("support", "oppose")


def test_diff_of_a_version_with_itself_names_no_change(
    june: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(june), str(june)]) == 0
    assert "the works may begin" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, r"findings\.json: there is no such file \("),
        ("{", r"findings\.json:1:\d+: is not JSON \("),
        ("[]", r"findings\.json:1:1: is no findings\.json"),
        ('{"schema": "other/1"}', r"findings\.json:1:1: is no findings\.json"),
        ('{"schema": "briefgen/findings/1", "brief": {}}', r"is damaged: title: .*\(build it ag"),
        ('{"schema": "briefgen/findings/1"}', r"is damaged: .*\(build it again\)"),
    ],
)
def test_diff_of_what_is_no_version_is_one_line(
    content: str | None,
    problem: str,
    june: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    if content is not None:
        (other / "findings.json").write_text(content)
    assert main(["diff", str(june), str(other)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert re.search(problem, said.err)
