"""A review of two small documents, and a browser that has been let in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from briefgen.config.yaml import parse
from briefgen.workbench import Session
from briefgen.workbench.app import make
from tests.review.harbour import TEXTS

HOST = "127.0.0.1:8000"
YAML = "title: Dredging the outer harbour\nsources: [minutes.txt, column.txt]\n"


@dataclass
class Browser:
    """One page that is open, and what it sends."""

    client: FlaskClient
    folder: Path
    key: str
    token: str = ""
    version: int = 0

    @property
    def file(self) -> Path:
        return self.folder / "harbour.decisions.yaml"

    @property
    def says(self) -> Mapping[str, Any]:
        """What the decisions file says, without what it remembers of findings."""
        data = parse(self.file.read_text("utf-8")).data or {}
        for decision in data.values():
            if isinstance(decision, dict):
                decision.pop("about", None)
                decision.pop("about_merged", None)
                decision.pop("when", None)
        for addition in data.get("add", ()):
            addition.pop("when", None)
        return data

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers={"Host": HOST, **headers})

    def open(self) -> str:
        """Open the page, as somebody who has the address."""
        self.get(f"/?key={self.key}")
        page = self.get("/").get_data(as_text=True)
        self.token = re.search(r'data-token="(.+?)"', page)[1]
        self.version = int(re.search(r'data-version="(.+?)"', page)[1])
        return page

    def post(self, path: str, headers: Mapping[str, str | None] | None = None, **order: Any) -> Any:
        usual = {"Host": HOST, "Origin": f"http://{HOST}", "X-Briefgen-Token": self.token}
        sent = {name: value for name, value in {**usual, **(headers or {})}.items() if value}
        body = json.dumps({"version": self.version, **order})
        return self.client.post(path, headers=sent, data=body)

    def step(self, path: str, **order: Any) -> Mapping[str, Any]:
        """A step that succeeds; what the page is to show then."""
        answer = self.post(path, **order)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        self.version = answer.json["version"]
        return answer.json

    def decide(self, id: str, verb: str, **more: Any) -> Mapping[str, Any]:
        return self.step("/decide", id=id, verb=verb, **more)

    def refused(self, path: str, **order: Any) -> str:
        """The problem of a step that has one."""
        answer = self.post(path, **order)
        assert answer.status_code == 422
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|&#39;", "'", answer.json["problems"]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "harbour.yaml").write_text(YAML, "utf-8")
    return tmp_path


def reviewed(folder: Path) -> Browser:
    """A review, and a browser that has not been let in."""
    workbench = make(Session(folder / "harbour.yaml", None, "Ann"), (HOST, "localhost:8000"))
    return Browser(workbench.app.test_client(), folder, workbench.key)


@pytest.fixture
def stranger(folder: Path) -> Browser:
    return reviewed(folder)


@pytest.fixture
def browser(stranger: Browser) -> Browser:
    stranger.open()
    return stranger
