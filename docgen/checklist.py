"""A scheme's operational checklist for a case: each condition and each demand met, not met, or cannot tell, and on what.

It never decides. A condition is met where the caseworker has answered it and something in the case stands behind the
answer; whether a document is there, how old it is and who may sign are facts. All discretion stays with people.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from docgen import ui
from docgen.content import Content
from docgen.contentmodel import DocumentationDemand, StatutoryCondition
from docgen.dates import in_words
from docgen.draft import document_name, value_at
from docgen.errors import Problem, UsageError
from docgen.lawfile import State
from docgen.model import Case, CaseDocument, Decision, Outcome, Scheme, Track
from docgen.validate import did_you_mean

Date = datetime.date


class Answer(StrEnum):
    MET = "opfyldt"
    NOT_MET = "ikke_opfyldt"
    CANNOT_TELL = "kan_ikke_afgoeres"


LABELS = {Answer.MET: "opfyldt", Answer.NOT_MET: "ikke opfyldt", Answer.CANNOT_TELL: "kan ikke afgøres"}
GROUPS = {"betingelse": "Lovens betingelser", "dokumentation": "Dokumentation", "kompetence": "Hvem må afgøre"}
LETTERS = {
    "lae_125": "LÆ 125 (statusattest)", "lae_135": "LÆ 135 (specifik helbredsattest)", "lae_145": "LÆ 145 (generel helbredsattest)",
    "lae_265": "LÆ 265", "speciallaegeerklaering": "speciallægeerklæring", "ergoterapeutisk": "ergoterapeutisk vurdering",
}
PRINCIPLE = "Listen viser, hvad der står i sagen. Den afgør intet: skønnet er sagsbehandlerens."


@dataclass(frozen=True, slots=True)
class Item:
    group: str  # betingelse | dokumentation | kompetence
    key: str
    text: str
    answer: Answer
    because: str
    documents: tuple[str, ...] = ()
    fetch: str = ""  # what would bring what is missing
    basis: str = ""  # the provision as cited, or the municipality's own policy
    confirmed: bool = True  # False: nobody has confirmed the provision on that day


@dataclass(frozen=True, slots=True)
class Checklist:
    case_number: str | None
    scheme: Scheme
    track: Track
    outcome: Outcome
    on: Date
    items: tuple[Item, ...]

    @property
    def complete(self) -> bool:
        return all(item.answer is Answer.MET for item in self.items)

    def count(self, answer: Answer) -> int:
        return sum(item.answer is answer for item in self.items)


def check(
    case: Case, scheme: str, *, content: Content | None = None, track: str | None = None, on: Date | None = None
) -> Checklist:
    """The checklist of `scheme` for a case on the day of decision (else `on`, else today).

    The outcome is the case's where it decides this scheme; before there is one, what a grant takes is asked. UsageError
    for a scheme or a track that does not exist.
    """
    content = content or Content.find()
    chosen = _chosen(Scheme, scheme, "Ordningen")
    decision = _decision(case, chosen)
    outcome = decision.outcome if decision and decision.outcome else Outcome.BEVILLING
    day = on or (decision.date if decision else None) or datetime.date.today()
    lane = _chosen(Track, track, "Sporet") if track else decision.track if decision else Track.ORDINAER
    granted = decision.granted_on if decision else None
    if lane is Track.ORDINAER and content.law.available(chosen, outcome, on=day, granted=granted).running:
        lane = Track.OVERGANG
    age = case.citizen.age_on(day) if case.citizen else None
    facts = {"scheme": chosen, "outcome": outcome, "track": lane, "age": age}
    view = _View(case, decision, content, day, facts)
    scheme_data = content.schemes[chosen.value]
    items = [
        *(view.condition(c) for c in scheme_data.conditions if view.asked(c)),
        *(view.demand(d) for d in scheme_data.demands if d.applies(facts, day)),
        view.competence(chosen, outcome),
    ]
    return Checklist(case.case_number, chosen, lane, outcome, day, tuple(items))


def _chosen(kind: Any, value: str, what: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise UsageError(Problem(f"{what} »{value}« kendes ikke.", None, did_you_mean(value, [k.value for k in kind]))) from None


def _decision(case: Case, scheme: Scheme) -> Decision | None:
    decisions = [d for d in (case.decision, *case.further_decisions) if d is not None]
    return next((d for d in decisions if d.scheme == scheme), None) or next((d for d in decisions if d.scheme is None), None)


class _View:
    """One case seen for one scheme on one day."""

    def __init__(self, case: Case, decision: Decision | None, content: Content, on: Date, facts: dict[str, Any]):
        self.case, self.decision, self.content, self.on, self.facts = case, decision, content, on, facts
        self.months = content.municipality.limits.medical_freshness_months
        self.policy = content.municipality.ot_policy or "Kommunens egen politik."

    # conditions

    def asked(self, condition: StatutoryCondition) -> bool:
        known = self.facts
        if known["age"] is None and (condition.when.age_from is not None or condition.when.age_until is not None):
            known = known | {"age": condition.when.age_from or condition.when.age_until}  # which age rule applies is not known: ask both
        return condition.applies(known, self.on) and (not condition.optional or self.answered(condition) is not None)

    def answered(self, condition: StatutoryCondition) -> Any:
        return next((c for c in (self.decision.conditions if self.decision else []) if c.key == condition.key), None)

    def condition(self, condition: StatutoryCondition) -> Item:
        basis, sure = self.cited(condition.law)
        given = self.answered(condition)

        def item(answer: Answer, because: str, documents: tuple[str, ...] = (), fetch: str = "") -> Item:
            return Item("betingelse", condition.key, condition.text, answer, because, documents, fetch, basis, sure)

        if given is None or given.answer is None:
            return item(Answer.CANNOT_TELL, "Betingelsen er ikke besvaret i sagen.", fetch="Svar på betingelsen under decision.conditions.")
        names = tuple(self.named(d) for d in given.documents)
        if given.answer == "ikke_afklaret":
            return item(Answer.CANNOT_TELL, given.reason or "Sagsbehandleren har skrevet, at det ikke er afklaret.", names)
        if not given.documents and not given.reason:
            return item(
                Answer.CANNOT_TELL, f"Besvaret med {given.answer}, men uden begrundelse og uden et dokument bag.",
                fetch="Skriv begrundelsen, og henvis til et dokument.",
            )
        answer = Answer.MET if given.answer == "ja" else Answer.NOT_MET
        return item(answer, given.reason or f"Sagsbehandlerens svar er {given.answer}.", names)

    # documentation

    def demand(self, demand: DocumentationDemand) -> Item:
        basis, sure = self.cited(demand.law) if demand.law else (self.policy, True)
        fetch = f"Attestanmodning: {LETTERS[demand.letter]}." if demand.letter else demand.fetch or ""

        def item(answer: Answer, because: str, documents: tuple[str, ...] = (), fetch: str = "") -> Item:
            return Item("dokumentation", demand.key, demand.text, answer, because, documents, fetch, basis, sure)

        held = [d for d in self.case.documents if d.type in demand.types]
        present = sorted((d for d in held if d.status == "foreligger" and d.used is not False), key=lambda d: d.date or datetime.date.min)
        dated = [d for d in present if d.date and d.date <= self.on]
        if demand.fresh and present:
            newest = dated[-1] if dated else None
            if newest is None:
                return item(Answer.CANNOT_TELL, "Dokumentet har ingen dato.", tuple(document_name(d) for d in present), "Skriv dokumentets dato i sagen.")
            if _months_between(newest.date, self.on) >= self.months:  # type: ignore[arg-type]
                if waiting := self.waiting(held):
                    return item(Answer.CANNOT_TELL, f"Det nyeste er ældre end {self.months} måneder. {waiting}", (document_name(newest),))
                return item(
                    Answer.NOT_MET, f"Det nyeste er fra den {in_words(newest.date)}: ældre end husets grænse på {self.months} måneder.",  # type: ignore[arg-type]
                    (document_name(newest),), fetch,
                )
            return item(Answer.MET, f"Det nyeste er fra den {in_words(newest.date)}.", tuple(document_name(d) for d in dated))  # type: ignore[arg-type]
        if present:
            return item(Answer.MET, "Foreligger i sagen.", tuple(document_name(d) for d in present))
        if filled := next((p for p in demand.paths if _said(self.case, p.split("."))), None):
            return item(Answer.MET, f"Står i sagen under {filled}.")
        if waived := next((value_at(self.case, p) for p in demand.waived_by if value_at(self.case, p)), None):
            return item(Answer.MET, f"Fravalgt med begrundelse: {waived}")
        if waiting := self.waiting(held):
            return item(Answer.CANNOT_TELL, waiting, tuple(document_name(d) for d in held))
        if refused := [d for d in held if d.status == "samtykke_ikke_givet"]:
            return item(
                Answer.NOT_MET, "Borgeren har ikke givet samtykke.", tuple(document_name(d) for d in refused),
                "Tal med borgeren om samtykket, og skriv, hvad det betyder for sagen.",
            )
        return item(Answer.NOT_MET, "Findes ikke i sagen.", (), fetch)

    def waiting(self, held: list[CaseDocument]) -> str:
        """What is asked for and not here yet: not evidence, but not missing either."""
        for document in held:
            if document.status == "bestilt":
                asked = f" den {in_words(document.requested_on)}" if document.requested_on else ""
                due = f" og ventes senest den {in_words(document.due_on)}" if document.due_on else ""
                late = " Fristen er overskredet: ryk for svar." if document.due_on and document.due_on < self.on else ""
                return f"Bestilt{asked}{due}, men ikke kommet.{late}"
        return ""

    # who may decide

    def competence(self, scheme: Scheme, outcome: Outcome) -> Item:
        rules = [c for c in self.content.municipality.competence if c.scheme == scheme and (not c.outcomes or outcome in c.outcomes)]
        text = "Underskriveren har kompetence til at afgøre sagen"
        basis = "Kommunens kompetenceregler (kommune.yaml)"
        role = self.case.signatory.role if self.case.signatory else None
        if not rules:
            return Item("kompetence", "kompetence", text, Answer.CANNOT_TELL, "Kommunen har ingen regel for ordningen.", (), "Skriv reglen i kommune.yaml.", basis)
        allowed = sorted({r for rule in rules for r in rule.roles})
        if role is None:
            return Item(
                "kompetence", "kompetence", text, Answer.CANNOT_TELL, f"Underskriverens rolle er ikke skrevet. Må afgøre: {', '.join(allowed)}.", (),
                "Skriv signatory.role i sagen.", basis,
            )
        if role in allowed:
            return Item("kompetence", "kompetence", text, Answer.MET, f"Rollen {role} må afgøre sagen.", (), "", basis)
        return Item(
            "kompetence", "kompetence", text, Answer.NOT_MET, f"Rollen {role} må ikke afgøre sagen.", (), f"Forelæg sagen for: {', '.join(allowed)}.", basis
        )

    # words

    def cited(self, key: str) -> tuple[str, bool]:
        granted = self.decision.granted_on if self.decision else None
        started = self.decision.case_started if self.decision else None
        cite = self.content.law.cite(key, on=self.on, granted=granted, case_started=started)
        state = self.content.law.force(key, on=self.on, granted=granted, case_started=started).state
        return cite.text, state is State.IN_FORCE and cite.numbered

    def named(self, document_id: str) -> str:
        return document_name(self.case.document(document_id))


def _said(value: Any, steps: Sequence[str]) -> bool:
    """Whether anything is written at a path, in any record of the lists on the way; a record that was only begun says nothing."""
    if isinstance(value, (list, tuple)):
        return any(_said(one, steps) for one in value)
    if isinstance(value, BaseModel):
        names = steps[:1] or value.model_fields_set
        return any(_said(getattr(value, name), steps[1:]) for name in names)
    return bool(value.strip() if isinstance(value, str) else value) and not steps


def _months_between(earlier: Date, later: Date) -> int:
    """Whole months."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


