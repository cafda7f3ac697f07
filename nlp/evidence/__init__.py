"""What a text says of the inputs to a case: the document, its date, who made it, and whether it is there at all.

A sentence is read in three steps. Sources and dates are marked and drawn together into units ("LÆ 265 af 12.03.2026 fra
praktiserende læge N.N." is one). The sentence is cut into clauses, so that a "no" in what a doctor says is not taken for a
missing doctor. Then cues (nlp/lexicon/evidence/cues.yaml) and verbs (verbs.yaml) say what the clause makes of each source.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nlp import dates, language
from nlp.dates import DateMention
from nlp.evidence.passage import in_passage
from nlp.memory import Memory
from nlp.model import Document, Evidence, Facts, Passage
from nlp.sources import Source, possible

_told: Memory[list[Evidence]] = Memory(2048)  # by passage


def find(
    document: Document, facts: Facts, *,
    days: Sequence[list[DateMention]] | None = None, sentences: Sequence[list[tuple[int, int]]] | None = None,
) -> list[Evidence]:
    """Every passage that speaks of an input, in order of place. Dates without a year are read from `facts.decision_date`.

    `days` and `sentences` of each passage, counted from its start, spare reading them again.
    """
    found: list[Evidence] = []
    among: list[tuple[Source, ...]] = []  # worked out for the whole text, where a passage is new
    for place, passage in enumerate(document.passages):
        if passage.hidden:
            continue

        def read(passage: Passage = passage, place: int = place) -> list[Evidence]:
            if not among:
                among.append(possible(document.text))
            return in_passage(
                Passage(passage.text, style=passage.style), facts, among[0],
                dates.find(passage.text, facts.decision_date) if days is None else days[place],
                language.sentences(passage.text) if sentences is None else sentences[place],
            )

        told = _told.get((passage.text, passage.style, facts.decision_date, facts.freshness_months), read)
        found += [replace(e, start=passage.start + e.start, end=passage.start + e.end) for e in told]
    return found


def newest(evidence: Iterable[Evidence], name: str, statuses: tuple[str, ...] = ("present", "outdated")) -> Evidence | None:
    """The latest dated evidence of an input, or an undated one where there is none; None where there is none at all."""
    fitting = [e for e in evidence if e.input == name and e.status in statuses]
    return max(fitting, key=lambda e: e.date or datetime.date.min, default=None)


def months_old(day: datetime.date, on: datetime.date) -> int:
    """Whole months from `day` to `on`."""
    return (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)
