"""A case as a form: the parts people know, and in each its questions, groups and repeated records, read off the models."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from docgen import instruments, ui
from docgen.content import Content
from docgen.contentmodel import StatutoryCondition
from docgen.model import Case, CaseDocument, Condition, Decision, Outcome, Person, Scheme, Staff, TestResult
from docgen.web import paths
from docgen.web.fields import Control, control, is_record, items_of, register_name
from docgen.web.pages import field_id
from docgen.web.store import Opened

# The parts of a case, as tabs of the form: slug -> (heading or None for the field's own title, fields of Case).
_TOGETHER = {"sagen": ("Sagen", ("case_number", "document_number")), "work_trials": (None, ("work_trials", "no_work_trial_because"))}
_ELSEWHERE = {("functional", "sections"), ("functional", "tests")}  # the therapist's pages
MANY = 3  # records of a list; where there are more, those that are filled in are folded
SPARE = {"citizen.representative"}  # records that are folded away until they are used


@dataclass(frozen=True)
class Message:
    """Something said of a field: an error, or a remark that can be let stand."""

    severity: str  # fejl | advarsel | forslag
    text: str
    advice: str = ""


@dataclass(frozen=True)
class Question:
    control: Control
    name: str
    sent: list[str]
    error: str = ""
    messages: tuple[Message, ...] = ()
    note: str = ""
    what = "question"

    @property
    def id(self) -> str:
        return field_id(self.name)

    @property
    def value(self) -> str:
        return self.sent[-1] if self.sent else ""

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-hjaelp"] if self.control.help or self.note else []
        return " ".join([*parts, f"{self.id}-besked"])


@dataclass(frozen=True)
class Group:
    """A record and its questions; `item` where it is one of many, with its place."""

    title: str
    name: str
    nodes: tuple[Any, ...]
    item: bool = False
    first: bool = False
    last: bool = False
    folded: bool = False
    note: str = ""
    what = "group"

    @property
    def id(self) -> str:
        return field_id(self.name)


@dataclass(frozen=True)
class Repeated:
    """Records that can be added, moved and removed. `adds`: what can be added, as (key, Danish); one without a key."""

    title: str
    help: str
    name: str
    items: tuple[Group, ...]
    adds: tuple[tuple[str, str], ...] = (("", "Tilføj"),)
    note: str = ""
    what = "repeated"

    @property
    def id(self) -> str:
        return field_id(self.name)


@dataclass(frozen=True)
class Part:
    slug: str
    title: str
    fields: tuple[str, ...]

    def filled(self, data: Mapping[str, Any]) -> bool:
        return any(data.get(name) for name in self.fields)


def parts() -> dict[str, Part]:
    taken = {name for _, names in _TOGETHER.values() for name in names}
    found = {"sagen": Part("sagen", "Sagen", _TOGETHER["sagen"][1])}
    for name, info in Case.model_fields.items():
        if name in _TOGETHER:
            found[name] = Part(name, _TOGETHER[name][0] or info.title or name, _TOGETHER[name][1])
        elif name != "version" and name not in taken:
            found[name] = Part(name, info.title or name, (name,))
    return found


def part_of(path: str) -> str | None:
    """The slug of the part in which a path of a case is asked for."""
    first = path.partition(".")[0].partition("[")[0]
    return next((part.slug for part in parts().values() if first in part.fields), None)


@dataclass
class Builder:
    """Builds the form of one opened case."""

    opened: Opened
    content: Content
    messages: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.case, self.data = self.opened.case, self.opened.data
        self.notes: list[str] = []

    def part(self, part: Part) -> tuple[Any, ...]:
        nodes: list[Any] = []
        for name in part.fields:
            node = self.node((name,))
            alone = isinstance(node, Group) and len(part.fields) == 1
            nodes += node.nodes if alone else [node]
            if alone and node.note:
                self.notes.append(node.note)
        return tuple(nodes)

    def node(self, path: paths.Path) -> Any:
        info = paths.field(path)
        if items_of(info) is not None:
            return self.repeated(path, info)
        record = is_record(info)
        if record is not None:
            return self.group(path, info.title or "", record)
        return self.question(path)

    def group(self, path: paths.Path, title: str, record: type[BaseModel], **more: Any) -> Group:
        name = paths.write(path)
        nodes = tuple(self.node((*path, key)) for key in self.keys(path, record))
        if not more.get("item") and name in SPARE:
            more["folded"] = not paths.get(self.data, path)
        if issubclass(record, Decision):
            more["note"] = " ".join(self.availability_notes(path))
        return Group(title, name, nodes, **more)

    def keys(self, path: paths.Path, record: type[BaseModel]) -> Iterator[str]:
        for key in record.model_fields:
            if (path[0], key) in _ELSEWHERE or (record is Condition and key == "key"):
                continue
            if record in (Person, Staff) and len(path) > 1 and key not in ("name", "profession", "certification", "unit"):
                continue
            yield key

    def question(self, path: paths.Path) -> Question:
        asked = self.limited(control(path, self.case))
        name = paths.write(path)
        pending = self.opened.pending.get(name)
        sent = pending.text.split("\n") if pending and asked.kind == "many" else [pending.text] if pending else asked.sent_of(paths.get(self.data, path))
        return Question(asked, name, sent, pending.error if pending else "", self.messages.get(name, ()), self.scale(path))

    def scale(self, path: paths.Path) -> str:
        """What a score can be, where its instrument is known."""
        if path[:2] != ("functional", "tests") or path[-1] != "score":
            return ""
        known = instruments.find((paths.get(self.data, path[:3]) or {}).get("instrument", ""))
        if known is None:
            return ""
        if known.items and not known.may_sum and len(path) == 4:
            return f"Redskabet har intet samlet tal: {known.items.text}."
        return f"Fra {instruments.number(known.range.min, 1)} til {instruments.number(known.range.max, 1)} {known.unit}." if known.range else ""

    def repeated(self, path: paths.Path, info: Any) -> Repeated:
        record = items_of(info)
        assert record is not None
        values = paths.get(self.data, path) or []
        items = tuple(
            self.group((*path, number), self.item_title(record, (*path, number), value, number), record, item=True, first=number == 0,
                       last=number == len(values) - 1, folded=len(values) > MANY and len(value) > 1)
            for number, value in enumerate(values)
        )
        name = paths.write(path)
        note = ""
        if name == "documents":
            note = "Dokumenterne her kan vælges andre steder i sagen."
        return Repeated(info.title or "", info.description or "", name, items, self.adds(record, path, values), note)

    def item_title(self, record: type[BaseModel], path: paths.Path, value: dict[str, Any], number: int) -> str:
        if record is CaseDocument:
            return register_name(self.case.documents[number])
        if record is Condition:
            found = self.condition(path, value["key"])
            answer = f" Svar: {value['answer'].replace('_', ' ')}." if value.get("answer") else ""
            return (found.text if found else value["key"]) + answer
        if record is TestResult:
            known = instruments.find(value["instrument"])
            return known.name if known else value["instrument"]
        if value.get("key"):
            return str(value["key"])
        field_title = (paths.field(path).title or "").removesuffix("er")
        said = next((str(value[k]) for k in ("what", "text", "view", "place", "employer", "benefit", "how", "when", "item", "name") if value.get(k)), "")
        return f"{number + 1}. {said[:60] or field_title.lower()}"

    def adds(self, record: type[BaseModel], path: paths.Path, values: list[Any]) -> tuple[tuple[str, str], ...]:
        if record is Condition:
            present = {value["key"] for value in values}
            return tuple((c.key, c.text) for c in self.conditions(path[:-1]) if c.key not in present)
        if record is TestResult:
            return instruments.choices()
        return (("", "Tilføj"),)

    # what law and earlier answers allow

    def decision(self, path: paths.Path) -> Decision | None:
        if path[0] == "decision":
            return self.case.decision
        if path[0] == "further_decisions" and len(path) > 1 and isinstance(path[1], int) and path[1] < len(self.case.further_decisions):
            return self.case.further_decisions[path[1]]
        return None

    def limited(self, asked: Control) -> Control:
        """The control with only the choices that law and earlier answers allow, and the one already made."""
        name, decision = asked.path[-1], self.decision(asked.path)
        if asked.path[0] not in ("decision", "further_decisions") or name not in ("scheme", "outcome", "track") or decision is None:
            return asked
        kept = [choice for choice in asked.choices if self.allowed(str(name), str(choice[0]), decision)]
        chosen = getattr(decision, str(name))
        if chosen is not None and chosen not in [str(c[0]) for c in kept]:
            kept = [c for c in asked.choices if c in kept or str(c[0]) == str(chosen)]
        return Control(asked.path, asked.title, asked.help, asked.kind, asked.annotation, tuple(kept), asked.long, asked.required)

    def allowed(self, name: str, value: str, decision: Decision) -> bool:
        on = decision.date or datetime.date.today()
        if name == "track":
            return value in ("ordinaer", "overgang") or decision.scheme in (None, Scheme.FOERTIDSPENSION)
        kind = self.content.kind("afgoerelse")
        schemes = [Scheme(value)] if name == "scheme" else [decision.scheme] if decision.scheme else []
        outcomes = [Outcome(value)] if name == "outcome" else list(Outcome)
        return not schemes or any(
            outcome in (kind.schemes or {}).get(scheme, []) and self.content.law.available(scheme, outcome, on=on, granted=decision.granted_on).possible
            for scheme in schemes for outcome in outcomes
        )

    def availability_notes(self, path: paths.Path) -> Iterator[str]:
        """Why an outcome cannot be chosen, in the law's own words."""
        decision = self.decision(path)
        if decision is None or decision.scheme is None:
            return
        on = decision.date or datetime.date.today()
        said = set()
        for outcome in (self.content.kind("afgoerelse").schemes or {}).get(decision.scheme, []):
            answer = self.content.law.available(decision.scheme, outcome, on=on, granted=decision.granted_on)
            if not answer.possible and answer.reason not in said:
                said.add(answer.reason)
                yield f"{ui.name(outcome).capitalize()} kan ikke vælges: {answer.reason.replace('decision.granted_on', '»Bevilget den«')}"

    def conditions(self, path: paths.Path) -> list[StatutoryCondition]:
        decision = self.decision(path)
        return conditions(self.case, decision, self.content) if decision else []

    def condition(self, path: paths.Path, key: str) -> StatutoryCondition | None:
        decision = self.decision(path)
        scheme = self.content.schemes.get(decision.scheme) if decision and decision.scheme else None
        return next((c for c in scheme.conditions if c.key == key), None) if scheme else None


def conditions(case: Case, decision: Decision, content: Content) -> list[StatutoryCondition]:
    """The statutory conditions that the decision's scheme, outcome, date and track ask for."""
    scheme = content.schemes.get(decision.scheme) if decision.scheme else None
    if scheme is None:
        return []
    facts = {
        "kind": "afgoerelse", "scheme": decision.scheme, "outcome": decision.outcome, "track": decision.track,
        "channel": case.citizen.channel if case.citizen else None,
        "age": case.citizen.age_on(decision.date) if case.citizen and decision.date else None, "several": bool(case.further_decisions),
    }
    return [c for c in scheme.conditions if c.applies(facts, decision.date)]


def questions(nodes: Any) -> Iterator[Question]:
    for node in nodes:
        if node.what == "question":
            yield node
        else:
            yield from questions(node.nodes if node.what == "group" else node.items)
