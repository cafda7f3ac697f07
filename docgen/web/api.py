"""The jobs over HTTP for case systems: case in, Word out; document in, findings out. OpenAPI at /api/openapi.json."""

from __future__ import annotations

import base64
import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, HTTPException, Query, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from docgen import checklist, jobs
from docgen.errors import DocgenError
from docgen.model import Case, Date, Kind, Outcome, Scheme, SectionKey, Track
from docgen.report import Report, finding_json
from docgen.web.desk import Paper
from docgen.web.gate import same
from docgen.web.house import House
from docgen.web.validation import said
from docgen.web.words import words

DESCRIPTION = """Skriv og kontrollér afgørelser og funktionsevnebeskrivelser. Alt sker på den maskine, der svarer; intet
af det, der sendes, gemmes. Send nøglen som `Authorization: Bearer …`. Værktøjet afgør aldrig noget: det siger, hvad det
har fundet, ikke har fundet, og hvad det ikke kan se."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def allowed(request: Request) -> None:
    """A case system with its key; our own page with its cookie must also carry the token that only our page knows."""
    if request.method in ("GET", "HEAD") or getattr(request.state, "by_key", False):
        return
    if not same(request.headers.get("x-csrf", ""), request.app.state.house.keys.csrf):
        raise HTTPException(403, words("forfalsket"))


class Refused(BaseModel):
    """Hvorfor det ikke kunne lade sig gøre. Gengiver aldrig værdier fra sagen."""

    detail: str
    code: str | None = None
    problems: list[dict[str, Any]] = []


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refused}, 401: {"model": Refused}, 403: {"model": Refused}, 413: {"model": Refused}, 422: {"model": Refused},
}
router = APIRouter(prefix="/api", dependencies=[Depends(allowed)], responses=REFUSALS)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DraftRequest(Strict):
    kind: Kind = Field(description="Dokumenttypen")
    case: Case = Field(description="Sagen, som i en sagsfil")


class DraftAnswer(BaseModel):
    docx: str = Field(description="Word-filen, base64")
    gaps: list[dict[str, str]]
    warnings: list[str]
    manifest: dict[str, Any]


class LintRequest(Strict):
    text: str = Field(max_length=200_000, pattern=r"\S", description="Teksten; den må ikke være tom")
    kind: Kind | None = None
    section: SectionKey | None = None
    scheme: Scheme | None = None
    outcome: Outcome | None = None
    decision_date: Date | None = None
    citizen_age: int | None = Field(None, ge=0, le=130)


class CaseRequest(Strict):
    case: Case


class Findings(BaseModel):
    kind: str | None = None
    scheme: str | None = None
    outcome: str | None = None
    coverage: dict[str, Any]
    findings: list[dict[str, Any]]


class RemarkAnswer(BaseModel):
    code: str
    severity: Literal["fejl", "advarsel", "forslag"]
    path: str
    message: str
    advice: str


def house_of(request: Request) -> House:
    return request.app.state.house


@router.get("/kinds")
def kinds(request: Request) -> list[dict[str, Any]]:
    """Dokumenttyperne, og de ordninger og udfald, de bruges til."""
    return [k.model_dump(mode="json", exclude={"required"}) for k in house_of(request).content.kinds()]


@router.post("/draft", response_model=DraftAnswer, responses={200: {"content": {DOCX: {}}}})
def draft(request: Request, body: DraftRequest, format: Annotated[Literal["docx", "json"], Query(description="docx: Word-filen. json: filen med huller og manifest")] = "docx") -> Any:
    """En Word-kladde af en sag. Det, sagen mangler, bliver til synlige huller og aldrig til et gæt."""
    made = house_of(request).drafting.draft(body.case, body.kind.value)
    if format == "docx":
        return Response(made.docx, media_type=DOCX, headers={"x-huller": str(len(made.gaps)), "content-disposition": f'attachment; filename="{made.kind}.docx"'})
    gaps = [{"path": g.path, "label": g.label, "reason": g.reason} for g in made.gaps]
    return DraftAnswer(docx=base64.b64encode(made.docx).decode(), gaps=gaps, warnings=list(made.warnings), manifest=made.manifest)


@router.post("/lint")
def lint(request: Request, body: LintRequest) -> Findings:
    """Fund i en tekst."""
    facts = {name: getattr(body, name) for name in ("kind", "section", "scheme", "outcome", "decision_date", "citizen_age")}
    return answer(house_of(request), Paper("tekst", {k: v for k, v in facts.items() if v is not None}, text=body.text))


@router.post("/review")
async def review(
    request: Request, file: Annotated[UploadFile, File(description="Et Word-dokument (.docx)")], kind: Kind | None = None, scheme: Scheme | None = None,
    outcome: Outcome | None = None, decision_date: datetime.date | None = None, citizen_age: Annotated[int | None, Query(ge=0, le=130)] = None,
) -> Findings:
    """Fund i et Word-dokument, og hvor meget af det der er læst. Dokumentet gemmes ikke."""
    facts = {"kind": kind, "scheme": scheme, "outcome": outcome, "decision_date": decision_date, "citizen_age": citizen_age}
    paper = Paper("dokumentet.docx", {k: v for k, v in facts.items() if v is not None}, data=await file.read())
    return await run_in_threadpool(answer, house_of(request), paper)


def answer(house: House, paper: Paper) -> Findings:
    found = house.review(paper)
    report = Report((found,), house.rules)
    coverage = {"read": found.coverage.read, "total": found.coverage.total, "unread": list(found.coverage.unread)}
    return Findings(kind=found.kind, scheme=found.scheme, outcome=found.outcome, coverage=coverage,
                    findings=[finding_json(f, report) for f in found.findings])


class CheckRequest(Strict):
    case: Case
    scheme: Scheme
    track: Track | None = None
    date: Date | None = Field(None, description="Dagen, der spørges for (ellers afgørelsens dato eller i dag)")


@router.post("/check")
def check(request: Request, body: CheckRequest) -> dict[str, Any]:
    """Ordningens tjekliste for en sag: opfyldt, ikke opfyldt, kan ikke afgøres, hver med sit grundlag."""
    found = checklist.check(body.case, body.scheme.value, content=house_of(request).content, track=body.track, on=body.date)
    return checklist.as_json(found)


@router.post("/remarks")
def remarks(request: Request, body: CaseRequest) -> list[RemarkAnswer]:
    """Det, en erfaren ergoterapeut ville spørge om i sagens funktionsafsnit og testresultater."""
    return [RemarkAnswer(code=r.code, severity=str(r.severity), path=r.path, message=r.message, advice=r.advice)
            for r in jobs.remarks(body.case, content=house_of(request).content)]


def refusal(error: DocgenError) -> JSONResponse:
    problems = [{"what": p.what, "cure": p.cure} for p in error.problems]
    return JSONResponse({"detail": problems[0]["what"], "code": error.code, "problems": problems}, 422)


def invalid(request: Request, error: Any) -> JSONResponse:
    """What is wrong with a request, without a word of what was sent."""
    assert isinstance(error, RequestValidationError)
    problems = [{"where": ".".join(str(step) for step in e["loc"]), "what": said(e)} for e in error.errors()]
    return JSONResponse({"detail": "Anmodningen kan ikke bruges.", "code": "DG600", "problems": problems}, 422)
