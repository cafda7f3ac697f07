"""Rows of reviews as text, JSON, SARIF, JUnit, HTML and CSV, and their totals.

Without `quotes` a report holds rules, places and counts, and not a word of the letters: no excerpt, sentence, heading,
reason or message that quotes. File names stay, as nobody could find the letter without them.
"""

from __future__ import annotations

import csv
import html
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePath
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from docgen import ui
from docgen.reviewer import PlacedFinding, Review, Unread
from nlp.model import Severity

VERSION = "0.1.0"
LABELS = {Severity.FEJL: "Fejl", Severity.ADVARSEL: "Advarsel", Severity.FORSLAG: "Forslag"}
PARTS = {"body": "brødtekst", "table": "tabel", "header": "sidehoved", "footer": "sidefod", "textbox": "tekstfelt",
         "footnote": "fodnote", "endnote": "slutnote", "control": "felt", "comment": "kommentar"}
SARIF_LEVELS = {Severity.FEJL: "error", Severity.ADVARSEL: "warning", Severity.FORSLAG: "note"}
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class Report:
    rows: tuple[Review | Unread, ...]
    rules: Mapping[str, Any]  # id -> rule
    quotes: bool = True
    fail_on: Severity | None = Severity.FEJL
    with_baseline: bool = False

    @property
    def reviews(self) -> list[Review]:
        return [row for row in self.rows if isinstance(row, Review)]

    @property
    def unread(self) -> list[Unread]:
        return [row for row in self.rows if isinstance(row, Unread)]

    @property
    def fails(self) -> bool:
        """Whether a finding is at or above `fail_on`."""
        return self.fail_on is not None and any(
            f.severity.rank >= self.fail_on.rank for r in self.reviews for f in r.findings)

    def message(self, finding: PlacedFinding) -> str:
        return finding.message if self.quotes else finding.general

    def advice(self, finding: PlacedFinding) -> str:
        return finding.advice if self.quotes else finding.general_advice

    def counts(self) -> Counter[Severity]:
        return Counter(f.severity for r in self.reviews for f in r.findings)


def place(finding: PlacedFinding, quotes: bool = True) -> str:
    """`tabel, afsnit 12, under »Begrundelse«`, or that the whole document is meant."""
    where = finding.location
    if where.paragraph is None:
        return "hele dokumentet"
    under = f", under »{where.heading}«" if where.heading and quotes else ""
    return f"{PARTS.get(where.part, where.part)}, afsnit {where.paragraph}{under}"


# --- Text --------------------------------------------------------------------------------------------------------------


def as_text(report: Report) -> str:
    out: list[str] = []
    for row in report.rows:
        out.append(row.path)
        if isinstance(row, Unread):
            out += [f"  IKKE LÆST: {row.message}", ""]
            continue
        heading = ""
        for finding in row.findings:
            group = group_of(finding)
            if report.quotes and group != heading:
                out.append(f"  {group}")
                heading = group
            out += text_of(finding, report)
        if not row.findings:
            out.append("  Ingen fund.")
        out.append(f"  {row.coverage.sentence()}")
        if row.dismissed:
            out.append(f"  Afvist med begrundelse: {len(row.dismissed)}.")
        out.append("")
    out.append(summary(report))
    return "\n".join(out) + "\n"


def group_of(finding: PlacedFinding) -> str:
    """The heading a finding stands under, or the part of the document outside the headings' reach."""
    where = finding.location
    if where.paragraph is None:
        return "Hele dokumentet"
    if where.heading:
        return where.heading
    return "Før første overskrift" if where.part in ("body", "table", "control") else PARTS[where.part].capitalize()


def text_of(finding: PlacedFinding, report: Report) -> list[str]:
    doubt = " (i tvivl)" if finding.certainty == "tvivl" else ""
    lines = [f"    {LABELS[finding.severity]}{doubt}: {report.message(finding)}  [{finding.rule} {finding.name}]"]
    if report.quotes and finding.sentence:
        lines.append(f"      »{marked(finding)}«")
    if finding.location.paragraph is not None:
        lines.append(f"      Sted: {place(finding, False)}")
    if report.advice(finding):
        lines.append(f"      {report.advice(finding)}")
    return lines


