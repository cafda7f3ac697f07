"""`docgen serve`: the page on this machine until Ctrl-C."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from docgen.content import Content
from docgen.errors import FileError, Problem, UsageError
from docgen.web.accesslog import AccessLog
from docgen.web.app import create_app
from docgen.web.gate import Keys, addresses, root_of
from docgen.web.house import House

API_KEY, PROXY_KEY = "DOCGEN_API_KEY", "DOCGEN_PROXY_SECRET"


def serve(folder: Path, port: int, content: Content, public: str | None, say: Callable[[str], None], log: Path | None = None) -> None:
    """Serves the cases in `folder` on 127.0.0.1 and says the address that opens the page once. FileError for a busy port,
    UsageError for a public address that is none."""
    check_public(public)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)  # the address works from the moment it is said
    except OSError:
        listener.close()
        raise FileError(Problem(f"Port {port} er optaget.", None, "Vælg en anden med --port, eller luk det program, der bruger den.")) from None
    port = listener.getsockname()[1]
    keys = Keys(api=os.environ.get(API_KEY) or None, proxy=os.environ.get(PROXY_KEY) or None)
    house = House(folder, content, keys, root_of(public))
    _ = house.store  # a folder that cannot be used is told before the page opens
    app = create_app(house, *addresses(port, public), warm=True, log=AccessLog(log) if log else None)
    say(f"Siden er åben på denne maskine. Sagerne ligger i: {folder}")
    say("Åbn denne adresse i din browser (den kan bruges én gang). Stop med Ctrl-C.")
    say(f"http://127.0.0.1:{port}/start?noegle={keys.token}")
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=30, h11_max_incomplete_event_size=64_000)
    uvicorn.Server(config).run([listener])


def check_public(public: str | None) -> None:
    parts = urlsplit(public or "https://x")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise UsageError(Problem("Adressen udefra kan ikke bruges.", None, "Skriv den som https://sagsklar.kommune.example eller https://intranet.kommune.example/sagsklar."))
