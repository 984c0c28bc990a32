"""Each step is in the decisions file, as docs/decisions.md says, and in what the page shows."""

import re
from pathlib import Path

import pytest

from briefgen.errors import TemplateError
from briefgen.workbench import Session
from tests.workbench.conftest import Browser, reviewed

COUNCIL, FISHERS, BRASK, CONTRACT = "p-d097cb", "p-08b957", "p-0ba0e1", "p-c332cc"
TOLL, SILT = "p-f6261a", "r-a530e5"


def row(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_shows_sources_and_findings(browser: Browser) -> None:
    page = browser.open()
    assert "Dredging the outer harbour" in page
    for id_ in (COUNCIL, FISHERS, BRASK, CONTRACT, TOLL, SILT):
        assert page.count(f'id="f-{id_}"') == 1  # though two sources have the first
    assert f'data-ids="{CONTRACT} ' in page or f'data-ids="{CONTRACT}"' in page
    assert "also in" in row(page)


@pytest.mark.parametrize("verb", ["keep", "drop"])
def test_keep_and_drop(browser: Browser, verb: str) -> None:
    shown = browser.decide(BRASK, verb)
    assert browser.says == {BRASK: {verb: True, "who": "Ann"}}
    assert list(shown["rows"]) == [BRASK]
    assert {"keep": "Kept", "drop": "Dropped"}[verb] in row(shown["rows"][BRASK])
    assert "1 of " in row(shown["count"])
    assert shown["undoable"]


def test_what_is_dropped_is_no_more_in_the_brief(browser: Browser) -> None:
    assert "spawning grounds" in browser.get("/brief").get_data(as_text=True)
    browser.decide(FISHERS, "drop")
    browser.decide(SILT, "drop")
    assert "spawning grounds" not in browser.get("/brief").get_data(as_text=True)


def test_drop_and_keep_again(browser: Browser) -> None:
    browser.decide(BRASK, "drop")
    shown = browser.decide(BRASK, "keep")
    assert browser.says == {BRASK: {"keep": True, "who": "Ann"}}
    assert "Kept" in row(shown["rows"][BRASK])


def test_edit(browser: Browser) -> None:
    fields = {"actor": "Port Authority", "stance": "concern", "target": None}
    shown = browser.decide(BRASK, "edit", fields=fields)
    assert browser.says == {BRASK: {"edit": fields, "who": "Ann"}}
    assert "Port Authority ! concerned" in row(shown["rows"][BRASK])


def test_an_edited_statement_moves_the_mark_in_the_source(browser: Browser) -> None:
    words = "drive northern shipping lines away"
    shown = browser.decide(BRASK, "edit", fields={"statement": words})
    (passage,) = shown["passages"].values()
    assert re.search(rf'<mark [^>]*data-ids="[^"]*{BRASK}[^"]*">{words}</mark>', passage)


def test_rate_note_and_join(browser: Browser) -> None:
    browser.decide(SILT, "rate", fields={"impact": "high", "likelihood": "very likely"})
    browser.decide(SILT, "note", note="ask the port", reason="weighty")
    shown = browser.decide(CONTRACT, "merge", others=[TOLL])
    rate = {"impact": "high", "likelihood": "very likely"}
    assert browser.says == {
        SILT: {"rate": rate, "who": "Ann", "note": "ask the port", "reason": "weighty"},
        CONTRACT: {"merge": [TOLL], "who": "Ann"},
    }
    assert f"Joined with {CONTRACT}" in row(shown["rows"][TOLL])
    page = row(browser.open())
    assert "very likely impact high" in page
    assert "Note: ask the port" in page


def test_add_by_selection(browser: Browser) -> None:
    source = (browser.folder / "column.txt").read_text("utf-8")
    quote = "the port should publish its accounts"
    shown = browser.step(
        "/add",
        source="column",
        quote=quote,
        start=source.index(quote),
        kind="risks",
        fields={"actor": "Ana Lovell", "bearer": "the port", "rate": {"impact": "low"}},
    )
    assert browser.says == {
        "add": [
            {
                "kind": "risks",
                "source": "column",
                "quote": quote,
                "actor": "Ana Lovell",
                "bearer": "the port",
                "rate": {"impact": "low"},
                "who": "Ann",
            }
        ]
    }
    assert shown["id"].startswith("r-")
    assert shown["id"] in shown["order"]
    assert "Ana Lovell impact low Added" in row(shown["rows"][shown["id"]])
    assert quote in browser.get("/brief").get_data(as_text=True)


def test_what_is_added_can_be_edited_and_undone(browser: Browser) -> None:
    order = {"source": "column", "quote": "publish its accounts", "kind": "proposals"}
    id_ = browser.step("/add", **order)["id"]
    browser.decide(id_, "edit", fields={"status": "rejected"})
    assert "rejected" in row(browser.open())
    browser.step("/undo")
    shown = browser.step("/undo")
    assert id_ not in shown["order"]
    assert browser.says == {}
    assert not shown["undoable"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"quote": "the port must publish its accounts"}, "these words are not in it"),
        ({"quote": "publish its accounts", "start": 3}, "edited meanwhile (load the page again)"),
        ({"quote": "Lovell", "start": 119}, "stand at an earlier place"),
        ({"quote": "publish its accounts", "source": "else"}, "no source has this id"),
        ({"quote": "publish its accounts", "fields": {"stance": "x"}}, "add: stance: "),
        ({"quote": "publish its accounts", "fields": {"status": "agreed"}}, "have no 'status'"),
    ],
)
def test_what_cannot_be_added_is_said(
    browser: Browser, order: dict[str, object], expected: str
) -> None:
    source = (browser.folder / "column.txt").read_text("utf-8")
    assert source.rindex("Lovell") == 119
    asked = {"source": "column", "kind": "positions", **order}
    assert expected in browser.refused("/add", **asked)
    assert not browser.file.exists()


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"id": "p-000000", "verb": "keep"}, "no finding has the id"),
        ({"id": BRASK, "verb": "edit", "fields": {"stance": "angry"}}, "is not one of"),
        ({"id": BRASK, "verb": "edit", "fields": {"statement": "never said"}}, "not in it"),
        ({"id": BRASK, "verb": "rate", "fields": {"impact": "high"}}, "rate: is for risks"),
        ({"id": BRASK, "verb": "merge", "others": [SILT]}, "of another kind"),
        ({"id": BRASK, "verb": "note"}, "decides nothing"),
    ],
)
def test_what_cannot_be_decided_is_said(
    browser: Browser, order: dict[str, object], expected: str
) -> None:
    assert expected in browser.refused("/decide", **order)
    assert not browser.file.exists()


