"""What a page of the site may load: its own style and what lies beside it, nothing from elsewhere.

The policy stands in the page, so that it holds on any server and from disk.
"""

import base64
import hashlib
import re

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)

_CHARSET = '<meta charset="utf-8">'


def with_policy(page: str, *, search: bool = False) -> bytes:
    """A page with its Content-Security-Policy (CSP level 3), bytes ready to be written.

    Its style sheets are allowed by what they say and by nothing else; scripts only where
    ``search`` is on the page, which runs as WebAssembly.
    """
    styles = [f"'sha256-{_digest(style)}'" for style in _STYLE.findall(page)]
    rules = [
        "default-src 'none'",
        " ".join(("style-src", "'self'", *styles)),
        "img-src 'self' data:",
        "font-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
    ]
    if search:
        rules += ["script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'"]
    told = f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'
    return page.replace(_CHARSET, f"{_CHARSET}\n{told}", 1).encode()


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
