"""`divergence`: two doctors say opposite things, and the reasons do not say why one of them prevails.

`axes`: name -> two lists of expressions that cannot both be true of one citizen; `poles`: name -> words that point down and words
that point up, each turned round by a negation in its clause (»varig«, »ikke varig«; »bedring«, »ingen bedring«); `explicit`: the text itself says that they
disagree; `weighed`: says which statement prevails, `because`: and why, in that sentence or the next. A statement is a
sentence with medical evidence and those of its paragraph that go on with it, until another source or the authority speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from nlp.claims import FLAGS
from nlp.model import Evidence, Hit
from nlp.screen import Screened, folded
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "divergence"
_BREAKS_OFF = re.compile(r"(?:vi|kommunen|du|derfor|sagen|på mødet)\b", re.IGNORECASE)
_HALVES = re.compile(r"(?:,|;) (?:mens|hvorimod|hvor(?= \w+log)|men)\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:to|begge|lægerne|speciallægerne|erklæringerne|attesterne)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"[.;:]|,|\b(?:og(?= at\b)|men|mens|selv om)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:ikke|ingen|intet|uden|næppe|hverken|aldrig|ude af stand|umuligt|udelukket)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:(?P<special>(?i:speciallæge|overlæge|psykiater|kirurg|\w+kirurg|\w+olog|reservelæge))|(?i:læge|egen læge))s?(?: (?:i|på) [\w-]+)?,? (?P<name>(?:[A-ZÆØÅ][\w-]+ ?){1,3})"
)
_REPORTS = re.compile(
    r"\b(?:skriver|skrev|vurderer|vurderede|anfører|anførte|mener|mente|finder|fandt|konkluderer|peger|pegede|beskriver|oplyser|anbefaler|anbefalede|ser|udtaler|noterer|ifølge|skønner|fremgår|venter)\b",
    re.IGNORECASE,
)
_MIND = re.compile(r"psyk\w+|depression\w*|angst\w*", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"\b(?:ikke|ingen|intet|uden)\b(?:\W+\w+){0,3}?\W+(?:tegn på|fund af|holdepunkt\w* for|påvist|fundet|konstateret)\W+(?:(?:en|et|nogen|tegn på|varig\w*)\W+){0,2}(?P<noun>[\w-]{7,})",
    re.IGNORECASE,
)
_THEN_NOT = re.compile(r"^\W+(?:\w+\W+){0,2}(?:ikke|usandsynlig\w*)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:ikke|ingen|uden|næppe|hverken|aldrig)\b(?:\W+\w+){0,4}\W*$", re.IGNORECASE)


class Match(BaseModel):
    model_config = STRICT

    axes: dict[str, tuple[list[str], list[str]]]
    poles: dict[str, tuple[list[str], list[str]]] = {}
    whole: list[str] = []  # poles that hold for the citizen as a whole, whatever the illness
    same: list[str] = []  # verbs: one says that the citizen can, the other that the citizen cannot
    hours: str  # expression with the group `hours`: what a doctor says the citizen can work
    explicit: list[str]
    medical: str
    weighed: list[str]
    because: str


@dataclass(frozen=True, slots=True)
class _Statement:
    start: int
    end: int
    who: str
    text: str
    specialist: bool


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.axes = {
            axis: tuple([Screened(e, FLAGS) for e in side] for side in sides) for axis, sides in match.axes.items()
        }
        self.poles = {
            axis: tuple(Screened(rf"\b(?:{'|'.join(side)})", FLAGS) for side in sides) for axis, sides in match.poles.items()
        }
        self.whole = set(match.whole)
        self.every = tuple([e for sides in self.axes.values() for e in sides[place]] for place in (0, 1))
        self.same = [(_can(verb), _cannot(verb)) for verb in match.same]
        self.hours, self.medical, self.because = (Screened(e, FLAGS) for e in (match.hours, match.medical, match.because))
        self.explicit, self.weighed = ([Screened(e, FLAGS) for e in each] for each in (match.explicit, match.weighed))

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        # A writer may say that the doctors disagree without citing any of them.
        cited = sum(e.status in ("present", "outdated") for e in self.medical_statements(analysis))
        statements = self.statements(analysis) if cited > 1 else []
        several = len({s.who for s in statements}) > 1
        hit = self.told(analysis, several) or (self.opposed(statements) if several else None)
        if hit and not self.is_weighed(analysis):
            yield hit

    def statements(self, analysis: Analysis) -> list[_Statement]:
        sentences = analysis.stretches["sentence"]
        others = [e for e in analysis.evidence if e.input not in ("borger_inddraget", "partshoering")]  # »hun skriver« goes on with the doctor
        found: list[_Statement] = []
        for evidence in self.medical_statements(analysis):
            if evidence.input != "medical" or evidence.status not in ("present", "outdated", "mentioned_only"):
                continue
            if evidence.status == "mentioned_only" and not (evidence.author and evidence.profession != "lægekonsulent"):
                continue
            number = analysis.sentence_of[analysis.word_at(evidence.start)]
            start, end, text = sentences[number]
            if not self.medical.pattern.search(text) or any(s.start <= start < s.end for s in found) or analysis.letter.at(start) in ("regler", "klage"):
                continue
            halves = _HALVES.split(text)
            if len(halves) == 2 and all(self.medical.pattern.search(half) for half in halves):  # »A skriver …, mens B skriver …«
                middle = start + len(halves[0])
                found += [_Statement(start, middle, f"{start}", halves[0], True), _Statement(middle, end, f"{middle}", halves[1], True)]
                continue
            who = evidence.author or f"{evidence.profession} {evidence.document} {evidence.date} {start}"
            passage = analysis.passage_at(start)
            while number + 1 < len(sentences) and passage and sentences[number + 1][0] < passage.end:
                following = sentences[number + 1]
                if _BREAKS_OFF.match(following[2]) or any(following[0] <= e.start < following[1] for e in others):
                    break
                number += 1
                text, end = f"{text} {sentences[number][2]}", sentences[number][1]
            found.append(_Statement(start, end, who, text, evidence.profession == "speciallæge"))
        return found

    def medical_statements(self, analysis: Analysis) -> list[Evidence]:
        """The medical evidence, and sentences in which a named doctor says something that is not evidence for want of a date."""
        known = [e for e in analysis.evidence if e.input == "medical"]
        other = {(e.start, e.end) for e in analysis.evidence if e.input in ("ot", "sundhedskoordinator", "arbejdsproevning")}
        found = list(known)
        for start, end, text in analysis.stretches["sentence"]:
            named = _NAMED.search(text)
            taken = any(e.start < end and start < e.end for e in known) or any(a < end and start < b for a, b in other)
            if named and _REPORTS.search(text) and not taken and not _BREAKS_OFF.match(text):
                found.append(Evidence("medical", "present", None, start, end, text, author=named["name"], profession="speciallæge" if named["special"] else "læge"))
        return sorted(found, key=lambda e: e.start)

    def told(self, analysis: Analysis, several: bool) -> Hit | None:
        for start, _, text in analysis.that_may_hold(self.medical):
            if self.medical.pattern.search(text) and (several or _BOTH.search(text)) and analysis.letter.at(start) != "klage":
                for expression in self.explicit:
                    if match := expression.search(text, folded(text)):
                        return Hit(start + match.start(), start + match.end(), {"hvad": "vurderingen"})
        return None

    def opposed(self, statements: list[_Statement]) -> Hit | None:
        for number, one in enumerate(statements):
            for other in statements[number + 1 :]:
                if one.who == other.who:
                    continue
                axis = next((a for a, sides in self.axes.items() if self._against(sides, one.text, other.text)), None)
                if axis is None:
                    axis = next((a for a, sides in self.poles.items() if self._poles_apart(a, sides, one.text, other.text)), None)
                if axis is None and _denied_findings(one.text, other.text):
                    axis = "fundene"
                if axis is None and self._verb_denied(one.text, other.text):
                    axis = "hvad borgeren kan"
                if axis is None and self._hours_differ(one.text, other.text):
                    axis = "hvor meget borgeren kan arbejde"
                if axis is None and one.specialist and other.specialist and self._against(self.every, one.text, other.text):
                    axis = "vurderingen"  # one only holds back, the other only allows
                if axis:
                    return Hit(other.start, other.end, {"hvad": axis}, certainty="tvivl")
        return None

    def _against(self, sides: Any, one: str, other: str) -> bool:
        (a, b), (c, d) = ((_says(sides[0], text), _says(sides[1], text)) for text in (one, other))
        return (a and not b and d and not c) or (b and not a and c and not d)

    def _poles_apart(self, axis: str, sides: Any, one: str, other: str) -> bool:
        """The outlook of the mind and that of a joint are two illnesses; what a citizen can do is one."""
        if axis not in self.whole and bool(_MIND.search(one)) != bool(_MIND.search(other)):
            return False
        return {_pointing(sides, one), _pointing(sides, other)} == {-1, 1}

    def _verb_denied(self, one: str, other: str) -> bool:
        for can, cannot in self.same:
            for yes, no in ((one, other), (other, one)):
                if _found(can, yes) and _found(cannot, no) and not _found(cannot, yes) and not _found(can, no):
                    return True
        return False

    def _hours_differ(self, one: str, other: str) -> bool:
        a, b = ({m["hours"].lower() for m in self.hours.finditer(text, folded(text))} for text in (one, other))
        return bool(a and b and not a & b)

    def is_weighed(self, analysis: Analysis) -> bool:
        sentences = analysis.stretches["sentence"]
        for number, (_, _, text) in enumerate(sentences):
            if any(_found(e, text) for e in self.weighed):
                near = " ".join(s[2] for s in sentences[number : number + 2])
                if _found(self.because, near):
                    return True
        return False


def _pointing(sides: Any, text: str) -> int:
    """-1 where all that is said of an axis points down, 1 where all points up, 0 where nothing or both is said."""
    told = set()
    for clause in _clauses(text):
        for value, side in zip((-1, 1), sides, strict=True):
            for match in side.finditer(clause, folded(clause)):
                told.add(-value if _DENIED.search(clause[: match.start()]) or _THEN_NOT.match(clause[match.end() :]) else value)
    return told.pop() if len(told) == 1 else 0


def _denied_findings(one: str, other: str) -> bool:
    """What one doctor has not found, the other builds on: »ikke tegn på nerveskade«, »skyldes en nerveskade«."""
    for no, yes in ((one, other), (other, one)):
        for match in _NOT_FOUND.finditer(no):
            noun = match["noun"].lower()
            told = [m.start() for m in re.finditer(rf"\b{re.escape(noun[: max(6, len(noun) - 3)])}", yes, re.IGNORECASE)]
            if told and not _NOT_FOUND.search(yes) and not all(_NOT.search(yes[:place][-60:]) for place in told):
                return True
    return False


def _clauses(text: str) -> list[str]:
    """Clauses of a statement; an »at« clause hangs on the one before it (»ikke udsigt til, at …«), unless that is one of the same row."""
    found: list[str] = []
    for clause in (part.strip() for part in _CLAUSES.split(text)):
        if found and re.match(r"(?:at|der|som)\b", clause) and not re.search(r"\bat\b", found[-1]):
            found[-1] += f" {clause}"
        else:
            found.append(clause)
    return found


def _found(expression: Screened, text: str) -> bool:
    return expression.search(text, folded(text)) is not None


def _can(verb: str) -> Screened:
    return Screened(rf"(?<!ikke )(?<!næppe )\bkan (?!ikke\b)(?:\w+ ){{0,2}}?{verb}\b", FLAGS)


def _cannot(verb: str) -> Screened:
    return Screened(rf"\b(?:ikke (?:længere |mere )?(?:kan|må|er i stand til at)|kan (?:\w+ )?ikke|må ikke|ude af stand til at) (?:\w+ ){{0,2}}?{verb}\b", FLAGS)


def _says(expressions: list[Screened], text: str) -> bool:
    """Whether one is said and not denied. An expression that holds its own »ikke« cannot be denied by it."""
    for expression in expressions:
        for match in expression.finditer(text, folded(text)):
            own = re.search(r"\b(?:ikke|ingen|uden)\b", match.group(), re.IGNORECASE)
            if own or not (_NOT.search(text[: match.start()][-50:]) or _THEN_NOT.match(text[match.end() :])):
                return True
    return False


def expressions(match: Match) -> list[Screened]:
    finder = Finder(match)
    sides = [each for pair in finder.axes.values() for side in pair for each in side]
    poles = [each for pair in finder.poles.values() for each in pair]
    same = [each for pair in finder.same for each in pair]
    return [*sides, *poles, *same, finder.hours, finder.medical, finder.because, *finder.explicit, *finder.weighed]


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
