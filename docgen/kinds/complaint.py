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
from nlp.dates import DateMention, find

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
    model_config = ConfigDict(extra="forbid")


class Finder:
    triggers = None

    def __call__(self, analysis: Any) -> Iterable[Hit]:
        sent = analysis.facts.decision_date
        if sent is None or not analysis.letter.has("klage"):
            return
        guidance = " ".join(p.text for p in analysis.letter.passages("klage"))
        for passage in analysis.letter.passages("klage"):
            mentions = [m for m in find(passage.text, sent) if m.exact and m.first]
            received = _received(passage.text, mentions) or _received(guidance, [m for m in find(guidance, sent) if m.exact and m.first])
            for mention in mentions:
                start, _ = analysis.sentence_at(passage.start + mention.start)
                sentence = analysis.stretches["sentence"][analysis.sentence_of[analysis.word_at(passage.start + mention.start)]][2]
                before = passage.text[max(0, start - passage.start) : mention.start]
                if _ABOUT.search(sentence) and _LAST.search(before) and not _RECEIVED.search(before) and not _OTHER.search(before):
                    yield from self.held(mention, passage.start, before, received, guidance, analysis.facts)

    def held(
        self, mention: DateMention, offset: int, before: str, received: datetime.date | None, guidance: str, facts: Any
    ) -> Iterator[Hit]:
        sent, printed = facts.decision_date, mention.first
        assert printed is not None
        if received is not None and received < sent:
            received = None
        channel = facts.channel or ("digital" if re.search(r"digital|e-boks", guidance, re.IGNORECASE) else None)
        known = received is not None or channel == "digital"
        right = complaint_deadline(sent, "digital", received=received)
        allowed = {right.last_day, right.latest_safe_day}
        if re.search(r"\binden\W+(?:den\W+)?$|\bfør\W+(?:den\W+)?$", before, re.IGNORECASE):
            allowed |= {day + datetime.timedelta(days=1) for day in allowed if day}
        if printed in allowed:
            return
        where = (offset + mention.start, offset + mention.end)
        if printed < right.latest_safe_day or known or printed > right.latest_safe_day + _PAPER_SLACK:
            yield Hit(*where, _told(right))
        elif channel == "papir":
            yield Hit(*where, _told(right), Severity.FORSLAG, "tvivl")


def _received(text: str, mentions: list[DateMention]) -> datetime.date | None:
    for mention in mentions:
        if _RECEIVED.search(text[max(0, mention.start - 80) : mention.start]) and not _LAST.search(text[max(0, mention.start - 20) : mention.start]):
            return mention.first
    return None


def _told(right: Deadline) -> dict[str, str]:
    day = right.last_day or right.latest_safe_day
    return {"rigtig": in_words(day), "regnet": " ".join(right.explanation)}


def compile(rule: Any) -> Finder:
    return Finder()
