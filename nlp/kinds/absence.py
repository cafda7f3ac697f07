"""`absence`: something must stand in the text; where none of it does, the rule says so once, with no place marked.

`any`: token patterns, `regex`: regular expressions; one hit of either is enough. `when` (patterns, regexes) must occur
for the rule to speak at all. `sections` and `slots` look only there, and the rule is silent where the text has none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from nlp.kinds.regex import FLAGS
from nlp.model import Hit
from nlp.patterns import PatternSet, parse
from nlp.screen import Screened
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "absence"


class Condition(BaseModel):
    model_config = STRICT

    any: list[str | list[dict[str, Any]]] = []
    regex: list[str] = []


class Match(Condition):
    when: Condition | None = None
    sections: list[str] = []
    slots: list[str] = []


def prepare(match: Match) -> dict[str, Any]:
    data = match.model_dump()
    data["any"] = [parse(p) if isinstance(p, str) else p for p in match.any]
    if match.when:
        data["when"]["any"] = [parse(p) if isinstance(p, str) else p for p in match.when.any]
    return data


def restore(**match: Any) -> Match:
    when = match["when"] and Condition.model_construct(**match["when"])
    return Match.model_construct(**match | {"when": when})


def expressions(match: Match) -> list[Screened]:
    conditions = [match, match.when] if match.when else [match]
    return [Screened(source, FLAGS) for condition in conditions for source in condition.regex]


class Presence:
    def __init__(self, condition: Condition):
        self.patterns = PatternSet(condition.any)
        self.expressions = [Screened(source, FLAGS) for source in condition.regex]

    def __call__(self, analysis: Analysis, allowed: Any = None) -> bool:
        for _, first, _ in self.patterns.find(analysis):
            if allowed is None or allowed(analysis.starts[first]):
                return True
        return any(
            allowed is None or allowed(match.start())
            for expression in self.expressions
            for match in expression.finditer(analysis.text, analysis.folded_as_written)
        )


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.match = match
        self.presence = Presence(match)
        self.when = Presence(match.when) if match.when else None

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        if not analysis.spans or (self.when and not self.when(analysis)):
            return
        match, allowed, start = self.match, None, 0
        if match.sections or match.slots:

            def here(offset: int) -> bool:
                section, slot = analysis.place(offset)
                return (not match.sections or section in match.sections) and (not match.slots or slot in match.slots)

            places = [p.start for p in analysis.document.passages if p.style != "heading" and here(p.start)]
            if not places:
                return
            allowed, start = here, places[0]
        if not self.presence(analysis, allowed):
            yield Hit(start, start)


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
