"""Dates as Danish caseworkers write them: 12.03.2026, 12/3-26, d. 3. marts, primo maj, uge 38, påske 2026, i går, 3. maj–25. juli.

A date without a year, and a relative one, is read from the reference date: the letter's. Nothing is guessed
without one. A month, a week or a season stands for its first day and is not exact.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dateutil.easter import easter

from nlp.screen import Screened, folded

Day = datetime.date
DAY = datetime.timedelta(days=1)

MONTHS = {
    "januar": 1, "jan": 1, "februar": 2, "febr": 2, "feb": 2, "marts": 3, "mar": 3, "april": 4, "apr": 4, "maj": 5,
    "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "oktober": 10, "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
NUMBERS = {
    "en": 1, "et": 1, "én": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8,
    "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "atten": 18,
    "tyve": 20, "et par": 2, "nogle få": 3, "halvanden": 1.5, "halvandet": 1.5, "et halvt": 0.5, "en halv": 0.5,
}  # fmt: skip
_UNITS = ("", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
ORDINALS = {
    word: place
    for place, word in enumerate(
        (
            "første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende",
            "ellevte", "tolvte", "trettende", "fjortende", "femtende", "sekstende", "syttende", "attende",
            "nittende", "tyvende", *(f"{unit}ogtyvende" for unit in _UNITS[1:]), "tredivte", "enogtredivte",
        ),
        start=1,
    )
}  # fmt: skip
FEASTS: dict[str, Callable[[int], Day]] = {
    "påske": easter, "pinse": lambda year: easter(year) + 49 * DAY, "jul": lambda year: Day(year, 12, 24), "nytår": lambda year: Day(year, 1, 1),
}  # fmt: skip
SEASONS = {"forår": 3, "sommer": 6, "efterår": 9, "vinter": 12}
PARTS_OF_MONTH = {
    "primo": 0, "begyndelsen af": 0, "starten af": 0, "først i": 0, "tidligt i": 0, "medio": 1, "midt i": 1,
    "midten af": 1, "ultimo": 2, "slutningen af": 2, "sidst i": 2, "sent i": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text; `first` and `last` are the days meant, None where they cannot be known.

    `start`/`end` count characters of the text searched. `ahead` is the coming day that a date without a year
    would mean in a sentence about the future. `age` marks "to år gammel", which dates a document but no event.
    """

    start: int
    end: int
    text: str
    first: Day | None
    last: Day | None
    exact: bool
    ahead: Day | None = None
    yearless: bool = False
    age: bool = False


def _alternatives(words) -> str:
    return "|".join(sorted((re.escape(word).replace(r"\ ", r"\s+") for word in words), key=len, reverse=True))


_MONTH = rf"(?P<month>{_alternatives(MONTHS)})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_SHORT_YEAR = r"'?(?P<yy>\d\d)(?![\d.,/]|\s*(?:timer|dage|uger|kr|%))"
_OF_YEAR = r"(?P<this>d\.\s?å\.?|i\s+år|dette\s+år|s\.\s?å\.?|samme\s+år|indeværende\s+år)|(?P<lastyear>sidste\s+år|året\s+før|forrige\s+år)"
_AFTER_MONTH = rf"(?:\s+måned)?(?:,?\s*(?:{_YEAR}|{_SHORT_YEAR})|,?\s+(?:{_OF_YEAR}))?"
_DEN = rf"(?:(?:(?:{_alternatives(WEEKDAYS)}),?\s+)?(?:den|d\.)\s*)?"
_NUMBER = rf"(?P<number>\d{{1,3}}|{_alternatives(NUMBERS)})"
_ABOUT = (
    r"(?:(?:ca\.|cirka|godt|knap|knapt|små|over|mere\s+end|omkring|næsten|mindst|under|mindre\s+end)\s+)?"
)
_UNIT = r"(?P<unit>dage?|døgn|uger?|måneder|måned|mdr\.?|år)"
_NO_UNIT = r"(?!\s*(?:dage?|timer?|minutter|gange|opgaver|point|spørgsmål|af|mg|kg|liter|års?|stk|sessioner|aftaler|samtaler)\b)"
_NOT_IN_NUMBER = r"(?<![\d,/])(?<!\d\.)"


def _month_end(year: int, month: int) -> Day:
    return Day(year, month, calendar.monthrange(year, month)[1])


