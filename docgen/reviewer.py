"""A document under review: read, checked by every rule, each finding placed, and what people have dismissed kept apart."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import nlp
from docgen import dismissals as no
from docgen.content import Content
from docgen.dismissals import Dismissal
from docgen.errors import Problem, UsageError
from docgen.model import Case, Kind, Outcome, Scheme
from docgen.word.comments import read_comments
from docgen.word.coverage import Coverage
from docgen.word.document import ReadDocument
from docgen.word.package import read_file
from docgen.word.properties import properties
from docgen.word.read import read, read_bytes
from nlp.model import Document, Facts, Finding

UNREASONED, STALE = "DOK126", "DOK127"


@dataclass(frozen=True, slots=True)
class Location:
    """Where people find it: `paragraph` counts from 1, `start` and `end` are characters within it. None: the whole document."""

    part: str
    paragraph: int | None = None
    heading: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedFinding(Finding):
    """A finding with its place, its sentence and a fingerprint that survives edits elsewhere.

    `general` and `general_advice` are message and advice without a word of the text, for reports that go beyond the case.
    """

    location: Location = Location("body")
    sentence: str | None = None
    fingerprint: str = ""
    general: str = ""
    general_advice: str = ""


@dataclass(frozen=True, slots=True)
class Dismissed:
    finding: PlacedFinding
    reason: str
    origin: str  # kommentar | baseline


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in one document. Immutable; holds no XML, so it can cross processes."""

    path: str
    findings: tuple[PlacedFinding, ...]
    coverage: Coverage
    kind: str | None = None
    scheme: str | None = None
    outcome: str | None = None
    dismissed: tuple[Dismissed, ...] = ()
    used: frozenset[tuple[str, str]] = frozenset()  # (rule, key) of the baseline's dismissals that fitted
    digest: str = ""  # of the file's bytes: comments are only written into the very file that was reviewed


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be reviewed: a row in a report, never "no findings"."""

    path: str
    code: str
    message: str


class Reviewer:
    """The rules of one content, ready to review any number of documents."""

    def __init__(self, content: Content | None = None, *, select: Iterable[str] = (), ignore: Iterable[str] = (),
                 baseline: Iterable[Dismissal] = ()):
        self.content = content or Content.find()
        self.linter = self.content.linter
        self.rules = {rule.id: rule for rule in self.linter.rulebook}
        wanted = no.selectors(select, self.rules.values()) if select else set(self.rules)
        self.silent = (set(self.rules) - wanted) | no.selectors(ignore, self.rules.values())
        self.baseline = tuple(baseline)

    def review(self, source: str | Path | bytes, *, label: str | None = None, case: Case | None = None, **facts: Any) -> Review:
        """Reviews a path, or the bytes of a .docx. `facts` are fields of nlp.model.Facts. Raises FileError, UsageError.

        With a `case` the document is also held against it, and facts that nobody gave are the case's.
        """
        name = file_name(source, label)
        if isinstance(source, bytes):
            return self.review_read(read(source, name), source, name, name, facts, case)
        raw = read_file(Path(source))  # read once: what is commented later is what was reviewed
        return self.review_read(read_bytes(raw, name), raw, str(label or source), name, facts, case)

    def review_read(
        self, document: ReadDocument, raw: bytes, path: str, name: str, facts: Mapping[str, Any], case: Case | None = None
    ) -> Review:
        """As `review`, of a document already read; `name` is what dismissals for one file go by."""
        text = masked(document.document)
        given = from_case(case) | {fact: value for fact, value in facts.items() if value is not None}
        known, told = self.linter.told(text, self.facts(document, given))
        found = self.linter.review(text, known, {"word": document, "content": self.content, "case": case, "told": told})
        placed = _Placing(document, self.rules).place(f for f in found if f.rule not in self.silent)
        comments = read_comments(document.package) if document.package else ()
        answered = no.from_comments(comments)
        active, dismissed, own = self.settle(document, placed, answered, name)
        findings = sorted(active + own, key=lambda f: (f.start, f.end, f.rule))
        return Review(
            path, tuple(findings), self._covered(document.coverage, known), known.kind, known.scheme,
            known.outcome, tuple(dismissed), frozenset((d.rule, d.key) for d in self.baseline if any(
                d.key == no.key_of(x.finding.fingerprint) and x.finding.rule == d.rule for x in dismissed)),
            digest_of(raw),
        )

    def _covered(self, coverage: Coverage, known: Facts) -> Coverage:
        """What was read, and that the rules for one kind of document did not run where the kind is not known."""
        if known.kind is not None:
            return coverage
        silent = sum(bool(rule.applies_to.kinds) for rule in self.rules.values())
        note = f"dokumenttypen er ikke oplyst, så {silent} regler om bestemte dokumenter er ikke kørt (--kind)"
        return replace(coverage, notes=(*coverage.notes, note))

    def facts(self, document: ReadDocument, given: Mapping[str, Any]) -> Facts:
        """What the caller says, and what a draft of ours says of itself where the caller says nothing."""
        known = {key: value for key, value in given.items() if value is not None}
        unknown = set(known) - {field.name for field in fields(Facts)}
        if unknown:
            raise UsageError(f"Ukendt oplysning: {', '.join(sorted(unknown))}.")
        if document.package is not None:
            own = properties(document.package)
            for fact, name in (
                ("kind", "dokumenttype"), ("scheme", "ordning"), ("outcome", "udfald"), ("track", "spor"), ("decision_date", "dato"),
                ("granted", "bevilget"),
            ):
                if own.get(name):
                    known.setdefault(fact, own[name])
        for name, values in (("kind", Kind), ("scheme", Scheme), ("outcome", Outcome)):
            if name in known and str(known[name]) not in [v.value for v in values]:
                if name in given and given[name] is not None:
                    raise UsageError(Problem(f"»{known[name]}« kendes ikke.", None, f"Vælg en af: {', '.join(values)}."))
                del known[name]
            elif name in known:
                known[name] = str(known[name])
        for name in ("decision_date", "granted", "case_started"):
            if isinstance(date := known.get(name), str):
                try:
                    known[name] = datetime.date.fromisoformat(date)
                except ValueError:
                    if given.get(name) is not None:
                        raise UsageError(Problem(f"»{date}« er ingen dato.", None, "Skriv den som 2026-11-22.")) from None
                    del known[name]
        known.setdefault("freshness_months", self.content.municipality.limits.medical_freshness_months)
        return Facts(**known)

    def settle(
        self, document: ReadDocument, placed: list[PlacedFinding], answered: list[Dismissal], name: str
    ) -> tuple[list[PlacedFinding], list[Dismissed], list[PlacedFinding]]:
        """(findings that stand, dismissed ones, findings about the dismissals themselves)."""
        here = no.file_key(name)
        baseline = [d for d in self.baseline if d.file in (None, here)]
        accepted: dict[tuple[str, str], Dismissal] = {}
        for dismissal in [*baseline, *answered]:
            if dismissal.reasoned:
                accepted.setdefault((dismissal.rule, dismissal.key), dismissal)
        active: list[PlacedFinding] = []
        dismissed: list[Dismissed] = []
        for finding in placed:
            fits = accepted.get((finding.rule, no.key_of(finding.fingerprint)))
            if fits is not None and finding.text is None and fits.origin == "baseline" and fits.file != here:
                fits = None  # something absent is dismissed for one file only
            if fits is None:
                active.append(finding)
            else:
                dismissed.append(Dismissed(finding, fits.reason, fits.origin))
        standing = {(f.rule, no.key_of(f.fingerprint)) for f in placed}
        own: list[PlacedFinding] = []
        for dismissal in [*[d for d in baseline if d.file == here], *answered]:
            fits_something = (dismissal.rule, dismissal.key) in standing or dismissal.rule in self.silent
            start, end = document.comment_ranges.get(dismissal.comment or "", (0, 0))
            if not fits_something:
                own += self.about(STALE, document, start, end, dismissal)
            elif not dismissal.reasoned:
                own += self.about(UNREASONED, document, start, end, dismissal)
        return active, dismissed, own

    def about(self, rule_id: str, document: ReadDocument, start: int, end: int, dismissal: Dismissal) -> list[PlacedFinding]:
        """A finding about a dismissal, where its comment stands."""
        rule = self.rules.get(rule_id)
        if rule is None or rule_id in self.silent:
            return []
        text = document.document.text[start:end] or None
        finding = Finding(rule.id, rule.name, rule.category, rule.severity, rule.message, start, end if text else start, text,
                          rule.advice, "; ".join(rule.source))
        return _Placing(document, self.rules).place([finding], salt=f"{dismissal.rule} {dismissal.key}")

    @cached_property
    def stamp(self) -> str:
        """Which rules were in force: a hash for receipts."""
        return no.digest(*(f"{rule.id} {rule.message} {rule.severity}" for rule in self.linter.rulebook))


class _Placing:
    """Gives findings of one document their places, sentences and fingerprints."""

    def __init__(self, document: ReadDocument, rules: Mapping[str, Any]):
        self.document, self.rules = document.document, rules
        self.sentences: dict[int, list[tuple[int, int]]] = {}
        self.seen: dict[tuple[str, str], int] = {}

    def place(self, findings: Iterable[Finding], salt: str = "") -> list[PlacedFinding]:
        return [self.placed(finding, salt) for finding in findings]

    def placed(self, finding: Finding, salt: str) -> PlacedFinding:
        passage = None
        if finding.text is not None or finding.start > 0:
            passage = self.document.passage_at(finding.start)
        text = self.document.text[finding.start:finding.end] if finding.text is not None else None
        sentence = self.sentence(finding, passage) if text is not None and passage is not None else None
        if passage is None:
            location = Location("body")
        elif text is None:
            location = Location(passage.part, passage.index + 1, passage.heading)
        else:
            location = Location(passage.part, passage.index + 1, passage.heading,
                                finding.start - passage.start, min(finding.end, passage.end) - passage.start)
        key = no.sentence_key(finding.rule, salt or (sentence if sentence is not None else f"∅ {finding.message}"))
        count = self.seen[(finding.rule, key)] = self.seen.get((finding.rule, key), 0) + 1
        rule = self.rules.get(finding.rule)
        general = blanked(rule.message) if rule else finding.message
        advice = blanked(" ".join(x for x in (rule.advice, getattr(rule, "frame", "")) if x)) if rule else finding.advice
        common = {field.name: getattr(finding, field.name) for field in fields(Finding)}
        return PlacedFinding(**common | {
            "text": text, "passage": passage.index if passage else None, "location": location, "sentence": sentence,
            "fingerprint": key if count == 1 else f"{key}-{count}", "general": general, "general_advice": advice,
        })

    def sentence(self, finding: Finding, passage: Any) -> str:
        """The sentence the finding begins in, or the whole paragraph when it goes beyond one."""
        if passage.index not in self.sentences:
            self.sentences[passage.index] = nlp.sentences(passage.text)
        start, end = finding.start - passage.start, finding.end - passage.start
        for first, last in self.sentences[passage.index]:
            if first <= start < last:
                return passage.text[first:last] if end <= last else passage.text[first:max(last, min(end, len(passage.text)))]
        return passage.text


def from_case(case: Case | None) -> dict[str, Any]:
    """What a case says of a letter made in it, as fields of nlp.model.Facts."""
    if case is None:
        return {}
    decision, citizen = case.decision, case.citizen
    known: dict[str, Any] = {}
    if decision:
        known |= {
            "scheme": decision.scheme, "outcome": decision.outcome, "decision_date": decision.date, "track": decision.track.value,
            "case_started": decision.case_started, "granted": decision.granted_on,
        }
    if citizen:
        known |= {"citizen_cpr": citizen.cpr, "channel": citizen.channel}
        if decision and decision.date:
            known["citizen_age"] = citizen.age_on(decision.date)
    return {name: value for name, value in known.items() if value is not None}


def digest_of(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def blanked(template: str) -> str:
    """A rule's message without what it quotes."""
    return re.sub(r"\s+([.,;:])", r"\1", re.sub(r"»?\{[a-z_]+\}«?\.?", "…", template)).strip()


def masked(document: Document) -> Document:
    """Hidden text as blanks: it is told, but it is not judged, and it does not count as written. Offsets stay."""
    if not any(passage.hidden for passage in document.passages):
        return document
    text = list(document.text)
    passages = []
    for passage in document.passages:
        if passage.hidden:
            text[passage.start:passage.end] = " " * len(passage.text)
            passage = replace(passage, text=" " * len(passage.text))
        passages.append(passage)
    return Document("".join(text), tuple(passages))


def file_name(source: str | Path | bytes, label: str | None) -> str:
    return label or ("dokumentet" if isinstance(source, bytes) else Path(source).name)
