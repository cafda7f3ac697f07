"""Guards: reasons why a hit is no fault, each a question to the text around it. Rules name the guards they heed.

A guard is a function of (analysis, start, end) that says whether the hit is excused. They read a window of words;
who says it comes from nlp.context, which asks the parser where a window cannot tell. What a sentence holds is worked out once for a sentence and only where something was hit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

from nlp import lexicons
from nlp.model import Hit
from nlp.patterns import PatternSet, word_classes

if TYPE_CHECKING:
    from nlp.analysis import Analysis

Guard = Callable[["Analysis", int, int], bool]

LETTERS = frozenset(("afgoerelse", "partshoering", "gennemgang", "attestanmodning"))
QUOTED = re.compile(r"»[^«»]*«|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\"|«[^«»]*»|”[^”]*”")
AUTHORITY = frozenset(["vi", "kommunen", "nævnet", "ankestyrelsen", "retten", "myndigheden", "forvaltningen"])
NOBODY_NAMED = frozenset(["fagperson", "n.n", "n.n.", "nn"])
SUBJECTS = frozenset(["han", "hun", "de", "vi", "jeg", "du", "borgeren", "det", "der", "man", "kommunen", "ægtefællen"])
DOCUMENTS = (
    "erklæring", "erklæringen", "epikrise", "journal", "journalen", "attest", "attesten", "notat", "notatet", "rapport", "rapporten", "scanning", "scanningen",
    "undersøgelse", "undersøgelsen", "billede", "billedet", "prøven", "prøve",
)


DATED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.|\b(?:19|20)\d\d\b|\b\d{1,2}\.\s(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)")
SINCE = re.compile(r"\b(?:siden|fra|i|til|indtil|før|efter)\s(?:19|20)\d\d\b")  # dates a fact, not a document
SPEAKING = frozenset(
    ["beskriver", "beskrev", "angiver", "angav", "fremgår", "fremgik", "viser", "viste", "vurderer", "vurderede", "konkluderer", "konkluderede", "anført", "anfører", "anførte", "ifølge", "beskrevet", "noteret", "noterer",
     "står", "stod", "jf", "jf.", "oplyser", "oplyste", "skriver", "skrev", "diagnosticerer", "stiller", "stillede", "påviser", "påviste", "bekræfter", "dokumenterer", "attesterer", "diagnosen", "diagnose", ":"]
)
CLINICS = ("klinikken", "ambulatoriet", "skadestuen", "sygehuset", "hospitalet", "ologen", "iateren", "psykologen", "terapeuten")
RECORDS = ("kalender", "kalenderen", "skema", "skemaet", "dagbog", "dagbogen", "sms", "lønseddel", "lønsedlen", "måleren", "app", "appen", "ur", "uret")
OPENERS = frozenset(["at", ":", "hvordan", "hvorfor", "hvornår", "hvad", "hvor", "som", "»", "\"", "“", "udtryk", "om"])


class Sentence:
    """What the guards need to know of one sentence, over the words `first:last` of an analysis."""

    def __init__(self, analysis: Analysis, number: int):
        self.analysis = analysis
        self.first, self.last = analysis.spans[number]
        self.number = number
        self.words = analysis.lower[self.first : self.last]
        self.start, self.end = analysis.starts[self.first], analysis.ends[self.last - 1]
        self.text = analysis.text[self.start : self.end]
        self.classes = word_classes()

    @cached_property
    def told(self) -> bool:
        """Whether somebody is said to say something: a reporting verb with a speaker by it."""
        words, classes = self.words, self.classes
        for place, word in enumerate(words):
            if (
                word in classes["sigeverbum"]
                or (word in classes["sagt"] and not {"har", "havde"}.isdisjoint(words[max(place - 7, 0) : place]))
                or (word == "udtryk" and not {"giver", "gav", "givet"}.isdisjoint(words[max(place - 6, 0) : place]))
            ) and self._speaker_by(place):
                return True
        return False

    def _speaker_by(self, verb: int) -> bool:
        words = self.words
        after = list(takewhile(lambda word: word not in ("at", ":", ","), words[verb + 1 : verb + 5]))
        near = [*words[max(verb - 9, 0) : verb], *after]
        return any(w in speakers or w.rstrip("s") in self.classes["borgerens_kreds"] for w in near for speakers in self._speakers)

    @property
    def _speakers(self) -> tuple[frozenset[str], ...]:
        return (*(self.classes[name] for name in ("fagperson", "egen_tjeneste", "borgerens_kreds")), NOBODY_NAMED)

    def told_in_brackets(self) -> bool:
        """ "(oplyst den 2. november)", "(borgerens ord)"."""
        return any(
            word == "(" and self.words[place + 1 : place + 2] and self.words[place + 1] in ("oplyst", "fortalt", "oplyser", "borgerens", "citat")
            for place, word in enumerate(self.words)
        )

    @property
    def document(self) -> bool:
        """A named kind of document with a date, a number or »jf.«."""
        documents = self.classes["dokument"]
        if "fremgår" in self.words and {"heraf", "deraf", "derved", "det"} & set(self.words):
            return True
        dated = re.search(r"\d{1,2}\.\s?\d{1,2}\.|\b(?:19|20)\d\d\b|\b\d{1,2}\.\s(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", self.text)
        if dated and ({"jf.", "jf"} & set(self.words) or any(word in self.classes["fagperson"] for word in self.words)):
            return True
        if not any(word in documents or word.startswith(("læ1", "læ2", "læ-")) or word.endswith(DOCUMENTS) for word in self.words):
            return False
        return bool(dated) or any(word in ("jf.", "jf", "fremgår") for word in self.words)

    @property
    def firm_document(self) -> bool:
        """As `document`, but a professional who only happens to stand in a dated sentence is no source: they must say it."""
        if not self.document:
            return False
        known = set(self.words)
        if {"jf.", "jf", "fremgår"} & known or not (known.isdisjoint(self.classes["fagperson"]) or known.isdisjoint(self.classes["sigeverbum"])):
            return True
        return any(word in self.classes["dokument"] or word.startswith(("læ1", "læ2", "læ-")) or word.endswith(DOCUMENTS) for word in self.words)

    def clause(self, hit: int) -> tuple[int, int]:
        """(first, last + 1) word of the main clause that holds word `hit`: a new one begins at ";" and at "og" or "men" with a subject or a finite verb after it."""
        first, last = 0, len(self.words)
        for place, word in enumerate(self.words):
            after = self.words[place + 1 : place + 2]
            if word in (";", "–") or (word in ("og", "men", "så") and after and (after[0] in SUBJECTS or after[0] in FINITE or after[0] in self.classes["finit"])):
                if place < hit:
                    first = place + 1
                elif place > hit:
                    last = place
                    break
        return first, last

    def sourced(self, hit: int) -> bool:
        """Whether word `hit` stands with a source: in the same clause, after one that speaks, or before »jf.« and brackets."""
        words = self.words
        first, last = self.clause(hit)
        if first and words[first - 1] == "så":
            first = 0  # what follows from a source is sourced
        if self._document(first, last) or (first and SPEAKING & set(words[:first]) and self._document(0, first)):
            return True
        return bool({"jf", "jf.", "ifølge", "("} & set(words[last:])) and self._document(last, len(words))

    def _document(self, first: int, last: int) -> bool:
        here = self.words[first:last]
        known = set(here)
        if not here or ("fremgår" in known and {"heraf", "deraf", "derved", "det"} & known):
            return bool(here)
        if any(word in ("ifølge", "iflg", "iflg.") and any(w.endswith(RECORDS) for w in here[n + 1 : n + 4]) for n, word in enumerate(here)):
            return True
        text = self.analysis.text[self.analysis.starts[self.first + first] : self.analysis.ends[self.first + last - 1]]
        dated = bool(DATED.search(text))
        if dated and ({"jf.", "jf"} & known or any(word in self.classes["fagperson"] or word.endswith(CLINICS) for word in here)) and not SINCE.search(text):
            return True
        if not any(word in self.classes["dokument"] or word.startswith(("læ1", "læ2", "læ-")) or word.endswith((*DOCUMENTS, "beskrivelsen", "eeg", "ekg")) for word in here):
            return False
        return dated or bool({"jf.", "jf", "fremgår", "ifølge", "iflg."} & known) or any(
            (word == "læ" or word[2:3].isdigit()) and SPEAKING & set(here[n + 1 : n + 5]) for n, word in enumerate(here[:4]) if word.startswith("læ")
        )

    @property
    def measured(self) -> bool:
        return self.measured_in(0, len(self.words))

    def measured_in(self, first: int, last: int) -> bool:
        """A number with a unit, a count (3 af 5), a span or "siden" with a date, in the words `first:last`."""
        words, units, numerals = self.words[first:last], self.classes["enhed"], self.classes["talord"]
        for place, word in enumerate(words):
            number = word[0].isdigit()
            if not number and word not in numerals:
                continue
            after = words[place + 1 : place + 4]
            before = words[place - 1] if place else ""
            if number and before in ("§", "§§", "stk.", "nr.", "lae", "alderen"):
                continue
            if after[:1] == ["år"] and (before in ("på", "er", "fylder") or after[1:2] == ["gammel"]):
                continue
            if after and (after[0] in units or (len(after) > 1 and after[0] not in ",.;" and after[1] in units)):
                if word in ("en", "et") and (after[0] not in units or (after[0] in ("dag", "gang", "uge", "år", "måned") and before != "om")):
                    continue
                return True
            if after[:1] == ["af"] and len(after) > 1 and (after[1][0].isdigit() or after[1] in numerals):
                return True
            if number and after[:1] and after[0] in ("-", "–") and len(after) > 1 and after[1][0].isdigit():
                return True
            if number and before in ("nrs", "vas", "borg", "amps", "moca", "mmse", "fsiii", "vum", "niveau", "score", "kl", "kl.", "ca.", "jamar", "siden"):
                return True
            if number and "siden" in words[max(place - 3, 0) : place]:
                return True
        return False


def sentence(analysis: Analysis, start: int) -> Sentence:
    """What the guards know of the sentence that holds `start`."""
    return sentence_number(analysis, analysis.sentence_of[analysis.word_at(start)])


def sentence_number(analysis: Analysis, number: int) -> Sentence:
    cache = analysis.notes.setdefault("guards.sentence", {})
    if number not in cache:
        cache[number] = Sentence(analysis, number)
    return cache[number]


# --- The guards ------------------------------------------------------------------------------------------------------


def heading(analysis: Analysis, start: int, end: int) -> bool:
    """A heading, a title, the label of a field, or a line of few words that is no sentence."""
    passage = analysis.passage_at(start)
    if passage is None:
        return False
    if passage.style in ("heading", "title"):
        return True
    words = passage.text.split()
    if passage.text.endswith((":", "(overskrift)")) and (len(words) <= 6 or (len(words) <= 12 and not set(passage.text.lower().split()) & FINITE)):
        return True
    label = passage.text[: end - passage.start + 1].split()
    if passage.text[end - passage.start : end - passage.start + 1] == ":" and len(label) <= 4:
        return True
    return (len(words) <= 5 and passage.text[-1].isalpha() and len(analysis.document.passages) == 1 and not (
        set(passage.text.lower().split()) & FINITE
    )) or (passage.style == "cell" and len(words) <= 4 and passage.text[-1].isalpha())


FINITE = frozenset(
    ["er", "var", "har", "havde", "bliver", "blev", "kan", "kunne", "vil", "ville", "skal", "skulle", "må", "måtte", "bør", "burde", "virker", "går", "gik", "kommer", "kom", "gør", "gjorde", "får", "fik", "tager", "tog", "siger", "sagde"]
)


def attributed(analysis: Analysis, start: int, end: int) -> bool:
    """What the citizen, a relative, an employer or a professional is said to have said, or the citizen's own slot."""
    return _said_by(analysis, start, end, PEOPLE) is True


