"""What is legal in a YAML but surely not meant."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning: the brief is made all the same."""

    place: str
    """``file:line:column``."""
    problem: str
    """What is wrong, and the way out in brackets."""

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"
