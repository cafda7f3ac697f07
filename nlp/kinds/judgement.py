"""`judgement`: sentences that sound like a judgement of a person, by a small trained model (nlp.judgement)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from nlp.guards import LETTERS, Guarded
from nlp.judgement import judge, shape
from nlp.marking import marked
from nlp.model import Hit
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "judgement"


class Match(BaseModel):
    model_config = STRICT

    above: float
    above_in_letters: float  # the model tells less well in letters, whose faults are few to learn from
    silent_below: float | None = None  # a sentence that scores less reads as plain facts: the category's other rules raise no doubt there
    guards: list[str] = []
    unless: list[str | list[dict[str, Any]]] = []


class Finder:
    triggers = None

    def __init__(self, rule: Any):
        match: Match = rule.match
        self.above, self.above_in_letters = match.above, match.above_in_letters
        self.silent_below = match.silent_below
        self.guarded = Guarded(rule)

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        above = self.above_in_letters if analysis.facts.kind in LETTERS else self.above
        for number, (first, last) in enumerate(analysis.spans):
            passage = analysis.passage_at(analysis.starts[first])
            if last - first < 3 or (passage is not None and passage.style in ("heading", "title")):
                continue
            if judge(analysis, number) > above:
                begin, stop = marked([shape(word) for word in analysis.lower[first:last]])
                start, end = analysis.starts[first + begin], analysis.ends[first + stop - 1]
                if not self.guarded(analysis, start, end):
                    yield Hit(start, end, certainty="tvivl")

    def silences(self, analysis: Analysis, number: int) -> bool:
        """Whether a sentence reads as plain facts, so that a listed word in it is most likely used of a thing or reported."""
        return self.silent_below is not None and judge(analysis, number) < self.silent_below


def compile(rule: Any) -> Finder:
    return Finder(rule)
