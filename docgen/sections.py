"""The sections of a functional-ability description, and what a senior therapist would say of them.

Data: templates/sections/areas.yaml (headings, ICF/FSIII/VUM side by side) and contract.yaml (slots and their rules).
Wording is the linter's work; here it is asked whether a slot is there, and whether the slots fit each other.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from docgen import instruments
from docgen.content import Content
from docgen.contentmodel import ContentModel
from docgen.dates import in_words as dated
from docgen.errors import ContentError
from docgen.model import SECTION_KEYS, Case, CaseRemark, FunctionalDescription, Scheme, Section, SectionKey
from docgen.validate import validate
from docgen.yamlfile import read
from nlp.model import Severity

_FEJL, _ADVARSEL, _FORSLAG = Severity.FEJL, Severity.ADVARSEL, Severity.FORSLAG
# Schemes in which the meaning for work is asked for.
WORK_SCHEMES = (Scheme.FOERTIDSPENSION, Scheme.FLEKSJOB, Scheme.JOBAFKLARINGSFORLOEB, Scheme.RESSOURCEFORLOEB, Scheme.REVALIDERING)
OLD_AFTER_MONTHS = 12  # proposal of the research; no statutory limit was found


class Area(ContentModel):
    key: SectionKey
    heading: str
    about: str
    icf: list[str]
    fsiii: list[str]
    vum: list[str]
    graded: bool = True
    only_source: Literal["dokument"] | None = None


class Slot(ContentModel):
    slot: str
    required: Literal["altid", "observation", "niveau", "arbejdssag"]
    rule: str
    phrase: str


class Areas(ContentModel):
    version: str
    areas: list[Area] = Field(min_length=len(SECTION_KEYS))


class Contract(ContentModel):
    slots: list[Slot]
    suggestions: list[str]


@dataclass(frozen=True)
class Sections:
    """The areas by key, in the order of a description, and the contract of their slots."""

    areas: dict[str, Area]
    slots: dict[str, Slot]
    suggestions: frozenset[str]
    version: str

    def heading(self, key: str) -> str:
        return self.areas[key].heading


def load(content: Content) -> Sections:
    """Raises ContentError with file, line and column, also for a slot that no section has."""
    files = {origin.id: origin.path for origin in content.files("sections")}
    areas = validate(Areas, read(files["areas"], ContentError), ContentError)
    loaded = read(files["contract"], ContentError)
    contract = validate(Contract, loaded, ContentError)
    for number, slot in enumerate(contract.slots):
        if slot.slot not in Section.model_fields:
            raise ContentError(f"{loaded.place(('slots', number, 'slot'))}: Et afsnit har intet felt »{slot.slot}«.")
    return Sections(
        {area.key: area for area in areas.areas}, {slot.slot: slot for slot in contract.slots},
        frozenset(contract.suggestions), areas.version,
    )


# --- What is asked of a case ------------------------------------------------------------------------------------------


def check(case: Case, sections: Sections, *, today: datetime.date) -> list[CaseRemark]:
    """Everything a senior therapist would say of the case's functional description, in the order of its sections."""
    functional = case.functional
    if functional is None:
        return []
    scheme = case.decision.scheme if case.decision else None
    # Where the citizen has read the whole text, no section needs to say so by itself.
    read_by_citizen = bool(case.account and case.account.remarks and case.account.remarks_on)
    found: list[CaseRemark] = []
    for section in functional.sections:
        found += _section(section, sections, scheme, today, read_by_citizen)
    found += _whole(functional, sections)
    found += instruments.check_all(functional, today=today)
    return found


