"""Many letters at once, for the one who checks them before they leave: an overview, and counts without personal data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from docgen import checkreport, disclosure, report
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
                statistics=(counts := statistics(found, house_of(request))), told=told_of(counts), small=disclosure.SMALL, total=len(found), all_schemes=list(Scheme), **choices())


def row_of(one: Review | Unread) -> Row:
    if isinstance(one, Unread):
        return Row(one.path, dict.fromkeys(("fejl", "advarsel", "forslag"), 0), None, one.message)
    counts = Counter(str(f.severity) for f in one.findings)
    return Row(one.path, {name: counts[name] for name in ("fejl", "advarsel", "forslag")}, one.kind)


def statistics(found: tuple[Review | Unread, ...], house: House) -> dict[str, Any]:
    """Counts by rule, with disclosure control: in how many letters, and how often. Rules seen in few letters are counted together."""
    reviews = [one for one in found if isinstance(one, Review)]
    letters: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in reviews:
        rules = [f.rule for f in one.findings]
        letters.update(set(rules))
        times.update(rules)
    rows = [(rule, house.rules[rule].name if rule in house.rules else "", str(house.rules[rule].severity) if rule in house.rules else "", str(n), str(times[rule]))
            for rule, n in sorted(letters.items(), key=lambda row: (-row[1], row[0])) if not disclosure.small(n)]
    clean = sum(not one.findings for one in reviews)
    with_errors = sum(any(str(f.severity) == "fejl" for f in one.findings) for one in reviews)
    return {
        "read": disclosure.told(len(reviews)), "unread": disclosure.told(len(found) - len(reviews)),
        "clean": disclosure.told_row((clean, len(reviews) - clean))[0], "with_errors": disclosure.told_row((with_errors, len(reviews) - with_errors))[0],
        "rows": rows, "rare": sum(disclosure.small(n) for n in letters.values()),
    }


@router.get("/overblik/{number}/tal.{form_}")
def take_counts(request: Request, number: str, form_: str) -> Response:
    """The counts alone, for those who are to know how it goes and not who it is about."""
    counts = statistics(batch_of(request, number), house_of(request))
    columns = ("Regel", "Navn", "Vægt", "Breve", "Gange")
    lead = (told_of(counts), f"{counts['rare']} regler er set i færre end {disclosure.SMALL} breve og står ikke for sig.", disclosure.WHY)
    if form_ == "csv":
        rows = [*counts["rows"], ("", "Breve læst", "", counts["read"], ""), ("", "Breve, der ikke kunne læses", "", counts["unread"], ""),
                ("", "Breve med fejl", "", counts["with_errors"], ""), ("", "Breve uden fund", "", counts["clean"], "")]
        return download(checkreport.as_csv(columns, rows).encode(), "tal.csv", "text/csv")
    if form_ == "html":
        return download(checkreport.as_html("Fund i breve: tal uden personoplysninger", lead, columns, counts["rows"]).encode(), "tal.html", "text/html")
    raise HTTPException(404)


def told_of(counts: dict[str, Any]) -> str:
    return f"{counts['read']} breve er læst, {counts['unread']} kunne ikke læses. {counts['with_errors']} har fejl, {counts['clean']} er uden fund."


@router.get("/overblik/{number}/rapport.{form_}")
def take_out(request: Request, number: str, form_: str) -> Response:
    """The same overview as a file, without a word of the letters."""
    made = report.Report(batch_of(request, number), house_of(request).rules, quotes=False)
    if form_ == "csv":
        return download(report.as_csv(made).encode(), "overblik.csv", "text/csv")
    if form_ == "html":
        return download(report.as_html(made).encode(), "overblik.html", "text/html")
    raise HTTPException(404)
