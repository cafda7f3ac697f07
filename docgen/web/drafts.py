"""The draft of a case: what is missing, the text to read, the law it rests on, the deadline, the Word file."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
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
    """A line of the text that has changed since a draft was last taken out: pieces of it, each ny | fjernet | ens."""

    what: str  # ny | fjernet | ændret
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Marked:
    """A gap or a citation in the preview: `address` leads to the field that fills a gap."""

    what: str  # hul | lov
    address: str | None = None


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
    text = text_view(document)
    last = house.store.kept(case_id).last_draft(kind)
    return page(
        "kladde.html", request, **known, draft=draft, gaps=[(gap, place_of(gap.path, case_id)) for gap in draft.gaps],
        blocks=blocks(document.passages, marked(house, document, draft, case_id)), law=law_rows(house, draft), deadline=deadline(house, opened, kind),
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
    """What a new draft says that the last one did not, and the other way round, word by word; unchanged lines are left out."""
    old, new = before.splitlines(), after.splitlines()
    made = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        both = min(j - i, m - k) if what == "replace" else 0
        made += [Change("ændret", tuple(pieces(old[i + n], new[k + n]))) for n in range(both)]
        made += [Change("fjernet", (("fjernet", line),)) for line in old[i + both:j]]
        made += [Change("ny", (("ny", line),)) for line in new[k + both:m]]
    return made


def pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Two lines as one: what is the same, what is gone, what is new, in whole words."""
    before, after = re.findall(r"\s*\S+", old), re.findall(r"\s*\S+", new)
    for what, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield "ens", "".join(before[i:j])
            continue
        if j > i:
            yield "fjernet", "".join(before[i:j])
        if m > k:
            yield "ny", "".join(after[k:m])


def marked(house: House, document: Any, draft: Draft, case_id: str) -> list[tuple[int, int, Marked]]:
    """The gaps and the citations of a draft's text, with their places."""
    addresses = {ui.text("mangler", label=gap.label): place_of(gap.path, case_id) for gap in draft.gaps}
    spans = [(found.start, found.end, Marked("lov")) for found in house.content.law.find(document.text)]
    for words, address in addresses.items():
        spans += [(m.start(), m.end(), Marked("hul", address)) for m in re.finditer(re.escape(words), document.text)]
    return spans


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