def _section(section: Section, sections: Sections, scheme: Scheme | None, today: datetime.date, read_by_citizen: bool) -> Iterator[CaseRemark]:
    area = sections.areas[section.key]
    base = f"functional.sections[{section.key}]"

    def remark(code: str, severity: Severity, slot: str, message: str, advice: str = "") -> CaseRemark:
        return CaseRemark(code, severity, f"{base}.{slot}", f"{area.heading}: {message}", advice)

    if section.carried_over_from:
        yield remark(
            "afsnit-ikke-bekraeftet", _ADVARSEL, "carried_over_from",
            f"teksten er genbrugt fra vurderingen af {dated(section.carried_over_from)} og er ikke bekræftet.",
            "Læs afsnittet, ret det, og slet så »carried_over_from«.",
        )
    value = section.level.value if section.level else None
    if value == "ikke_relevant":
        return
    if value == "ikke_vurderet":
        if not section.uncertainty:
            yield remark("afsnit-mangler-felt", _FORSLAG, "uncertainty", "skriv, hvorfor området ikke er vurderet.", _advice(sections, "uncertainty"))
        return
    for slot in sections.slots.values():
        if slot.slot == "citizen_remark" and read_by_citizen:
            continue
        if _asked(slot, section, area, scheme) and not _there(getattr(section, slot.slot)):
            title = Section.model_fields[slot.slot].title or slot.slot
            severity = _FORSLAG if slot.slot in sections.suggestions else _ADVARSEL
            yield remark("afsnit-mangler-felt", severity, slot.slot, f"»{title}« mangler.", _advice(sections, slot.slot))
    if not area.graded and section.level:
        yield remark("niveau-uden-skala", _ADVARSEL, "level", "området har intet niveau i FSIII, VUM eller ICF.", "Slet niveauet, og beskriv forholdet i ord.")
    for slot in ("level", "expected_level"):
        level = getattr(section, slot)
        if level and level.value is None and slot == "expected_level":
            yield remark("niveau-tomt", _FORSLAG, slot, "det forventede niveau er nævnt uden en værdi.", "Skriv en værdi, eller slet feltet.")
    yield from _dated(section, remark, today)
    yield from _sourced(section, area, remark)
    yield from _kept_apart(section, remark)
    yield from _work(section, remark)


def _asked(slot: Slot, section: Section, area: Area, scheme: Scheme | None) -> bool:
    if area.only_source == "dokument":
        return slot.slot in ("source", "date") or (slot.slot == "citizen_view")
    if slot.required == "observation":
        return section.source in ("observation", "test")
    if slot.required == "niveau":
        return area.graded
    if slot.required == "arbejdssag":
        return scheme in WORK_SCHEMES
    if slot.slot in ("method", "place", "observed", "observer"):
        # What the citizen or a document tells has no place, and nobody saw it.
        return section.source not in ("interview", "dokument", "tredjepart") or slot.slot == "observer"
    return True


