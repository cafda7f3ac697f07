"""Turns what was read of a source into Evidence: names, profession, date, place, and whether it is still fresh."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from nlp.evidence.dating import is_ahead, is_stale
from nlp.evidence.references import DOCUMENTS, Reference
from nlp.evidence.units import Sentence
from nlp.model import Evidence, Facts, Passage
from nlp.sources import Mention, read, whole_words


def told(reference: Reference, passage: Passage, facts: Facts) -> Iterable[Evidence]:
    status, day = reference.status, reference.date
    first = day.first if day else None
    if day and day.ahead and status == "requested" and is_ahead(reference, day, facts):
        first = day.ahead
    if status == "present" and first and facts.decision_date and first > facts.decision_date:
        status = "requested"
    if status == "present" and day and is_stale(reference.input, day, facts):
        status = "outdated"
    sentence = reference.sentence
    start, end = _span(reference)
    named = [mention for mention in reference.mentions if mention.input == reference.input]
    document = next((m.name for m in named if m.role in (*DOCUMENTS, "vague")), None)
    person = next((m for m in reference.mentions if m.role in ("actor", "wrong")), None)
    evidence = Evidence(
        input=reference.input, status=status, date=first, start=passage.start + start, end=passage.start + end,
        text=passage.text[start:end], document=document, author=_author(sentence, person),
        profession=(person.source.profession if person else named[0].source.profession if named else None),
        date_text=day.text if day else None, date_exact=day.exact if day else True,
    )  # fmt: skip
    yield evidence
    if reference.input == "ot" and status in ("present", "mentioned_only") and outside_remit(sentence):
        yield replace(evidence, input="medical", status="mentioned_only", document=None, profession="ergoterapeut")
    for mention in reference.mentions:
        for also in mention.source.also:
            yield replace(evidence, input=also)


def outside_remit(sentence: Sentence) -> bool:
    """Whether an occupational therapist's sentence, with no doctor in it, speaks of a diagnosis."""
    if any(unit.input == "medical" and unit.role != "topic" for unit in sentence.units):
        return False
    claims, diagnoses = _remit()
    claim = claims.search(sentence.text)
    return bool(claim and diagnoses.search(sentence.text, claim.start()))


@cache
def _remit() -> tuple[re.Pattern[str], re.Pattern[str]]:
    limits = read("remit.yaml")["ot"]
    return whole_words(limits["claims"]), whole_words(limits["diagnoses"])


def _span(reference: Reference) -> tuple[int, int]:
    """The sentence that speaks of the source, without the blanks around it."""
    sentence = reference.sentence
    lead = len(sentence.text) - len(sentence.text.lstrip())
    return sentence.offset + lead, sentence.offset + len(sentence.text.rstrip())


def _author(sentence: Sentence, person: Mention | None) -> str | None:
    """The name that stands after the profession, if any."""
    if person is None:
        return None
    match = re.match(r"\s*,?\s*(?:i \w+\s+)?(N\.\s?N\.|[A-ZÆØÅ][a-zæøå]+(?:\s+[A-ZÆØÅ](?:\.|[a-zæøå]+))+)", sentence.text[person.end :])
    return match[1] if match else None
