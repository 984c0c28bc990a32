"""Nobody but the browser that was given the address reads a draft or decides on it."""

import pytest

from tests.workbench.conftest import HOST, Browser

CONTRACT = "p-c332cc"


def test_a_page_needs_the_key(stranger: Browser) -> None:
    for path in ("/", "/brief", "/assets/review.js"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "dredging" not in answer.get_data(as_text=True)
    assert stranger.get("/?key=x").status_code == 403
    assert stranger.get("/").status_code == 403


def test_the_key_is_traded_for_a_cookie_that_no_other_site_is_sent(stranger: Browser) -> None:
    answer = stranger.get(f"/?key={stranger.key}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.key not in cookie
    assert stranger.get("/").status_code == 200


def test_two_reviews_have_cookies_of_their_own(stranger: Browser) -> None:
    assert "review-8000=" in stranger.get(f"/?key={stranger.key}").headers["Set-Cookie"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1:9000", ""])
def test_another_host_is_no_way_in(browser: Browser, host: str) -> None:
    assert browser.get("/", Host=host).status_code == 421
    assert browser.get(f"/?key={browser.key}", Host=host).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9000"},
        {"Origin": "null"},
        {"Origin": None},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Briefgen-Token": "x"},
        {"X-Briefgen-Token": None},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
    ids=str,
)
def test_no_other_site_can_decide(browser: Browser, headers: dict[str, str | None]) -> None:
    for path in ("/decide", "/add", "/undo", "/look"):
        answer = browser.post(path, headers, id=CONTRACT, verb="drop")
        assert answer.status_code in (403, 421)
    assert not browser.file.exists()
    browser.decide(CONTRACT, "drop")
    assert browser.says == {CONTRACT: {"drop": True, "who": "Ann"}}


def test_another_site_cannot_frame_or_fetch_the_page(browser: Browser) -> None:
    assert browser.get("/", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    policy = browser.get("/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in browser.get("/brief").headers["Content-Security-Policy"]


def test_the_page_has_no_inline_script_or_style_and_asks_nothing_of_the_web(
    browser: Browser,
) -> None:
    page = browser.open()
    for forbidden in ("<style", " style=", " onclick=", "<script>", "https://", "http://"):
        assert forbidden not in page
    for name in ("base.css", "review.css", "review.js", "serif.otf", "sans-semibold.otf"):
        assert browser.get(f"/assets/{name}").status_code == 200
    assert browser.get("/assets/page.html.j2").status_code == 404
    assert browser.get("/assets/..%2f..%2fpyproject.toml").status_code == 404


def test_nonsense_is_no_traceback(browser: Browser) -> None:
    sent = {"Host": HOST, "Origin": f"http://{HOST}", "X-Briefgen-Token": browser.token}
    for data in ("", "[]", "{", '{"version": 1, "id": 3, "verb": "shout"}', "\x00"):
        assert browser.client.post("/decide", headers=sent, data=data).status_code == 400
    assert browser.client.post("/look", headers=sent, data="x" * 2_000_000).status_code == 413
    assert browser.get("/nowhere").status_code == 404
    assert browser.get("/decide").status_code == 405
