"""Many at once, for the one who checks letters before they leave: an overview, counts without a word of the letters, and
the checklist of a scheme over the cases of the folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from docgen import checklist, report
from docgen.errors import DocgenError, FileError, Problem
from docgen.model import Scheme
from docgen.reviewer import Review, Unread
from docgen.web.cases import download, go, house_of
from docgen.web.checking import choices, facts_from, in_time
from docgen.web.forms_in import base_name, form, uploads
from docgen.web.house import House, Paper
from docgen.web.pages import page

router = APIRouter()

SORTS = {"fil": "Fil", "fejl": "Fejl", "advarsel": "Advarsler", "forslag": "Forslag"}
FILTERS = {"alle": "Alle", "fejl": "Kun dem med fejl", "ulaest": "Kun dem, der ikke kunne læses", "uden": "Kun dem uden fund"}
SMALL = 5  # counts of fewer letters than this are not told: they can point at one person


@dataclass(frozen=True)
class Row:
    name: str
    counts: dict[str, int]
    kind: str | None = None
    problem: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@router.get("/overblik")
def start(request: Request) -> HTMLResponse:
    return page("overblik.html", request, **choices(), batch=None, all_schemes=list(Scheme))


@router.post("/overblik")
async def begin(request: Request) -> Response:
    sent = await form(request)
    house = house_of(request)
    papers = [(base_name(one), await one.read()) for one in uploads(sent, "filer")]
    papers = [(name, data) for name, data in papers if not name.startswith(("~$", "."))]
    if not papers:
        raise FileError(Problem("Der er ikke valgt nogen filer.", None, "Vælg en eller flere Word-filer, eller en mappe."))
    rows = []
    facts = facts_from(sent)
    for name, data in papers:
        rows.append(await in_time(look, house, name, data, facts))
    number = house.desk.put(Paper("overblik", {"rows": tuple(rows)}))
    return go(f"/overblik/{number}")


def look(house: House, name: str, data: bytes, facts: dict[str, Any]) -> Review | Unread:
    """The review of one file; the file itself is not kept."""
    from docgen.word.text import decode

    try:
        if name.lower().endswith((".txt", ".md")):
            return house.review(Paper(name, facts, text=decode(data, name)[0]))
        return house.review(Paper(name, facts, data=data))
    except DocgenError as e:
        return Unread(name, e.code, " ".join(f"{p.what} {p.cure}".strip() for p in e.problems))


@router.get("/overblik/tjekliste/{scheme}")
async def checklists(request: Request, scheme: Scheme) -> HTMLResponse:
    """The scheme's checklist over every case of the folder, and what is most often missing."""
    house = house_of(request)
    rows = await in_time(checklists_of, house, scheme)
    missing = Counter(item.text for _, found in rows if found for item in found.items if item.answer is checklist.Answer.NOT_MET)
    unclear = Counter(item.text for _, found in rows if found for item in found.items if item.answer is checklist.Answer.CANNOT_TELL)
    texts = sorted({**missing, **unclear}, key=lambda t: (-missing[t], -unclear[t], t))
    return page("tjeklister.html", request, scheme=scheme.value, schemes=list(Scheme), rows=rows, totals=checklist.totals,
                counts=[(t, missing[t], unclear[t]) for t in texts])


def checklists_of(house: House, scheme: Scheme) -> list[tuple[Any, Any]]:
    """(case as listed, its checklist; None where it cannot be read)."""
    return [(one, checklist.check(one.case, scheme.value, content=house.content) if one.case else None) for one in house.store.listed()
            if one.case is None or one.case.decision is None or one.case.decision.scheme in (None, scheme)]


def batch_of(request: Request, number: str) -> tuple[Review | Unread, ...]:
    paper = house_of(request).desk.get(number)
    if paper is None or "rows" not in paper.facts:
        raise HTTPException(410, "Overblikket er ikke gemt længere. Vælg filerne igen.")
    return paper.facts["rows"]


@router.get("/overblik/{number}")
def show(request: Request, number: str, sort: str = "fil", vis: str = "alle", regel: str = "") -> HTMLResponse:
    found = batch_of(request, number)
    rows = [row_of(one) for one in found]
    sort, vis = sort if sort in SORTS else "fil", vis if vis in FILTERS else "alle"
    if vis == "fejl":
        rows = [r for r in rows if r.counts["fejl"]]
    elif vis == "ulaest":
        rows = [r for r in rows if r.problem]
    elif vis == "uden":
        rows = [r for r in rows if not r.total and not r.problem]
    if regel:
        having = {one.path for one in found if isinstance(one, Review) and any(f.rule == regel for f in one.findings)}
        rows = [r for r in rows if r.name in having]
    rows.sort(key=lambda r: (r.name.casefold() if sort == "fil" else -r.counts[sort], r.name.casefold()))
    return page("overblik.html", request, batch=number, rows=rows, sort=sort, vis=vis, regel=regel, sorts=SORTS, filters=FILTERS,
                statistics=statistics(found, house_of(request)), small=SMALL, total=len(found), all_schemes=list(Scheme), **choices())


def row_of(one: Review | Unread) -> Row:
    if isinstance(one, Unread):
        return Row(one.path, dict.fromkeys(("fejl", "advarsel", "forslag"), 0), None, one.message)
    counts = Counter(str(f.severity) for f in one.findings)
    return Row(one.path, {name: counts[name] for name in ("fejl", "advarsel", "forslag")}, one.kind)


def statistics(found: tuple[Review | Unread, ...], house: House) -> dict[str, Any]:
    """Counts by rule: in how many letters, and how often. Rules seen in fewer than SMALL letters are counted together."""
    reviews = [one for one in found if isinstance(one, Review)]
    letters: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in reviews:
        rules = [f.rule for f in one.findings]
        letters.update(set(rules))
        times.update(rules)
    rows = [(rule, house.rules[rule].name if rule in house.rules else "", str(house.rules[rule].severity) if rule in house.rules else "", n, times[rule])
            for rule, n in letters.most_common() if n >= SMALL]
    return {
        "read": len(reviews), "unread": len(found) - len(reviews), "clean": sum(not one.findings for one in reviews),
        "with_errors": sum(any(str(f.severity) == "fejl" for f in one.findings) for one in reviews),
        "rows": rows, "rare": sum(n < SMALL for n in letters.values()),
    }


@router.get("/overblik/{number}/rapport.{form_}")
def take_out(request: Request, number: str, form_: str) -> Response:
    """The same overview as a file, without a word of the letters."""
    made = report.Report(batch_of(request, number), house_of(request).rules, quotes=False)
    if form_ == "csv":
        return download(report.as_csv(made).encode("utf-8-sig"), "overblik.csv", "text/csv")
    if form_ == "html":
        return download(report.as_html(made).encode(), "overblik.html", "text/html")
    raise HTTPException(404)
