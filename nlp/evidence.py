"""What a text says of the inputs to a case: the document, its date, who made it, and whether it is there at all.

A sentence is read in three steps. Sources and dates are marked and drawn together into units ("LÆ 265 af 12.03.2026 fra
praktiserende læge N.N." is one). The sentence is cut into clauses, so that a "no" in what a doctor says is not taken for a
missing doctor. Then cues (nlp/lexicon/evidence/cues.yaml) and verbs (verbs.yaml) say what the clause makes of each source.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from nlp import dates
from nlp.dates import DateMention
from nlp.language import sentences
from nlp.model import Document, Evidence, Facts, Passage
from nlp.sources import Mention, Source, lexicon, mentions, read, whole_words

STAGES = ("conditional", "special", "refused", "impossible", "requested", "missing", "outdated")

# How long an input stays fresh where the house limit of `Facts` does not say; months, None for always.
FRESHNESS = {"ot": 24, "sundhedskoordinator": 24}


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of cues.yaml, compiled."""

    id: str
    status: str
    stage: str
    patterns: tuple[re.Pattern[str], ...]
    inputs: tuple[str, ...] = ()
    not_inputs: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    named_only: bool = False  # only where a person or a body is named, not a document
    examples: tuple[dict[str, str], ...] = ()

    def speaks_of(self, reference: _Reference, view: str) -> bool:
        return self.place(reference, view) is not None

    def place(self, reference: _Reference, view: str) -> int | None:
        """Where in the clause the cue ends its say; None where it has none of the source."""
        if not self.fits(reference):
            return None
        return min((match.end() for pattern in self.patterns if (match := pattern.search(view))), default=None)

    def fits(self, reference: _Reference) -> bool:
        if (self.inputs and reference.input not in self.inputs) or reference.input in self.not_inputs:
            return False
        if self.named_only and reference.roles & {"note", "document"}:
            return False
        return not self.roles or self.roles_of(reference)

    def roles_of(self, reference: _Reference) -> bool:
        return any(mention.role in self.roles for mention in reference.mentions)


_PLACES = {"{R}": "‹R›", "{X}": "‹X›", "{D}": r"‹D\d+›", "{B}": "‹B›", "{V}": "‹V›"}


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """The cues of each stage, in the order of the file."""
    found: dict[str, list[Cue]] = {stage: [] for stage in STAGES}
    for entry in read("cues.yaml"):
        patterns = []
        for pattern in entry["patterns"]:
            for sign, expression in _PLACES.items():
                pattern = pattern.replace(sign, expression)
            patterns.append(re.compile(pattern, re.IGNORECASE))
        found[entry["stage"]].append(
            Cue(
                entry["id"], entry["status"], entry["stage"], tuple(patterns), tuple(entry.get("inputs", ())),
                tuple(entry.get("not_inputs", ())), tuple(entry.get("roles", ())),
                entry.get("named_only", False), tuple(entry["examples"]),
            )
        )  # fmt: skip
    return {stage: tuple(entries) for stage, entries in found.items()}


@cache
def verbs(group: str) -> re.Pattern[str]:
    return whole_words(read("verbs.yaml")[group])


# ---------------------------------------------------------------- units


@dataclass(slots=True)
class _Unit:
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
    rf"\s*,?\s*(?P<made>{_MADE}\s+)?(?:af|fra|ved|v/|hos|til|på)?\s*(?:borgerens|dine?|sin|hendes|hans|kommunens|regionens|en|egen|vores)?\s*‹M(?P<mention>\d+)›",
    re.IGNORECASE,
)
_ASIDE_TAIL = re.compile(rf"\s*\((?!{_PENDING})(?P<aside>[^()]*)\)", re.IGNORECASE)
_NAME_TAIL = re.compile(
    r"\s*,?\s*(?:(?:ved|af|v/)\s+)?(?:N\.\s?N\.|[A-ZÆØÅ][a-zæøå]+(?:\s+[A-ZÆØÅ](?:\.|[a-zæøå]+))*)(?=[\s,.;:)]|$)|\s+i\s+\w*(?:logi|kirurgi|medicin|psykiatri|onkologi)\b"
)
_MARK = re.compile(r"‹([MD])(\d+)›")


_PRONOUN = re.compile(r"\W*(Den|De|Det)\s+(?=(?:er|blev|viser|beskriver|konkluderer|foreligger|angiver|indeholder)\s+(?:modtaget|indkommet|endnu|først|dateret|udfærdiget|udfyldt|af\s+\d|fra\s+\d|ikke\s+modtaget|vedlagt|,?\s*at\b))")


@cache
def _note() -> Source:
    return next(source for source in lexicon() if source.id == "note")


class _Sentence:
    """One sentence with its units marked as ‹U0›, ‹U1› … and dates that belong to no unit as ‹D0› …"""

    def __init__(self, text: str, offset: int, found_dates: list[DateMention]):
        self.text, self.offset = text, offset
        self.mentions = mentions(text)
        if pronoun := _PRONOUN.match(text):
            start, end = pronoun.span(1)
            self.mentions = [Mention(start, end, _note(), text[start:end]), *(m for m in self.mentions if m.start >= end)]
        self.dates = [
            replace(d, start=d.start - offset, end=d.end - offset)
            for d in found_dates
            if offset <= d.start and d.end <= offset + len(text)
        ]
        self.mentions = [m for m in self.mentions if not any(d.start < m.end and m.start < d.end for d in self.dates)]
        self.units: list[_Unit] = []
        self.marked = self._drawn_together(self._with_marks())
        self.clauses = _clauses(self.marked)

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
        while match := re.compile(r"‹M(\d+)›").search(marked, at):
            unit = _Unit([self.mentions[int(match[1])]])
            end = self._tail(marked, match.end(), unit)
            out += [marked[at : match.start()], f"‹U{len(self.units)}›"]
            self.units.append(unit)
            at = end
        return "".join([*out, marked[at:]])

    def _tail(self, marked: str, at: int, unit: _Unit) -> int:
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

    def _belongs(self, unit: _Unit, other: Mention, link: str, made: bool) -> bool:
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


# ---------------------------------------------------------------- clauses


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    opening: str  # at, if, relative, but, and, cause, colon, semicolon, main
    text: str


