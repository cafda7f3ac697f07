"""A case and a kind -> a Word draft: what the template sees, what is missing, what it was made from."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from docgen import sandbox, ui
from docgen.content import Content
from docgen.contentmodel import DocumentKind, StandardText, Variant
from docgen.context import GapList, Missing, Record, dato, label
from docgen.errors import ContentError, LawError, Problem, at
from docgen.model import Case, Decision, Draft, Track
from docgen.render import Properties, Template, text_hash

VERSION = "0.1.0"


class TextParagraph(NamedTuple):
    style: str  # overskrift | normal | punkt
    text: str


def _plain(value: Any) -> Any:
    if isinstance(value, Missing):
        return value.mark()
    if value is None or isinstance(value, bool):
        raise TypeError("no text")
    return value


TEXT_ENVIRONMENT = sandbox.environment(_plain, autoescape=False)


@cache
def _text(source: str, text_id: str) -> sandbox.Tags:
    return sandbox.compiled(TEXT_ENVIRONMENT, source, at(f"{text_id}.yaml"))


def value_at(case: Case, path: str) -> Any:
    """The value at a dotted path without indexes; None where any step is empty."""
    value: Any = case
    for step in path.split("."):
        if value is None or isinstance(value, list):
            return value
        value = getattr(value, step)
    return value.strip() or None if isinstance(value, str) else value


def path_label(path: str) -> str:
    """The Danish label of a dotted path, e.g. decision.date -> »Afgørelsens dato«."""
    from docgen.validate import model_at

    model: Any = Case
    name, walked = "", ""
    for step in path.split("."):
        if model is None or step not in model.model_fields:
            return path
        name = label(model, step, walked, name)
        walked = f"{walked}.{step}" if walked else step
        model = model_at(model.model_fields[step].annotation, ())
    return name


@dataclass
class Drafting:
    """Makes drafts with one content; templates are compiled once and kept."""

    content: Content = field(default_factory=Content.find)
    _templates: dict[str, Template] = field(default_factory=dict)
    _kinds: dict[str, DocumentKind] = field(default_factory=dict)

    def template(self, kind: str) -> Template:
        if kind not in self._templates:
            self._templates[kind] = Template.load(self.content.template(kind))
        return self._templates[kind]

    def kind(self, kind: str) -> DocumentKind:
        if kind not in self._kinds:
            self._kinds[kind] = self.content.kind(kind)
        return self._kinds[kind]

    def case_keys(self, kind: str) -> set[str]:
        """The top-level parts of a case that the kind's template uses or needs."""
        tags = (tag.split(".") for tag in self.template(kind).tags)
        required = (r if isinstance(r, str) else r.path for r in self.kind(kind).required)
        return {tag[1] for tag in tags if tag[0] == "case" and len(tag) > 1} | {path.split(".")[0] for path in required}

    def draft(self, case: Case, kind: str) -> Draft:
        """One draft of `kind` from `case`.

        Raises UsageError for an unknown kind, LawError for what the law of the decision's date does not allow,
        ContentError and RenderError for faulty content.
        """
        return _Draft(self, case, self.kind(kind), self.template(kind)).make()

    def values(self, case: Case, kind: str) -> dict[str, Any]:
        """What the template of `kind` sees of a case."""
        return _Draft(self, case, self.kind(kind), self.template(kind))._values()

    def paragraphs(self, case: Case, kind: str, variant: Variant) -> tuple[TextParagraph, ...]:
        """A standard text's variant for a case, whether it fits or not: for the content's own examples."""
        draft = _Draft(self, case, self.kind(kind), self.template(kind))
        draft._values()
        return draft.paragraphs(variant)


