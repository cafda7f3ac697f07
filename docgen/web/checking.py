"""Checking a text: pasted or dropped, findings marked in it and listed, live while one types; said no to with a reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from anyio import fail_after, to_thread
from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.requests import Request

from docgen import forms, jobs, ui
from docgen.dismissals import Dismissal, file_key, key_of
from docgen.errors import FileError, Problem
from docgen.model import SECTION_KEYS, Kind, Outcome, Scheme
from docgen.report import LABELS, place
from docgen.reviewer import PlacedFinding, Review
from docgen.web.cases import DOCX, download, go, house_of
from docgen.web.desk import Paper
from docgen.web.forms_in import base_name, checked, form, text, uploads
from docgen.web.house import House
from docgen.web.marking import blocks
from docgen.web.pages import environment, page
from docgen.web.words import words
from docgen.word.plain import word_file

router = APIRouter()

SECONDS = 90  # for one document
MAX_TEXT = 200_000  # characters: a hundred pages
PASTED = "indsat tekst"
GONE = "Teksten er ikke gemt længere. Den holdes kun i hukommelsen i en halv time, og programmet lægger den aldrig på disken."


@dataclass(frozen=True)
class Shown:
    """A finding as the page shows it; `number` counts from 1 in the order of the text."""

    number: int
    finding: PlacedFinding
    rule: Any
    where: str
    flagged: str = ""  # a sentence the rule marks, and one it lets stand
    left: str = ""

    @property
    def severity(self) -> str:
        return LABELS[self.finding.severity]

    @property
    def level(self) -> str:
        return str(self.finding.severity)


def facts_from(sent: Any) -> dict[str, Any]:
    """What the page is told of a text; what cannot be read as a choice, date or age is left out."""
    found: dict[str, Any] = {
        "kind": checked(text(sent, "kind"), Kind), "scheme": checked(text(sent, "scheme"), Scheme), "outcome": checked(text(sent, "outcome"), Outcome),
        "section": checked(text(sent, "section"), SECTION_KEYS),
    }
    try:
        found["decision_date"] = forms.read_date(text(sent, "decision_date")) if text(sent, "decision_date").strip() else None
    except ValueError:
        found["decision_date"] = None
    age = text(sent, "citizen_age").strip()
    found["citizen_age"] = int(age) if age.isdigit() and int(age) < 130 else None
    return {name: value for name, value in found.items() if value is not None}


def unreadable(sent: Any) -> list[str]:
    """What was told of a text and could not be used."""
    wrong = []
    if text(sent, "decision_date").strip() and "decision_date" not in facts_from(sent):
        wrong.append("Afgørelsens dato er ikke en hel dato. Skriv fx 22. november 2026.")
    if text(sent, "citizen_age").strip() and "citizen_age" not in facts_from(sent):
        wrong.append("Alderen skal være et helt tal.")
    return wrong


async def in_time(work: Any, *args: Any) -> Any:
    """Work in a thread, given up on after SECONDS."""
    try:
        with fail_after(SECONDS):
            return await to_thread.run_sync(partial(work, *args), abandon_on_cancel=True)
    except TimeoutError:
        raise FileError(Problem(words("for_lang_tid"))) from None


def choices() -> dict[str, Any]:
    return {
        "kinds": [(k.value, ui.name(k)) for k in Kind], "schemes": [(s.value, ui.name(s)) for s in Scheme],
        "outcomes": [(o.value, ui.name(o)) for o in Outcome],
    }


@router.get("/tjek")
def start(request: Request) -> HTMLResponse:
    sections = house_of(request).content.sections
    return page("tjek.html", request, paper=None, number="", facts={}, wrong=[], sections=sections, **choices(), result=None)


@router.post("/tjek")
async def begin(request: Request) -> Response:
    sent = await form(request)
    house = house_of(request)
    files = uploads(sent, "fil")
    wrong = unreadable(sent)
    if files:
        name, data = base_name(files[0]), await files[0].read()
        if name.lower().endswith((".txt", ".md")):
            from docgen.word.text import decode

            paper = Paper(name, facts_from(sent), text=decode(data, name)[0][:MAX_TEXT])
        else:
            paper = Paper(name, facts_from(sent), data=data)
            await in_time(house.review, paper)  # a file that cannot be read is told at once, and not kept
    elif text(sent, "tekst").strip():
        paper = Paper(PASTED, facts_from(sent), text=whole(sent))
    else:
        sections = house.content.sections
        wrong.append("Indsæt en tekst, eller vælg en fil.")
        return page("tjek.html", request, 422, paper=None, number="", facts=facts_from(sent), wrong=wrong, sections=sections, **choices(), result=None)
    number = house.desk.put(paper)
    return go(f"/tjek/{number}{'?dato=0' if wrong else ''}")


def whole(sent: Any) -> str:
    written = text(sent, "tekst").replace("\r\n", "\n")
    if len(written) > MAX_TEXT:
        raise FileError(Problem(f"Teksten er længere end {MAX_TEXT} tegn.", None, "Del den, eller tjek den som Word-fil."))
    return written


def paper_of(request: Request, number: str) -> Paper:
    paper = house_of(request).desk.get(number)
    if paper is None:
        raise HTTPException(410, GONE)
    return paper


@router.get("/tjek/{number}")
async def show(request: Request, number: str) -> HTMLResponse:
    house, paper = house_of(request), house_of(request).desk.get(number)
    if paper is None:  # an empty page, that the browser can put back into what it still knows
        return page("tjek.html", request, 410, paper=None, number="", facts={}, wrong=[GONE], sections=house.content.sections, **choices(), result=None)
    result = await in_time(result_of, house, paper) if paper.data or (paper.text or "").strip() else None
    return page("tjek.html", request, paper=paper, number=number, facts=paper.facts, wrong=["Datoen eller alderen kunne ikke læses og er ikke brugt."] if request.query_params.get("dato") else [],
                sections=house.content.sections, **choices(), result=result)


@router.post("/tjek/{number}")
async def again(request: Request, number: str) -> Response:
    sent = await form(request)
    paper = paper_of(request, number)
    paper.facts = facts_from(sent)
    if paper.data is None and "tekst" in sent:
        paper.text = whole(sent)
    return go(f"/tjek/{number}{'?dato=0' if unreadable(sent) else ''}#fund")


@router.post("/tjek-nu")
async def live(request: Request) -> Response:
    """What the page asks while one types; the text is put on the desk, so that a page that is opened again has it."""
    sent = await form(request)
    house = house_of(request)
    number, paper = text(sent, "nummer"), None
    if number:
        paper = house.desk.get(number)
    if paper is None or paper.data is not None:
        paper = Paper(PASTED, {}, text="")
        number = house.desk.put(paper)
    paper.text, paper.facts = whole(sent), facts_from(sent)
    result = await in_time(result_of, house, paper) if paper.text.strip() else None
    html = environment().get_template("_fund.html").render(result=result, paper=paper, number=number, csrf=house.keys.csrf, rod=house.root)
    status = [result["told"] if result else "Ingen tekst at tjekke.", *unreadable(sent)]
    return JSONResponse({"nummer": number, "html": html, "status": " ".join(status)})


def result_of(house: House, paper: Paper) -> dict[str, Any]:
    """The text in blocks with its findings marked, and the findings by section and by weight."""
    document, review = house.reviewed(paper)
    rules, shown = house.rules, all_shown(house, review)
    spans = [(s.finding.start, s.finding.end, s) for s in shown if s.finding.text is not None]
    points = [(s.finding.passage, s) for s in shown if s.finding.text is None and s.finding.passage is not None and s.finding.start > 0]
    placed = {id(s) for _, s in points} | {id(s) for _, _, s in spans}
    return {
        "review": review, "blocks": blocks(document.passages, spans, points), "shown": shown, "whole": [s for s in shown if id(s) not in placed],
        "groups": grouped(shown), "told": told(review), "coverage": review.coverage, "rules": len(rules),
        "dismissed": [(d, rules.get(d.finding.rule)) for d in review.dismissed], "word": paper.data is not None,
    }


def all_shown(house: House, review: Review) -> list[Shown]:
    """Those marked in the text are the first numbers, in its order; what is absent comes after them."""
    rules = house.rules
    ordered = sorted(review.findings, key=lambda f: f.text is None)
    return [Shown(n, f, rules.get(f.rule), place(f), *examples(house, rules.get(f.rule))) for n, f in enumerate(ordered, 1)]


def shown_findings(house: House, review: Review) -> list[tuple[str, list[Shown]]]:
    """The findings of a review by section, where the text itself is not at hand."""
    return grouped(all_shown(house, review))


def examples(house: House, rule: Any) -> tuple[str, str]:
    flagged, left = house.content.rule_examples(rule) if rule is not None else ([], [])
    return (flagged[0]["text"] if flagged else ""), (left[0]["text"] if left else "")


def grouped(shown: list[Shown]) -> list[tuple[str, list[Shown]]]:
    """By section, in the order of the text; in each the heaviest first."""
    found: dict[str, list[Shown]] = {}
    for one in shown:
        found.setdefault(one.finding.location.heading or ("Hele teksten" if one.finding.text is None else "Uden overskrift"), []).append(one)
    return [(heading, sorted(those, key=lambda s: -s.finding.severity.rank)) for heading, those in found.items()]


def told(review: Review) -> str:
    counts = [(sum(f.severity == s for f in review.findings), one, several) for s, one, several in
              (("fejl", "fejl", "fejl"), ("advarsel", "advarsel", "advarsler"), ("forslag", "forslag", "forslag"))]
    parts = [f"{n} {one if n == 1 else several}" for n, one, several in counts if n]
    return f"{', '.join(parts)}." if parts else "Ingen fund. Det betyder kun, at reglerne ikke fandt noget."


def keep_typed(paper: Paper, sent: Any) -> None:
    """What stood in the text field when another button was pressed: it comes along, so that nothing typed is lost."""
    if paper.data is None and "tekst" in sent:
        paper.text = whole(sent)


@router.post("/tjek/{number}/afvis")
async def dismiss(request: Request, number: str) -> Response:
    """Says no to a finding, with a reason. What is kept is a hash of the sentence, never its words."""
    sent = await form(request)
    house, paper = house_of(request), paper_of(request, number)
    keep_typed(paper, sent)
    rule, fingerprint, reason = text(sent, "regel"), text(sent, "maerke"), text(sent, "grund").strip()
    absent = text(sent, "fravaer") == "1"
    dismissal = Dismissal(rule, key_of(fingerprint), reason, "baseline", file_key(paper.label) if absent else None)
    if rule not in house.rules or not dismissal.reasoned:
        raise FileError(Problem("Skriv med et par ord, hvorfor fundet ikke passer her.", None, "»ok« siger ikke den næste læser noget."))
    house.dismiss(dismissal)
    return go(f"/tjek/{number}#fund")


@router.post("/tjek/{number}/tag-tilbage")
async def take_back(request: Request, number: str) -> Response:
    sent = await form(request)
    keep_typed(paper_of(request, number), sent)
    house_of(request).take_back(text(sent, "regel"), key_of(text(sent, "maerke")))
    return go(f"/tjek/{number}#fund")


@router.post("/tjek/{number}/kommenteret")
async def commented(request: Request, number: str) -> Response:
    """A Word copy with the findings as comments: of the Word file that was checked, or of a text made into one."""
    sent = await form(request)
    house, paper = house_of(request), paper_of(request, number)
    keep_typed(paper, sent)
    return download(await in_time(with_comments, house, paper), "kommenteret.docx", DOCX)


def with_comments(house: House, paper: Paper) -> bytes:
    data, (document, review) = paper.data, house.reviewed(paper)
    if data is None:
        data = word_file(document.passages, "Tekst med fund")
        rules = {f.rule for f in review.findings}  # what is only so of our own Word file is no fault of the text
        review = house.review(Paper("tekst.docx", paper.facts, data=data))
        review = replace(review, findings=tuple(f for f in review.findings if f.rule in rules))
    return jobs.commented(data, "dokumentet.docx", review, date=datetime.datetime.now())


@router.post("/tjek/{number}/luk")
async def close(request: Request, number: str) -> Response:
    await form(request)
    house_of(request).desk.drop(number)
    return go("/tjek")