_INFINITIVE = r"(?:[a-zæøå]{3,}es|[a-zæøå]{2,}(?<!rn)(?<!denn)(?<!diss)(?<!all)(?<!begg)(?<!mang)(?<!hend)(?<!ingen)e|få|gå|se|stå|være|have|blive|tage|gøre|bo|sige|nå|give|lade|slå|ligge|ikke)\b"
_CUT = re.compile(
    rf"(?P<semicolon>;)|(?P<dash>\s[–-]\s)|(?P<colon>:(?=\s|$))"
    r"|,?\s+(?P<but>men|hvorimod|mens|imens|dog)\b(?!\s*‹U\d+›\s*$)"
    rf"|,?\s+(?P<at>at)\b(?!\s+(?:{_INFINITIVE}))|,?\s+(?P<if>hvis|såfremt|medmindre|forudsat)\b|,\s+(?P<when>når|så snart|indtil|inden|før)\b"
    r"|,?\s+(?P<cause>fordi|idet|selvom|skønt)\b|,\s+(?:selv om|da|for|så|hvorfor|hvorefter|eftersom|hvad)\b"
    r"|,\s+(?P<relative>som|der|hvor|hvori|hvoraf|hvilket|hvis)\b|,\s+(?P<whether>om)\b"
    r"|,?\s+(?P<and>og|samt|eller)\s+(?=(?:der|vi|det|den|dette|afventer|har|er|blev|bliver|i|herefter|derfor|endnu|fortsat|så|ikke|siden|skal|venter|modtog|fik|viste|konkluderer|vurderer|beskriver|kommunen|kunne|kan)\b|‹U\d+›\s+(?:er|har|blev|var|bliver|skal|vil|kan|kunne|mangler|foreligger|afventer|oplyser|fortæller|ønsker|beskriver|vurderer|viser|viste|konkluderer|angiver|støtter|vurderede|beskrev|oplyste|skrev|anbefaler|den|d\.|‹D))"
    r"|(?P<comma>,)\s+(?=(?:vi|afventer|har|er|blev|tager|kan|vil|skal|bliver|indhentes|rekvireres|afgøres|indgår|træffer|mangler|foreligger|kunne|oplyser|oplyste|fortæller|siger|sagde)\b|‹U\d+›\s+(?:er|har|blev|var|mangler|foreligger|afventes))",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?P<if>hvis|såfremt|medmindre|forudsat|når|så snart)\b", re.IGNORECASE)


def _clauses(marked: str) -> list[_Clause]:
    edges: list[tuple[int, str]] = [(0, "if" if _OPENS.match(marked) else "main")]
    for match in _CUT.finditer(marked):
        opening = match.lastgroup or "cause"
        if opening == "and" and not _FINITE.search(marked[edges[-1][0] : match.start()]):
            continue  # "LÆ 265 og ergoterapeutisk vurdering viser": one subject, not two clauses
        edges.append((match.start(), {"when": "if", "whether": "at", "dash": "colon", "comma": "main"}.get(opening, opening)))
    clauses = []
    for (start, opening), (end, _) in zip(edges, [*edges[1:], (len(marked), "")], strict=True):
        clauses.append(_Clause(start, end, opening, marked[start:end]))
    return clauses


# ---------------------------------------------------------------- references


@dataclass(slots=True)
class _Reference:
    """The units of one clause that speak of one document or one actor."""

    input: str
    units: list[int]
    clause: int
    sentence: _Sentence
    status: str = ""
    date: DateMention | None = None
    strength: int = 0  # how concretely the source is named: 3 a document, 2 a person, 1 vaguely

    @property
    def members(self) -> list[_Unit]:
        return [self.sentence.units[number] for number in self.units]

    @property
    def mentions(self) -> list[Mention]:
        return [mention for unit in self.members for mention in unit.mentions]

    @property
    def roles(self) -> set[str]:
        return {unit.role for unit in self.members} | ({"note"} if any(m.role == "note" for m in self.mentions) else set())

    @property
    def concrete(self) -> bool:
        """Whether a document or a measurement is named, not only a person: "lægens vurdering" is, "lægen" is not."""
        return bool(self.roles & {"document", "method"}) or ("note" in self.roles and bool(self.roles & {"actor", "vague"}))

    @property
    def attached(self) -> list[tuple[str, DateMention]]:
        return [found for unit in self.members for found in unit.dates]

    def view(self, text: str) -> str:
        """A clause as the cues see it."""

        def sign(match: re.Match[str]) -> str:
            number = int(match[1])
            unit = self.sentence.units[number]
            if unit.mentions[0].source.id == _CONSENT:
                return f"{_CONSENT} ‹R›" if number in self.units else _CONSENT
            if number in self.units:
                return "‹R›"
            if unit.role == "voice":
                return "‹B›" if unit.mentions[0].source.profession == "borger" else "‹V›"
            if unit.role == "vague" and unit.input == "borger_inddraget":
                return "‹B›"
            if unit.role == "note":
                return self.sentence.text[unit.mentions[0].start : unit.mentions[0].end]
            return "‹X›"

        return _COORDINATED.sub(lambda match: "‹R›" if "‹R›" in match.group() else match.group(), re.sub(r"‹U(\d+)›", sign, text))


_DOCUMENTS = ("document", "method", "request")
_COORDINATED = re.compile(r"‹[RX]›(?:(?:\s*,\s*|\s+(?:og|samt|eller)\s+)(?:(?:en|et|den|af|fra|i)\s+)?‹[RX]›)+", re.IGNORECASE)


def _references(sentence: _Sentence) -> list[_Reference]:
    found: list[_Reference] = []
    for place, clause in enumerate(sentence.clauses):
        here: list[_Reference] = []
        waiting: list[int] = []
        heard = re.search(r"‹U(\d+)›\s+(?:over|vedrørende|om)\s+(?:\w+\s+)?‹U(\d+)›", clause.text)
        if heard and sentence.units[int(heard[1])].input == "partshoering":
            sentence.units[int(heard[1])].dates += sentence.units[int(heard[2])].dates
        for match in re.finditer(r"‹U(\d+)›", clause.text):
            number = int(match[1])
            unit = sentence.units[number]
            if heard and number == int(heard[2]) and sentence.units[int(heard[1])].input == "partshoering":
                continue
            if unit.role == "note" or _is_visit(unit, sentence, clause):
                owner = next((r for r in reversed(here) if _may_own(r, unit)), None)
                if owner is None and clause.opening in ("relative", "and", "but"):
                    owner = next((r for r in reversed(found) if _may_own(r, unit) and r.clause == place - 1), None)
                if owner:
                    owner.units.append(number)
                elif unit.role != "note":
                    waiting.append(number)
                continue
            if unit.role == "voice":
                if unit.mentions[0].source.profession == "borger":
                    here.append(_Reference("borger_inddraget", [number], place, sentence))
                continue
            joined = next((r for r in reversed(here) if r.input == unit.input and _one_source(r, unit, clause.text)), None)
            if joined:
                joined.units.append(number)
            else:
                here.append(_Reference(unit.input, [number, *waiting], place, sentence))
                waiting = []
        found += here
    return found


