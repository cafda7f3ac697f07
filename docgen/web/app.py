"""The page as one ASGI application: routes, what becomes of errors, and the gate before it all."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.requests import Request
from starlette.staticfiles import StaticFiles

from docgen.errors import DocgenError, FileError
from docgen.model import SECTION_KEYS, Kind, Scheme
from docgen.web import api, cases, checking, checklists, drafts, quality, therapy, tree
from docgen.web.accesslog import AccessLog
from docgen.web.gate import Gate, TooMuch, TooSlow
from docgen.web.house import House
from docgen.web.merge import Stale
from docgen.web.pages import HERE, page
from docgen.web.store import MISSING
from docgen.web.words import words

VERSION = "0.1.0"
PAGES = (cases, drafts, checklists, therapy, checking, quality)


def inner(house: House, *, warm: bool = False) -> FastAPI:
    """The application behind the gate."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if warm:
            threading.Thread(target=house.warm, daemon=True).start()
        yield

    app = FastAPI(
        title="sagsklar", version=VERSION, description=api.DESCRIPTION, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", lifespan=lifespan,
    )
    app.state.house = house
    for module in PAGES:
        app.include_router(module.router, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(DocgenError, _not_done)
    app.add_exception_handler(Stale, _stale)
    app.add_exception_handler(AnyHTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    for kind, (status, key) in {TooMuch: (413, "for_stor"), TooSlow: (408, "for_langsom"), Exception: (500, "fejl_i_programmet")}.items():
        app.add_exception_handler(kind, _said(status, key))
    return app


def create_app(house: House, hosts: Iterable[str], origins: Iterable[str], *, warm: bool = False, log: AccessLog | None = None) -> Any:
    app = inner(house, warm=warm)
    if log is not None:
        log.known = steps()
    return Gate(app, house.keys, hosts, origins, house.root, log)


def steps() -> frozenset[str]:
    """Every word that an address of the page can be made of, ids and numbers apart."""
    written = {step for module in (*PAGES, api) for route in module.router.routes for step in route.path.split("/") if "{" not in step}
    chosen = {"start", "openapi.json", *map(str, (*Kind, *Scheme)), *SECTION_KEYS, *tree.parts(), therapy.TESTS, "fil.yaml", "fil.json"}
    reports = {f"{what}.{form}" for what in ("rapport", "tal", "arbejdsliste") for form in ("csv", "html")}
    return frozenset(written | chosen | reports)


def _said(status: int, key: str) -> Any:
    """The answer to an error that has a sentence of its own; it never tells what was in hand."""

    def answer(request: Request, _: Exception) -> Any:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": words(key)}, status)
        return page("besked.html", request, status, title=words("ikke_aabnet"), message=words(key))

    return answer


def _not_done(request: Request, error: Any) -> Any:
    """What could not be done: 404 for what does not exist, else 422 with every problem."""
    if request.url.path.startswith("/api/"):
        return api.refusal(error)
    status = 404 if isinstance(error, FileError) and error.problems == (MISSING,) else 422
    return page("fejl.html", request, status, problems=error.problems, back=came_from(request))


def came_from(request: Request) -> str:
    """The page of ours that the browser came from, below the root; empty where it is not known."""
    referer = urlsplit(request.headers.get("referer", ""))
    root = request.app.state.house.root
    if referer.netloc != request.headers.get("host") or not referer.path.startswith(f"{root}/") or (referer.path == f"{root}{request.url.path}" and request.method == "GET"):
        return ""
    return referer.path[len(root):]


def _stale(request: Request, error: Any) -> Any:
    return page("besked.html", request, 409, title="Sagen er ændret", message=words("foraeldet"))


def _invalid(request: Request, error: Any) -> Any:
    if request.url.path.startswith("/api/"):
        return api.invalid(request, error)
    return page("besked.html", request, 404, title=words("ikke_aabnet"), message=words("findes_ikke"))


def _http(request: Request, error: Any) -> Any:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": error.detail}, error.status_code)
    message = error.detail if isinstance(error, HTTPException) and error.status_code != 404 else words("findes_ikke")
    return page("besked.html", request, error.status_code, title=words("ikke_aabnet"), message=str(message))
