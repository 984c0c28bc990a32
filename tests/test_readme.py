"""The README's tutorial, line by line: an empty folder, the installed command, what it prints."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.helpers import ROOT

README = (ROOT / "README.md").read_text("utf-8")


@dataclass
class Block:
    """A code block and the line of the README that it starts on."""

    language: str
    text: str
    line: int


def blocks(markdown: str) -> Iterator[Block]:
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", markdown, re.M | re.S):
        yield Block(found[1], found[2], markdown.count("\n", 0, found.start()) + 1)


def run(command: list[str], folder: Path) -> str:
    """What a command prints; messages come last, as on a terminal."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).splitlines())


def plain(lines: str) -> str:
    return "\n".join(line.rstrip() for line in lines.splitlines())


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    made = tmp_path / "harbour" / "harbour.yaml"
    printed = ""
    for block in blocks(README):
        where = f"README.md:{block.line}"
        match block.language:
            case "console":
                for step in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
                    command, _, expected = step.partition("\n")
                    assert run(["bash", "-c", command], tmp_path) == plain(expected), where
            case "diff":
                old, new = block.text.splitlines()
                text = made.read_text("utf-8")
                assert text.count(f"\n{old[1:]}\n") == 1, where
                made.write_text(text.replace(f"\n{old[1:]}\n", f"\n{new[1:]}\n"), "utf-8")
            case "yaml":
                assert yaml.safe_load(block.text) == yaml.safe_load(made.read_text("utf-8")), where
            case "python":
                printed = run([sys.executable, "-c", block.text], tmp_path)
            case "":
                assert printed == plain(block.text), where
            case _:
                # What sets up this checkout, and is run by whoever reads this.
                assert block.language == "sh", where
                assert re.findall(r"^make \w+", block.text, re.M) == ["make brief", "make test"]
    assert (tmp_path / "out/harbour/brief.pdf").read_bytes().startswith(b"%PDF-")


def test_every_link_leads_somewhere() -> None:
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.M | re.S)
        for address in re.findall(r"\]\(([^)\s]+)\)", prose):
            target, _, anchor = address.partition("#")
            if "://" in address:
                continue
            file = path.parent / target if target else path
            assert file.exists(), f"{path.name}: {address}"
            if anchor:
                titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
                anchors = {re.sub(r"[^\w -]", "", t.lower()).replace(" ", "-") for t in titles}
                assert anchor in anchors, f"{path.name}: {address}"
