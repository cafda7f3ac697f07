"""`agreement`: places of one text that cannot both be right: a weekday and its date, two ages, hours that nothing supports.

`ask` names the question. Each is narrow on purpose: what can be told in another way is not told here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp import diagnoses
from nlp.dates import WEEKDAYS
from nlp.kinds.input import MONTH_NAMES
from nlp.model import Document, Facts, Hit
from nlp.questions import questions

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "agreement"

_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?:,? den|,? d\.)? *$", re.IGNORECASE)
_AGE = re.compile(r"\b[Dd]u er (?:nu )?(?P<age>\d\d) år\b(?! siden)")
_HOURS = re.compile(r"\b(?P<hours>\d{1,2}(?:,\d)?)(?: |-)timer?s?\b")
_CAN = re.compile(
    r"\b(?:du (?:vil |kunne )*kan|kan du|at du kan|du kan)\b.{0,90}?\b(?P<hours>\d{1,2}(?:,\d)?) timer (?:om ugen|ugentligt|pr\. uge|i ugen)", re.IGNORECASE
)
_SOURCE = re.compile(r"læge|kirurg|log\b|terapeut|koordinator|klinisk|arbejdsprøv|praktik|vejleder|arbejdsgiver|attest|erklæring|skriver|oplyser|prøvet", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:\w*erklæring\w*|\w*attest\w*|\w*udtalelse\w*|\w*notat\w*|epikrise\w*|\w*vurdering\w*|rapport\w*|journal\w*|LÆ ?\d{3}) (?:af|fra|dateret) (?:den )?$", re.IGNORECASE
)
_APPLIED = re.compile(r"\b(?:ansøgning(?:en)? af|søgte (?:\w+ )?(?:om \w+ )?|har søgt (?:om \w+ )?|ansøgte (?:om \w+ )?)\s*(?:den\s+)?$", re.IGNORECASE)
_STOPS = re.compile(r"\b(?:stopper|ophører|slutter|bortfalder)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_SUBJECT = re.compile(r"forløb|fleksjob|revalidering|ret til|bevilling", re.IGNORECASE)
_GREETED = re.compile(r"^(?:Kære|Hej|Til) (?P<name>[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)*)\s*,?$")
_OFFICE = re.compile(r"kommune|jobcent|afdeling|center|forvaltning|borger", re.IGNORECASE)
_NAME = re.compile(r"^(?:[A-ZÆØÅ][a-zæøåéü-]+ ){1,3}[A-ZÆØÅ][a-zæøåéü-]+$")
_AMOUNT = re.compile(r"\b(?P<what>pension\w*|ydelse\w*|tilskud\w*|løn\w*|kontanthjælp\w*|fleksløntilskud\w*)\b[^.;]{0,30}?\b(?P<sum>\d[\d.]*(?:,\d\d)?) (?:kr\b|kroner)", re.IGNORECASE)


def _ugedag(analysis: Analysis) -> Iterator[Hit]:
    for day in analysis.days:
        if not day.exact or day.first is None or day.yearless:
            continue
        named = _WEEKDAY.search(analysis.text[max(0, day.start - 16) : day.start])
        whole = named or re.match(rf"({'|'.join(WEEKDAYS)})\b", day.text, re.IGNORECASE)
        if whole and whole[1].lower() != WEEKDAYS[day.first.weekday()]:
            start = day.start - (len(named.group()) if named else 0)
            yield Hit(start, day.end, {"rigtig": WEEKDAYS[day.first.weekday()]})


def _dokument_efter_brevet(analysis: Analysis) -> Iterator[Hit]:
    today = analysis.facts.decision_date
    if today is None:
        return
    for day in analysis.days:
        if day.exact and not day.yearless and day.first and day.first > today:
            named = _DOCUMENT.search(analysis.text[max(0, day.start - 60) : day.start])
            if named:
                yield Hit(day.start - len(named.group()), day.end)


def _alder(analysis: Analysis) -> Iterator[Hit]:
    known = analysis.facts.citizen_age
    for match in _AGE.finditer(analysis.text):
        age = int(match["age"])
        if known is not None and age != known:
            yield Hit(match.start(), match.end(), {"alder": known})
        known = age if known is None else known


def _timer_uden_kilde(analysis: Analysis) -> Iterator[Hit]:
    """Hours that the authority says the citizen can work, but that no other sentence holds."""
    elsewhere = [
        (start, float(m["hours"].replace(",", "."))) for start, _, text in analysis.stretches["sentence"] for m in _HOURS.finditer(text)
    ]
    for start, _, text in analysis.stretches["sentence"]:
        match = _CAN.search(text)
        if match is None or _SOURCE.search(text) or analysis.letter.at(start) not in ("begrundelse", "oplysninger", "hoved"):
            continue
        told, others = float(match["hours"].replace(",", ".")), {h for place, h in elsewhere if place != start}
        if others and told not in others and told > max(others):
            yield Hit(start + match.start("hours"), start + match.end(), {"hoejst": f"{max(others):g}"})


def _to_datoer(analysis: Analysis) -> Iterator[Hit]:
    """The application dated in two ways."""
    first: datetime.date | None = None
    for day in analysis.days:
        if day.exact and day.first and _APPLIED.search(analysis.text[max(0, day.start - 40) : day.start]):
            if first is not None and day.first != first:
                yield Hit(day.start, day.end)
                return
            first = first or day.first


def _ophoersdatoer(analysis: Analysis) -> Iterator[Hit]:
    """A stop on one date in the title or result, on another further down."""
    first: datetime.date | None = None
    for day in analysis.days:
        if not day.exact or day.first is None:
            continue
        start, end = analysis.sentence_at(day.start)
        before = analysis.text[start : day.start]
        if not (_STOPS.search(before) and _SUBJECT.search(analysis.text[start:end])) or re.search(r"\b(?:hvis|sygedagpenge|behandling)", before, re.IGNORECASE):
            continue
        if first is not None and abs((day.first - first).days) > 1:
            yield Hit(day.start, day.end)
            return
        first = first or day.first


def _hilsen(analysis: Analysis) -> Iterator[Hit]:
    """The letter is addressed to one person and greets another."""
    addressed: set[str] = set()
    for number, line in enumerate(re.finditer(r"[^\n]+", analysis.text[:2000])):
        words = line.group().strip()
        greeted = _GREETED.match(words)
        if greeted:
            if addressed and not set(greeted["name"].split()) & addressed:
                start = line.start() + line.group().index(greeted["name"])
                yield Hit(start, start + len(greeted["name"]))
            return
        if number < 3 and _NAME.match(words) and not addressed and not _OFFICE.search(words):
            addressed = set(words.split())


def _udfald(analysis: Analysis) -> Iterator[Hit]:
    """What the letter plainly says was decided is the opposite of what we were told."""
    from nlp.letter import completed

    facts = analysis.facts
    if facts.outcome is None:
        return
    document = Document(analysis.text, analysis.document.passages)
    read, told = completed(document, Facts(kind="afgoerelse"))
    opposite = {frozenset(("bevilling", "afslag")), frozenset(("bevilling", "ophoer")), frozenset(("bevilling", "afslag_paa_behandling"))}
    if read.outcome and frozenset((read.outcome, facts.outcome)) in opposite and (read.scheme is None or read.scheme == facts.scheme):
        start = analysis.text.find(told["outcome"])
        yield Hit(start, start + len(told["outcome"]), {"udfald": facts.outcome})


def _beloeb(analysis: Analysis) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for match in _AMOUNT.finditer(analysis.text):
        what, total = match["what"].lower().rstrip("sn"), match["sum"]
        if seen.setdefault(what, total) != total and "før skat" not in analysis.text[match.end() : match.end() + 20]:
            yield Hit(match.start("sum"), match.end(), {"hvad": match["what"].lower(), "foer": seen[what]})


_TWO_NAMES = re.compile(r"\b(?=(?P<first>[A-ZÆØÅ][a-zæøåéü]{2,}(?:-[A-ZÆØÅ][a-zæøå]+)?) (?P<last>[A-ZÆØÅ][a-zæøåéü]{3,})\b)")


def _dokument_to_datoer(analysis: Analysis) -> Iterator[Hit]:
    """One professional's document cited with two dates that differ in one part: the year, the month or a digit of the day."""
    experts = {_name(m) for e in analysis.evidence if e.input in ("medical", "ot", "sundhedskoordinator") for m in _TWO_NAMES.finditer(e.text)}
    first: dict[str, datetime.date] = {}
    for day in analysis.days:
        if not day.exact or day.yearless or day.first is None or (day.last and day.last != day.first):
            continue
        start, _ = analysis.sentence_at(day.start)
        before = analysis.text[start : day.start]
        named = [_name(m) for m in _TWO_NAMES.finditer(before)]
        if not named or named[-1] not in experts or len(before) > 200:
            continue
        known = first.setdefault(named[-1], day.first)
        if _slip(known, day.first):
            yield Hit(day.start, day.end, {"anden": _written(known), "hvem": named[-1]}, certainty="tvivl")
            return


