"""`agreement`: places of one text that cannot both be right: a weekday and its date, two ages, hours that nothing supports.

`ask` names the question. Each is narrow on purpose: what can be told in another way is not told here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from nlp.dates import WEEKDAYS
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


ANSWERS: dict[str, Callable[[Analysis], Iterator[Hit]]] = {
    "ugedag": _ugedag, "dokument_efter_brevet": _dokument_efter_brevet, "alder": _alder, "timer_uden_kilde": _timer_uden_kilde,
    "to_datoer": _to_datoer, "ophoersdatoer": _ophoersdatoer, "hilsen": _hilsen, "udfald": _udfald, "beloeb": _beloeb,
}
Match, compile = questions(ANSWERS)
