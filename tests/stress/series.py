"""A series of briefs in several editions, written from lists of words: the same at every call."""

from pathlib import Path

from tests.stress.long import DOCUMENTS, document

SOURCES = 4
"""Of a brief in its first edition; each further edition adds one."""

_TIMES = ("Again", "Now", "Once more", "Lately", "Since then", "Before it closed,")

_OUTPUTS = "[markdown, html, pdf]"


def write(folder: Path, briefs: int, edition: int, outputs: str = _OUTPUTS) -> list[Path]:
    """Write an edition of every brief over the one before, from 1; returns the YAMLs' paths."""
    paths = []
    for number in range(briefs):
        home = folder / f"brief-{number + 1:03}"
        (home / "sources").mkdir(parents=True, exist_ok=True)
        for at in range(SOURCES + edition - 1):
            source = home / "sources" / f"report-{at + 1}.txt"
            source.write_text(document((number * SOURCES + at * DOCUMENTS) % 9973), "utf-8")
        path = home / f"brief-{number + 1:03}.yaml"
        path.write_text(_yaml(number, edition, outputs), "utf-8")
        paths.append(path)
    return paths


def _yaml(number: int, edition: int, outputs: str) -> str:
    return f"""title: Province {number + 1} and the energy plan
subtitle: Who wants what in hearing {number + 1}
series: Hearing {number + 1}/2024
date: 2024-{edition:02}-{number % 28 + 1:02}
authors: [Signe Aldermoor]
organisation: Provincial Research Service
language: en-GB
preset: brief
sources: [sources/*.txt]
topics:
  Levies: [levy, fees, cap, charges]
  Networks: [line, turbines, capacity]
  Rivers: [river, dykes, salmon]
sections:
  - key_messages
  - text:
      title: Background
      text: |
        {_TIMES[edition % 6]} the hearing has heard what the provinces want [@report-1].
  - positions: {{view: list, group_by: actor}}
  - proposals: {{group_by: status}}
  - risks
  - sources
  - method
outputs: {outputs}
"""