def _may_own(reference: _Reference, note: _Unit) -> bool:
    """Whether a bare "notat" or "brev" can be the source's; the answer to a hearing is not the hearing."""
    if reference.input == "partshoering":
        return not note.mentions[0].name.lower().startswith("svar")
    return reference.input != "borger_inddraget"


def _is_visit(unit: _Unit, sentence: _Sentence, clause: _Clause) -> bool:
    """A talk or a home visit in a clause with a professional is that professional's work, not the citizen's part."""
    if unit.input != "borger_inddraget" or unit.role != "method":
        return False
    others = (sentence.units[int(number)] for number in re.findall(r"‹U(\d+)›", clause.text))
    return any(other.role == "actor" and other.input in ("medical", "ot", "sundhedskoordinator") for other in others)


def _one_source(reference: _Reference, unit: _Unit, clause: str) -> bool:
    """Whether `unit` is a further part of the same source: an actor and the document the actor made."""
    roles = reference.roles
    last, this = f"‹U{reference.units[-1]}›", f"‹U{reference.sentence.units.index(unit)}›"
    between = clause[clause.index(last) + len(last) : clause.index(this)] if last in clause and this in clause else ""
    if "voice" in roles:
        return False
    if re.fullmatch(r"\s*(?:[(/–-]|,?\s*(?:dvs\.|altså|kaldet))?\s*", between) and unit.role != "voice":
        return True
    listed = re.fullmatch(r"\s*(?:,|og|samt|eller|,\s*og)\s*(?:en|et|den|af|fra)?\s*", between)
    if listed:
        return False
    if unit.role == "topic" or roles == {"topic"}:
        return True
    if roles & set(_DOCUMENTS):
        if unit.role in _DOCUMENTS:
            return "method" in roles | {unit.role} and unit.input != "medical" and not (reference.attached and unit.dates)
        return unit.role in ("actor", "vague") or "wrong" in roles
    return unit.role in (*_DOCUMENTS, "vague", "actor") and not (unit.role == "actor" and re.search(r"\bog\b|,", between))


# ---------------------------------------------------------------- status

_CONSENT = "samtykke"
_NEGATION = re.compile(r"\b(?:ikke|aldrig|hverken|ingen|intet|næppe)\b", re.IGNORECASE)
_AUXILIARY_NOT = re.compile(
    r"\b(?:har|er|havde|blev|var|bliver|kunne|kan|fik)\b[^;:]{0,40}\b(?:ikke|aldrig|hverken|endnu ikke)\b[^;:]{0,40}$", re.IGNORECASE
)
_TAIL_OPENING = re.compile(
    r"[\s,;:–-]*(?:men|og|samt|som|der|dog|hvor|hvoraf|hvori|mens)?[\s,]*(?:er|blev|har|var|bliver|endnu|ikke|den|det|denne|disse|de|svar(?:et)?|afvent\w*|vi|foreløbig|fortsat|stadig|dog|ses|kun|kunne|kan|mangler|beskr\w+|vis\w+|konkluder\w+|vurder\w+|angiv\w+|indehold\w+|modtog|fik|‹D|viste|først|skal|foreligger|rapporten|attesten|resultatet|borgeren|ingen|intet|takke\w*|sagde|afslog|afslået|nægtet|afvis\w*|\w{3,}ede)\b",
    re.IGNORECASE,
)
_EMPTY_VALUE = re.compile(r"\s*(?:[-–—.…_]*|\[[^\]]*\]|x{2,}|n/?a|se (?:bilag|ovenfor|nedenfor|journal|sagen).*|udfyldes.*|indsæt.*|skriv her.*)\s*\.?\s*$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[^\]]*(?:indsæt|skriv|udfyld|dato|navn|vælg|beskriv|[xX]{2,})[^\]]*\]|\{\{.*?\}\}|<[^>]*(?:indsæt|skriv)[^>]*>|\bXX+\b", re.IGNORECASE)
_LISTED = re.compile(r"^\W*(?:bilag(?:sliste|soversigt)?|vedlagt(?:e bilag)?|aktliste|akter|sagens akter|sagens bilag|dokumentliste|\d{1,2}[.)])\W", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:er|blev|har|var|bliver|havde|skal|vil|kan|kunne|må|foreligger|mangler|fremgår|fremgik|viste?|modtog|fik|gav|skrev|så|kom|tog|sagde|bad|stod|gik|holdt|lod|[a-zæøå]{3,}(?:ede|er|te|tes|es|rede))\b", re.IGNORECASE
)
_BEFORE_AS = re.compile(r"\b(?:som|jf\.?|jævnfør)(?: \w+){0,3} (?:af|i|fra|hos)? ?‹R›", re.IGNORECASE)
_SOURCE_OPENING = re.compile(
    r"\b(?:ifølge|iflg\.|i følge|efter|på baggrund af|på grundlag af|ud fra|med afsæt i|jf\.|jævnfør|baseret på|støtter? (?:sig|os) (?:til|på)|lagt (?:\w+ )*vægt på|lægger (?:\w+ )*vægt på|lagt til grund|lægger|indgået|bygger (?:\w+ )*på|henviser til|henvist til|begrundet i|underbygget af|underbygges af|dokumenteret (?:ved|i|af)|dokumenteres (?:ved|i|af)|understøttes af|bekræftes (?:af|i)|af|i|ved) (?:(?:den|de|en|et|din|dine|borgerens|vores|kommunens|seneste|skriftlige|nye|ny|den seneste) )*‹R›",
    re.IGNORECASE,
)
_BARE_REFERENCE = re.compile(
    r"^\W*(?:som|jf\.?|jævnfør)\b(?: \w+){0,4} (?:(?:beskrevet|nævnt|anført|oplyst|vurderet|angivet) (?:af|i|hos|fra) )?‹R›(?: \w+){0,5}\W*$", re.IGNORECASE
)
_WEAK = whole_words([r"anbefal(?:er|ede|et|es)", "støtter", "støttede", "peger på", "mener", "giver"])
_QUOTED_CLAIM = re.compile(r"[»\"“].{8,}[«\"”]")


