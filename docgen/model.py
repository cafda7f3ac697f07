"""A case, and what is made of it: pydantic models and frozen dataclasses. No I/O.

Nearly every field may be empty: an empty field is a gap that the draft shows, never a guess. `title` is the Danish
label that people read (forms, errors, gaps); `description` is the Danish help text. Keys and code are English,
values that people choose between are Danish ASCII ids.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from nlp.model import Severity


def _no_number(value: Any) -> Any:
    """A number is no date: read as seconds since 1970 it would become one that nobody has written."""
    if isinstance(value, (int, float)):
        raise PydanticCustomError("date_type", "not a date")
    return value


Date = Annotated[datetime.date, BeforeValidator(_no_number)]


# --- Names of the contract ---------------------------------------------------------------------------------------


class Kind(StrEnum):
    FUNKTIONSEVNEBESKRIVELSE = "funktionsevnebeskrivelse"
    TEAMFREMSTILLING = "teamfremstilling"
    SAMLET_BESKRIVELSE = "samlet_beskrivelse"
    AFGOERELSE = "afgoerelse"
    PARTSHOERING = "partshoering"
    ATTESTANMODNING = "attestanmodning"
    OVERDRAGELSESNOTAT = "overdragelsesnotat"
    GENNEMGANG = "gennemgang"


class Scheme(StrEnum):
    FOERTIDSPENSION = "foertidspension"
    FLEKSJOB = "fleksjob"
    RESSOURCEFORLOEB = "ressourceforloeb"
    REVALIDERING = "revalidering"
    JOBAFKLARINGSFORLOEB = "jobafklaringsforloeb"


class Outcome(StrEnum):
    BEVILLING = "bevilling"
    DELVIS_BEVILLING = "delvis_bevilling"
    AFSLAG = "afslag"
    OPHOER = "ophoer"
    AFSLAG_PAA_BEHANDLING = "afslag_paa_behandling"


class Track(StrEnum):
    """How the case is decided: PL §§ 17-18 for førtidspension; `overgang` for courses under earlier rules."""

    ORDINAER = "ordinaer"
    AABENBART = "aabenbart"
    FORELIGGENDE_GRUNDLAG = "foreliggende_grundlag"
    OVERGANG = "overgang"


class DocumentType(StrEnum):
    LAE_125 = "lae_125"
    LAE_135 = "lae_135"
    LAE_145 = "lae_145"
    LAE_225 = "lae_225"
    LAE_265 = "lae_265"
    LAE_285 = "lae_285"
    SPECIALLAEGEERKLAERING = "speciallaegeerklaering"
    KLINISK_FUNKTION = "klinisk_funktion"
    SUNDHEDSKOORDINATOR = "sundhedskoordinator"
    EPIKRISE = "epikrise"
    JOURNAL = "journal"
    NEUROPSYKOLOGISK = "neuropsykologisk"
    PSYKOLOGISK = "psykologisk"
    ERGOTERAPEUTISK = "ergoterapeutisk"
    FYSIOTERAPEUTISK = "fysioterapeutisk"
    PRAKTIKRAPPORT = "praktikrapport"
    ANDEN_AFDELING = "anden_afdeling"
    BORGEREN = "borgeren"
    PAAROERENDE = "paaroerende"
    ARBEJDSGIVER = "arbejdsgiver"
    INDSTILLING = "indstilling"
    ANDET = "andet"


# --- Building blocks ----------------------------------------------------------------------------------------------


def check_cpr(value: str) -> str:
    """A CPR number as `DDMMYY-XXXX`, checked for a possible date and century (stdnum.dk.cpr; no modulus 11 since 2007).

    Example cases use day numbers above 60 (`610285-1234` for 1 February 1985 is not a date): such numbers cannot
    belong to anyone, and are accepted so that no shipped case can hit a living person.
    """
    from stdnum.dk import cpr
    from stdnum.exceptions import ValidationError

    digits = value.replace("-", "").replace(" ", "")
    real = digits
    if len(digits) == 10 and digits.isdigit() and 61 <= int(digits[:2]) <= 91:
        real = f"{int(digits[:2]) - 60:02d}{digits[2:]}"
    try:
        real = cpr.compact(real)
        if len(real) != 10 or not real.isdigit():
            raise ValueError
        cpr.get_birth_date(real)
    except (ValidationError, ValueError):
        raise PydanticCustomError("cpr", "not a CPR number") from None
    return f"{digits[:6]}-{digits[6:]}"


Cpr = Annotated[str, AfterValidator(check_cpr)]


def one(title: str, description: str = "") -> Any:
    return Field(default=None, title=title, description=description or None)


def many(title: str, description: str = "") -> Any:
    return Field(default_factory=list, title=title, description=description or None)


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def empty_is_absent(cls, data: Any) -> Any:
        """A key with nothing after it is not filled in, also where a list or a yes/no is expected.

        An unknown key stays and is refused: in `{own_words: Det går, når jeg hviler}` YAML makes a key of all that
        follows the comma, and the citizen's words must not be lost without a sound.
        """
        if not isinstance(data, dict):
            return data
        return {k: v for k, v in data.items() if v is not None or k not in cls.model_fields}


class Address(Model):
    street: str | None = one("Vej og nummer")
    postal_code: str | None = one("Postnummer", "Fire cifre")
    city: str | None = one("By")
    care_of: str | None = one("c/o")


class Person(Model):
    """A professional who does something in the case."""

    name: str | None = one("Navn")
    title: str | None = one("Stilling")
    profession: str | None = one("Fag", "fx ergoterapeut, speciallæge i neurologi, socialrådgiver")
    certification: str | None = one("Certificering", "fx AMPS-kalibreret")
    unit: str | None = one("Enhed")
    phone: str | None = one("Telefon")
    email: str | None = one("E-mail")


class Representative(Model):
    name: str | None = one("Navn")
    role: Literal["partsrepraesentant", "vaerge", "advokat", "fremtidsfuldmaegtig"] | None = one("Rolle")
    address: Address | None = one("Adresse")
    authorised_on: Date | None = one("Fuldmagt dateret")
    receives_copy: bool = Field(True, title="Skal have kopi af brevet")


class Citizen(Model):
    name: str | None = one("Borgerens navn")
    cpr: Cpr | None = one("CPR-nummer", "Skriv nummeret i anførselstegn, så et nul forrest ikke forsvinder")
    birth_date: Date | None = one("Fødselsdato", "Kun nødvendig, hvis CPR-nummer mangler")
    address: Address | None = one("Adresse")
    protected_address: bool = Field(False, title="Navne- og adressebeskyttelse")
    phone: str | None = one("Telefon")
    channel: Literal["digital", "papir"] | None = one(
        "Post", "digital: Digital Post. papir: fritaget for Digital Post"
    )
    representative: Representative | None = one("Repræsentant")
    interpreter: str | None = one("Tolk", "Sprog, hvis der er brug for tolk")

    def born(self) -> Date | None:
        if self.birth_date:
            return self.birth_date
        if self.cpr:
            from stdnum.dk import cpr

            digits = self.cpr.replace("-", "")
            if int(digits[:2]) > 60:
                digits = f"{int(digits[:2]) - 60:02d}{digits[2:]}"
            return cpr.get_birth_date(digits)
        return None

    def age_on(self, day: Date) -> int | None:
        """Whole years on `day`."""
        born = self.born()
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class CaseDocument(Model):
    """An entry in the register of documents: what is in the case, asked for, or could not be had."""

    id: str = Field(title="Id", description="Kort id, som resten af sagen henviser til, fx D1")
    type: DocumentType | None = one("Type")
    title: str | None = one("Titel", "Kun hvis typen ikke siger nok")
    status: Literal["foreligger", "bestilt", "mangler", "samtykke_ikke_givet"] = Field("foreligger", title="Status")
    date: Date | None = one("Dateret")
    requested_on: Date | None = one("Bestilt den")
    due_on: Date | None = one("Ventes senest")
    author: str | None = one("Udarbejdet af")
    profession: str | None = one("Forfatterens fag")
    organisation: str | None = one("Sted", "fx sygehus, afdeling, klinik, forvaltning")
    conclusion: str | None = one("Konklusion", "Hvad dokumentet siger, kort og loyalt gengivet")
    relied_on_by_citizen: bool = Field(False, title="Borgeren lægger vægt på dokumentet")
    used: bool | None = one("Indgår", "true: dokumentet indgår. false: lagt til side, skriv hvorfor")
    set_aside_reason: str | None = one("Hvorfor lagt til side")
    weighing: str | None = one("Vægt", "Hvorfor dokumentet er tillagt vægt eller ikke vægt, når andre siger noget andet")
    third_party: bool = Field(False, title="Indeholder oplysninger om andre personer")


class Participation(Model):
    """How the citizen took part: RSL § 4."""

    date: Date | None = one("Dato")
    how: str | None = one("Hvordan", "fx samtale på kommunen, hjemmebesøg, telefon")
    content: str | None = one("Hvad borgeren sagde")


class CitizenAccount(Model):
    own_words: str | None = one("Borgerens egen beskrivelse")
    wishes: str | None = one("Borgerens ønsker")
    goals: str | None = one("Uddannelses- og jobmål")
    view_on_health: str | None = one("Borgerens syn på sit helbred")
    dated: Date | None = one("Oplyst den")
    participation: list[Participation] = many("Sådan er borgeren inddraget")
    remarks: str | None = one("Borgerens bemærkninger til teksten")
    remarks_on: Date | None = one("Teksten er læst af borgeren den")


class Level(Model):
    """A level on a named scale; `ikke_relevant` and `ikke_vurderet` are values of their own and never 0."""

    scale: Literal["fsiii", "vum", "icf"] = Field("fsiii", title="Skala")
    value: Literal[0, 1, 2, 3, 4, "ikke_relevant", "ikke_vurderet"] | None = one("Niveau")
    code: str | None = one("Kode", "Kode eller UUID i skalaens kodesystem")


SECTION_KEYS = (
    "egenomsorg", "praktisk", "mobilitet", "struktur", "kognition", "energi", "kommunikation", "samspil",
    "arbejde", "fritid", "omgivelser", "helbred",
)
SectionKey = Literal[
    "egenomsorg", "praktisk", "mobilitet", "struktur", "kognition", "energi", "kommunikation", "samspil",
    "arbejde", "fritid", "omgivelser", "helbred",
]


class Section(Model):
    """One functional area. Observation, the citizen's account and the assessment are kept apart."""

    key: SectionKey = Field(title="Område")
    source: Literal["observation", "interview", "test", "dokument", "tredjepart"] | None = one("Kilde")
    method: str | None = one("Metode eller redskab")
    date: Date | None = one("Dato")
    time: str | None = one("Tidspunkt", "fx kl. 10.00-11.20")
    place: str | None = one("Sted og omgivelser")
    observer: Person | None = one("Udført af")
    task: str | None = one("Opgave", "Hvilken opgave, valgt af hvem, kendt eller ukendt")
    observed: str | None = one("Observeret udførelse", "Kun det, der kan ses eller måles")
    citizen_view: str | None = one("Borgerens egen oplevelse")
    support: str | None = one("Støtte og hjælpemidler", "»ingen« er også et svar")
    variation: str | None = one("Variation over dag og uge")
    level: Level | None = one("Fagligt niveau")
    citizen_performance: Literal["udfoerer_selv", "udfoerer_dele_af", "udfoerer_ikke_selv", "ikke_relevant"] | None = one(
        "Borgerens udførelse"
    )
    citizen_experience: Literal["oplever_begraensninger", "oplever_ikke_begraensninger"] | None = one(
        "Borgerens oplevelse af betydning"
    )
    expected_level: Level | None = one("Forventet niveau")
    resources: str | None = one("Ressourcer")
    assessment: str | None = one("Ergoterapeutisk vurdering", "Henvis til det observerede: »På baggrund af …«")
    work: str | None = one("Betydning for arbejde", "Begrænsning, krav i arbejdet, dosis, betingelse, dokument")
    uncertainty: str | None = one("Usikkerhed og forbehold")
    citizen_remark: str | None = one("Borgerens bemærkning til afsnittet")
    documents: list[str] = many("Dokumenter")
    carried_over_from: Date | None = one("Genbrugt fra vurdering af", "Teksten er ikke bekræftet, før feltet er tomt")


