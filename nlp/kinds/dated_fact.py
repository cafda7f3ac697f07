"""`dated_fact`: a decision must hold a fact with a date: when something was seen, measured, written or tried.

Looked for in the reasons and the account of the facts; elsewhere only a professional's dated document counts. The letter's
own date, the date of the application and days to come are no facts of the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from nlp.model import Hit
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "dated_fact"
PROFESSIONAL = ("medical", "ot", "sundhedskoordinator", "arbejdsproevning")
_NO_FACT = re.compile(
    r"(?:\bsøgt\w*|\bsøgte|ansøgning\w*|\bbad\w*|anmod\w*|henvend\w*|født|lov(?:bekendtgørelse)? nr\.?|lbk|bek|partshør\w*|virkning|\bgælder|pension fra|får \w+ fra|brevet?)"
    r"(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)


class Match(BaseModel):
    model_config = STRICT


class Finder:
    triggers = None

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        letter, today = analysis.letter, analysis.facts.decision_date
        reasons = letter.passages("begrundelse", "oplysninger") or letter.passages("hoved", "praktisk")
        if not reasons:
            return
        for passage in reasons:
            for day in analysis.days_in(passage):
                if day.first is None or (today and day.first >= today):
                    continue
                if not _NO_FACT.search(analysis.text[max(passage.start, day.start - 60) : day.start]):
                    return
        told = (e for e in analysis.evidence if e.input in PROFESSIONAL and e.date and not (today and e.date >= today))
        if not any(letter.at(e.start) == "hoved" for e in told):
            yield Hit(reasons[0].start, reasons[0].start)


def compile(rule: Any) -> Finder:
    return Finder()
