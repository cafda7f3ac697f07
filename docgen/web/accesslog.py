"""Who has done what to which case, for the routine sample: a line of JSON for each request, and no personal data of citizens.

A case is named by its id, which tells nothing by itself; addresses that carry text, and files of the page itself, are left out.
"""

from __future__ import annotations

import datetime
import json
import re
import threading
from collections.abc import Collection
from pathlib import Path

from docgen.errors import FileError, Problem, at

_ID = re.compile(r"/(?:sager|tjek|overblik)/([0-9a-f]{16})(?=/|$)")
_USER = re.compile(r"[\w.@\\-]{1,64}")


class AccessLog:
    """Adds lines to a file; of an address only `known` steps are told. FileError at once where it cannot be written."""

    def __init__(self, path: Path, known: Collection[str] = ()):
        self.path, self.known, self._lock = path, known, threading.Lock()
        try:
            path.open("a", encoding="utf-8").close()
        except OSError as e:
            raise FileError(Problem("Adgangsloggen kan ikke skrives.", at(path), f"Systemet siger: {e.strerror}.")) from None

    def write(self, method: str, path: str, status: int, seconds: float, user: str | None) -> None:
        if path.startswith("/static/"):
            return
        found = _ID.search(path)
        row = {
            "tid": f"{datetime.datetime.now().astimezone():%Y-%m-%dT%H:%M:%S%z}", "bruger": user if user and _USER.fullmatch(user) else None, "metode": method,
            "hvad": plain(path, self.known), "id": found[1] if found else None, "status": status, "ms": round(seconds * 1000),
        }
        with self._lock, self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def plain(path: str, known: Collection[str]) -> str:
    """The address without its id, and without any step that is not one of the page's own."""
    steps = _ID.sub(lambda m: m[0].replace(m[1], "{id}"), path).split("/")
    return "/".join(step if step in ("", "{id}") or step in known else "{…}" for step in steps)