class ItemScore(Model):
    """One item of an instrument that has no total: an AWP skill, a COPM problem, an ADL task."""

    item: str | None = one("Delopgave eller færdighed")
    score: float | None = one("Resultat")


class TestResult(Model):
    """A result of a named instrument; the instrument's data say what a complete record needs."""

    __test__ = False  # not a test class, whatever pytest thinks

    instrument: str = Field(title="Redskab", description="Id i templates/instruments, fx amps_motor")
    version: str | None = one("Version og sprog")
    date: Date | None = one("Dato")
    tester: Person | None = one("Udført af")
    score: float | None = one("Resultat")
    items: list[ItemScore] = many("Delresultater", "For redskaber uden et samlet tal")
    side: Literal["hoejre", "venstre", "begge"] | None = one("Side")
    conditions: str | None = one("Opgaver og betingelser")
    interpretation: str | None = one("Betydning i ord")
    limits: str | None = one("Forbehold")


class WeekEntry(Model):
    when: str | None = one("Hvornår", "fx mandag formiddag, kl. 8-10, dårlig dag")
    activity: str | None = one("Aktivitet")
    help: str | None = one("Hjælp og pauser")


class FunctionalDescription(Model):
    purpose: str | None = one("Formål")
    ordered_by: str | None = one("Bestilt af")
    author: Person | None = one("Udarbejdet af")
    date: Date | None = one("Dato")
    visits: list[Participation] = many("Besøg og samtaler")
    health_summary: str | None = one("Kort om helbred", "Gengivelse af lægelige dokumenter med kilde")
    sections: list[Section] = many("Funktionsområder")
    week: list[WeekEntry] = many("Døgn- og ugebillede")
    tests: list[TestResult] = many("Testresultater")
    environment: str | None = one("Omgivelser, støtte og afprøvede hjælpemidler")
    summary: str | None = one("Ergoterapeutisk sammenfatning")
    work: str | None = one("Betydning for arbejde")
    uncertainty: str | None = one("Usikkerheder og manglende oplysninger")
    ot_waived_reason: str | None = one("Hvorfor ergoterapeutisk vurdering er fravalgt")
    ot_waived_by: str | None = one("Fravalgt af")
    ot_waived_on: Date | None = one("Fravalgt den")