# What others write meanwhile


def test_an_edit_by_hand_between_two_steps_stays(browser: Browser) -> None:
    browser.decide(BRASK, "drop")
    by_hand = browser.file.read_text("utf-8") + "# mine\np-c332cc: {keep: true}  # sure\n"
    browser.file.write_text(by_hand, "utf-8")
    shown = browser.decide(SILT, "rate", fields={"impact": "low"})
    assert browser.file.read_text("utf-8").startswith(by_hand)
    assert set(shown["rows"]) == {CONTRACT, SILT}


def test_undo_takes_back_the_step_and_leaves_what_is_written_by_hand(browser: Browser) -> None:
    browser.file.write_text("# top\np-c332cc: {keep: true}\n", "utf-8")
    browser.decide(BRASK, "drop")
    text = browser.file.read_text("utf-8")
    by_hand = f"{text}p-d097cb: {{note: x}}\n".replace("# top", "# top\nr-a530e5: {keep: true}")
    browser.file.write_text(by_hand, "utf-8")
    shown = browser.step("/undo")
    assert browser.file.read_text("utf-8") == (
        "# top\nr-a530e5: {keep: true}\np-c332cc: {keep: true}\np-d097cb: {note: x}\n"
    )
    assert "Dropped" not in row(shown["rows"][BRASK])


