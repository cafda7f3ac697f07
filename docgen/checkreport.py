"""The checklists of many cases -> totals to read, a list to work from (a row for each case and demand), and counts without
personal data, as text, JSON, CSV and HTML."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docgen import disclosure
from docgen.casefile import Row, read_many
from docgen.checklist import GROUPS, LABELS, PRINCIPLE, Answer, Checklist, check
from docgen.content import Content

ORDER = (Answer.NOT_MET, Answer.CANNOT_TELL, Answer.MET)
WORK_COLUMNS = ("Sag", "Del", "Krav", "Svar", "Hent", "Grundlag")
COUNT_COLUMNS = ("Del", "Krav", "Spurgt i sager", *(LABELS[answer].capitalize() for answer in ORDER))
UNREAD = "Sagen kunne ikke læses"


@dataclass(frozen=True)
class Listed:
    """A row of many cases: its checklist, or why the case could not be read."""

    row: Row
    checklist: Checklist | None


def check_many(path: Path, scheme: str, *, content: Content | None = None, track: str | None = None, on: datetime.date | None = None) -> Iterator[Listed]:
    """A folder, a CSV or a JSON Lines file of cases, one by one."""
    content = content or Content.find()
    for row in read_many(path):
        yield Listed(row, check(row.case, scheme, content=content, track=track, on=on) if row.case is not None else None)


@dataclass(frozen=True, slots=True)
class Tally:
    """One demand over many cases: in how many it has each answer."""

    group: str
    key: str
    text: str
    counts: dict[Answer, int]

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def told(self) -> tuple[str, ...]:
        """The counts in ORDER, with disclosure control."""
        return disclosure.told_row([self.counts[answer] for answer in ORDER])


def tallies(checklists: Iterable[Checklist]) -> list[Tally]:
    """Every demand, the one that most often is not met first; the order tells no more than the told counts do."""
    found: dict[tuple[str, str], Tally] = {}
    for checklist in checklists:
        for item in checklist.items:
            tally = found.setdefault((item.group, item.key), Tally(item.group, item.key, item.text, dict.fromkeys(Answer, 0)))
            tally.counts[item.answer] += 1
    return sorted(found.values(), key=lambda t: ([-int(n) if n.isdigit() else -1 for n in t.told], t.text))


def work_rows(named: Iterable[tuple[str, Checklist | None]]) -> Iterable[tuple[str, ...]]:
    """A row for each demand of each (name of a case, its checklist; None: could not be read). Reasons are left out: they
    tell of the citizen."""
    for name, checklist in named:
        if checklist is None:
            yield name, "", "", UNREAD, "", ""
            continue
        for item in checklist.items:
            fetch = item.fetch if item.answer is not Answer.MET else ""
            basis = item.basis if item.confirmed else f"{item.basis} (ubekræftet)"
            yield name, GROUPS[item.group], item.text, LABELS[item.answer], fetch, basis


def count_rows(checklists: Sequence[Checklist]) -> Iterable[tuple[str, ...]]:
    for tally in tallies(checklists) if not disclosure.small(len(checklists)) else ():
        yield GROUPS[tally.group], tally.text, disclosure.told(tally.asked), *tally.told


def summary(checklists: Sequence[Checklist], unread: int) -> str:
    """How many cases, and in how many all is met."""
    if disclosure.small(len(checklists)):
        return f"Færre end {disclosure.SMALL} sager er læst. Tal for så få kan pege på enkelte personer og vises ikke."
    complete = sum(checklist.complete for checklist in checklists)
    met, rest = disclosure.told_row([complete, len(checklists) - complete])
    return (
        f"{disclosure.told(len(checklists))} sager er læst: {met} med alt opfyldt, {rest} hvor noget ikke er opfyldt eller ikke kan afgøres. "
        f"{disclosure.told(unread)} kunne ikke læses."
    )


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """For a spreadsheet in Danish: semicolons, a byte order mark, and no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in row])
    return "\ufeff" + out.getvalue()


def as_html(title: str, lead: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One page that stands alone: no network, no script."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return (
        '<!doctype html>\n<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>body{{font:16px/1.5 sans-serif;margin:2rem;max-width:75rem}}"
        "table{border-collapse:collapse;width:100%}td,th{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}"
        f"th{{background:#f0f0f0}}</style></head><body><h1>{escape(title)}</h1>"
        + "".join(f"<p>{escape(line)}</p>" for line in lead)
        + f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></body></html>\n"
    )


def overview(rows: list[Listed]) -> str:
    """A table over many cases, and how often each demand is not met: file names and counts, nothing of a case."""
    width = max([len(r.row.name) for r in rows] + [3])
    lines = [f"{'Sag':<{width}}  opfyldt  ikke opfyldt  kan ikke afgøres"]
    missing: dict[str, list[int]] = {}
    for listed in rows:
        if listed.checklist is None:
            lines.append(f"{listed.row.name:<{width}}  kunne ikke læses")
            continue
        met, not_met, unknown = (listed.checklist.count(a) for a in Answer)
        lines.append(f"{listed.row.name:<{width}}  {met:>7}  {not_met:>12}  {unknown:>16}")
        for item in listed.checklist.items:
            counts = missing.setdefault(item.text, [0, 0])
            counts[0] += item.answer is Answer.NOT_MET
            counts[1] += item.answer is Answer.CANNOT_TELL
    read = [r.checklist for r in rows if r.checklist]
    lines += ["", f"{len(read)} sager læst, {sum(c.complete for c in read)} med alt opfyldt, {len(rows) - len(read)} kunne ikke læses.", ""]
    lines.append("Ikke opfyldt / kan ikke afgøres, antal sager:")
    for text, (not_met, unknown) in sorted(missing.items(), key=lambda entry: (-sum(entry[1]), entry[0])):
        if not_met or unknown:
            lines.append(f"  {not_met:>4} / {unknown:<4} {text}")
    return "\n".join(lines) + "\n"


def overview_json(rows: list[Listed]) -> dict[str, Any]:
    return {
        "version": 1,
        "cases": [
            {"row": r.row.name, "counts": {a.value: r.checklist.count(a) for a in Answer} if r.checklist else None,
             "complete": r.checklist.complete if r.checklist else None,
             "open": [i.key for i in r.checklist.items if i.answer is not Answer.MET] if r.checklist else None}
            for r in rows
        ],
    }


def report(rows: Sequence[Listed], form: str, statistics: bool = False) -> str:
    """Many cases in one of the forms text, json, csv, html; with `statistics` only counts without personal data."""
    if form == "text":
        return overview(list(rows))
    if form == "json":
        return json.dumps(overview_json(list(rows)), ensure_ascii=False, indent=2) + "\n"
    read = [row.checklist for row in rows if row.checklist]
    columns, cells = (COUNT_COLUMNS, count_rows(read)) if statistics else (WORK_COLUMNS, work_rows((row.row.name, row.checklist) for row in rows))
    if form == "csv":
        return as_csv(columns, cells)
    lead = [PRINCIPLE, summary(read, len(rows) - len(read)), *([disclosure.WHY] if statistics else [])]
    return as_html("Tjekliste over mange sager", lead, columns, cells)
