"""Finds who and what a sentence names as an input to the case: forms, attests, tests, professions, citizen, relatives.

The words are data: nlp/lexicon/evidence/sources.yaml. Nothing here says what a mention is worth; see nlp.evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp import lexicons
from nlp.screen import Screened, folded

LEXICON = Path(__file__).parent / "lexicon" / "evidence"


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of sources.yaml."""

    id: str
    name: str
    input: str  # one of nlp.model.INPUTS, or "none"
    role: str
    screen: Screened
    profession: str | None = None
    also: tuple[str, ...] = ()  # further inputs for which the same mention is of the wrong profession
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def match(self) -> re.Pattern[str]:
        return self.screen.pattern


@dataclass(frozen=True, slots=True)
class Mention:
    """A source named in a text, at `start:end` of it."""

    start: int
    end: int
    source: Source
    name: str

    @property
    def input(self) -> str:
        return self.source.input

    @property
    def role(self) -> str:
        return self.source.role


def whole_words(patterns: list[str]) -> re.Pattern[str]:
    """One expression for several, that begins and ends at a word's edge, in upper or lower case."""
    return re.compile(_whole_words(patterns), re.IGNORECASE)


def _whole_words(patterns: list[str]) -> str:
    return r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)"


def read(name: str) -> Any:
    """A lexicon file, as plain lists and mappings."""
    return lexicons.read(LEXICON / name)


@cache
def lexicon() -> tuple[Source, ...]:
    return tuple(
        Source(
            id=entry["id"], name=entry["name"], input=entry["input"], role=entry["role"],
            screen=Screened(_whole_words(entry["match"])), profession=entry.get("profession"), also=tuple(entry.get("also", ())),
            examples=tuple(entry["examples"]), counterexamples=tuple(entry.get("not", ())),
        )
        for entry in read("sources.yaml")
    )  # fmt: skip


def _name(source: Source, match: re.Match[str]) -> str:
    values = [match.group(), *(group or "" for group in match.groups())]
    name = re.sub(r"\{(\d)\}", lambda place: values[int(place[1])] if int(place[1]) < len(values) else "", source.name)
    return name.strip()


def possible(text: str) -> tuple[Source, ...]:
    """The entries that may be named somewhere in `text`: for `mentions` of its sentences."""
    low = folded(text)
    return tuple(source for source in lexicon() if source.screen.may_match(low))


def mentions(text: str, among: tuple[Source, ...] | None = None) -> list[Mention]:
    """Every source named in `text`, in order, without overlap: the earliest, then the longest, then the first entry."""
    low = folded(text)
    found = [
        Mention(match.start(), match.end(), source, _name(source, match))
        for source in (lexicon() if among is None else among)
        if source.screen.may_match(low)
        for match in source.match.finditer(text)
    ]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    chosen: list[Mention] = []
    for mention in found:
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return chosen