class _Draft:
    """One draft in the making: gaps, used law and used texts are collected while the template asks for them."""

    def __init__(self, drafting: Drafting, case: Case, kind: DocumentKind, template: Template):
        self.content, self.case, self.kind, self.template = drafting.content, case, kind, template
        self.gaps = GapList()
        self.warnings: list[str] = []
        self.law_used: dict[str, dict[str, Any]] = {}
        self.texts_used: dict[str, tuple[StandardText, str]] = {}
        self._made: dict[str, tuple[TextParagraph, ...]] = {}
        decision = case.decision
        self.date: datetime.date | None = value_at(case, kind.date_path)
        if not isinstance(self.date, datetime.date):
            self.date = None
        self.on = self.date or (decision.date if decision and decision.date else None)
        self.age = case.citizen.age_on(self.on) if case.citizen and self.on else None
        self.facts: dict[str, Any] = {
            "kind": kind.kind,
            "scheme": decision.scheme if decision else None,
            "outcome": decision.outcome if decision else None,
            "track": decision.track if decision else None,
            "channel": case.citizen.channel if case.citizen else None,
            "age": self.age,
            "several": bool(case.further_decisions),
        }

    def make(self) -> Draft:
        self._lawful()
        values = self._values()
        docx = self.template.render(values, self.gaps, _Late(self))
        self._required()
        return Draft(self.kind.kind, docx, tuple(self.gaps), tuple(dict.fromkeys(self.warnings)), self._manifest())

    # law

    def _lawful(self) -> None:
        """Refuses what the law of the date does not allow; collects the warnings of the date."""
        for decision in [self.case.decision, *self.case.further_decisions]:
            if decision is None or decision.scheme is None or self.on is None:
                continue
            if self.kind.schemes is not None and decision.outcome is not None:
                if decision.outcome not in self.kind.schemes.get(decision.scheme, []):
                    raise LawError(
                        Problem(
                            f"{ui.name(decision.outcome).capitalize()} af {ui.name(decision.scheme)} findes ikke som "
                            f"{ui.name(self.kind.kind)}.", None, "Se »docgen kinds«.",
                        )
                    )
                answer = self.content.law.available(
                    decision.scheme, decision.outcome, on=self.on, granted=decision.granted_on
                )
                if not answer.possible:
                    raise LawError(Problem(answer.reason))
                if answer.running and decision is self.case.decision:
                    self.facts["track"] = Track.OVERGANG  # whatever the case says: only the earlier rules can bear it
                if answer.reason:
                    self.warnings.append(answer.reason)
                for path in answer.needs:
                    self.gaps.add(path, path_label(path))
            self.warnings += [
                w.text
                for w in self.content.law.warnings(
                    on=self.on, scheme=decision.scheme, outcome=decision.outcome, reaches=decision.ends_on
                )
            ]

    def cite(self, key: str) -> Any:
        """»pensionslovens § 16, stk. 2«, by the date; in words where no number is confirmed; a gap without the date."""
        if self.on is None:
            return Missing(self.gaps, f"law.{key}", "lovhenvisning", reason="Datoen mangler, så loven kan ikke vælges.")
        decision = self.case.decision
        citation = self.content.law.cite(
            key, on=self.on, granted=decision.granted_on if decision else None,
            case_started=decision.case_started if decision else None,
        )
        self.law_used[key] = {
            "cite": citation.text,
            "status": citation.status.value,
            "from": str(citation.period.start.day) if citation.period else None,
        }
        if citation.warning:
            self.warnings.append(citation.warning)
        return citation.text

    # texts

    def text(self, text_id: str) -> tuple[TextParagraph, ...]:
        """The paragraphs of a standard text in the variant that fits the case; a gap if none does."""
        if text_id in self._made:
            return self._made[text_id]
        source = self.content.texts.get(text_id)
        if source is None:
            raise ContentError(Problem(f"Standardteksten »{text_id}« findes ikke.", at(self.template.path)))
        variant = source.variant(self.facts, self.on)
        if variant is None:
            # most often the case does not say yet what is decided: then that is what is missing
            lacking = next((p for p in ("decision.scheme", "decision.outcome") if value_at(self.case, p) is None), None)
            gap = self.missing(lacking) if lacking else Missing(
                self.gaps, f"text.{text_id}", f"standardteksten »{source.title}«", reason="Ingen udgave passer."
            )
            return (TextParagraph("normal", gap.mark()),)
        made = self._made[text_id] = self.paragraphs(variant, text_id)
        self.texts_used[text_id] = (source, "\n".join(p.text for p in made))
        return made

    def paragraphs(self, variant: Variant, text_id: str = "texts") -> tuple[TextParagraph, ...]:
        made = []
        for paragraph in variant.paragraphs:
            condition = "{% if " + paragraph.condition + " %}x{% endif %}" if paragraph.condition else ""
            if not condition or _text(condition, text_id).run(self._seen):
                made.append(TextParagraph(paragraph.style, _text(paragraph.text, text_id).run(self._seen)))
        return tuple(made)

    def block_version(self, text_id: str) -> str:
        source = self.content.texts.get(text_id)
        return str(source.version if source else 0)

    def missing(self, path: str) -> Missing:
        return Missing(self.gaps, path, path_label(path))

    # values

    def _values(self) -> dict[str, Any]:
        case = Record(self.gaps, self.case, "", "sagen")
        decision = self.case.decision
        known: dict[str, Any] = {
            "case": case,
            "kommune": Record(GapList(), self.content.municipality, "kommune", "Kommunen"),
            "lov": self.cite,
            "mangler": self.missing,
            "alder": self.age if self.age is not None else self.missing("citizen.cpr"),
            "age": self.age if self.age is not None else self.missing("citizen.cpr"),
            "ord": self.terms(),
            "frist": self.deadline(),
            "dok_navne": {d.id: document_name(d) for d in self.case.documents},
            "flere": bool(self.case.further_decisions),
            "andre_ordninger": tuple(d.scheme.value for d in self.case.further_decisions if d.scheme),
            "betingelser": self.conditions(decision) if decision else (),
        }
        scheme = self.content.schemes.get(decision.scheme) if decision and decision.scheme else None
        known["profil"], known["profil_alt"] = self.profile()
        known["ordning"] = Record(GapList(), scheme, "ordning", "Ordningen") if scheme else self.missing("decision.scheme")
        self._seen = known
        return {**known, "text": self.text, "blok_version": self.block_version}

    def terms(self) -> dict[str, Any]:
        return self.content.law.terms(self.on)

    def profile(self) -> tuple[tuple[dict[str, Any], ...], str]:
        """The profile figure of the functional description: rows, and the whole in one sentence."""
        if not (self.case.functional and self.case.functional.sections):
            return (), ""
        from docgen import profile

        rows = profile.rows(self.case.functional, self.content.sections, self.content.scales)
        return rows, profile.in_words(rows)

    def deadline(self) -> dict[str, Any]:
        decision, citizen = self.case.decision, self.case.citizen
        if not (decision and decision.date):
            return {"uger": 4, "dag": None, "forklaring": (), "tekst": ""}
        from docgen.deadline import complaint_deadline  # loads the calendar of holidays: only letters need it

        counted = complaint_deadline(decision.date, (citizen.channel if citizen else None) or "papir")
        if counted.last_day:  # on paper no date is printed, so none can be in doubt
            self.warnings += counted.doubts
        return {"uger": 4, "dag": counted.last_day, "tekst": dato(counted.last_day) if counted.last_day else "", "forklaring": tuple(counted.explanation)}

    def conditions(self, decision: Decision) -> tuple[dict[str, Any], ...]:
        """Every statutory condition of the decision's scheme with its answer; an unanswered one has gaps."""
        scheme = self.content.schemes.get(decision.scheme) if decision.scheme else None
        if scheme is None:
            return ()
        answers = {c.key: (i, c) for i, c in enumerate(decision.conditions)}
        rows = []
        for condition in scheme.conditions:
            if not condition.applies(self.facts, self.on) or (condition.optional and condition.key not in answers):
                continue
            number, given = answers.get(condition.key, (None, None))
            path = f"decision.conditions[{condition.key if number is None else number}]"
            rows.append(
                {
                    "key": condition.key,
                    "text": condition.text,
                    "law": self.cite(condition.law),
                    "answer": given.answer if given and given.answer else self._gap(f"{path}.answer", f"Svar på betingelsen »{condition.text}«"),
                    "reason": given.reason if given and given.reason else self._gap(f"{path}.reason", f"Begrundelse for betingelsen »{condition.text}«"),
                    "documents": tuple(given.documents) if given else (),
                }
            )
        return tuple(rows)

    def _gap(self, path: str, name: str) -> Missing:
        return Missing(self.gaps, path, name)

    def _required(self) -> None:
        """A required field that the template does not print is listed all the same."""
        for path in self.kind.required_paths(self.facts):
            value = value_at(self.case, path)
            if (value is None or value == []) and not any(g.path.startswith(path) for g in self.gaps):
                self.gaps.add(path, path_label(path))

    # what it was made from

    def properties(self) -> Properties:
        custom = {
            "docgen": VERSION,
            "dokumenttype": self.kind.kind.value,
            **{
                name: str(getattr(value, "value", value))
                for name, value in (
                    ("ordning", self.facts["scheme"]), ("udfald", self.facts["outcome"]), ("spor", self.facts["track"]), ("dato", self.on),
                    ("bevilget", self.case.decision.granted_on if self.case.decision else None),
                )
                if value is not None
            },
            "skabelon": self.template.sha256[:16],
            **{f"blok:{k}": text_hash(body) for k, (_, body) in sorted(self.texts_used.items())},
        }
        return Properties(self.kind.title, self.content.municipality.name, self.date.isoformat() if self.date else None, custom)

    def _manifest(self) -> dict[str, Any]:
        source = json.dumps(self.case.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return {
            "version": 1,
            "tool": VERSION,
            "kind": self.kind.kind.value,
            "template_sha256": self.template.sha256,
            "texts": {k: {"version": t.version, "text_sha256": text_hash(body)} for k, (t, body) in sorted(self.texts_used.items())},
            "law": dict(sorted(self.law_used.items())),
            "decision_date": self.on.isoformat() if self.on else None,
            "case_sha256": hashlib.sha256(source.encode("utf-8")).hexdigest(),
            "gaps": [g.path for g in self.gaps],
            "warnings": list(dict.fromkeys(self.warnings)),
        }


class _Late:
    """The properties, asked for after the parts are rendered: only then is it known which texts were used."""

    def __init__(self, draft: _Draft):
        self.files: Callable[[], dict[str, bytes]] = lambda: draft.properties().files()


def document_name(document: Any) -> str:
    """»speciallægeerklæring af 14. maj 2026 fra overlæge N.N.«; what is not known is left out."""
    name = document.title or (ui.name(document.type) if document.type else "dokument")
    dated = f" af {dato(document.date)}" if document.date else ""
    writer = " ".join(part for part in (document.profession, document.author) if part)
    place = document.organisation if document.organisation and document.organisation != writer else ""
    source = ", ".join(part for part in (writer, place) if part)
    return f"{name}{dated}{f' fra {source}' if source else ''}"
