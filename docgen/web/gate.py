"""The gate of the page: who may come in, from where, with how much; and what every answer tells the browser.

Local use: the programme prints an address with a token that opens the page once; from then on a cookie. Behind a
municipality's proxy: the proxy sends a secret header in place of the token. Case systems send a key of their own to /api.
Nothing here, and nothing in the log, names a case.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from docgen.web.accesslog import AccessLog
from docgen.web.words import words

LOG = logging.getLogger("docgen.web")
COOKIE = "sagsklar"
MAX_BODY = 60 * 2**20
MAX_SECONDS = 60.0  # for a request to arrive
CSP = (
    "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),  # with no-referrer a browser sends our own forms with Origin: null
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
)
SAFE = ("GET", "HEAD", "OPTIONS")
USER = "x-sagsklar-bruger"  # who the proxy has let in, for the access log


@dataclass
class Keys:
    """The secrets of one run. `token` opens the page once; it is None when it has been used."""

    token: str | None = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    api: str | None = None
    proxy: str | None = None

    @property
    def csrf(self) -> str:
        return hmac.new(self.session.encode(), b"csrf", hashlib.sha256).hexdigest()

    def opens(self, token: str) -> bool:
        """Whether `token` is the one; it is spent by this."""
        if self.token is not None and same(token, self.token):
            self.token = None
            return True
        return False


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


class Gate:
    """ASGI: nothing gets past that is not from this machine's own page, the proxy, or a case system with its key."""

    def __init__(self, app: Any, keys: Keys, hosts: Iterable[str], origins: Iterable[str], root: str = "", log: AccessLog | None = None):
        """`root`: where the page stands below its public host, "" or "/sagsklar"; a proxy may send it along or not."""
        self.app, self.keys, self.root, self.log = app, keys, root, log
        self.hosts, self.origins = frozenset(hosts), frozenset(origins)
        self.secure = any(origin.startswith("https://") for origin in self.origins)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        scope = self.below(scope)
        started, began = False, time.monotonic()

        async def answer(message: Any) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if self.log is not None:
                    by = headers.get(USER) if self.by_proxy(headers) else None
                    self.log.write(scope["method"], scope["path"], message["status"], time.monotonic() - began, by)
                if self.root:
                    message = {**message, "headers": [(n, self.root.encode() + v if n == b"location" and v.startswith(b"/") else v) for n, v in message["headers"]]}
                own = [(n.encode(), v.encode()) for n, v in HEADERS]
                kept = "max-age=86400" if scope["path"].startswith("/static/") else "no-store"
                if self.secure:
                    own.append((b"strict-transport-security", b"max-age=31536000"))
                message = {**message, "headers": [*message["headers"], *own, (b"cache-control", kept.encode())]}
            await send(message)

        refused = self.refuses(scope, headers)
        if refused is not None:
            await say(answer, scope, *refused, self.root)
            return
        if scope["path"] == "/start":
            await self.start(scope, headers, answer)
            return
        extra = [] if self.knows(headers) or not self.by_proxy(headers) else [self.cookie()]

        async def with_cookie(message: Any) -> None:
            if extra and message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *extra]}
            await answer(message)

        try:
            await self.app(scope, Limited(receive), with_cookie)
        except Exception as e:  # told already, unless the answer itself broke
            frame = traceback.extract_tb(e.__traceback__)[-1]
            LOG.error("Fejl i siden: %s i %s:%s", type(e).__name__, frame.filename.rpartition("/")[2], frame.lineno)
            if not started:
                await say(answer, scope, 500, "fejl_i_programmet", self.root)

    def below(self, scope: Any) -> Any:
        """The request as if the page stood at the top of its host."""
        path = scope["path"]
        if not self.root or not (path == self.root or path.startswith(f"{self.root}/")):
            return scope
        path = path[len(self.root):] or "/"
        return {**scope, "path": path, "raw_path": path.encode()}

    def refuses(self, scope: Any, headers: dict[str, str]) -> tuple[int, str] | None:
        """(status, sentence) for a request that must not go on."""
        if headers.get("host", "") not in self.hosts:
            return 400, "forkert_vaert"
        if scope["method"] not in SAFE:
            origin = headers.get("origin")
            if origin is not None and origin not in self.origins:
                return 403, "fremmed_side"
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return 403, "fremmed_side"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return 413, "for_stor"
        path = scope["path"]
        if path.startswith("/static/") or path == "/start" or self.knows(headers) or self.by_proxy(headers):
            return None
        if path.startswith("/api/") and self.keys.api is not None and same(headers.get("authorization", ""), f"Bearer {self.keys.api}"):
            scope.setdefault("state", {})["by_key"] = True
            return None
        return (401 if path.startswith("/api/") else 403), "ingen_adgang"

    def knows(self, headers: dict[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and same(cookie.value, self.keys.session)

    def by_proxy(self, headers: dict[str, str]) -> bool:
        return self.keys.proxy is not None and same(headers.get("x-sagsklar-proxy", ""), self.keys.proxy)

    def cookie(self) -> tuple[bytes, bytes]:
        secure = "; Secure" if self.secure else ""
        return b"set-cookie", f"{COOKIE}={self.keys.session}; Path={self.root}/; HttpOnly; SameSite=Strict{secure}".encode()

    async def start(self, scope: Any, headers: dict[str, str], answer: Any) -> None:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("noegle", [""])[0]
        if not self.knows(headers) and not self.by_proxy(headers) and not self.keys.opens(given):
            await say(answer, scope, 403, "noegle_brugt", self.root)
            return
        await answer({"type": "http.response.start", "status": 303, "headers": [(b"location", b"/"), self.cookie()]})
        await answer({"type": "http.response.body", "body": b""})


class TooMuch(Exception):
    pass


class TooSlow(Exception):
    pass


class Limited:
    """The request's body, counted and timed as it comes."""

    def __init__(self, receive: Any):
        self.receive, self.size, self.until, self.whole = receive, 0, time.monotonic() + MAX_SECONDS, False

    async def __call__(self) -> Any:
        if self.whole:
            return await self.receive()
        try:
            message = await asyncio.wait_for(self.receive(), max(0.01, self.until - time.monotonic()))
        except TimeoutError:
            raise TooSlow from None
        self.size += len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        if self.size > MAX_BODY:
            raise TooMuch
        return message


async def say(answer: Any, scope: Any, status: int, key: str, root: str = "") -> None:
    """A short page, or JSON to a case system, that tells what to do."""
    if scope["path"].startswith("/api/"):
        import json

        body, kind = json.dumps({"detail": words(key)}, ensure_ascii=False).encode(), b"application/json"
    else:
        from docgen.web.pages import render

        body, kind = render("besked.html", None, title=words("ikke_aabnet"), message=words(key), rod=root).encode(), b"text/html; charset=utf-8"
    await answer({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind)]})
    await answer({"type": "http.response.body", "body": body})


def addresses(port: int, public: str | None = None) -> tuple[set[str], set[str]]:
    """(hosts, origins) that the page answers to: this machine, and the public address where it stands behind a proxy."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    origins = {f"http://{host}" for host in hosts}
    if public:
        hosts.add(urlsplit(public).netloc)
        origins.add(f"{urlsplit(public).scheme}://{urlsplit(public).netloc}")
    return hosts, origins


def root_of(public: str | None) -> str:
    """Where the page stands below its public host: "" or "/sagsklar"."""
    return urlsplit(public).path.rstrip("/") if public else ""
