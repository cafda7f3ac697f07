"""`plain`: heavy words with a plainer one beside each; the message's `{plain}` is what could stand instead.

`pairs` maps a token pattern (nlp.patterns) to the plainer wording. Nothing is replaced by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from nlp.guards import Guarded
from nlp.model import Hit
from nlp.patterns import PatternSet, parse
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "plain"


class Match(BaseModel):
    model_config = STRICT

    pairs: dict[str, str]
    unless: list[str | list[dict[str, Any]]] = []
    guards: list[str] = []


def prepare(match: Match) -> dict[str, Any]:
    PatternSet(list(match.pairs))  # says what is wrong with a pattern
    return match.model_dump() | {"unless": [parse(p) if isinstance(p, str) else p for p in match.unless]}


class Finder:
    def __init__(self, rule: Any):
        match: Match = rule.match
        self.plain = list(match.pairs.values())
        self.patterns = PatternSet(list(match.pairs))
        self.triggers = self.patterns.triggers
        self.guarded = Guarded(rule)

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        for number, first, last in self.patterns.find(analysis):
            start, end = analysis.starts[first], analysis.ends[last - 1]
            if not self.guarded(analysis, start, end):
                yield Hit(start, end, {"plain": self.plain[number]})


def compile(rule: Any) -> Finder:
    return Finder(rule)
