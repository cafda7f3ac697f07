"""`case`: a letter held against its case: names, dates of documents, hours and days, diagnoses and authors that are not the case's own.

Silent where the case is not at hand (`analysis.extra["case"]`, a docgen.model.Case).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docgen.dates import in_words
from docgen.model import Case, DocumentType
from nlp import Hit, diagnoses
from nlp.questions import questions

name = "case"

_INPUTS = {
    "medical": {
        DocumentType.LAE_125, DocumentType.LAE_135, DocumentType.LAE_145, DocumentType.LAE_225, DocumentType.LAE_265, DocumentType.LAE_285,
        DocumentType.SPECIALLAEGEERKLAERING, DocumentType.EPIKRISE, DocumentType.JOURNAL,
    },
    "ot": {DocumentType.ERGOTERAPEUTISK},
    "sundhedskoordinator": {DocumentType.SUNDHEDSKOORDINATOR, DocumentType.KLINISK_FUNKTION},
}


def _case(analysis: Any) -> Case | None:
    case = analysis.extra.get("case")
    return Case.model_validate(case) if isinstance(case, dict) else case  # an example of a rule gives a dict


def _navn(analysis: Any, case: Case) -> Iterator[Hit]:
    """The citizen's name in the case stands nowhere in the letter."""
    whole = case.citizen.name if case.citizen else None
    if whole and not any(re.search(rf"\b{re.escape(part)}\b", analysis.text) for part in {whole.split()[0], whole.split()[-1]}):
        yield Hit(0, 0)


def _dokumentdato(analysis: Any, case: Case) -> Iterator[Hit]:
    """A document of a date that the case's register does not know, though it holds documents of that sort."""
    known = {d.date for d in case.documents if d.date}
    if case.advice and case.advice.date:
        known.add(case.advice.date)
    if case.functional:
        known |= {s.date for s in case.functional.sections if s.date} | {v.date for v in case.functional.visits if v.date}
        known |= {t.date for t in case.functional.tests if t.date} | ({case.functional.date} if case.functional.date else set())
    for evidence in analysis.evidence:
        types = _INPUTS.get(evidence.input)
        if types is None or evidence.status not in ("present", "outdated") or not evidence.date or not evidence.date_exact:
            continue
        dated = [d for d in case.documents if d.type in types and d.date]
        if dated and evidence.date not in known:
            days = ", ".join(f"den {in_words(d.date)}" for d in dated if d.date)
            yield Hit(evidence.start, evidence.end, {"dag": in_words(evidence.date), "sagens": days})


def _partshoeringsdato(analysis: Any, case: Case) -> Iterator[Hit]:
    hearing = case.hearing
    if hearing is None or hearing.sent_on is None:
        return
    for evidence in analysis.evidence:
        known = {hearing.sent_on, hearing.answered_on, hearing.deadline}
        if evidence.input == "partshoering" and evidence.status == "present" and evidence.date and evidence.date_exact and evidence.date not in known:
            yield Hit(evidence.start, evidence.end, {"sagens": in_words(hearing.sent_on)})


def _timer(analysis: Any, case: Case) -> Iterator[Hit]:
    """Hours of a work trial that are not those of the case: looked for where the letter names its place."""
    for trial in case.work_trials:
        if not trial.place or trial.actual_hours is None:
            continue
        place = re.escape(re.split(r"[ ,]", trial.place)[0])
        for start, _, text in analysis.stretches["sentence"]:
            if not re.search(rf"\b{place}\b", text):
                continue
            told = list(re.finditer(r"\b(\d{1,2}(?:,\d)?) timer (?:om ugen|ugentligt|pr\. uge)", text))
            hours = {float(m[1].replace(",", ".")) for m in told}
            if told and not hours & {trial.actual_hours, trial.planned_hours}:
                yield Hit(start + told[0].start(), start + told[0].end(), {"sagens": f"{trial.actual_hours:g}"})


def _brevets_dato(analysis: Any, case: Case) -> Iterator[Hit]:
    day = case.decision.date if case.decision else None
    given = analysis.facts.decision_date
    if day and given and day != given:
        yield Hit(0, 0, {"dag": in_words(given), "sagens": in_words(day)})


def _ubrugt_dokument(analysis: Any, case: Case) -> Iterator[Hit]:
    """A document that lies in the case, is not set aside, and is not in the reasons."""
    days = {d.first for d in analysis.days}
    for document in case.documents:
        if document.status == "foreligger" and document.used is not False and document.date and document.date not in days:
            title = document.title or (document.type.value.replace("_", " ") if document.type else document.id)
            yield Hit(0, 0, {"dokument": title, "dag": in_words(document.date)})
            return


def _diagnose(analysis: Any, case: Case) -> Iterator[Hit]:
    """A diagnosis of which nothing in the case speaks; silent where the case names none at all."""
    known = {mention.name for mention in diagnoses.named(case.model_dump_json())}
    if not known:
        return
    for mention in diagnoses.named(analysis.text):
        if not any(diagnoses.same(mention.name, name) for name in known):
            yield Hit(mention.start, mention.end, {"sagens": ", ".join(sorted(known))})
            return


def _forfatter(analysis: Any, case: Case) -> Iterator[Hit]:
    """A document of the case's own date, said to be by somebody else than the case says."""
    for evidence in analysis.evidence:
        types = _INPUTS.get(evidence.input)
        if types is None or not evidence.author or not evidence.date or not evidence.date_exact:
            continue
        authors = {d.author for d in case.documents if d.type in types and d.date == evidence.date and d.author}
        if authors and not any(_names(author) & _names(evidence.text) for author in authors):
            yield Hit(evidence.start, evidence.end, {"hvem": evidence.author, "sagens": ", ".join(sorted(authors))}, certainty="tvivl")


def _names(person: str) -> set[str]:
    return {name.lower().removesuffix("s") for name in re.findall(r"[\w-]{3,}", person)}


ANSWERS: dict[str, Callable[[Any, Case], Iterator[Hit]]] = {
    "navn": _navn, "dokumentdato": _dokumentdato, "partshoeringsdato": _partshoeringsdato, "timer": _timer, "brevets_dato": _brevets_dato,
    "ubrugt_dokument": _ubrugt_dokument, "diagnose": _diagnose, "forfatter": _forfatter,
}
Match, compile = questions(ANSWERS, given=_case)
