"""The YAML of a site: what its pages say around the briefs, and where they will stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ValidationError

from briefgen.config import layers
from briefgen.config import theme as themes
from briefgen.config.entries import Entry, Format, ThemeEntry, as_theme
from briefgen.config.problems import in_words
from briefgen.config.values import Contact, Language, WebAddress, Words
from briefgen.config.yaml import Tree
from briefgen.errors import ConfigError
from briefgen.model import Theme

NAME = "site.yaml"
"""Name of a site's YAML, which stands beside those of the briefs."""


class SiteSettings(Entry):
    """Everything the YAML says of a site."""

    title: Words = "Briefs"
    """Name of the site."""
    description: Words | None = None
    """One sentence on what is published here."""
    organisation: Words | None = None
    """Who publishes it."""
    language: Language = "en"
    """BCP 47 tag of the site's own words."""
    base_url: WebAddress | None = None
    """Address of the home page. Feeds, the sitemap and canonical links need it."""
    about: Words | None = None
    """Markdown file on who publishes and how, from this YAML's own folder."""
    licence: Words | None = None
    """A licence's name, linked where it is a Creative Commons one, or its address."""
    corrections: Contact | None = None
    """Mail or web address for whoever finds a mistake."""
    theme: Annotated[ThemeEntry, BeforeValidator(as_theme)] = ThemeEntry()
    """House style: a theme's name, or its options."""

    @property
    def outputs(self) -> Sequence[Format]:
        """Formats of the site's own pages."""
        return (Format.HTML,)


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What a site's YAML says, with what it names read."""

    settings: SiteSettings
    folder: Path
    """Where its paths start, and its templates stand."""
    theme: Theme
    about: str | None = None
    """Markdown."""

    @property
    def base_url(self) -> str | None:
        """Address of the home page, ending in a slash."""
        address = self.settings.base_url
        return f"{address.rstrip('/')}/" if address else None


def load(path: Path) -> SiteConfig:
    """Read the YAML of a site.

    Raises ConfigError with one line for every problem, each with line and column.
    """
    from briefgen.config import read_text

    tree = layers.read(path, read_text)
    try:
        settings = SiteSettings.model_validate(tree.data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise ConfigError(*in_words(path, tree, found, SiteSettings)) from None

    def place(where: Sequence[str | int], problem: str) -> str:
        return tree.line(path, tuple(where), problem)

    theme = themes.resolve(settings, path.parent, place)
    return SiteConfig(settings, path.parent, theme, _about(path, settings, tree))


def beside(folder: Path) -> SiteConfig:
    """The site whose YAML stands in a folder, or one with nothing of its own.

    Raises ConfigError as ``load`` does.
    """
    path = folder / NAME
    if path.exists():
        return load(path)
    return SiteConfig(SiteSettings(), folder, themes.standard(folder))


def _about(path: Path, settings: SiteSettings, tree: Tree) -> str | None:
    from briefgen.config import read_text

    if settings.about is None:
        return None
    file = path.parent / settings.about
    if not file.resolve().is_relative_to(path.parent.resolve()):
        raise ConfigError(tree.line(path, ("about",), f"about: is outside {path.parent}"))
    try:
        return read_text(file)
    except ConfigError as error:
        raise ConfigError(tree.line(path, ("about",), f"about: {error}")) from None