def attributed_outside(analysis: Analysis, start: int, end: int) -> bool:
    """As `attributed`, but what the author's own service says of the citizen is no excuse."""
    return _said_by(analysis, start, end, OUTSIDE) is True


def told(analysis: Analysis, start: int, end: int) -> bool:
    """As `attributed`, but the citizen's own slot is no excuse, nor are words on how it was said: "fortæller vidt og bredt om …" is the writer's."""
    if _said_by(analysis, start, end, PEOPLE, slots=False) is not True:
        return False
    cue = analysis.voice(start, min(end, analysis.ends[analysis.word_at(start)])).cue
    if cue is None or cue[0] >= start:
        return True
    return bool(OPENERS & set(analysis.lower[analysis.word_at(cue[0]) : analysis.word_at(start)]))


PEOPLE = frozenset(("citizen", "relative", "doctor", "ot", "professional"))
OUTSIDE = PEOPLE - {"professional"}
ASKING = re.compile(r"\b(?:beder|bad)\b")
DOUBTING = re.compile(r"\b(?:påstår|påstod|påstået|hævder|hævdede|hævdet)\b")


def _said_by(analysis: Analysis, start: int, end: int, speakers: frozenset[str], slots: bool = True) -> bool | None:
    """Whether one of `speakers` says it; None where window and parser differ, or it is told on from a sentence before."""
    if slots and analysis.place(start)[1] in ("citizen_view", "citizen_remark"):
        return True
    if sentence(analysis, start).told_in_brackets():
        return True
    voice = analysis.voice(start, min(end, analysis.ends[analysis.word_at(start)]))  # a long hit may run into the words that name the speaker
    if voice.quoted or voice.speaker not in speakers or (voice.cue is not None and start <= voice.cue[0] and voice.cue[1] <= end):
        return False  # a quotation has its own guard; "ifølge ham selv" is itself the words that name the source
    if voice.cue is not None and DOUBTING.search(analysis.text, *voice.cue):
        return False  # "påstår, at ...": the author does not pass it on, but casts doubt on it
    if voice.cue is not None and ASKING.search(analysis.text, *voice.cue) and not re.search(r"\bat\b|:", analysis.text[voice.cue[0] : start]):
        return False  # "beder om kørsel af bekvemmelighed": what is asked for is told, why is not
    return True if voice.certain else None


