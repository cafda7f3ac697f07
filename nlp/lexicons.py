"""Reads the word lists and cues (YAML files of nlp/lexicon and nlp/cues) as plain data; dates are text.

`nlp/lexicon/compiled.json`, written by `python -m nlp.rulebook`, holds the same data in a form that is read thirty times
faster. What it says of a file is used only while that file is byte for byte the one it was made from.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COMPILED = HERE / "lexicon" / "compiled.json"
FOLDERS = ("lexicon", "cues")


def read(path: Path) -> Any:
    """The lists and mappings of a YAML file; nobody may change them."""
    known = _compiled().get(_name(path))
    if known is not None and known["digest"] == digest(path):
        return known["data"]
    return _plain(_yaml(path))


def digest(path: Path) -> str:
    """The same with either kind of line end."""
    return hashlib.blake2b(path.read_bytes().replace(b"\r\n", b"\n"), digest_size=12).hexdigest()


def compiled_text() -> str:
    """What compiled.json must hold."""
    files = sorted(path for folder in FOLDERS for path in (HERE / folder).rglob("*.yaml"))
    entries = {_name(path): {"digest": digest(path), "data": _plain(_yaml(path))} for path in files}
    lines = ",\n".join(f"{json.dumps(name)}:{json.dumps(entry, ensure_ascii=False, separators=(',', ':'))}" for name, entry in entries.items())
    return f"{{\n{lines}\n}}\n"


def _name(path: Path) -> str:
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else str(path)


@cache
def _compiled() -> dict[str, Any]:
    try:
        return json.loads(COMPILED.read_bytes())
    except (OSError, ValueError):
        return {}


def _yaml(path: Path) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _plain(node: Any) -> Any:
    """As JSON can hold it: keys and dates as text."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node.isoformat() if isinstance(node, datetime.date) else node
