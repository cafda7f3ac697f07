"""`cpr`: a CPR number that is not the citizen's.

Ten digits are a CPR number when they begin with a date (day + 60 for the numbers of examples, which belong to nobody) and
are written as one (`ddmmåå-xxxx`), or when the words before them say so; never when those words name something else,
such as a case number. The citizen's own is the one that is known; where none is known, the first one in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from nlp.model import Hit
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "cpr"
CANDIDATE = re.compile(r"(?<![\w/.,-])(\d{6})([-–\u2011 ]?)(\d{4})(?![\w/]|-\d|[.,]\d)")
BEFORE = 40  # characters of the same line that may say what the digits are


class Match(BaseModel):
    model_config = STRICT

    says_cpr: list[str]  # words before the digits that make them a CPR number
    says_other: list[str]  # words that make them something else


def numbers(text: str, says_cpr: re.Pattern[str], says_other: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, ten digits) of each CPR number in `text`."""
    for match in CANDIDATE.finditer(text):
        before = text[max(0, match.start() - BEFORE) : match.start()].rpartition("\n")[2]
        cues = [("cpr", m.end()) for m in says_cpr.finditer(before)] + [("other", m.end()) for m in says_other.finditer(before)]
        cue = max(cues, key=lambda c: c[1])[0] if cues else None
        written_as_one = match[2] not in ("", " ")
        digits = match[1] + match[3]
        if cue != "other" and (written_as_one or cue == "cpr") and dated(digits):
            yield match.start(), match.end(), digits


def dated(digits: str) -> bool:
    """Whether ten digits begin with a date that can be a birthday; day + 60 counts too."""
    from stdnum.dk import cpr
    from stdnum.exceptions import ValidationError

    day = int(digits[:2])
    real = f"{day - 60:02d}{digits[2:]}" if day > 60 else digits
    try:
        cpr.get_birth_date(real)
    except (ValidationError, ValueError):
        return False
    return True


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.says_cpr = re.compile("|".join(match.says_cpr), re.IGNORECASE)
        self.says_other = re.compile("|".join(match.says_other), re.IGNORECASE)

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        found = list(numbers(analysis.text, self.says_cpr, self.says_other))
        known = re.sub(r"\D", "", analysis.facts.citizen_cpr or "")
        own = known or (found[0][2] if found else "")
        for start, end, digits in found:
            if digits != own:
                yield Hit(start, end, certainty="sikker" if known else "tvivl")


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
