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

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Date = datetime.date


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


def text(title: str, description: str = "") -> Any:
    return Field(default=None, title=title, description=description or None)


def many(title: str, description: str = "") -> Any:
    return Field(default_factory=list, title=title, description=description or None)


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=False, validate_default=False)


class Address(Model):
    street: str | None = text("Vej og nummer")
    postal_code: str | None = text("Postnummer", "Fire cifre")
    city: str | None = text("By")
    care_of: str | None = text("c/o")


class Person(Model):
    """A professional who does something in the case."""

    name: str | None = text("Navn")
    title: str | None = text("Stilling")
    profession: str | None = text("Fag", "fx ergoterapeut, speciallæge i neurologi, socialrådgiver")
    certification: str | None = text("Certificering", "fx AMPS-kalibreret")
    unit: str | None = text("Enhed")
    phone: str | None = text("Telefon")
    email: str | None = text("E-mail")


class Representative(Model):
    name: str | None = text("Navn")
    role: Literal["partsrepraesentant", "vaerge", "advokat", "fremtidsfuldmaegtig"] | None = text("Rolle")
    address: Address | None = text("Adresse")
    authorised_on: Date | None = text("Fuldmagt dateret")
    receives_copy: bool = Field(True, title="Skal have kopi af brevet")


class Citizen(Model):
    name: str | None = text("Borgerens navn")
    cpr: Cpr | None = text("CPR-nummer", "Skriv nummeret i anførselstegn, så et nul forrest ikke forsvinder")
    birth_date: Date | None = text("Fødselsdato", "Kun nødvendig, hvis CPR-nummer mangler")
    address: Address | None = text("Adresse")
    protected_address: bool = Field(False, title="Navne- og adressebeskyttelse")
    phone: str | None = text("Telefon")
    channel: Literal["digital", "papir"] | None = text(
        "Post", "digital: Digital Post. papir: fritaget for Digital Post"
    )
    representative: Representative | None = text("Repræsentant")
    interpreter: str | None = text("Tolk", "Sprog, hvis der er brug for tolk")

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
    type: DocumentType | None = text("Type")
    title: str | None = text("Titel", "Kun hvis typen ikke siger nok")
    status: Literal["foreligger", "bestilt", "mangler", "samtykke_ikke_givet"] = Field("foreligger", title="Status")
    date: Date | None = text("Dateret")
    requested_on: Date | None = text("Bestilt den")
    due_on: Date | None = text("Ventes senest")
    author: str | None = text("Udarbejdet af")
    profession: str | None = text("Forfatterens fag")
    organisation: str | None = text("Sted", "fx sygehus, afdeling, klinik, forvaltning")
    conclusion: str | None = text("Konklusion", "Hvad dokumentet siger, kort og loyalt gengivet")
    relied_on_by_citizen: bool = Field(False, title="Borgeren lægger vægt på dokumentet")
    used: bool | None = text("Indgår", "true: dokumentet indgår. false: lagt til side, skriv hvorfor")
    set_aside_reason: str | None = text("Hvorfor lagt til side")
    weighing: str | None = text("Vægt", "Hvorfor dokumentet er tillagt vægt eller ikke vægt, når andre siger noget andet")
    third_party: bool = Field(False, title="Indeholder oplysninger om andre personer")


class Participation(Model):
    """How the citizen took part: RSL § 4."""

    date: Date | None = text("Dato")
    how: str | None = text("Hvordan", "fx samtale på kommunen, hjemmebesøg, telefon")
    content: str | None = text("Hvad borgeren sagde")


class CitizenAccount(Model):
    own_words: str | None = text("Borgerens egen beskrivelse")
    wishes: str | None = text("Borgerens ønsker")
    goals: str | None = text("Uddannelses- og jobmål")
    view_on_health: str | None = text("Borgerens syn på sit helbred")
    dated: Date | None = text("Oplyst den")
    participation: list[Participation] = many("Sådan er borgeren inddraget")
    remarks: str | None = text("Borgerens bemærkninger til teksten")
    remarks_on: Date | None = text("Teksten er læst af borgeren den")


