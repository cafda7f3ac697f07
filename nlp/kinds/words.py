"""`words`: words in all their inflected forms, and fixed phrases. Whole words only, whatever their case.

`adjectives`, `nouns` and `verbs` are inflected when the rulebook is built; `forms` are taken as they stand; `begins` and
`ends` are parts of compounds (`ends: [sky]` finds »arbejdssky«, not »sky«); `phrases` are token patterns (nlp.patterns). `unless` lists patterns that, where they overlap a hit, lift it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from nlp.guards import Guarded
from nlp.inflection import adjective, noun, verb
from nlp.model import Hit
from nlp.patterns import PatternSet, parse
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "words"


class Match(BaseModel):
    model_config = STRICT

    adjectives: list[str] = []
    nouns: list[str] = []
    verbs: list[str] = []
    forms: list[str] = []
    ends: list[str] = []
    begins: list[str] = []
    phrases: list[str | list[dict[str, Any]]] = []
    unless: list[str | list[dict[str, Any]]] = []
    guards: list[str] = []


def forms_of(match: Match) -> set[str]:
    """Every form, in lower case; of compiled rules they all stand in `forms`."""
    forms = {form.lower() for form in match.forms}
    for lemmas, inflect in ((match.adjectives, adjective), (match.nouns, noun), (match.verbs, verb)):
        for lemma in lemmas:
            forms |= inflect(lemma.lower())
    return forms


def prepare(match: Match) -> dict[str, Any]:
    return {
        "forms": sorted(forms_of(match)),
        "ends": match.ends,
        "begins": match.begins,
        "phrases": [parse(p) if isinstance(p, str) else p for p in match.phrases],
        "unless": [parse(p) if isinstance(p, str) else p for p in match.unless],
        "guards": match.guards,
    }


class Finder:
    def __init__(self, rule: Any):
        match: Match = rule.match
        self.forms = frozenset(forms_of(match))
        self.phrases = PatternSet(match.phrases)
        self.begins, self.ends = tuple(match.begins), tuple(match.ends)
        self.heads, self.tails = ({affix[:2] for affix in self.begins}, {affix[-2:] for affix in self.ends})
        affixes = self.begins or self.ends
        self.triggers = None if self.phrases.always or affixes else self.forms | (self.phrases.triggers or frozenset())
        self.guarded = Guarded(rule)

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        forms = self.forms & analysis.forms
        if self.begins or self.ends:
            forms |= {
                form
                for form in analysis.forms
                if ((form[:2] in self.heads and form.startswith(self.begins)) or (form[-2:] in self.tails and form.endswith(self.ends)))
                and form not in self.begins
                and form not in self.ends
            }
        places = [(place, place + 1) for form in forms for place in analysis.positions[form]]
        places += [(first, last) for _, first, last in self.phrases.find(analysis)]
        for first, last in places:
            start, end = analysis.starts[first], analysis.ends[last - 1]
            if hit := self.guarded.hit(analysis, start, end):
                yield hit


def compile(rule: Any) -> Finder:
    return Finder(rule)
