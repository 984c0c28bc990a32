"""Where a page of a brief stands on a site, and what surrounds it there."""

from dataclasses import dataclass

from briefgen.model.changes import Changes


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same brief in another language."""

    language: str
    """BCP 47 tag."""
    address: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One page of a published brief: of its newest edition, or of an edition at its own address."""

    site: str
    """Title of the site."""
    root: str
    """Way from the page to the home page's folder, such as ``../../``."""
    folder: str
    """Way from the page to the edition's folder; empty on the edition's own page."""
    edition: str
    """Id of the edition, which is its day: ``2024-08-02``, or ``2024-08-02-2`` for a second."""
    number: int
    """1 for the first edition."""
    newest: bool
    """Whether this is the page that always shows the newest edition."""
    first: str | None = None
    """ISO 8601 day of the first edition."""
    files: tuple[str, ...] = ()
    """Names of what lies in the edition's folder to take away."""
    previous: str | None = None
    """Id of the edition before."""
    changes: Changes | None = None
    """What changed since then."""
    correction: str | None = None
    """What the edition puts right."""
    canonical: str | None = None
    """Web address of the page that search engines are to know."""
    picture: str | None = None
    """Web address of the picture for previews."""
    alternates: tuple[Alternate, ...] = ()
    """The brief in other languages, and itself."""
