"""Everything that the published page of a brief, or a site's own pages, are made from."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from briefgen import review, sources
from briefgen.config import Config
from briefgen.config.sections import TextSection
from briefgen.config.site import SiteConfig
from briefgen.config.templates import roots
from briefgen.publish.memory import Inputs

_PICTURE = re.compile(r"""[^\s()<>"']+\.(?:png|jpe?g|svg|gif|webp)\b""", re.IGNORECASE)


def of(config: Config) -> Inputs:
    """The inputs of one brief."""
    files = {config.path, *config.tree.files.values(), review.beside(config)}
    patterns = set()
    for index, entry in enumerate(config.settings.sources):
        if entry.path:
            patterns.add(config.home(("sources", index, "path")) / entry.path.strip())
    files |= set(sources.paths(config))
    for index, section in enumerate(config.settings.sections):
        if isinstance(section, TextSection) and section.file:
            files.add(config.home(("sections", index, "text", "file")) / section.file)
    if config.settings.theme.logo:
        files.add(config.home(("theme", "logo")) / config.settings.theme.logo)
    files |= {config.folder / name for name in _pictures(config)}
    return _with_templates(config.folder, files, patterns)


def of_site(path: Path, site: SiteConfig) -> Inputs:
    """The inputs of a site's own pages; ``path`` is that of its YAML, which need not be there."""
    settings = site.settings
    names = filter(None, (settings.about, settings.theme.logo))
    return _with_templates(site.folder, {path, *(site.folder / name for name in names)}, set())


def _with_templates(folder: Path, files: set[Path], patterns: set[Path]) -> Inputs:
    own = roots(folder)[0]
    templates = {path for path in own.rglob("*") if path.is_file()}
    return Inputs(_names(files | templates), _names({*patterns, own / "**"}))


def _pictures(config: Config) -> set[str]:
    """Whatever looks like a picture's name in the analyst's words; one too many does no harm."""
    words = (config.text, *config.texts.values())
    return {unquote(name) for text in words for name in _PICTURE.findall(text)}


def _names(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(sorted({os.path.abspath(path) for path in paths}))  # noqa: PTH100 (links stay)
