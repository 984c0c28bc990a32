"""Answers browsers of this machine: the preview's page, the brief's files, and news as they come.

The standard library's server does: one reader, a handful of addresses, nothing to install. It
listens on the loopback address alone, and answers only those who ask for it by that name, so that
no page of the web can have its own name lead here and read a draft (DNS rebinding).
"""

import contextlib
import json
import logging
import socketserver
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

from briefgen.errors import OutputError
from briefgen.preview.board import Board, Shown
from briefgen.render import preview

log = logging.getLogger(__name__)

HOST = "127.0.0.1"

STILL_HERE = 15.0
"""Seconds between two signs of life, by which a closed window is noticed."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
}

_OUTER = "default-src 'self'; frame-ancestors 'none'"
_BRIEF = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
    " frame-ancestors 'self'"
)
"""What the preview's page and the brief in it may load; neither loads anything from elsewhere."""


class Server:
    """Serves a board from a thread of its own until the context ends."""

    def __init__(self, board: Board, folder: Path, port: int) -> None:
        """Take a free port, or any for 0. Raises OutputError where it can't be had."""
        self._board = board
        handler = type("_Bound", (_Handler,), {"board": board, "folder": folder})
        try:
            self._http = _Http((HOST, port), handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise OutputError(f"port {port}: {reason} (choose another with --port)") from None
        self._thread = Thread(target=self._http.serve_forever, args=(0.1,), daemon=True)

    @property
    def address(self) -> str:
        """Where a browser finds the preview."""
        return f"http://{HOST}:{self._http.server_port}/"

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._board.close()
        self._http.shutdown()
        self._http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, as the base class would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    board: Board
    folder: Path
    timeout = 60
    """Seconds for a request to arrive."""

    def handle(self) -> None:
        """Answer; a browser that leaves in the middle is no problem."""
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def do_GET(self) -> None:
        """Answer a request."""
        assert isinstance(self.server, _Http)
        names = {f"{host}:{self.server.server_port}" for host in (HOST, "localhost")}
        if self.headers.get("Host", "").lower() not in names:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        address = urlsplit(self.path)
        shown = self.board.shown
        if address.path == "/":
            self._send(preview.page(self.folder, shown).encode(), _TYPES[".html"], _OUTER)
        elif address.path == "/events":
            since = parse_qs(address.query).get("since", ["0"])[0]
            self._tell_news(int(since) if since.isdecimal() and len(since) < 10 else 0)
        elif (own := preview.asset(address.path)) is not None:
            self._send(own[0], own[1], _OUTER)
        else:
            self._send_file(shown, unquote(address.path.removeprefix("/brief/")))

    def _send_file(self, shown: Shown, name: str) -> None:
        content = shown.files.get(name)
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind = _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
        self._send(content, kind, _BRIEF if kind == _TYPES[".html"] else "")

    def _send(self, content: bytes, kind: str, policy: str) -> None:
        self.send_response(HTTPStatus.OK)
        self._head(kind, policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _head(self, kind: str, policy: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if policy:
            self.send_header("Content-Security-Policy", policy)

    def _tell_news(self, version: int) -> None:
        """Server-sent events: the state after a version, then every newer one."""
        self.send_response(HTTPStatus.OK)
        self._head("text/event-stream", "")
        self.end_headers()
        while not self.board.closed:
            shown = self.board.after(version, STILL_HERE)
            if shown is None:
                self.wfile.write(b": still here\n\n")
                continue
            version = shown.version
            news = {
                "version": version,
                "brief": shown.brief,
                "title": shown.title,
                "problems": list(shown.problems),
                "files": sorted(shown.files),
            }
            self.wfile.write(f"event: change\nid: {version}\ndata: {json.dumps(news)}\n\n".encode())

    def log_message(self, format: str, *values: object) -> None:
        """Requests are for those who look for a mistake."""
        log.debug(format, *values)
