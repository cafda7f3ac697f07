"""The diagnoses a text names, by family (nlp/lexicon/diagnoses.yaml). Nothing here says whether a diagnosis is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp import lexicons
from nlp.screen import Screened, folded

LEXICON = Path(__file__).parent / "lexicon" / "diagnoses.yaml"
# Two names of one thing: told apart they would be a difference where there is none.
SAME = (
    ("dissemineret sklerose", "multipel sklerose"), ("dissemineret sklerose", "sklerose"), ("multipel sklerose", "sklerose"), ("PTSD", "posttraumatisk stress"), ("type 1-diabetes", "diabetes type 1"), ("type 2-diabetes", "diabetes type 2"),
    ("hjertesvigt", "hjerteinsufficiens"), ("slidgigt", "artrose"), ("leddegigt", "reumatoid artrit"), ("bipolar", "maniodepressiv"), ("piskesmæld", "whiplash"),
    ("rygsøjlegigt", "Bechterew"), ("ME", "kronisk træthedssyndrom"), ("apopleksi", "blodprop i hjernen"), ("apopleksi", "hjerneblødning"), ("CRPS", "kronisk regionalt smertesyndrom"),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A diagnosis named at `start:end` of a text."""

    start: int
    end: int
    name: str
    family: str


@cache
def families() -> tuple[tuple[str, str, Screened], ...]:
    """(family, name, the expression that finds the name)."""
    return tuple((family, name, _expression(name)) for family, names in lexicons.read(LEXICON).items() for name in names)


def _expression(name: str) -> Screened:
    if name.isupper() and len(name) <= 5:  # ME, KOL, ALS: as they stand
        return Screened(rf"\b{name}\b", 0)
    return Screened(rf"\b{re.escape(name).replace(chr(92) + ' ', '[ -]')}\w{{0,8}}", re.IGNORECASE)


def named(text: str) -> Iterator[Mention]:
    low = folded(text)
    for family, name, expression in families():
        for match in expression.finditer(text, low):
            yield Mention(match.start(), match.end(), name, family)


def same(one: str, other: str) -> bool:
    return one == other or (one, other) in SAME or (other, one) in SAME or bool({one, other} <= {"apopleksi", "blodprop i hjernen", "hjerneblødning"})
