"""`regex`: a regular expression over the text, for what is not made of words (numbers, marks, placeholders).

Where the expression has a group called `hit`, that group is marked. Flags: ignore case, `^` and `$` at lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, field_validator

from nlp.guards import Guarded
from nlp.model import Hit
from nlp.patterns import parse
from nlp.screen import Screened
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "regex"
FLAGS = re.IGNORECASE | re.MULTILINE


class Match(BaseModel):
    model_config = STRICT

    any: list[str]
    case_sensitive: bool = False
    unless: list[str | list[dict[str, Any]]] = []
    guards: list[str] = []

    @field_validator("any")
    @classmethod
    def readable(cls, value: list[str]) -> list[str]:
        for expression in value:
            try:
                re.compile(expression, FLAGS)
            except re.error as error:
                raise ValueError(f"kan ikke læses som regulært udtryk: {error}") from None
        return value


def prepare(match: Match) -> dict[str, Any]:
    return match.model_dump() | {"unless": [parse(p) if isinstance(p, str) else p for p in match.unless]}


def expressions(match: Match) -> list[Screened]:
    flags = re.MULTILINE if match.case_sensitive else FLAGS
    return [Screened(expression, flags) for expression in match.any]


class Finder:
    triggers = None

    def __init__(self, rule: Any):
        match: Match = rule.match
        self.expressions = expressions(match)
        self.guarded = Guarded(rule)

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        for screened in self.expressions:
            if not screened.may_match(analysis.folded_as_written):
                continue
            expression = screened.pattern
            group = "hit" if "hit" in expression.groupindex else 0
            for match in expression.finditer(analysis.text):
                start, end = match.span(group)
                if start < end and (hit := self.guarded.hit(analysis, start, end)):
                    yield hit


def compile(rule: Any) -> Finder:
    return Finder(rule)
