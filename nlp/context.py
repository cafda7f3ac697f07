"""Who says it: for any span of a text, whose words they are, and whether they are quoted, negated, supposed or measured.

A window of cues (nlp/scope.py) always decides; where clauses nest or word order is turned round, the parser
(nlp/syntax.py) is asked too, and where the two disagree the answer says so. Nothing is worked out before it is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nlp import language, scope, syntax
from nlp.memory import Memory
from nlp.model import Document, Passage

QUOTES = re.compile(
    r"»[^«»]+«|«[^«»]+»|“[^“”]+”|„[^„“”]+[“”]|”[^“”]+”|‘[^‘’]{3,}’|(?<!\w)\"[^\"]+\"|(?<!\w)'[^']{3,}'(?!\w)"
)
BULLET = re.compile(r"\s*(?:[-–•*·]\s|\d{1,2}[.)]\s|[a-zæøå][.)]\s)")
INTRICATE = re.compile(r", (?!at\b|om\b|hvor)\w|\b(?:og|men|mens|eller|som|der|samt)\b")
AFTERWARDS = re.compile(r"(?:sådan|således|det) \w+")
SCARE = 2  # a quotation of at most so many words, with no speaker, is a wink and not a quotation
PRONOUNS = ("hun", "han", "hun_selv", "han_selv")
CARRIED = 3  # so many sentences may run on from the one that names the speaker


@dataclass(frozen=True, slots=True)
class Context:
    """Whose words a span holds, and how they are meant."""

    speaker: str = "authority"
    """authority | citizen | relative | doctor | ot | professional | document | law | unknown (attributed, to nobody named)"""
    quoted: str | None = None
    """speech (a speaker is named) | unattributed (a long quotation of nobody) | scare (a word or two) | None"""
    negated: bool = False
    hypothetical: bool = False
    historical: bool = False
    graded: bool = False
    """A medical grade beside a diagnosis, or a scale's own label (FSIII, VUM, ICF)."""
    measured: bool = False
    """A number with a unit, a date, a clock time or "x af y" in the same sentence or cell."""
    sourced: bool = False
    """A dated document in the same sentence."""
    agreement: str = "window"
    """window (parser not asked) | agree | differ (window and parser disagree) | carried (runs on from a sentence before)"""
    cue: tuple[int, int] | None = None
    """Where in the text the words stand that name the speaker."""

    @property
    def certain(self) -> bool:
        """Whether nothing speaks against the answer; if not, a finding should weigh less."""
        return self.agreement in ("window", "agree")

    @property
    def attributed(self) -> bool:
        """Whether somebody other than the authority says it."""
        return self.speaker != "authority"


