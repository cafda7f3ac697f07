"""Which date is the document's own, and which belongs to a request, a visit or what the document tells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from nlp import dates
from nlp.dates import DateMention
from nlp.evidence.cues import verbs
from nlp.evidence.references import Reference, region_of
from nlp.model import Facts
from nlp.sources import whole_words

# How long an input stays fresh where the house limit of `Facts` does not say; months, None for always.
FRESHNESS = {"ot": 24, "sundhedskoordinator": 24}
ARRIVED = re.compile(
    r"\b(?:modtaget|modtog|indkommet|indkom|tilgået|returneret|udfyldt|svarede|foreligger(?! (?:tidligst|først|forventeligt))|indhentet|gennemført|afholdt|foretaget|besvaret|kom)\b", re.IGNORECASE
)
_ADVERBIAL = re.compile(
    r"\s*\(?(?:(?:på|telefonisk|skriftligt?|mundtligt?|senest|herefter|også|igen|i|ved|til|over for|os|et|en|kommunen|sin|sit|sine|pr\.|mail|notat\w*|brev\w*|telefonnotat\w*|erklæring\w*|konsultation\w*|samtale\w*|undersøgelse\w*|besøg\w*|møde\w*|bemærkninger|af|fra|‹R›|‹X›|‹B›|borgeren)\s*)*(?:den\s+|d\.\s*)?$",
    re.IGNORECASE,
)
_MET = whole_words(["så", "fandt", "rådgav", "rådgiver", "målte", "målt", "observer(?:er|ede|et)"])
_EVENT = whole_words([r"operation\w*", r"indlæg\w*", "indlagt", "opereret", r"ulykke\w*", r"sygemeld\w*", "siden"])


def date_of(reference: Reference, status: str) -> DateMention | None:
    attached = sorted(reference.attached, key=lambda found: found[0].startswith("modtaget"))
    if status in ("missing", "hearsay"):
        return None
    if status == "refused":
        return next(iter(reference.sentence.dates), None)
    loose = list(loose_dates(reference, content_too=status != "present" and status != "outdated"))
    if status == "requested":
        return (loose or [found for _, found in attached] or _letter_dates(reference) or [None])[0]
    if reference.input == "partshoering" and loose and not any(how in ("af", "fra") for how, _ in attached) and reference.sentence.text[reference.mentions[0].start :].lower().startswith("frist"):
        return loose[0]  # the day it was sent, not the deadline
    if (reference.roles in ({"voice"}, {"topic"}) or reference.input == "partshoering") and not list(loose_dates(reference, content_too=True)) and not attached and (met := met_before(reference)):
        return met
    if attached and not (attached[0][0] == "" and loose and _asked_for(reference)):
        return attached[0][1]
    if status == "mentioned_only" and reference.roles != {"note"}:
        return None
    later = [found for how, found in _dated(reference) if how]
    return (later or loose or [None])[-1 if not later and status == "present" and len(loose) > 1 and ARRIVED.search(reference.view(reference.sentence.marked)) else 0]


def met_before(reference: Reference) -> DateMention | None:
    """ "på mødet den 16. november, hvor borgeren deltog": the day of the meeting in the clause before."""
    sentence = reference.sentence
    if sentence.clauses[reference.clause].opening not in ("relative", "cause", *(("and",) if reference.roles == {"topic"} else ())):
        return None
    before = sentence.clauses[reference.clause - 1].text
    loose = [sentence.dates[int(n)] for n in re.findall(r"‹D(\d+)›", before)]
    return next(iter(loose + [day for n in re.findall(r"‹U(\d+)›", before) for _, day in sentence.units[int(n)].dates]), None)


def _letter_dates(reference: Reference) -> list[DateMention]:
    """ "I brev af 3. november anmoder vi om LÆ 265": the date of the letter that asks."""
    sentence = reference.sentence
    numbers = re.findall(r"‹U(\d+)›", sentence.clauses[reference.clause].text)
    return [found for number in numbers if sentence.units[int(number)].role == "note" for _, found in sentence.units[int(number)].dates]


def _dated(reference: Reference) -> Iterator[tuple[str, DateMention]]:
    """ "rapporten er af den 20. oktober", "attesten er dateret": the document's own date, told by a verb."""
    for clause in region_of(reference):
        for match in re.finditer(r"\b(dateret|er (?:fra|af)|underskrevet|udfærdiget|udfyldt)\s*(?:i|fra|af)?\s*(?:den\s+|d\.\s*)?‹D(\d+)›", clause, re.IGNORECASE):
            yield match[1], reference.sentence.dates[int(match[2])]