def _region(reference: _Reference) -> list[str]:
    """The clause of a source, and the clauses after it that go on about it; each as the cues see it."""
    clauses = reference.sentence.clauses
    found = [reference.view(clauses[reference.clause].text)]
    for clause in clauses[reference.clause + 1 :]:
        if clause.opening in ("at", "if"):
            break
        if any(reference.sentence.units[int(n)].role not in ("voice", "note") for n in re.findall(r"‹U(\d+)›", clause.text)):
            break
        plain = re.sub(r"‹U\d+›", "borgeren", clause.text)
        if not _TAIL_OPENING.match(plain) and clause.opening not in ("relative", "colon"):
            break
        found.append(reference.view(clause.text))
    return found


def _asked(reference: _Reference, parts: list[str]) -> str | None:
    """ "requested" where a clause says so and no "no" stands before it: "er ikke sat i gang" is no request."""
    for part in parts:
        for cue in cues()["requested"]:
            place = cue.place(reference, part)
            if place is not None and not re.search(r"(?<!endnu )\b(?:ikke|aldrig|hverken|ingen)\b", part[:place], re.IGNORECASE):
                return cue.status
    return None


def _governed(reference: _Reference) -> str:
    """The clauses that govern an "at"-clause: "Borgeren har sagt nej til, at vi taler med lægen"."""
    clauses, place = reference.sentence.clauses, reference.clause
    seen = ""
    while place > 0 and clauses[place].opening == "at":
        place -= 1
        seen = reference.view(clauses[place].text) + seen
    return "" if verbs("content").search(seen) and "‹X›" in seen else seen


_NAMED_AFTER = re.compile(r"\s*(?:\w+\s+){0,3}?(?:af|i|ved|fra|på|hos)\s+(?:(?:den|en|et|de|seneste|vores|din)\s+){0,2}‹R›", re.IGNORECASE)
_SUBJECT_AFTER = re.compile(r"\s*(?:(?:den|det|de|også|desuden)\s+){0,2}‹R›", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r"‹[XBV]›|\b(?:vi|kommunen|sagen|akterne|der)\b", re.IGNORECASE)


def _says(reference: _Reference, clause: str, following: _Clause | None) -> bool:
    """Whether the source itself says something in this clause."""
    for match in verbs("content").finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        if re.search(r"\b(?:for at|at) (?:få )?$", before):
            continue  # "for at få oplyst prognosen": what is wanted, not what is told
        if _AUXILIARY_NOT.search(before) and not reference.roles & set(_DOCUMENTS):
            continue
        nearest = re.findall(r"‹([RXBV])›", before)
        subject = bool(nearest) and (nearest[-1] == "R" or ("R" in nearest and nearest[-1] in "BV" and "›" in before))
        inverted = _NAMED_AFTER.match(after) or (_SUBJECT_AFTER.match(after) and not _OTHER_SUBJECT.search(before))
        if not subject and (not inverted or match.group().lower().startswith("har ")):
            continue
        spelled_out = following is not None and following.opening in ("at", "colon")
        if _WEAK.fullmatch(match.group()) and "actor" in reference.roles and not reference.roles & set(_DOCUMENTS):
            return spelled_out or "‹D" in clause or bool(reference.attached)
        return True
    return False


_NOT_YET = re.compile(r"\bfor at (?:få )?$|\b(?:forventes|ventes|ønskes|bedes|skal|vil|bør|må|skulle|burde|anmodet|bedt)\b(?: \w+){0,3} $", re.IGNORECASE)


def _occurs(clause: str) -> tuple[bool, bool]:
    """(it came about, it did not) by a verb of existence in the clause."""
    positive = negative = False
    for match in verbs("existence").finditer(clause):
        if _NOT_YET.search(clause[: match.start()]):
            continue
        negated = bool(_NEGATION.search(clause[: match.start()])) or bool(
            re.match(r"\s*(?:\w+\s+|‹\w+›\s*){0,3}?(?:ikke|ingen|intet)\b", clause[match.end() :], re.IGNORECASE)
        )
        negative, positive = negative or negated, positive or not negated
    return positive, negative


def _retold(reference: _Reference) -> bool:
    """Whether the citizen, a relative or another worker retells the source."""
    if reference.input in ("partshoering", "borger_inddraget"):
        return False
    sentence = reference.sentence
    dated_document = bool(reference.attached) and bool(reference.roles & {"document", "method"})
    for place in range(reference.clause + 1):
        view = reference.view(sentence.clauses[place].text)
        own = place == reference.clause
        before = view.split("‹R›")[0] if own and "‹R›" in view else view
        if own:
            if re.search(r"\b(?:ifølge|iflg\.|i følge|efter) (?:\w+ ){0,2}?‹[BV]›", before, re.IGNORECASE):
                return True
            if re.search(r"‹[BV]›.{0,80}\b(?:at vide|hørt (?:fra|af|at)|fået besked|fået oplyst|fik oplyst|refererer|gengiver|sagt)\b", view, re.IGNORECASE):
                return not dated_document
            if re.search(r"‹R›.{0,60}\b(?:sagt|fortalt|skulle have|forklaret|oplyst) (?:til |over for )?‹B›", view, re.IGNORECASE):
                return not dated_document
            if re.search(r"‹[BV]› (?:opfattelse|oplevelse|indtryk|udsagn|forklaring|mening)\b", before):
                return True
            if re.search(r"\b(?:angiveligt|efter det oplyste|efter eget udsagn|eget udsagn|efter eget (?:\w+ )?oplyste|efter sigende|skulle have sagt|skulle (?:\w+ )?have)\b", view, re.IGNORECASE):
                return True
            if re.search(r"‹[BV]›[^;]*\b(?:medbragt|medbragte|fremvist|viste|forevist)\b.*\b(?:papir|seddel|brev|sms|besked|kort)\w*", view, re.IGNORECASE):
                return True
            if re.search(r"^\W*(?:(?:den )?‹D\d+› )?(?:\w+ )?‹[BV]›[^,;]{0,40}" + verbs("speech").pattern, before, re.IGNORECASE) and not dated_document:
                return not re.search(r"\bhenvis", before)
            continue
        if re.search(r"\b(?:oplysninger|besked|melding|beretning) fra (?:\w+ )?‹[BV]›|\b(?:modtaget|fået|har) ‹[BV]› om\b|\b(?:ifølge|iflg\.|efter) ‹[BV]›|‹[BV]› (?:opfattelse|oplevelse|indtryk|udsagn|forklaring|mening)\b", view, re.IGNORECASE):
            return True
        if place > 0 and re.match(r"\W*(?:ifølge|efter) (?:det|hvad)\b", sentence.marked, re.IGNORECASE) and re.search(r"‹[BV]›", view):
            return True
        so_far = "".join(reference.view(clause.text) for clause in sentence.clauses[: place + 1])
        later_at = any(c.opening in ("at", "colon") for c in sentence.clauses[place + 1 : reference.clause + 1])
        if not later_at:
            continue
        if re.search(r"‹[BV]›[^;]*?" + verbs("speech").pattern, so_far if "‹R›" not in so_far and "‹X›" not in so_far else view, re.IGNORECASE) or re.search(
            verbs("speech").pattern + r"[^;]{0,20}‹[BV]›", view, re.IGNORECASE
        ):
            return not (dated_document and re.search(r"gør gældende|gjort gældende|gjorde gældende|henvis|indvend", view))
        if "‹X›" in view and verbs("content").search(view) and reference.roles <= {"actor", "vague"} and "‹R›" not in view:
            return True
    return False


