"""`pattern`: token patterns (see nlp.patterns), for idioms, particle verbs and constructions."""

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

name = "pattern"


class Match(BaseModel):
    model_config = STRICT

    patterns: list[str | list[dict[str, Any]]]
    unless: list[str | list[dict[str, Any]]] = []
    guards: list[str] = []


def prepare(match: Match) -> dict[str, Any]:
    return {
        "patterns": [parse(p) if isinstance(p, str) else p for p in match.patterns],
        "unless": [parse(p) if isinstance(p, str) else p for p in match.unless],
        "guards": match.guards,
    }


class Finder:
    def __init__(self, rule: Any):
        match: Match = rule.match
        self.patterns = PatternSet(match.patterns)
        self.triggers = self.patterns.triggers
        self.guarded = Guarded(rule)

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        for _, first, last in self.patterns.find(analysis):
            start, end = analysis.starts[first], analysis.ends[last - 1]
            if hit := self.guarded.hit(analysis, start, end):
                yield hit


def compile(rule: Any) -> Finder:
    return Finder(rule)