class Voices:
    """The voices of one document or text. Asks are answered once a sentence and remembered.

    `parser`: whether the pipeline may be asked where the window alone cannot tell; `pipeline`: which one (see
    nlp.language.pipeline); `sentences` of each passage, in characters of it, spare splitting them again.
    """

    def __init__(
        self, document: Document | str, *, parser: bool = True, pipeline: str | None = None,
        sentences: Sequence[list[tuple[int, int]]] | None = None,
    ):
        self._split = sentences
        if isinstance(document, str):
            document = Document(document, (Passage(document),))
        self.document = document
        self.parser = parser
        self.pipeline = pipeline
        self._sentences: dict[int, list[Sentence]] = {}  # by place of the passage
        self._opinions: dict[tuple[int, int, int], str] = {}
        self._starts = [passage.start for passage in document.passages]

    def of(self, start: int, end: int) -> Context:
        """The context of `document.text[start:end]`. Outside every passage: the authority's own voice."""
        place = bisect_right(self._starts, start) - 1
        if place < 0:
            return Context()
        sentences = self._of_passage(place)
        number = bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1
        if number < 0 or start >= sentences[number].end:
            return Context()
        sentence = sentences[number]
        end = min(end, sentence.end)
        local = (start - sentence.start, end - sentence.start)
        answer = self._speaker(sentences, number, *local, place)
        return replace(
            answer,
            negated=sentence.marked("negated", *local),
            hypothetical=sentence.marked("hypothetical", *local),
            historical=sentence.marked("historical", *local),
            graded=sentence.marked("graded", *local, touching=True),
            measured=self._anywhere("measured", sentence, place),
            sourced=self._anywhere("sourced", sentence, place),
        )

    # --- passages and sentences -------------------------------------------------------------------------------------

    def _of_passage(self, place: int) -> list[Sentence]:
        if place not in self._sentences:
            passage = self.document.passages[place]
            quotes = [m.span() for m in QUOTES.finditer(passage.text)]
            self._sentences[place] = [
                Sentence(
                    passage.text[a:b],
                    passage.start + a,
                    [(x - a, y - a) for x, y in quotes if x < b and a < y],
                )
                for a, b in (language.sentences(passage.text) if self._split is None else self._split[place])
            ]
        return self._sentences[place]

    def _anywhere(self, marks: str, sentence: Sentence, place: int) -> bool:
        passage = self.document.passages[place]
        if passage.style == "cell":
            return any(s.reaches(marks) for s in self._of_passage(place))
        return bool(sentence.reaches(marks))

    # --- who speaks -------------------------------------------------------------------------------------------------

    def _speaker(self, sentences: list[Sentence], number: int, start: int, end: int, place: int) -> Context:
        sentence = sentences[number]
        quote = next(((a, b) for a, b in sentence.quotes if a <= start and end <= b), None)
        if quote is not None:
            return self._quoted(sentences, number, quote, place)
        reach = sentence.voice_at(start, end)
        if reach is None:
            window = self._from_before(sentences, number, place)
        else:
            voice = self._named(reach, sentences, number, place)
            at = (sentence.start + reach.cue_start, sentence.start + reach.cue_end)
            window = Context(voice, cue=at)
        if self.parser and sentence.is_intricate(reach, start):
            return self._second_opinion(window, sentence, start, end)
        return window

    def _second_opinion(self, window: Context, sentence: Sentence, start: int, end: int) -> Context:
        """The window's answer beside the parser's. Where they differ, a speaker found by either counts, with doubt."""
        key = (sentence.start, start, end)
        if key not in self._opinions:
            try:
                self._opinions[key] = syntax.voice(sentence.text, start, end, self.pipeline)
            except language.PipelineMissing:
                self.parser = False
                return window
        parsed = self._opinions[key]
        if parsed == window.speaker or (window.attributed and parsed == "unknown"):
            return replace(window, agreement="agree")
        if window.attributed:
            return replace(window, agreement="differ")
        return replace(window, speaker=parsed, agreement="differ")

    def _quoted(self, sentences: list[Sentence], number: int, quote: tuple[int, int], place: int) -> Context:
        """A quotation belongs to whom the sentence outside the marks names, else to the sentence before a colon."""
        sentence = sentences[number]
        a, b = max(quote[0], 0), min(quote[1], len(sentence.text))
        near = number
        while near > 0 and sentences[near].quotes and sentences[near].quotes[0][0] < 0:
            near -= 1  # the quotation began in a sentence before
        after = number
        while (
            after + 1 < len(sentences)
            and sentences[after].quotes
            and sentences[after].quotes[-1][1] > len(sentences[after].text)
        ):
            after += 1
        candidates = [near, after, number]
        if after + 1 < len(sentences) and _looks_back(sentences[after + 1]):
            candidates.append(after + 1)  # »...« Sådan siger hun.
        for candidate in dict.fromkeys(candidates):
            reach = sentences[candidate].named_outside_quotes()
            if reach is not None:
                voice = self._named(reach, sentences, candidate, place)
                at = (
                    sentences[candidate].start + reach.cue_start,
                    sentences[candidate].start + reach.cue_end,
                )
                return Context(voice, quoted="speech", cue=at)
        before = self._from_before(sentences, near, place)
        if before.attributed:
            return replace(before, quoted="speech")
        words = len(re.findall(r"\w+", sentence.text[a:b])) if near == after else SCARE + 1
        if words <= SCARE:
            return Context(quoted="scare")
        return Context("unknown", quoted="unattributed")

    def _named(self, reach: scope.Reach, sentences: list[Sentence], number: int, place: int) -> str:
        """The voice that a reach names; pronouns and bare verbs look back."""
        voice = reach.voice or "unknown"
        if voice == "carried":
            # ", som siger" means the nearest person, "... og siger" the subject that the sentence began with
            relative = sentences[number].text[reach.cue_start] == ","
            known = sentences[number].speakers(before=reach.cue_start)
            if known:
                return known[-1] if relative else known[0]
            return self._mentioned_before(sentences, number) or "unknown"
        if reach.speaker in PRONOUNS:
            if sentences[number].names_citizen(after=reach.cue_end):
                return self._other_before(sentences, number) or "unknown"
            return self._mentioned_before(sentences, number) or "citizen"
        return voice

    def _other_before(self, sentences: list[Sentence], number: int) -> str | None:
        """Whom "hun" means in "Hun siger, at borgeren ...": the last person before who is not the citizen."""
        if number == 0:
            return None
        others = [kind for kind in sentences[number - 1].speakers() if kind not in ("citizen", "authority")]
        return others[-1] if others else None

    def _mentioned_before(self, sentences: list[Sentence], number: int) -> str | None:
        """Whom "hun" most likely means: who spoke in the sentence before, when that was a person."""
        if number == 0:
            return None
        spoken = sentences[number - 1].speech()
        if spoken is None or spoken.voice in (None, "authority", "document", "law", "carried", "unknown"):
            return None
        if spoken.speaker in PRONOUNS:
            return self._mentioned_before(sentences, number - 1) or "citizen"
        return spoken.voice

    def _from_before(self, sentences: list[Sentence], number: int, place: int) -> Context:
        """The voice of a sentence that names none: an introduction with a colon, the sentence before, or the heading."""
        sentence = sentences[number]
        passage = self.document.passages[place]
        intro = self._introduction(sentences, number, place)
        if intro is not None:
            return intro
        heading = _heading_voice(passage, self._line_above(sentences, number))
        if heading is not None and not _author_speaks(sentence):
            return Context(heading)
        back = number - 1
        if not _runs_on(sentence):
            return Context()
        while (
            back >= 0 and number - back <= CARRIED and not self._breaks(sentences[back], sentences[back + 1])
        ):
            spoken = sentences[back].speech()
            if spoken is not None and spoken.end >= len(sentences[back].text.rstrip(" .!?…")):
                voice = self._named(spoken, sentences, back, place)
                if voice not in ("authority", "law", "document"):
                    at = (sentences[back].start + spoken.cue_start, sentences[back].start + spoken.cue_end)
                    return Context(voice, agreement="carried", cue=at)
                return Context()
            if spoken is not None or not _runs_on(sentences[back]):
                return Context()
            back -= 1
        return Context()

    def _breaks(self, one: Sentence, two: Sentence) -> bool:
        return "\n" in self.document.text[one.end : two.start]

    def _line_above(self, sentences: list[Sentence], number: int) -> str | None:
        """A short line without a stop, nearest above, in a text that has no passages of its own."""
        for back in range(number - 1, -1, -1):
            text = sentences[back].text
            if (
                self._breaks(sentences[back], sentences[back + 1])
                and len(text) < 60
                and text[-1] not in ".!?:;,"
            ):
                return text
        return None

    def _introduction(self, sentences: list[Sentence], number: int, place: int) -> Context | None:
        """The voice of "Borgeren oplyser følgende:" for the list, or the sentences on the same line, below it."""
        back, listed = number, bool(BULLET.match(sentences[number].text))
        while back > 0:
            back -= 1
            broken = self._breaks(sentences[back], sentences[back + 1])
            if sentences[back].text.endswith(":"):
                if not (listed or broken):
                    return None
                return self._spoken(sentences, back, place)
            if broken and not (listed and BULLET.match(sentences[back].text)):
                return None
        if not listed and self.document.passages[place].style != "item":
            return None
        for above in range(place - 1, -1, -1):
            passage = self.document.passages[above]
            if not passage.text.strip():
                continue
            lines = self._of_passage(above)
            if passage.text.rstrip().endswith(":") and lines:
                return self._spoken(lines, len(lines) - 1, above)
            if passage.style != "item" and not BULLET.match(passage.text):
                return None
        return None

    def _spoken(self, sentences: list[Sentence], number: int, place: int) -> Context | None:
        spoken = sentences[number].speech()
        if spoken is None:
            return None
        at = (sentences[number].start + spoken.cue_start, sentences[number].start + spoken.cue_end)
        return Context(self._named(spoken, sentences, number, place), cue=at)


