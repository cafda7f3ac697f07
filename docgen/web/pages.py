"""Pages: Jinja templates, everything escaped, and what every one of them knows."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from docgen import ui
from docgen.dates import in_words as dated
from docgen.web import paths

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    made = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["navn"] = ui.name
    made.filters["stort"] = lambda text: text[:1].upper() + text[1:]
    made.filters["dato"] = lambda day: dated(day) if day else ""
    made.filters["tid"] = lambda moment: f"{dated(moment.date())} kl. {moment:%H.%M}"
    made.filters["klokken"] = lambda text: (lambda m: f"{dated(m.date())} kl. {m:%H.%M}")(datetime.datetime.fromisoformat(text))
    made.filters["sti"] = lambda text: paths.label(paths.parse(text) or ()) if paths.parse(text) else text
    made.filters["feltid"] = field_id
    made.filters["uden_noegler"] = without_keys
    made.filters["paa_siden"] = lambda text: text.replace(" (--kind)", "")  # an option of the command line
    return made


def without_keys(text: str) -> str:
    """What speaks of the case file, `decision.conditions`, in the words of the form: »Afgørelsen: betingelser«."""
    return re.sub(r"\b[a-z_]+(?:\.[a-z_]+)+\b", lambda m: f"»{paths.label(path)}«" if (path := paths.parse(m[0])) else m[0], text)


def field_id(path: str) -> str:
    """A path as an id in the page."""
    return "f-" + path.replace("[", "-").replace("]", "").replace(".", "-").replace("_", "-")


def render(name: str, request: Request | None, **known: Any) -> str:
    keys = request.app.state.house.keys if request is not None else None
    base = {"rod": request.app.state.house.root if request is not None else "", "csrf": keys.csrf if keys else "", "here": request.url.path if request is not None else "", "inside": request is not None}
    return environment().get_template(name).render(**{**base, **known})


def page(name: str, request: Request, status: int = 200, **known: Any) -> HTMLResponse:
    return HTMLResponse(render(name, request, **known), status)
