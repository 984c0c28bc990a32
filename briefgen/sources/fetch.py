"""Web addresses: fetched once, kept in the user's cache, never from a private network unasked."""

import hashlib
import ipaddress
import json
import os
import re
import socket
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx
import platformdirs

from briefgen.sources.limits import MAX_BYTES, check_size
from briefgen.sources.reading import Raw, Unreadable

CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 60.0
"""Time for one source, redirects included."""

MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_AGENT = "briefgen (https://pypi.org/project/briefgen/)"


@dataclass(frozen=True, slots=True)
class _Page:
    data: bytes
    url: str
    """Where the last redirect led."""
    content_type: str


def fetch(url: str, *, allow_private: bool = False, cache: Path | None = None) -> Raw:
    """Bytes of a web address, from the cache if it was ever fetched, without asking again.

    To fetch anew, delete ``pages`` in the user's cache folder of ``briefgen``. Raises Unreadable
    where the address is refused or can't be fetched.
    """
    folder = cache if cache is not None else Path(platformdirs.user_cache_dir("briefgen")) / "pages"
    page = _cached(folder, url)
    if page is None:
        page = _download(url, allow_private)
        _keep(folder, url, page)
    kind, _, parameters = page.content_type.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters)
    return Raw(
        data=page.data,
        location=url,
        name=unquote(PurePosixPath(urlsplit(page.url).path).name) if kind in _VAGUE else "",
        media_type=kind.strip().lower() or None,
        charset=charset[1] if charset else None,
    )


_VAGUE = ("", "application/octet-stream", "binary/octet-stream", "text/plain")
"""Types that servers send for anything: the name in the address says more."""


def _cached(folder: Path, url: str) -> _Page | None:
    body, about = _files(folder, url)
    try:
        said = json.loads(about.read_text(encoding="utf-8"))
        data = body.read_bytes()
        if said["sha256"] != hashlib.sha256(data).hexdigest():
            return None
        return _Page(data, str(said["url"]), str(said["content_type"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(folder: Path, url: str, page: _Page) -> None:
    body, about = _files(folder, url)
    said = {
        "asked": url,
        "url": page.url,
        "content_type": page.content_type,
        "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": hashlib.sha256(page.data).hexdigest(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(body, page.data)
        _write(about, json.dumps(said, indent=1).encode())
    except OSError:
        # A read-only home only means that the page is fetched again next time.
        return


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _files(folder: Path, url: str) -> tuple[Path, Path]:
    key = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return folder / f"{key}.page", folder / f"{key}.json"


def _download(url: str, allow_private: bool) -> _Page:
    deadline = time.monotonic() + TOTAL_SECONDS
    asked = url
    timeout = httpx.Timeout(CONNECT_SECONDS)
    try:
        # Without the environment's proxies: behind one the address that is connected to can't be
        # checked.
        with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
            for _ in range(MAX_REDIRECTS + 1):
                answer = _get(client, asked, allow_private, deadline)
                if isinstance(answer, _Page):
                    return answer
                asked = answer
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:150] or type(error).__name__
        raise Unreadable(
            f"cannot be fetched ({reason}); no cached copy (save the page and name the file)"
        ) from None
    raise Unreadable(f"redirects more than {MAX_REDIRECTS} times (save the page, name the file)")


def _get(client: httpx.Client, url: str, allow_private: bool, deadline: float) -> _Page | str:
    """The page, or the address that it redirects to."""
    address = httpx.URL(url)
    if address.scheme not in ("http", "https") or not address.host:
        raise Unreadable(f"leads to {url[:100]!r}, which is no http(s) address")
    if address.userinfo:
        raise Unreadable("has a user name or password in it (take them out)")
    host = address.raw_host.decode("ascii")
    port = address.port or (443 if address.scheme == "https" else 80)
    pinned = address.copy_with(host=_resolve(host, port, allow_private))
    # The connection goes to the address that was checked: a second look-up by the client could
    # be answered differently. Host and certificate stay those of the name.
    headers = {"Host": address.netloc.decode("ascii"), "User-Agent": _AGENT, "Accept": "*/*"}
    extensions = {"sni_hostname": host}
    with client.stream("GET", pinned, headers=headers, extensions=extensions) as response:
        if response.status_code in _REDIRECTS and "location" in response.headers:
            return str(address.join(response.headers["location"]))
        if response.status_code != 200:
            raise Unreadable(
                f"the server answers {response.status_code} {response.reason_phrase}".rstrip()
                + " (check the address)"
            )
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > MAX_BYTES:
                check_size(len(data))
            if time.monotonic() > deadline:
                raise Unreadable(f"takes longer than {TOTAL_SECONDS:.0f} s (save it as a file)")
        return _Page(bytes(data), url, response.headers.get("content-type", ""))


def _resolve(host: str, port: int, allow_private: bool) -> str:
    """First address of a host, after every address of it was checked."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no such host"
        raise OSError(f"{host}: {reason}") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise Unreadable(
                f"leads to the private address {address} ({host}); "
                "to allow that set `fetch: {allow_private: true}`"
            )
    if not addresses:
        raise OSError(f"{host}: no such host")
    return addresses[0]


def _is_public(address: str) -> bool:
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""
