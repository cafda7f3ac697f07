"""`sagsklar.toml`: how a folder of letters is checked. The closest file wins, whole; nothing is merged.

    [lint]
    kind = "afgoerelse"
    ignore = ["titel-mangler"]
    fail_on = "advarsel"
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docgen.errors import ContentError, Problem, at

NAME = "sagsklar.toml"
KEYS: dict[str, type | tuple[type, ...]] = {
    "kind": str, "scheme": str, "outcome": str, "select": list, "ignore": list, "fail_on": str, "baseline": str, "author": str,
    "content": str, "quotes": bool,
}


def closest(paths: Iterable[Path]) -> Path | None:
    """The configuration file nearest above the first path."""
    start = next(iter(paths), Path()).resolve()
    folder = start if start.is_dir() else start.parent
    return next((f / NAME for f in (folder, *folder.parents) if (f / NAME).is_file()), None)


def settings(path: Path | None) -> dict[str, Any]:
    """The `[lint]` table, checked; paths in it are relative to the file. ContentError with a likely fix."""
    if path is None:
        return {}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise ContentError(Problem("Opsætningen kan ikke læses som UTF-8.", at(path))) from None
    except tomllib.TOMLDecodeError as error:
        raise ContentError(Problem(f"Opsætningen er ikke gyldig TOML: {error}.", at(path))) from None
    extra = set(data) - {"lint"}
    table = data.get("lint", {})
    unknown = [*extra, *(k for k in table if k not in KEYS)]
    if unknown:
        near = difflib.get_close_matches(unknown[0], [*KEYS, "lint"], 1)
        raise ContentError(Problem(f"Opsætningen kender ikke »{unknown[0]}«.", at(path),
                                   f"Mente du »{near[0]}«?" if near else f"Kendte: {', '.join(KEYS)}."))
    for key, value in table.items():
        if not isinstance(value, KEYS[key]) or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
            raise ContentError(Problem(f"»{key}« i opsætningen har en forkert slags værdi.", at(path)))
    for key in ("baseline", "content"):
        if key in table:
            table[key] = str(path.parent / table[key])
    return table
