"""Many letters at once, for the one who checks them before they leave: an overview, each letter's findings, and counts
without personal data.

With JavaScript the page sends the letters one by one, shows how far it is and can be stopped. Without it they come together.
A letter is looked at and let go; what is found is kept in memory for a while.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.requests import Request

from docgen import checkreport, disclosure, report
from docgen.errors import DocgenError, FileError, Problem
from docgen.model import Scheme
from docgen.reviewer import Review, Unread
from docgen.web.cases import download, go, house_of
from docgen.web.checking import choices, facts_from, in_time, shown_findings
from docgen.web.desk import Paper, Pile
from docgen.web.forms_in import form, path_name, uploads
from docgen.web.house import House
from docgen.web.pages import page

router = APIRouter()

SORTS = {"fil": "Fil", "fejl": "Fejl", "advarsel": "Advarsler", "forslag": "Forslag"}
FILTERS = {"alle": "Alle", "fejl": "Kun dem med fejl", "ulaest": "Kun dem, der ikke kunne læses", "uden": "Kun dem uden fund"}
MOST = 5_000  # letters in one pile


@dataclass(frozen=True)
class Row:
    number: int  # place in the pile
    name: str
    counts: dict[str, int]
    kind: str | None = None
    problem: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@router.get("/overblik")
def start(request: Request) -> HTMLResponse:
    return page("overblik.html", request, **choices(), pile=None, all_schemes=list(Scheme))


@router.post("/overblik")
async def begin(request: Request) -> Response:
    """A pile. The letters in the form are looked at before the answer; a page with JavaScript sends none here."""
    sent = await form(request)
    house = house_of(request)
    letters = [one for one in uploads(sent, "filer") if not path_name(one).rpartition("/")[2].startswith(("~$", "."))]
    pile = Pile(facts_from(sent))
    bit_by_bit = sent.get("enkeltvis") == "1"
    if not letters and not bit_by_bit:
        raise FileError(Problem("Der er ikke valgt nogen filer.", None, "Vælg en eller flere Word-filer, eller en mappe."))
    for one in letters:
        pile.rows.append(await look(house, path_name(one), await one.read(), pile.facts))
    number = house.piles.put(pile)
    return JSONResponse({"nummer": number}) if bit_by_bit else go(f"/overblik/{number}#resultat")


@router.post("/overblik/{number}/brev")
async def one_more(request: Request, number: str) -> Response:
    """One letter more in a pile, looked at; the answer says how it went so far."""
    pile = pile_of(request, number)
    sent = await form(request)
    letters = uploads(sent, "filer")
    if len(letters) != 1 or len(pile.rows) >= MOST:
        raise HTTPException(400, "Send ét brev ad gangen.")
    pile.rows.append(await look(house_of(request), path_name(letters[0]), await letters[0].read(), pile.facts))
    return JSONResponse({
        "laest": len(pile.rows), "fejl": sum(any(str(f.severity) == "fejl" for f in one.findings) for one in pile.rows if isinstance(one, Review)),
        "ulaest": sum(isinstance(one, Unread) for one in pile.rows),
    })


async def look(house: House, name: str, data: bytes, facts: dict[str, Any]) -> Review | Unread:
    """The review of one letter. One that cannot be read, or takes too long, is a row like the others."""
    try:
        return await in_time(reviewed, house, name, data, facts)
    except DocgenError as e:
        return Unread(name, e.code, " ".join(f"{p.what} {p.cure}".strip() for p in e.problems))


def reviewed(house: House, name: str, data: bytes, facts: dict[str, Any]) -> Review:
    from docgen.word.text import decode

    if name.lower().endswith((".txt", ".md")):
        return house.review(Paper(name, facts, text=decode(data, name)[0]))
    return house.review(Paper(name, facts, data=data))


def pile_of(request: Request, number: str) -> Pile:
    pile = house_of(request).piles.get(number)
    if pile is None:
        raise HTTPException(410, "Overblikket er ikke gemt længere. Vælg filerne igen.")
    return pile


@router.get("/overblik/{number}")
def show(request: Request, number: str, sort: str = "fil", vis: str = "alle", regel: str = "", af: int = 0) -> HTMLResponse:
    pile = pile_of(request, number)
    sort, vis = sort if sort in SORTS else "fil", vis if vis in FILTERS else "alle"
    rows = [row_of(place, one) for place, one in enumerate(pile.rows) if not regel or has(one, regel)]
    if vis == "fejl":
        rows = [r for r in rows if r.counts["fejl"]]
    elif vis == "ulaest":
        rows = [r for r in rows if r.problem]
    elif vis == "uden":
        rows = [r for r in rows if not r.total and not r.problem]
    rows.sort(key=lambda r: (0 if sort == "fil" else -r.counts[sort], natural(r.name)))
    counts = statistics(pile, house_of(request))
    return page("overblik.html", request, pile=number, rows=rows, sort=sort, vis=vis, regel=regel, sorts=SORTS, filters=FILTERS, statistics=counts,
                told=told_of(counts), small=disclosure.SMALL, total=len(pile.rows), missed=max(0, min(af, MOST) - len(pile.rows)),
                all_schemes=list(Scheme), **choices())


def natural(name: str) -> list[tuple[int, str]]:
    """The order people expect: brev-2 before brev-10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d{1,9})", name.casefold())]