class _Cued:
    """A sentence in lower case and what each kind of cue reaches in it, as far as anyone has asked."""

    def __init__(self, lower: str):
        self.spelled = scope.Sentence(lower)
        self.reaches: dict[str, list[scope.Reach]] = {}


_cued: Memory[_Cued] = Memory(2048)


class Sentence:
    """One sentence and what its cues reach, each worked out when first asked for."""

    def __init__(self, text: str, start: int, quotes: list[tuple[int, int]]):
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.quotes = quotes  # relative to the sentence; may begin before it or end after it
        self.lower = text.lower()

    @cached_property
    def _cued(self) -> _Cued:
        return _cued.get(self.lower, lambda: _Cued(self.lower))

    @property
    def spelled(self) -> scope.Sentence:
        return self._cued.spelled

    def reaches(self, marks: str) -> list[scope.Reach]:
        reaches = self._cued.reaches
        if marks not in reaches:
            reaches[marks] = scope.reaches(self.spelled, marks)
        return reaches[marks]

    def marked(self, marks: str, start: int, end: int, *, touching: bool = False) -> bool:
        if touching:
            return any(r.start <= start < r.end for r in self.reaches(marks))
        return any(r.holds(start, end) for r in self.reaches(marks))

    def voices(self) -> list[scope.Reach]:
        """Voice cues, the contained ones left out, cut where the author begins to speak again."""
        reaches = self._cued.reaches
        if "voices" not in reaches:
            found = self.reaches("voice")
            live = [r for r in found if not any(_hides(other, r) for other in found)]
            own = [
                r
                for r in live
                if r.voice == "authority" and not self.lower[: r.cue_start].endswith((" at ", " om "))
            ]
            reaches["voices"] = [
                r
                if r.voice == "authority"
                else replace(r, end=min([r.end, *(o.cue_start for o in own if o.cue_start >= r.cue_end)]))
                for r in live
            ]
        return reaches["voices"]

    def voice_at(self, start: int, end: int) -> scope.Reach | None:
        """The cue that decides whose voice a span is: the nearest of somebody else, then our own, then a weak one."""
        near = sorted((r for r in self.voices() if r.holds(start, end)), key=lambda r: r.distance(start, end))
        strong = [r for r in near if not r.cue.weak]
        others = [r for r in strong if r.voice != "authority"]
        return next(iter(others or strong or near), None)

    def is_intricate(self, reach: scope.Reach | None, start: int) -> bool:
        """Whether the parser may see what the window cannot: clauses that nest or run beside each other.

        Never in a sentence where nobody is said to speak, or where the word follows its verb of saying directly.
        """
        if not self.voices():
            return False
        if reach is None:
            return any(r.voice not in ("authority", "law") and not r.cue.weak for r in self.voices())
        if reach.cue.weak or reach.cue_end > start:
            return False
        return INTRICATE.search(self.lower, reach.cue_end, start) is not None

    def speech(self) -> scope.Reach | None:
        """The cue whose words could run on into the next sentence: the last that reaches forward."""
        introduces = self.text.endswith(":")
        return next(
            (r for r in reversed(self.voices()) if introduces or r.end > r.cue_end or r.cue.reach == "backward"), None
        )

    def named_outside_quotes(self) -> scope.Reach | None:
        outside = [
            r for r in self.voices() if not any(a <= r.cue_start and r.cue_end <= b for a, b in self.quotes)
        ]
        return next((r for r in outside if r.voice != "law" and not r.cue.weak), None)

    def names_citizen(self, after: int) -> bool:
        """Whether the citizen is named by a noun as somebody spoken of, after a place in the sentence."""
        return any(
            form in ("borgeren", "patienten", "ansøgeren", "klienten") and start >= after and scope.OBJECT not in tags
            for (form, start, _), tags in zip(self.spelled.words, self.spelled.tags, strict=True)
        )

    def speakers(self, before: int | None = None) -> list[str]:
        """The kinds of the persons named as subjects, in order, before a place in the sentence."""
        lexicon = scope.lexicon()
        kinds = [
            lexicon.kind_of(tags)
            for (_, start, _), tags in zip(self.spelled.words, self.spelled.tags, strict=True)
            if (before is None or start < before) and scope.OBJECT not in tags
        ]
        return [kind for kind in kinds if kind in scope.PERSONS]


