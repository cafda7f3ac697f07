"""The instruments occupational therapists use: their scales, and what a text may and may not say of them.

One home for the data: `nlp/lexicon/instruments/*.yaml`. The text rules (kind `instrument`) and `docgen.instruments`, which
checks the records of a case, both read it here. What the research marks as low confidence (L) is never enforced.

Facts from research/functional-ability.md, part B; manuals under copyright are not reproduced: a name, a range and the
published cut-offs are all that is kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from nlp import lexicons
from nlp.instrument_names import ENDS, FOLDER, SHORT
from nlp.model import Finding

if TYPE_CHECKING:
    from nlp.rulebook import Rule


Confidence = Literal["H", "M", "L"]
NEEDS = ("version", "certification", "conditions", "side")


class Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Trusted(Data):
    """A figure with the confidence it was read with."""

    confidence: Confidence

    @property
    def enforced(self) -> bool:
        return self.confidence != "L"


class Range(Trusted):
    min: float
    max: float


class Step(Trusted):
    value: float


class Direction(Trusted):
    value: Literal["hoej_bedst", "lav_bedst", "profil"]


class Cutoff(Trusted):
    """A published reference: `at_least` <= score < `below`, or score > `above`. It speaks of groups, never of rights."""

    at_least: float | None = None
    below: float | None = None
    above: float | None = None
    applies_to: str | None = None
    means: str
    source: str

    def holds(self, score: float) -> bool:
        return (
            (self.at_least is None or score >= self.at_least)
            and (self.below is None or score < self.below)
            and (self.above is None or score > self.above)
        )


class Change(Trusted):
    at_least: float
    means: str
    condition: str


class Items(Trusted):
    count: int
    text: str


class Raw(Data):
    """A raw score that is written beside the scale, e.g. WHO-5's 0-25."""

    words: list[str]
    min: float
    max: float
    step: float


class Instrument(Data):
    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    family: str
    names: list[str]
    generic_names: list[str] = []  # say what is measured, not with what
    reported_by: str
    unit: str
    unit_words: list[str] = []
    decimals: int = 0
    range: Range | None = None
    step: Step | None = None
    items: Items | None = None
    raw: Raw | None = None
    direction: Direction
    anchors: dict[int, str] = {}
    may_sum: bool = True
    screening: bool = False
    screens_for: list[str] = []
    measures: str
    does_not_measure: list[str] = []
    cutoffs: list[Cutoff] = []
    change: Change | None = None
    needs: list[Literal["version", "certification", "conditions", "side"]]
    conditions_say: str | None = None
    note: str | None = None
    source: str

    @property
    def self_report(self) -> bool:
        """The citizen's own assessment, and worded so."""
        return self.reported_by == "borgeren"

    def outside(self, score: float) -> bool:
        limits = self.range
        return bool(limits and limits.enforced and not limits.min <= score <= limits.max)

    def off_step(self, score: float) -> bool:
        """True where no complete record can give that number, e.g. WHO-5 = 37."""
        if not (self.step and self.step.enforced):
            return False
        steps = (score - (self.range.min if self.range else 0)) / self.step.value
        return not math.isclose(steps, round(steps), abs_tol=1e-6)

    def bands(self, score: float) -> list[Cutoff]:
        """The published references that hold for `score`; low confidence left out."""
        return [cutoff for cutoff in self.cutoffs if cutoff.enforced and cutoff.holds(score)]


class Ambiguous(Data):
    """A name that stands for several instruments; `when: tal` only where a number follows."""

    name: str
    when: Literal["altid", "tal"]
    could_be: list[str]
    told_by: list[str] = []  # words in the sentence that settle which
    ask: str


class InstrumentFile(Data):
    instruments: list[Instrument]
    ambiguous: list[Ambiguous] = []


