"""The live preview as a browser meets it: over a real socket, from a process of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen import pipeline
from briefgen.cli import main

from .helpers import ROOT, hears_interrupts

YAML = """\
title: Dredging the outer harbour
sources: [sources/*.txt, ../elsewhere/letter.txt]
sections:
  - text: {title: Why now, file: why.md}
  - positions
outputs: [markdown, html]
"""
STATEMENT = "The Harbour Council opposes the dredging plan for the outer harbour.\n"
SECONDS = 60
"""Patience of a test; what it waits for takes a fraction of one on a quiet machine."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    work = tmp_path / "harbour"
    (work / "sources").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "letter.txt").write_text("The ferries support the plan.\n")
    (work / "harbour.yaml").write_text(YAML)
    (work / "why.md").write_text("The Council votes in June.\n")
    (work / "sources" / "council.txt").write_text(STATEMENT)
    return work


class Preview:
    """A running ``briefgen serve`` and one window that listens to it."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", "briefgen", "serve", "harbour.yaml", "--port", "0"]
        command += options
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hears_interrupts,
        )
        assert self.process.stderr
        address = self.process.stderr.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address + self.process.stderr.read()
        self.port = int(address.rsplit(":", 1)[1].strip("/"))
        self._news = self._connect()
        self._news.request("GET", "/events?since=0")
        self._stream = self._news.getresponse()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        connection = self._connect()
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    def page(self) -> str:
        return self.get("/brief/brief.html").read().decode()

    def news(self) -> dict[str, Any]:
        """The next event."""
        for line in iter(self._stream.readline, b""):
            if line.startswith(b"data: "):
                found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return found
        raise AssertionError("the preview has ended")

    def wait_for_line(self, start: str) -> None:
        assert self.process.stderr
        while not self.process.stderr.readline().startswith(start):
            assert self.process.poll() is None

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, said


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    running = Preview(folder)
    yield running
    running.process.kill()
    running.process.communicate()


def test_an_edit_of_the_yaml_shows(preview, folder):
    assert preview.news()["brief"] == 1
    assert "Dredging the outer harbour" in preview.page()
    (folder / "harbour.yaml").write_text(YAML.replace("Why now", "Why at all"))
    now = preview.news()
    assert (now["brief"], now["problems"]) == (2, [])
    assert "Why at all" in preview.page()


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("sources/council.txt", STATEMENT.replace("opposes", "supports"), "supports"),
        ("sources/new.txt", "The Port said that tides are higher now.\n", "tides are higher"),
        ("../elsewhere/letter.txt", "The ferries said the plan is dear.\n", "the plan is dear"),
        ("why.md", "The Council votes in July.\n", "votes in July"),
        ("templates/sections/text.html.j2", "<p>My own template</p>", "My own template"),
        ("templates/styles/screen.css", "body { color: #123456 }", "#123456"),
    ],
)
def test_an_edit_of_anything_else_shows(preview, folder, file, content, expected):
    preview.news()
    assert expected not in preview.page()
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(content)
    while expected not in preview.page():
        assert preview.news()["problems"] == []


def test_a_mistake_is_shown_with_its_line_beside_the_last_good_brief(preview, folder):
    preview.news()
    good = preview.page()
    (folder / "harbour.yaml").write_text(YAML.replace("- positions", "- postions"))
    now = preview.news()
    (problem,) = now["problems"]
    assert problem.startswith("harbour.yaml:5:5: no section is called 'postions'")
    assert now["brief"] == 1
    assert preview.page() == good
    around = preview.get("/").read().decode()
    assert "no section is called &#39;postions&#39;" in around
    (folder / "harbour.yaml").write_text(YAML)
    assert preview.news()["problems"] == []


def test_a_save_that_changes_nothing_reloads_nothing(preview, folder):
    preview.news()
    (folder / "harbour.yaml").write_text(YAML)
    (folder / "why.md").write_text("The Council votes in July.\n")
    assert preview.news()["brief"] == 2


def test_what_is_written_is_what_a_build_writes(preview, folder):
    first = preview.news()
    preview.wait_for_line("wrote ")
    written = folder / "out" / "harbour"
    expected = pipeline.build(folder / "harbour.yaml", folder.parent / "built")
    assert sorted(one.name for one in written.iterdir()) == sorted(one.name for one in expected)
    for file in expected:
        # The order of the YAML's paths in messages aside, nothing depends on where it is called.
        assert (written / file.name).read_bytes() == file.read_bytes()
        assert preview.get(f"/brief/{file.name}").read() == file.read_bytes()
    assert first["files"] == sorted(file.name for file in expected)
    assert "EventSource" not in preview.page()


def test_the_pdf_follows_the_page(preview, folder):
    preview.news()
    (folder / "harbour.yaml").write_text(YAML.replace("[markdown, html]", "[html, pdf]"))
    while "brief.pdf" not in (now := preview.news())["files"]:
        assert now["problems"] == []
    preview.wait_for_line("wrote ")
    preview.wait_for_line("wrote ")
    assert preview.get("/brief/brief.pdf").read().startswith(b"%PDF-")
    names = sorted(one.name for one in (folder / "out" / "harbour").iterdir())
    assert names == ["brief.html", "brief.pdf", "findings.json"]


def test_only_this_machine_by_its_own_name_is_answered(preview):
    preview.news()
    own = f"localhost:{preview.port}"
    for path in ("/", "/brief/brief.html", "/events", "/preview.js"):
        assert preview.get(path, Host="evil.example").status == 421
        assert preview.get(path, Host=f"evil.example:{preview.port}").status == 421
        assert preview.get(path, Host="").status == 421
    assert preview.get("/", Host=own).status == 200
    for address in {entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None)}:
        if not address.startswith("127.") and address != "::1":
            with pytest.raises(OSError, match=r"."):
                socket.create_connection((address, preview.port), timeout=5)


def test_nothing_but_the_brief_can_be_had(preview):
    preview.news()
    for path in ("/brief/../harbour.yaml", "/brief/%2e%2e/why.md", "/etc/passwd", "/brief/x"):
        assert preview.get(path).status == 404
    assert preview.get("/").getheader("Content-Security-Policy") is not None
    assert preview.get("/").getheader("Access-Control-Allow-Origin") is None


def test_ctrl_c_ends_it_with_one_line(preview):
    preview.wait_for_line("wrote ")
    code, said = preview.stop()
    assert code == 0
    assert said.splitlines() == ["briefgen: the preview has ended"]


def test_a_port_that_is_taken_is_one_line(folder, capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert main(["serve", str(folder / "harbour.yaml"), "--port", port]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"briefgen: port {port}: ")
    assert "--port" in line


def test_a_file_that_is_not_there_is_one_line(tmp_path, capsys):
    assert main(["serve", str(tmp_path / "none.yaml")]) == 1
    assert "none.yaml: there is no such file" in capsys.readouterr().err


def test_a_mistake_from_the_start_is_shown_until_it_is_mended(folder):
    (folder / "harbour.yaml").write_text("title: [")
    running = Preview(folder)
    try:
        first = running.news()
        assert first["brief"] == 0
        assert first["problems"][0].startswith("harbour.yaml:")
        assert running.get("/brief/brief.html").status == 404
        (folder / "harbour.yaml").write_text(YAML)
        assert running.news()["brief"] == 1
    finally:
        running.process.kill()
        running.process.communicate()


def test_an_edit_of_what_the_yaml_extends_shows_wherever_it_lies(folder):
    house = folder.parent / "house" / "house.yaml"
    house.parent.mkdir()
    house.write_text("organisation: Harbour Desk\nsections: [nonsense]\n")
    (folder / "harbour.yaml").write_text(
        "extends: ../house/house.yaml\ntitle: Dredging\nsources: [sources/*.txt]\n"
    )
    running = Preview(folder)
    try:
        assert "nonsense" in running.news()["problems"][0]
        house.write_text("organisation: Harbour Desk\nsections: [positions]\noutputs: [html]\n")
        assert running.news()["problems"] == []
        assert "Harbour Desk" in running.page()
        house.write_text("organisation: Estuary Desk\nsections: [positions]\noutputs: [html]\n")
        running.news()
        assert "Estuary Desk" in running.page()
    finally:
        running.process.kill()
        running.process.communicate()


SEVERAL = """\
sources: [sources/*.txt]
sections: [positions]
outputs: [html]
briefs:
  - {slug: short, title: The short one}
  - {slug: long, title: The long one}
"""


def test_one_brief_of_several_is_shown_by_its_name(folder):
    (folder / "harbour.yaml").write_text(SEVERAL)
    running = Preview(folder, "--brief", "long")
    try:
        assert running.news()["title"] == "The long one"
        running.wait_for_line("wrote")
        assert (folder / "out" / "long" / "brief.html").is_file()
    finally:
        running.process.kill()
        running.process.communicate()


@pytest.mark.parametrize(
    ("options", "told"),
    [([], "holds several briefs (choose one: --brief short)"), (["--brief", "x"], "no brief 'x'")],
)
def test_a_brief_that_is_not_there_is_told_at_once(folder, capsys, options, told):
    (folder / "harbour.yaml").write_text(SEVERAL)
    assert main(["serve", str(folder / "harbour.yaml"), "--port", "0", *options]) == 1
    assert told in capsys.readouterr().err
