"""`demand`: a document must say something, or several things; what is not said is told once, with no place marked.

`elements`: name -> claims, any of which says it; `{mangler}` in the message lists the names of those not said. `claims` is
short for one element. `when` must be said for the rule to speak; `unless` lifts it. `place`: the part of a letter where it
belongs, so that people find it; `enough`: how many elements suffice (all, unless given).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, model_validator

from nlp import claims
from nlp.claims import is_said, restored
from nlp.kinds.claim import Claims
from nlp.model import Hit
from nlp.screen import Screened
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "demand"


class Match(BaseModel):
    model_config = STRICT

    claims: Claims = []
    elements: dict[str, Claims] = {}
    enough: int | None = None
    when: Claims = []
    unless: Claims = []
    place: str | None = None
    age_from: int | None = None
    age_until: int | None = None

    @model_validator(mode="after")
    def asks_something(self) -> Match:
        if bool(self.claims) == bool(self.elements):
            raise ValueError("skriv enten claims eller elements")
        return self


def restore(**match: Any) -> Match:
    claims = {name: restored(match[name]) for name in ("claims", "when", "unless")}
    return Match.model_construct(**match | claims | {"elements": {name: restored(each) for name, each in match["elements"].items()}})


def expressions(match: Match) -> Iterable[Screened]:
    every = [match.claims, match.when, match.unless, *match.elements.values()]
    return claims.expressions(claim for each in every for claim in each)


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.match = match
        self.elements = match.elements or {"": match.claims}

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        match, age = self.match, analysis.facts.citizen_age
        if not analysis.spans:
            return
        if match.age_from is not None and (age is None or age < match.age_from):
            return
        if match.age_until is not None and (age is None or age > match.age_until):
            return
        if (match.when and not is_said(analysis, match.when)) or is_said(analysis, match.unless):
            return
        missing = [name for name, claims in self.elements.items() if not is_said(analysis, claims)]
        if missing and (match.enough is None or len(self.elements) - len(missing) < match.enough):
            yield Hit(*self.place(analysis), params={"mangler": ", ".join(missing)})

    def place(self, analysis: Analysis) -> tuple[int, int]:
        part = self.match.place
        start = next((p.start for p in analysis.letter.passages(part)), 0) if part else 0
        return start, start


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
