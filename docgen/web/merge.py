"""Cases as plain data, compared and changed: what differs, whose records are the same, values put in, ids that follow.

Pure functions; what is on the disk and who writes it is `store`'s.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docgen.web import paths


class Stale(Exception):
    """Records were added, moved or removed elsewhere: the page must be opened again before they are here."""


def shape(data: Any) -> Any:
    """The lists of records in plain data and what tells their items apart, without what stands in their fields."""
    if isinstance(data, dict):
        found = {key: shape(value) for key, value in data.items()}
        return {key: value for key, value in found.items() if value}
    if isinstance(data, list) and data and isinstance(data[0], dict):
        return [{"": item.get("key") or item.get("instrument"), **(shape(item) or {})} for item in data]
    return None


def differing(base: Any, now: Any, path: paths.Path = ()) -> list[str]:
    """The paths whose values differ."""
    if isinstance(base, dict) or isinstance(now, dict):
        base, now = base or {}, now or {}
        if isinstance(base, dict) and isinstance(now, dict):
            return [p for key in {**base, **now} for p in differing(base.get(key), now.get(key), (*path, key))]
    if isinstance(base, list) and isinstance(now, list) and any(isinstance(x, dict) for x in [*base, *now]):
        longest = max(len(base), len(now))
        filled = [[*x, *[None] * (longest - len(x))] for x in (base, now)]
        return [p for i in range(longest) for p in differing(filled[0][i], filled[1][i], (*path, i))]
    return [] if base == now else [paths.write(path)]


def entries(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    """`after` as the numbers that its records had in `before`, and those that are new as they are."""
    left = list(range(len(before)))
    made: list[Any] = []
    for record in after:
        number = next((n for n in left if before[n] is record), None)
        if number is None:
            number = next((n for n in left if before[n] == record), None)
        if number is None:
            made.append(record)
        else:
            left.remove(number)
            made.append(number)
    return made


def moved(unfinished: Mapping[str, Any], list_path: str, order: Sequence[Any]) -> dict[str, Any]:
    """What is unfinished in fields, after the records of a list have got a new order (see `entries`)."""
    found = {}
    for name, what in unfinished.items():
        match = re.match(re.escape(list_path) + r"\[(\d+)\](.*)", name)
        if match is None:
            found[name] = what
        elif int(match[1]) in order:
            found[f"{list_path}[{order.index(int(match[1]))}]{match[2]}"] = what
    return found


def with_values(data: dict[str, Any], put: Mapping[paths.Path, Any]) -> dict[str, Any]:
    """A copy of plain data with values put in; a register entry's new id first, and everywhere. Stale if a record is gone."""
    made = copy.deepcopy(data)
    try:
        for path, value in sorted(put.items(), key=lambda change: not is_document_id(change[0])):
            if is_document_id(path):
                rename_document(made, paths.get(made, path), value)
            paths.put(made, path, value)
    except KeyError:
        raise Stale from None
    return made


def is_document_id(path: paths.Path) -> bool:
    return path[:1] == ("documents",) and path[-1] == "id"


def rename_document(data: Any, old: str | None, new: str | None) -> None:
    """A register entry's new id, wherever the case refers to it."""
    if old is None or new is None:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "document" and value == old:
                data[key] = new
            elif key == "documents" and isinstance(value, list) and all(isinstance(v, str) for v in value):
                data[key] = [new if v == old else v for v in value]
            else:
                rename_document(value, old, new)
    elif isinstance(data, list):
        for item in data:
            rename_document(item, old, new)


def blames(error: Mapping[str, Any], path: paths.Path) -> bool:
    """Whether a validation error is about the field at `path`."""
    if error["type"] == "doubled_document":
        return is_document_id(path)
    location = list((error.get("ctx") or {}).get("path", error["loc"]))
    return list(path) == location[: len(path)]
