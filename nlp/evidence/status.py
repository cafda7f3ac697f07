"""What a sentence makes of a source: present, requested, missing, refused, hearsay, outdated or only mentioned.

Words are weighed (nlp.evidence.weighing). What a source can be at all is not: a request for an attest is never the attest, the
wrong profession never counts, and headings, empty fields and lists of annexes say nothing.
"""

from __future__ import annotations

import datetime
import re
from functools import cache

from nlp.evidence.clauses import FINITE
from nlp.evidence.cues import NEGATION
from nlp.evidence.participation import part_taken
from nlp.evidence.references import Reference
from nlp.evidence.topics import become_of
from nlp.evidence.traits import traits
from nlp.evidence.units import Sentence
from nlp.evidence.weighing import SILENT, likeliest
from nlp.model import STATUSES, Passage
from nlp.sources import read, whole_words

# A trial told as plain work; not the job the citizen had before.
_WORKED = re.compile(r"\b(?:arbejde(?:de|t)|hjulpet|hjalp|pass(?:ede|et)|varetag(?:et|er)|varetog|mødte|mødt|været|var|gået|gik|prøvet|prøvede|klaret|klarede|sorter(?:et|ede)|pakke(?:t|de)|lavet|lavede|kørt|kørte|solgt|solgte|ryddet|ryddede|malet|malede|rengjort|siddet|stået|startede|deltaget|deltog)\b", re.IGNORECASE)
_USUAL_WORK = re.compile(r"\b(?:sygemeld\w*|opsagt|opsigelse\w*|fuldtid\w*|tidligere|fastansat|fyret|indtil|frem til|bostøtte\w*|hjemmehjælp\w*)\b", re.IGNORECASE)
_EMPTY_VALUE = re.compile(r"\s*(?:[-–—.…_]*|\[[^\]]*\]|x{2,}|n/?a|se (?:bilag|ovenfor|nedenfor|journal|sagen).*|udfyldes.*|indsæt.*|skriv her.*)\s*\.?\s*$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[^\]]*(?:indsæt|skriv|udfyld|dato|navn|vælg|beskriv|[xX]{2,})[^\]]*\]|\{\{.*?\}\}|<[^>]*(?:indsæt|skriv)[^>]*>|\bXX+\b", re.IGNORECASE)
_LISTED = re.compile(r"^\W*(?:bilag(?:sliste|soversigt)?|vedlagt(?:e bilag)?|aktliste|akter|sagens akter|sagens bilag|dokumentliste|\d{1,2}[.)])\W", re.IGNORECASE)
_STANDING = frozenset(("present", "outdated"))


def status_of(reference: Reference, passage: Passage, around: tuple[Sentence | None, Sentence | None], letter: datetime.date | None) -> str:
    """What the sentence makes of the source, with the sentences before and after it; "" where it says nothing of it."""
    settled = certain(reference, passage)
    if settled is not None:
        return settled
    weighed = likeliest(traits(reference, around, letter), among=possible(reference))
    if reference.roles == {"voice"} and (weighed == SILENT or (weighed == "present" and not reference.sentence.dates)):
        return part_taken(reference)  # that the citizen is heard with no date must be told plainly
    return weighed


def certain(reference: Reference, passage: Passage) -> str | None:
    """The status where the form of the sentence or the kind of source settles it; None where its words must be weighed."""
    roles = reference.roles
    if {mention.source.id for mention in reference.mentions} == {"arbejdstimer"}:
        return _trial(reference)
    if _structural(reference, passage):
        return SILENT if roles == {"voice"} else "mentioned_only"
    if roles == {"topic"}:
        return become_of(reference)
    if reference.input == "borger_inddraget" and "method" in roles and reference.sentence.talk:
        return "present"
    if reference.input == "ot" and not reference.attached and "‹D" not in reference.sentence.marked and _beyond().search(reference.sentence.text):
        return "mentioned_only"
    return None


def possible(reference: Reference) -> tuple[str, ...]:
    """The statuses that a source of this kind can have: only the right profession's own answer can stand."""
    if "request" in reference.roles or "wrong" in reference.roles or any(unit.wrong for unit in reference.members):
        return tuple(status for status in STATUSES if status not in _STANDING)
    return (*STATUSES, SILENT)


@cache
def _beyond() -> re.Pattern[str]:
    return whole_words(read("remit.yaml")["ot"]["beyond"])


def _trial(reference: Reference) -> str:
    """ "Borgeren har i maj 2026 arbejdet 8 timer ugentligt": hours of work as a trial, where a date and a plain telling say so."""
    clauses = reference.sentence.clauses
    view = reference.view(clauses[reference.clause].text)
    plain = clauses[reference.clause].opening not in ("at", "if") and "‹D" in view + clauses[0].text and _WORKED.search(view)
    return "present" if plain and not _USUAL_WORK.search(view) and not NEGATION.search(view.split("‹R›")[0]) else ""


def _structural(reference: Reference, passage: Passage) -> bool:
    """Headings, empty labels, placeholders and lists of attachments name a source and say nothing of it."""
    text = reference.sentence.text.strip()
    if passage.style in ("heading", "title"):
        return True
    if _PLACEHOLDER.search(text) and len(_PLACEHOLDER.sub("", text).split()) <= 8:
        return True
    if _LISTED.match(text) and not FINITE.search(reference.sentence.marked):
        return True
    label, colon, value = text.partition(":")
    if colon and re.match(r"\s*(?:ingen|intet|ikke|mangler|nej)\b", value, re.IGNORECASE):
        return False
    return bool(colon and len(label.split()) <= 6 and _EMPTY_VALUE.match(value))