def quoted(analysis: Analysis, start: int, end: int) -> bool:
    """Inside quotation marks, with someone who speaks in the same sentence or the one before."""
    span = next(((s, e) for s, e in quotations(analysis) if s < start and end <= e), None)
    if span is None:
        return False
    here = sentence(analysis, start)
    if here.told or sentence(analysis, span[0]).told or sentence(analysis, span[1] - 1).told:
        return True
    text = analysis.text[max(span[0] - 200, 0) : span[0]].rstrip().rpartition("\n")[2]
    if text.endswith(":"):
        return True
    after = here.number + 1
    return after < len(analysis.spans) and sentence(analysis, analysis.starts[analysis.spans[after][0]]).told and (
        span[1] - span[0] > 12
    )


def quotations(analysis: Analysis) -> list[tuple[int, int]]:
    """(start, end) of each quotation, marks included."""
    if "guards.quotations" not in analysis.notes:
        analysis.notes["guards.quotations"] = [match.span() for match in QUOTED.finditer(analysis.text)]
    return analysis.notes["guards.quotations"]


def sourced(analysis: Analysis, start: int, end: int) -> bool:
    """The clause builds on a dated document, or a named professional judges in one."""
    here = sentence(analysis, start)
    if here.sourced(analysis.word_at(start) - here.first):
        return True
    if not here.number or here.words[0] not in ("den", "det", "attesten", "erklæringen", "journalen", "notatet") or here.words[1] not in SPEAKING:
        return False
    return sentence_number(analysis, here.number - 1).document  # "LÆ 265 er modtaget. Den beskriver KOL."


