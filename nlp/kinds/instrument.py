"""`instrument`: what a text says of a test or questionnaire that the instrument cannot bear.

`what` is one of nlp.instruments.MISUSES; the instruments' scales are data in nlp/lexicon/instruments.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from nlp.model import Hit, Severity
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "instrument"

What = Literal[
    "uden_for_skala", "umuligt_tal", "sum", "retning", "graense_regnet_forkert", "graense_som_ret", "diagnose",
    "maaler_ikke", "tvetydigt_navn", "ufuldstaendig", "selvvurdering_som_fund",
]


class Match(BaseModel):
    model_config = STRICT

    what: What


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.what = match.what

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        if not analysis.instruments:
            return
        from nlp.instruments import DATE, incomplete, misuses

        for mention in analysis.instruments:
            passage = analysis.passage_at(mention.start)
            if passage is None or passage.style in ("heading", "title"):
                continue
            if self.what == "ufuldstaendig":
                lacking = incomplete(analysis.text, mention, (passage.start, passage.end), analysis.instruments)
                if lacking:
                    dated = "dato" not in lacking.params["mangler"] or DATE.search(passage.heading or "")
                    yield Hit(lacking.start, lacking.end, lacking.params, Severity.FORSLAG if dated else None)
                continue
            yield from (Hit(m.start, m.end, m.params) for m in misuses(analysis.text, mention) if m.what == self.what)


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
