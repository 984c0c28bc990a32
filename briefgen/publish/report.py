"""What came of a publish."""

from dataclasses import dataclass

from briefgen.publish.editions import Outcome
from briefgen.publish.tree import Difference


@dataclass(frozen=True, slots=True)
class Report:
    """What a publish did, or would do."""

    outcomes: tuple[Outcome, ...]
    """One for each brief, in the order given; none for those whose files are as they were."""
    difference: Difference
    """Files of the site."""
