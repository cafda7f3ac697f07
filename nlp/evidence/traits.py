"""What stands around a source, as named traits: the words before and after it, a no, a date, who speaks, what comes next.

The names are what the weights of nlp.evidence.weighing are kept under, so that a decision can be read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.evidence.cues import cues
from nlp.evidence.references import Reference, governing, region_of
from nlp.evidence.units import Sentence

_WORD = re.compile(r"‹\w+›|\w+|[:;?,()]")
_ENDING = re.compile(r"(?:ernes|enes|erne|ende|edes|ede|ene|ens|ets|ers|tes|es|er|en|et|te|e|t|s)$")
_NO = frozenset(("ikke", "ingen", "intet", "aldrig", "hverken", "uden", "næppe", "nej", "mangler", "manglende"))
_NEAR = 5


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its ending, roughly; marks and short words as they are."""
    if len(word) < 5 or word[0] == "‹":
        return word
    short = _ENDING.sub("", word)
    return short if len(short) >= 3 else word


def words(view: str) -> list[str]:
    """The words of a view; dates are alike, and so are sources that are not the one in question."""
    view = re.sub(r"‹U\d+›", "‹X›", re.sub(r"‹D\d+›", "‹D›", view))
    return [word if word[0] == "‹" else "#" if word[0].isdigit() else word.lower() for word in _WORD.findall(view)]


def traits(reference: Reference, around: tuple[Sentence | None, Sentence | None], letter: datetime.date | None) -> set[str]:
    """The traits of a reference in its sentence, with the sentences before and after it, on the date of the letter."""
    return set(_traits(reference, around, letter))


def _traits(reference: Reference, around: tuple[Sentence | None, Sentence | None], letter: datetime.date | None) -> Iterator[str]:
    before, after = (beside.marked if beside else "" for beside in around)
    sentence, clauses = reference.sentence, reference.sentence.clauses
    region = region_of(reference)
    view = " ".join(region)
    here = words(view)
    at = here.index("‹R›") if "‹R›" in here else 0
    stems = [stem(word) for word in here]
    for place, (word, root) in enumerate(zip(here, stems, strict=True)):
        side = "<" if place < at else ">"
        yield f"ord {word}"
        yield f"stamme {root}"
        yield f"{reference.input} {root}"
        if len(word) > 4:
            yield f"forled {word[:5]}"
        if abs(place - at) <= _NEAR:
            yield f"nær {side} {word}"
        if place + 1 < len(here):
            yield f"par {word} {here[place + 1]}"
            yield f"par {root} {stems[place + 1]}"
        if word in _NO:
            yield f"nej {side}"
            yield from (f"nej efter {other}" for other in stems[max(0, place - 3) : place])
            yield from (f"nej før {other}" for other in stems[place + 1 : place + 4])
    yield from (f"sætning {stem(word)}" for word in words(reference.view(sentence.marked)))
    yield from (f"over {word}" for word in words(governing(reference))[-8:])
    if reference.clause > 0:
        yield from (f"forrige led {word}" for word in words(reference.view(clauses[reference.clause - 1].text)))
    if reference.clause + 1 < len(clauses):
        following = clauses[reference.clause + 1]
        yield f"næste led er {following.opening}"
        yield from (f"næste led {word}" for word in words(reference.view(following.text))[:5])
    yield f"led er {clauses[reference.clause].opening}"
    yield from (f"næste sætning {word}" for word in words(after)[:12])
    yield from (f"forrige sætning {stem(word)}" for word in words(before)[-10:])
    yield f"begynder {here[0] if here else ''}"
    yield f"længde {min(4, len(here) // 4)}"
    yield from (f"rolle {role}" for role in reference.roles)
    yield f"bidrag {reference.input}"
    for how, _ in reference.attached:
        yield f"dato ved {how}"
        yield f"dokument med dato ved {how}" if reference.concrete else f"dato ved {how}, intet dokument"
    yield "dateret" if reference.attached else "løs dato" if "‹D" in view else "uden dato"
    days = [day.first for _, day in reference.attached] + [day.first for day in sentence.dates]
    if letter and any(day and day > letter for day in days):
        yield "dag forude"
    if reference.roles == {"voice"}:
        return  # the cues speak of documents
    governed = governing(reference) + view
    for stage, entries in cues().items():
        seen = governed if stage in ("refused", "requested") else view
        yield from (f"vending {cue.id}" for cue in entries if cue.speaks_of(reference, seen))
