"""The draft of a case: what is missing, the text to read, the law it rests on, the deadline, the Word file."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from docgen import ui
from docgen.errors import LawError
from docgen.model import Draft, Kind
from docgen.web import paths, tree
from docgen.web.cases import DOCX, download, frame, house_of
from docgen.web.forms_in import form
from docgen.web.house import House
from docgen.web.marking import blocks
from docgen.web.pages import field_id, page
from docgen.web.store import Opened
from docgen.word.read import read

router = APIRouter()


@dataclass(frozen=True)
class Change:
    """A line of the text, as it is now or was in the draft that was last taken out: `what` is ny | fjernet | ens."""

    what: str
    text: str


@router.get("/sager/{case_id}/kladde/{kind}")
async def show(request: Request, case_id: str, kind: str) -> HTMLResponse:
    return await run_in_threadpool(_show, request, case_id, kind)


def _show(request: Request, case_id: str, kind: str) -> HTMLResponse:
    house = house_of(request)
    opened = house.store.open(case_id)
    house.content.kind_folder(kind)  # UsageError for an unknown kind
    known = {**frame(house, opened), "kind": house.content.kind(kind)}
    try:
        draft = house.drafting.draft(opened.case, kind)
    except LawError as e:
        return page("ingen_kladde.html", request, **known, problems=e.problems)
    document = read(draft.docx).document
    cites = [(found.start, found.end, found) for found in house.content.law.find(document.text)]
    text = text_view(document)
    last = house.store.kept(case_id).last_draft(kind)
    return page(
        "kladde.html", request, **known, draft=draft, gaps=[(gap, place_of(gap.path, case_id)) for gap in draft.gaps],
        blocks=blocks(document.passages, cites), law=law_rows(house, draft), deadline=deadline(house, opened, kind),
        changes=changes(last, text) if last is not None else None, unchanged=last == text,
        manifest=json.dumps(draft.manifest, ensure_ascii=False, indent=2), ui=ui,
    )


def text_view(document: Any) -> str:
    return "\n".join(passage.text for passage in document.passages if passage.text.strip()) + "\n"


def place_of(path: str, case_id: str) -> str | None:
    """The address of the field where a gap is filled; None for a gap that no field fills (an unconfirmed §)."""
    clean = re.sub(r"\[([^\]\d][^\]]*)\]", "", path)
    if clean.startswith("functional.sections") and (key := re.search(r"\[([a-z]+)\]", path)):
        return f"/sager/{case_id}/terapi/{key[1]}#{field_id(path)}"
    if clean.startswith("functional.sections") or clean.startswith("functional.tests"):
        return f"/sager/{case_id}/terapi"
    if paths.parse(clean.split("[")[0]) is None:
        return None
    slug = tree.part_of(clean)
    return f"/sager/{case_id}/del/{slug}#{field_id(clean)}" if slug else None


STATUS = {
    "verificeret": "bekræftet hos kilden", "verificeret (sekundær)": "bekræftet hos en anden kilde", "afledt": "afledt, ikke slået op",
    "ubekraeftet": "ubekræftet", "ikke_gaeldende": "gjaldt ikke på datoen", "bekraeftet_af_kommunen": "bekræftet af kommunen",
}


def law_rows(house: House, draft: Draft) -> list[tuple[str, str, str, str, bool]]:
    """(title, how it is cited, status in words, in force from, certain) of every provision the draft rests on."""
    rows = []
    for key, used in draft.manifest["law"].items():
        status = used["status"]
        rows.append((
            house.content.law.provision(key).title, used["cite"], STATUS.get(status, status.replace("_", " ")), used["from"] or "",
            status.startswith(("verificeret", "bekraeftet")),
        ))
    return rows


def deadline(house: House, opened: Opened, kind: str) -> Any:
    """The counted deadline for complaint, for letters that have one."""
    decision = opened.case.decision
    if kind != Kind.AFGOERELSE or not decision or not decision.date:
        return None
    from docgen.deadline import complaint_deadline

    citizen = opened.case.citizen
    return complaint_deadline(decision.date, (citizen.channel if citizen else None) or "papir")


def changes(before: str, after: str) -> list[Change]:
    """What a new draft says that the last one did not, and the other way round; unchanged lines are left out."""
    made = []
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line.startswith("+ "):
            made.append(Change("ny", line[2:]))
        elif line.startswith("- "):
            made.append(Change("fjernet", line[2:]))
    return made


@router.post("/sager/{case_id}/kladde/{kind}/word")
async def take_word(request: Request, case_id: str, kind: str) -> Response:
    """The Word file; its text is kept beside the case, so that the next draft can be compared with it."""
    await form(request)
    return await run_in_threadpool(_take_word, request, case_id, kind)


def _take_word(request: Request, case_id: str, kind: str) -> Response:
    house = house_of(request)
    draft = house.drafting.draft(house.store.open(case_id).case, kind)
    house.store.kept(case_id).keep_draft(kind, text_view(read(draft.docx).document))
    return download(draft.docx, f"{draft.kind}.docx", DOCX)


@router.get("/sager/{case_id}/kladde/{kind}/manifest.json")
def take_manifest(request: Request, case_id: str, kind: str) -> Response:
    house = house_of(request)
    draft = house.drafting.draft(house.store.open(case_id).case, kind)
    return download((json.dumps(draft.manifest, ensure_ascii=False, indent=2) + "\n").encode(), f"{draft.kind}.manifest.json", "application/json")