@dataclass(frozen=True)
class Instruments:
    """All instruments, by id, with a finder for their names in a text."""

    by_id: dict[str, Instrument]
    ambiguous: tuple[Ambiguous, ...]

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self.by_id.values())

    def get(self, instrument_id: str) -> Instrument | None:
        return self.by_id.get(instrument_id)

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[Instrument, ...], Ambiguous | None, bool]]:
        names: dict[str, tuple[tuple[Instrument, ...], Ambiguous | None, bool]] = {}
        for instrument in self:
            for name in (*instrument.names, *instrument.generic_names):
                names[name.casefold()] = ((instrument,), None, name in instrument.generic_names)
        for entry in self.ambiguous:
            names[entry.name.casefold()] = (tuple(self.by_id[i] for i in entry.could_be), entry, False)
        return names

    @cached_property
    def _finder(self) -> re.Pattern[str]:
        def form(name: str) -> str:
            written = re.escape(name)
            return written if len(name) <= SHORT else f"(?i:{written})"

        known = [*(n for i in self for n in (*i.names, *i.generic_names)), *(a.name for a in self.ambiguous)]
        longest_first = sorted(set(known), key=len, reverse=True)
        return re.compile(r"(?<![\w-])(?:" + "|".join(form(n) for n in longest_first) + ")" + ENDS)

    def mentions(self, text: str, spans: Iterable[tuple[int, int]]) -> list[Mention]:
        """The instruments named in each of the sentences `spans` of `text`, with the numbers bound to them."""
        found: list[Mention] = []
        for start, end in spans:
            hits = list(self._finder.finditer(text, start, end))
            for number, hit in enumerate(hits):
                until = hits[number + 1].start() if number + 1 < len(hits) else end
                candidates, ambiguous, generic = self._names[hit.group().rstrip("-").casefold()]
                scores = tuple(_scores(text, hit.end(), until, candidates)) or _score_before(text, start, hit.start())
                found.append(Mention(hit.start(), hit.end(), (start, end), candidates, ambiguous, generic, scores))
        return found


@dataclass(frozen=True, slots=True)
class Score:
    value: float
    start: int
    end: int
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. `candidates` is one instrument, or several where the name is ambiguous."""

    start: int
    end: int
    sentence: tuple[int, int]
    candidates: tuple[Instrument, ...]
    ambiguous: Ambiguous | None
    generic: bool
    scores: tuple[Score, ...]

    @property
    def instrument(self) -> Instrument | None:
        return self.candidates[0] if len(self.candidates) == 1 else None


_DATE = (
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})?|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.\s(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)(?:\s\d{4})?"
)
DATE = re.compile(_DATE)
# What may stand between a name and its number without breaking the tie.
_FILLER = re.compile(
    rf"(?:{_DATE}|\s+|[:=,;\u2013\u2014\u201c\u201d\u00bb\u00ab-]|\([^()\d]*\)|\((?:[^()\d]|{_DATE}|\d+\s?(?:forsøg|trin|opgaver|m\b|items|spørgsmål)|af \d+)*\)"
    r"|(?:s?score[nr]?|scorer|scorede|scoret|testen?|tallet|mål(?:et)?|målt|måling(?:en)?|resultat(?:et)?|point|værdi(?:en)?|indeks(?:et)?"
    r"|råscore[n]?|udfyldt|udført|foretaget|gennemført|er|var|af|scoren|blev|gav|giver|viser|viste|lå|ligger|fik|får|havde|har|på|til|en|den|et|med|samlet|samlede|total|totalt|totalscore|sum|i|alt"
    r"|højre|venstre|hånd|side|motorisk|proces|før|efter|og|nu|ved|d|dags|dato|ca|kun|udførelse|tilfredshed|vigtighed|smerte[r]?|borgerens|borgeren|hun|han|kg|klodser|logits?|meter|mm)\b\.?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-−–]?\d+(?:[.,]\d+)?(?![\d]|[.,]\d)")
# A number tied to one of these is a count of something else.
_OTHER_UNIT = re.compile(
    r"\s?(?:m\s+bane|meters?\s+bane|opgaver?|forsøg|situationer?|items?|spørgsmål|minutter|min\b|timer?|dage?|uger?|måneder|år|gange\s+(?:om|pr)|færdigheder|aktiviteter|stk|kolleger|besøg|samtaler)",
    re.IGNORECASE,
)


def _scores(text: str, start: int, end: int, candidates: tuple[Instrument, ...]) -> Iterator[Score]:
    units = {word.casefold() for instrument in candidates for word in instrument.unit_words}
    raw_words = [word for instrument in candidates if instrument.raw for word in instrument.raw.words]
    place, between = start, ""
    while place < end:
        if filler := _FILLER.match(text, place, end):
            between += filler.group().casefold()
            place = filler.end()
            continue
        number = _NUMBER.match(text, place, end)
        if not number:
            return
        other = _OTHER_UNIT.match(text, number.end(), end)
        if other and other.group().strip().casefold() not in units:
            return
        yield Score(_value(number.group()), number.start(), number.end(), raw=any(word in between for word in raw_words))
        place, between = number.end(), ""
        if out_of := re.compile(r"\s?(?:/|ud af|af|point ud af|point af)\s?\d+(?:\s?point)?|\s?%", re.IGNORECASE).match(text, place, end):
            place = out_of.end()


_BEFORE = re.compile(rf"(?P<number>{_NUMBER.pattern})(?:\s?(?:/|ud af|af)\s?\d+)?(?:\s+(?:point|logits?))?\s+(?:på|i|ved)\s+(?:en\s+|den\s+|spørgeskemaet\s+|testen\s+)?$", re.IGNORECASE)


def _score_before(text: str, start: int, end: int) -> tuple[Score, ...]:
    """ "Borgeren scorer 37 på WHO-5"."""
    before = _BEFORE.search(text, start, end)
    if not before:
        return ()
    spot = before.span("number")
    return (Score(_value(before["number"]), *spot),)


def _value(written: str) -> float:
    return float(written.replace("−", "-").replace("–", "-").replace(",", "."))


# --- What a text must not say -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Misuse:
    """`what` is one of MISUSES; `params` fill the rule's message."""

    what: str
    start: int
    end: int
    params: dict[str, str]


