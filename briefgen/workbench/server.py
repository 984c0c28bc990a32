"""Listens on the loopback address alone, until Ctrl-C."""

import logging
import socket
from collections.abc import Callable
from types import TracebackType

from werkzeug.serving import make_server

from briefgen.errors import OutputError
from briefgen.workbench.app import Workbench

HOST = "127.0.0.1"


class Server:
    """A port of this machine."""

    def __init__(self, port: int) -> None:
        """Take a port, any free one for 0. Raises OutputError where it can't be had."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((HOST, port))
            self._socket.listen()
        except OSError as error:
            self._socket.close()
            reason = error.strerror or str(error)
            raise OutputError(f"port {port}: {reason} (choose another with --port)") from None

    @property
    def names(self) -> tuple[str, ...]:
        """What a browser on this machine calls the server, with its port, the usual name first."""
        port = self._socket.getsockname()[1]
        return tuple(
            name + end
            for name in (HOST, "localhost")
            for end in ((f":{port}", "") if port == _WEB else (f":{port}",))
        )

    def serve(self, workbench: Workbench, tell: Callable[[str], None]) -> None:
        """Answer browsers until interrupted; what is being written then is finished."""
        # Requests are for those who look for a mistake, and carry the key of this session.
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        http = make_server(HOST, 0, workbench.app, threaded=True, fd=self._socket.fileno())
        tell(f"http://{self.names[0]}/?key={workbench.key}")
        try:
            http.serve_forever()
        finally:
            workbench.session.finish()
            http.server_close()

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()


_WEB = 80
"""The port that browsers leave out."""
