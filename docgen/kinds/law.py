"""`law`: a question to the register of law about the provisions that a letter cites, and about its scheme, on the day it is decided.

`ask` names the question. Without a day of decision nothing can be answered, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from docgen.content import Content
from docgen.law import Found, Register
from docgen.lawfile import State
from nlp import Hit
from nlp.questions import questions

name = "law"

# What a decision on a scheme rests on; the rest is procedure.
_PROCEDURE = {"FVL", "RSL", "OFL"}
_ACTS = {
    "foertidspension": {"PL"}, "fleksjob": {"LAB"}, "ressourceforloeb": {"LAB", "LAS"}, "revalidering": {"LAB", "LAS"},
    "jobafklaringsforloeb": {"LAB", "LAS", "SDPL"},
}
_NAMES = {
    "ressourceforloeb": "ressourceforløb", "revalidering": "revalidering",
}


@lru_cache(maxsize=1)
def _shipped() -> Content:
    return Content()


def content(analysis: Any) -> Content:
    return analysis.extra.get("content") or _shipped()


def register(analysis: Any) -> Register:
    return content(analysis).law


def cited(analysis: Any) -> list[Found]:
    """Every citation of the text, with its force on the day of decision; found once a text."""
    known = analysis.__dict__.get("_cited")
    if known is None:
        facts = analysis.facts
        known = register(analysis).find(
            analysis.text, on=facts.decision_date, granted=facts.granted, case_started=facts.case_started
        )
        analysis.__dict__["_cited"] = known
    return known


def _substantive(analysis: Any) -> list[Found]:
    """Citations of the law a decision rests on: neither procedure nor the bare number of an amending act."""
    return [f for f in cited(analysis) if f.named and f.act not in _PROCEDURE and re.search(r"§|kap|paragraf", f.text, re.IGNORECASE)]


def _hjemmel_mangler(analysis: Any, law: Register) -> Iterator[Hit]:
    if _substantive(analysis) or _closed_by_act(analysis, law):
        return
    bare = [f for f in cited(analysis) if not f.named and f.candidates and set(f.candidates) - _PROCEDURE]
    if bare:  # a § without its law: told where it stands
        yield Hit(bare[0].start, bare[0].end, {"hvad": "skriver ikke, hvilken lov paragraffen står i"})
    else:
        start = next((p.start for p in analysis.letter.passages("regler", "begrundelse")), 0)
        yield Hit(start, start, {"hvad": "nævner hverken paragraf eller lov for afgørelsen"})


def _closed_by_act(analysis: Any, law: Register) -> bool:
    """A refusal of a scheme that is closed rests on the act that closed it; that act is cited by its number."""
    facts = analysis.facts
    if facts.scheme not in _NAMES or facts.outcome not in ("afslag", "afslag_paa_behandling") or facts.decision_date is None:
        return False
    closed = not law.available(facts.scheme, "bevilling", on=facts.decision_date).possible
    return closed and bool(re.search(r"\blov nr\.? ?\d+", analysis.text, re.IGNORECASE))


def _ikke_gaeldende(analysis: Any, law: Register) -> Iterator[Hit]:
    for found in cited(analysis):
        if found.force and found.force.state is State.NOT_IN_FORCE and not found.former and not _as_history(analysis, found):
            yield Hit(found.start, found.end, {"hvorfor": found.force.reason})


def _as_history(analysis: Any, found: Found) -> bool:
    """»§ 112 er ophævet«: the letter itself says that it no longer applies."""
    start, end = analysis.sentence_at(found.start)
    return bool(
        re.search(
            r"ophæv|afskaf|tidligere (?:gældende|regler|lov)|gælder ikke længere|gjaldt|ikke længere|dagældende|de gamle regler|indtil den|før den",
            analysis.text[start:end], re.IGNORECASE,
        )
    )


def _ubekraeftet(analysis: Any, law: Register) -> Iterator[Hit]:
    """One finding a letter: the first doubtful citation, with what is doubtful about it."""
    for found in cited(analysis):
        if found.force and found.force.state is State.UNCONFIRMED and not (found.former or _as_history(analysis, found)):
            yield Hit(found.start, found.end, {"hvorfor": found.force.reason}, certainty="tvivl")
            return


def _anden_lov(analysis: Any, law: Register) -> Iterator[Hit]:
    expected = _ACTS.get(analysis.facts.scheme or "")
    substantive = _substantive(analysis)
    if not expected or not substantive or any(f.act in expected or f.act is None for f in substantive):
        return
    yield Hit(substantive[0].start, substantive[0].end, {"loven": law.acts[sorted(expected)[0]].name})


def _ordning_ophaevet(analysis: Any, law: Register) -> Iterator[Hit]:
    """A new grant of a scheme that is closed: by the facts, or where another letter grants it in passing."""
    facts = analysis.facts
    if facts.decision_date is None:
        return
    for scheme in _NAMES:
        granted = facts.granted if facts.scheme == scheme else None
        answer = law.available(scheme, "bevilling", on=facts.decision_date, granted=granted)
        if answer.possible:
            continue
        hit = _granting(analysis, _NAMES[scheme])
        if facts.scheme == scheme and facts.outcome in ("bevilling", "delvis_bevilling"):
            if _granted_before(analysis):
                continue
            yield Hit(*(hit or (0, 0)), {"hvorfor": answer.reason})
        elif hit and not (facts.scheme == scheme and facts.outcome is not None):
            yield Hit(*hit, {"hvorfor": answer.reason})


_GRANTS = (
    r"bevil\w+|giver|gives|tilkend\w+|tildel\w+|tilbyder?|tilbydes|tilbudt|visiter\w*|iværksæt\w*|igangsæt\w*|sætte[rs]?|opstart\w*|starte[rs]?|indlede[rs]?|henvis\w*|etabler\w*"
    r"|oprette[rs]?|begynde[rs]?|påbegynde[rs]?|får|skal|kan komme|klar(?:e)? til|ret til|imødekomme[rs]?|ja til|deltage[rs]?"
)


def _granting(analysis: Any, word: str) -> tuple[int, int] | None:
    """A sentence in which the authority gives the scheme now, in whatever order: a verb of granting near the scheme's name."""
    scheme = rf"\b(?P<hit>(?:for)?{word})(?:en|et)?\b"
    grant = re.compile(rf"\b(?:{_GRANTS})\b[^.]{{0,60}}?{scheme}|{scheme.replace('?P<hit>', '?P<after>')}[^.]{{0,30}}\b(?:{_GRANTS}|i gang)\b", re.IGNORECASE)
    never = re.compile(
        r"\bikke\b|\bafslag|\bhverken\b|\btidligere\b|\bblev\b|\bhavde\b|\bkunne\b|\bville\b|\bvar\b|har været|afskaffet|ophæv|lukket|\bsiden\b|\bfik\b|\bslutter|\bstopper|\bophør"
        r"|\bfortsæt|i (?:19\d\d|20[01]\d|202[0-5])\b|\bdit (?:løbende )?(?:ressource|revalid)|\bydelse",
        re.IGNORECASE,
    )
    for start, _, text in analysis.stretches["sentence"]:
        match = grant.search(text)
        if match and not never.search(text):
            group = "hit" if match["hit"] else "after"
            return start + match.start(group), start + match.end(group)
    return None


