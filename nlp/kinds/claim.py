"""`claim`: a sentence says what it must not say; see nlp.claims for how a claim is written.

`claims`: any of them. `when` must be said somewhere for the rule to speak; where one of `unless` is said, it is silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from nlp import claims
from nlp.claims import Claim, as_claims, is_said, restored, said
from nlp.model import Hit
from nlp.screen import Screened
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "claim"
Claims = Annotated[list[Claim], BeforeValidator(as_claims)]


class Match(BaseModel):
    model_config = STRICT

    claims: Claims = Field(min_length=1)
    when: Claims = []
    unless: Claims = []
    once: bool = False  # one finding is enough


def restore(**match: Any) -> Match:
    return Match.model_construct(**match | {name: restored(match[name]) for name in ("claims", "when", "unless")})


def expressions(match: Match) -> Iterable[Screened]:
    return claims.expressions([*match.claims, *match.when, *match.unless])


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.match = match

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        match = self.match
        found = sorted({place for claim in match.claims for place in said(analysis, claim)})
        if not found or (match.when and not is_said(analysis, match.when)) or is_said(analysis, match.unless):
            return
        told = -1
        for start, end in found[:1] if match.once else found:
            if start >= told:  # two claims may be made with the same words
                yield Hit(start, end)
                told = end


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