class Period(Model):
    start: Date | None = one("Fra")
    end: Date | None = one("Til", "Tom: fortsætter")


class Employment(Period):
    employer: str | None = one("Arbejdsgiver eller uddannelsessted")
    title: str | None = one("Stilling eller uddannelse")
    hours: float | None = one("Timer om ugen")
    ended_because: str | None = one("Hvorfor det sluttede")


class Support(Period):
    benefit: str | None = one("Ydelse")
    note: str | None = one("Bemærkning")


class Effort(Period):
    what: str | None = one("Indsats")
    provider: str | None = one("Hos")
    result: str | None = one("Resultat og erfaring")
    ended_because: str | None = one("Hvorfor den sluttede")
    document: str | None = one("Dokument")


class WorkTrial(Period):
    place: str | None = one("Sted")
    planned_hours: float | None = one("Planlagte timer om ugen")
    actual_hours: float | None = one("Faktiske timer om ugen")
    tasks: str | None = one("Opgaver")
    considerations: str | None = one("Skånehensyn")
    absence: str | None = one("Fravær")
    result: str | None = one("Resultat")
    document: str | None = one("Dokument")


class Advice(Model):
    """Health advice from the region's klinisk funktion / sundhedskoordinator."""

    date: Date | None = one("Dato")
    author: str | None = one("Udarbejdet af")
    source: Literal["sundhedskoordinator", "klinisk_funktion"] | None = one("Fra")
    question: str | None = one("Spørgsmål")
    conclusion: str | None = one("Konklusion")
    adverse: bool | None = one("Taler imod borgeren")
    document: str | None = one("Dokument")
    not_needed_because: str | None = one("Hvorfor rådgivning ikke er indhentet", "fx terminalt syg")


