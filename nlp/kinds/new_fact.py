"""`new_fact`: a date or a test result in an assessment that stands nowhere in the parts it should build on.

`slots` are the slots to look in. Silent where the document has no other slot to compare with.
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

name = "new_fact"
FACT = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.(?:\s?\d{2,4})?|(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*(?:\s\d{4})?)"
    r"|\b(?:NRS|VAS|AMPS|MoCA|WHO-5|TUG|6MWT|Borg)\b[^.,;\n]{0,20}?\d+(?:,\d+)?"
)


class Match(BaseModel):
    model_config = STRICT

    slots: list[str]


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.slots = frozenset(match.slots)

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        slots = [analysis.place(passage.start)[1] for passage in analysis.document.passages]
        above = [
            _bare(passage.text)
            for passage, slot in zip(analysis.document.passages, slots, strict=True)
            if slot not in self.slots and passage.style != "heading"
        ]
        if not self.slots & set(slots) or not any(slot and slot not in self.slots for slot in slots):
            return
        known = "\n".join(above)
        for passage, slot in zip(analysis.document.passages, slots, strict=True):
            if slot in self.slots and passage.style != "heading":
                for match in FACT.finditer(passage.text):
                    if _bare(match.group()) not in known:
                        yield Hit(passage.start + match.start(), passage.start + match.end())


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
