"""Test results of a case against the data of their instruments: what is wrong, and what a result means in words.

The data lie in `nlp/lexicon/instruments/` (one home, read by `nlp.instruments`). A cut-off is a reference for groups and
never a rule on who has a right to what; nothing here decides.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator
from functools import cache

from docgen.dates import in_words as dated
from docgen.model import CaseRemark, FunctionalDescription, TestResult
from nlp import instruments as known
from nlp.instruments import Instrument, number
from nlp.model import Severity

_FEJL, _ADVARSEL, _FORSLAG = Severity.FEJL, Severity.ADVARSEL, Severity.FORSLAG


def find(instrument_id: str) -> Instrument | None:
    return known.load().get(instrument_id)


def check(result: TestResult, *, path: str = "functional.tests[0]", today: datetime.date | None = None) -> list[CaseRemark]:
    """What is wrong with one record. `today` is the latest date a test can have; left out, dates are not judged.

    Values with low confidence in the data are not enforced.
    """
    instruments = known.load()
    instrument = instruments.get(result.instrument)
    if instrument is None:
        return [_unknown(result.instrument, path)]
    return list(_check(result, instrument, path, today))


def check_all(functional: FunctionalDescription, *, today: datetime.date | None = None) -> list[CaseRemark]:
    """The records of a functional description, one after the other."""
    return [
        remark
        for place, result in enumerate(functional.tests)
        for remark in check(result, path=f"functional.tests[{place}]", today=today)
    ]


def _unknown(written: str, path: str) -> CaseRemark:
    instruments = known.load()
    for entry in instruments.ambiguous:
        if entry.name.casefold() == written.casefold():
            choices = ", ".join(f"{i} ({instruments.by_id[i].name})" for i in entry.could_be)
            return CaseRemark(
                "redskab-tvetydigt", _FEJL, f"{path}.instrument", f"»{written}« kan være flere redskaber: {choices}.", entry.ask
            )
    names = {name.casefold(): i.id for i in instruments for name in (i.id, i.name, *i.names)}
    close = difflib.get_close_matches(written.casefold(), names, n=1, cutoff=0.6)
    return CaseRemark(
        "redskab-ukendt", _FEJL, f"{path}.instrument", f"Redskabet »{written}« kendes ikke.",
        f"Mente du »{names[close[0]]}«?" if close else "Se listen med docgen content list, eller beskriv observationen i afsnittet.",
    )


def _check(result: TestResult, instrument: Instrument, path: str, today: datetime.date | None) -> Iterator[CaseRemark]:
    def remark(code: str, severity: Severity, field: str, message: str, advice: str = "") -> CaseRemark:
        return CaseRemark(code, severity, f"{path}.{field}" if field else path, message, advice)

    if instrument.items and not instrument.may_sum and result.score is not None:
        yield remark(
            "redskab-sum", _FEJL, "score",
            f"{instrument.name} har intet samlet tal: {number(result.score, 2)} kan ikke stå som resultat.",
            f"Skriv de enkelte delresultater ({instrument.items.text}).",
        )
    elif result.score is not None:
        yield from _value(result.score, instrument, f"{path}.score")
    for place, item in enumerate(result.items):
        if item.score is not None:
            yield from _value(item.score, instrument, f"{path}.items[{place}].score")
    if instrument.items and len(result.items) > instrument.items.count and instrument.items.enforced:
        yield remark(
            "redskab-for-mange-dele", _FEJL, "items",
            f"{instrument.name} har {instrument.items.text}; her står {len(result.items)} delresultater.",
        )
    if today and result.date and result.date > today:
        yield remark("redskab-fremtid", _FEJL, "date", f"{instrument.name} er dateret i fremtiden.")
    yield from _complete(result, instrument, path)
    if result.interpretation:
        yield from _wording(result, instrument, path)


def _value(score: float, instrument: Instrument, path: str) -> Iterator[CaseRemark]:
    shown = number(score, 2)
    if instrument.outside(score):
        limits = instrument.range
        yield CaseRemark(
            "redskab-uden-for-skala", _FEJL, path,
            f"{instrument.name} går fra {number(limits.min, 1)} til {number(limits.max, 1)} {instrument.unit}. {shown} kan ikke forekomme.",
            "Se efter i skemaet, om tallet er skrevet rigtigt, og om det er det rigtige redskab.",
        )
    elif instrument.off_step(score):
        yield CaseRemark(
            "redskab-umuligt-tal", _FEJL, path,
            f"{instrument.name} måles i spring på {number(instrument.step.value, 2)}. {shown} kan ikke forekomme.",
            instrument.note or "Se efter i skemaet, om tallet er skrevet rigtigt.",
        )


def _complete(result: TestResult, instrument: Instrument, path: str) -> Iterator[CaseRemark]:
    tester = result.tester
    if result.items and all(item.score is not None for item in result.items):
        has_score = True
    else:
        # Some instruments give a profile in words (adl_tax): the interpretation then holds the result.
        has_score = result.score is not None or (instrument.items is not None and instrument.range is None and bool(result.interpretation))
    asked = [
        ("score", has_score, "resultatet"),
        ("date", result.date, "datoen"),
        ("tester", tester and tester.name and tester.profession, "hvem der har udført det, med navn og fag"),
        ("interpretation", result.interpretation, "hvad resultatet betyder, i ord"),
        ("limits", result.limits, "forbehold (»ingen« er også et svar)"),
    ]
    if "version" in instrument.needs:
        asked.append(("version", result.version, "udgave og sprog"))
    if "certification" in instrument.needs:
        asked.append(("tester.certification", tester and tester.certification, "testerens certificering"))
    if "side" in instrument.needs:
        asked.append(("side", result.side, "hvilken hånd"))
    if "conditions" in instrument.needs:
        asked.append(("conditions", result.conditions, instrument.conditions_say or "opgave og betingelser"))
    for field, there, what in asked:
        if not there:
            yield CaseRemark(
                "redskab-ufuldstaendigt", _FORSLAG if field in ("limits", "version") else _ADVARSEL, f"{path}.{field}",
                f"{instrument.name}: {what} mangler.",
                "Et tal alene fortæller ikke, hvad der er undersøgt, og hvad det betyder.",
            )


def _wording(result: TestResult, instrument: Instrument, path: str) -> Iterator[CaseRemark]:
    """The interpretation, read as a sentence on this instrument and this score."""
    for finding in known.read_interpretation(result.interpretation, instrument, result.score):
        yield CaseRemark(finding.name, finding.severity, f"{path}.interpretation", finding.message, finding.advice)


# --- In words -----------------------------------------------------------------------------------------------------


def in_words(result: TestResult) -> str:
    """A result as a reader without the manual can take it: who says it, the scale, the direction, what it may mean.

    Probabilistic, about groups, and never about rights. Of a value that cannot occur only the value is told.
    """
    instrument = find(result.instrument)
    if instrument is None:
        return ""
    sentences = [_what_was_found(result, instrument)]
    scores = [result.score] if result.score is not None else [i.score for i in result.items if i.score is not None]
    if scores and not any(instrument.outside(s) or instrument.off_step(s) for s in scores):
        if scale := _scale(instrument):
            sentences.append(scale)
        if result.score is not None:
            sentences += _meaning(result.score, instrument)
    if instrument.screening:
        sentences.append("Det er en screening og ikke en diagnose.")
    return " ".join(sentences)


def _what_was_found(result: TestResult, instrument: Instrument) -> str:
    said_by = f"Borgerens egen vurdering, {instrument.name}" if instrument.self_report else instrument.name
    when = f" den {dated(result.date)}" if result.date else ""
    side = {"hoejre": "højre: ", "venstre": "venstre: ", "begge": "begge hænder: "}.get(result.side or "", "")
    side = side if "side" in instrument.needs else ""
    if result.score is not None:
        found = f"{side}{number(result.score, instrument.decimals)} {instrument.unit}"
    elif result.items:
        found = ", ".join(
            f"{item.item or 'uden navn'} {number(item.score, instrument.decimals) if item.score is not None else 'ikke oplyst'}"
            + (f" ({instrument.anchors[int(item.score)]})" if item.score in instrument.anchors else "")
            for item in result.items
        )
    else:
        found = "resultatet er ikke oplyst"
    return f"{said_by}{when}: {found}."


def _scale(instrument: Instrument) -> str:
    limits = instrument.range
    better = {"hoej_bedst": "et højt tal er bedst", "lav_bedst": "et lavt tal er bedst", "profil": "tallene læses hver for sig"}
    direction = better[instrument.direction.value] if instrument.direction.enforced else ""
    # A limit that only says what can be written (kg, metres, seconds) tells a reader nothing.
    if limits and limits.enforced and not instrument.unit_words:
        head = f"Skalaen går fra {number(limits.min, 1)} til {number(limits.max, 1)}"
        return f"{head}, og {direction}." if direction else f"{head}."
    return f"{direction[0].upper()}{direction[1:]}." if direction else ""


def _meaning(score: float, instrument: Instrument) -> Iterator[str]:
    bands = instrument.bands(score)
    for band in bands:
        limit = _limit(band)
        who = f" for {band.applies_to}" if band.applies_to else ""
        yield f"{limit}{who}: {band.means}."
    if bands and not instrument.self_report and not instrument.screening:
        yield "Det gælder for grupper og siger ikke sikkert noget om den enkelte borger."


def _limit(band: known.Cutoff) -> str:
    if band.above is not None:
        return f"Over {number(band.above, 1)}"
    if band.at_least is not None and band.below is not None:
        return f"Fra {number(band.at_least, 1)} til under {number(band.below, 1)}"
    if band.below is not None:
        return f"Under {number(band.below, 1)}"
    return f"Fra {number(band.at_least, 1)}"


def change_in_words(before: TestResult, after: TestResult) -> str | None:
    """Two results of the same instrument side by side; None where they cannot be compared."""
    instrument = find(after.instrument)
    if not instrument or before.instrument != after.instrument or before.side != after.side or None in (before.score, after.score):
        return None
    moved = round(after.score - before.score, 6)
    values = f"{number(before.score, instrument.decimals)} → {number(after.score, instrument.decimals)} {instrument.unit}"
    if not moved:
        return f"{instrument.name}: {values}. Samme tal."
    change = instrument.change
    if not change or not change.enforced:
        return f"{instrument.name}: {values}."
    if abs(moved) >= change.at_least - 1e-9:
        return f"{instrument.name}: {values}. Mindst {number(change.at_least, 1)}: {change.means} ({change.condition})."
    return f"{instrument.name}: {values}. Under {number(change.at_least, 1)}: forskellen kan være tilfældig ({change.condition})."


CONFIDENCE = {
    "H": "læst i kilden",
    "M": "delvist støttet af en kilde, eller fast fagligt kendskab",
    "L": "ikke slået op; bruges hverken til at afvise eller til at fortolke",
}


def described(instrument: Instrument) -> list[str]:
    """An instrument for `docgen explain`: scale, references and how sure each figure is."""
    lines = [f"{instrument.id}: {instrument.name}", "", f"Måler {instrument.measures}.", f"Resultatet kommer fra: {instrument.reported_by}."]
    if instrument.does_not_measure:
        lines.append(f"Siger ikke noget om: {', '.join(instrument.does_not_measure)}.")
    if limits := instrument.range:
        lines.append(f"Skala: {number(limits.min, 1)} til {number(limits.max, 1)} {instrument.unit} ({CONFIDENCE[limits.confidence]}).")
    if step := instrument.step:
        lines.append(f"Spring: {number(step.value, 2)} ({CONFIDENCE[step.confidence]}).")
    way = {"hoej_bedst": "et højt tal er bedst", "lav_bedst": "et lavt tal er bedst", "profil": "en profil uden samlet tal"}[instrument.direction.value]
    lines.append(f"Retning: {way} ({CONFIDENCE[instrument.direction.confidence]}).")
    if instrument.items:
        lines.append(f"Består af {instrument.items.text}{'' if instrument.may_sum else '; de lægges ikke sammen'}.")
    for cutoff in instrument.cutoffs:
        who = f" for {cutoff.applies_to}" if cutoff.applies_to else ""
        lines.append(f"{_limit(cutoff)}{who}: {cutoff.means} ({CONFIDENCE[cutoff.confidence]}; {cutoff.source}).")
    if change := instrument.change:
        lines.append(f"Ændring på mindst {number(change.at_least, 1)}: {change.means} ({change.condition}; {CONFIDENCE[change.confidence]}).")
    if instrument.conditions_say:
        lines.append(f"Skriv altid: {instrument.conditions_say}.")
    if instrument.screening:
        lines.append("Det er en screening og ikke en diagnose.")
    if instrument.note:
        lines.append(instrument.note)
    return [*lines, "", f"Kilde: {instrument.source}"]


@cache
def choices() -> tuple[tuple[str, str], ...]:
    """(id, Danish name) of every instrument, in alphabetical order, for forms."""
    return tuple(sorted(((i.id, i.name) for i in known.load()), key=lambda pair: pair[1].casefold()))
