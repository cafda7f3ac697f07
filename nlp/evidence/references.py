"""The units of a clause that speak of one document or one actor, and the clauses that go on about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.dates import DateMention
from nlp.evidence.clauses import Clause
from nlp.evidence.cues import verbs
from nlp.evidence.units import Sentence, Unit
from nlp.sources import Mention


@dataclass(slots=True)
class Reference:
    """The units of one clause that speak of one document or one actor."""

    input: str
    units: list[int]
    clause: int
    sentence: Sentence
    status: str = ""
    date: DateMention | None = None
    strength: int = 0  # how concretely the source is named: 3 a document, 2 a person, 1 vaguely

    @property
    def members(self) -> list[Unit]:
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
            if unit.mentions[0].source.id == CONSENT:
                return f"{CONSENT} ‹R›" if number in self.units else CONSENT
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


DOCUMENTS = ("document", "method", "request")
_COORDINATED = re.compile(r"‹[RX]›(?:(?:\s*,\s*|\s+(?:og|samt|eller)\s+)(?:(?:en|et|den|af|fra|i)\s+)?‹[RX]›)+", re.IGNORECASE)


def references(sentence: Sentence) -> list[Reference]:
    found: list[Reference] = []
    if not sentence.units:
        return found
    for place, clause in enumerate(sentence.clauses):
        here: list[Reference] = []
        waiting: list[int] = []
        for match in re.finditer(r"‹U(\d+)›", clause.text):
            number = int(match[1])
            unit = sentence.units[number]
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
                    here.append(Reference("borger_inddraget", [number], place, sentence))
                continue
            joined = next((r for r in reversed(here) if r.input == unit.input and _one_source(r, unit, clause.text)), None)
            if joined:
                joined.units.append(number)
            else:
                here.append(Reference(unit.input, [number, *waiting], place, sentence))
                waiting = []
        found += here
    return found


def _may_own(reference: Reference, note: Unit) -> bool:
    """Whether a bare "notat" or "brev" can be the source's; the answer to a hearing is not the hearing."""
    if reference.input == "partshoering":
        return not note.mentions[0].name.lower().startswith("svar")
    return reference.input != "borger_inddraget"


def _is_visit(unit: Unit, sentence: Sentence, clause: Clause) -> bool:
    """A talk or a home visit in a clause with a professional is that professional's work, not the citizen's part."""
    tried_by = unit.input == "arbejdsproevning" and unit.mentions[0].start >= 0 and sentence.text[unit.mentions[0].start :].lower().startswith("afprøv")
    if unit.role != "method" or not (unit.input == "borger_inddraget" or tried_by):
        return False
    others = (sentence.units[int(number)] for number in re.findall(r"‹U(\d+)›", clause.text))
    inputs = ("ot",) if tried_by else ("medical", "ot", "sundhedskoordinator")
    return any(other.role == "actor" and other.input in inputs for other in others)


def _one_source(reference: Reference, unit: Unit, clause: str) -> bool:
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
    if roles & set(DOCUMENTS):
        if unit.role in DOCUMENTS:
            return "method" in roles | {unit.role} and unit.input != "medical" and not (reference.attached and unit.dates)
        return unit.role in ("actor", "vague") or "wrong" in roles
    return unit.role in (*DOCUMENTS, "vague", "actor") and not (unit.role == "actor" and re.search(r"\bog\b|,", between))


CONSENT = "samtykke"
_TAIL_OPENING = re.compile(
    r"[\s,;:–-]*(?:men|og|samt|som|der|dog|hvor|hvoraf|hvori|mens)?[\s,]*(?:er|blev|har|var|bliver|endnu|ikke|den|det|denne|disse|de|svar(?:et)?|afvent\w*|vi|foreløbig|fortsat|stadig|dog|ses|kun|kunne|kan|mangler|beskr\w+|vis\w+|konkluder\w+|vurder\w+|angiv\w+|indehold\w+|modtog|fik|‹D|viste|først|skal|foreligger|rapporten|attesten|resultatet|borgeren|ingen|intet|takke\w*|sagde|afslog|afslået|nægtet|afvis\w*|\w{3,}ede)\b",
    re.IGNORECASE,
)


def region_of(reference: Reference) -> list[str]:
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


def governing(reference: Reference) -> str:
    """The clauses that govern an "at"-clause: "Borgeren har sagt nej til, at vi taler med lægen"."""
    clauses, place = reference.sentence.clauses, reference.clause
    seen = ""
    while place > 0 and clauses[place].opening == "at":
        place -= 1
        seen = reference.view(clauses[place].text) + seen
    return "" if verbs("content").search(seen) and "‹X›" in seen else seen
