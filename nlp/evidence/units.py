"""Marks sources and dates in a sentence and draws them together: "LÆ 265 af 12.03.2026 fra praktiserende læge N.N." is one unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from nlp.dates import DateMention
from nlp.evidence.clauses import Clause, cut
from nlp.sources import Mention, Source, lexicon, mentions


@dataclass(slots=True)
class Unit:
    """A noun phrase that names a source, with the dates and people that belong to it."""

    mentions: list[Mention]
    dates: list[tuple[str, DateMention]] = field(default_factory=list)  # how it is attached, the date
    wrong: bool = False

    @property
    def input(self) -> str:
        return next((mention.input for mention in self.mentions if mention.input != "none"), "none")

    @property
    def role(self) -> str:
        roles = [mention.role for mention in self.mentions if mention.input == self.input]
        for role in ("wrong", "request", "document", "method", "vague", "actor", "topic", "voice", "note"):
            if role in roles:
                return role
        return "note"


_PENDING = r"[^()]*\b(?:endnu|ikke|afvent\w*|mangler|rekvirer\w*|bestilt|anmod\w*|planlagt|samtykke|udestår|forventes|kommer|sendt)\b"
_MADE = r"(?:udarbejdet|udfyldt|skrevet|underskrevet|udfærdiget|foretaget|udført|lavet|afholdt|gennemført|afgivet|indhentet)"
_DATE_TAIL = re.compile(
    rf"\s*,?\s*(?P<how>(?:af|fra|pr\.|dateret|underskrevet|modtaget|{_MADE}|i|på|for)?(?:\s+(?:i\s+)?perioden)?(?:\s*(?:af|fra|i|pr\.))?)\s*(?:den\s+|d\.\s*)?‹D(?P<date>\d+)›(?:\s*,?\s*kl\.\s*[\d.:]+(?:\s*[–-]\s*[\d.:]+)?)?",
    re.IGNORECASE,
)
_BY_TAIL = re.compile(
    rf"(?:\s*,?\s*(?:der|som)\s+(?:er|blev|var))?\s*,?\s*(?P<made>{_MADE}\s+)?(?:af|fra|ved|v/|hos|til|på)?\s*(?:borgerens|dine?|sin|hendes|hans|kommunens|regionens|en|egen|vores)?\s*‹M(?P<mention>\d+)›",
    re.IGNORECASE,
)
_ASIDE_TAIL = re.compile(rf"\s*\((?!{_PENDING})(?P<aside>[^()]*)\)", re.IGNORECASE)
_NAME_TAIL = re.compile(
    r"\s*,?\s*(?:(?:ved|af|v/)\s+)?(?:N\.\s?N\.|[A-ZÆØÅ][a-zæøå]+(?:\s+[A-ZÆØÅ](?:\.|[a-zæøå]+))*)(?=[\s,.;:)]|$)|\s+i\s+\w*(?:logi|kirurgi|medicin|psykiatri|onkologi)\b"
)
_MARK = re.compile(r"‹([MD])(\d+)›")
_MENTION = re.compile(r"‹M(\d+)›")
_PRONOUN = re.compile(r"\W*(Den|De|Det)\s+(?=(?:er|blev|viser|beskriver|konkluderer|foreligger|angiver|indeholder)\s+(?:modtaget|indkommet|endnu|først|dateret|udfærdiget|udfyldt|af\s+\d|fra\s+\d|ikke\s+modtaget|vedlagt|,?\s*at\b))")

_TALK = re.compile(r"\W*(?:den |d\. )?‹D(?P<date>\d+)›,? (?:\w+ )?‹U(?P<unit>\d+)›[^:;.]{0,60}:\s", re.IGNORECASE)


@cache
def _note() -> Source:
    return next(source for source in lexicon() if source.id == "note")


class Sentence:
    """One sentence with its units marked as ‹U0›, ‹U1› … and dates that belong to no unit as ‹D0› …"""

    def __init__(
        self, text: str, offset: int, found_dates: list[DateMention], among: tuple[Source, ...] | None = None
    ):
        self.text, self.offset = text, offset
        self.mentions = mentions(text, among)
        if pronoun := _PRONOUN.match(text):
            start, end = pronoun.span(1)
            self.mentions = [Mention(start, end, _note(), text[start:end]), *(m for m in self.mentions if m.start >= end)]
        self.dates = [
            replace(d, start=d.start - offset, end=d.end - offset)
            for d in found_dates
            if offset <= d.start and d.end <= offset + len(text)
        ]
        self.mentions = [m for m in self.mentions if not any(d.start < m.end and m.start < d.end for d in self.dates)]
        self.units: list[Unit] = []
        self.marked = self._drawn_together(self._with_marks()) if self.mentions or self.dates else text

    @cached_property
    def clauses(self) -> list[Clause]:
        return cut(self.marked)

    @cached_property
    def talk(self) -> DateMention | None:
        """The day of a line in a record of talks: "5. oktober 2026, telefonsamtale: Fik gennemgået …"; None where it is no such line."""
        line = _TALK.match(self.marked)
        if line is None:
            return None
        unit = self.units[int(line["unit"])]
        return self.dates[int(line["date"])] if unit.input == "borger_inddraget" and unit.role == "method" else None

    def _with_marks(self) -> str:
        marks = [(m.start, m.end, f"‹M{i}›") for i, m in enumerate(self.mentions)]
        marks += [(d.start, d.end, f"‹D{i}›") for i, d in enumerate(self.dates)]
        out, last = [], 0
        for start, end, mark in sorted(marks):
            out += [self.text[last:start], mark]
            last = end
        return "".join([*out, self.text[last:]])

    def _drawn_together(self, marked: str) -> str:
        out, at = [], 0
        while match := _MENTION.search(marked, at):
            unit = Unit([self.mentions[int(match[1])]])
            end = self._tail(marked, match.end(), unit)
            out += [marked[at : match.start()], f"‹U{len(self.units)}›"]
            self.units.append(unit)
            at = end
        return "".join([*out, marked[at:]])

    def _tail(self, marked: str, at: int, unit: Unit) -> int:
        """Where the noun phrase that begins before `at` ends; collects its dates and its people."""
        if unit.role == "voice":
            return at
        while True:
            if match := _DATE_TAIL.match(marked, at):
                unit.dates.append((match["how"].strip().lower(), self.dates[int(match["date"])]))
            elif match := _BY_TAIL.match(marked, at):
                other = self.mentions[int(match["mention"])]
                if not self._belongs(unit, other, match.group(), bool(match["made"])):
                    return at
                unit.wrong = unit.wrong or (other.role in ("wrong", "voice") and unit.input != "none")
                unit.mentions.append(other)
            elif match := _ASIDE_TAIL.match(marked, at):
                for kind, number in _MARK.findall(match["aside"]):
                    if kind == "D":
                        unit.dates.append(("(", self.dates[int(number)]))
                    elif self.mentions[int(number)].input in (unit.input, "none") and self.mentions[int(number)].role != "voice":
                        unit.mentions.append(self.mentions[int(number)])
            elif not (match := _NAME_TAIL.match(marked, at)) or not match.group():
                return at
            at = match.end()

    def _belongs(self, unit: Unit, other: Mention, link: str, made: bool) -> bool:
        bare = not re.search(r"\b(?:af|fra|ved|hos|til|på)\b|v/", link)
        if unit.role == "actor" and other.source.id == "hospital" and not bare:
            return True
        if unit.input == "sundhedskoordinator" and other.source.id == "speciallaege" and bare:
            return True
        if other.role == "voice":
            return (unit.role == "note" and not bare) or (made and unit.role in ("document", "method"))
        if bare and "," in link:
            return other.input == unit.input and other.role == "actor" and unit.role == "actor"
        if unit.input == "none":
            return not bare
        if other.role == "request" or unit.role == "request":
            return other.input == unit.input and other.role != "document"
        if other.input == "none":
            return False
        return other.input == unit.input and (not bare or other.role in ("document", "actor", "request"))


def whole_sentences(text: str, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences of a passage; what goes on in small letters or a bracket after initials ("N.N. den 3. maj") is one."""
    whole: list[tuple[int, int]] = []
    for start, end in sentences:
        if whole and re.match(r"\s*[(a-zæøå]", text[start:end]) and "\n" not in text[whole[-1][1] : start]:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole
