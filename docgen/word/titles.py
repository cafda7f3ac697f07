"""Headings that are known without a style, and the titles of a functional section's slots."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[a-z]\)|[IVX]+\.)\s+")


@lru_cache(maxsize=1)
def known_titles() -> tuple[dict[str, str], dict[str, str]]:
    """Headings that are known without a style: (title -> section key), (title -> slot of a functional section)."""
    from ruamel.yaml import YAML

    from docgen.model import Section

    data = YAML(typ="safe").load(files("docgen.word").joinpath("titles.yaml").read_text("utf-8"))
    sections = {title: key for key, titles in data.items() for title in titles}
    slots = {
        info.title.casefold(): name for name, info in Section.model_fields.items()
        if info.annotation == str | None and info.title
    }
    return sections, slots


def title_of(text: str) -> str:
    return NUMBERING.sub("", text.strip()).rstrip(" :.").casefold()
