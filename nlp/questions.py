"""A kind of rule that is a list of named questions: the rule's `ask` picks one, and its answer is the finder.

A module that is such a kind ends with `Match, compile = questions(ANSWERS)`; the keys of ANSWERS are what a rule may ask.
`given` finds, for a text, what the answers need beside it (the case, the register of law); where it finds None, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from pydantic import BaseModel, create_model

from nlp.model import Hit
from nlp.strict import STRICT

Answer = Callable[..., Iterable[Hit]]


class Finder:
    triggers = None

    def __init__(self, answer: Answer, given: Callable[[Any], Any] | None):
        self.answer, self.given = answer, given

    def __call__(self, analysis: Any) -> Iterable[Hit]:
        if self.given is None:
            return self.answer(analysis)
        beside = self.given(analysis)
        return self.answer(analysis, beside) if beside is not None else ()


def questions(answers: Mapping[str, Answer], given: Callable[[Any], Any] | None = None) -> tuple[type[BaseModel], Callable[[Any], Finder]]:
    """The kind's `Match` and `compile`."""
    match = create_model("Match", __config__=STRICT, ask=(Literal[tuple(answers)], ...))

    def compile(rule: Any) -> Finder:
        return Finder(answers[rule.match.ask], given)

    return match, compile
