"""`told`: what was read off the letter itself because nobody said it: outcome, scheme, date. One finding, so that it can be put right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict

from nlp import Hit

name = "told"
_NAMES = {"kind": "at det er en afgørelse", "scheme": "ordningen", "outcome": "udfaldet", "decision_date": "datoen", "citizen_age": "alderen"}


class Match(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)


class Finder:
    triggers = None

    def __call__(self, analysis: Any) -> Iterable[Hit]:
        told = analysis.extra.get("told") or {}
        if told:
            yield Hit(0, 0, {"hvad": ", ".join(f"{_NAMES.get(name, name)} (»{words}«)" for name, words in told.items())})


def compile(rule: Any) -> Finder:
    return Finder()
