"""Lets in the browser that was given the key, and no page of another site in its name.

Other programs and other users of this machine can reach the port too, and any page of the web can
make a browser ask it for something. So the address holds a key that nobody can guess; it is traded
for a cookie that no other site is sent and no script can read. Host is checked against another
site's name that leads here (DNS rebinding). A step needs a token that only the page itself has.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus


class Refusal(StrEnum):
    """Why a request is not answered."""

    HOST = "host"
    """It asks for a server of another name."""
    ELSEWHERE = "elsewhere"
    """Another site makes it."""
    KEY = "key"
    """It shows no key, or another session's."""
    TOKEN = "token"
    """It comes from no page of this session."""


STATUS: Mapping[Refusal, HTTPStatus] = {
    Refusal.HOST: HTTPStatus.MISDIRECTED_REQUEST,
    Refusal.ELSEWHERE: HTTPStatus.FORBIDDEN,
    Refusal.KEY: HTTPStatus.FORBIDDEN,
    Refusal.TOKEN: HTTPStatus.FORBIDDEN,
}
"""What HTTP calls each."""

TOKEN = "X-Briefgen-Token"
"""Header in which a page shows its token."""


def _secret() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one session."""

    names: tuple[str, ...]
    """Hosts, with their ports, by which this server may be asked for."""
    key: str = field(default_factory=_secret)
    """Stands in the address that the terminal prints."""
    cookie: str = field(default_factory=_secret)
    token: str = field(default_factory=_secret)
    """Stands in the page, and in each step that it sends."""

    @property
    def cookie_name(self) -> str:
        """One for each port: browsers send a host's cookies to all of them."""
        return f"briefgen-review-{self.names[0].partition(':')[2]}"

    def opens(self, key: str) -> bool:
        """Whether a key is this session's."""
        return _same(key, self.key)

    def refuses(
        self, method: str, headers: Mapping[str, str], cookies: Mapping[str, str], key: str | None
    ) -> Refusal | None:
        """Why a request is refused; None where it is welcome. ``key`` is the one in its address."""
        host = headers.get("Host", "").lower()
        if host not in self.names:
            return Refusal.HOST
        if key is not None and method == "GET":
            # A link may lead here from anywhere: the key alone counts, and only opens the page.
            return None if self.opens(key) else Refusal.KEY
        if headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            return Refusal.ELSEWHERE
        if not _same(cookies.get(self.cookie_name, ""), self.cookie):
            return Refusal.KEY
        if method in ("GET", "HEAD"):
            return None
        if headers.get("Origin") != f"http://{host}":
            return Refusal.ELSEWHERE
        return None if _same(headers.get(TOKEN, ""), self.token) else Refusal.TOKEN


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
