"""`complaint`: the last day to complain that a letter prints, held against the one that is computed (docgen.deadline).

The day of receipt is the one the letter names, else the letter's own day where it is sent digitally. A date that is too early
is wrong however the letter was sent; one that is too late is only told where the day of receipt is known.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from docgen.dates import in_words
from docgen.deadline import PAPER_DAYS, complaint_deadline
from nlp import Hit, Severity

if TYPE_CHECKING:
    from docgen.deadline import Deadline

name = "complaint"
_LAST = re.compile(
    r"(?:\bsenest|\bfrist\w*|\bsidste (?:dag|frist)|\binden|\btil og med|\bfør|\budløber|\bfremme|\bhos os|\bhos \w+(?: kommune)?|\bmodtaget (?:din |en )?klagen?)\W+(?:\w+\W+){0,4}?$",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"\b(?:fået|modtaget|modtog|fik|får|modtager|digital post|digitalt|e-boks|sendt|afsendt|tilgængelig\w*)\W+(?:\w+\W+){0,6}?$", re.IGNORECASE
)
_OTHER = re.compile(
    r"\bellers\b(?:\W+\w+){0,4}\W*$|\b(?:svarer|sender|vurderer|behandler|ringer|hører)\b[^.]{0,40}$|\bpartshør\w*[^.]{0,40}$|\bankestyrelsen\b[^.]{0,30}$", re.IGNORECASE
)
_ABOUT = re.compile(r"\bklag|\bfrist|påklag|\bsenest|sidste dag|medhold", re.IGNORECASE)
# With post the day of receipt is not known; so many calendar days may pass between letter and receipt.
_PAPER_SLACK = datetime.timedelta(days=2 * PAPER_DAYS)


class Match(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)


class Finder:
    triggers = None

    def __call__(self, analysis: Any) -> Iterable[Hit]:
        sent = analysis.facts.decision_date
        if sent is None or not analysis.letter.has("klage"):
            return
        passages = analysis.letter.passages("klage")
        exact = {p.index: [day for day in analysis.days_in(p) if day.exact and day.first] for p in passages}
        text = analysis.text
        everywhere = _received(text, [day for days in exact.values() for day in days])
        for passage in passages:
            received = _received(text, exact[passage.index]) or everywhere
            for day in exact[passage.index]:
                start, end = analysis.sentence_at(day.start)
                before = text[max(passage.start, start) : day.start]
                if _ABOUT.search(text[start:end]) and _LAST.search(before) and not _RECEIVED.search(before) and not _OTHER.search(before):
                    digital = any(re.search(r"digital|e-boks", p.text, re.IGNORECASE) for p in passages)
                    yield from self.held(day, before, received, digital, analysis.facts)

    def held(
        self, day: Any, before: str, received: datetime.date | None, digital: bool, facts: Any
    ) -> Iterator[Hit]:
        sent, printed = facts.decision_date, day.first
        if received is not None and received < sent:
            received = None
        channel = facts.channel or ("digital" if digital else None)
        known = received is not None or channel == "digital"
        right = complaint_deadline(sent, "digital", received=received)
        allowed = {right.last_day, right.latest_safe_day}
        if re.search(r"\binden\W+(?:den\W+)?$|\bfør\W+(?:den\W+)?$", before, re.IGNORECASE):
            allowed |= {last + datetime.timedelta(days=1) for last in allowed if last}
        if printed in allowed:
            return
        where = (day.start, day.end)
        if printed < right.latest_safe_day or known or printed > right.latest_safe_day + _PAPER_SLACK:
            yield Hit(*where, _told(right))
        elif channel == "papir":
            yield Hit(*where, _told(right), Severity.FORSLAG, "tvivl")


def _received(text: str, days: list[Any]) -> datetime.date | None:
    for day in days:
        before = text[max(0, day.start - 80) : day.start].rpartition("\n")[2]
        if _RECEIVED.search(before) and not _LAST.search(before[-20:]):
            return day.first
    return None


def _told(right: Deadline) -> dict[str, str]:
    return {"rigtig": in_words(right.last_day or right.latest_safe_day), "regnet": " ".join(right.explanation)}


def compile(rule: Any) -> Finder:
    return Finder()
