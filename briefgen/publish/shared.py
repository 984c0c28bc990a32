"""All files of a site that are not one brief's alone: a line for each kind."""

from collections.abc import Callable, Iterator

from briefgen.cache import Cache
from briefgen.config.site import SiteConfig
from briefgen.model import Artifact
from briefgen.publish import api, feeds, sitemap, views
from briefgen.publish.catalogue import Catalogue, of_site
from briefgen.publish.unchanged import Unchanged
from briefgen.publish.views import Views
from briefgen.render.templates import Templates

KINDS: tuple[Callable[[Views], Iterator[Artifact]], ...] = (
    views.pages,
    views.assets,
    feeds.feeds,
    sitemap.sitemap,
    api.api,
)
"""What makes each kind of shared file from the views of a site."""


def shared(
    catalogue: Catalogue, site: SiteConfig, unchanged: Unchanged, cache: Cache
) -> Iterator[Artifact]:
    """The pages and files around the briefs of a site, but for those that stay as they are."""
    made = Views(catalogue, site, Templates(site.folder, cache), unchanged)
    for kind in KINDS:
        yield from kind(made)
    yield of_site(catalogue, site.settings.title)
