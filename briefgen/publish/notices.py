"""Pages of one brief beside its own: what changed in an edition, and that it is withdrawn."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from briefgen.compare import pieces
from briefgen.config.site import SiteConfig
from briefgen.publish.catalogue import Edition, Published
from briefgen.publish.headings import address_part
from briefgen.publish.policy import with_policy
from briefgen.render.templates import Templates


def changes_page(
    brief: Published, edition: Edition, site: SiteConfig, templates: Templates
) -> bytes:
    """What changed in an edition, for readers; it never changes itself."""
    return _alone("changes", brief, f"{edition.id}/changes", site, templates, edition=edition)


def withdrawn_page(brief: Published, site: SiteConfig, templates: Templates) -> bytes:
    """The notice at the address of a brief that is withdrawn."""
    return _alone("withdrawn", brief, "", site, templates)


def _alone(
    name: str,
    brief: Published,
    ending: str,
    site: SiteConfig,
    templates: Templates,
    **values: Any,
) -> bytes:
    path = PurePosixPath(brief.folder, ending, "index.html")
    told: Mapping[str, object] = {
        "site": site.settings,
        "base_url": site.base_url,
        "root": "../" * (len(path.parts) - 1),
        "path": str(path),
        "brief": brief,
        "address_part": address_part,
        "pieces": lambda one, other: list(
            pieces(" … ".join(one.excerpt), " … ".join(other.excerpt))
        ),
        **values,
    }
    return with_policy(templates.page(f"site/{name}.html.j2", site.theme, told))