# --- Reports ---------------------------------------------------------------------------------------------------------


def as_text(checklist: Checklist) -> str:
    lines = [title(checklist), PRINCIPLE, ""]
    signs = {Answer.MET: "[x]", Answer.NOT_MET: "[ ]", Answer.CANNOT_TELL: "[?]"}
    for group, heading in GROUPS.items():
        lines.append(heading)
        for item in (i for i in checklist.items if i.group == group):
            lines.append(f"  {signs[item.answer]} {item.text} ({LABELS[item.answer]})")
            lines.append(f"      {item.because}")
            lines += [f"      Dokument: {name}" for name in item.documents]
            if item.fetch and item.answer is not Answer.MET:
                lines.append(f"      Hent: {item.fetch}")
            lines.append(f"      Grundlag: {item.basis}{'' if item.confirmed else ' (ubekræftet)'}")
        lines.append("")
    lines.append(totals(checklist))
    return "\n".join(lines) + "\n"


def as_json(checklist: Checklist) -> dict[str, Any]:
    return {
        "version": 1, "case_number": checklist.case_number, "scheme": checklist.scheme.value, "track": checklist.track.value,
        "outcome": checklist.outcome.value, "date": checklist.on.isoformat(), "counts": {a.value: checklist.count(a) for a in Answer},
        "items": [
            {
                "group": i.group, "key": i.key, "text": i.text, "answer": i.answer.value, "because": i.because, "documents": list(i.documents),
                "fetch": i.fetch, "basis": i.basis, "confirmed": i.confirmed,
            }
            for i in checklist.items
        ],
    }


