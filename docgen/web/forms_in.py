"""What a browser sends: read within limits, and only with the token that our own pages carry."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.requests import Request

from docgen.web.gate import MAX_BODY, same
from docgen.web.words import words

MAX_FILES = 1_000
MAX_FIELDS = 5_000


async def form(request: Request) -> FormData:
    """The posted form. 403 where it does not carry our token, 400 where it cannot be read."""
    try:
        sent = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_BODY)
    except AnyHTTPException:
        raise HTTPException(400, words("kan_ikke_laeses")) from None
    token = request.headers.get("x-csrf") or sent.get("csrf")
    if not isinstance(token, str) or not same(token, request.app.state.house.keys.csrf):
        raise HTTPException(403, words("forfalsket"))
    return sent


def texts(sent: FormData, prefix: str = "f:") -> dict[str, list[str]]:
    """The fields of a case in a form: path -> texts."""
    found: dict[str, list[str]] = {}
    for key, value in sent.multi_items():
        if key.startswith(prefix) and isinstance(value, str):
            found.setdefault(key.removeprefix(prefix), []).append(value)
    return found


def text(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def uploads(sent: FormData, name: str) -> list[UploadFile]:
    return [value for value in sent.getlist(name) if isinstance(value, UploadFile) and value.filename]


def base_name(upload: UploadFile) -> str:
    """The file's own name, whatever folders the browser put before it."""
    return (upload.filename or "dokument").replace("\\", "/").rpartition("/")[2][:120] or "dokument"


def path_name(upload: UploadFile) -> str:
    """The file's name with the folders that were chosen with it, so that two of the same name can be told apart."""
    steps = [step for step in (upload.filename or "dokument").replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return "/".join(steps)[-200:] or "dokument"


def checked(value: Any, allowed: Any) -> str | None:
    return value if isinstance(value, str) and value in [str(a) for a in allowed] else None
