"""Which inputs a document must show, and whether it does: found, not found, or cannot tell.

The requirements are data (nlp/lexicon/evidence/requirements.yaml); what the text says is nlp.evidence's answer. Nothing here
decides a case: a missing input is a question to the caseworker.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from nlp.evidence import months_old, newest
from nlp.model import Document, Evidence, Facts
from nlp.screen import Screened, folded
from nlp.sources import read

FOUND, NOT_FOUND, CANNOT_TELL = "fundet", "ikke fundet", "kan ikke afgøres"
STANDING = ("present", "outdated")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the matrix. Empty tuples mean any; None among outcomes or schemes means "also where it is not known"."""

    input: str
    basis: str  # lov | praksis | kommunens politik
    source: str
    status: str
    kinds: tuple[str | None, ...] = ()
    schemes: tuple[str | None, ...] = ()
    outcomes: tuple[str | None, ...] = ()
    not_tracks: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    only_if: str | None = None
    accepts: tuple[str, ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether the document of these facts must show the input. An unknown fact that matters means no."""
        wanted = ((self.kinds, facts.kind), (self.schemes, facts.scheme), (self.outcomes, facts.outcome))
        for allowed, value in wanted:
            if value is None and allowed == self.outcomes and facts.kind != "afgoerelse":
                continue  # only decisions have an outcome
            if allowed and value not in allowed:
                return False
        if facts.track is not None and facts.track in self.not_tracks:
            return False
        date = facts.decision_date or datetime.date.max
        return not (self.since and date < self.since) and not (self.until and date > self.until)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a document shows of one required input."""

    requirement: Requirement
    answer: str  # FOUND | NOT_FOUND | CANNOT_TELL
    evidence: tuple[Evidence, ...]  # all that is said of the input, in order of place
    why: str = ""  # of an input that is lacking: bestilt | mangler | afslået | kun omtalt | genfortalt | "" (not a word)


@cache
def _data() -> Mapping[str, Any]:
    return read("requirements.yaml")


@cache
def requirements() -> tuple[Requirement, ...]:
    found = []
    for entry in _data()["requirements"]:
        when = entry["when"]
        found.append(
            Requirement(
                input=entry["input"], basis=entry["basis"], source=entry["source"], status=entry["status"],
                kinds=tuple(when.get("kinds", ())), schemes=tuple(when.get("schemes", ())),
                outcomes=tuple(when.get("outcomes", ())), not_tracks=tuple(when.get("not_tracks", ())),
                since=_day(when.get("from")), until=_day(when.get("until")), only_if=entry.get("only_if"),
                accepts=tuple(entry.get("accepts", ())),
            )
        )  # fmt: skip
    return tuple(found)


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@cache
def _signs(name: str) -> Screened:
    return Screened("|".join(_data()["signs"][name]))


@cache
def _waivers(name: str) -> Screened | None:
    patterns = _data()["waivers"].get(name)
    return Screened("|".join(patterns), re.IGNORECASE | re.DOTALL) if patterns else None


def speaks_of(text: str, sign: str) -> bool:
    """Whether the text speaks of one of the `signs` of requirements.yaml."""
    return _signs(sign).search(text, folded(text)) is not None


def waived(text: str, name: str) -> re.Match[str] | None:
    """The words that say, with a reason, why an input was not obtained; None where there are none."""
    pattern = _waivers(name)
    return pattern.search(text, folded(text)) if pattern else None


def supposed(text: str, facts: Facts) -> Facts:
    """The facts, with scheme and outcome read from the text where the caller has not said them and the text is plain."""
    if facts.kind is None:
        return facts
    if facts.scheme is None:
        schemes = [name for name in ("foertidspension", "fleksjob") if speaks_of(text, name)]
        if schemes:
            facts = replace(facts, scheme=min(schemes, key=lambda name: _signs(name).pattern.search(text).start()))
    if facts.outcome is None and facts.kind == "afgoerelse":
        told = [name for name in ("afslag", "ophoer", "bevilling") if speaks_of(text, name)]
        if len(told) == 1 or "afslag" in told:
            facts = replace(facts, outcome=told[0])
    return facts


def required(facts: Facts) -> list[Requirement]:
    """The requirements that hold for a document of these facts, one for each input at most."""
    found: dict[str, Requirement] = {}
    for requirement in requirements():
        if requirement.holds(facts):
            found.setdefault(requirement.input, requirement)
    return list(found.values())


def answers(document: Document, facts: Facts, evidence: Iterable[Evidence]) -> list[Answer]:
    """What the document shows of each required input."""
    evidence = list(evidence)
    facts = supposed(document.text, facts)
    return [_answer(requirement, document, evidence, facts) for requirement in required(facts)]


def _answer(requirement: Requirement, document: Document, evidence: list[Evidence], facts: Facts) -> Answer:
    letter = facts.kind == "afgoerelse"
    said = tuple(e for e in evidence if e.input == requirement.input)
    if any(e.status in STANDING and not (requirement.input == "borger_inddraget" and _decides(document.text[e.start : e.end])) for e in said):
        return Answer(requirement, FOUND, said)
    if letter and _shown_by_letter(requirement, document, said, facts):
        return Answer(requirement, FOUND, said)
    if requirement.only_if and not speaks_of(document.text, requirement.only_if):
        return Answer(requirement, CANNOT_TELL, said)
    if "fravalg" in requirement.accepts and waived(document.text, requirement.input):
        return Answer(requirement, FOUND, said, "fravalgt")
    statuses = {e.status for e in said}
    if "afslag" in requirement.accepts and "refused" in statuses:
        return Answer(requirement, FOUND, said, "afslået")
    if "terminal" in requirement.accepts and speaks_of(document.text, "terminal"):
        return Answer(requirement, FOUND, said, "terminal")
    if requirement.input == "borger_inddraget" and _heard_otherwise(document, evidence):
        return Answer(requirement, FOUND, said)
    return Answer(requirement, NOT_FOUND, said, _why(statuses))


def _shown_by_letter(requirement: Requirement, document: Document, said: tuple[Evidence, ...], facts: Facts) -> bool:
    """What a letter shows as a whole, though no sentence of it alone does.

    A document in the list of what was used needs no verb: kind and date are enough. A hearing that was sent before the day of
    decision has been held when the letter goes out, and may be told in words that only a letter uses.
    """
    before = facts.decision_date or datetime.date.max
    if requirement.input == "partshoering":
        sent = any(e.status == "requested" and e.date and e.date < before for e in said)
        return sent or speaks_of(document.text, "hoering")
    if requirement.input in ("medical", "ot", "sundhedskoordinator"):
        return any(e.status == "mentioned_only" and (e.date or _dated(e.text)) and _listed(document, e) for e in said)
    return requirement.input == "borger_inddraget" and speaks_of(document.text, "deltog")


def _listed(document: Document, evidence: Evidence) -> bool:
    passage = document.passage_at(evidence.start)
    return passage is not None and passage.style in ("item", "cell")


def _dated(text: str) -> bool:
    from nlp import dates

    return any(d.exact for d in dates.find(text))


def _decides(text: str) -> bool:
    """»Vi har besluttet at imødekomme dit ønske« is the decision, not the citizen's part in it."""
    return bool(re.search(r"\b(?:vi|kommunen|jeg)\b[^.:]{0,40}\b(?:besluttet|truffet afgørelse|afgjort)\b", text, re.IGNORECASE))


def _heard_otherwise(document: Document, evidence: list[Evidence]) -> bool:
    """The citizen took part where partshøring was answered or held, or where a section holds the citizen's own words."""
    if any(e.input == "partshoering" and e.status == "present" for e in evidence):
        return True
    from nlp.sections import section_and_slot

    for passage in document.passages:
        slot = passage.slot or section_and_slot(passage.heading)[1] or section_and_slot(passage.label)[1]
        if slot in ("citizen_view", "citizen_remark") and passage.style != "heading" and len(passage.text.split()) >= 4:
            return True
    return False


_WHY = (
    ("requested", "er bestilt eller planlagt, men er ikke kommet"),
    ("refused", "er ikke indhentet, fordi borgeren har sagt nej"),
    ("missing", "mangler, som teksten selv siger"),
    ("hearsay", "er kun genfortalt af borgeren eller andre"),
    ("mentioned_only", "er kun nævnt uden dato eller indhold"),
)


def _why(statuses: set[str]) -> str:
    return next((words for status, words in _WHY if status in statuses), "er ikke nævnt")


def age_of_newest(evidence: Iterable[Evidence], name: str, facts: Facts) -> tuple[Evidence, int] | None:
    """The newest dated evidence of an input and its age in whole months; None where age cannot be told.

    An undated document among the standing ones may be newer than the dated: then nobody can tell.
    """
    standing = [e for e in evidence if e.input == name and e.status in STANDING]
    if not standing or facts.decision_date is None or any(e.date is None for e in standing):
        return None
    latest = newest(standing, name)
    return (latest, months_old(latest.date, facts.decision_date)) if latest and latest.date else None


def outstanding(evidence: Iterable[Evidence], facts: Facts) -> list[Evidence]:
    """Requests whose answer has not come: nothing of the input is there, or what is there is older than the request."""
    evidence = list(evidence)
    open_requests = []
    for request in evidence:
        if request.status != "requested" or request.input in ("partshoering", "borger_inddraget"):
            continue
        standing = [e for e in evidence if e.input == request.input and e.status in STANDING]
        if standing and (request.date is None or any(e.date is None or e.date >= request.date for e in standing)):
            continue
        open_requests.append(request)
    return open_requests