def _structural(reference: _Reference, passage: Passage) -> bool:
    """Headings, empty labels, placeholders and lists of attachments name a source and say nothing of it."""
    text = reference.sentence.text.strip()
    if passage.style in ("heading", "title"):
        return True
    if _PLACEHOLDER.search(text) and len(_PLACEHOLDER.sub("", text).split()) <= 8:
        return True
    if _LISTED.match(text) and not _FINITE.search(reference.sentence.marked):
        return True
    label, colon, value = text.partition(":")
    if colon and re.match(r"\s*(?:ingen|intet|ikke|mangler|nej)\b", value, re.IGNORECASE):
        return False
    return bool(colon and len(label.split()) <= 6 and _EMPTY_VALUE.match(value))


def _status(reference: _Reference, passage: Passage) -> str:
    """What the sentence makes of the source; "" where it only names the citizen."""
    clauses = reference.sentence.clauses
    region = _region(reference)
    view = " ".join(region)
    clause = clauses[reference.clause]
    following = clauses[reference.clause + 1] if reference.clause + 1 < len(clauses) else None
    roles = reference.roles
    voice = roles == {"voice"}

    governed = _governed(reference) + view

    def cued(stage: str) -> str | None:
        seen = governed if stage in ("refused", "requested") else view
        return next((cue.status for cue in cues()[stage] if cue.speaks_of(reference, seen)), None)

    if voice:
        if clause.opening in ("at", "if", "relative") and reference.clause > 0:
            return ""
        return _participation(reference, view, cued)
    if re.match(r"\W*‹R›\s*:\s*(?:ingen|intet|mangler|nej)\b", view, re.IGNORECASE):
        return "missing"
    if _structural(reference, passage):
        return "mentioned_only"
    if clause.opening == "if" or cued("conditional"):
        return "mentioned_only"
    if status := cued("refused") if reference.input != "partshoering" else None:
        return status
    if reference.input == "partshoering" and _NO_HEARING.search(view):
        return "refused"
    if _retold(reference):
        return "hearsay"
    if status := cued("special"):
        return status
    dated = bool(reference.attached) or "‹D" in view
    if _NOT_SEEN.search(_governed(reference)) and not reference.attached:
        return "missing"
    said = any(_says(reference, part, following if place == len(region) - 1 else None) for place, part in enumerate(region))
    came, came_not = False, False
    for part in region:
        positive, negative = _occurs(part)
        came, came_not = came or positive, came_not or negative
    requested, missing = _asked(reference, [_governed(reference), *region]), cued("impossible") or cued("missing")
    if "request" in roles:
        return "missing" if came_not and re.search(r"\bikke (?:\w+ )?(?:sendt|afsendt|bestilt)", view) else "requested"
    if reference.members and (roles & {"wrong"} or any(unit.wrong for unit in reference.members)):
        return requested or missing or "mentioned_only"
    if roles == {"topic"}:
        return missing or ("missing" if came_not else "") if (missing or came_not) else ""
    if _BARE_REFERENCE.search(view) and not dated:
        return "mentioned_only"
    if roles & {"document", "method"} and any(found.age for found in _loose_dates(reference, content_too=True)):
        return "present"
    if reference.input == "borger_inddraget" and "vague" in roles:
        said = False
    if said and not (missing and not roles & set(_DOCUMENTS)):
        return "outdated" if cued("outdated") else "present"
    if cued("outdated") and not requested:
        return "outdated"
    if _FRONTED.search(region[0]) and (reference.concrete or dated) and "vague" not in roles and not requested:
        return "present"
    if missing and cued("impossible"):
        return missing
    if requested and not (came and not came_not and _arrived(view)):
        return requested if clauses[0].opening != "if" else "mentioned_only"
    if missing or came_not:
        return "missing"
    if _stands(reference, view, came, following):
        return "present"
    if _denied(region[0], roles):
        return "missing"
    return "requested" if _intended(region[0], roles) else "mentioned_only"


def _intended(clause: str, roles: set[str]) -> bool:
    """Whether the clause says that the source shall be asked: "borgeren skal til lægen på torsdag"."""
    return "vague" not in roles and bool(re.search(r"\b(?:skal|vil|bør)\b.*‹R›", clause, re.IGNORECASE))


def _denied(clause: str, roles: set[str]) -> bool:
    """Whether a "no" stands in the clause that is not a no in what someone says: "er ikke søgt rådgivning hos …"."""
    negation = _NEGATION.search(clause)
    if not negation or "voice" in roles:
        return False
    return not any(verb.end() <= negation.start() for group in ("content", "vague") for verb in verbs(group).finditer(clause))


_NOT_SEEN = re.compile(r"\b(?:fremgår|fremgik|ses|se|konstatere\w*|finde|dokumentere\w*|bekræfte\w*|oplyst|vise|viser)\b[^‹]{0,30}\b(?:ikke|ingen|intet)\b|\b(?:ikke|ingen|intet)\b[^‹]{0,40}\b(?:se|ses|konstatere\w*|finde|dokumentation|dokumenteret|oplysning\w*|holdepunkt\w*|viser|tegn|spor)\b", re.IGNORECASE)
_FRONTED = re.compile(
    r"^\W*(?:(?:og|men) )?(?:jf\.?|jævnfør|ifølge|iflg\.|i følge|af|i|på baggrund af|på grundlag af|ud fra|ved)\s+(?:(?:den|det|de|en|et|din|dine|seneste|nye|nyeste|skriftlige) )*‹R›\W+(?:er|var|kan|kunne|har|havde|skal|må|vil|\w+(?:ede|te|er))\b(?!\s+(?:rekvireret|bestilt|anmodet|afventet))",
    re.IGNORECASE,
)
_NO_HEARING = re.compile(r"\b(?:frabed\w+|frabad|takke\w* nej til|ønske\w* ikke (?:at blive |en )?)(?: \w+)? ?‹R›", re.IGNORECASE)
_ARRIVED = re.compile(
    r"\b(?:modtaget|modtog|indkommet|indkom|tilgået|returneret|udfyldt|svarede|foreligger(?! (?:tidligst|først|forventeligt))|indhentet|gennemført|afholdt|foretaget|besvaret|kom)\b", re.IGNORECASE
)


