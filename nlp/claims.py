"""What sentences say, as data: a claim is a set of expressions that must all stand in one sentence, and some that must not.

Used by the kinds `claim` (something is said that must not be) and `demand` (something must be said).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, field_validator

from nlp.screen import Screened
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

FLAGS = re.IGNORECASE


class Claim(BaseModel):
    """`all` must stand in one sentence (or another stretch), none of `none`. The first of `all` is what is marked.

    `pair` is a sentence with the one after it in the same paragraph. `lifted_by`: said anywhere in the same parts, the claim is not
    made. A plain text is short for a claim with one expression. `parts`: only in these parts of a letter (nlp.letter.PARTS).
    """

    model_config = STRICT

    all: list[str]
    none: list[str] = []
    lifted_by: list[str] = []
    within: Literal["sentence", "pair", "paragraph", "document"] = "sentence"
    parts: list[Literal["hoved", "oplysninger", "begrundelse", "synspunkter", "regler", "klage", "praktisk"]] = []
    headings: bool = True  # whether a heading can say it

    @field_validator("all", "none", "lifted_by")
    @classmethod
    def readable(cls, value: list[str]) -> list[str]:
        for expression in value:
            try:
                re.compile(expression, FLAGS)
            except re.error as error:
                raise ValueError(f"kan ikke læses som regulært udtryk: {error}") from None
        return value


def restored(claims: list[dict[str, Any]]) -> list[Claim]:
    """Claims from compiled.json."""
    return [Claim.model_construct(**claim) for claim in claims]


def as_claims(value: object) -> object:
    """Plain texts as claims, for pydantic."""
    if isinstance(value, list):
        return [{"all": [entry]} if isinstance(entry, str) else entry for entry in value]
    return value


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> Screened:
    return Screened(expression, FLAGS)


def expressions(claims: Iterable[Claim]) -> Iterator[Screened]:
    return (_compiled(expression) for claim in claims for expression in (*claim.all, *claim.none, *claim.lifted_by))


def said(analysis: Analysis, claim: Claim) -> Iterator[tuple[int, int]]:
    """(start, end) of each place where the claim is made: what the first expression matched, or its group `hit`."""
    wanted = [_compiled(expression) for expression in claim.all]
    if not all(expression.may_match(analysis.folded) for expression in wanted):
        return
    first, *rest = [expression.pattern for expression in wanted]
    never = [screened.pattern for e in claim.none if (screened := _compiled(e)).may_match(analysis.folded)]
    if claim.lifted_by and is_said(analysis, _lifting(claim)):
        return
    for start, _, text in analysis.that_may_hold(wanted[0], claim.within):
        match = first.search(text)
        if match is None or not all(e.search(text) for e in rest) or any(e.search(text) for e in never):
            continue
        if claim.within != "document" and not _here(analysis, claim, start):
            continue
        group = "hit" if "hit" in first.groupindex else 0
        a, b = match.span(group)
        if a < b:
            yield start + a, start + b


def _lifting(claim: Claim) -> list[Claim]:
    return [Claim.model_construct(all=[e], parts=claim.parts, headings=claim.headings) for e in claim.lifted_by]


def _here(analysis: Analysis, claim: Claim, start: int) -> bool:
    if not claim.headings:
        passage = analysis.passage_at(start)
        if passage is not None and passage.style in ("heading", "title"):
            return False
    return not claim.parts or analysis.letter.at(start) in claim.parts


def is_said(analysis: Analysis, claims: list[Claim]) -> bool:
    return any(next(said(analysis, claim), None) is not None for claim in claims)
