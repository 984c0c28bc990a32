"""``briefgen review`` as the terminal shows it: an address, one line a problem, a clean end."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefgen.cli import main
from tests.helpers import ROOT, hears_interrupts

SECONDS = 60
"""Patience of a test; what it waits for takes a second or two on a quiet machine."""


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, int, str]]:
    """A review in a process of its own: its host, port and key too."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "briefgen", "review", "harbour.yaml", "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_interrupts,
    )
    try:
        assert process.stderr
        line = process.stderr.readline()
        found = re.fullmatch(r"http://(127\.0\.0\.1):(\d+)/\?key=([\w-]{32})\n", line)
        assert found, line + process.stderr.read()
        yield process, found[1], int(found[2]), found[3]
    finally:
        process.kill()
        process.communicate()


def test_the_printed_address_opens_and_ctrl_c_ends_it(folder: Path) -> None:
    with running(folder) as (process, host, port, key):
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.request("GET", f"/?key={key}")
        answer = connection.getresponse()
        assert answer.status == 303
        cookie = (answer.headers["Set-Cookie"] or "").split(";")[0]
        answer.read()
        connection.request("GET", "/", headers={"Cookie": cookie})
        assert "Dredging the outer harbour" in connection.getresponse().read().decode()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=SECONDS)
        assert (process.returncode, said) == (0, "briefgen: the review has ended\n")
        assert not list(folder.glob(".*"))


def test_another_machine_finds_no_port(folder: Path) -> None:
    with running(folder) as (_, _, port, _), pytest.raises(OSError, match=r"refused|unreachable"):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["review", *words]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return line


def test_a_port_that_is_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = complaint(capsys, str(folder / "harbour.yaml"), "--port", port)
    assert line.startswith(f"briefgen: port {port}: ")
    assert line.endswith("(choose another with --port)")


def test_a_yaml_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "none.yaml: " in complaint(capsys, str(tmp_path / "none.yaml"))


def test_decisions_with_a_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "harbour.decisions.yaml").write_text("p-0ba0e1: {kep: true}\n", "utf-8")
    line = complaint(capsys, str(folder / "harbour.yaml"))
    assert "harbour.decisions.yaml:1:12: unknown key 'kep'" in line


def test_one_of_several_briefs_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "holds no brief 'x'" in complaint(capsys, str(folder / "harbour.yaml"), "--brief", "x")


def test_no_other_command_waits_for_the_web_framework() -> None:
    code = "import sys, briefgen.cli; sys.exit('flask' in sys.modules or 'werkzeug' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=SECONDS)
