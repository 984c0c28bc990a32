"""Which published briefs say the same in other languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefgen.config import Config
from briefgen.model import Alternate
from briefgen.publish.catalogue import Catalogue
from briefgen.publish.editions import Terms, held_back


@dataclass(frozen=True, slots=True)
class Languages:
    """The addresses of briefs in other languages."""

    groups: Mapping[str, Mapping[str, str]]
    """For each group's first slug: language and slug of each brief."""
    before: Mapping[str, Mapping[str, str]]
    """The same as it is published now."""
    base: str | None

    def of(self, slug: str) -> tuple[Alternate, ...]:
        """A brief in all its languages; empty where it has but one, or the site no address."""
        group = next((g for g in self.groups.values() if slug in g.values()), {})
        if len(group) < 2 or self.base is None:
            return ()
        pairs = sorted(group.items())
        return tuple(Alternate(tag, f"{self.base}briefs/{one}/") for tag, one in pairs)

    @property
    def changed(self) -> set[str]:
        """Slugs of the briefs that have other translations than before."""
        roots = set(self.groups) | set(self.before)
        found = [r for r in roots if self.groups.get(r) != self.before.get(r)]
        return {slug for root in found for slug in self.groups.get(root, {}).values()}


def languages(
    configs: Mapping[Path, Sequence[Config]], catalogue: Catalogue, terms: Terms
) -> Languages:
    """The translations as they will be published, once these configurations are."""
    now: dict[str, tuple[str, str]] = {}
    for brief in catalogue:
        if not brief.withdrawn:
            now[brief.slug] = (brief.translation_of or brief.slug, brief.record.language)
    before = _groups(now)
    for config in (config for several in configs.values() for config in several):
        settings = config.settings
        if settings.withdrawn:
            now.pop(config.slug, None)
        elif held_back(config, terms, None) is None:
            now[config.slug] = (settings.translation_of or config.slug, settings.language)
    return Languages(_groups(now), before, terms.site.base_url)


def _groups(told: Mapping[str, tuple[str, str]]) -> Mapping[str, Mapping[str, str]]:
    groups: dict[str, dict[str, str]] = {}
    for slug, (root, language) in sorted(told.items()):
        groups.setdefault(root, {})[language] = slug
    return groups
