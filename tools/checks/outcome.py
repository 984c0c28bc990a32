"""What one check of one brief says, and how the tools that it asks are run."""

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
"""Folder of the checkout."""

TOOLS = ROOT / ".venv-checks"
"""Environment of the tools that are Python packages."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a brief reaches the line of a check, and what was found."""

    reached: bool
    found: str
    """A few words for the table, such as ``0 failed rules``."""
    details: tuple[str, ...] = ()
    """One line for each thing to mend."""

    @classmethod
    def of(cls, problems: Sequence[str], noun: str) -> "Outcome":
        """Reached where nothing is to mend."""
        return cls(not problems, f"{len(problems)} {noun}", tuple(problems))


class DidNotRun(Exception):
    """A tool that is missing, crashed or answered in words nobody expected: never a pass."""


def run(
    command: Iterable[str | Path],
    allowed: Sequence[int] = (0,),
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    seconds: int = 600,
) -> subprocess.CompletedProcess[str]:
    """Run a tool to its end.

    Raises DidNotRun where it is missing, takes too long or ends with a code that is not allowed.
    """
    words = [str(word) for word in command]
    name = Path(words[0]).name
    try:
        done = subprocess.run(
            words,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            cwd=folder,
            timeout=seconds,
            check=False,
        )
    except OSError as error:
        raise DidNotRun(f"{name}: {error.strerror} (run tools/setup-checks)") from None
    except subprocess.TimeoutExpired:
        raise DidNotRun(f"{name}: took more than {seconds} s") from None
    if done.returncode not in allowed:
        said = (done.stderr or done.stdout).strip().splitlines()[-4:]
        raise DidNotRun(f"{name}: ended with {done.returncode}: {' / '.join(said)}")
    return done


def as_json(name: str, text: str) -> Any:
    """What a tool printed, read as JSON.

    Raises DidNotRun where it is none.
    """
    try:
        return json.loads(text)
    except ValueError:
        raise DidNotRun(f"{name}: printed no JSON: {text.strip()[:200]!r}") from None
