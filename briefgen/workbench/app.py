"""The addresses of the review: the page, the brief beside it, and one for each kind of step."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, jsonify, redirect, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from briefgen.errors import BriefgenError, TemplateError
from briefgen.workbench.guard import STATUS, Guard
from briefgen.workbench.orders import Adding, Asking, Deciding
from briefgen.workbench.page import Page
from briefgen.workbench.session import Session, State

_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src data:;"
    " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
_BRIEF = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What the page and the brief in it may load; neither loads anything from elsewhere."""

_MAX_BYTES = 1_000_000
"""Of one step."""

Sent = TypeVar("Sent", Adding, Deciding, Asking)


@dataclass(frozen=True, slots=True)
class Workbench:
    """The web application and the key to it."""

    app: Flask
    key: str
    session: Session


def make(session: Session, names: tuple[str, ...]) -> Workbench:
    """The review of a session, for browsers that ask one of these hosts. Raises TemplateError."""
    guard, page = Guard(names), Page(session.folder)
    # A template with a mistake ends the command, and the first page need not wait for the rest.
    _whole(page, session, guard.token)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BYTES

    @app.before_request
    def refuse() -> Response | None:
        key = request.args.get("key")
        why = guard.refuses(request.method, dict(request.headers), request.cookies, key)
        return None if why is None else _html(page.refused(why), STATUS[why])

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _PAGE)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    @app.errorhandler(BriefgenError)
    def complain(error: BriefgenError) -> Response:
        if request.method == "GET" or isinstance(error, TemplateError):
            return _plain("\n".join(error.lines), HTTPStatus.UNPROCESSABLE_ENTITY)
        response = jsonify({"problems": page.problems(error.lines)})
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    @app.errorhandler(HTTPException)
    def miss(error: HTTPException) -> Response:
        return _plain(error.name, error.code or HTTPStatus.INTERNAL_SERVER_ERROR)

    @app.get("/")
    def opened() -> Any:
        if "key" in request.args:
            welcome = redirect("/", HTTPStatus.SEE_OTHER)
            welcome.set_cookie(guard.cookie_name, guard.cookie, httponly=True, samesite="Strict")
            return welcome
        return _html(_whole(page, session, guard.token))

    @app.get("/brief")
    def brief() -> Response:
        try:
            response = _html(session.html())
        except BriefgenError as error:
            response = _html(page.unbuilt(error.lines), HTTPStatus.UNPROCESSABLE_ENTITY)
        response.headers["Content-Security-Policy"] = _BRIEF
        return response

    @app.get("/assets/<name>")
    def asset(name: str) -> Any:
        found = page.asset(name)
        if found is None:
            return _plain(HTTPStatus.NOT_FOUND.phrase, HTTPStatus.NOT_FOUND)
        response = Response(found[0], content_type=found[1])
        if found[1].startswith("font/"):
            response.headers["Cache-Control"] = "private, max-age=86400"
        return response

    @app.post("/look")
    def look() -> Any:
        sent = _sent(Asking)
        return _changed(page, session, sent.version, session.look(), "look")

    @app.post("/decide")
    def decided() -> Any:
        sent = _sent(Deciding)
        state = session.decide(sent.id, sent.verb, sent.fields, sent.others, sent.note, sent.reason)
        return _changed(page, session, sent.version, state, str(sent.verb), sent.id)

    @app.post("/add")
    def added() -> Any:
        sent = _sent(Adding)
        state, id_ = session.add(sent.source, sent.quote, sent.start, sent.kind, sent.fields)
        return _changed(page, session, sent.version, state, "add", id_)

    @app.post("/undo")
    def undone() -> Any:
        sent = _sent(Asking)
        return _changed(page, session, sent.version, session.undo(), "undo")

    @app.errorhandler(ValidationError)
    def misunderstand(_: ValidationError) -> Response:
        return _plain(HTTPStatus.BAD_REQUEST.phrase, HTTPStatus.BAD_REQUEST)

    return Workbench(app, guard.key, session)


def _whole(page: Page, session: Session, token: str) -> str:
    state = session.open()
    return page.whole(state, title=session.title, file=session.file.name, token=token)


def _sent(kind: type[Sent]) -> Sent:
    return kind.model_validate_json(request.get_data())


def _changed(
    page: Page, session: Session, version: int, new: State, what: str, id_: str | None = None
) -> Response:
    """What the page is to exchange; all of it where it shows a state that is long past."""
    old = session.before(version)
    said = page.said(what, id_)
    if old is None:
        return jsonify({"reload": True, "said": said})
    return jsonify({**page.changes(old, new), "said": said, "id": id_})


def _html(text: str | bytes, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(text, status, content_type="text/html; charset=utf-8")


def _plain(text: str, status: int) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")
