"""The cues and verbs that decide what a clause makes of a source, read from nlp/lexicon/evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from nlp.screen import Screened, folded
from nlp.sources import read, whole_words

if TYPE_CHECKING:
    from nlp.evidence.references import Reference


STAGES = ("conditional", "special", "refused", "impossible", "requested", "missing", "outdated")


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of cues.yaml, compiled."""

    id: str
    status: str
    stage: str
    patterns: tuple[Screened, ...]
    inputs: tuple[str, ...] = ()
    not_inputs: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    named_only: bool = False  # only where a person or a body is named, not a document
    examples: tuple[dict[str, str], ...] = ()

    def speaks_of(self, reference: Reference, view: str) -> bool:
        return self.place(reference, view) is not None

    def place(self, reference: Reference, view: str) -> int | None:
        """Where in the clause the cue ends its say; None where it has none of the source."""
        if not self.fits(reference):
            return None
        low = folded(view)
        return min((match.end() for pattern in self.patterns if (match := pattern.search(view, low))), default=None)

    def fits(self, reference: Reference) -> bool:
        if (self.inputs and reference.input not in self.inputs) or reference.input in self.not_inputs:
            return False
        if self.named_only and reference.roles & {"note", "document", "vague"}:
            return False
        return not self.roles or self.roles_of(reference)

    def roles_of(self, reference: Reference) -> bool:
        return any(mention.role in self.roles for mention in reference.mentions)


_PLACES = {"{R}": "‹R›", "{X}": "‹X›", "{D}": r"‹D\d+›", "{B}": "‹B›", "{V}": "‹V›"}


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """The cues of each stage, in the order of the file."""
    found: dict[str, list[Cue]] = {stage: [] for stage in STAGES}
    for entry in read("cues.yaml"):
        patterns = []
        for pattern in entry["patterns"]:
            for sign, expression in _PLACES.items():
                pattern = pattern.replace(sign, expression)
            patterns.append(Screened(pattern))
        found[entry["stage"]].append(
            Cue(
                entry["id"], entry["status"], entry["stage"], tuple(patterns), tuple(entry.get("inputs", ())),
                tuple(entry.get("not_inputs", ())), tuple(entry.get("roles", ())),
                entry.get("named_only", False), tuple(entry["examples"]),
            )
        )  # fmt: skip
    return {stage: tuple(entries) for stage, entries in found.items()}


@cache
def verbs(group: str) -> re.Pattern[str]:
    return whole_words(read("verbs.yaml")[group])


NEGATION = re.compile(r"\b(?:ikke|aldrig|hverken|ingen|intet|næppe)\b", re.IGNORECASE)
