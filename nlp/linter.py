"""Runs a rulebook on a text. Findings come in order of place, then rule; nothing depends on the order of rules."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlp import registry
from nlp.analysis import Analysis
from nlp.model import Document, Evidence, Facts, Finding, Severity, filled
from nlp.rulebook import Example, Rule, Rulebook, read
from nlp.sections import section_and_slot


class Linter:
    """A compiled rulebook. Holds no text: the same Linter serves any number of documents."""

    def __init__(self, rulebook: Rulebook, kinds: Mapping[str, Any]):
        self.rulebook = rulebook
        self._kinds = kinds
        self._alone: dict[str, Linter] = {}  # for `shown`: each rule asked, without the others
        self._finders: list[tuple[Rule, registry.Finder]] = []
        self._silencers: dict[str, Any] = {}  # category -> a finder with `silences(analysis, sentence)`
        self._always: list[int] = []
        self._by_form: dict[str, list[int]] = {}
        for rule in rulebook:
            if rule.status == "deprecated":
                continue
            number, finder = len(self._finders), kinds[rule.kind_name].compile(rule)
            if getattr(finder, "silent_below", None) is not None:
                self._silencers[rule.category] = finder
            self._finders.append((rule, finder))
            triggers = getattr(finder, "triggers", None)
            if triggers is None:
                self._always.append(number)
            for form in triggers or ():
                self._by_form.setdefault(form, []).append(number)

    def lint(
        self, text: str, *, kind: str | None = None, section: str | None = None, scheme: str | None = None,
        outcome: str | None = None, decision_date: datetime.date | None = None, age: int | None = None, **more: Any,
    ) -> list[Finding]:
        """Findings in plain text. `section` is a section's key or heading, or a slot (observed, "Ergoterapeutisk vurdering").

        `more` are further fields of nlp.model.Facts. Offsets count characters of `text`.
        """
        facts = facts_of(
            kind=kind, section=section, scheme=scheme, outcome=outcome, decision_date=decision_date, citizen_age=age, **more
        )
        return self.review(Document.of_text(text), facts)

    def review(self, document: Document, facts: Facts | None = None, extra: Mapping[str, Any] | None = None) -> list[Finding]:
        """Findings in a document; `extra` is handed to the caller's own kinds of rule."""
        analysis = Analysis(document, facts, extra)
        wanted = set(self._always)
        for form in self._by_form.keys() & analysis.positions.keys():
            wanted.update(self._by_form[form])
        found: list[tuple[Rule, Finding]] = []
        for number in sorted(wanted):
            rule, finder = self._finders[number]
            if rule.applies_to.document(analysis.facts):
                found.extend((rule, finding) for finding in self._findings(rule, finder, analysis))
        return self._settled(found, analysis)

    def _findings(self, rule: Rule, finder: registry.Finder, analysis: Analysis) -> Iterable[Finding]:
        hits = sorted({(hit.start, hit.end): hit for hit in finder(analysis)}.values(), key=lambda hit: (hit.start, -hit.end))
        covered = -1
        for hit in hits:
            if hit.start < hit.end <= covered:
                continue  # within a longer hit of the same rule
            covered = max(covered, hit.end)
            absent = hit.start == hit.end
            severity = rule.severity_in_place(analysis, hit.start, absent=absent)
            if severity is None:
                continue
            if hit.severity is not None:
                severity = Severity.FORSLAG if rule.status == "preview" else hit.severity
            if hit.lighter:
                severity = severity.lighter
            text = None if absent else analysis.text[hit.start : hit.end]
            passage = analysis.passage_at(hit.start)
            yield Finding(
                rule=rule.id, name=rule.name, category=rule.category, severity=severity,
                message=filled(rule.message, {"match": text or "", **hit.params}),
                start=hit.start, end=hit.end, text=text,
                advice=filled(" ".join(part for part in (rule.advice, rule.frame) if part), {"match": text or "", **hit.params}),
                source="; ".join(rule.source), passage=None if absent or passage is None else passage.index,
                certainty=hit.certainty,
            )

    def _settled(self, found: list[tuple[Rule, Finding]], analysis: Analysis) -> list[Finding]:
        """One finding for one place and category: the weightier one; yielding rules are silent beside others."""
        found = [(rule, finding) for rule, finding in found if not self._silenced(finding, analysis)]
        speaking = {
            (finding.category, analysis.sentence_of[analysis.word_at(finding.start)])
            for rule, finding in found
            if not rule.yields and finding.text is not None
        }
        best: dict[tuple[int, int, str], Finding] = {}
        settled: list[Finding] = []
        for rule, finding in found:
            if finding.text is None:
                settled.append(finding)
                continue
            if rule.yields and (finding.category, analysis.sentence_of[analysis.word_at(finding.start)]) in speaking:
                continue
            key = (finding.start, finding.end, finding.category)
            other = best.get(key)
            if other is None or (-finding.severity.rank, finding.rule) < (-other.severity.rank, other.rule):
                best[key] = finding
        settled.extend(best.values())
        return sorted(settled, key=lambda finding: (finding.start, finding.end, finding.rule))

    def _silenced(self, finding: Finding, analysis: Analysis) -> bool:
        """Whether a rule that knows plain facts when it reads them lifts a doubt of its category; a fault it never lifts."""
        if finding.text is None or finding.severity is Severity.FEJL or finding.category not in self._silencers:
            return False
        return self._silencers[finding.category].silences(analysis, analysis.sentence_of[analysis.word_at(finding.start)])

    def prove(self, rule: Rule, found: Callable[[Example], list[str | None]] | None = None) -> list[str]:
        """What the rule's own examples show to be wrong with it, as Danish sentences.

        `found` runs an example where text alone is not enough, e.g. on a Word file made from it.
        """
        from nlp.proof import prove

        return prove(rule, found or (lambda example: self.shown(rule, example)))

    def told(self, document: Document, facts: Facts) -> tuple[Facts, dict[str, str]]:
        """Facts with what a decision letter plainly says of itself where they are unknown, and what was so read: fact -> words."""
        from nlp.letter import completed

        return completed(document, facts)

    def shown(self, rule: Rule, example: Example, extra: Mapping[str, Any] | None = None) -> list[str | None]:
        """The words that `rule`, alone, marks in one of its examples; None for something absent."""
        document = Document.of_text(example.text)
        if example.style:
            document = Document(document.text, tuple(replace(p, style=example.style) for p in document.passages))
        alone = self._alone.setdefault(rule.id, Linter(Rulebook([rule]), self._kinds))
        return [f.text for f in alone.review(document, Facts(**example.facts()), {**(extra or {}), **example.extra})]

    def evidence(self, text: str, *, decision_date: datetime.date | None = None, **more: Any) -> list[Evidence]:
        """What `text` says of medical, occupational-therapy and other input to the case."""
        return Analysis(Document.of_text(text), facts_of(decision_date=decision_date, **more)).evidence


def facts_of(section: str | None = None, slot: str | None = None, **known: Any) -> Facts:
    """Facts from what a caller knows; a section may be given by key, heading or slot. Raises TypeError on unknown names."""
    key, named_slot = section_and_slot(section)
    slot_key = section_and_slot(slot)[1] or slot
    facts = Facts(section=key or (None if named_slot else section), slot=slot_key or named_slot)
    given = {name: value for name, value in known.items() if value is not None}
    return replace(facts, **given)


def load(rules: Iterable[str | Path] = (), kinds: Mapping[str, Any] | Iterable[Any] = ()) -> Linter:
    """The shipped rules, with `rules` (folders) laid over them by id, and the caller's own kinds of rule.

    Raises nlp.errors.RulebookError where a rule file cannot be used.
    """
    every = registry.kinds(kinds)
    return Linter(read([Path(folder) for folder in rules], every), every)