def _asked_for(reference: Reference) -> bool:
    """Whether the date after the source is the day it was asked for: "vi rekvirerede LÆ 125 den 1. september"."""
    before = reference.view(reference.sentence.clauses[reference.clause].text).split("‹R›")[0]
    return bool(re.search(r"\b(?:rekvirere\w*|bestil\w*|anmode\w*|bad|bedt|udbad)\b", before, re.IGNORECASE))


_AT_THE_VISIT = re.compile(r"\bved (?:\w+ )?(?:\w*kontrol|konsultation|undersøgelse|\w*besøg|samtale|møde|test)\w* (?:den |d\. )?$", re.IGNORECASE)


def _told_of(verb: str, between: str) -> bool:
    """Whether a date after a verb of content belongs to what is told: "beskriver operation den 15. april"."""
    if _ADVERBIAL.match(between) or _AT_THE_VISIT.search(between):
        return False
    return not _MET.fullmatch(verb) or bool(_EVENT.search(between))


def loose_dates(reference: Reference, *, content_too: bool) -> Iterator[DateMention]:
    """Dates of the region that belong to no unit and not to what the source tells."""
    for clause in region_of(reference):
        for match in re.finditer(r"‹D(\d+)›", clause):
            before = clause[: match.start()]
            content = None
            for verb in verbs("content").finditer(before):
                content = verb
            if content and not content_too and "‹R›" in before and _told_of(content.group(), before[content.end() :]):
                continue
            yield reference.sentence.dates[int(match[1])]
    if "‹D" not in "".join(region_of(reference)) and reference.clause > 0 and reference.sentence.clauses[reference.clause].opening in ("main", "and", "but"):
        first = reference.sentence.clauses[0].text
        fronted = re.match(r"\W*(?:(?:i|den|d\.|ved \w+)\s*)?‹D(\d+)›", first, re.IGNORECASE)
        if fronted:
            yield reference.sentence.dates[int(fronted[1])]


_ASKED = re.compile(
    r"\b(?:rekvireret|rekvirerede|bestilt|bestilte|sendt|sendte|anmodet|anmodede|bedt|bad|rykket|rykkede|henvist|henviste|afsendt|fremsendt)\b"
    r"(?:(?! og | har | til den | til d\. | uge | til (?:hjemme|under|samtale|møde|kontrol))[^;,]){0,40}$",
    re.IGNORECASE,
)


def is_ahead(reference: Reference, day: DateMention, facts: Facts) -> bool:
    """Whether a date without a year in a sentence about a request lies ahead of the letter."""
    if day.ahead is None or day.first is None or facts.decision_date is None:
        return False
    if _ASKED.search(reference.sentence.text[: day.start - reference.sentence.offset]):
        return False
    return day.ahead - facts.decision_date <= min(facts.decision_date - day.first, datetime.timedelta(days=180))


def is_stale(name: str, day: DateMention, facts: Facts) -> bool:
    """Whether a dated input is older than its limit on the decision date."""
    limit = facts.freshness_months if name == "medical" else FRESHNESS.get(name)
    newest = day.last or day.first
    if limit is None or newest is None or facts.decision_date is None:
        return False
    return newest < dates.months_before(facts.decision_date, limit)