def as_html(checklist: Checklist) -> str:
    """One page that stands alone: no network, no script."""
    from html import escape

    rows = []
    for group, heading in GROUPS.items():
        rows.append(f'<tr><th colspan="4" scope="colgroup">{escape(heading)}</th></tr>')
        for i in (i for i in checklist.items if i.group == group):
            documents = "".join(f"<br>{escape(name)}" for name in i.documents)
            fetch = f"<br><strong>Hent:</strong> {escape(i.fetch)}" if i.fetch and i.answer is not Answer.MET else ""
            unsure = "" if i.confirmed else " (ubekræftet)"
            rows.append(
                f'<tr class="{i.answer.value}"><td>{escape(i.text)}</td><td>{LABELS[i.answer]}</td>'
                f"<td>{escape(i.because)}{documents}{fetch}</td><td>{escape(i.basis)}{unsure}</td></tr>"
            )
    return (
        '<!doctype html>\n<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title(checklist))}</title><style>body{{font:16px/1.5 sans-serif;margin:2rem;max-width:70rem}}"
        "table{border-collapse:collapse;width:100%}td,th{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}"
        "th{background:#f0f0f0}.ikke_opfyldt td:nth-child(2){font-weight:700;color:#8a1500}.kan_ikke_afgoeres td:nth-child(2){font-style:italic}"
        f"</style></head><body><h1>{escape(title(checklist))}</h1><p>{PRINCIPLE}</p><table><thead><tr><th>Krav</th><th>Svar</th><th>Grund</th><th>Grundlag</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table><p>{totals(checklist)}</p></body></html>\n"
    )


def title(checklist: Checklist) -> str:
    number = f", sag {checklist.case_number}" if checklist.case_number else ""
    return f"Tjekliste: {ui.name(checklist.scheme)}{number}, {in_words(checklist.on)}"


def totals(checklist: Checklist) -> str:
    return (
        f"{checklist.count(Answer.MET)} opfyldt, {checklist.count(Answer.NOT_MET)} ikke opfyldt, "
        f"{checklist.count(Answer.CANNOT_TELL)} kan ikke afgøres."
    )