def marked(finding: PlacedFinding, limit: int = 240) -> str:
    """The sentence on one line, shortened around the words that are meant."""
    sentence = " ".join((finding.sentence or "").split())
    if len(sentence) <= limit:
        return sentence
    words = " ".join((finding.text or "").split())
    at = max(sentence.find(words), 0)
    start = max(0, at - limit // 3)
    return ("…" if start else "") + sentence[start:start + limit].strip() + "…"


def summary(report: Report) -> str:
    counts = report.counts()
    words = {Severity.FEJL: ("fejl", "fejl"), Severity.ADVARSEL: ("advarsel", "advarsler"), Severity.FORSLAG: ("forslag", "forslag")}
    found = ", ".join(f"{counts[s]} {words[s][counts[s] != 1]}" for s in reversed(Severity))
    files_read = f"{len(report.reviews)} {'fil' if len(report.reviews) == 1 else 'filer'} læst"
    not_read = f", {len(report.unread)} IKKE læst" if report.unread else ""
    return f"{files_read}{not_read}: {found}."


def statistics(report: Report) -> str:
    """Findings, letters and dismissals for each rule, most frequent first."""
    found = Counter(f.rule for r in report.reviews for f in r.findings)
    letters = Counter(rule for r in report.reviews for rule in {f.rule for f in r.findings})
    dismissed = Counter(d.finding.rule for r in report.reviews for d in r.dismissed)
    out = [f"{'Fund':>6} {'Breve':>6} {'Afvist':>6}  Regel"]
    for rule in sorted({*found, *dismissed}, key=lambda rule: (-found[rule], rule)):
        named = report.rules.get(rule)
        out.append(f"{found[rule]:>6} {letters[rule]:>6} {dismissed[rule]:>6}  {rule} {named.name if named else ''}".rstrip())
    return "\n".join([*out, "", summary(report)]) + "\n"


# --- JSON --------------------------------------------------------------------------------------------------------------


def as_dict(report: Report) -> dict[str, Any]:
    """As in the contract; docgen/lint.schema.json describes it."""
    return {"version": 1, "files": [file_json(row, report) for row in report.rows]}


def as_json(report: Report) -> str:
    return json.dumps(as_dict(report), ensure_ascii=False, indent=2) + "\n"


def file_json(row: Review | Unread, report: Report) -> dict[str, Any]:
    if isinstance(row, Unread):
        return {"path": row.path, "kind": None, "scheme": None, "outcome": None, "coverage": None, "findings": [],
                "error": {"code": row.code, "message": row.message}}
    return {
        "path": row.path, "kind": row.kind, "scheme": row.scheme, "outcome": row.outcome, "coverage": row.coverage.as_json(),
        "findings": [finding_json(f, report) for f in row.findings],
        "dismissed": [{"rule": d.finding.rule, "fingerprint": d.finding.fingerprint, "origin": d.origin,
                       "reason": d.reason if report.quotes else None} for d in row.dismissed],
    }


def finding_json(finding: PlacedFinding, report: Report) -> dict[str, Any]:
    where = finding.location
    return {
        "rule": finding.rule, "name": finding.name, "category": finding.category, "severity": str(finding.severity),
        "message": report.message(finding), "advice": report.advice(finding), "source": finding.source,
        "excerpt": finding.text if report.quotes else None,
        "location": {"part": where.part, "paragraph": where.paragraph, "heading": where.heading if report.quotes else None,
                     "start": where.start, "end": where.end},
        "fingerprint": finding.fingerprint, "certainty": finding.certainty,
    }


def schema() -> str:
    """The JSON Schema of the JSON report."""
    return files("docgen").joinpath("lint.schema.json").read_text("utf-8")


# --- SARIF 2.1.0 ---------------------------------------------------------------------------------------------------


def as_sarif(report: Report) -> str:
    used = sorted({f.rule for r in report.reviews for f in [*r.findings, *(d.finding for d in r.dismissed)]})
    index = {rule: number for number, rule in enumerate(used)}
    results = [result for review in report.reviews for result in sarif_results(review, index, report)]
    notices = [
        {"level": "error", "message": {"text": row.message}, "descriptor": {"id": row.code},
         "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(row.path)}}}]}
        for row in report.unread
    ] + [
        {"level": "warning", "message": {"text": review.coverage.sentence()},
         "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(review.path)}}}]}
        for review in report.reviews if not review.coverage.complete
    ]
    run = {
        "tool": {"driver": {"name": "docgen", "version": VERSION, "language": "da", "rules": [sarif_rule(r, report.rules) for r in used]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not report.unread, "toolExecutionNotifications": notices}],
        "artifacts": [{"location": {"uri": uri(row.path)}} for row in report.rows],
        "results": results,
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def uri(path: str) -> str:
    """A relative or absolute path as a URI reference."""
    posix = PurePath(path).as_posix()
    return "file://" + quote(posix) if posix.startswith("/") else quote(posix)


def sarif_rule(rule_id: str, rules: Mapping[str, Any]) -> dict[str, Any]:
    rule = rules[rule_id]
    return {
        "id": rule.id, "name": rule.name, "shortDescription": {"text": rule.name.replace("-", " ").capitalize() + "."},
        "fullDescription": {"text": rule.why.strip()}, "help": {"text": rule.advice},
        "defaultConfiguration": {"level": SARIF_LEVELS[Severity(rule.severity)]},
        "properties": {"category": rule.category, "source": list(rule.source)},
    }


def sarif_results(review: Review, index: Mapping[str, int], report: Report) -> Iterable[dict[str, Any]]:
    rows = [(f, None) for f in review.findings] + [(d.finding, d) for d in review.dismissed]
    for finding, dismissed in rows:
        where = finding.location
        logical = {"kind": "element", "fullyQualifiedName": where.part if where.paragraph is None else f"{where.part}/{where.paragraph}"}
        if where.heading and report.quotes:
            logical["decoratedName"] = f"{where.heading} / afsnit {where.paragraph}"
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(review.path)}}
        if finding.text is not None and not review.path.lower().endswith(".docx"):
            physical["region"] = {"charOffset": finding.start, "charLength": finding.end - finding.start}
            if report.quotes:
                physical["region"]["snippet"] = {"text": finding.text}
        result: dict[str, Any] = {
            "ruleId": finding.rule, "ruleIndex": index[finding.rule], "level": SARIF_LEVELS[finding.severity],
            "message": {"text": report.message(finding)},
            "locations": [{"physicalLocation": physical, "logicalLocations": [logical]}],
            "partialFingerprints": {"docgenRuleAndSentence/v1": finding.fingerprint},
        }
        if dismissed is not None:
            suppression = {"kind": "inSource" if dismissed.origin == "kommentar" else "external", "status": "accepted"}
            if report.quotes:
                suppression["justification"] = dismissed.reason
            result["suppressions"] = [suppression]
        if report.with_baseline:
            result["baselineState"] = "unchanged" if dismissed is not None and dismissed.origin == "baseline" else "new"
        yield result


# --- JUnit ----------------------------------------------------------------------------------------------------------


def as_junit(report: Report) -> str:
    """A suite for each file and a case for each rule that spoke; findings below `fail_on` are told but pass."""
    suites = ElementTree.Element("testsuites", name="docgen lint")
    for row in report.rows:
        suite = ElementTree.SubElement(suites, "testsuite", name=clean(row.path))
        tests = failures = errors = 0
        if isinstance(row, Unread):
            case = ElementTree.SubElement(suite, "testcase", name="læsning", classname=clean(row.path))
            ElementTree.SubElement(case, "error", type=row.code, message=clean(row.message))
            tests, errors = 1, 1
        else:
            for rule, findings in grouped(row.findings).items():
                case = ElementTree.SubElement(suite, "testcase", name=f"{rule} {findings[0].name}", classname=clean(row.path))
                body = "\n".join(f"{place(f, report.quotes)}: {report.message(f)}" for f in findings)
                failing = report.fail_on is not None and any(f.severity.rank >= report.fail_on.rank for f in findings)
                tests += 1
                failures += failing
                if failing:
                    failure = ElementTree.SubElement(case, "failure", type=str(findings[0].severity), message=clean(report.message(findings[0])))
                    failure.text = clean(body)
                else:
                    ElementTree.SubElement(case, "system-out").text = clean(body)
            if not row.findings:
                tests = 1
                ElementTree.SubElement(suite, "testcase", name="ingen fund", classname=clean(row.path))
        for key, number in (("tests", tests), ("failures", failures), ("errors", errors)):
            suite.set(key, str(number))
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def grouped(findings: Iterable[PlacedFinding]) -> dict[str, list[PlacedFinding]]:
    groups: dict[str, list[PlacedFinding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return groups


def clean(text: str) -> str:
    """Without the control characters that XML forbids."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000 and c not in "\ufffe\uffff"))


# --- CSV and HTML --------------------------------------------------------------------------------------------------

COLUMNS = ("Fil", "Grad", "Regel", "Navn", "Kategori", "Sted", "Fund", "Råd", "Sætning", "Kilde")


def table_rows(report: Report) -> Iterable[tuple[str, ...]]:
    for row in report.rows:
        if isinstance(row, Unread):
            yield row.path, "Ikke læst", row.code, "", "", "", row.message, "", "", ""
            continue
        for f in row.findings:
            sentence = marked(f) if report.quotes and f.sentence else ""
            yield (row.path, LABELS[f.severity], f.rule, f.name, ui.name(f.category), place(f, report.quotes), report.message(f),
                   report.advice(f), sentence, f.source)


def as_csv(report: Report) -> str:
    """For a spreadsheet in Danish: semicolons, and a byte order mark so that æ, ø and å are read right."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in table_rows(report):
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row])
    return "\ufeff" + out.getvalue()


def as_html(report: Report) -> str:
    """One page with nothing fetched from elsewhere; works without a mouse and with a screen reader."""
    page = files("docgen").joinpath("report.html").read_text("utf-8")
    severities = Counter(f.severity for r in report.reviews for f in r.findings)
    columns = [number for number, name in enumerate(COLUMNS) if report.quotes or name != "Sætning"]
    folder = common_folder(row.path for row in report.rows)
    coverage = "\n".join(
        f"<li><b>{html.escape(row.path[len(folder):])}</b>: "
        f"{html.escape(row.coverage.sentence() if isinstance(row, Review) else 'Ikke læst. ' + row.message)}</li>"
        for row in report.rows
    )
    filled = {
        "{{sammenfatning}}": html.escape(summary(report)),
        "{{raekker}}": "\n".join(html_row([row[n] for n in columns], row[1], len(folder)) for row in table_rows(report)),
        "{{daekning}}": coverage,
        "{{kolonner}}": "".join(
            f'<th scope="col"><button type="button">{COLUMNS[n]}<span aria-hidden="true"></span></button></th>' for n in columns),
        "{{grader}}": "".join(f"<option>{LABELS[s]}</option>" for s in reversed(Severity) if severities[s])
        + ("<option>Ikke læst</option>" if report.unread else ""),
    }
    for key, value in filled.items():
        page = page.replace(key, value, 1)
    return page


def common_folder(paths: Iterable[str]) -> str:
    """The folder that all paths share, with its last slash; empty for one file or none."""
    parents = [PurePath(path).parent for path in paths]
    if len(parents) < 2:
        return ""
    shared = parents[0]
    while any(shared != parent and shared not in parent.parents for parent in parents):
        shared = shared.parent
    return "" if str(shared) == "." else f"{str(shared).rstrip('/')}/"


def html_row(cells: list[str], grade: str, folder: int) -> str:
    rank = {"Ikke læst": 3, "Fejl": 2, "Advarsel": 1, "Forslag": 0}[grade]
    body = f'<td data-order="{3 - rank}"><span class="grad g{rank}">{html.escape(grade)}</span></td>'
    body += "".join(f"<td>{html.escape(cell)}</td>" for cell in cells[2:])
    return f'<tr data-grad="{html.escape(grade)}"><th scope="row">{html.escape(cells[0][folder:])}</th>{body}</tr>'


FORMATS = {"text": as_text, "json": as_json, "sarif": as_sarif, "junit": as_junit, "html": as_html, "csv": as_csv}