def _arrived(view: str) -> bool:
    return bool(_ARRIVED.search(view))


def _participation(reference: _Reference, view: str, cued) -> str:
    """What the citizen has done in the case; "" where the clause is about something else."""
    others = re.search(r"‹X›", view)
    taking_part = r"\b(?:deltage|deltager|samtale\w*|møde\w*|inddrag\w*|medvirke|høres?|hørt|udtale|kommentere|svare|mødes|tale|mulighed|kontakt\w*|læse|godkende|gennemgå|se|bidrage)\b"
    if not others and re.search(taking_part, view, re.IGNORECASE):
        as_citizen = view.replace("‹R›", "‹B›")
        if any(cue.speaks_of(reference, as_citizen) for cue in cues()["refused"]):
            return "refused"
    special = cued("special")
    if special:
        match = re.search(r"\b(?:deltog|deltaget|medvirket|læst|godkendt|hørt|spurgt|talt|inddraget|mødt|været|set|kommenteret|gennemgået)\b", view, re.IGNORECASE)
        if match and _NEGATION.search(view[: match.start()]) and not others:
            return "missing"
        return special if not others or re.search(r"\b(?:læst|godkendt|gennemgået|kommenteret|deltog|deltaget)\b", view) else ""
    if not others and re.search(r"\b(?:ikke|aldrig|uden at)\b.{0,40}\b(?:mulighed|kontakt|lejlighed|nået|truffet|inddraget|hørt|spurgt|talt|medvirket|set|deltaget|inddrage|høre|spørge|tale|involvere|se|læse)\b", view, re.IGNORECASE):
        return "missing"
    if re.search(r"\b(?:meldte afbud|meldt afbud|ikke til stede|ikke tilstede|fraværende)\b", view, re.IGNORECASE):
        return "missing"
    if re.search(r"\b(?:modtaget|fået|udleveret|tilsendt)\b.*\b(?:udkast\w*|beskrivelse\w*|tekst\w*)\b.*‹D", view, re.IGNORECASE):
        return "present"
    if re.search(r"‹V›[^;]*\b(?:besøgte|talte|mødte|mødtes|interviewede|ringede)\b[^;]*‹R›.*‹D", view, re.IGNORECASE):
        return "present"
    if not others and re.search(r"\b(?:indkaldt|indkaldes|inviteret|inviteres)\b", view, re.IGNORECASE):
        return "requested"
    if not others and re.search(r"\b(?:inddrages|inddrage|orienteret|orienteres|medvirker|involveres)\b", view, re.IGNORECASE):
        return "mentioned_only"
    return ""


def _stands(reference: _Reference, view: str, came: bool, following: _Clause | None) -> bool:
    """Whether the source is there: a dated document, a document with what it says, or a dated act of the right person."""
    roles = reference.roles
    dated = bool(reference.attached) or bool(re.search(r"‹D\d+›", view))
    words_left = len(re.findall(r"\w{2,}", re.sub(r"‹\w+›", "", view)))
    concrete = reference.concrete
    if reference.input == "partshoering":
        return came or dated
    if reference.input == "borger_inddraget":
        return ("method" in roles and (dated or came)) or ("vague" in roles and (dated or words_left >= 6))
    if following is not None and following.opening == "colon" and len(following.text.split()) >= 4 and (concrete or dated):
        return True
    if re.match(r"\W*‹R›\s*:", view) and words_left >= 3:
        return True
    if _SOURCE_OPENING.search(view) and words_left >= 4 and (concrete or dated):
        return True
    if re.search(r"\b(?:ifølge|iflg\.|i følge) ‹R›", view, re.IGNORECASE) and words_left >= 3:
        return True
    if reference.input == "arbejdsproevning":
        measured = re.search(r"\b(?:\d+|to|tre|fire|fem|seks|otte|ti|tolv)(?:,\d+)? (?:timer|uger|dage|måneder)\b|\b(?:timer|opgaver|fravær|progression|skånehensyn)\b", view)
        return (came and (dated or bool(measured))) or (bool(measured) and bool(_FINITE.search(view))) or (dated and bool(_FINITE.search(view)))
    if dated and concrete and _FINITE.search(view):
        return not re.search(r"\b(?:vedlagt|vedlægges|vedlagte|se bilag|bilag)\b", view, re.IGNORECASE)
    if concrete and following is not None and following.opening == "at" and re.search(r"\b(?:er|var)\W*$", view):
        return True
    if "actor" in roles and dated and _ACTED.search(view) and not verbs("vague").search(view):
        return True
    return dated and came and not roles <= {"vague"}


_ACTED = re.compile(r"‹R›[^‹;]{0,20}\b(?:\w{2,}(?:ede|te|gte)|så|gik|var|fik|lod|bad|skrev|sad|traf|gav|kom|tog|holdt)\b", re.IGNORECASE)


# ---------------------------------------------------------------- dates

_ADVERBIAL = re.compile(
    r"\s*\(?(?:(?:telefonisk|skriftligt?|mundtligt?|senest|herefter|også|igen|i|ved|til|over for|os|et|en|kommunen|sin|sit|sine|pr\.|mail|notat\w*|brev\w*|telefonnotat\w*|erklæring\w*|konsultation\w*|samtale\w*|undersøgelse\w*|besøg\w*|møde\w*|bemærkninger|af|fra|‹R›|‹X›|‹B›|borgeren)\s*)*(?:den\s+|d\.\s*)?$",
    re.IGNORECASE,
)


_MET = whole_words(["så", "fandt", "rådgav", "rådgiver", "målte", "målt", "observer(?:er|ede|et)"])
_EVENT = whole_words([r"operation\w*", r"indlæg\w*", "indlagt", "opereret", r"ulykke\w*", r"sygemeld\w*", "siden"])


