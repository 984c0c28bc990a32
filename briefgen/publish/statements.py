"""What has been said on a site: every claim of every edition, and how it shifted."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.model import Aspect, Claim, Source
from briefgen.publish.catalogue import Catalogue, Edition, Published


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as it stands in one edition of a brief."""

    claim: Claim
    brief: Published
    edition: Edition
    """The newest one that shows it so."""
    since: Edition
    """The first one that showed it so."""
    before: Claim | None = None
    """What it was until then, where its stance, status or rating shifted."""
    gone: Edition | None = None
    """The first edition that no longer shows it so, where one doesn't."""
    moved: bool = False
    """Whether another brief has taken the place of this one."""

    @property
    def current(self) -> bool:
        """Whether the brief still shows it so."""
        return self.gone is None and not self.brief.withdrawn and not self.moved

    @property
    def day(self) -> str:
        """When it was said, as exactly as that is known; else the day of the edition."""
        return self.claim.date or self.since.day

    @property
    def anchor(self) -> str:
        """Its place on the page of its actor, which stays where it is."""
        return f"{self.brief.slug}-{self.since.id}-{self.claim.kind}-{self.claim.id}"

    @property
    def sources(self) -> list[Source]:
        """Whoever reports it."""
        known = {source.id: source for source in self.edition.record.sources}
        return [known[id_] for id_ in self.claim.sources if id_ in known]


def statements(catalogue: Catalogue) -> list[Said]:
    """Every claim of every edition, the newest first.

    A brief's claim is there once for each actor, stance, status and rating that it has had.
    """
    moved = catalogue.moved()
    found = [said for brief in catalogue for said in _statements(brief, brief.slug in moved)]
    return sorted(
        found, key=lambda said: (said.day, said.since.day, said.since.number), reverse=True
    )


def _statements(brief: Published, moved: bool) -> Iterator[Said]:
    first: dict[tuple[object, ...], Edition] = {}
    last: dict[tuple[object, ...], tuple[Claim, int]] = {}
    for at, edition in enumerate(brief.editions):
        for claim in edition.record.claims:
            standing = (claim.stance, claim.status, claim.likelihood, claim.impact)
            key: tuple[object, ...] = (claim.kind, claim.id, claim.actor, standing)
            first.setdefault(key, edition)
            last[key] = (claim, at)
    after = (*brief.editions[1:], None)
    for key, (claim, at) in last.items():
        since = first[key]
        yield Said(claim, brief, brief.editions[at], since, _shift(claim, since), after[at], moved)


_SHIFTS = {Aspect.STANCE, Aspect.STATUS, Aspect.UP, Aspect.DOWN}


def _shift(claim: Claim, edition: Edition) -> Claim | None:
    """What a claim was before an edition gave it another standing; None where it didn't."""
    for change in edition.changes.claims if edition.changes else ():
        same = change.after and (change.after.kind, change.after.id) == (claim.kind, claim.id)
        if same and _SHIFTS.intersection(change.aspects):
            return change.before
    return None