class Level(Model):
    """A level on a named scale; `ikke_relevant` and `ikke_vurderet` are values of their own and never 0."""

    scale: Literal["fsiii", "vum", "icf"] = Field("fsiii", title="Skala")
    value: Literal[0, 1, 2, 3, 4, "ikke_relevant", "ikke_vurderet"] | None = text("Niveau")
    code: str | None = text("Kode", "Kode eller UUID i skalaens kodesystem")


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
    source: Literal["observation", "interview", "test", "dokument", "tredjepart"] | None = text("Kilde")
    method: str | None = text("Metode eller redskab")
    date: Date | None = text("Dato")
    time: str | None = text("Tidspunkt", "fx kl. 10.00-11.20")
    place: str | None = text("Sted og omgivelser")
    observer: Person | None = text("Udført af")
    task: str | None = text("Opgave", "Hvilken opgave, valgt af hvem, kendt eller ukendt")
    observed: str | None = text("Observeret udførelse", "Kun det, der kan ses eller måles")
    citizen_view: str | None = text("Borgerens egen oplevelse")
    support: str | None = text("Støtte og hjælpemidler", "»ingen« er også et svar")
    variation: str | None = text("Variation over dag og uge")
    level: Level | None = text("Fagligt niveau")
    citizen_performance: Literal["udfoerer_selv", "udfoerer_dele_af", "udfoerer_ikke_selv", "ikke_relevant"] | None = text(
        "Borgerens udførelse"
    )
    citizen_experience: Literal["oplever_begraensninger", "oplever_ikke_begraensninger"] | None = text(
        "Borgerens oplevelse af betydning"
    )
    expected_level: Level | None = text("Forventet niveau")
    resources: str | None = text("Ressourcer")
    assessment: str | None = text("Ergoterapeutisk vurdering", "Henvis til det observerede: »På baggrund af …«")
    work: str | None = text("Betydning for arbejde", "Begrænsning, krav i arbejdet, dosis, betingelse, dokument")
    uncertainty: str | None = text("Usikkerhed og forbehold")
    citizen_remark: str | None = text("Borgerens bemærkning til afsnittet")
    documents: list[str] = many("Dokumenter")
    carried_over_from: Date | None = text("Genbrugt fra vurdering af", "Teksten er ikke bekræftet, før feltet er tomt")


class TestResult(Model):
    """A result of a named instrument; the instrument's data say what a complete record needs."""

    __test__ = False  # not a test class, whatever pytest thinks

    instrument: str = Field(title="Redskab", description="Id i templates/instruments, fx amps_motor")
    version: str | None = text("Version og sprog")
    date: Date | None = text("Dato")
    tester: Person | None = text("Udført af")
    score: float | None = text("Resultat")
    side: Literal["hoejre", "venstre", "begge"] | None = text("Side")
    conditions: str | None = text("Opgaver og betingelser")
    interpretation: str | None = text("Betydning i ord")
    limits: str | None = text("Forbehold")


class WeekEntry(Model):
    when: str | None = text("Hvornår", "fx mandag formiddag, kl. 8-10, dårlig dag")
    activity: str | None = text("Aktivitet")
    help: str | None = text("Hjælp og pauser")


class FunctionalDescription(Model):
    purpose: str | None = text("Formål")
    ordered_by: str | None = text("Bestilt af")
    author: Person | None = text("Udarbejdet af")
    date: Date | None = text("Dato")
    visits: list[Participation] = many("Besøg og samtaler")
    health_summary: str | None = text("Kort om helbred", "Gengivelse af lægelige dokumenter med kilde")
    sections: list[Section] = many("Funktionsområder")
    week: list[WeekEntry] = many("Døgn- og ugebillede")
    tests: list[TestResult] = many("Testresultater")
    environment: str | None = text("Omgivelser, støtte og afprøvede hjælpemidler")
    summary: str | None = text("Ergoterapeutisk sammenfatning")
    work: str | None = text("Betydning for arbejde")
    uncertainty: str | None = text("Usikkerheder og manglende oplysninger")
    ot_waived_reason: str | None = text("Hvorfor ergoterapeutisk vurdering er fravalgt")
    ot_waived_by: str | None = text("Fravalgt af")
    ot_waived_on: Date | None = text("Fravalgt den")


class Period(Model):
    start: Date | None = text("Fra")
    end: Date | None = text("Til", "Tom: fortsætter")


class Employment(Period):
    employer: str | None = text("Arbejdsgiver eller uddannelsessted")
    title: str | None = text("Stilling eller uddannelse")
    hours: float | None = text("Timer om ugen")
    ended_because: str | None = text("Hvorfor det sluttede")


class Support(Period):
    benefit: str | None = text("Ydelse")
    note: str | None = text("Bemærkning")


class Effort(Period):
    what: str | None = text("Indsats")
    provider: str | None = text("Hos")
    result: str | None = text("Resultat og erfaring")
    ended_because: str | None = text("Hvorfor den sluttede")
    document: str | None = text("Dokument")