def _name(match: re.Match[str]) -> str:
    """A name as it stands, without the s of the genitive."""
    return f"{match['first']} {match['last'].removesuffix('s')}"


def _slip(one: datetime.date, other: datetime.date) -> bool:
    if one == other:
        return False
    parts = (one.year != other.year, one.month != other.month, one.day != other.day)
    if sum(parts) != 1:
        return (one.day, one.month) == (other.month, other.day)  # day and month have changed places
    return not parts[2] or (len({*f"{one.day:02d}"} ^ {*f"{other.day:02d}"}) <= 2 and abs(one.day - other.day) in (1, 2, 10, 20))


def _written(day: datetime.date) -> str:
    return f"{day.day}. {MONTH_NAMES[day.month - 1]} {day.year}"


_TRIAL = re.compile(r"\b(?:praktik\w*|arbejdsprøv\w*|afprøvning\w*|jobprøv\w*)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:nåede?|mødte|arbejdede|gennemførte|klarede|var (?:du )?(?:der|på arbejde)|kom|endte|har (?:du )?(?:kunnet )?arbejde[t]?|arbejdet|passede|passet|gennemført|mødt)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:plan\w*|aftalt|målet|skulle|meningen|ønske\w*|søgt\w*|tidligere|begyndte|startede|steg|højst|mere end|under|over)\b", re.IGNORECASE)
_WEEKLY = re.compile(r"\b(?P<hours>\d{1,2}(?:,\d)?) timer (?:om ugen|ugentligt?|pr\. uge|i ugen)", re.IGNORECASE)