class Hearing(Model):
    """Partshøring: FVL § 19."""

    sent_on: Date | None = one("Sendt den")
    deadline: Date | None = one("Frist for svar")
    documents: list[str] = many("Dokumenter, der er sendt")
    content: str | None = one("Hvad der er hørt om", "De oplysninger, der kan tale imod borgeren")
    answered: bool | None = one("Borgeren har svaret")
    answered_on: Date | None = one("Svar modtaget den")
    answer: str | None = one("Borgerens svar")
    not_needed_because: str | None = one("Hvorfor partshøring ikke er nødvendig")


class Fact(Model):
    text: str | None = one("Oplysning")
    date: Date | None = one("Dato")
    document: str | None = one("Dokument")


class Condition(Model):
    """A statutory condition of the scheme, answered; its key stands in the scheme's data."""

    key: str = Field(title="Betingelse")
    answer: Literal["ja", "nej", "ikke_afklaret"] | None = one("Opfyldt")
    reason: str | None = one("Begrundelse")
    documents: list[str] = many("Dokumenter")


class PointOfView(Model):
    view: str | None = one("Borgerens synspunkt")
    response: str | None = one("Kommunens svar")


class Decision(Model):
    scheme: Scheme | None = one("Ordning")
    outcome: Outcome | None = one("Udfald")
    date: Date | None = one("Afgørelsens dato")
    track: Track = Field(Track.ORDINAER, title="Spor")
    applied_on: Date | None = one("Ansøgt den")
    applied_for: str | None = one("Det, borgeren har søgt om")
    granted_part: str | None = one("Det, borgeren får", "Ved delvis bevilling")
    case_started: Date | None = one("Sagen er startet den")
    granted_on: Date | None = one("Bevilget den", "For løbende forløb efter tidligere regler")
    effective_from: Date | None = one("Virkning fra")
    ends_on: Date | None = one("Ophører den")
    after_end: str | None = one("Hvad der sker bagefter")
    conditions: list[Condition] = many("Betingelser")
    considerations: list[str] = many("Hovedhensyn", "Det, I har lagt vægt på, ét ad gangen")
    facts: list[Fact] = many("Faktiske oplysninger")
    points_of_view: list[PointOfView] = many("Borgerens synspunkter")
    work_functions: list[str] = many("Arbejdsfunktioner", "Konkrete funktioner, borgeren kan udføre")
    measures: list[str] = many("Relevante foranstaltninger", "Hvilke, og hvorfor de er eller ikke er relevante")
    fleksjob_excluded: str | None = one("Hvorfor fleksjob ikke er muligt")
    other_help: str | None = one("Anden hjælp, der er overvejet")
    review_on: Date | None = one("Ny vurdering den")
    review_reason: str | None = one("Hvorfor ny vurdering")
    withdrawal_reason: str | None = one("Hvorfor en tidligere bevilling trækkes tilbage")
    recommendation_deviation: str | None = one("Afvigelse fra indstilling")


