"""What became of what is only a topic ("helbredet", "funktionsevnen"): not looked into, asked about, or not spoken of at all."""

from __future__ import annotations

import re

from nlp.evidence.cues import NEGATION, Cue, cues, verbs
from nlp.evidence.references import Reference, governing, region_of
from nlp.evidence.retelling import retold

_TRIED = re.compile(r"\b(?:af|arbejds)?prøve(?:t|s|de)?\b(?: af\b)?|\bafprøv\w*", re.IGNORECASE)
_NOT_YET = re.compile(r"\bfor at (?:få )?$|\b(?:forventes|ventes|ønskes|bedes|skal|vil|bør|må|skulle|burde|anmodet|bedt)\b(?: \w+){0,3} $", re.IGNORECASE)
_NOT_SEEN = re.compile(r"\b(?:fremgår|fremgik|ses|se|konstatere\w*|finde|dokumentere\w*|bekræfte\w*|oplyst|vise|viser)\b[^‹]{0,30}\b(?:ikke|ingen|intet)\b|\b(?:ikke|ingen|intet)\b[^‹]{0,40}\b(?:se|ses|konstatere\w*|finde|dokumentation|dokumenteret|oplysning\w*|holdepunkt\w*|viser|tegn|spor)\b", re.IGNORECASE)
_UNDONE = re.compile(r"\b(?:uden|glemt|undladt|glemte|forsømt|nåede ikke|nået ikke|ikke nået)\W*$", re.IGNORECASE)


def become_of(reference: Reference) -> str:
    """The status of a topic; "" where the clause is about something else."""
    clauses = reference.sentence.clauses
    clause, region = clauses[reference.clause], region_of(reference)
    view = " ".join(region)
    governed = governing(reference) + view

    def first(stage: str) -> Cue | None:
        seen = governed if stage in ("refused", "requested") else view
        return next((cue for cue in cues()[stage] if cue.speaks_of(reference, seen)), None)

    if re.match(r"\W*‹R›\s*:\s*(?:ingen|intet|mangler|nej)\b", view, re.IGNORECASE):
        return "missing"
    if clause.opening == "if" or first("conditional"):
        return "mentioned_only"
    if first("refused"):
        return "refused"
    if retold(reference):
        return "hearsay"
    if clause.opening == "at" and _UNDONE.search(clauses[reference.clause - 1].text):
        return "missing"
    if _NOT_SEEN.search(governing(reference)) or first("impossible") or first("missing") or any(_denied(part) for part in region):
        return "missing"
    before = reference.view(clauses[reference.clause - 1].text) if clause.opening == "relative" else ""
    if NEGATION.search(before) and "‹X›" not in before:
        return "missing"
    if reference.input != "arbejdsproevning" or not _TRIED.search(view):
        return ""
    if first("requested"):
        return "requested"
    return "present" if reference.attached or "‹D" in view else "mentioned_only"


def _denied(clause: str) -> bool:
    """Whether a verb of existence is negated: "er ikke belyst"."""
    for match in verbs("existence").finditer(clause):
        if _NOT_YET.search(clause[: match.start()]):
            continue
        if NEGATION.search(clause[: match.start()]) or re.match(r"\s*(?:\w+\s+|‹\w+›\s*){0,3}?(?:ikke|ingen|intet)\b", clause[match.end() :], re.IGNORECASE):
            return True
    return False
