"""A scheme's checklist: of one case, and over the cases of the folder, as a list to work from and as counts without
personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from docgen import checklist, checkreport, disclosure, jobs, ui
from docgen.checklist import Answer, Checklist
from docgen.model import Scheme
from docgen.web import tree
from docgen.web.cases import DOCX, download, frame, house_of
from docgen.web.checking import in_time
from docgen.web.house import House
from docgen.web.pages import page
from docgen.web.store import Listed

router = APIRouter()

FILTERS = {
    "alle": "Alle sager", "ikke": "Noget er ikke opfyldt", "uklar": "Noget kan ikke afgøres", "klar": "Alt er opfyldt", "ulaest": "Kan ikke læses",
}
SORTS = {"aendret": "Senest ændret", "mangler": "Flest mangler", "nummer": "Sagsnummer"}
WAYS = {"betingelse": "decision", "dokumentation": "documents", "kompetence": "signatory"}  # where in the form an answer is given


@dataclass(frozen=True)
class Row:
    """A case of the folder and its checklist; None where the case cannot be read."""

    case: Listed
    found: Checklist | None

    @property
    def name(self) -> str:
        return (self.case.case.case_number if self.case.case else None) or ("Uden sagsnummer" if self.case.case else self.case.name)

    def fits(self, shown: str, demand: str) -> bool:
        if self.found is None:
            return shown in ("alle", "ulaest") and not demand
        if demand and not any(i.key == demand and i.answer is not Answer.MET for i in self.found.items):
            return False
        return {"alle": True, "ikke": self.found.count(Answer.NOT_MET) > 0, "uklar": self.found.count(Answer.CANNOT_TELL) > 0,
                "klar": self.found.complete, "ulaest": False}[shown]

    def order(self, by: str) -> Any:
        if by == "mangler":
            return (-self.found.count(Answer.NOT_MET), -self.found.count(Answer.CANNOT_TELL), self.name) if self.found else (-1000, 0, self.name)
        return self.name if by == "nummer" else -self.case.changed.timestamp()


@router.get("/sager/{case_id}/tjekliste/{scheme}")
def one_case(request: Request, case_id: str, scheme: Scheme) -> HTMLResponse:
    """The scheme's checklist for a case: met, not met, cannot tell, each with what it rests on."""
    house = house_of(request)
    opened = house.store.open(case_id)
    found = checklist.check(opened.case, scheme.value, content=house.content)
    groups = [(title, [item for item in found.items if item.group == group]) for group, title in checklist.GROUPS.items()]
    return page("tjekliste.html", request, **frame(house, opened), groups=groups, labels=checklist.LABELS, title=checklist.title(found), ways=WAYS,
                way_names={group: tree.parts()[slug].title.lower() for group, slug in WAYS.items()},
                lacking=[item for item in found.items if item.answer is not Answer.MET],
                totals=checklist.totals(found), principle=checklist.PRINCIPLE, scheme=scheme.value, schemes=list(Scheme))


@router.get("/sager/{case_id}/tjekliste/{scheme}/ark.docx")
def sheet(request: Request, case_id: str, scheme: Scheme) -> Response:
    house = house_of(request)
    found = checklist.check(house.store.open(case_id).case, scheme.value, content=house.content)
    return download(jobs.checklist_sheet(found), "tjekliste.docx", DOCX)


@router.get("/overblik/tjekliste/{scheme}")
async def many(request: Request, scheme: Scheme, vis: str = "alle", sort: str = "aendret", krav: str = "") -> HTMLResponse:
    """The scheme's checklist over every case of the folder, and what is most often missing."""
    house = house_of(request)
    rows = await in_time(rows_of, house, scheme)
    vis, sort = vis if vis in FILTERS else "alle", sort if sort in SORTS else "aendret"
    read = [row.found for row in rows if row.found]
    tallies = checkreport.tallies(read) if not disclosure.small(len(read)) else []
    shown = sorted((row for row in rows if row.fits(vis, krav)), key=lambda row: row.order(sort))
    return page(
        "tjeklister.html", request, scheme=scheme.value, schemes=list(Scheme), rows=shown, total=len(rows), filters=FILTERS, sorts=SORTS, vis=vis, sort=sort,
        demand=next((t for t in checkreport.tallies(read) if t.key == krav), None), tallies=tallies, columns=checkreport.COUNT_COLUMNS, Answer=Answer,
        summary=checkreport.summary(read, len(rows) - len(read)), told=disclosure.told, why=disclosure.WHY,
    )


def rows_of(house: House, scheme: Scheme) -> list[Row]:
    """The cases about the scheme, and those where none is chosen yet."""
    return [Row(one, checklist.check(one.case, scheme.value, content=house.content) if one.case else None) for one in house.store.listed()
            if one.case is None or one.case.decision is None or one.case.decision.scheme in (None, scheme)]


@router.get("/overblik/tjekliste/{scheme}/{what}.{form}")
async def take_out(request: Request, scheme: Scheme, what: str, form: str) -> Response:
    """As a file: `arbejdsliste` with case numbers and what each lacks, or `tal` with counts alone."""
    if what not in ("arbejdsliste", "tal") or form not in ("csv", "html"):
        raise HTTPException(404)
    rows = sorted(await in_time(rows_of, house_of(request), scheme), key=lambda row: row.order("nummer"))
    return await in_time(file_of, rows, scheme, what, form)


def file_of(rows: Sequence[Row], scheme: Scheme, what: str, form: str) -> Response:
    read = [row.found for row in rows if row.found]
    counts = what == "tal"
    columns, cells = ((checkreport.COUNT_COLUMNS, checkreport.count_rows(read)) if counts else
                      (checkreport.WORK_COLUMNS, checkreport.work_rows((row.name, row.found) for row in rows)))
    if form == "csv":
        return download(checkreport.as_csv(columns, cells).encode(), f"{what}.csv", "text/csv")
    lead = [checklist.PRINCIPLE, checkreport.summary(read, len(rows) - len(read)), *([disclosure.WHY] if counts else [])]
    title = f"Tjekliste for {ui.name(scheme)} over mange sager{': tal uden personoplysninger' if counts else ''}"
    return download(checkreport.as_html(title, lead, columns, cells).encode(), f"{what}.html", "text/html")
