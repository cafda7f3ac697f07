"""ConText's algebra for Danish: cues in a sentence, and the words that each of them reaches.

A cue is data (`nlp/cues/*.yaml`): a pattern, what it marks, and its reach: forward, backward, both, inside (the cue
itself), terminate (nothing reaches past it) or pseudo (looks like a cue and is none). After Harkema et al., "ConText:
an algorithm for determining negation, experiencer, and temporal status from clinical reports" (2009); the cues are ours.

Patterns are matched against the sentence spelled as ` word|TAGS word|TAGS`, where each tag is a letter for a class of
words: so a pattern with {speaker} in it stays a short regular expression, however many speakers there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from string import ascii_letters

from nlp import language, lexicons

CUES = Path(__file__).parent / "cues"
REACHES = ("forward", "backward", "both", "inside", "terminate", "pseudo")
KEYS = {"pattern", "regex", "reach", "voice", "weak", "with", "until", "examples"}
PERSONS = ("citizen", "authority", "relative", "doctor", "ot", "professional")
PREPOSITIONS = frozenset(
    [
        "til",
        "af",
        "med",
        "hos",
        "fra",
        "for",
        "i",
        "om",
        "på",
        "ved",
        "over",
        "mod",
        "efter",
        "under",
        "mellem",
    ]
)
OBJECTS = frozenset(("ham", "hende", "dig"))
OWNERS = frozenset(
    [
        "den",
        "det",
        "en",
        "et",
        "egen",
        "sin",
        "sit",
        "sine",
        "hans",
        "hendes",
        "borgerens",
        "din",
        "praktiserende",
        "behandlende",
        "seneste",
        "flere",
        "alle",
        "begge",
        "nogle",
        "andre",
        "tidligere",
    ]
)
DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d")
# Tags that are not classes of words.yaml.
SPEAKER, OBJECT, SOURCE, GENITIVE, DATED, OWNER = "ZOSGTW"
FORM, MARK = r"[^ |]+", r",;:»«”“\"()"
# Up to six words of the same clause, and no new speaker.
GAP = rf"(?: {FORM}\|O\w*| [^ |{MARK}][^ |]*\|[^Z ]*){{0,6}}?"
INSERTED = "som|der|hvis|hvor|siden|da|mens|efter|når|fordi|selv_om|selvom|idet|uanset|trods|på"
COMMA = r"(?: ,\||(?: [,.!?…]\|)? [«»”“\"]\|)"  # a quotation mark parts clauses as a comma does


@dataclass(frozen=True)
class Cue:
    """One pattern of a cue file: matched against the spelled sentence, or (`raw`) its plain text. Compiled when first tried."""

    marks: str
    reach: str
    expression: str
    raw: bool = False
    voice: str | None = None
    weak: bool = False  # any other voice in reach weighs more
    beside: str | None = None  # an expression that must stand in the same sentence, outside the cue
    ended_by: str | None = None  # an expression that ends this cue's reach, and no other's
    signs: frozenset[str] = (
        frozenset()
    )  # the sentence has one of these words or |tags, or the cue cannot match
    examples: tuple[tuple[str, str | bool], ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.expression)

    @cached_property
    def needs(self) -> re.Pattern[str] | None:
        return re.compile(self.beside) if self.beside else None

    @cached_property
    def until(self) -> re.Pattern[str] | None:
        return re.compile(self.ended_by) if self.ended_by else None


@dataclass(frozen=True, slots=True)
class Reach:
    """A cue found in a sentence, and the characters of the sentence that it reaches (half open)."""

    cue: Cue
    cue_start: int
    cue_end: int
    start: int
    end: int
    voice: str | None = None
    speaker: str = ""  # the word that names the voice

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end and start < end

    def distance(self, start: int, end: int) -> int:
        return max(start - self.cue_end, self.cue_start - end, 0)


# --- Words and their classes ----------------------------------------------------------------------------------------


class Lexicon:
    """The classes of words.yaml: which words are speakers of which kind, verbs of saying, and so on."""

    def __init__(self, words: dict[str, dict[str, str]]):
        self.kinds = list(words["speakers"])
        lists = {
            name: text.split() for group in ("speakers", "classes") for name, text in words[group].items()
        }
        free = [
            letter
            for letter in ascii_letters
            if letter not in (SPEAKER, OBJECT, SOURCE, GENITIVE, DATED, OWNER)
        ]
        self.tag = dict(zip(lists, free, strict=False))
        self.exact: dict[str, str] = {}
        self.endings: dict[str, str] = {}
        for name, forms in lists.items():
            for form in forms:
                place = self.endings if form.startswith("*") else self.exact
                bare = form.lstrip("*")
                place[bare] = place.get(bare, "") + self.tag[name]
        self.longer: dict[str, list[str]] = {}  # first word -> forms of several words
        for form in self.exact:
            if "_" in form:
                self.longer.setdefault(form.split("_")[0], []).append(form)
        self.tags = lru_cache(1 << 13)(self._find)
        """Tags of a lower-case form."""

    def forms(self, name: str) -> frozenset[str]:
        """The forms of a class, those with a wild beginning left out."""
        return frozenset(form for form, tags in self.exact.items() if self.tag[name] in tags)

    def _find(self, form: str) -> str:
        tags = self.exact.get(form) or self._by_ending(form)
        kind = self.kind_of(tags)
        if kind:
            tags += SOURCE if kind == "law" else SOURCE + SPEAKER
        if form in OWNERS:
            tags += OWNER
        if form.endswith("s") and not kind:
            bare = form[:-1]
            if self.kind_of(self.exact.get(bare) or self._by_ending(bare)):
                tags += GENITIVE
        return tags

    def _by_ending(self, form: str) -> str:
        return next((self.endings[form[cut:]] for cut in range(len(form)) if form[cut:] in self.endings), "")

    def kind_of(self, tags: str) -> str | None:
        return next((kind for kind in self.kinds if self.tag[kind] in tags), None)

    def kind(self, form: str) -> str | None:
        """The kind of speaker that a form names, also in the genitive: "overlægens" is a doctor."""
        return self.kind_of(self.tags(form)) or (
            self.kind_of(self.tags(form[:-1])) if form.endswith("s") else None
        )


class Sentence:
    """A sentence in lower case, spelled with tags for matching; places in the spelling lead back to the text."""

    def __init__(self, text: str):
        self.text = text
        self.words = self._merged(language.words(text))
        self.tags = [self._tags(number) for number in range(len(self.words))]
        self.starts: list[int] = []
        self.spelled = ""
        for (form, _, _), tags in zip(self.words, self.tags, strict=True):
            self.starts.append(len(self.spelled))
            self.spelled += f" {form}|{tags}"
        self.signs = {form for form, _, _ in self.words} | {"|" + tag for tags in self.tags for tag in tags}

    def _merged(self, words: list[language.Word]) -> list[tuple[str, int, int]]:
        longer = lexicon().longer
        merged, place = [], 0
        while place < len(words):
            word = words[place]
            last = place
            for form in longer.get(word.text, ()):
                size = form.count("_") + 1
                if size > last - place + 1 and "_".join(w.text for w in words[place : place + size]) == form:
                    last = place + size - 1
            merged.append(
                (
                    "_".join(w.text for w in words[place : last + 1]).replace(" ", "_"),
                    word.start,
                    words[last].end,
                )
            )
            place = last + 1
        return merged

    def _tags(self, number: int) -> str:
        form = self.words[number][0]
        tags = lexicon().tags(form)
        before = self.words[number - 1][0] if number else ""
        after = self.words[number + 1][0] if number + 1 < len(self.words) else ""
        if form == "læ" and after[:1].isdigit():
            tags = lexicon().tag["document"] + SOURCE + SPEAKER
        elif DATE.fullmatch(form) or (
            form in language.MONTHS and (before[:1].isdigit() or after[:2] in ("19", "20"))
        ):
            tags += DATED
        if SPEAKER in tags:
            two_before = self.words[number - 2][0] if number > 1 else ""
            if form in OBJECTS or before in PREPOSITIONS or (before in OWNERS and two_before in PREPOSITIONS):
                return OBJECT + tags
        return tags

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the text for a match in the spelling."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(end - 1, start)) - 1
        return self.words[first][1], self.words[last][2]

    def spelled_from(self, offset: int) -> int:
        """Where in the spelling the first word at or after `offset` stands."""
        for number, (_, start, _) in enumerate(self.words):
            if start >= offset:
                return self.starts[number]
        return len(self.spelled)


# --- Cue files ------------------------------------------------------------------------------------------------------


@cache
def lexicon() -> Lexicon:
    return Lexicon(lexicons.read(CUES / "words.yaml"))


@cache
def cues(marks: str) -> tuple[Cue, ...]:
    """The cues for one thing that can be marked; see `kinds_of_marks`."""
    data = lexicons.read(CUES / f"{marks}.yaml")
    return tuple(_cue(marks, entry) for entry in data["cues"])


def kinds_of_marks() -> list[str]:
    return sorted(path.stem for path in CUES.glob("*.yaml") if path.stem != "words")


def _cue(marks: str, entry: dict) -> Cue:
    unknown = entry.keys() - KEYS
    if unknown or entry["reach"] not in REACHES or ("pattern" in entry) == ("regex" in entry):
        raise ValueError(f"{marks}.yaml: {sorted(unknown) or entry}")
    raw = "regex" in entry
    return Cue(
        marks=marks,
        reach=entry["reach"],
        expression=entry["regex"] if raw else whole(entry["pattern"]),
        raw=raw,
        voice=entry.get("voice"),
        weak=entry.get("weak", False),
        beside=whole(entry["with"]) if "with" in entry else None,
        ended_by=whole(entry["until"]) if "until" in entry else None,
        signs=frozenset() if raw else _signs(entry["pattern"]),
        examples=tuple(entry.get("examples", {}).items()),
    )


def whole(pattern: str) -> str:
    """The regular expression of a pattern, for the spelled sentence."""
    return _sequence(pattern) + r"(?= |$)"


def _sequence(pattern: str) -> str:
    return "".join(_part(part) for part in _parts(pattern))


def _parts(pattern: str) -> list[str]:
    return re.findall(r"\((?:[^()]|\([^()]*\))*\)\??|\S+", pattern)


def _branches(group: str) -> list[str]:
    return re.findall(r"(?:[^|()]|\([^()]*\)\??)+", group[1:-1])


def _signs(pattern: str) -> frozenset[str]:
    """Words and tags of the rarest part of a pattern that must be there; empty if there is none."""
    found: list[frozenset[str]] = []
    for part in _parts(pattern):
        if part in ("…", "…,", "……", ",", "^") or (len(part) > 1 and part.endswith("?")):
            continue
        if part.startswith("("):
            branches = [_signs(branch) for branch in _branches(part)]
            if all(branches):
                found.append(frozenset().union(*branches))
        elif part.startswith("{"):
            special = {"speaker": SPEAKER, "source": SOURCE, "sources": GENITIVE, "date": DATED}
            found.append(frozenset(["|" + (special.get(part[1:-1]) or lexicon().tag[part[1:-1]])]))
        else:
            found.append(frozenset([part]))
    return min(
        found, key=lambda signs: any(s.startswith("|") for s in signs) * 100 + len(signs), default=frozenset()
    )


def _part(part: str) -> str:
    if len(part) > 1 and part.endswith("?"):
        return f"(?:{_part(part[:-1])})?"
    if part == "^":
        return part
    if part == "…":
        return GAP
    if part == "…,":
        return rf"{GAP}(?:{COMMA} (?:{INSERTED})\|\w*(?: [^ |,]+\|\w*){{1,12}}? ,\|{GAP})?"
    if part == "……":
        return r"(?: [^ |]+\|\w*){0,14}?"
    if part == ",":
        return COMMA
    if part.startswith("("):
        return "(?:" + "|".join(_sequence(branch) for branch in _branches(part)) + ")"
    if part.startswith("{"):
        return _class(part[1:-1])
    return rf" {re.escape(part)}\|\w*"


def _class(name: str) -> str:
    if name == "speaker":
        return rf" (?P<speaker>{FORM})\|(?!O)\w*Z\w*"
    if name == "source":
        return rf"(?: {FORM}\|\w*W\w*){{0,3}} (?P<speaker>{FORM})\|\w*S\w*"
    if name == "sources":
        return rf" (?P<speaker>{FORM})\|\w*G\w*"
    tag = DATED if name == "date" else lexicon().tag[name]
    return rf" {FORM}\|\w*{tag}\w*"


# --- What the cues reach --------------------------------------------------------------------------------------------


def reaches(sentence: Sentence, marks: str) -> list[Reach]:
    """What the cues for `marks` reach in `sentence`, in order of the cues."""
    found = list(_matches(sentence, marks))
    if not found:
        return []
    blocked = [(start, end) for cue, start, end, _ in found if cue.reach == "pseudo"]
    live = [
        (cue, start, end, speaker)
        for cue, start, end, speaker in found
        if cue.reach != "pseudo" and not any(a <= start < b for a, b in blocked)
    ]
    edges = [(start, end) for cue, start, end, _ in live if cue.reach == "terminate"]
    return [_reach(sentence, edges, *match) for match in live if match[0].reach != "terminate"]


def _matches(sentence: Sentence, marks: str):
    """(cue, start, end, speaker) for every cue found."""
    for cue in cues(marks):
        if cue.signs and cue.signs.isdisjoint(sentence.signs):
            continue
        for match in cue.regex.finditer(sentence.text if cue.raw else sentence.spelled):
            if cue.needs is not None and not any(
                m.end() <= match.start() or m.start() >= match.end()
                for m in cue.needs.finditer(sentence.spelled)
            ):
                continue
            start, end = match.span() if cue.raw else sentence.place(*match.span())
            yield cue, start, end, match.groupdict().get("speaker") or ""


def _reach(
    sentence: Sentence, edges: list[tuple[int, int]], cue: Cue, left: int, right: int, speaker: str
) -> Reach:
    before = max((end for _, end in edges if end <= left), default=0)
    after = min((start for start, _ in edges if start >= right), default=len(sentence.text))
    if cue.until is not None and (stop := cue.until.search(sentence.spelled, sentence.spelled_from(right))):
        after = min(after, sentence.place(*stop.span())[0])
    if cue.reach == "inside":
        start, end = left, right
    else:
        start = right if cue.reach == "forward" else before
        end = left if cue.reach == "backward" else after
    voice = cue.voice
    if voice is None and speaker:
        voice = "document" if speaker == "læ" else lexicon().kind(speaker)
    return Reach(cue, left, right, start, end, voice, speaker)
