"""The application: the pages and the interface, behind the guard, and what goes wrong put into words."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from gapcheck.errors import DisagreementError, EngineError, InputError
from gapcheck.law.lawbook import Lawbook
from gapcheck.version import __version__
from gapcheck.web import api, ask, compare, home, jd, role, team
from gapcheck.web.guard import DOCUMENT, Guard, Public
from gapcheck.web.site import STATIC, Site, site_of, wrongs

_SAID = {404: "There is no such page.", 405: "That cannot be done here."}
_OURS = "That is our fault. Please report it with what you did."


def application(
    book: Lawbook,
    rules: Iterable[str] = (),
    names: Iterable[str] = (),
    any_address: bool = False,
    public: Public | None = None,
) -> ASGIApp:
    """The whole application. `rules`: the folders of the lawbook, for the command lines that it shows; `names`,
    `any_address` and `public`: see `Guard`."""
    app = FastAPI(title="gapcheck", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.openapi = lambda: api.described(app)  # type: ignore[method-assign]
    app.state.site = Site(book, tuple(rules), public.prefix if public else "", bool(public))
    for router in (home.pages, ask.pages, role.pages, jd.pages, team.pages, compare.pages, api.routes):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_exception_handler(InputError, _input)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _form)
    for fault in (DisagreementError, EngineError, Exception):
        app.add_exception_handler(fault, _fault)

    def refuse(scope: Scope, status: int, words: str) -> Response:
        return _say(Request({**scope, "app": app}), status, words)

    return Guard(app, names, any_address, {"/jd": DOCUMENT, "/team": DOCUMENT, "/api/jd": DOCUMENT}, refuse, public)


def _input(request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    if _programs(request):
        return api.Data({"errors": [item._asdict() for item in error.problems]}, 400)
    return site_of(request).page(
        request, "problem.html.j2", 400, title="That cannot be answered", says="", wrong=wrongs(error)
    )


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = (
        error.detail
        if error.detail != HTTPStatus(error.status_code).phrase
        else _SAID.get(error.status_code, error.detail)
    )
    return _say(request, error.status_code, said, dict(error.headers or {}))


def _form(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if not _programs(request):
        return _say(request, 404, _SAID[404])
    found = [
        {"source": ".".join(map(str, item["loc"])), "line": None, "message": str(item["msg"]), "help": "", "code": ""}
        for item in error.errors()
    ]
    return api.Data({"errors": found}, 422)


def _fault(request: Request, error: Exception) -> Response:
    print(f"gapcheck failed: {type(error).__name__}: {error} (GAPCHECK_DEBUG=1 shows more)", file=sys.stderr)
    return _say(request, 500, str(error) if isinstance(error, DisagreementError | EngineError) else _OURS)


def _say(request: Request, status: int, says: str, headers: dict[str, str] | None = None) -> Response:
    if _programs(request):
        found = {"source": request.url.path, "line": None, "message": says, "help": "", "code": ""}
        return api.Data({"errors": [found]}, status, headers)
    title = {404: "Page not found", 413: "That is too large", 500: "Something went wrong"}.get(
        status, "That cannot be done"
    )
    page = site_of(request).page(request, "problem.html.j2", status, title=title, says=says)
    page.headers.update(headers or {})
    return page


def _programs(request: Request) -> bool:
    return request.url.path == "/api" or request.url.path.startswith("/api/")