class WorkTrial(Period):
    place: str | None = text("Sted")
    planned_hours: float | None = text("Planlagte timer om ugen")
    actual_hours: float | None = text("Faktiske timer om ugen")
    tasks: str | None = text("Opgaver")
    considerations: str | None = text("Skånehensyn")
    absence: str | None = text("Fravær")
    result: str | None = text("Resultat")
    document: str | None = text("Dokument")


class Advice(Model):
    """Health advice from the region's klinisk funktion / sundhedskoordinator."""

    date: Date | None = text("Dato")
    author: str | None = text("Udarbejdet af")
    source: Literal["sundhedskoordinator", "klinisk_funktion"] | None = text("Fra")
    question: str | None = text("Spørgsmål")
    conclusion: str | None = text("Konklusion")
    adverse: bool | None = text("Taler imod borgeren")
    document: str | None = text("Dokument")
    not_needed_because: str | None = text("Hvorfor rådgivning ikke er indhentet", "fx terminalt syg")


class Hearing(Model):
    """Partshøring: FVL § 19."""

    sent_on: Date | None = text("Sendt den")
    deadline: Date | None = text("Frist for svar")
    documents: list[str] = many("Dokumenter, der er sendt")
    content: str | None = text("Hvad der er hørt om", "De oplysninger, der kan tale imod borgeren")
    answered: bool | None = text("Borgeren har svaret")
    answered_on: Date | None = text("Svar modtaget den")
    answer: str | None = text("Borgerens svar")
    not_needed_because: str | None = text("Hvorfor partshøring ikke er nødvendig")


class Fact(Model):
    text: str | None = text("Oplysning")
    date: Date | None = text("Dato")
    document: str | None = text("Dokument")


class Condition(Model):
    """A statutory condition of the scheme, answered; its key stands in the scheme's data."""

    key: str = Field(title="Betingelse")
    answer: Literal["ja", "nej", "ikke_afklaret"] | None = text("Opfyldt")
    reason: str | None = text("Begrundelse")
    documents: list[str] = many("Dokumenter")


class PointOfView(Model):
    view: str | None = text("Borgerens synspunkt")
    response: str | None = text("Kommunens svar")


class Decision(Model):
    scheme: Scheme | None = text("Ordning")
    outcome: Outcome | None = text("Udfald")
    date: Date | None = text("Afgørelsens dato")
    track: Track = Field(Track.ORDINAER, title="Spor")
    applied_on: Date | None = text("Ansøgt den")
    applied_for: str | None = text("Det, borgeren har søgt om")
    granted_part: str | None = text("Det, borgeren får", "Ved delvis bevilling")
    case_started: Date | None = text("Sagen er startet den")
    granted_on: Date | None = text("Bevilget den", "For løbende forløb efter tidligere regler")
    effective_from: Date | None = text("Virkning fra")
    ends_on: Date | None = text("Ophører den")
    after_end: str | None = text("Hvad der sker bagefter")
    conditions: list[Condition] = many("Betingelser")
    considerations: list[str] = many("Hovedhensyn", "Det, I har lagt vægt på, ét ad gangen")
    facts: list[Fact] = many("Faktiske oplysninger")
    points_of_view: list[PointOfView] = many("Borgerens synspunkter")
    work_functions: list[str] = many("Arbejdsfunktioner", "Konkrete funktioner, borgeren kan udføre")
    measures: list[str] = many("Relevante foranstaltninger", "Hvilke, og hvorfor de er eller ikke er relevante")
    fleksjob_excluded: str | None = text("Hvorfor fleksjob ikke er muligt")
    other_help: str | None = text("Anden hjælp, der er overvejet")
    review_on: Date | None = text("Ny vurdering den")
    review_reason: str | None = text("Hvorfor ny vurdering")
    withdrawal_reason: str | None = text("Hvorfor en tidligere bevilling trækkes tilbage")
    recommendation_deviation: str | None = text("Afvigelse fra indstilling")


class Meeting(Model):
    """Gennemgang: the decision explained in person."""

    date: Date | None = text("Dato")
    time: str | None = text("Tidspunkt")
    place: str | None = text("Sted")
    how: Literal["fremmoede", "hjemmebesoeg", "telefon", "video"] | None = text("Mødeform")
    participants: list[str] = many("Deltagere fra kommunen")
    duration: str | None = text("Varighed")


