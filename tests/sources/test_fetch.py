import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefgen import config
from briefgen.errors import SourceError
from briefgen.sources import fetch as fetching
from briefgen.sources import load
from briefgen.sources.fetch import fetch
from briefgen.sources.reading import Unreadable

PAGE = (
    "<html><head><title>Plan</title></head><body><p>Café: the council voted for the plan of the "
    "harbour.</p></body></html>"
)


class _Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/loop":
            return self._answer(302, b"", Location="/loop")
        if self.path == "/moved":
            return self._answer(301, b"", Location="/page")
        if self.path == "/inside":
            return self._answer(302, b"", Location="http://169.254.169.254/latest/")
        if self.path == "/file":
            return self._answer(302, b"", Location="file:///etc/passwd")
        if self.path == "/big":
            return self._stream(b"x" * 1_000_000, 60, 0)
        if self.path == "/slow":
            return self._stream(b"x", 50, 0.05)
        if self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            return self.wfile.write(b"x")
        if self.path == "/page":
            return self._answer(200, PAGE.encode("latin-1"), Type="text/html; charset=ISO-8859-1")
        return self._answer(404, b"no")

    def _answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header({"Type": "Content-Type"}.get(name, name), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, chunk, times, pause):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(times):
                self.wfile.write(chunk)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            return

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_once(server, tmp_path):
    for _ in range(2):
        raw = fetch(f"{server.url}/moved", allow_private=True, cache=tmp_path)
        assert (raw.data.decode("latin-1"), raw.media_type) == (PAGE, "text/html")
        assert raw.charset == "ISO-8859-1"
    assert server.asked == ["/moved", "/page"]
    assert not list(tmp_path.glob(".new-*"))


def test_a_damaged_copy_is_fetched_again(server, tmp_path):
    fetch(f"{server.url}/page", allow_private=True, cache=tmp_path)
    next(tmp_path.glob("*.page")).write_bytes(b"half")
    assert fetch(f"{server.url}/page", allow_private=True, cache=tmp_path).data != b"half"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/nowhere", "the server answers 404 Not Found"),
        ("/loop", "redirects more than 5 times"),
        ("/big", "larger than 50 MB"),
        ("/file", "no http"),
        ("/cut", "cannot be fetched"),
    ],
)
def test_what_goes_wrong(path, problem, server, tmp_path):
    with pytest.raises(Unreadable, match=problem):
        fetch(f"{server.url}{path}", allow_private=True, cache=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_slow_server(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(Unreadable, match="takes longer than"):
        fetch(f"{server.url}/slow", allow_private=True, cache=tmp_path)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://127.1/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
    ],
)
def test_private_addresses_are_refused(url, tmp_path):
    with pytest.raises(Unreadable, match=r"private address|cannot be fetched"):
        fetch(url, cache=tmp_path)


def test_a_redirect_to_a_private_address_is_refused(server, tmp_path, monkeypatch):
    is_public = fetching._is_public
    monkeypatch.setattr(fetching, "_is_public", lambda a: a == "127.0.0.1" or is_public(a))
    with pytest.raises(Unreadable, match=r"private address 169\.254\.169\.254"):
        fetch(f"{server.url}/inside", cache=tmp_path)


def test_one_private_address_of_several_is_enough(tmp_path, monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Unreadable, match=r"private address 10\.0\.0\.1"):
        fetch("http://example.org/", cache=tmp_path)


def test_the_checked_address_is_the_one_connected_to(server, tmp_path, monkeypatch):
    answers = iter(["127.0.0.1", "10.9.9.9"])

    def once(*_, **__):
        return [(2, 1, 6, "", (next(answers), server.server_port))]

    monkeypatch.setattr(fetching, "_resolve", lambda *_: once()[0][4][0])
    raw = fetch(f"http://example.org:{server.server_port}/page", cache=tmp_path)
    assert raw.data.decode("latin-1") == PAGE


@pytest.mark.parametrize("url", ["http://me:secret@example.org/", "http://me@example.org/"])
def test_secrets_in_addresses_are_refused(url, tmp_path):
    with pytest.raises(Unreadable, match="user name or password"):
        fetch(url, cache=tmp_path)


def test_without_network_and_copy(tmp_path, monkeypatch):
    def offline(*_, **__):
        raise fetching.socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(fetching.socket, "getaddrinfo", offline)
    with pytest.raises(Unreadable, match=r"^cannot be fetched \(.*\); no cached copy"):
        fetch("https://example.org/plan", cache=tmp_path)


def test_a_source_from_the_web(server, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching.platformdirs, "user_cache_dir", lambda *_: str(tmp_path / "cache"))
    path = tmp_path / "brief.yaml"
    text = f"title: Plan\nsources:\n  - {server.url}/page\n  - {server.url}/nowhere\n"
    path.write_text(text + "fetch: {allow_private: true}\n")
    with pytest.raises(SourceError) as error:
        load(config.load(path))
    (line,) = error.value.lines
    assert f"brief.yaml:4:5: {server.url}/nowhere: the server answers 404" in line
    path.write_text(
        text.replace(f"  - {server.url}/nowhere\n", "") + "fetch: {allow_private: true}\n"
    )
    (document,) = load(config.load(path))
    assert document.text.startswith("Café: the council")
    assert (document.source.id, document.source.location) == ("page", f"{server.url}/page")
    assert document.source.url == f"{server.url}/page"