class Meeting(Model):
    """Gennemgang: the decision explained in person."""

    invited_on: Date | None = one("Indbydelsen er dateret")
    date: Date | None = one("Dato")
    time: str | None = one("Tidspunkt")
    place: str | None = one("Sted")
    how: Literal["fremmoede", "hjemmebesoeg", "telefon", "video"] | None = one("Mødeform")
    participants: list[str] = many("Deltagere fra kommunen")
    duration: str | None = one("Varighed")


class CertificateRequest(Model):
    """Attestanmodning: a request for an LÆ form or an occupational-therapy assessment."""

    type: Literal["lae_125", "lae_135", "lae_145", "lae_265", "speciallaegeerklaering", "ergoterapeutisk"] | None = one(
        "Det, I beder om"
    )
    recipient: str | None = one("Modtager")
    recipient_address: Address | None = one("Modtagerens adresse")
    date: Date | None = one("Dato")
    deadline: Date | None = one("Svar ønskes senest")
    background: str | None = one("Baggrund", "Kun det, modtageren har brug for")
    questions: list[str] = many("Spørgsmål")
    consent_on: Date | None = one("Samtykke givet den", "RSL § 11 a")
    consent_scope: str | None = one("Samtykket omfatter")


class OpenTask(Model):
    what: str | None = one("Opgave")
    due_on: Date | None = one("Frist")
    who: str | None = one("Hvem")


