"""The occupational therapist's pages: her areas one by one, her instruments, the profile as it grows, and what the rules
and an experienced colleague would say while she writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from docgen import jobs, profile
from docgen.model import SECTION_KEYS, Section
from docgen.web import paths, tree
from docgen.web.forms_in import form, text
from docgen.web.pages import environment, page
from docgen.web.tree import Message

if TYPE_CHECKING:
    from docgen.web.house import House
    from docgen.web.store import Opened

router = APIRouter()

WRITTEN = ("task", "observed", "citizen_view", "support", "variation", "resources", "assessment", "work", "uncertainty")
TESTS = "redskaber"


def section_number(opened: Opened, key: str) -> int | None:
    sections = opened.case.functional.sections if opened.case.functional else []
    return next((number for number, section in enumerate(sections) if section.key == key), None)


def said(house: House, opened: Opened, page_key: str) -> dict[str, list[Message]]:
    """What is said of the fields of one of her pages: path -> remarks on the data and findings in the wording."""
    found: dict[str, list[Message]] = {}
    functional = opened.case.functional
    if functional is None:
        return found
    number = section_number(opened, page_key)
    for remark in jobs.remarks(opened.case, content=house.content):
        path = remark.path
        if page_key == TESTS:
            if not path.startswith("functional.tests["):
                continue
        elif number is not None and path.startswith(f"functional.sections[{page_key}]"):
            path = path.replace(f"[{page_key}]", f"[{number}]", 1)
        else:
            continue
        if path.endswith((".level", ".expected_level")):
            path += ".value"
        if path.endswith(".observer"):
            path += ".name"
        if path.endswith(".tester"):
            path += ".name"
        found.setdefault(path, []).append(Message(str(remark.severity), remark.message, on_page(remark.advice)))
    if number is not None:
        section = functional.sections[number]
        for slot in WRITTEN:
            written = getattr(section, slot)
            for finding in house.lint(written, kind="funktionsevnebeskrivelse", section=page_key, slot=slot) if written else ():
                if finding.text is not None:
                    found.setdefault(f"functional.sections[{number}].{slot}", []).append(
                        Message(str(finding.severity), finding.message, finding.advice))
    return found


def on_page(advice: str) -> str:
    """Advice that names a key of the case file, with the field's name instead."""
    return advice.replace("»carried_over_from«", "»Genbrugt fra vurdering af«").replace("»tests«", "»Redskaber«").replace(
        "Se listen med docgen content list, eller", "Vælg et andet redskab, eller")


def said_of(house: House, opened: Opened, page_key: str) -> dict[str, Any]:
    """The same for the page that asks while she types, with the profile figure drawn anew."""
    rows, words = figure(house, opened)
    return {
        "bemaerkninger": {name: [vars(m) for m in messages] for name, messages in said(house, opened, page_key).items()},
        "profil": environment().get_template("_profil.html").render(rows=rows, words=words),
    }


def figure(house: House, opened: Opened) -> tuple[Any, str]:
    rows = profile.rows(opened.case.functional, house.content.sections, house.content.scales)
    return rows, profile.in_words(rows)


def states(opened: Opened) -> Mapping[str, Section]:
    functional = opened.case.functional
    return {section.key: section for section in functional.sections} if functional else {}


def around(house: House, opened: Opened) -> dict[str, Any]:
    from docgen.web.cases import frame

    rows, words = figure(house, opened)
    return {**frame(house, opened), "areas": house.content.sections.areas, "done": states(opened), "profile": rows, "profile_words": words}


@router.get("/sager/{case_id}/terapi")
def overview(request: Request, case_id: str) -> HTMLResponse:
    house = request.app.state.house
    opened = house.store.open(case_id)
    remarks = [Message(str(r.severity), r.message, on_page(r.advice)) for r in jobs.remarks(opened.case, content=house.content)]
    return page("terapi.html", request, **around(house, opened), remarks=remarks, tests=opened.case.functional.tests if opened.case.functional else [])


@router.post("/sager/{case_id}/terapi")
async def begin(request: Request, case_id: str) -> Response:
    """Takes up an area that is not described yet."""
    sent = await form(request)
    house = request.app.state.house
    key = text(sent, "omraade")
    if key not in SECTION_KEYS:
        raise HTTPException(404)
    opened = house.store.open(case_id)
    if section_number(opened, key) is None:
        rows = [*(paths.get(opened.data, ("functional", "sections")) or []), {"key": key}]
        order = {k: i for i, k in enumerate(SECTION_KEYS)}
        house.store.replace(case_id, "functional.sections", sorted(rows, key=lambda row: order[row["key"]]))
    return RedirectResponse(f"/sager/{case_id}/terapi/{key}", 303)


@router.get("/sager/{case_id}/terapi/{key}")
async def one(request: Request, case_id: str, key: str) -> HTMLResponse:
    return await run_in_threadpool(show, request, case_id, key)


def show(request: Request, case_id: str, key: str) -> HTMLResponse:
    house = request.app.state.house
    opened = house.store.open(case_id)
    messages = {name: tuple(found) for name, found in said(house, opened, key).items()}
    builder = tree.Builder(opened, house.content, messages)
    if key == TESTS:
        node = builder.node(("functional", "tests"))
        return page("redskaber.html", request, **around(house, opened), node=node, errors=errors([node]), key=key)
    if key not in SECTION_KEYS:
        raise HTTPException(404)
    number = section_number(opened, key)
    if number is None:
        return page("omraade_nyt.html", request, **around(house, opened), area=house.content.sections.areas[key], key=key)
    group = builder.group(("functional", "sections", number), "", Section)
    return page(
        "omraade.html", request, **around(house, opened), area=house.content.sections.areas[key], key=key, group=group,
        slots=house.content.sections.slots, scales=house.content.scales, number=number, errors=errors([group]),
        scale=scale_of(opened, number), section=opened.case.functional.sections[number],
    )


def scale_of(opened: Opened, number: int) -> str:
    level = opened.case.functional.sections[number].level
    return level.scale if level else "fsiii"


def errors(nodes: Any) -> list[Any]:
    return [q for q in tree.questions(nodes) if q.error]


@router.post("/sager/{case_id}/terapi/{key}")
async def save(request: Request, case_id: str, key: str) -> Response:
    from docgen.web.cases import save_and_do

    sent = await form(request)
    if key != TESTS and key not in SECTION_KEYS:
        raise HTTPException(404)
    return await run_in_threadpool(save_and_do, request, case_id, f"/sager/{case_id}/terapi/{key}", sent)
