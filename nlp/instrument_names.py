"""Whether a text may name an instrument at all. Most letters name none, and then nlp.instruments is not even imported."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from nlp import lexicons

FOLDER = Path(__file__).parent / "lexicon" / "instruments"
SHORT = 6  # a name of at most so many letters must be written as it is: "dash", "who" and "borg" are words
ENDS = r"(?:-?(?=s?score|mål|test|tal)|(?![\w])(?!-\d))"


def named(text: str, folded_text: str) -> bool:
    """Whether one of the shipped names may stand in the text; `folded_text` as nlp.screen has it."""
    short, long = _names()
    if any(name in folded_text for name in long):
        return True
    return any(name in text and re.search(rf"(?<![\w-]){re.escape(name)}{ENDS}", text) for name in short)


@cache
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Short names as they are written, long ones in lower case; those left out that hold another."""
    names: set[str] = set()
    for path in sorted(FOLDER.glob("*.yaml")):
        data = lexicons.read(path)
        for instrument in data["instruments"]:
            names.update(instrument.get("names", ()), instrument.get("generic_names", ()))
        names.update(entry["name"] for entry in data.get("ambiguous", ()))
    short = {name for name in names if len(name) <= SHORT}
    long = {name.lower() for name in names - short}
    return tuple(sorted(short)), tuple(sorted(one for one in long if not any(other != one and other in one for other in long)))
