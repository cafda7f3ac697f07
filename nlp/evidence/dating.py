"""Which date is the document's own, and which belongs to a request, a visit or what the document tells.

Every date of the sentence and of those around it is weighed as the source's own (nlp/lexicon/evidence/date_weights.tsv, learnt
with the weights of nlp.evidence.weighing); the best counts, if any speaks for itself.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp import dates
from nlp.dates import DateMention
from nlp.evidence.references import Reference
from nlp.evidence.traits import stem, words
from nlp.evidence.units import Sentence
from nlp.evidence.weighing import DATES, total
from nlp.model import Facts

# How long an input stays fresh where the house limit of `Facts` does not say; months, None for always.
FRESHNESS = {"ot": 24, "sundhedskoordinator": 24}
_UNDATED = frozenset(("missing", "hearsay"))  # what is not there, or only retold, has no date of its own
_BETWEEN = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that may be the source's own, and its traits."""

    day: DateMention
    traits: frozenset[str]


def date_of(reference: Reference, status: str, around: tuple[Sentence | None, Sentence | None], letter: datetime.date | None) -> DateMention | None:
    """The date of the source among those of its sentence and of the sentences before and after; None where none is its own."""
    if status in _UNDATED:
        return None
    best = max(candidates(reference, status, around, letter), key=lambda c: total(DATES, c.traits), default=None)
    return best.day if best and total(DATES, best.traits) > 0 else None


def candidates(reference: Reference, status: str, around: tuple[Sentence | None, Sentence | None], letter: datetime.date | None) -> Iterator[Candidate]:
    """Every date near the source with its traits, crossed with what is said of the source and of which input."""
    talk = reference.sentence.talk
    own = [(day, traits) for day, traits in _own(reference) if day is not talk or "method" in reference.roles]
    near = [
        (day, traits) for where, sentence in zip(("før", "efter"), around, strict=True)
        if sentence and not _of_another(sentence, reference) for day, traits in _beside(sentence, where)
    ]  # fmt: skip
    for place, (day, traits) in enumerate([*own, *near]):
        here = {*traits, f"antal {min(len(own), 3)}", "først" if place == 0 else "senere"}
        if place == len(own) - 1:
            here.add("sidst")
        if not own:
            here.add("ingen i sætningen")
        here |= _kind(day, letter)
        told = "present" if status == "outdated" else status
        yield Candidate(day, frozenset(here | {f"{told}: {trait}" for trait in here} | {f"{reference.input}: {trait}" for trait in here}))


def _kind(day: DateMention, letter: datetime.date | None) -> Iterator[str] | set[str]:
    found = {"præcis" if day.exact else "omtrentlig"}
    if day.age:
        found.add("alder")
    if day.first and letter and day.first > letter:
        found.add("forude")
    if day.yearless:
        found.add("uden år")
    return found


def _own(reference: Reference) -> Iterator[tuple[DateMention, set[str]]]:
    """The dates of the source's own sentence, in order."""
    sentence = reference.sentence
    found: list[tuple[int, DateMention, set[str]]] = []
    for number, unit in enumerate(sentence.units):
        for how, day in unit.dates:
            if number in reference.units:
                found.append((day.start, day, {f"hos {how}", "hos kilden"}))
            else:
                place = next(p for p, clause in enumerate(sentence.clauses) if f"‹U{number}›" in clause.text)
                found.append((day.start, day, {f"hos {unit.role}", f"hos {unit.role} {how}", _distance(place - reference.clause)}))
    for place, clause in enumerate(sentence.clauses):
        for match in re.finditer(r"‹D(\d+)›", clause.text):
            day = sentence.dates[int(match[1])]
            found.append((day.start, day, {*_loose(reference, place, clause.text, match), _distance(place - reference.clause), f"led er {clause.opening}"}))
    for _, day, traits in sorted(found, key=lambda entry: entry[0]):
        yield day, traits


def _distance(clauses: int) -> str:
    return f"led {max(-2, min(2, clauses)):+d}"


def _loose(reference: Reference, place: int, clause: str, match: re.Match[str]) -> Iterator[str]:
    """The words around a date that belongs to no source."""
    before, after = words(reference.view(clause[: match.start()])), words(reference.view(clause[match.end() :]))
    yield "løs"
    yield from (f"lige før {word}" for word in before[-1:])
    yield from (f"før {stem(word)}" for word in before[-4:])
    yield from (f"lige efter {word}" for word in after[:1])
    yield from (f"efter {stem(word)}" for word in after[:3])
    if place == reference.clause:
        first = "‹R›" in before
        yield "efter kilden" if first else "før kilden"
        between = before[len(before) - 1 - before[::-1].index("‹R›") :] if first else after[: after.index("‹R›")] if "‹R›" in after else []
        yield f"afstand {min(len(between) // 3, 3)}"
        yield from (f"imellem {stem(word)}" for word in between[:_BETWEEN])


def _of_another(sentence: Sentence, reference: Reference) -> bool:
    """Whether a sentence speaks of another input, so that its dates are that input's."""
    return any(unit.role not in ("voice", "note") and unit.input not in (reference.input, "none") for unit in sentence.units)


def _beside(sentence: Sentence, where: str) -> Iterator[tuple[DateMention, set[str]]]:
    """The dates of a sentence before or after the source's."""
    named = any(unit.role not in ("voice", "note") for unit in sentence.units)
    common = {f"sætning {where}", f"sætning {where} {'med' if named else 'uden'} kilde"}
    for unit in sentence.units:
        for how, day in unit.dates:
            yield day, common | {f"{where} hos {unit.role} {how}"}
    for match in re.finditer(r"‹D(\d+)›", sentence.marked):
        before = words(sentence.marked[: match.start()])
        yield sentence.dates[int(match[1])], common | {f"{where}: før {stem(word)}" for word in before[-4:]}


_ASKED = re.compile(
    r"\b(?:rekvireret|rekvirerede|bestilt|bestilte|sendt|sendte|anmodet|anmodede|bedt|bad|rykket|rykkede|henvist|henviste|afsendt|fremsendt)\b"
    r"(?:(?! og | har | til den | til d\. | uge | til (?:hjemme|under|samtale|møde|kontrol))[^;,]){0,40}$",
    re.IGNORECASE,
)


def is_ahead(reference: Reference, day: DateMention, facts: Facts) -> bool:
    """Whether a date without a year in a sentence about a request lies ahead of the letter."""
    if day.ahead is None or day.first is None or facts.decision_date is None:
        return False
    if _ASKED.search(reference.sentence.text[: max(0, day.start - reference.sentence.offset)]):
        return False
    return day.ahead - facts.decision_date <= min(facts.decision_date - day.first, datetime.timedelta(days=180))


def is_stale(name: str, day: DateMention, facts: Facts) -> bool:
    """Whether a dated input is older than its limit on the decision date."""
    limit = facts.freshness_months if name == "medical" else FRESHNESS.get(name)
    newest = day.last or day.first
    if limit is None or newest is None or facts.decision_date is None:
        return False
    return newest < dates.months_before(facts.decision_date, limit)