MISUSES = (
    "uden_for_skala", "umuligt_tal", "sum", "retning", "graense_regnet_forkert", "graense_som_ret", "diagnose",
    "maaler_ikke", "tvetydigt_navn", "ufuldstaendig", "selvvurdering_som_fund",
)

_GOOD = r"god|godt|gode|fin|fint|høj trivsel|normal|normalt|uden (?:begrænsning|besvær)\w*|ubesværet|bedre"
_BAD = r"dårlig|dårligt|dårlige|ringe|svær|svære|svært|nedsat|alvorlig\w*|stærke|store? (?:besvær|begrænsning)\w*|betydelig\w*|værre|dårligere"
_STATED_DIRECTION = re.compile(
    rf"\b(?P<end>høj(?:t|ere|e)?|lav(?:t|ere|e)?)\b\s+(?:(?:tal|score|værdi|resultat|point\w*)\w*)\s+(?:(?:på|i|for)\s+\S+\s+(?:2\.0\s+)?)?(?:(?:betyder|er|viser|svarer til|angiver|udtryk for|=|,)\s+)*(?P<verdict>{_GOOD}|{_BAD})\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?P<side>under|over)\s+(?:(?:grænsen|grænseværdien|cut-?off(?:-værdien)?)\s+)?(?:på\s+)?(?P<limit>\d+(?:[.,]\d+)?)(?!\s?år\b)(?!\d|\.\d)", re.IGNORECASE)