def sourced_firmly(analysis: Analysis, start: int, end: int) -> bool:
    """As `sourced`, but a professional who only happens to stand in a dated sentence is no source."""
    return sentence(analysis, start).firm_document


def measured(analysis: Analysis, start: int, end: int) -> bool:
    """The sentence counts or measures."""
    return sentence(analysis, start).measured


def measured_here(analysis: Analysis, start: int, end: int) -> bool:
    """The main clause counts or measures: a number among the facts after "og" or "men" is no measure of this."""
    here = sentence(analysis, start)
    return here.measured_in(*here.clause(analysis.word_at(start) - here.first))


def mentioned(analysis: Analysis, start: int, end: int) -> bool:
    """The word is spoken of, not used: "Ordet narkoman er slettet", "Sætningen om din påklædning er taget ud"."""
    place = analysis.word_at(start)
    return any(word in MENTIONING for word in analysis.lower[max(place - 3, analysis.spans[analysis.sentence_of[place]][0]) : place])


MENTIONING = frozenset(["ordet", "ordene", "betegnelsen", "udtrykket", "vendingen", "formuleringen", "begrebet", "sætningen", "linjen", "rubrikken"])


def legal(analysis: Analysis, start: int, end: int) -> bool:
    """Words of statute or of a scale: varigt nedsat, helt åbenbart, moderate begrænsninger."""
    if "guards.legal" not in analysis.notes:
        found = [(analysis.starts[f], analysis.ends[e - 1]) for _, f, e in _legal_phrases().find(analysis)]
        analysis.notes["guards.legal"] = found
    return any(s <= start and end <= e for s, e in analysis.notes["guards.legal"])