class Handover(Model):
    """Overdragelsesnotat: what the next caseworker must know, so that the citizen need not tell it again."""

    date: Date | None = one("Dato")
    successor: Person | None = one("Ny sagsbehandler")
    reason: str | None = one("Hvorfor sagen overdrages")
    status: str | None = one("Hvor sagen er nu")
    agreements: list[str] = many("Aftaler med borgeren")
    tasks: list[OpenTask] = many("Åbne opgaver")
    good_to_know: str | None = one("Godt at vide i kontakten", "Det, borgeren selv har bedt jer tage hensyn til")
    citizen_told_on: Date | None = one("Borgeren er orienteret den")


class TeamPresentation(Model):
    """Forberedende del and presentation to the team, or the samlede beskrivelse that has replaced it."""

    date: Date | None = one("Dato")
    meeting_on: Date | None = one("Møde den")
    voluntary_team: bool | None = one("Frivilligt tværfagligt team")
    resources_work: str | None = one("Beskæftigelses- og uddannelsesmæssige ressourcer")
    challenges_work: str | None = one("Udfordringer i forhold til job og uddannelse")
    resources_social: str | None = one("Personlige ressourcer, familie og netværk")
    health: str | None = one("Helbred, undersøgelser og behandling")
    health_effect: str | None = one("Helbredets betydning for arbejde og uddannelse")
    gp_assessment: str | None = one("Praktiserende læges vurdering")
    considerations_tried: str | None = one("Skånehensyn, der er afprøvet")
    other_departments: str | None = one("Oplysninger fra andre afdelinger")
    open_questions: list[str] = many("Spørgsmål til sundhedskoordinator")
    divergent: str | None = one("Vurderinger, der peger i hver sin retning")
    analysis: str | None = one("Sagsbehandlerens analyse")


class Staff(Person):
    """Caseworker or signatory; `role` is matched with the competence rules of kommune.yaml."""

    role: str | None = one("Rolle", "fx sagsbehandler, leder")


class Case(Model):
    """One whole case; every document is made from it."""

    version: Literal[1] = Field(1, title="Filformat")
    case_number: str | None = one("Sagsnummer")
    document_number: str | None = one("Dokumentnummer")
    citizen: Citizen | None = one("Borgeren")
    caseworker: Staff | None = one("Sagsbehandler")
    signatory: Staff | None = one("Underskriver")
    documents: list[CaseDocument] = many("Dokumenter i sagen")
    account: CitizenAccount | None = one("Borgerens egne oplysninger")
    functional: FunctionalDescription | None = one("Funktionsevne")
    employment: list[Employment] = many("Arbejde og uddannelse")
    support: list[Support] = many("Forsørgelse")
    efforts: list[Effort] = many("Hidtidig indsats")
    work_trials: list[WorkTrial] = many("Arbejdsprøvninger")
    no_work_trial_because: str | None = one("Hvorfor der ikke er arbejdsprøvning")
    advice: Advice | None = one("Sundhedsfaglig rådgivning")
    hearing: Hearing | None = one("Partshøring")
    decision: Decision | None = one("Afgørelsen")
    further_decisions: list[Decision] = many("Flere afgørelser i samme brev")
    team: TeamPresentation | None = one("Samlet beskrivelse eller fremstilling")
    request: CertificateRequest | None = one("Anmodning om attest")
    handover: Handover | None = one("Overdragelse")
    meeting: Meeting | None = one("Gennemgang")

    @model_validator(mode="after")
    def references_exist(self) -> Case:
        """Every document that is referred to stands in the register, once."""
        ids = [document.id for document in self.documents]
        for number, document_id in enumerate(ids):
            if document_id in ids[:number]:
                raise PydanticCustomError("doubled_document", "{id}", {"id": document_id})
        for path, used in document_references(self):
            if used not in ids:
                raise PydanticCustomError(
                    "unknown_document", "{id}", {"id": used, "path": path, "known": ids}
                )
        return self

    def document(self, document_id: str) -> CaseDocument:
        return next(document for document in self.documents if document.id == document_id)