_RIGHTS = re.compile(
    r"\b(?:berettige\w*|ret til|opfylder (?:ikke )?betingelse\w*|førtidspension\w*|fleksjob\w*|ressourceforløb\w*"
    r"|(?:fuld|ingen|nedsat|varigt nedsat|væsentligt? nedsat|manglende)\s+arbejdsevne\w*|arbejdsevnen\s+er|kan (?:godt |sagtens |fortsat |ikke |derfor |derfor ikke )*(?:arbejde|passe et arbejde|varetage))\b",
    re.IGNORECASE,
)
_THEREFORE = re.compile(r"\b(?:derfor|dermed|altså|således|følgelig|hvilket betyder|det betyder|så|betyder(?:,| at)|viser(?:,)? at|dokumenterer|beviser|og (?:er|har|opfylder))\b", re.IGNORECASE)
_DIAGNOSIS_VERB = re.compile(r"\b(?:har|lider af|er|viser|påviser|bekræfter|dokumenterer|diagnosticere\w*|diagnosen|tale om|fejler)\b", re.IGNORECASE)
_CAREFUL = re.compile(
    r"\b(?:ikke|ingen|tegn på|risiko\w*|screening\w*|kan (?:pege|tyde|være)|mulig\w*|symptom\w*|udred\w*|undersøge\w*|lægen|læge|psykiater\w*|speciallæge\w*|fremgår|jf\. (?:lægeattest|epikrise|journal|LÆ)|grænsen?|område\w*)\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(r"\b(?:viser|viste|påviser|dokumenterer|peger på|tyder på|er tegn på|giver|derfor|dermed|betyder|afspejler|bekræfter|måler|målte)\b", re.IGNORECASE)
_SUM = re.compile(r"\b(?:samlet|samlede|totalscore\w*|total|totalt|totale|sum|summen|sumscore\w*|i alt|lagt sammen|gennemsnit\w*|gennemsnitligt?)\b", re.IGNORECASE)
_FOUND = re.compile(r"\b(?:påviser|dokumenterer|beviser|objektivt|fastslår|konstaterer)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:borgerens (?:egen?|eget|egne|svar|oplevelse|vurdering)|selvvurder\w*|selvudfyldt|vurderer selv|oplever selv|borgeren (?:selv |har selv )?(?:oplyser|angiver|angav|oplyste|svarer|svarede|vurderer|oplever|scorer|scorede))\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:bestil\w*|anmode\w*|planlæg\w*|planlagt|aftalt|skal|bør|vil|kan udføres|kan foretages|kunne|overvej\w*|foreslå\w*|foreslår|anbefal\w*|ikke (?:udført|foretaget|lavet|foreligger|gennemført|anvendt|brugt)|(?:viser|måler|siger) (?:ikke|intet)|afventer|indhent\w*|ønskes?|hvis)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    rf"\b(?:viser|viste|gav|giver|score\w*|resultat\w*|lå|ligger|under|over|{_GOOD}|{_BAD}|lav|lavt|høj|højt|gennemsnit\w*)\b", re.IGNORECASE
)
_COMPARES_PEOPLE = re.compile(r"\b(?:gennemsnittet|normalen|normen|normalområdet|jævnaldrende|andre borgere|normalbefolkningen)\b", re.IGNORECASE)


def number(value: float, decimals: int = 0) -> str:
    """A number as Danish readers write it, with at most so many decimals: decimal comma, a true minus."""
    shown = f"{round(value, decimals) if decimals else value:g}"
    return shown.replace("-", "−").replace(".", ",")


def misuses(text: str, mention: Mention) -> list[Misuse]:
    """What the sentence that holds `mention` says that the instrument cannot bear. `ufuldstaendig` needs more than
    the sentence: see `incomplete`."""
    start, end = mention.sentence
    sentence = text[start:end]
    found: list[Misuse] = []
    instrument = mention.instrument
    named = text[mention.start : mention.end].rstrip("-")

    def add(what: str, at: tuple[int, int], **params: str) -> None:
        found.append(Misuse(what, at[0], at[1], {"redskab": instrument.name if instrument else named, **params}))

    def within(match: re.Match[str]) -> tuple[int, int]:
        return start + match.start(), start + match.end()

    if mention.ambiguous and (mention.ambiguous.when == "altid" or mention.scores) and not _settled(sentence, mention.ambiguous):
        add(
            "tvetydigt_navn", (mention.start, mention.end), navn=named, spoerg=mention.ambiguous.ask,
            kan_vaere=", ".join(i.name for i in mention.candidates),
        )
    if instrument:
        sum_word = _SUM.search(sentence)
        for score in mention.scores:
            spot = (score.start, score.end)
            if not instrument.may_sum and sum_word:
                add("sum", spot, tal=number(score.value, 2), trin=instrument.items.text if instrument.items else "delene")
            elif score.raw and instrument.raw:
                raw = instrument.raw
                if not raw.min <= score.value <= raw.max:
                    add("uden_for_skala", spot, tal=number(score.value, 2), min=number(raw.min), max=number(raw.max), enhed="råscore")
            elif instrument.outside(score.value):
                limits = instrument.range
                add("uden_for_skala", spot, tal=number(score.value, 2), min=number(limits.min, 1), max=number(limits.max, 1), enhed=instrument.unit)
            elif instrument.off_step(score.value):
                add("umuligt_tal", spot, tal=number(score.value, 2), spring=number(instrument.step.value, 2))
        if not instrument.may_sum and sum_word and not mention.scores and re.search(r"\d", sentence):
            add("sum", within(sum_word), tal=sum_word.group(), trin=instrument.items.text if instrument.items else "delene")
        found += _direction(text, mention, instrument)
        found += _arithmetic(text, mention, instrument)
        if instrument.self_report and (claim := _FOUND.search(sentence)) and not _OWN.search(sentence):
            add("selvvurdering_som_fund", within(claim), udsagn=claim.group())
        if instrument.screening and (diagnosis := _diagnosis(sentence, instrument)):
            add("diagnose", (start + diagnosis[0], start + diagnosis[1]), diagnose=sentence[slice(*diagnosis)])
    if not mention.generic:
        if right := _as_right(sentence, mention):
            add("graense_som_ret", within(right), udsagn=right.group())
        for beyond in _beyond(sentence, mention):
            add("maaler_ikke", within(beyond), andet=beyond.group(), maaler=mention.candidates[0].measures)
    return found


# What an interpretation can get wrong when its score stands in a field of its own.
_OF_WORDING = frozenset({"retning", "graense_regnet_forkert", "graense_som_ret", "diagnose", "maaler_ikke", "selvvurdering_som_fund"})


def _settled(sentence: str, ambiguous: Ambiguous) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}", sentence, re.IGNORECASE) for word in ambiguous.told_by)


