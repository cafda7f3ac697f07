"""`input`: what a document shows of the inputs to the case (nlp.inputs), one check a rule.

`check` is one of
  missing   a required input (`input`) is not there: said once, with no place
  outdated  the newest evidence of `input` is older than the house limit: marks it
  pending   an input was asked for and has not come: marks the request
  undated   a document is cited without a date: marks it
  wrong     the profession cannot give this input, and nobody else has: marks it
  unused    a document stands in the list of attachments and is nowhere used: marks it
  unsourced a diagnosis, an outlook, a function or a need is claimed and nobody of a right profession (`sources`: inputs)
            stands behind it: marks it. `within`: who speaks under the same heading, or anywhere in the document

All are silent where a single section is linted (`section`), and where a fact they need is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from nlp.inputs import NOT_FOUND, STANDING, age_of_newest, answers, outstanding
from nlp.model import Hit
from nlp.screen import Screened
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis
    from nlp.model import Evidence

name = "input"

NAMES = {
    "medical": "lægelige oplysninger", "ot": "ergoterapeutisk bidrag", "sundhedskoordinator": "sundhedskoordinators rådgivning",
    "arbejdsproevning": "arbejdsprøvning", "borger_inddraget": "borgerens medvirken", "partshoering": "partshøring",
}  # fmt: skip
MONTH_NAMES = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


class Match(BaseModel):
    model_config = STRICT

    check: Literal["missing", "outdated", "pending", "undated", "wrong", "unused", "unsourced"]
    input: str | None = None
    claims: list[str] = []  # of `unsourced`: regular expressions
    sources: list[str] = ["medical"]  # of `unsourced`: the inputs that can carry a claim
    within: Literal["heading", "document"] = "heading"  # of `unsourced`
    unless: list[str] = []  # of `unsourced`: words in the sentence that lift a claim


def _date(day) -> str:
    return f"{day.day}. {MONTH_NAMES[day.month - 1]} {day.year}"


def _missing(match: Match, analysis: Analysis) -> Iterable[Hit]:
    if "input.answers" not in analysis.notes:
        analysis.notes["input.answers"] = answers(analysis.document, analysis.facts, analysis.evidence)
    for answer in analysis.notes["input.answers"]:
        need = answer.requirement
        if need.input == match.input and answer.answer == NOT_FOUND:
            # what is asked for and accounted for weighs less where nothing is decided yet
            accounted = analysis.facts.kind != "afgoerelse" and {"missing", "requested"} <= {e.status for e in answer.evidence}
            yield Hit(0, 0, {"why": answer.why, "basis": need.basis, "law": need.source, "status": need.status}, lighter=accounted)


def _outdated(match: Match, analysis: Analysis) -> Iterable[Hit]:
    found = age_of_newest(analysis.evidence, match.input or "", analysis.facts)
    if found and found[0].status == "outdated":
        latest, months = found
        limit = analysis.facts.freshness_months
        yield Hit(latest.start, latest.end, {"date": _date(latest.date), "months": months, "limit": limit})


def _pending(match: Match, analysis: Analysis) -> Iterable[Hit]:
    for request in outstanding(analysis.evidence, analysis.facts):
        yield Hit(request.start, request.end, {"what": request.document or request.profession or NAMES[request.input]})


def _undated(match: Match, analysis: Analysis) -> Iterable[Hit]:
    dated = {e.input for e in analysis.evidence if e.date and e.status in STANDING}
    for evidence in analysis.evidence:
        document = evidence.document
        undated = evidence.status == "present" and evidence.date is None and evidence.input in ("medical", "ot", "sundhedskoordinator")
        if undated and document and evidence.input not in dated:
            yield Hit(evidence.start, evidence.end, {"what": document})


def _wrong(match: Match, analysis: Analysis) -> Iterable[Hit]:
    standing = {e.input for e in analysis.evidence if e.status in STANDING}
    for evidence in analysis.evidence:
        lacking = evidence.status == "mentioned_only" and evidence.input not in standing
        if lacking and evidence.input in WRONG.get(evidence.profession or "", ()):
            yield Hit(evidence.start, evidence.end, {"who": evidence.profession, "what": NAMES[evidence.input]})


# Who cannot give which input. The municipality's lægekonsulent has a rule of its own.
WRONG = {"fysioterapeut": ("ot",), "ergoterapeut": ("medical",), "ikke læge": ("medical",), "anden medarbejder": ("ot",)}

_LISTS = re.compile(r"\b(?:bilag|bilagsliste|bilagsoversigt|aktliste|sagens akter|dokumentliste|grundlag)\b", re.IGNORECASE)


def _unused(match: Match, analysis: Analysis) -> Iterable[Hit]:
    listed, used = [], []
    for evidence in analysis.evidence:
        passage = analysis.passage_at(evidence.start)
        in_list = passage is not None and (_LISTS.search(passage.heading or "") or re.match(r"\W*bilag\b", passage.text, re.IGNORECASE))
        (listed if in_list and evidence.document else used).append(evidence)
    for entry in listed:
        if not any(_same(entry, other) for other in used):
            yield Hit(entry.start, entry.end, {"what": entry.document})


def _same(entry: Evidence, other: Evidence) -> bool:
    if entry.date and other.date:
        return entry.date == other.date and entry.input == other.input
    return entry.input == other.input and entry.document == other.document


def _unsourced(match: Match, analysis: Analysis) -> Iterable[Hit]:
    (claims,) = expressions(match)
    lifted = re.compile("|".join(match.unless), re.IGNORECASE) if match.unless else None
    sourced = {analysis.passage_at(e.start) for e in analysis.evidence if e.input in match.sources and e.status in STANDING}
    if sourced and (match.within == "document" or any(passage is not None and passage.heading is None for passage in sourced)):
        return  # a text without headings: a source anywhere may carry the claim
    headings = {passage.heading for passage in sourced if passage}
    spoken = [(e.start, e.end) for e in analysis.evidence if e.input in match.sources]
    for hit in claims.finditer(analysis.text, analysis.folded_as_written):
        passage = analysis.passage_at(hit.start())
        if passage is None or passage.style in ("heading", "title") or passage.heading in headings:
            continue
        start, end = analysis.sentence_at(hit.start())
        if any(start < stop and begin < end for begin, stop in spoken):
            continue
        if lifted and lifted.search(analysis.text[start:end]):
            continue
        voice = analysis.voice(hit.start(), hit.end())
        if not (voice.attributed or voice.quoted or voice.hypothetical or voice.sourced):
            yield Hit(hit.start(), hit.end())


def expressions(match: Match) -> list[Screened]:
    return [_screened("|".join(match.claims))] if match.claims else []


_screened = cache(Screened)  # the few expressions of the rules

_CHECKS: dict[str, Callable[[Match, Any], Iterable[Hit]]] = {
    "missing": _missing, "outdated": _outdated, "pending": _pending, "undated": _undated, "wrong": _wrong,
    "unused": _unused, "unsourced": _unsourced,
}  # fmt: skip


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.match = match

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        if analysis.spans and analysis.facts.section is None and analysis.facts.slot is None:
            yield from _CHECKS[self.match.check](self.match, analysis)


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