def _hides(other: scope.Reach, one: scope.Reach) -> bool:
    """Whether `other` begins before `one` and shares words with it, or holds it: the verb of a clause has one subject."""
    if other is one or other.cue_start >= one.cue_end or one.cue_start >= other.cue_end:
        return False
    if other.cue_start == one.cue_start:
        return other.cue_end > one.cue_end
    return other.cue_start < one.cue_start


def _runs_on(sentence: Sentence) -> bool:
    found = [r for r in sentence.reaches("carried") if r.cue.reach == "forward" and r.end > r.cue_end]
    return bool(found) and not _author_speaks(sentence) and not sentence.voices()


def _looks_back(sentence: Sentence) -> bool:
    return AFTERWARDS.match(sentence.lower) is not None and any(
        r.cue.reach == "backward" and r.cue_start == 0 for r in sentence.voices()
    )


def _author_speaks(sentence: Sentence) -> bool:
    return any(
        cue.reach == "terminate" and cue.regex.search(sentence.lower if cue.raw else sentence.spelled.spelled)
        for cue in scope.cues("carried")
    )


def _heading_voice(passage: Passage, line: str | None) -> str | None:
    if passage.slot == "citizen_view":
        return "citizen"
    for label in (passage.label, passage.heading, line):
        if label:
            lower = label.lower()
            for cue in scope.cues("heading"):
                if cue.regex.search(lower):
                    return cue.voice
    return None
