"""The site's own pages, from what the catalogue holds: each a view and a template."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from briefgen.config.site import SiteConfig
from briefgen.model import Artifact, Prose
from briefgen.publish.catalogue import Catalogue
from briefgen.publish.headings import (
    address_part,
    by_actor,
    by_series,
    by_source,
    by_topic,
)
from briefgen.publish.policy import with_policy
from briefgen.publish.statements import statements
from briefgen.publish.unchanged import Unchanged
from briefgen.render.templates import Templates

Path = PurePosixPath


class Views:
    """Everything that the pages of a site show, worked out once."""

    def __init__(
        self,
        catalogue: Catalogue,
        site: SiteConfig,
        templates: Templates,
        unchanged: Unchanged | None = None,
    ) -> None:
        """Take what to show, and where it is known what of the old site stays."""
        self.catalogue = catalogue
        self.site = site
        self.briefs = [brief for brief in catalogue if brief.slug not in catalogue.moved()]
        """Those that have an address of their own, the newest first."""
        self._templates = templates
        self._unchanged = unchanged
        self.said = statements(catalogue)
        self.actors = by_actor(self.said)
        """By their names; so are the others."""
        self.topics = by_topic(self.said)
        self.series = by_series(self.briefs)
        self.sources = by_source(self.said)

    def page(self, name: str, path: str, *, search: bool = False, **values: Any) -> Artifact:
        """A page of the site at a path, from ``site/<name>.html.j2``."""
        root = "../" * (len(Path(path).parts) - 1)
        told = {"site": self.site.settings, "root": root, "path": path, "views": self, **values}
        told |= {"base_url": self.site.base_url, "address_part": address_part}
        text = self._templates.page(f"site/{name}.html.j2", self.site.theme, told)
        return Artifact(Path(path), with_policy(text, search=search))

    def stays(self, path: str, slugs: Iterable[str]) -> bool:
        """Whether the file at a path, which shows these briefs and no other, need not be made."""
        return self._unchanged is not None and self._unchanged.holds(path, slugs)

    def words(self, name: str, **values: Any) -> str:
        """Plain text from a template."""
        return self._templates.words(name, {"site": self.site.settings, **values})

    def text(self, name: str) -> str:
        """A template of the site that is no page."""
        return self._templates.page(name, self.site.theme, {})

    def file(self, name: str) -> bytes:
        """A file among the templates, as it is."""
        return self._templates.read(name) or b""


def listing(catalogue: Catalogue) -> frozenset[str]:
    """Files about one actor, topic or source each, in which a catalogue's briefs are listed."""
    said = statements(catalogue)
    actors = by_actor(said)
    return frozenset(
        [
            *(f"actors/{actor.slug}/index.html" for actor in actors),
            *(f"api/actors/{actor.slug}.json" for actor in actors),
            *(f"topics/{topic.slug}/index.html" for topic in by_topic(said)),
            *(f"sources/{cited.slug}/index.html" for cited in by_source(said)),
        ]
    )


def pages(views: Views) -> Iterator[Artifact]:
    """Every page of the site that shows more than one brief, and the notices."""
    yield views.page("home", "index.html")
    yield views.page("briefs", "briefs/index.html")
    yield views.page("actors", "actors/index.html")
    for actor in views.actors:
        if not views.stays(path := f"actors/{actor.slug}/index.html", actor.slugs):
            yield views.page("actor", path, actor=actor)
    yield views.page("topics", "topics/index.html")
    for topic in views.topics:
        if not views.stays(path := f"topics/{topic.slug}/index.html", topic.slugs):
            yield views.page("topic", path, topic=topic)
    yield views.page("sources", "sources/index.html")
    for cited in views.sources:
        if not views.stays(path := f"sources/{cited.slug}/index.html", cited.slugs):
            yield views.page("source", path, cited=cited)
    yield views.page("series", "series/index.html")
    about = Prose(views.site.about, ()) if views.site.about else None
    yield views.page("about", "about/index.html", about=about)
    yield views.page("search", "search/index.html", search=True)
    yield views.page("missing", "404.html")
    for brief in views.catalogue:
        if not views.stays(path := f"{brief.folder}/editions/index.html", {brief.slug}):
            yield views.page("editions", path, brief=brief)
    for old, slug_ in views.catalogue.moved().items():
        brief = views.catalogue.briefs[slug_]
        yield views.page("moved", f"briefs/{old}/index.html", brief=brief)


def assets(views: Views) -> Iterator[Artifact]:
    """The style sheet that these pages share, and the script of the search."""
    yield Artifact(Path("assets/site.css"), views.text("site/site.css.j2").encode())
    script = views.file("site/search.js")
    yield Artifact(Path("assets/search.js"), script)