def _granted_before(analysis: Any) -> bool:
    """The letter says that the course itself was granted before the scheme was closed."""
    return bool(
        re.search(
            r"(?:bevilget|fik|begyndte|startede|bevilgede)\b[^.]{0,60}\b(?:20(?:1\d|2[0-5])|januar 2026)\b|tidligere gældende", analysis.text, re.IGNORECASE
        )
    )


def _tidligere_gaeldende(analysis: Any, law: Register) -> Iterator[Hit]:
    facts = analysis.facts
    if facts.decision_date is None or facts.scheme not in _NAMES or facts.outcome not in ("ophoer", "bevilling", "delvis_bevilling"):
        return
    answer = law.available(facts.scheme, facts.outcome, on=facts.decision_date, granted=facts.granted)
    if answer.possible and answer.running and not re.search(
        r"tidligere (?:gældende|regler|lov)|dagældende|de gamle regler", analysis.text, re.IGNORECASE
    ):
        start = next((p.start for p in analysis.letter.passages("regler")), 0)
        yield Hit(start, start)


def _alder(analysis: Any, law: Register) -> Iterator[Hit]:
    """PL § 16, stk. 1, is for those of 40 and more, stk. 2 for those under 40."""
    age = analysis.facts.citizen_age
    if age is None:
        return
    right, wrong = ("PL.16.1", "PL.16.2") if age >= 40 else ("PL.16.2", "PL.16.1")
    keys = {key for found in cited(analysis) for key in found.keys}
    if right in keys:
        return
    for found in cited(analysis):
        if wrong in found.keys and not _set_aside(analysis, found):
            yield Hit(found.start, found.end, {"alder": age, "rigtig": "stk. 1" if age >= 40 else "stk. 2"})
            return
    test = re.compile(r"\b(?:du er )?(?:under 40 år|ikke er fyldt 40|endnu ikke fyldt 40)\b", re.IGNORECASE) if age >= 40 else re.compile(
        r"\b(?:over 40 år|er fyldt 40)\b", re.IGNORECASE)
    for start, _, text in analysis.stretches["sentence"]:
        if (match := test.search(text)) and re.search(r"\bdu\b|\bdin\b|\bdig\b", text, re.IGNORECASE) and not re.search(r"\bikke\b.*\bgælder|\bhvis\b|\bman\b", text):
            yield Hit(start + match.start(), start + match.end(), {"alder": age, "rigtig": "stk. 1" if age >= 40 else "stk. 2"})
            return


def _set_aside(analysis: Any, found: Found) -> bool:
    start, end = analysis.sentence_at(found.start)
    return bool(re.search(r"gælder ikke|ikke relevant|ikke omfattet|kun for (?:personer|borgere) (?:under|over|mellem)", analysis.text[start:end], re.IGNORECASE))


def _planlagt_lov(analysis: Any, law: Register) -> Iterator[Hit]:
    """What the register warns of because a planned law would reach into the decision."""
    facts = analysis.facts
    if facts.decision_date is None or facts.outcome not in ("bevilling", "delvis_bevilling"):
        return
    days = [d.last or d.first for p in analysis.letter.passages("hoved", "begrundelse", "praktisk") for d in analysis.days_in(p)]
    reaches = max((d for d in days if d and d > facts.decision_date), default=None)
    for warning in law.warnings(on=facts.decision_date, scheme=facts.scheme, outcome=facts.outcome, reaches=reaches):
        if warning.id in PLANNED:
            yield Hit(0, 0, {"hvorfor": warning.text.strip()}, certainty="tvivl")
            return


PLANNED = ("jobafklaring-planlagt-afskaffet",)
ANSWERS: dict[str, Callable[[Any, Register], Iterator[Hit]]] = {
    "hjemmel_mangler": _hjemmel_mangler, "ikke_gaeldende": _ikke_gaeldende, "ubekraeftet": _ubekraeftet, "anden_lov": _anden_lov,
    "ordning_ophaevet": _ordning_ophaevet, "tidligere_gaeldende": _tidligere_gaeldende, "alder": _alder, "planlagt_lov": _planlagt_lov,
}
Match, compile = questions(ANSWERS, given=lambda analysis: register(analysis) if analysis.spans else None)