@cache
def _legal_phrases() -> PatternSet:
    from nlp.patterns import CLASSES

    phrases = lexicons.read(CLASSES.parent / "statutory_phrases.yaml")
    return PatternSet(phrases)


def own_reasons(analysis: Analysis, start: int, end: int) -> bool:
    """The authority gives its own reasons: the clause's subject is we, the municipality or the decision."""
    here = sentence(analysis, start)
    before = here.words[: analysis.word_at(start) - here.first]
    return bool(AUTHORITY & set(before)) and not any(w in ("synes", "tror", "fornemmer") for w in before)


def no_grounds(analysis: Analysis, start: int, end: int) -> bool:
    """It is said that there are no grounds for it: "Der er ikke holdepunkter for, at …"."""
    here = sentence(analysis, start)
    before = here.words[: analysis.word_at(start) - here.first]
    if "men" in before:  # what follows is claimed in spite of it
        before = before[len(before) - before[::-1].index("men") :]
    negative = {"ikke", "ingen", "intet", "uden", "hverken", "aldrig", "ej", "mangler"}
    grounds = ("holdepunkt", "oplysning", "grundlag", "tegn", "dokument", "beskrevet", "observeret", "oplyst", "undersøgt", "fremgår", "belæg", "mistanke", "stillet", "diagnos", "udredt", "afklaret", "nævnt", "vurderet")
    return bool(negative & set(before)) and any(word.startswith(grounds) for word in before)


def letter(analysis: Analysis, start: int, end: int) -> bool:
    """A letter to the citizen or a doctor."""
    return analysis.facts.kind in LETTERS


def quoted_speech(analysis: Analysis, start: int, end: int) -> bool:
    """Short words in quotation marks that someone is said to have said, in this sentence or next to it."""
    here = sentence(analysis, start)
    words = here.words
    pairs = set(pairwise(words))
    if pairs & {("står", "der"), ("stod", "der"), ("der", "står"), ("der", "stod")} or SPOKEN & set(words):
        return True
    if here.told or {"afkrydset", "afkrydser", "rubrik", "rubrikken", "påtegningen", "påtegning", "display", "displayet", "skiltet", "stempel", "stemplet", "mærket", "sagt", "lød", "lyder", "svar", "svaret", "svarer", "ordet", "ordene", "ord", "sætningen", "råbte", "hviskede", "kaldte", "læste", "kalder", "citeres", "kryds", "ifølge", "tryk", "diagnose"} & set(here.words):
        return True
    return quoted(analysis, start + 1, max(end - 1, start + 2))


SPOKEN = frozenset(["siger", "sagde", "skriver", "skrev", "svarer", "svarede", "råber", "råbte", "fortæller", "fortalte", "spørger", "spurgte", "oplyser", "kaldt", "citerer", "citerede"])