def _timer_to_tal(analysis: Analysis) -> Iterator[Hit]:
    """The hours a citizen worked in the one trial of a letter, told with two numbers."""
    sentences = [(start, text) for start, _, text in analysis.stretches["sentence"] if analysis.letter.at(start) not in ("klage", "regler")]
    trials = {day.start for day in analysis.days if day.first and day.last and (day.last - day.first).days > 6}
    if len(trials) > 1 or sum(len(re.findall(r"\bden \d", text)) > 1 and bool(_TRIAL.search(text)) for _, text in sentences) > 1:
        return  # two trials: which hours belong to which is not told
    seen: tuple[float, str] | None = None
    for start, text in sentences:
        told = list(_WEEKLY.finditer(text))
        if len(told) != 1 or not _DONE.search(text) or _PLANNED.search(text) or not (_TRIAL.search(text) or seen):
            continue
        if re.search(r"\b(?:læge|koordinator|psykolog|psykiater|\w+log)\w*\b", text, re.IGNORECASE):
            continue
        hours = float(told[0]["hours"].replace(",", "."))
        if seen is not None and hours != seen[0] and _TRIAL.search(text):
            yield Hit(start + told[0].start(), start + told[0].end(), {"foer": seen[1]}, certainty="tvivl")
            return
        seen = seen or (hours, told[0]["hours"])


_SIDED = re.compile(r"\b(?P<side>højre|venstre)(?:sidige?)? (?P<part>\w{3,})", re.IGNORECASE)
_OTHER_SIDE = {"højre": "venstre", "venstre": "højre"}


