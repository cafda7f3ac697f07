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
SILENT = ""  # a source is named, and nothing is said of it that concerns the case


@cache
def weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Trait -> (status, weight) for each status that it speaks for or against."""
    found: dict[str, list[tuple[str, float]]] = {}
    for line in WEIGHTS.read_text(encoding="utf-8").splitlines():
        status, weight, trait = line.split("\t")
        found.setdefault(trait, []).append((status, float(weight)))
    return {trait: tuple(entries) for trait, entries in found.items()}


def weighed(traits: Iterable[str]) -> dict[str, float]:
    """Status -> what the traits add up to."""
    totals = dict.fromkeys((*STATUSES, SILENT), 0.0)
    known = weights()
    for trait in {*traits, ALWAYS}:
        for status, weight in known.get(trait, ()):
            totals[status] += weight
    return totals


def likeliest(traits: Iterable[str], among: Iterable[str] = (*STATUSES, SILENT)) -> str:
    """The status of `among` that the traits speak most for."""
    totals = weighed(traits)
    return max(among, key=totals.__getitem__)