def _date(reference: _Reference, status: str) -> DateMention | None:
    attached = sorted(reference.attached, key=lambda found: found[0].startswith("modtaget"))
    if status in ("missing", "hearsay"):
        return None
    if status == "refused":
        return next(iter(reference.sentence.dates), None)
    loose = list(_loose_dates(reference, content_too=status != "present" and status != "outdated"))
    if status == "requested":
        return (loose or [found for _, found in attached] or [None])[0]
    if attached and not (attached[0][0] == "" and loose and _asked_for(reference)):
        return attached[0][1]
    if status == "mentioned_only" and reference.roles != {"note"}:
        return None
    later = [found for how, found in _dated(reference) if how]
    return (later or loose or [None])[-1 if not later and status == "present" and len(loose) > 1 and _ARRIVED.search(reference.view(reference.sentence.marked)) else 0]


def _dated(reference: _Reference) -> Iterator[tuple[str, DateMention]]:
    """ "rapporten er af den 20. oktober", "attesten er dateret": the document's own date, told by a verb."""
    for clause in _region(reference):
        for match in re.finditer(r"\b(dateret|er (?:fra|af)|underskrevet|udfærdiget|udfyldt)\s*(?:i|fra|af)?\s*(?:den\s+|d\.\s*)?‹D(\d+)›", clause, re.IGNORECASE):
            yield match[1], reference.sentence.dates[int(match[2])]


def _asked_for(reference: _Reference) -> bool:
    """Whether the date after the source is the day it was asked for: "vi rekvirerede LÆ 125 den 1. september"."""
    before = reference.view(reference.sentence.clauses[reference.clause].text).split("‹R›")[0]
    return bool(re.search(r"\b(?:rekvirere\w*|bestil\w*|anmode\w*|bad|bedt|udbad)\b", before, re.IGNORECASE))


_AT_THE_VISIT = re.compile(r"\bved (?:\w+ )?(?:\w*kontrol|konsultation|undersøgelse|\w*besøg|samtale|møde|test)\w* (?:den |d\. )?$", re.IGNORECASE)


def _told_of(verb: str, between: str) -> bool:
    """Whether a date after a verb of content belongs to what is told: "beskriver operation den 15. april"."""
    if _ADVERBIAL.match(between) or _AT_THE_VISIT.search(between):
        return False
    return not _MET.fullmatch(verb) or bool(_EVENT.search(between))


def _loose_dates(reference: _Reference, *, content_too: bool) -> Iterator[DateMention]:
    """Dates of the region that belong to no unit and not to what the source tells."""
    for clause in _region(reference):
        for match in re.finditer(r"‹D(\d+)›", clause):
            before = clause[: match.start()]
            content = None
            for verb in verbs("content").finditer(before):
                content = verb
            if content and not content_too and "‹R›" in before and _told_of(content.group(), before[content.end() :]):
                continue
            yield reference.sentence.dates[int(match[1])]
    if "‹D" not in "".join(_region(reference)) and reference.clause > 0 and reference.sentence.clauses[reference.clause].opening in ("main", "and", "but"):
        first = reference.sentence.clauses[0].text
        fronted = re.match(r"\W*(?:(?:i|den|d\.|ved \w+)\s*)?‹D(\d+)›", first, re.IGNORECASE)
        if fronted:
            yield reference.sentence.dates[int(fronted[1])]


# ---------------------------------------------------------------- the door


def find(document: Document, facts: Facts) -> list[Evidence]:
    """Every passage that speaks of an input, in order of place. Dates without a year are read from `facts.decision_date`."""
    found: list[Evidence] = []
    for passage in document.passages:
        if not passage.hidden:
            found += _in_passage(passage, facts)
    return found


def _in_passage(passage: Passage, facts: Facts) -> list[Evidence]:
    found_dates = dates.find(passage.text, facts.decision_date)
    kept: list[_Reference] = []
    for start, end in _whole_sentences(passage.text):
        sentence = _Sentence(passage.text[start:end], start, found_dates)
        here = _references(sentence)
        if not any(r.roles != {"voice"} for r in here):
            if kept and (turn := _turned(sentence, kept[-1])):
                kept[-1].status, kept[-1].date = turn
                continue
            named = [r for r in kept if r.roles != {"voice"}]
            here += _continued(sentence, named[-1]) if named else []
        for reference in here:
            reference.status = _status(reference, passage)
        here = [reference for reference in here if reference.status]
        for reference in here:
            reference.date = _date(reference, reference.status)
        kept += _pruned(here)
    named = {reference.input for reference in kept if _CONSENT not in {m.source.id for m in reference.mentions}}
    if named & {"medical", "ot", "sundhedskoordinator", "arbejdsproevning"}:
        kept = [r for r in kept if {m.source.id for m in r.mentions} != {_CONSENT}]  # the consent is to what is named
    return [evidence for reference in _settled(kept) for evidence in _told(reference, passage, facts)]


