"""``briefgen review``: findings beside their sources in a browser, decided on one by one.

A layer above the pipeline, like the preview. Each step is written at once into the decisions file
beside the YAML, which stays the only thing that is kept. The web framework is imported here alone.
"""

from collections.abc import Callable

from briefgen.workbench.app import make
from briefgen.workbench.server import Server
from briefgen.workbench.session import Session

__all__ = ["Session", "serve"]


def serve(session: Session, port: int = 8000, tell: Callable[[str], None] = print) -> None:
    """Offer a brief's findings for decisions, at an address of this machine, until interrupted.

    Port 0 takes any that is free; ``tell`` hears the address. Raises OutputError where the port is
    taken.
    """
    with Server(port) as server:
        server.serve(make(session, server.names), tell)
