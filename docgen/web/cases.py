"""The cases: list, form, saving as one types, conflicts, looking back, import and export."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from docgen import casefile
from docgen.casefile import read_case
from docgen.content import examples
from docgen.errors import FileError, Problem
from docgen.model import Case, CaseDocument, Condition, Section, TestResult
from docgen.web import paths, tree
from docgen.web.fields import control, items_of
from docgen.web.forms_in import base_name, form, text, texts, uploads
from docgen.web.house import House
from docgen.web.merge import differing
from docgen.web.pages import field_id, page
from docgen.web.store import MISSING, Opened, Outcome
from docgen.web.therapy import said_of
from docgen.web.words import words

router = APIRouter()


def house_of(request: Request) -> House:
    return request.app.state.house


def go(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


# --- Which cases there are ---------------------------------------------------------------------------------------------


@router.get("/")
def listed(request: Request) -> HTMLResponse:
    from docgen.demo import index

    return page("sager.html", request, cases=house_of(request).store.listed(), examples=index().cases)


@router.post("/sager")
async def new_case(request: Request) -> Response:
    sent = await form(request)
    store = house_of(request).store
    example = text(sent, "eksempel")
    if example:
        from docgen.demo import index

        if example not in [one.file for one in index().cases]:
            raise HTTPException(404)
        case_id = store.create(read_case(examples() / "cases" / example))
    else:
        case_id = store.create(Case())
    return go(f"/sager/{case_id}")


@router.post("/sager/hent")
async def take_in(request: Request) -> Response:
    sent = await form(request)
    files = uploads(sent, "fil")
    if not files:
        raise FileError(Problem("Der er ikke valgt nogen fil.", None, "Vælg en .yaml- eller .json-fil, og prøv igen."))
    case_id = house_of(request).store.take_in(await files[0].read(), base_name(files[0]))
    return go(f"/sager/{case_id}")


# --- One case ----------------------------------------------------------------------------------------------------------


@router.get("/sager/{case_id}")
def overview(request: Request, case_id: str) -> HTMLResponse:
    house = house_of(request)
    opened = house.store.open(case_id)
    kinds = house.content.kinds()
    return page(
        "sag.html", request, **frame(house, opened), kinds=kinds, data=opened.data,
        unfinished=[(name, one) for name, one in opened.pending.items()],
    )


def frame(house: House, opened: Opened) -> dict[str, Any]:
    """What every page of a case shows around its own."""
    undo, redo = house.store.can(opened.id)
    return {"opened": opened, "parts": list(tree.parts().values()), "can_undo": undo, "can_redo": redo, "part_of": tree.part_of}


@router.get("/sager/{case_id}/del/{slug}")
def part(request: Request, case_id: str, slug: str) -> HTMLResponse:
    return show_part(request, house_of(request), house_of(request).store.open(case_id), slug)


def show_part(request: Request, house: House, opened: Opened, slug: str) -> HTMLResponse:
    found = tree.parts().get(slug)
    if found is None:
        raise HTTPException(404)
    builder = tree.Builder(opened, house.content)
    nodes = builder.part(found)
    errors = [q for q in tree.questions(nodes) if q.error]
    return page("del.html", request, **frame(house, opened), part=found, nodes=nodes, errors=errors, message=" ".join(builder.notes))


@router.post("/sager/{case_id}/del/{slug}")
async def save_part(request: Request, case_id: str, slug: str) -> Response:
    sent = await form(request)
    return await run_in_threadpool(save_and_do, request, case_id, f"/sager/{case_id}/del/{slug}", sent)


def save_and_do(request: Request, case_id: str, back: str, sent: Any) -> Response:
    """Saves a whole form and then does what its button says: add, remove or move a record, or nothing more."""
    house = house_of(request)
    outcome = saved(house, case_id, text(sent, "version"), texts(sent))
    if outcome.conflicts:
        return show_conflict(request, house, outcome, back)
    action, _, target = text(sent, "handling").partition(":")
    anchor = ""
    if action == "tilfoej":
        list_path, _, key = target.partition(":")
        outcome = house.store.add(case_id, outcome.opened.version, list_path, fresh(outcome.opened, list_path, key or text(sent, f"valg:{list_path}")))
        count = len(paths.get(outcome.opened.data, paths.parse(list_path) or ()) or [])
        anchor = f"#{field_id(f'{list_path}[{count - 1}]')}"
    elif action == "fjern":
        house.store.remove(case_id, outcome.opened.version, target)
        anchor = f"#{field_id(target.rpartition('[')[0])}"
    elif action in ("op", "ned"):
        house.store.move(case_id, outcome.opened.version, target, -1 if action == "op" else 1)
        number = int(target.rpartition("[")[2].rstrip("]")) + (-1 if action == "op" else 1)
        anchor = f"#{field_id(f'{target.rpartition(chr(91))[0]}[{max(0, number)}]')}"
    elif target.startswith("/"):
        return go(f"/sager/{case_id}{target}") if action == "videre" else go(back)
    return go(f"{back}{anchor or ('?gemt=1' if not outcome.opened.pending else '?gemt=1#fejl')}")


def fresh(opened: Opened, list_path: str, key: str) -> dict[str, Any]:
    """A new, empty record of a list; `key` where its kind asks what it is about."""
    path = paths.parse(list_path)
    record = items_of(paths.field(path)) if path else None
    if record is None:
        raise FileError(MISSING)
    if record is CaseDocument:
        taken = {d.id for d in opened.case.documents}
        return {"id": next(f"D{n}" for n in range(1, 10_000) if f"D{n}" not in taken)}
    if record is Section or record is Condition or record is TestResult:
        if not key:
            raise FileError(Problem("Vælg først, hvad der skal tilføjes.", None, ""))
        return {"instrument": key} if record is TestResult else {"key": key}
    return {}


DECIDING = ("scheme", "outcome", "date", "track")


def saved(house: House, case_id: str, version: str, typed: Mapping[str, list[str]]) -> Outcome:
    """Saves fields; when the decision becomes another, the law's conditions are put up to be answered."""
    outcome = house.store.change(case_id, version, typed)
    if outcome.conflicts or not any(name.startswith(("decision", "further_")) and name.rpartition(".")[2] in DECIDING for name in outcome.saved):
        return outcome
    for prefix in ("decision", *(f"further_decisions[{i}]" for i in range(len(outcome.opened.case.further_decisions)))):
        builder = tree.Builder(outcome.opened, house.content)
        path = paths.parse(prefix) or ()
        decision = builder.decision(path)
        if decision is None:
            continue
        wanted = [c for c in builder.conditions(path) if not c.optional]
        present = {c.key: c for c in decision.conditions}
        keys = {c.key for c in builder.conditions(path)}
        kept = [c for c in paths.get(outcome.opened.data, (*path, "conditions")) or [] if c["key"] in keys or len(c) > 1]
        rows = [*kept, *({"key": c.key} for c in wanted if c.key not in present)]
        if [r["key"] for r in rows] != [c.key for c in decision.conditions]:
            changed = house.store.replace(case_id, f"{prefix}.conditions", rows)
            outcome = Outcome(changed, (), (*outcome.saved, f"{prefix}.conditions"), outcome.elsewhere, True)
    return outcome