def _whole_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a passage; what goes on in small letters or a bracket after initials ("N.N. den 3. maj") is one."""
    whole: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if whole and re.match(r"\s*[(a-zæøå]", text[start:end]) and "\n" not in text[whole[-1][1] : start]:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _continued(sentence: _Sentence, earlier: _Reference) -> list[_Reference]:
    """ "Rapporten er dateret …": a sentence that goes on about the document just named."""
    match = re.match(r"\W*(?:(?:Den|Det|Denne|I|Af|Selve) )?‹U(\d+)›", sentence.marked)
    if match and sentence.units[int(match[1])].role == "note" and earlier.input in ("medical", "ot", "sundhedskoordinator", "arbejdsproevning"):
        return [_Reference(earlier.input, [int(match[1])], 0, sentence)]
    return []


_THAT = re.compile(r"\b(?:det|dette|den|denne|undersøgelsen|besøget|testen|forløbet|udredningen|tilbuddet)\b(?!\s+(?:fremgår|er|oplyses|vurderes|bemærkes|følger))", re.IGNORECASE)
_JUST_NO = re.compile(r"^\W*(?:\w+ )?‹B›[^;]*\b(?:takke\w* nej|sagt nej|siger nej|sagde nej|afslog|afslået|afviste|afvist|ønske\w* (?:det|dette) ikke|ikke (?:givet )?samtykke\w*|samtykkede ikke|udeblev|mødte ikke)\b", re.IGNORECASE)


def _turned(sentence: _Sentence, earlier: _Reference) -> tuple[str, DateMention | None] | None:
    """What a following sentence that names no source makes of the last one: "Borgeren ønsker det ikke." """
    if earlier.status not in ("requested", "mentioned_only", "missing") or earlier.input in ("partshoering", "borger_inddraget"):
        return None
    view = re.sub(r"‹U\d+›", "‹B›", sentence.marked)
    just_no = _JUST_NO.search(view)
    if not just_no and not _THAT.search(view):
        return None
    view = _THAT.sub("‹R›", view, count=1)
    for stage in ("refused", "impossible"):
        for cue in cues()[stage]:
            if any(pattern.search(view) for pattern in cue.patterns):
                return cue.status, next(iter(sentence.dates), None) if cue.status == "refused" else None
    if just_no and re.search(r"udeblev|mødte ikke", view):
        return "missing", None
    return None


def _pruned(references: list[_Reference]) -> list[_Reference]:
    """Drops a bare mention where the sentence says more of the same input."""
    kept = []
    for reference in references:
        rivals = [other for other in references if other.input == reference.input and other is not reference]
        if reference.status == "present" and not reference.attached and "actor" in reference.roles:
            told = (r for r in rivals if r.clause > reference.clause and r.sentence.clauses[r.clause].opening == "at")
            if any(r.status in ("missing", "requested", "refused") for r in told):
                continue
        if reference.status == "mentioned_only" and (not reference.attached or reference.roles <= {"vague"}) and any(r.status != "mentioned_only" or _weight(r) > _weight(reference) for r in rivals):
            for rival in rivals:
                rival.date = rival.date or next(_loose_dates(reference, content_too=True), reference.date)
            continue
        if reference.roles == {"voice"} and any(other in kept for other in rivals):
            continue
        kept.append(reference)
    return kept


def _weight(reference: _Reference) -> int:
    return 3 if reference.roles & set(_DOCUMENTS) else 2 if "actor" in reference.roles else 1


def _settled(references: list[_Reference]) -> list[_Reference]:
    """What a later sentence says of the same document replaces what an earlier one said: asked for, then come."""
    kept: list[_Reference] = []
    for reference in references:
        earlier = next((r for r in reversed(kept) if r.input == reference.input), None)
        if earlier and earlier.sentence is not reference.sentence:
            if reference.roles == {"note"} and earlier.status in ("present", "mentioned_only") and reference.status in ("present", "mentioned_only"):
                earlier.date = reference.date or earlier.date
                earlier.status = "present" if "present" in (earlier.status, reference.status) else earlier.status
                continue
            vague = _weight(reference) < 3 or not reference.roles & {"document", "method"}
            if earlier.status == "requested" and reference.status == "missing" and vague:
                continue
            if earlier.status == "requested" and reference.status in ("present", "outdated") and (vague or "request" in earlier.roles):
                kept.remove(earlier)
            elif reference.status == "mentioned_only" and vague and earlier.status != "mentioned_only":
                continue
        kept.append(reference)
    return kept


def _told(reference: _Reference, passage: Passage, facts: Facts) -> Iterable[Evidence]:
    status, day = reference.status, reference.date
    first = day.first if day else None
    if day and day.ahead and status == "requested" and _is_ahead(reference, day, facts):
        first = day.ahead
    if status == "present" and first and facts.decision_date and first > facts.decision_date:
        status = "requested"
    if status == "present" and day and _stale(reference.input, day, facts):
        status = "outdated"
    sentence = reference.sentence
    start, end = _span(reference)
    named = [mention for mention in reference.mentions if mention.input == reference.input]
    document = next((m.name for m in named if m.role in (*_DOCUMENTS, "vague")), None)
    person = next((m for m in reference.mentions if m.role in ("actor", "wrong")), None)
    evidence = Evidence(
        input=reference.input, status=status, date=first, start=passage.start + start, end=passage.start + end,
        text=passage.text[start:end], document=document, author=_author(sentence, person),
        profession=(person.source.profession if person else named[0].source.profession if named else None),
        date_text=day.text if day else None, date_exact=day.exact if day else True,
    )  # fmt: skip
    yield evidence
    for mention in reference.mentions:
        for also in mention.source.also:
            yield replace(evidence, input=also)


_ASKED = re.compile(
    r"\b(?:rekvireret|rekvirerede|bestilt|bestilte|sendt|sendte|anmodet|anmodede|bedt|bad|rykket|rykkede|henvist|henviste|afsendt|fremsendt)\b"
    r"(?:(?! og | har | til den | til d\. | uge | til (?:hjemme|under|samtale|møde|kontrol))[^;,]){0,40}$",
    re.IGNORECASE,
)


def _is_ahead(reference: _Reference, day: DateMention, facts: Facts) -> bool:
    """Whether a date without a year in a sentence about a request lies ahead of the letter."""
    if day.ahead is None or day.first is None or facts.decision_date is None:
        return False
    if _ASKED.search(reference.sentence.text[: day.start - reference.sentence.offset]):
        return False
    return day.ahead - facts.decision_date <= min(facts.decision_date - day.first, datetime.timedelta(days=180))


def _stale(name: str, day: DateMention, facts: Facts) -> bool:
    """Whether a dated input is older than its limit on the decision date."""
    limit = facts.freshness_months if name == "medical" else FRESHNESS.get(name)
    newest = day.last or day.first
    if limit is None or newest is None or facts.decision_date is None:
        return False
    return newest < dates.months_before(facts.decision_date, limit)


def _span(reference: _Reference) -> tuple[int, int]:
    """The sentence that speaks of the source, without the blanks around it."""
    sentence = reference.sentence
    lead = len(sentence.text) - len(sentence.text.lstrip())
    return sentence.offset + lead, sentence.offset + len(sentence.text.rstrip())


def _author(sentence: _Sentence, person: Mention | None) -> str | None:
    """The name that stands after the profession, if any."""
    if person is None:
        return None
    match = re.match(r"\s*,?\s*(?:i \w+\s+)?(N\.\s?N\.|[A-ZÆØÅ][a-zæøå]+(?:\s+[A-ZÆØÅ](?:\.|[a-zæøå]+))+)", sentence.text[person.end :])
    return match[1] if match else None


def newest(evidence: Iterable[Evidence], name: str, statuses: tuple[str, ...] = ("present", "outdated")) -> Evidence | None:
    """The latest dated evidence of an input, or an undated one where there is none; None where there is none at all."""
    fitting = [e for e in evidence if e.input == name and e.status in statuses]
    return max(fitting, key=lambda e: e.date or datetime.date.min, default=None)


def months_old(day: datetime.date, on: datetime.date) -> int:
    """Whole months from `day` to `on`."""
    return (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)
