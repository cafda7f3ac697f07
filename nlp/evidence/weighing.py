"""Which status the traits of a source speak for: a sum of weights for each status, the highest wins.

Weights: nlp/lexicon/evidence/weights.tsv (status, weight, trait), learnt from labelled passages by
`python -m nlp.training.evidence`; a few thousand lines that can be read. Nothing but the standard library is needed to use them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from nlp.model import STATUSES
from nlp.sources import LEXICON

WEIGHTS = LEXICON / "weights.tsv"
ALWAYS = "altid"  # the trait that every source has


@cache
def weights() -> dict[str, tuple[tuple[str, int], ...]]:
    """Trait -> (status, weight in hundredths) for each status that it speaks for or against.

    Whole numbers: a sum of them is the same in whatever order traits come.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        status, weight, trait = line.split("\t")
        found.setdefault(trait, []).append((status, round(float(weight) * 100)))
    return {trait: tuple(entries) for trait, entries in found.items()}


def weighed(traits: Iterable[str]) -> dict[str, int]:
    """Status -> what the traits add up to."""
    totals = dict.fromkeys(STATUSES, 0)
    known = weights()
    for trait in {*traits, ALWAYS}:
        for status, weight in known.get(trait, ()):
            totals[status] += weight
    return totals


def likeliest(traits: Iterable[str], among: Iterable[str] = STATUSES) -> str:
    """The status of `among` that the traits speak most for."""
    totals = weighed(traits)
    return max(among, key=totals.__getitem__)