def _there(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if hasattr(value, "value"):
        return value.value is not None
    return bool(value) and (not hasattr(value, "name") or bool(value.name))


def _advice(sections: Sections, slot: str) -> str:
    known = sections.slots.get(slot)
    return f"{known.rule} Fx: {known.phrase}" if known else ""


def _dated(section: Section, remark: Any, today: datetime.date) -> Iterator[CaseRemark]:
    if section.date and section.date > today:
        yield remark("dato-i-fremtiden", _FEJL, "date", f"datoen {dated(section.date)} ligger i fremtiden.")
    elif section.date and (today.year - section.date.year) * 12 + today.month - section.date.month > OLD_AFTER_MONTHS:
        yield remark(
            "afsnit-gammelt", _FORSLAG, "date", f"oplysningen er fra {dated(section.date)} og mere end {OLD_AFTER_MONTHS} måneder gammel.",
            "Skriv, om den stadig passer, eller se på det igen. Der er ingen fast grænse i loven.",
        )


def _sourced(section: Section, area: Area, remark: Any) -> Iterator[CaseRemark]:
    if area.only_source and section.source and section.source != area.only_source:
        yield remark("helbred-uden-laegekilde", _ADVARSEL, "source", "her gengives kun dokumenter, med kilde og dato.", "Flyt det, du selv har set, til det område, det handler om.")
    if section.source == "dokument" and not section.documents:
        yield remark("dokument-mangler", _ADVARSEL, "documents", "kilden er et dokument, men det er ikke nævnt.", "Skriv dokumentets id fra registret, fx D2.")
    observer = section.observer
    if observer and observer.name and not observer.profession:
        yield remark("fag-mangler", _ADVARSEL, "observer.profession", "det fremgår ikke, hvilket fag den har, der udførte det.")
    if observer and section.method and not observer.certification and (needed := _certified(section.method)):
        yield remark("certificering-mangler", _ADVARSEL, "observer.certification", f"{needed} kræver en certificeret tester, og certificeringen er ikke nævnt.")


def _certified(method: str) -> str | None:
    from nlp.instruments import load as known

    for mention in known().mentions(method, [(0, len(method))]):
        if any("certification" in instrument.needs for instrument in mention.candidates):
            return mention.candidates[0].family
    return None


_ASSESSES = re.compile(r"\b(?:vurderes|vurderer (?:jeg|vi|undertegnede)|skønnes|skønner|tyder på|formodes|antages|må anses|konkluderes|derfor har|skyldes|fordi)\b", re.IGNORECASE)
_BUILDS_ON = re.compile(r"\b(?:på baggrund af|begrundes i|sammenholdt med|ud fra|observation\w*|set i lyset af|som beskrevet|bygger på|målingen?\w*|jf\.|da borgeren|svarer til det)", re.IGNORECASE)
_ATTRIBUTED = re.compile(r"[»\"“”]|\b(?:oplyse\w*|oplyste|fortæller|fortalte|beskriver|beskrev|angiver|angav|siger|sagde|skriver|skrev|giver udtryk for|gav udtryk for|oplever|oplevede|mener|mente|ønsker|vurderer selv|synes)\b", re.IGNORECASE)
_PROGNOSIS = re.compile(r"\b(?:(?:vil|bliver|kommer) (?:\w+ )?aldrig|prognosen|helbredes ikke|bliver ikke bedre|varigt nedsat)\b", re.IGNORECASE)


def _kept_apart(section: Section, remark: Any) -> Iterator[CaseRemark]:
    """Observed, told and assessed are three things."""
    if section.observed and (word := _ASSESSES.search(section.observed)):
        yield remark(
            "vurdering-i-observation", _ADVARSEL, "observed", f"»{word.group()}« er en vurdering eller en årsag i det observerede.",
            "Skriv kun det, der kan ses eller måles, og flyt vurderingen til »Ergoterapeutisk vurdering«.",
        )
    if section.assessment and section.source in ("observation", "test") and not _BUILDS_ON.search(section.assessment):
        yield remark(
            "vurdering-uden-observation", _ADVARSEL, "assessment", "vurderingen henviser ikke til det, der er set eller målt.",
            "Skriv »På baggrund af …« og det, du så.",
        )
    if section.assessment and (word := _PROGNOSIS.search(section.assessment)):
        yield remark("prognose", _ADVARSEL, "assessment", f"»{word.group()}« er en prognose, og den hører til i et lægeligt dokument.", "Beskriv funktionen nu, og hvad der kan trænes eller kompenseres.")
    if section.citizen_view and not _ATTRIBUTED.search(section.citizen_view):
        yield remark("borgers-syn-uden-afsender", _FORSLAG, "citizen_view", "det fremgår ikke, at det er borgeren, der siger det.", "Skriv »Borgeren fortæller …«, eller citer borgerens ord.")
    if section.observed and section.citizen_view and section.observed.strip() == section.citizen_view.strip():
        yield remark("samme-tekst", _ADVARSEL, "citizen_view", "det observerede og borgerens egen oplevelse er den samme tekst.")


_BARE = re.compile(
    r"\b(?:kan (?:slet |overhovedet |fortsat )?ikke arbejde|kan ikke (?:passe|varetage|bestride|klare) (?:et |noget )?(?:arbejde|job)|(?:0|nul) timer|ingen arbejdsevne|uarbejdsdygtig\w*"
    r"|ikke i stand til at arbejde|kan (?:godt |sagtens )?arbejde (?:på )?fuld(?:t| tid)|fuld arbejdsevne|arbejdsevnen er (?:varigt |væsentligt )?nedsat)\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"\b(?:berettiget til|ret til (?:førtidspension|fleksjob)|opfylder (?:ikke )?betingelse\w*|bør (?:have|tilkendes|bevilges) (?:førtidspension|fleksjob)|indstilles til (?:førtidspension|fleksjob))\b", re.IGNORECASE)
# From everyday life to work: what each link of the chain can be told by (A.8).
_CHAIN = {
    "krav": (
        "hvilket krav i arbejdet det berører",
        re.compile(r"\b(?:berører|stående|siddende|gående|løft\w*|bære\w*|bøj\w*|vrid\w*|greb\w*|tempo\w*|krav\w*|kunde\w*|støj\w*|skærm\w*|opgave\w*|arbejdsstilling\w*|arbejdsopgave\w*|job med|arbejde med|arbejdstid\w*|samarbejd\w*|telefon\w*|kørsel|mødetid\w*|instruktion\w*)", re.IGNORECASE),
    ),
    "dosis": (
        "hvor meget (minutter, timer, kg, antal)",
        re.compile(r"(?:\d+|\b(?:to|tre|fire|fem|seks|syv|otte|ni|ti|tolv|halv\w*|hver))\s*-?\s*(?:\d+\s*)?[a-zæøå%]+", re.IGNORECASE),
    ),
    "betingelse": (
        "på hvilken betingelse",
        re.compile(r"\b(?:hvis|når|med mulighed for|uden|under forudsætning|forudsætter|kan skifte|pause\w*|hvile|skånehensyn|hjælpemiddel\w*|i ro|alene|frit|med støtte|med fast|højst|ad gangen|efter behov)", re.IGNORECASE),
    ),
}
_DAY = re.compile(r"\d{1,2}\.(?:\s?-\s?\d{1,2}\.)?\s?(?:\d{1,2}\.\s?\d{4}|(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)(?:\s\d{4})?)", re.IGNORECASE)
_NO_MEANING = re.compile(r"(?:ingen|ikke nogen|har ikke|uden) betydning", re.IGNORECASE)
_EVIDENCE = re.compile(r"\b(?:obs\.?|observation\w*|bilag|jf\.|D\d+|målt|testen?|afprøvning\w*|arbejdsprøvning\w*|praktik\w*)|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.\s(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)", re.IGNORECASE)


def _work(section: Section, remark: Any) -> Iterator[CaseRemark]:
    for slot in ("work", "assessment", "observed"):
        text = getattr(section, slot)
        if not text:
            continue
        if word := _RIGHTS.search(text):
            yield remark("juridisk-konklusion", _FEJL, slot, f"»{word.group()}« er en juridisk konklusion.", "Beskriv funktionen. Retten afgøres af sagsbehandleren.")
        if bare := _BARE.search(text):
            yield remark(
                "bar-konklusion", _ADVARSEL, slot, f"»{bare.group()}« siger ikke, hvad borgeren kan og ikke kan.",
                "Hvilke opgaver, hvor længe, hvor tit, og under hvilke betingelser?",
            )
    if section.work and section.source != "dokument" and not _NO_MEANING.match(section.work):
        told = _DAY.sub("", section.work)  # a date is no dose
        missing = [what for what, link in _CHAIN.values() if not link.search(told)]
        if not section.documents and not _EVIDENCE.search(section.work):
            missing.append("hvor det er set (observation eller dokument)")
        if missing:
            yield remark(
                "kaede-mangler-led", _ADVARSEL, "work", f"fra hverdag til arbejde mangler {_listed(missing)}.",
                "Begrænsning, krav i arbejdet, dosis, betingelse, dokument.",
            )


def _whole(functional: FunctionalDescription, sections: Sections) -> Iterator[CaseRemark]:
    keys = [section.key for section in functional.sections]
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield CaseRemark("afsnit-to-gange", _ADVARSEL, f"functional.sections[{key}]", f"»{sections.heading(key)}« står {keys.count(key)} gange.", "Saml det i ét afsnit.")
    untouched = [area.heading for area in sections.areas.values() if area.key not in keys]
    if keys and untouched:
        yield CaseRemark(
            "omraade-ikke-naevnt", _FORSLAG, "functional.sections", f"Ikke nævnt: {_listed(untouched)}.",
            "Skriv »ikke relevant« eller »ikke vurderet«, så læseren ved, at området ikke er glemt.",
        )
    for slot in ("summary", "work"):
        text = getattr(functional, slot)
        if text and (word := _RIGHTS.search(text)):
            yield CaseRemark("juridisk-konklusion", _FEJL, f"functional.{slot}", f"»{word.group()}« er en juridisk konklusion.", "Beskriv funktionen. Retten afgøres af sagsbehandleren.")
        if text and (bare := _BARE.search(text)):
            yield CaseRemark("bar-konklusion", _ADVARSEL, f"functional.{slot}", f"»{bare.group()}« siger ikke, hvad borgeren kan og ikke kan.", "Hvilke opgaver, hvor længe, hvor tit, og under hvilke betingelser?")
    named = {result.instrument for result in functional.tests}
    for section in functional.sections:
        if section.source == "test" and section.method and not named:
            yield CaseRemark("resultat-mangler", _FORSLAG, "functional.tests", f"{sections.heading(section.key)} bygger på en test, men der er intet testresultat.", "Skriv resultatet under »tests«.")
            return


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} og {parts[-1]}"
