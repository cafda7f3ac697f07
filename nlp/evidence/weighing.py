"""What the traits of a source speak for: a sum of weights, learnt from labelled passages.

Two tables, both made by `python -m nlp.training.evidence` and a few thousand lines that can be read: weights.tsv (status, weight,
trait) and date_weights.tsv (whether a date is the source's own). Nothing but the standard library is needed to use them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from nlp.model import STATUSES
from nlp.sources import LEXICON

STATUS, DATES = "weights.tsv", "date_weights.tsv"
ALWAYS = "altid"  # the trait that everything has
SILENT = ""  # a source is named, and nothing is said of it that concerns the case
OWN = "egen"  # the one answer that date_weights.tsv weighs


@cache
def weights(table: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """Trait -> (answer, weight in hundredths) for each answer that it speaks for or against.

    Whole numbers: a sum of them is the same in whatever order traits come.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for line in (LEXICON / table).read_text(encoding="utf-8").splitlines():
        answer, weight, trait = line.split("\t")
        found.setdefault(trait, []).append((answer, round(float(weight) * 100)))
    return {trait: tuple(entries) for trait, entries in found.items()}


def weighed(table: str, traits: Iterable[str]) -> dict[str, int]:
    """Answer -> what the traits add up to."""
    totals: dict[str, int] = {}
    known = weights(table)
    for trait in {*traits, ALWAYS}:
        for answer, weight in known.get(trait, ()):
            totals[answer] = totals.get(answer, 0) + weight
    return totals


def likeliest(traits: Iterable[str], among: Iterable[str] = (*STATUSES, SILENT)) -> str:
    """The status of `among` that the traits speak most for."""
    totals = weighed(STATUS, traits)
    return max(among, key=lambda status: totals.get(status, 0))


def total(table: str, traits: Iterable[str]) -> int:
    """What the traits add up to for the only answer of a table."""
    return sum(weighed(table, traits).values())