def named_thing(analysis: Analysis, start: int, end: int) -> bool:
    """The name of a course, a test, a field or a text in quotation marks."""
    before = analysis.lower[max(analysis.word_at(start) - 3, 0) : analysis.word_at(start)]
    return any(word.startswith(NAMED) for word in before)


NAMED = (
    "kurs", "test", "tilbud", "spørgsmål", "felt", "punkt", "afsnit", "forløb", "brev", "skema", "knap", "opgave", "hold", "projekt", "bog", "film",
    "program", "app", "rubrik", "overskrift", "pjece", "bestemmels", "reglen", "ordning", "begreb", "udtryk", "kategori", "niveau", "hedder", "kaldes", "titel", "regler",
)


def named_actor(analysis: Analysis, start: int, end: int) -> bool:
    """The sentence names a professional, or "N.N." stands in it."""
    here = sentence(analysis, start)
    return any(word in here.classes["fagperson"] or word in ("n.n", "n.n.") for word in here.words)


def name(analysis: Analysis, start: int, end: int) -> bool:
    """A word with a capital inside a sentence is a name: Café Sart, Stædigvej."""
    here = sentence(analysis, start)
    text = analysis.text[start:end]
    if not text[0].isupper() or text.isupper() or text.partition(" ")[0] in POLITE:
        return False
    return start > here.start and analysis.text[here.start : start].rstrip(" ")[-1:] not in OPENING


POLITE = frozenset(["De", "Dem", "Deres", "I", "Jer", "Jeres"])
OPENING = frozenset("»\"“„(:–-•/")  # after these a capital may begin a sentence


def question(analysis: Analysis, start: int, end: int) -> bool:
    """A question, as to a doctor."""
    return sentence(analysis, start).text.rstrip().endswith("?")


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (heading, attributed, told, attributed_outside, quoted, sourced, sourced_firmly, measured, measured_here, mentioned, legal, own_reasons, no_grounds, letter, quoted_speech,
                  named_thing, named_actor, name, question)
}

ASKING_THE_PARSER = (attributed, told, attributed_outside)


class Unless:
    """Patterns that lift a hit they overlap."""

    def __init__(self, patterns: list[Any]):
        self._source = patterns

    @cached_property
    def patterns(self) -> PatternSet:
        return PatternSet(self._source)

    def __call__(self, analysis: Analysis, start: int, end: int) -> bool:
        if not self._source:
            return False
        spans = analysis.notes.get(self)
        if spans is None:
            spans = [(analysis.starts[f], analysis.ends[e - 1]) for _, f, e in self.patterns.find(analysis)]
            analysis.notes[self] = spans
        return any(s < end and start < e for s, e in spans)


class Guarded:
    """Asks in turn whether a rule speaks at a place at all, and its `unless` patterns and guards."""

    def __init__(self, rule: Any):
        names = list(rule.match.guards)
        if rule.category == "subjektivt_sprog" and rule.kind_name in ("words", "pattern") and rule.label != "C11" and "name" not in names:
            names.append("name")  # diseases have names, words that judge have none
        self.rule = rule
        self.guards = sorted((GUARDS[name] for name in names), key=ASKING_THE_PARSER.__contains__)  # what costs little first
        self.unless = Unless(rule.match.unless)
        self.speakers = PEOPLE if {"attributed", "told"} & set(names) else OUTSIDE if "attributed_outside" in names else None

    def __call__(self, analysis: Analysis, start: int, end: int) -> bool:
        # the place first: a guard may ask the parser
        return self.rule.severity_in_place(analysis, start) is None or self.unless(analysis, start, end) or any(guard(analysis, start, end) for guard in self.guards)

    def hit(self, analysis: Analysis, start: int, end: int) -> Hit | None:
        """The hit, unless it is excused; in doubt, and lighter, where it may be somebody else's words."""
        if self(analysis, start, end):
            return None
        heard = self.speakers is not None and _said_by(analysis, start, end, self.speakers) is None
        return Hit(start, end, certainty="tvivl", lighter=True) if heard else Hit(start, end)
