"""The programme's Danish strings, by stable id: one home, `ui_da.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _strings() -> dict[str, dict[str, str]]:
    source = Path(__file__).with_name("ui_da.yaml").read_text("utf-8")
    return yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def text(key: str, **facts: Any) -> str:
    """The string `key`, with `facts` put in. KeyError for an unknown key: a defect of the programme."""
    return _strings()["tekster"][key].format(**facts)


def name(identifier: str) -> str:
    """The Danish name of an id that people choose between, e.g. foertidspension -> førtidspension."""
    return _strings()["navne"].get(str(identifier), str(identifier).replace("_", " "))


def names() -> dict[str, str]:
    return dict(_strings()["navne"])
