"""Full-text search that needs no server: Pagefind's index of the site's pages.

Only the newest edition of each brief, actors and sources are in it: their pages carry
``data-pagefind-body``.
"""

import subprocess
from pathlib import Path

from briefgen.errors import OutputError
from briefgen.publish import tree

FOLDER = "pagefind"
"""Where the index stands on the site."""

_UNUSED = (
    "pagefind-component-ui.css",
    "pagefind-component-ui.js",
    "pagefind-highlight.js",
    "pagefind-modular-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-ui.css",
    "pagefind-ui.js",
)
"""Pagefind's own faces for a search, 420 kB; the site has its own in ``search.js``."""

_PAGES = "{briefs,actors,sources}/*/index.html"


def index(fresh: Path, old: Path, language: str) -> None:
    """Index the pages of a new site as words of one language, so that one search finds them all.

    A site whose briefs are all held back yet has no index.

    Raises OutputError where that fails.
    """
    from pagefind_bin import get_executable

    if not any((fresh / "briefs").glob("*/index.html")):
        return
    command = [str(get_executable()), "--site", str(fresh), "--output-subdir", FOLDER]
    command += ["--glob", _PAGES, "--keep-index-url", "--silent"]
    command += ["--force-language", language.split("-")[0]]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[-1:]
        raise OutputError(f"{fresh}: search could not be indexed: {''.join(said)}") from None
    for name in _UNUSED:
        (fresh / FOLDER / name).unlink(missing_ok=True)
    tree.adopt(fresh, old, FOLDER)