def document_references(model: BaseModel, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    """Every reference to a register entry in `model`: (path of the field, id)."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "document" and isinstance(value, str):
            found.append(((*path, name), value))
        elif name == "documents" and value and isinstance(value[0], str):
            found.extend(((*path, name, i), v) for i, v in enumerate(value))
        elif isinstance(value, BaseModel):
            found.extend(document_references(value, (*path, name)))
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if isinstance(item, BaseModel):
                    found.extend(document_references(item, (*path, name, i)))
    return found


# --- The municipality ----------------------------------------------------------------------------------------------


class Department(Model):
    """The unit that writes: the letter's right-hand column."""

    name: str = Field(title="Afdeling")
    address: Address = Field(title="Adresse")
    phone: str = Field(title="Telefon")
    email: str = Field(title="E-mail")
    ean: str | None = one("EAN-nummer")
    opening_hours: list[str] = many("Åbningstider")


class ComplaintContact(Model):
    """Where a complaint goes: always the municipality itself first."""

    name: str = Field(title="Modtager af klager")
    address: Address = Field(title="Adresse")
    phone: str = Field(title="Telefon")
    email: str = Field(title="E-mail")
    digital: str | None = one("Digital Post")


class Competence(Model):
    """Who may decide: roles by scheme, and by outcome where that matters."""

    scheme: Scheme = Field(title="Ordning")
    outcomes: list[Outcome] = many("Udfald", "Tom: alle udfald")
    roles: list[str] = Field(title="Roller", min_length=1)


class HouseLimits(Model):
    """Limits the municipality has set itself; none of them is statutory."""

    medical_freshness_months: int = Field(6, title="Højeste alder for lægelige oplysninger, måneder", ge=1, le=60)
    hearing_days: int = Field(14, title="Frist ved partshøring, dage", ge=1, le=90)
    case_processing: dict[Scheme, str] = Field(default_factory=dict, title="Sagsbehandlingstider")


class Payment(Model):
    medical: str | None = one("Betaling for lægeattester")
    therapy: str | None = one("Betaling for terapeutiske vurderinger")


class ConfirmedReference(Model):
    """A reference that the municipality's lawyer has confirmed; takes the place of an unconfirmed one."""

    key: str = Field(title="Nøgle", description="Som i templates/law, fx LAB.116.1")
    cite: str = Field(title="Henvisning")
    confirmed_by: str = Field(title="Bekræftet af")
    confirmed_on: Date = Field(title="Bekræftet den")


class Municipality(Model):
    """templates/kommune.yaml: facts about the municipality that its letters print."""

    name: str = Field(title="Kommunens navn")
    cvr: str | None = one("CVR-nummer")
    logo_text: str | None = one("Tekst på logoets plads", "Slet teksten i skabelonen, når logoet er sat ind i Word")
    website: str | None = one("Hjemmeside")
    department: Department = Field(title="Afdelingen")
    digital_contact: str | None = one("Digital kontakt")
    complaint: ComplaintContact = Field(title="Klager")
    competence: list[Competence] = many("Kompetence")
    limits: HouseLimits = Field(default_factory=HouseLimits, title="Husets grænser")
    ot_policy: str | None = one("Husets regel om ergoterapeutiske vurderinger")
    payment: Payment = Field(default_factory=Payment, title="Betaling")
    lov: list[ConfirmedReference] = many("Bekræftede henvisninger")


# --- What is made of a case -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the draft lacks: where in the case it belongs, and the Danish label that the draft shows."""

    path: str  # e.g. citizen.name
    label: str
    reason: str = ""  # why it is a gap, when it is not simply empty (e.g. an unconfirmed §)


@dataclass(frozen=True, slots=True)
class CaseRemark:
    """Something a senior colleague would say of a case: found by looking at the data, not at the text's wording."""

    code: str  # stable, e.g. redskab-uden-for-skala
    severity: Severity
    path: str  # e.g. functional.tests[0].score
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A rendered Word draft. `manifest` says what it was made from and holds no personal data."""

    kind: str
    docx: bytes
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()
    manifest: dict[str, Any] = field(default_factory=dict)