@router.post("/sager/{case_id}/gem")
async def save_field(request: Request, case_id: str) -> Response:
    """What the page sends while one types: a few fields. The answer says what to show at them."""
    sent = await form(request)
    return await run_in_threadpool(_save_field, request, case_id, sent)


def _save_field(request: Request, case_id: str, sent: Any) -> Response:
    house = house_of(request)
    typed = texts(sent)
    outcome = saved(house, case_id, text(sent, "version"), typed)
    if outcome.conflicts:
        return JSONResponse({"konflikt": True}, 409)
    opened = outcome.opened
    errors = {name: opened.pending[name].error for name in typed if name in opened.pending}
    others = {name: control(path, opened.case).sent_of(paths.get(opened.data, path)) for name in outcome.elsewhere
              if name not in typed and (path := paths.parse(name))}
    deciding = any(name.startswith(("decision", "further_")) and name.rpartition(".")[2] in (*DECIDING, "granted_on") for name in outcome.saved)
    answer: dict[str, Any] = {
        "version": opened.version, "fejl": {name: errors.get(name, "") for name in typed}, "andre": others,
        "genindlaes": outcome.reshaped or deciding, "status": f"Gemt kl. {datetime.datetime.now():%H.%M}" if not errors else "Gemt. Et felt skal rettes.",
        "kan_fortryde": house.store.can(case_id)[0],
    }
    if text(sent, "afsnit"):
        answer |= said_of(house, opened, text(sent, "afsnit"))
    return JSONResponse(answer)


