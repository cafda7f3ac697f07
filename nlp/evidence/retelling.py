"""Whether the citizen, a relative or another worker only retells what a source has said."""

from __future__ import annotations

import re

from nlp.evidence.cues import verbs
from nlp.evidence.references import Reference


def retold(reference: Reference) -> bool:
    """Whether the citizen, a relative or another worker retells the source."""
    if reference.input in ("partshoering", "borger_inddraget"):
        return False
    sentence = reference.sentence
    dated_document = bool(reference.attached) and bool(reference.roles & {"document", "method"})
    for place in range(reference.clause + 1):
        view = reference.view(sentence.clauses[place].text)
        own = place == reference.clause
        before = view.split("‹R›")[0] if own and "‹R›" in view else view
        if own:
            if re.search(r"\b(?:ifølge|iflg\.|i følge|efter) (?:\w+ ){0,2}?‹[BV]›", before, re.IGNORECASE):
                return True
            if re.search(r"‹[BV]›.{0,80}\b(?:at vide|hørt (?:fra|af|at)|fået besked|fået oplyst|fik oplyst|refererer|gengiver|sagt)\b", view, re.IGNORECASE):
                return not dated_document
            if re.search(r"‹R›.{0,60}\b(?:sagt|fortalt|skulle have|forklaret|oplyst) (?:til |over for )?‹B›", view, re.IGNORECASE):
                return not dated_document
            if re.search(r"‹[BV]› (?:opfattelse|oplevelse|indtryk|udsagn|forklaring|mening)\b", before):
                return True
            if re.search(r"\b(?:angiveligt|efter det oplyste|efter eget udsagn|eget udsagn|efter eget (?:\w+ )?oplyste|efter sigende|skulle have sagt|skulle (?:\w+ )?have)\b", view, re.IGNORECASE):
                return True
            if re.search(r"‹[BV]›[^;]*\b(?:medbragt|medbragte|fremvist|viste|forevist)\b.*\b(?:papir|seddel|brev|sms|besked|kort)\w*", view, re.IGNORECASE):
                return True
            if re.search(r"^\W*(?:(?:den )?‹D\d+› )?(?:\w+ )?‹[BV]›[^,;]{0,40}" + verbs("speech").pattern, before, re.IGNORECASE) and not dated_document:
                return not re.search(r"\bhenvis", before)
            continue
        if re.search(r"\b(?:oplysninger|besked|melding|beretning) fra (?:\w+ )?‹[BV]›|\b(?:modtaget|fået|har) ‹[BV]› om\b|\b(?:ifølge|iflg\.|efter) ‹[BV]›|‹[BV]› (?:opfattelse|oplevelse|indtryk|udsagn|forklaring|mening)\b", view, re.IGNORECASE):
            return True
        if place > 0 and re.match(r"\W*(?:ifølge|efter) (?:det|hvad)\b", sentence.marked, re.IGNORECASE) and re.search(r"‹[BV]›", view):
            return True
        so_far = "".join(reference.view(clause.text) for clause in sentence.clauses[: place + 1])
        later_at = any(c.opening in ("at", "colon") for c in sentence.clauses[place + 1 : reference.clause + 1])
        if not later_at:
            continue
        if re.search(r"‹[BV]›[^;]*?" + verbs("speech").pattern, so_far if "‹R›" not in so_far and "‹X›" not in so_far else view, re.IGNORECASE) or re.search(
            verbs("speech").pattern + r"[^;]{0,20}‹[BV]›", view, re.IGNORECASE
        ):
            return not (dated_document and re.search(r"gør gældende|gjort gældende|gjorde gældende|henvis|indvend", view))
        if "‹X›" in view and verbs("content").search(view) and reference.roles <= {"actor", "vague"} and "‹R›" not in view:
            return True
    return False