class CertificateRequest(Model):
    """Attestanmodning: a request for an LÆ form or an occupational-therapy assessment."""

    type: Literal["lae_125", "lae_135", "lae_145", "lae_265", "speciallaegeerklaering", "ergoterapeutisk"] | None = text(
        "Det, I beder om"
    )
    recipient: str | None = text("Modtager")
    recipient_address: Address | None = text("Modtagerens adresse")
    date: Date | None = text("Dato")
    deadline: Date | None = text("Svar ønskes senest")
    background: str | None = text("Baggrund", "Kun det, modtageren har brug for")
    questions: list[str] = many("Spørgsmål")
    consent_on: Date | None = text("Samtykke givet den", "RSL § 11 a")
    consent_scope: str | None = text("Samtykket omfatter")


class OpenTask(Model):
    what: str | None = text("Opgave")
    due_on: Date | None = text("Frist")
    who: str | None = text("Hvem")


class Handover(Model):
    """Overdragelsesnotat: what the next caseworker must know, so that the citizen need not tell it again."""

    date: Date | None = text("Dato")
    successor: Person | None = text("Ny sagsbehandler")
    reason: str | None = text("Hvorfor sagen overdrages")
    status: str | None = text("Hvor sagen er nu")
    agreements: list[str] = many("Aftaler med borgeren")
    tasks: list[OpenTask] = many("Åbne opgaver")
    good_to_know: str | None = text("Godt at vide i kontakten", "Det, borgeren selv har bedt jer tage hensyn til")
    citizen_told_on: Date | None = text("Borgeren er orienteret den")


class TeamPresentation(Model):
    """Forberedende del and presentation to the team, or the samlede beskrivelse that has replaced it."""

    date: Date | None = text("Dato")
    meeting_on: Date | None = text("Møde den")
    voluntary_team: bool | None = text("Frivilligt tværfagligt team")
    resources_work: str | None = text("Beskæftigelses- og uddannelsesmæssige ressourcer")
    challenges_work: str | None = text("Udfordringer i forhold til job og uddannelse")
    resources_social: str | None = text("Personlige ressourcer, familie og netværk")
    health: str | None = text("Helbred, undersøgelser og behandling")
    health_effect: str | None = text("Helbredets betydning for arbejde og uddannelse")
    gp_assessment: str | None = text("Praktiserende læges vurdering")
    considerations_tried: str | None = text("Skånehensyn, der er afprøvet")
    other_departments: str | None = text("Oplysninger fra andre afdelinger")
    open_questions: list[str] = many("Spørgsmål til sundhedskoordinator")
    divergent: str | None = text("Vurderinger, der peger i hver sin retning")
    analysis: str | None = text("Sagsbehandlerens analyse")


class Staff(Person):
    """Caseworker or signatory; `role` is matched with the competence rules of kommune.yaml."""

    role: str | None = text("Rolle", "fx sagsbehandler, leder")


class Case(Model):
    """One whole case; every document is made from it."""

    version: Literal[1] = Field(1, title="Filformat")
    case_number: str | None = text("Sagsnummer")
    document_number: str | None = text("Dokumentnummer")
    citizen: Citizen | None = text("Borgeren")
    caseworker: Staff | None = text("Sagsbehandler")
    signatory: Staff | None = text("Underskriver")
    documents: list[CaseDocument] = many("Dokumenter i sagen")
    account: CitizenAccount | None = text("Borgerens egne oplysninger")
    functional: FunctionalDescription | None = text("Funktionsevne")
    employment: list[Employment] = many("Arbejde og uddannelse")
    support: list[Support] = many("Forsørgelse")
    efforts: list[Effort] = many("Hidtidig indsats")
    work_trials: list[WorkTrial] = many("Arbejdsprøvninger")
    no_work_trial_because: str | None = text("Hvorfor der ikke er arbejdsprøvning")
    advice: Advice | None = text("Sundhedsfaglig rådgivning")
    hearing: Hearing | None = text("Partshøring")
    decision: Decision | None = text("Afgørelsen")
    further_decisions: list[Decision] = many("Flere afgørelser i samme brev")
    team: TeamPresentation | None = text("Samlet beskrivelse eller fremstilling")
    request: CertificateRequest | None = text("Anmodning om attest")
    handover: Handover | None = text("Overdragelse")
    meeting: Meeting | None = text("Gennemgang")

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


# --- What is made of a case -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the draft lacks: where in the case it belongs, and the Danish label that the draft shows."""

    path: str  # e.g. citizen.name
    label: str
    reason: str = ""  # why it is a gap, when it is not simply empty (e.g. an unconfirmed §)


@dataclass(frozen=True, slots=True)
class Draft:
    """A rendered Word draft. `manifest` says what it was made from and holds no personal data."""

    kind: str
    docx: bytes
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()
    manifest: dict[str, Any] = field(default_factory=dict)