def show_conflict(request: Request, house: House, outcome: Outcome, back: str) -> HTMLResponse:
    opened = outcome.opened
    asked = []
    for conflict in outcome.conflicts:
        path = paths.parse(conflict.path)
        assert path is not None
        mine = texts_of(conflict, request)
        asked.append((conflict, mine, control(path, opened.case).sent_of(paths.get(opened.data, path))))
    return page("konflikt.html", request, 409, **frame(house, opened), asked=asked, back=back)


def texts_of(conflict: Any, request: Request) -> list[str]:
    sent = request._form  # read already
    return [v for v in sent.getlist(f"f:{conflict.path}") if isinstance(v, str)] if sent is not None else []


@router.post("/sager/{case_id}/konflikt")
async def settle(request: Request, case_id: str) -> Response:
    """Saves, field by field, the one of the two texts that a person has chosen."""
    sent = await form(request)
    chosen = {name: texts(sent, "mit:").get(name, [""]) for name, choice in texts(sent, "valg:").items() if choice[-1] == "mit"}
    house = house_of(request)
    outcome = saved(house, case_id, text(sent, "version"), chosen)
    back = text(sent, "tilbage")
    back = back if back.startswith(f"/sager/{case_id}") and "//" not in back else f"/sager/{case_id}"
    if outcome.conflicts:
        raise HTTPException(409, words("foraeldet"))
    return go(back)


# --- Looking back, taking out ------------------------------------------------------------------------------------------


@router.post("/sager/{case_id}/fortryd")
async def undo(request: Request, case_id: str) -> Response:
    sent = await form(request)
    store = house_of(request).store
    store.redo(case_id) if text(sent, "igen") else store.undo(case_id)
    return go(inside(text(sent, "tilbage"), case_id))


def inside(address: str, case_id: str) -> str:
    """An address of this case, or its first page."""
    return address if address.startswith(f"/sager/{case_id}") and "//" not in address and "\\" not in address else f"/sager/{case_id}"


@router.get("/sager/{case_id}/historik")
def history(request: Request, case_id: str) -> HTMLResponse:
    house = house_of(request)
    opened = house.store.open(case_id)
    rows = []
    for step in house.store.history(case_id):
        rows.append((step, list(dict.fromkeys(paths.label(paths.parse(name) or ()) for name in step.what))))
    return page("historik.html", request, **frame(house, opened), rows=rows)


@router.get("/sager/{case_id}/historik/{number}")
def look_back(request: Request, case_id: str, number: int) -> HTMLResponse:
    house = house_of(request)
    opened = house.store.open(case_id)
    old = house.store.as_it_was(case_id, number)
    step = next((s for s in house.store.history(case_id) if s.number == number), None)
    if old is None or step is None:
        raise HTTPException(404)
    differences = []
    for name in differing(old, opened.data):
        path = paths.parse(name)
        if path is None:
            continue
        was, now = paths.get(old, path), paths.get(opened.data, path)
        differences.append((paths.label(path), shown(was), shown(now)))
    return page("tilbageblik.html", request, **frame(house, opened), step=step, differences=differences)


def shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(v) for v in value) if value else "(tomt)"
    return "(tomt)" if value is None else "ja" if value is True else "nej" if value is False else str(value)


@router.post("/sager/{case_id}/historik/{number}")
async def restore(request: Request, case_id: str, number: int) -> Response:
    await form(request)
    if house_of(request).store.restore(case_id, number) is None:
        raise HTTPException(404)
    return go(f"/sager/{case_id}/historik")


@router.get("/sager/{case_id}/fil.{form_}")
def take_out(request: Request, case_id: str, form_: str) -> Response:
    """The case file, the same that the command line reads."""
    opened = house_of(request).store.open(case_id)
    name = "sag-" + case_id
    if form_ == "yaml":
        raw = opened.path.read_text("utf-8-sig") if opened.path.suffix != ".json" else casefile.to_yaml(opened.case)
        return download(raw.encode(), f"{name}.yaml", "application/yaml")
    if form_ == "json":
        return download(casefile.to_json(opened.case).encode(), f"{name}.json", "application/json")
    raise HTTPException(404)


def download(data: bytes, name: str, kind: str) -> Response:
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
