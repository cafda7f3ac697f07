"""Places in a case as the page writes them, `documents[0].title`, and plain data read and changed at them."""

from __future__ import annotations

import itertools
import re
from typing import Any, get_origin

from docgen.model import Case
from docgen.validate import model_at

Path = tuple[str | int, ...]

_WHOLE = re.compile(r"[a-z_]+(\[\d{1,4}\])*(\.[a-z_]+(\[\d{1,4}\])*)*")
_STEP = re.compile(r"([a-z_]+)|\[(\d+)\]")


def parse(text: str) -> Path | None:
    """The path that `text` writes; None if it is none, or no case has such a place."""
    if not _WHOLE.fullmatch(text):
        return None
    path: Path = tuple(m[1] or int(m[2]) for m in _STEP.finditer(text))
    return path if field(path) is not None else None


def write(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def field(path: Path) -> Any:
    """The model's field that a path ends in (for an item: its list's), or None."""
    names = path[:-1] if path and isinstance(path[-1], int) else path
    if not names or not isinstance(names[-1], str):
        return None
    owner = model_at(Case, names[:-1]) if len(names) > 1 else Case
    found = owner.model_fields.get(names[-1]) if owner else None
    if found is not None and path and isinstance(path[-1], int) and get_origin(found.annotation) is not list:
        return None
    return found


def get(data: Any, path: Path) -> Any:
    """The value at a path of plain data; None where there is nothing."""
    for step in path:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
        if data is None:
            return None
    return data


def put(data: Any, path: Path, value: Any) -> None:
    """Sets, or with None removes, the value at a path; records on the way are made, items of lists are not (KeyError)."""
    for step, following in itertools.pairwise(path):
        if isinstance(step, int):
            if not isinstance(data, list) or step >= len(data):
                raise KeyError(step)
            data = data[step]
        else:
            if data.get(step) is None:
                if value is None:
                    return
                if isinstance(following, int):
                    raise KeyError(step)
                data[step] = {}
            data = data[step]
    last = path[-1]
    if value is None and isinstance(data, dict):
        data.pop(last, None)
    else:
        data[last] = value


def label(path: Path) -> str:
    """»Dokumenter i sagen 2: titel«: a path in the words of the form."""
    words: list[str] = []
    for number, step in enumerate(path):
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        else:
            found = field(path[: number + 1])
            words.append((found.title if found is not None else None) or step)
    if len(words) < 2:
        return "".join(words) or "Sagen"
    return f"{words[0]}: {words[-1][:1].lower()}{words[-1][1:]}"