def months_before(day: Day, months: int) -> Day:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return Day(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def _full_year(two_digits: int, reference: Day | None) -> int:
    """26 means 2026; a year far ahead of the letter belongs to the last century."""
    limit = (reference.year if reference else 2030) % 100 + 5
    return 2000 + two_digits if two_digits <= limit else 1900 + two_digits


class _Reading:
    """One regular expression match, to be turned into days."""

    def __init__(self, match: re.Match[str], reference: Day | None) -> None:
        self.match, self.reference = match, reference
        self.groups = match.groupdict()

    def __getitem__(self, name: str) -> str | None:
        return self.groups.get(name)

    @property
    def year(self) -> int | None:
        if self["year"]:
            return int(self["year"])
        if self["yy"]:
            return _full_year(int(self["yy"]), self.reference)
        if self.reference and self["this"]:
            return self.reference.year
        if self.reference and self["lastyear"]:
            return self.reference.year - 1
        return None

    def mention(self, first: Day | None, last: Day | None = None, *, exact: bool = True, **more) -> DateMention:
        start, end = self.match.span("date") if "date" in self.groups else self.match.span()
        return DateMention(
            start, end, self.match.string[start:end], first, last if last is not None else first, exact, **more
        )

    def resolved(self, build: Callable[[int], tuple[Day, Day]], *, exact: bool) -> DateMention | None:
        """A date whose year may be unwritten: then the latest that is not after the reference."""
        try:
            if self.year is not None:
                first, last = build(self.year)
                return self.mention(first, last, exact=exact)
            if self.reference is None:
                build(2024)  # is it a date at all?
                return self.mention(None, exact=exact, yearless=True)
            first, last = build(self.reference.year)
            if first > self.reference:
                past, past_last = build(self.reference.year - 1)
                return self.mention(past, past_last, exact=exact, ahead=first, yearless=True)
            ahead = first if last >= self.reference else build(self.reference.year + 1)[0]
            return self.mention(first, last, exact=exact, ahead=ahead, yearless=True)
        except ValueError:
            return None


def _number(text: str) -> float:
    return float(text) if text.isdigit() else NUMBERS[re.sub(r"\s+", " ", text.lower())]


def _shift(day: Day, number: float, unit: str, sign: int) -> Day:
    unit = unit.lower()
    if unit.startswith(("dag", "døgn")):
        return day + sign * int(number) * DAY
    if unit.startswith("uge"):
        return day + sign * int(number * 7) * DAY
    return months_before(day, -sign * int(number * (12 if unit.startswith("år") else 1)))


def _day_of(reading: _Reading) -> DateMention | None:
    day = int(reading["day"]) if reading["day"] else ORDINALS[reading["ordinal"].lower()]
    month = MONTHS[reading["month"].lower()] if reading["month"] else int(reading["mm"])
    return reading.resolved(lambda year: (Day(year, month, day),) * 2, exact=True)


def _day_this_month(reading: _Reading) -> DateMention | None:
    if reading.reference is None:
        return reading.mention(None, yearless=True)
    back = 1 if reading["previous"] else 0
    try:
        return reading.mention(months_before(reading.reference.replace(day=1), back).replace(day=int(reading["day"])))
    except ValueError:
        return None


def _month(reading: _Reading) -> DateMention | None:
    month = MONTHS[reading["month"].lower()]
    part = PARTS_OF_MONTH.get(re.sub(r"\s+", " ", (reading["part"] or "").lower()))

    def days(year: int) -> tuple[Day, Day]:
        end = _month_end(year, month)
        if part == 0:
            return Day(year, month, 1), Day(year, month, 10)
        if part == 1:
            return Day(year, month, 15), Day(year, month, 20)
        if part == 2:
            return end, end
        return Day(year, month, 1), end

    return reading.resolved(days, exact=False)


def _week(reading: _Reading) -> DateMention | None:
    first_week, last_week = int(reading["week"]), int(reading["week2"] or reading["week"])

    def days(year: int) -> tuple[Day, Day]:
        return Day.fromisocalendar(year, first_week, 1), Day.fromisocalendar(year, last_week, 7)

    return reading.resolved(days, exact=False)


def _season(reading: _Reading) -> DateMention | None:
    month = SEASONS[reading["season"].lower()]

    def days(year: int) -> tuple[Day, Day]:
        if month == 12 and not reading["nextyear"]:
            # "vinteren 2026": the winter months of that year; "vinteren 2025/26" begins in December 2025
            return Day(year, 1, 1), _month_end(year, 2)
        last = Day(year, month, 1) + 80 * DAY
        return Day(year, month, 1), _month_end(last.year, last.month)

    if reading["beforeyear"] and reading.reference:
        newest = reading.resolved(days, exact=False)
        if newest and newest.first and newest.first.year == reading.reference.year:
            return reading.mention(*days(reading.reference.year - 1), exact=False)
    return reading.resolved(days, exact=False)


def _feast(reading: _Reading) -> DateMention | None:
    def days(year: int) -> tuple[Day, Day]:
        day = FEASTS[reading["feast"].lower()](year)
        return day, day

    return reading.resolved(days, exact=False)


def _quarter(reading: _Reading) -> DateMention | None:
    months = 3 if reading["what"].lower().startswith("kvartal") else 6
    place = int(reading["place"]) if (reading["place"] or "").isdigit() else ORDINALS[reading["place"].lower()]
    if not 1 <= place <= 12 // months:
        return None
    first = (place - 1) * months + 1
    return reading.resolved(lambda year: (Day(year, first, 1), _month_end(year, first + months - 1)), exact=False)


def _year(reading: _Reading) -> DateMention | None:
    return reading.resolved(lambda year: (Day(year, 1, 1), Day(year, 12, 31)), exact=False)


def _counted(sign: int) -> Callable[[_Reading], DateMention | None]:
    def build(reading: _Reading) -> DateMention | None:
        if reading.reference is None:
            return reading.mention(None, exact=False, age="gam" in reading.match.group().lower())
        day = _shift(reading.reference, _number(reading["number"]), reading["unit"], sign)
        return reading.mention(day, exact=False, age="gam" in reading.match.group().lower())

    return build


_NAMED_DAYS = {"i dag": 0, "dags dato": 0, "d.d.": 0, "i går": -1, "i forgårs": -2, "i morgen": 1, "i overmorgen": 2}


def _named_day(reading: _Reading) -> DateMention | None:
    key = re.sub(r"\s+", " ", reading["word"].lower())
    shift = _NAMED_DAYS["d.d." if key.startswith("d.") else key]
    return reading.mention(reading.reference + shift * DAY if reading.reference else None)


def _weekday(reading: _Reading) -> DateMention | None:
    if reading.reference is None:
        return reading.mention(None)
    weekday = WEEKDAYS.index(reading["weekday"].lower())
    if reading["coming"]:
        return reading.mention(reading.reference + ((weekday - reading.reference.weekday() - 1) % 7 + 1) * DAY)
    return reading.mention(reading.reference - ((reading.reference.weekday() - weekday - 1) % 7 + 1) * DAY)


def _span_before(reading: _Reading) -> DateMention | None:
    """Last week, this month, next year."""
    reference = reading.reference
    if reference is None:
        return reading.mention(None, exact=False)
    which, unit = reading["which"].lower(), reading["span"].lower()
    step = 0 if which.startswith(("denne", "dette", "indev")) else 1 if which.startswith(("næste", "kommende")) else -1
    if unit.startswith("uge"):
        first = reference - reference.weekday() * DAY + 7 * step * DAY
        return reading.mention(first, first + 6 * DAY, exact=False)
    if unit.startswith("måned"):
        first = months_before(reference.replace(day=1), -step)
        return reading.mention(first, _month_end(first.year, first.month), exact=False)
    year = reference.year + step
    return reading.mention(Day(year, 1, 1), Day(year, 12, 31), exact=False)


def _this_year(reading: _Reading) -> DateMention | None:
    if reading.reference is None:
        return reading.mention(None, exact=False)
    return reading.mention(Day(reading.reference.year, 1, 1), reading.reference, exact=False)


def _iso(reading: _Reading) -> DateMention | None:
    try:
        return reading.mention(Day(int(reading["year"]), int(reading["mm"]), int(reading["day"])))
    except ValueError:
        return None


_DD = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MM = r"(?P<mm>0?[1-9]|1[0-2])"
_CUE = (
    r"(?:\b(?:den|d\.|pr\.|af|fra|til|dateret|dato:?|modtaget|sendt|rekvireret|bestilt|anmodet|senest|indtil|siden|"
    r"afholdt|gennemført|udført|underskrevet|mellem|afsendt|kontrol|(?:hjemme)?besøg|samtale|møde|notat|brev|mail|attest|epikrise|partshørt|hørt|skrevet|ringet|tlf\.|"
    rf"(?:{_alternatives(WEEKDAYS)})(?:\s+den|\s+d\.)?)\s*|\()"
)

_PATTERNS: list[tuple[Screened, Callable[[_Reading], DateMention | None]]] = [
    (Screened(pattern), build)
    for pattern, build in [
        (rf"{_NOT_IN_NUMBER}(?P<year>(?:19|20)\d\d)-(?P<mm>\d\d)-(?P<day>\d\d)(?!\d)", _iso),
        (
            rf"{_NOT_IN_NUMBER}{_DD}\s?[./-]\s?{_MM}\s?[./ –-]\s?(?:(?P<year>(?:19|20)\d\d)|'?(?P<yy>\d\d))(?!\d|[.,/-]\d|:\d)",
            _day_of,
        ),
        (rf"(?:\b(?:den|d\.|af|dateret)\s*){_NOT_IN_NUMBER}(?P<date>(?P<day>[0-3]\d)(?P<mm>[01]\d)(?P<yy>\d\d))(?![\d-])", _day_of),
        (rf"{_CUE}(?P<date>{_DD}\s?[/.]\s?{_MM}\b)(?!\d|[.,/]\d|\s?%){_NO_UNIT}", _day_of),
        # "kontrol 21/10", "afsendt 16/11": a day past the twelfth is no score or fraction
        (rf"(?<!score )(?<!scorer )(?<!NRS )(?<!VAS )(?<![\w/.,:-]){_NOT_IN_NUMBER}(?P<date>(?P<day>1[3-9]|2\d|3[01])/{_MM}\b)(?!\d|[.,/]\d|\s?%){_NO_UNIT}", _day_of),
        (rf"\b{_DEN}{_NOT_IN_NUMBER}(?P<date>{_DD}\s?\.?\s*{_MONTH}{_AFTER_MONTH})", _day_of),
        (rf"\b{_DEN}(?P<date>(?P<ordinal>{_alternatives(ORDINALS)})\s+{_MONTH}{_AFTER_MONTH})", _day_of),
        (
            rf"\b(?:den|d\.)\s*(?P<date>{_DD}\.?\s*(?:(?P<previous>f\.\s?m\.?|(?:i\s+)?(?:sidste|forrige)\s+måned)|ds\.?|dennes|d\.\s?m\.?|(?:i\s+)?denne\s+måned)(?!\w))",
            _day_this_month,
        ),
        (
            rf"\b(?:(?P<part>{_alternatives(PARTS_OF_MONTH)})\s+)(?:den\s+)?{_MONTH}{_AFTER_MONTH}",
            _month,
        ),
        (rf"(?<![\d.]\s)(?<![\d.])\b(?P<date>{_MONTH}(?:\s+måned)?,?\s*(?:{_YEAR}|{_OF_YEAR}))", _month),
        (rf"\b(?:i|fra|siden|for|af|til|indtil|inden)\s+(?P<date>{_MONTH}(?:\s+måned)?)(?!\s*\d)(?!\w)", _month),
        (
            r"\b(?<!pr\.\s)(?<!per\s)uge(?:rne)?\s*(?:nr\.\s*)?(?P<week>[1-9]|[1-4]\d|5[0-3])\b(?:\s*(?:-|–|til|og|/)\s*(?P<week2>[1-9]|[1-4]\d|5[0-3])\b(?!\d))?"
            rf"(?:\s*(?:,|/|-|i|i\s+året)?\s*{_YEAR}|\s+(?:{_OF_YEAR}))?(?!\s+(?:af|i)\s+(?:forløbet|praktikken|perioden)){_NO_UNIT}",
            _week,
        ),
        (
            rf"\b(?P<beforeyear>sidste\s+)?(?P<season>{_alternatives(SEASONS)})(?:et|en)?\s+(?:{_YEAR}(?:\s?[/–-]\s?(?P<nextyear>(?:20)?\d\d)\b)?|{_OF_YEAR})",
            _season,
        ),
        (
            rf"\b(?:i|fra|siden|denne|dette)\s+(?P<date>(?P<season>{_alternatives(SEASONS)})(?:et|en))\b",
            _season,
        ),
        (rf"\b(?P<date>(?P<beforeyear>sidste|forrige)\s+(?P<season>{_alternatives(SEASONS)}))\b", _season),
        (rf"\b(?P<feast>{_alternatives(FEASTS)})(?:en|et)?\s+(?:{_YEAR}|{_OF_YEAR})", _feast),
        (rf"\b(?:i|fra|siden)\s+(?P<date>(?P<feast>{_alternatives(FEASTS)})(?:en|et)?)\b", _feast),
        (
            rf"\b(?P<place>[1-4]|første|andet|anden|tredje|fjerde)\.?\s+(?P<what>kvartal|halvår)(?:et)?(?:\s+(?:af\s+|i\s+)?(?:{_YEAR}|{_OF_YEAR}))?",
            _quarter,
        ),
        (rf"\b(?:i|fra|siden|år|året|ca\.|omkring|\()\s*(?P<date>{_YEAR})(?![/.–-]\d)", _year),
        (rf"\((?P<date>{_YEAR})\)", _year),
        (rf",\s*(?P<date>{_YEAR})(?=\s*:)", _year),
        (rf"\bfor\s+(?P<date>{_ABOUT}{_NUMBER}\s+{_UNIT}\s+siden)\b", _counted(-1)),
        (rf"\b{_ABOUT}{_NUMBER}\s+{_UNIT}\s+gam(?:mel|melt|le)\b", _counted(-1)),
        (rf"\bom\s+(?P<date>{_ABOUT}{_NUMBER}\s+{_UNIT})\b(?!\s+ugen|\s+dagen)", _counted(1)),
        (r"(?<!\w)(?P<word>i\s+dag|dags\s+dato|d\.\s?d\.|i\s+går|i\s+forgårs|i\s+morgen|i\s+overmorgen)(?!\w|\s+til\b)", _named_day),
        (rf"\bi\s+(?P<weekday>{_alternatives(WEEKDAYS)})s\b", _weekday),
        (rf"\b(?:sidste|forrige|seneste)\s+(?P<weekday>{_alternatives(WEEKDAYS)})\b", _weekday),
        (rf"\b(?P<coming>på|førstkommende|næste|kommende)\s+(?P<weekday>{_alternatives(WEEKDAYS)})\b", _weekday),
        (
            r"\b(?P<which>sidste|forrige|den\s+forgangne|den\s+forløbne|denne|indeværende|næste|kommende)\s+(?P<span>uge|måned|år)\b(?!\s*\d)",
            _span_before,
        ),
        (r"\b(?:i)\s+(?P<date>år)\b", _this_year),
    ]
]

_SAME_DAY = Screened(r"\b(?:samme\s+dag|s\.\s?d\.)(?!\w)")
_DAY_AFTER = Screened(r"\b(?P<what>dagen|ugen|måneden)\s+(?P<which>efter|før|forinden)(?!\w)")
EXPRESSIONS = (*(pattern for pattern, _ in _PATTERNS), _SAME_DAY, _DAY_AFTER)
_LINK = re.compile(
    r"\s*(?P<link>–|-|—|til\s+og\s+med|til\s+og\s+med|t\.?o\.?m\.?|(?:og\s+)?(?:frem\s+)?til|og|samt|,|/)\s*(?:den|d\.)?\s*",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    rf"(?<![\d.,/-])(?:(?P<day>0?[1-9]|[12]\d|3[01])\.?(?:\s?[./]\s?(?P<mm>0?[1-9]|1[0-2])\b\.?)?|(?P<month>{_alternatives(MONTHS)})\b\.?)"
    r"(?P<link>\s*(?:–|-|—|\btil\s+og\s+med\b|\bt\.?o\.?m\.?|\btil\b|\bog\b|\bsamt\b|,|/)\s*(?:den\s+|d\.\s*)?)$",
    re.IGNORECASE,
)


_Kinds = list[tuple[Screened, Callable[[_Reading], DateMention | None]]]


def possible(text: str) -> _Kinds:
    """The ways of writing a date that may stand somewhere in `text`: for `find` in its passages."""
    low = folded(text)
    return [(pattern, build) for pattern, build in _PATTERNS if pattern.may_match(low)]


def find(text: str, reference: Day | None = None, among: _Kinds | None = None) -> list[DateMention]:
    """Every date in `text`, in order and without overlap; periods are one mention with `first` and `last`."""
    low = folded(text)
    found = [
        mention
        for pattern, build in (_PATTERNS if among is None else among)
        if pattern.may_match(low)
        for match in pattern.pattern.finditer(text)
        if (mention := build(_Reading(match, reference))) is not None
    ]
    if not found and not (_SAME_DAY.may_match(low) or _DAY_AFTER.may_match(low)):
        return []
    found.sort(key=lambda mention: (mention.start, mention.start - mention.end))
    chosen: list[DateMention] = []
    for mention in found:
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
        elif mention.end > chosen[-1].end and mention.start == chosen[-1].start:
            chosen[-1] = mention
    chosen = list(_with_partials(text, chosen))
    return _with_periods(text, _with_anaphors(text, chosen))


def _with_partials(text: str, mentions: list[DateMention]) -> Iterator[DateMention]:
    """The days of "3. og 5. marts 2026", "01.06.–28.08.2026" and "juni–august 2026" that borrow what follows."""
    for place, mention in enumerate(mentions):
        floor = mentions[place - 1].end if place else 0
        borrowed: list[DateMention] = []
        lead = re.search(r"(?:(?:den|d\.)\s*)?$", text[floor : mention.start], re.IGNORECASE)
        edge, owner = floor + (lead.start() if lead else mention.start - floor), mention
        while owner.first and (match := _PARTIAL.search(text, floor, edge)):
            if not match["month"] and not owner.exact:
                break
            if match["month"] and owner.exact:
                break
            if not match["mm"] and match["day"] and not re.match(r"[^,]*(?:\.|og|til|samt|–|-)", match.group()[len(match["day"]) :]):
                break
            month = MONTHS[match["month"].lower()] if match["month"] else int(match["mm"] or owner.first.month)
            year = owner.first.year - (month > owner.first.month)
            try:
                first = Day(year, month, int(match["day"] or 1))
            except ValueError:
                break
            if first > owner.first:
                break
            end = match.start("link")
            last = _month_end(year, month) if match["month"] else first
            ahead = owner.ahead and _into_year(first, owner.ahead)
            owner = DateMention(match.start(), end, text[match.start() : end], first, last, mention.exact, ahead, mention.yearless)
            borrowed.insert(0, owner)
            lead = re.search(r"(?:(?:den|d\.)\s*)?$", text[floor : owner.start], re.IGNORECASE)
            edge = floor + lead.start()
        yield from borrowed
        yield mention


def _with_anaphors(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """"samme dag" and "dagen efter", read from the date before them."""
    added, low = [], folded(text)
    for match in _SAME_DAY.finditer(text, low):
        before = [m for m in mentions if m.end <= match.start() and m.first]
        first = before[-1].first if before else None
        added.append(DateMention(match.start(), match.end(), match.group(), first, first, bool(before and before[-1].exact)))
    for match in _DAY_AFTER.finditer(text, low):
        before = [m for m in mentions if m.end <= match.start() and m.first]
        if before:
            unit = {"dagen": "dag", "ugen": "uge", "måneden": "måned"}[match["what"].lower()]
            day = _shift(before[-1].first, 1, unit, 1 if match["which"].lower() == "efter" else -1)
            added.append(DateMention(match.start(), match.end(), match.group(), day, day, unit == "dag"))
    return sorted([*mentions, *added], key=lambda m: m.start) if added else mentions


def _with_periods(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Joins two dates with a dash or "til" between them, or "og" after "mellem", into one period."""
    joined: list[DateMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        link = _LINK.fullmatch(text, before.end, mention.start) if before else None
        if before is None or link is None:
            joined.append(mention)
            continue
        if before.yearless and mention.last and before.first and not mention.yearless:
            shifted = _into_year(before.first, mention.first)
            before = replace(before, first=shifted, last=before.last and _into_year(before.last, mention.first), yearless=False)
            joined[-1] = before
        word = link["link"].lower()
        between = re.search(r"\bmellem\s+(?:den\s+|d\.\s*)?$", text[: before.start], re.IGNORECASE)
        is_period = (word not in ("og", "samt", ",", "/") or (word == "og" and between)) and before.last == before.last
        if is_period and (not before.first or not mention.first or before.first <= mention.first):
            joined[-1] = replace(
                before, end=mention.end, text=text[before.start : mention.end], last=mention.last,
                exact=before.exact and mention.exact, ahead=before.ahead,
            )  # fmt: skip
        else:
            joined.append(mention)
    return joined


def _into_year(day: Day, until: Day) -> Day:
    """The same day and month in the last year in which it is not after `until`."""
    for year in (until.year, until.year - 1):
        try:
            moved = day.replace(year=year)
        except ValueError:
            continue
        if moved <= until:
            return moved
    return day