def test_undo_of_a_second_decision_leaves_the_first(browser: Browser) -> None:
    browser.decide(SILT, "keep")
    first = browser.file.read_text("utf-8")
    browser.decide(SILT, "rate", fields={"impact": "high"})
    browser.step("/undo")
    assert browser.file.read_text("utf-8") == first
    browser.step("/undo")
    assert browser.says == {}


def test_a_step_that_was_edited_by_hand_is_not_undone(browser: Browser) -> None:
    browser.decide(BRASK, "drop")
    by_hand = browser.file.read_text("utf-8").replace("drop: true", "keep: true")
    browser.file.write_text(by_hand, "utf-8")
    assert "has been edited where the last step wrote" in browser.refused("/undo")
    assert browser.file.read_text("utf-8") == by_hand


def test_a_problem_in_the_file_is_shown_with_its_line_and_nothing_is_written(
    browser: Browser,
) -> None:
    browser.decide(BRASK, "drop")
    broken = "p-0ba0e1: {keep: true}\np-c332cc: {kep: true}\n"
    browser.file.write_text(broken, "utf-8")
    problem = "harbour.decisions.yaml:2:12: unknown key 'kep'"
    assert problem in row(browser.step("/look")["problems"]).replace("&#39;", "'")
    assert problem in browser.refused("/decide", id=BRASK, verb="drop")
    assert problem in browser.refused("/undo")
    assert problem in browser.open().replace("&#39;", "'")
    assert browser.get("/brief").status_code == 422
    assert problem in browser.get("/brief").get_data(as_text=True).replace("&#39;", "'")
    assert browser.file.read_text("utf-8") == broken
    browser.file.write_text(broken.replace("kep", "keep"), "utf-8")
    shown = browser.step("/look")
    assert shown["problems"].strip() == ""


def test_a_file_that_is_no_yaml_or_no_text_is_a_message(browser: Browser) -> None:
    for content, expected in ((b"a: [", ":1:"), (b"p-0ba0e1: \xff\n", "is not UTF-8 text")):
        browser.file.write_bytes(content)
        assert expected in browser.refused("/decide", id=BRASK, verb="drop")
        assert browser.file.read_bytes() == content


def test_a_problem_of_the_yaml_keeps_the_page(browser: Browser) -> None:
    (browser.folder / "harbour.yaml").write_text("title: [\n", "utf-8")
    page = browser.open()
    assert "harbour.yaml:2:1" in page
    assert f'id="f-{BRASK}"' in page


def test_a_source_that_is_edited_shows_with_the_next_page(browser: Browser) -> None:
    path = browser.folder / "minutes.txt"
    path.write_text("The Mayor supports the quay.\n\n" + path.read_text("utf-8"), "utf-8")
    assert "The Mayor supports the quay" in re.sub(r"<[^>]+>", "", browser.open())


def test_a_second_window_sees_what_the_first_decides(browser: Browser) -> None:
    old = browser.version
    browser.decide(BRASK, "drop")
    browser.decide(SILT, "keep")
    browser.version = old
    assert set(browser.step("/look")["rows"]) == {BRASK, SILT}
    browser.version = 999
    assert browser.post("/look").json["reload"]


def test_who_decides_may_stay_unnamed(browser: Browser) -> None:
    session = Session(browser.folder / "harbour.yaml", None, None)
    session.decide(BRASK, "keep", {})  # type: ignore[arg-type]
    assert browser.says == {BRASK: {"keep": True}}


def test_the_users_own_templates_win(folder: Path) -> None:
    own = folder / "templates" / "review"
    own.mkdir(parents=True)
    (own / "count.html.j2").write_text("{{ view.decided }} erledigt", "utf-8")
    browser = reviewed(folder)
    assert "0 erledigt" in browser.open()
    (own / "count.html.j2").write_text("{{ view.x }}", "utf-8")
    answer = browser.post("/decide", id=BRASK, verb="drop")
    assert answer.status_code == 422
    assert "count.html.j2:1: " in answer.get_data(as_text=True)
    with pytest.raises(TemplateError, match=r"count\.html\.j2:1: "):
        reviewed(folder)
