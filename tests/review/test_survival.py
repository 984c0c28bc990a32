"""Decisions outlive edits of the sources: each is applied, or announced with its place."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.errors import ConfigError
from briefgen.model import Extraction, Finding
from briefgen.review import Reviewed
from briefgen.text.tagger import Tagger
from tests.review.harbour import TEXTS, extracted, reviewed

VERBS = ("keep: true", "drop: true", "note: look", "edit: {actor: Ann Oster}")
ADDED = "add:\n- {kind: positions, source: column, quote: publish its accounts}\n"


@pytest.fixture(scope="module")
def extractions(tagger: Tagger) -> list[Extraction]:
    return extracted(tagger)


def findings(extractions: Sequence[Extraction]) -> dict[str, Finding]:
    return {finding.id: finding for e in extractions for finding in e.findings}


def decided(found: dict[str, Finding]) -> dict[str, str]:
    """A decision on each finding, as ``briefgen decide`` writes it."""
    return {
        id_: f"{id_}: {{{VERBS[at % len(VERBS)]}, about: {about(finding)}}}\n"
        for at, (id_, finding) in enumerate(found.items())
    }


def about(finding: Finding) -> str:
    words = " ".join(quote.text for quote in finding.content)
    return (
        f"{{source: {finding.sentence.source_id}, "
        f'sentence: "{finding.sentence.text}", words: "{words}"}}'
    )


WORD = st.sampled_from("not never could northern herring 5 the toll lorries Lovell said".split())
EDIT = st.tuples(
    st.sampled_from(sorted(TEXTS)),
    st.integers(0, 60),
    st.sampled_from(["cut", "put", "swap"]),
    WORD,
)


def edited(edits: list[tuple[str, int, str, str]]) -> dict[str, str]:
    texts = {id_: text.split(" ") for id_, text in TEXTS.items()}
    for id_, at, how, word in edits:
        words = texts[id_]
        at %= len(words)
        words[at : at + (how != "put")] = [] if how == "cut" else [word]
    return {id_: " ".join(words) for id_, words in texts.items()}


def fits(verb: str, id_: str, before: Finding, result: Reviewed) -> bool:
    """Whether a decision shows in what the review leaves."""
    stays = findings(result.extractions)
    match verb:
        case "drop: true":
            return id_ not in stays and id_ in {f.id for f in result.review.dropped}
        case "edit: {actor: Ann Oster}":
            holder = stays[id_].holder
            return holder is not None and holder.name == "Ann Oster"
        case _:
            return id_ in stays and id_ in result.review.marks


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDIT, max_size=6))
def test_every_decision_is_applied_or_announced(
    edits: list[tuple[str, int, str, str]], extractions: list[Extraction], tagger: Tagger
) -> None:
    before = findings(extractions)
    lines = decided(before)
    result = reviewed("".join(lines.values()), extracted(tagger, edited(edits)))
    now = {key: id_ for id_, key in result.keys.items()}
    for at, (key, finding) in enumerate(before.items()):
        said = [line for line in result.warnings if f":{at + 1}:1: {key}: " in line]
        if not said:
            assert fits(VERBS[at % len(VERBS)], key, finding, result), key
        elif key in now:
            assert "needs another look" in said[0]
            dropped = now[key] not in findings(result.extractions)
            assert dropped or result.review.marks[now[key]].outdated
        else:
            assert "none is like it any more" in said[0]
    assert len(set(now.values())) == len(now)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDIT, max_size=6))
def test_every_merge_is_kept_or_announced(
    edits: list[tuple[str, int, str, str]], extractions: list[Extraction], tagger: Tagger
) -> None:
    before = findings(extractions)
    lead, *others = [id_ for id_ in before if id_.startswith("p-")]
    memory = ", ".join(f"{id_}: {about(before[id_])}" for id_ in others)
    text = (
        f"{lead}:\n  merge: [{', '.join(others)}]\n  about: {about(before[lead])}\n"
        f"  about_merged: {{{memory}}}\n"
    )
    result = reviewed(text, extracted(tagger, edited(edits)))
    if lead not in result.keys.values():
        assert any(f"{lead}: no finding has this id" in line for line in result.warnings)
        return
    ((id_, _),) = result.keys.items()
    assert set(result.review.merged.values()) <= {id_}
    now = {other: new for new, other in result.joined.items()}
    for other in others:
        said = [line for line in result.warnings if ":2:" in line and f" {other} " in line]
        if other not in now:
            assert "no finding has the id" in said[0]
        else:
            assert result.review.merged[now[other]] == id_
            assert now[other] in findings(result.extractions)
            assert bool(said) is (now[other] != other)
            assert not said or "needs another look" in said[0]
    assert id_ not in result.review.merged


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDIT, max_size=6))
def test_an_addition_stands_or_is_announced(
    edits: list[tuple[str, int, str, str]], tagger: Tagger
) -> None:
    found = extracted(tagger, edited(edits))
    if "publish its accounts" not in found[-1].document.text:
        with pytest.raises(
            ConfigError, match=r"2:37: quote: column\.txt: these words are not in it"
        ):
            reviewed(ADDED, found)
        return
    result = reviewed(ADDED, found)
    cut = {q.text for f in findings(result.extractions).values() for q in f.content}
    assert "publish its accounts" in cut


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("heavy lorries", "lorries"),
        ("Jon Brask warned", "On Monday Jon Brask warned"),
        ("drive northern shipping lines away", "drive the northern shipping lines away"),
    ],
)
def test_a_small_edit_keeps_what_was_decided(
    old: str, new: str, extractions: list[Extraction], tagger: Tagger
) -> None:
    lines = decided(findings(extractions))
    key = "p-0ba0e1"
    texts = {id_: text.replace(old, new) for id_, text in TEXTS.items()}
    text = lines[key].replace("note: look", "keep: true")
    result = reviewed(text, extracted(tagger, texts))
    (id_,) = result.keys
    assert "Brask" in findings(result.extractions)[id_].sentence.text
    assert result.review.marks[id_].outdated


def test_a_renamed_source_keeps_its_decisions(
    extractions: list[Extraction], tagger: Tagger
) -> None:
    """The words alone make the id, so that nothing needs to be found again."""
    lines = decided(findings(extractions))
    renamed = extracted(tagger, {f"{id_}-2024": text for id_, text in TEXTS.items()})
    result = reviewed("".join(lines.values()), renamed)
    assert set(result.keys) == set(lines)
    assert result.warnings == ()
