"""What a clause says of the citizen's own part in the case."""

from __future__ import annotations

import re

from nlp.evidence.cues import NEGATION, cues
from nlp.evidence.references import Reference, region_of


def part_taken(reference: Reference) -> str:
    """What the citizen has done in the case; "" where the clause is about something else."""
    clause = reference.sentence.clauses[reference.clause]
    at_the_meeting = clause.opening == "relative" and re.match(r"\W*hvor(?:under|ved)?\b", clause.text, re.IGNORECASE)
    if clause.opening in ("at", "if", "relative") and reference.clause > 0 and not at_the_meeting:
        return ""
    view = " ".join(region_of(reference))
    others = re.search(r"‹X›", view)
    taking_part = r"\b(?:deltage|deltager|samtale\w*|møde\w*|inddrag\w*|medvirke|høres?|hørt|udtale|kommentere|svare|mødes|tale|mulighed|kontakt\w*|læse|godkende|gennemgå|se|bidrage)\b"
    if not others and re.search(taking_part, view, re.IGNORECASE):
        as_citizen = view.replace("‹R›", "‹B›")
        if any(cue.speaks_of(reference, as_citizen) for cue in cues()["refused"]):
            return "refused"
    special = next((cue.status for cue in cues()["special"] if cue.speaks_of(reference, view)), None)
    if special:
        match = re.search(r"\b(?:deltog|deltaget|medvirket|læst|godkendt|hørt|spurgt|talt|inddraget|mødt|været|set|kommenteret|gennemgået)\b", view, re.IGNORECASE)
        if match and NEGATION.search(view[: match.start()]) and not others:
            return "missing"
        return special if not others or re.search(r"\b(?:læst|godkendt|gennemgået|kommenteret|deltog|deltaget)\b", view) else ""
    if not others and re.search(r"\b(?:ikke|aldrig|uden at)\b.{0,40}\b(?:mulighed|kontakt|lejlighed|taget med|med på råd|nået|truffet|inddraget|hørt|spurgt|talt|medvirket|set|deltaget|inddrage|høre|spørge|tale|involvere|se|læse)\b", view, re.IGNORECASE):
        return "missing"
    if re.search(r"\b(?:meldte afbud|meldt afbud|ikke til stede|ikke tilstede|fraværende)\b", view, re.IGNORECASE):
        return "missing"
    if re.search(r"\b(?:modtaget|fået|udleveret|tilsendt)\b.*\b(?:udkast\w*|beskrivelse\w*|tekst\w*)\b.*‹D", view, re.IGNORECASE):
        return "present"
    if re.search(r"‹V›[^;]*\b(?:besøgte|talte|mødte|mødtes|interviewede|ringede)\b[^;]*‹R›.*‹D", view, re.IGNORECASE):
        return "present"
    if not others and re.search(r"\b(?:indkaldt|indkaldes|inviteret|inviteres)\b", view, re.IGNORECASE):
        return "requested"
    if not others and re.search(r"\b(?:inddrages|inddrage|orienteret|orienteres|medvirker|involveres)\b", view, re.IGNORECASE):
        return "mentioned_only"
    return ""