@cache
def _rules() -> dict[str, Rule]:
    """The rules on instruments by what they look for: a misuse is told in the same words in a case and in a letter."""
    from nlp import rulebook

    found = rulebook.read([rulebook.RULES / "INS_redskaber"], shipped=False)
    return {rule.match.what: rule for rule in found if rule.kind_name == "instrument"}


def read_interpretation(text: str, instrument: Instrument, score: float | None) -> list[Finding]:
    """Findings in a text that is known to be about one instrument and one score, as in a form's field."""
    from nlp.language import sentences
    from nlp.model import filled

    shown = () if score is None else (Score(score, 0, 0),)
    findings = []
    for start, end in sentences(text):
        for misuse in misuses(text, Mention(start, start, (start, end), (instrument,), None, False, shown)):
            if misuse.what not in _OF_WORDING:
                continue
            rule = _rules()[misuse.what]
            values = {"match": text[misuse.start : misuse.end], **misuse.params}
            findings.append(
                Finding(
                    rule.id, rule.name, rule.category, rule.severity, filled(rule.message, values), misuse.start, misuse.end,
                    values["match"], filled(rule.advice, values), "; ".join(rule.source),
                )
            )
    return findings


def _direction(text: str, mention: Mention, instrument: Instrument) -> Iterator[Misuse]:
    if not instrument.direction.enforced or instrument.direction.value == "profil":
        return
    start, end = mention.sentence
    sentence = text[start:end]
    high_good = instrument.direction.value == "hoej_bedst"
    right_way = "et højt tal er bedst" if high_good else "et lavt tal er bedst"
    params = {"redskab": instrument.name, "retning": right_way}
    for stated in _STATED_DIRECTION.finditer(sentence):
        says_high = stated["end"].casefold().startswith("høj")
        says_good = bool(re.fullmatch(_GOOD, stated["verdict"], re.IGNORECASE))
        if (says_high == high_good) != says_good:
            yield Misuse("retning", start + stated.start(), start + stated.end(), {**params, "udsagn": stated.group()})
            return
    # A number at one end of the scale with the word of the other end.
    limits = instrument.range
    if not (limits and limits.enforced and mention.scores) or instrument.id in ("jamar", "6mwt", "bbt", "rss30", "tug", "nhpt"):
        return  # their upper limit is what can be written, not what is normal
    share = (mention.scores[-1].value - limits.min) / (limits.max - limits.min)
    goodness = share if high_good else 1 - share
    after = mention.scores[-1].end - start
    verdict = re.compile(
        r"\s*(?:point|procent|%|ud af \d+|af \d+|,|\(|\)|:|og|hvilket|som|det|er|viser|svarer til|betyder|dvs\.|altså|udtryk for|et|en|meget|til)*"
        r"(?:\s+(?:point|procent|hvilket|som|det|er|viser|svarer til|betyder|altså|udtryk for|et|en|til|for|og))*\s+"
        rf"(?P<word>{_GOOD}|{_BAD})\b\s+(?:trivsel|funktion\w*|niveau|hukommelse|balance|resultat|score|smerter?|besvær|begrænsning\w*|håndfunktion)",
        re.IGNORECASE,
    ).match(sentence, after)
    if not verdict:
        return
    says_good = bool(re.fullmatch(_GOOD, verdict["word"], re.IGNORECASE))
    if (goodness >= 0.75 and not says_good) or (goodness <= 0.25 and says_good):
        spot = (start + verdict.start("word"), start + verdict.end())
        yield Misuse("retning", *spot, {**params, "udsagn": text[spot[0] : spot[1]]})


