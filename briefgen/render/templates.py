"""The templates of one working folder: found, set up and filled, with their mistakes named."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from briefgen.cache import Cache
from briefgen.config import theme as themes
from briefgen.config.fonts import GENERIC
from briefgen.config.templates import find, roots
from briefgen.model import Brief, Theme
from briefgen.render import changes, charts, images, metadata, passages, prose, small_print, wording
from briefgen.render.bytecode import Bytecode
from briefgen.render.characters import visible
from briefgen.render.custom import check_shown
from briefgen.render.escaping import MarkdownEnvironment
from briefgen.render.faults import template_errors
from briefgen.render.sandbox import Sandbox


class Templates:
    """Templates of a working folder, the user's own before the shipped ones, file by file."""

    def __init__(self, folder: Path, cache: Cache | None = None) -> None:
        self.cache = cache or Cache(None)
        """Keeps what is made of templates."""
        self.folder = folder
        """Where the YAML stands."""
        self.roots = roots(folder)
        """Where templates are looked for, in this order."""
        self._loader = ChoiceLoader([FileSystemLoader(root) for root in self.roots])
        self._html: Sandbox | None = None
        self._plain: Sandbox | None = None
        self._standard: Theme | None = None

    def html(self, brief: Brief, medium: str) -> str:
        """The brief as HTML for a ``medium``, ``screen`` or ``print``.

        Raises TemplateError.
        """
        return self._fill(self._for_pages(), "brief.html.j2", brief, medium)

    def page(self, name: str, theme: Theme, values: Mapping[str, object]) -> str:
        """A page other than a brief, from the template of a name.

        Raises TemplateError.
        """
        environment = self._for_pages()
        told = {**values, "theme": theme, "medium": "screen"}
        with template_errors(environment, self.roots, told):
            return visible(environment.get_template(name).render(told))

    def words(self, name: str, values: Mapping[str, object]) -> str:
        """Plain text from the template of a name, for whatever escapes it itself.

        Raises TemplateError.
        """
        if self._plain is None:
            self._plain = self._set_up(Sandbox(**self._options("words")))
        with template_errors(self._plain, self.roots, values):
            return visible(self._plain.get_template(name).render(values))

    def _for_pages(self) -> Sandbox:
        if self._html is None:
            self._html = self._set_up(Sandbox(autoescape=True, **self._options("html")))
            self._html.filters.update({**passages.FILTERS, **metadata.FILTERS})
            self._html.filters["drawing"] = charts.draw
            self._html.filters["pieces"] = lambda value, inline=False: prose.html_pieces(
                value, lambda page: images.embed(page, self.folder), self.cache, inline
            )
        return self._html

    def markdown(self, brief: Brief) -> str:
        """The brief as Markdown, white space as the template left it.

        Raises TemplateError.
        """
        environment = self._set_up(MarkdownEnvironment(**self._options("markdown")))
        environment.filters["pieces"] = prose.markdown_pieces
        return self._fill(environment, "brief.md.j2", brief, "markdown")

    def read(self, name: str) -> bytes | None:
        """Content of a file among the templates; None where there is none by that name."""
        path = find(self.folder, name)
        return path.read_bytes() if path else None

    def shelved(self) -> list[bytes]:
        """Name and digest of every file that a page may ask for, the user's own first."""
        return [
            part
            for root in self.roots
            for path in sorted(root.rglob("*"))
            if path.is_file() and path.suffix != ".j2"
            for part in (path.relative_to(root).as_posix().encode(), self.cache.digest([path]))
        ]

    def lines_with(self, words: str) -> list[str]:
        """Places of a template line, ``file:line``, that hold the words."""
        return [
            f"{root / name}:{number}"
            for root in self.roots
            for name in FileSystemLoader(root).list_templates()
            for number, line in enumerate(_lines(root / name), start=1)
            if words in line
        ]

    def _options(self, kind: str) -> dict[str, object]:
        return {
            "loader": self._loader,
            "bytecode_cache": Bytecode(self.cache, kind),
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
        }

    def _set_up(self, environment: Sandbox) -> Sandbox:
        # Filler text of any length would only be a way to hang a build.
        environment.globals.pop("lipsum", None)
        environment.filters.update({**wording.FILTERS, **small_print.FILTERS, **changes.FILTERS})
        environment.tests.update(wording.TESTS)
        environment.tests["generic_family"] = GENERIC.__contains__
        environment.globals["stylesheet"] = lambda name: Markup(
            self._loader.get_source(environment, f"styles/{name}")[0]
        )
        environment.globals["theme_stylesheet"] = lambda theme, name: Markup(
            (self.read(f"themes/{theme.name}/{name}") or b"").decode()
        )
        return environment

    def _theme(self, brief: Brief, medium: str) -> Theme:
        """The brief's theme, its colours those of the medium."""
        if brief.theme is None and self._standard is None:
            self._standard = themes.standard(self.folder)
        theme = brief.theme or self._standard
        assert theme is not None
        return replace(theme, colours=theme.print) if medium == "print" else theme

    def _fill(self, environment: Sandbox, name: str, brief: Brief, medium: str) -> str:
        values = {
            "brief": brief,
            "front": brief.front,
            "medium": medium,
            "theme": self._theme(brief, medium),
            "occurrences": wording.occurrences(brief),
        }
        with template_errors(environment, self.roots, values):
            page = visible(environment.get_template(name).render(values))
        check_shown(brief, medium, page, self.roots)
        return page


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()