def _side(analysis: Analysis) -> Iterator[Hit]:
    """»Højre skulder« where every other sentence has the left one, and none has both."""
    seen: dict[str, list[tuple[str, int, int]]] = {}
    for match in _SIDED.finditer(analysis.text):
        part = re.sub(r"(?:en|et|n)$", "", match["part"].lower())
        seen.setdefault(part, []).append((match["side"].lower(), match.start(), match.end()))
    for part, places in seen.items():
        sides = [side for side, _, _ in places]
        odd = [place for place in places if sides.count(place[0]) == 1]
        if len(places) < 2 or len(set(sides)) < 2 or re.search(rf"\bbegge {part}|\b(?:højre|venstre) og (?:højre|venstre)", analysis.text, re.IGNORECASE):
            continue
        side, start, end = odd[-1] if odd else places[-1]
        within = analysis.sentence_at(start)
        if any(within == analysis.sentence_at(other) for s, other, _ in places if s != side):
            continue  # one sentence compares the two
        yield Hit(start, end, {"anden": f"{_OTHER_SIDE[side]} {part}"}, certainty="tvivl")


_NO_NAME = re.compile(r"kommune|center|region|sygehus|hospital|klinik|lov|danmark|afdeling|skole|styrelse", re.IGNORECASE)


def _to_stavemaader(analysis: Analysis) -> Iterator[Hit]:
    """Two names that differ in one letter."""
    seen: list[tuple[str, str]] = []
    for match in _TWO_NAMES.finditer(analysis.text):
        name = (match["first"], match["last"])
        if _NO_NAME.search(" ".join(name)) or name in seen:
            continue
        for other in seen:
            one, two = (name[1], other[1]) if name[0] == other[0] else (name[0], other[0]) if name[1] == other[1] else ("", "")
            if one and _one_letter(one, two):
                yield Hit(match.start("first"), match.end("last"), {"anden": " ".join(other)}, certainty="tvivl")
                break
        seen.append(name)


def _one_letter(one: str, two: str) -> bool:
    if len(one) == len(two):
        unlike = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1 and one[unlike[0]] == two[unlike[1]] and one[unlike[1]] == two[unlike[0]]
        return len(unlike) == 1 or swapped
    short, long = sorted((one, two), key=len)
    return len(long) - len(short) == 1 and long != f"{short}s" and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _periode(analysis: Analysis) -> Iterator[Hit]:
    """A period that ends before it begins."""
    days = [d for d in analysis.days if d.exact and d.first and not d.yearless]
    for one, other in pairwise(days):
        between = analysis.text[one.end : other.start]
        if re.fullmatch(r"\s*(?:og )?(?:til(?: og med)?|-|–)\s*(?:den )?", between) and other.first < one.first:  # type: ignore[operator]
            yield Hit(one.start, other.end)


def _diagnose(analysis: Analysis) -> Iterator[Hit]:
    """The authority says one diagnosis of a family, the doctors of the letter only another."""
    medical = [(e.start, e.end) for e in analysis.evidence if e.input == "medical"]
    by_doctor, by_us = [], []
    for mention in diagnoses.named(analysis.text):
        start, end = analysis.sentence_at(mention.start)
        told = any(a < end and start < b for a, b in medical)
        (by_doctor if told else by_us).append(mention)
    for mention in by_us:
        family = [d.name for d in by_doctor if d.family == mention.family]
        if family and not any(diagnoses.same(mention.name, name) for name in family) and not _told_by_citizen(analysis, mention.start):
            yield Hit(mention.start, mention.end, {"anden": family[0]}, certainty="tvivl")


def _told_by_citizen(analysis: Analysis, offset: int) -> bool:
    start, end = analysis.sentence_at(offset)
    return bool(re.search(r"\b(?:fortal|sagde|skrev|skriver|oplys|mener|mente|mistanke|ikke|udelukket|tidligere|familie|mor|far)\w*\b", analysis.text[start:end], re.IGNORECASE))


ANSWERS: dict[str, Callable[[Analysis], Iterator[Hit]]] = {
    "ugedag": _ugedag, "dokument_efter_brevet": _dokument_efter_brevet, "alder": _alder, "timer_uden_kilde": _timer_uden_kilde,
    "to_datoer": _to_datoer, "ophoersdatoer": _ophoersdatoer, "hilsen": _hilsen, "udfald": _udfald, "beloeb": _beloeb, "dokument_to_datoer": _dokument_to_datoer, "timer_to_tal": _timer_to_tal, "side": _side, "to_stavemaader": _to_stavemaader,
    "periode": _periode, "diagnose": _diagnose,
}
Match, compile = questions(ANSWERS)