def has(one: Review | Unread, rule: str) -> bool:
    return isinstance(one, Review) and any(f.rule == rule for f in one.findings)


def row_of(number: int, one: Review | Unread) -> Row:
    if isinstance(one, Unread):
        return Row(number, one.path, dict.fromkeys(("fejl", "advarsel", "forslag"), 0), None, one.message)
    counts = Counter(str(f.severity) for f in one.findings)
    return Row(number, one.path, {name: counts[name] for name in ("fejl", "advarsel", "forslag")}, one.kind)


@router.get("/overblik/{number}/brev/{place}")
def one_letter(request: Request, number: str, place: int) -> HTMLResponse:
    """What was found in one letter of the pile, and the way to the next."""
    rows = pile_of(request, number).rows
    if not 0 <= place < len(rows) or isinstance(rows[place], Unread):
        raise HTTPException(404)
    order = sorted((n for n, one in enumerate(rows) if isinstance(one, Review)), key=lambda n: natural(rows[n].path))
    at = order.index(place)
    return page("brev.html", request, pile=number, review=rows[place], groups=shown_findings(house_of(request), rows[place]), at=at + 1, total=len(order),
                before=order[at - 1] if at else None, after=order[at + 1] if at + 1 < len(order) else None)


@router.post("/overblik/{number}/luk")
async def close(request: Request, number: str) -> Response:
    await form(request)
    house_of(request).piles.drop(number)
    return go("/overblik")


# --- Taking out --------------------------------------------------------------------------------------------------------


def statistics(pile: Pile, house: House) -> dict[str, Any]:
    """Counts by rule, with disclosure control: in how many letters, and how often. Rules seen in few letters are counted together."""
    reviews = [one for one in pile.rows if isinstance(one, Review)]
    letters: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in reviews:
        rules = [f.rule for f in one.findings]
        letters.update(set(rules))
        times.update(rules)
    known = house.rules
    rows = [(rule, known[rule].name if rule in known else "", str(known[rule].severity) if rule in known else "", str(n), str(times[rule]))
            for rule, n in sorted(letters.items(), key=lambda row: (-row[1], row[0])) if not disclosure.small(n)]
    clean = sum(not one.findings for one in reviews)
    with_errors = sum(any(str(f.severity) == "fejl" for f in one.findings) for one in reviews)
    return {
        "read": disclosure.told(len(reviews)), "unread": disclosure.told(len(pile.rows) - len(reviews)),
        "clean": disclosure.told_row((clean, len(reviews) - clean))[0], "with_errors": disclosure.told_row((with_errors, len(reviews) - with_errors))[0],
        "rows": rows, "rare": sum(disclosure.small(n) for n in letters.values()),
    }


def told_of(counts: dict[str, Any]) -> str:
    return f"{counts['read']} breve er læst, {counts['unread']} kunne ikke læses. {counts['with_errors']} har fejl, {counts['clean']} er uden fund."


@router.get("/overblik/{number}/tal.{form_}")
def take_counts(request: Request, number: str, form_: str) -> Response:
    """The counts alone, for those who are to know how it goes and not who it is about."""
    counts = statistics(pile_of(request, number), house_of(request))
    columns = ("Regel", "Navn", "Vægt", "Breve", "Gange")
    lead = (told_of(counts), f"{counts['rare']} regler er set i færre end {disclosure.SMALL} breve og står ikke for sig.", disclosure.WHY)
    if form_ == "csv":
        rows = [*counts["rows"], ("", "Breve læst", "", counts["read"], ""), ("", "Breve, der ikke kunne læses", "", counts["unread"], ""),
                ("", "Breve med fejl", "", counts["with_errors"], ""), ("", "Breve uden fund", "", counts["clean"], "")]
        return download(checkreport.as_csv(columns, rows).encode(), "tal.csv", "text/csv")
    if form_ == "html":
        return download(checkreport.as_html("Fund i breve: tal uden personoplysninger", lead, columns, counts["rows"]).encode(), "tal.html", "text/html")
    raise HTTPException(404)


@router.get("/overblik/{number}/rapport.{form_}")
def take_out(request: Request, number: str, form_: str) -> Response:
    """The same overview as a file, without a word of the letters."""
    rows = tuple(sorted(pile_of(request, number).rows, key=lambda one: natural(one.path)))
    made = report.Report(rows, house_of(request).rules, quotes=False)
    if form_ == "csv":
        return download(report.as_csv(made).encode(), "overblik.csv", "text/csv")
    if form_ == "html":
        return download(report.as_html(made).encode(), "overblik.html", "text/html")
    raise HTTPException(404)
