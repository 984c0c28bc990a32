"""What of the old site's shared files a publish need not make again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass
class Unchanged:
    """Told of each file that shows some briefs alone, and remembers those that stay as they are."""

    old: Path
    """The old site."""
    touched: frozenset[str] | None = None
    """Slugs of the briefs that this publish changes anything of; None where all may be otherwise,
    as under another version of briefgen."""
    listed: frozenset[str] = frozenset()
    """Files that show any of these briefs now, and may no longer."""
    paths: list[PurePosixPath] = field(default_factory=list)
    """Files that stay."""

    def holds(self, path: str, slugs: Iterable[str]) -> bool:
        """Whether the file at a path of the site, which shows these briefs, is there and stays."""
        stays = (
            self.touched is not None
            and self.touched.isdisjoint(slugs)
            and path not in self.listed
            and (self.old / path).is_file()
        )
        if stays:
            self.paths.append(PurePosixPath(path))
        return stays
