"""What a page of the site may load: its own style and what lies beside it, nothing from elsewhere.

The policy stands in the page, so that it holds on any server and from disk.
"""

import base64
import hashlib
import re

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)

_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

_CHARSET = '<meta charset="utf-8">'


def with_policy(page: str, *, search: bool = False) -> bytes:
    """A page with its Content-Security-Policy (CSP level 3), bytes ready to be written.

    Its style sheets and its metadata are allowed by what they say and by nothing else; scripts only
    where ``search`` is on the page, which runs as WebAssembly.
    """
    # Validators take the digest of a sheet without the white space around it, browsers with it.
    page = _STYLE.sub(lambda style: f"<style>{style[1].strip()}</style>", page)
    styles = [f"'sha256-{_digest(style)}'" for style in _STYLE.findall(page)]
    rules = [
        "default-src 'none'",
        " ".join(("style-src", "'self'", *styles)),
        "img-src 'self' data:",
        "font-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
    ]
    # Browsers run no metadata, whatever the policy says; validators ask for its digest.
    data = [f"'sha256-{_digest(block)}'" for block in _DATA.findall(page)]
    if search:
        rules += [" ".join(("script-src 'self' 'wasm-unsafe-eval'", *data)), "connect-src 'self'"]
    elif data:
        rules.append(" ".join(("script-src", *data)))
    told = f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">'
    return page.replace(_CHARSET, f"{_CHARSET}\n{told}", 1).encode()


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
