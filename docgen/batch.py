"""Many drafts: goes on past a bad row, can be stopped and resumed without losing or doubling a draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from docgen.casefile import Row, read_many, to_json
from docgen.draft import Drafting
from docgen.errors import DocgenError, FileError, Problem, at
from docgen.files import inside, safe_name, write

JOURNAL = "sagsklar-batch.jsonl"


@dataclass(frozen=True)
class Outcome:
    """What became of one row. `status`: lavet | uændret | fejl. Holds no personal data but the case number in `file`."""

    row: str
    status: str
    file: str | None = None
    gaps: int = 0
    error: str | None = None
    key: str | None = None  # hash of case, template and texts: the same key need not be made again


def run(
    kind: str, source: Path, folder: Path, drafting: Drafting, overwrite: bool = False,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Drafts for every case in `source` into `folder`, in order. A journal in the folder makes a second run resume."""
    drafting.kind(kind)
    rows = read_many(source)
    rows = chain([row] if (row := next(rows, None)) else [], rows)  # an unreadable source is told before a folder is made
    folder.mkdir(parents=True, exist_ok=True)
    done = {o.key: o for o in _journal(folder / JOURNAL) if o.status == "lavet" and o.file and (folder / o.file).is_file()}
    taken = {o.file: o.row for o in done.values()}  # a row keeps its file name when its case has changed
    content_key = _content_key(drafting, kind)
    outcomes = []
    try:
        with (folder / JOURNAL).open("a", encoding="utf-8") as journal:
            for row in rows:
                outcome = _one(row, kind, folder, drafting, overwrite, done, taken, content_key)
                if outcome.status != "uændret":
                    journal.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
                    journal.flush()
                outcomes.append(outcome)
                progress(outcome)
    except OSError as e:
        raise FileError(Problem("Mappen kan ikke skrives i.", at(folder), f"Systemet siger: {e.strerror}.")) from None
    return outcomes


def _one(
    row: Row, kind: str, folder: Path, drafting: Drafting, overwrite: bool, done: dict, taken: dict, content_key: str
) -> Outcome:
    if row.case is None:
        return Outcome(row.name, "fejl", error=str(row.error))
    key = hashlib.sha256(f"{content_key}\n{row.name}\n{to_json(row.case)}".encode()).hexdigest()
    if key in done and not overwrite:
        earlier = done[key]
        return Outcome(row.name, "uændret", earlier.file, earlier.gaps, key=key)
    try:
        draft = drafting.draft(row.case, kind)
        name = _name(kind, row, taken)
        write(inside(folder, name), draft.docx, overwrite=overwrite)
    except DocgenError as e:
        return Outcome(row.name, "fejl", error=str(e))
    taken[name] = row.name
    outcome = Outcome(row.name, "lavet", name, len(draft.gaps), key=key)
    done[key] = outcome
    return outcome


def _name(kind: str, row: Row, taken: dict) -> str:
    """`afgoerelse_24-1234.docx`; another row with the same number gets -2."""
    stem = f"{kind}_{safe_name((row.case.case_number if row.case else None) or row.name)}"
    name, number = f"{stem}.docx", 1
    while taken.get(name, row.name) != row.name:
        number += 1
        name = f"{stem}-{number}.docx"
    return name


def _content_key(drafting: Drafting, kind: str) -> str:
    digest = hashlib.sha256(drafting.template(kind).sha256.encode())
    for origin in drafting.content.origins():
        if origin.path.is_file():
            digest.update(origin.path.read_bytes())
    return digest.hexdigest()


def _journal(path: Path) -> Iterator[Outcome]:
    if not path.is_file():
        return
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            yield Outcome(**json.loads(line))
        except (ValueError, TypeError):
            continue  # the line that was being written when the run was stopped