def _arithmetic(text: str, mention: Mention, instrument: Instrument) -> Iterator[Misuse]:
    """"1,7 logits (under 1,5)": the number and the comparison do not fit."""
    for place, score in enumerate(mention.scores):
        until = mention.scores[place + 1].start if place + 1 < len(mention.scores) else mention.sentence[1]
        compared = _COMPARED.search(text, score.end, min(until, score.end + 60))
        if not compared or DATE.search(text, score.end, compared.start()):
            continue
        limit = float(compared["limit"].replace(",", "."))
        if not any(limit in (c.below, c.at_least, c.above) for c in instrument.cutoffs):
            continue
        under = compared["side"].casefold() == "under"
        if (under and score.value >= limit) or (not under and score.value < limit):
            yield Misuse(
                "graense_regnet_forkert", compared.start(), compared.end(),
                {"redskab": instrument.name, "tal": number(score.value, 2), "udsagn": compared.group()},
            )


def _diagnosis(sentence: str, instrument: Instrument) -> tuple[int, int] | None:
    """The claim of an illness, from the verb nearest to it, where nothing in the sentence makes it careful."""
    if not instrument.screens_for or _CAREFUL.search(sentence):
        return None
    illness = re.compile(rf"(?:\s+[^\s,.;:]+){{0,4}}?\s+(?:{'|'.join(map(re.escape, instrument.screens_for))})\b", re.IGNORECASE)
    claims = [(verb.start(), claim.end()) for verb in _DIAGNOSIS_VERB.finditer(sentence) if (claim := illness.match(sentence, verb.end()))]
    return claims[-1] if claims else None


def _as_right(sentence: str, mention: Mention) -> re.Match[str] | None:
    right = _RIGHTS.search(sentence)
    if not right or re.search(r"\b(?:siger (?:intet|ikke)|afgør ikke|ikke i sig selv|hverken)\b", sentence, re.IGNORECASE):
        return None
    first, last = sorted((mention.start - mention.sentence[0], right.start()))
    return right if _THEREFORE.search(sentence, first, last + 1) or re.match(r"\s*,?\s*så\b", sentence[first:last]) else None


def _beyond(sentence: str, mention: Mention) -> Iterator[re.Match[str]]:
    words = {word for instrument in mention.candidates for word in instrument.does_not_measure}
    if not words or re.search(r"\b(?:siger (?:intet|ikke)|måler ikke|viser ikke|kan ikke vise)\b", sentence, re.IGNORECASE):
        return
    place = mention.end - mention.sentence[0]
    if "sammenligning med andre" in words:
        if (other := _COMPARES_PEOPLE.search(sentence)) is not None:
            yield other
        words = words - {"sammenligning med andre"}
    if not words or not _CLAIMS.search(sentence):
        return
    beyond = re.search(r"\b(?:nedsat |god |dårlig |fuld |ingen |normal |svækket )?(?:" + "|".join(map(re.escape, sorted(words))) + r")\w*", sentence[place:], re.IGNORECASE)
    if beyond:
        yield re.compile(re.escape(beyond.group())).search(sentence, place)  # offsets in the sentence


def incomplete(text: str, mention: Mention, around: tuple[int, int], others: Iterable[Mention]) -> Misuse | None:
    """An instrument is said to have shown something, with no number; `mangler` also names a date that the passage `around` lacks.

    `others` are the document's mentions: a result of the same family stated with its number elsewhere makes a later short
    reference complete. A date alone is not asked for: in a description it stands in a field of its own.
    """
    start, end = mention.sentence
    sentence = text[start:end]
    if _PLANNED.search(sentence) or _STATED_DIRECTION.search(sentence) or not (mention.scores or _VERDICT.search(sentence)):
        return None
    families = {i.family for i in mention.candidates}
    same = [m for m in others if families & {i.family for i in m.candidates}]
    items_only = all(i.items is not None for i in mention.candidates)
    if any(m.scores for m in same) or (items_only and re.search(r"\d", sentence)):
        return None
    dated = DATE.search(text, *around) or any(DATE.search(text, *m.sentence) for m in same)
    lacks = "tal med enhed" if dated else "tal med enhed og dato"
    return Misuse("ufuldstaendig", mention.start, mention.end, {"redskab": text[mention.start : mention.end].rstrip("-"), "mangler": lacks})


@cache
def load(folder: Path = FOLDER) -> Instruments:
    """The instruments in the files of `folder`. Raises ValueError with the file where one is wrong."""
    by_id: dict[str, Instrument] = {}
    ambiguous: list[Ambiguous] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            file = InstrumentFile.model_validate(lexicons.read(path))
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from error
        for instrument in file.instruments:
            if instrument.id in by_id:
                raise ValueError(f"{path.name}: {instrument.id} stands twice")
            by_id[instrument.id] = instrument
        ambiguous += file.ambiguous
    return Instruments(by_id, tuple(ambiguous))
