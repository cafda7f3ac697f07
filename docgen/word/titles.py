"""Headings that are known without a style: of letters from titles.yaml, of functional descriptions from nlp."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from nlp import section_and_slot

NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[a-z]\)|[IVX]+\.)\s+")


@lru_cache(maxsize=1)
def letter_titles() -> dict[str, str]:
    """Title as `title_of` gives it -> section key."""
    from ruamel.yaml import YAML

    data = YAML(typ="safe").load(files("docgen.word").joinpath("titles.yaml").read_text("utf-8"))
    return {title: key for key, titles in data.items() for title in titles}


def title_of(text: str) -> str:
    return NUMBERING.sub("", text.strip()).rstrip(" :.").casefold()


def known(text: str) -> tuple[str | None, str | None]:
    """(section key, slot) that a heading or label names; (None, None) for any other text."""
    title = title_of(text)
    section, slot = section_and_slot(title)
    return section or letter_titles().get(title), slot
