"""The wheel alone, in an empty environment and an empty folder, makes a PDF."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

from tests.helpers import ROOT


def run(*command: str | Path, folder: Path) -> str:
    # Nothing of this checkout may help: no PYTHONPATH, another folder.
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_builds_a_brief_in_an_empty_folder(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    build = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(wheels)]
    run(sys.executable, "-m", *build, ROOT, folder=tmp_path)
    (wheel,) = wheels.glob("*.whl")

    pinned = re.findall(r"^[\w.-]+==[^\s\\]+", (ROOT / "requirements.lock").read_text(), re.M)
    (tmp_path / "pinned.txt").write_text("\n".join(pinned))
    environment = tmp_path / "environment"
    venv.create(environment)
    pip = [sys.executable, "-m", "pip", "--python", environment / "bin" / "python"]
    quick = ["--quiet", "--no-compile", "--disable-pip-version-check"]
    run(*pip, "install", *quick, "-c", tmp_path / "pinned.txt", wheel, folder=tmp_path)

    work = tmp_path / "work"
    work.mkdir()
    briefgen = environment / "bin" / "briefgen"
    run(briefgen, "init", "demo", folder=work)
    written = run(briefgen, "build", "demo/demo.yaml", folder=work).split()
    assert "out/demo/brief.pdf" in written
    assert (work / "out/demo/brief.pdf").read_bytes().startswith(b"%PDF-")
