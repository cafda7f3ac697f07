"""ConText's algebra for Danish: cues in a sentence, and the words that each of them reaches.

A cue is data (`nlp/cues/*.yaml`): a pattern, what it marks, and its reach: forward, backward, both, inside (the cue
itself), terminate (nothing reaches past it) or pseudo (looks like a cue and is none). After Harkema et al., "ConText:
an algorithm for determining negation, experiencer, and temporal status from clinical reports" (2009); the cues are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp import trie

CUES = Path(__file__).parent / "cues"
REACHES = ("forward", "backward", "both", "inside", "terminate", "pseudo")
SPEAKERS = ("citizen", "authority", "relative", "doctor", "ot", "professional", "document", "law")
PERSONS = SPEAKERS[:6]
MARKS = {",": r"\s*(?:,|[,.!?…]?[«»”“\"])", ":": r"\s*:"}  # a quotation mark parts clauses as a comma does
PREPOSITIONS = [
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
DATE = (
    r"\d{1,2}\.? ?(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)(?: \d{4})?"
    r"|\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19|20)?\d\d"
    r"|(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december) (?:19|20)\d\d"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern of a cue file, compiled; matched against a sentence in lower case."""

    marks: str
    reach: str
    regex: re.Pattern[str]
    voice: str | None = None
    weak: bool = False  # any other voice in reach weighs more
    needs: re.Pattern[str] | None = None  # must stand in the same sentence, outside the cue
    anchor: frozenset[str] = frozenset()  # the sentence holds one of these words, or the cue cannot match
    pattern: str = ""
    examples: tuple[tuple[str, str | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """A cue found in a sentence, and the characters of the sentence that it reaches (half open)."""

    cue: Cue
    cue_start: int
    cue_end: int
    start: int
    end: int
    voice: str | None = None
    speaker: str = ""  # the words that name the voice

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end and start < end

    def distance(self, start: int, end: int) -> int:
        return max(start - self.cue_end, self.cue_start - end, 0)


# --- Cue files ------------------------------------------------------------------------------------------------------


@cache
def cues(folder: Path = CUES) -> dict[str, tuple[Cue, ...]]:
    """All cues, by what they mark."""
    from ruamel.yaml import YAML

    reader = YAML(typ="safe")
    grammar = Grammar(reader.load(folder / "words.yaml"))
    found: dict[str, tuple[Cue, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "words.yaml":
            data = reader.load(path)
            found[data["marks"]] = tuple(grammar.cue(data["marks"], entry) for entry in data["cues"])
    return found


@cache
def speaker_kinds(folder: Path = CUES) -> Speakers:
    from ruamel.yaml import YAML

    return Speakers(YAML(typ="safe").load(folder / "words.yaml")["speakers"])


class Speakers:
    """Which kind of speaker a word names: "overlægen" is a doctor."""

    def __init__(self, lists: dict[str, str]):
        self.exact: dict[str, str] = {}
        self.endings: dict[str, str] = {}
        for kind, forms in lists.items():
            for form in forms.split():
                place = self.endings if form.startswith("*") else self.exact
                place.setdefault(form.lstrip("*").replace("_", " "), kind)

    def kind(self, words: str) -> str | None:
        """Kind of the speaker named by `words` (lower case; a genitive s is allowed), or None."""
        for form in (words, words.removesuffix("s")):
            if form in self.exact:
                return self.exact[form]
            for cut in range(len(form)):
                if form[cut:] in self.endings:
                    return self.endings[form[cut:]]
        return None


class Grammar:
    """Turns the patterns of cue files into regular expressions. See the head of nlp/cues/voice.yaml for the language."""

    def __init__(self, words: dict[str, dict[str, str]]):
        self.lists = {name: _forms(text) for name, text in (words["classes"] | words["speakers"]).items()}
        people = [form for kind in (*PERSONS, "document") for form in self.lists[kind]]
        everyone = people + self.lists["law"]
        not_object = "".join(rf"(?<!\b{word}\s)" for word in PREPOSITIONS)
        self.classes = {name: f"(?:{_any(forms)})" for name, forms in self.lists.items()}
        self.classes["document"] = rf"(?:(?:{_any(self.lists['document'])}|læ[ -]?\d{{3}}))"
        subject = rf"(?:{_any(people)}|læ[ -]?\d{{3}})"
        self.classes["speaker"] = rf"{not_object}(?P<speaker>{subject})"
        owner = r"(?:(?:den|det|en|et|egen|sin|sit|sine|hans|hendes|borgerens|din|praktiserende|behandlende|seneste)\s+){0,3}"
        self.classes["source"] = rf"{owner}(?P<speaker>{_any(everyone)}|læ[ -]?\d{{3}})"
        genitive = _any(people, r"s?(?!\w)(?<=s)")
        self.classes["sources"] = f"(?P<speaker>{genitive})"
        self.classes["date"] = f"(?:{DATE})"
        preposition = "|".join(PREPOSITIONS)
        word = rf"(?:(?:{preposition})\s+(?:\w+\s+)?{subject}|(?!{subject}(?!\w))[^\s,;:»«\"()]+)"
        self.gaps = {"…": rf"(?:\s+{word}){{0,6}}?", "……": r"(?:[\s,]+[^\s,;:»«\"]+){0,14}?"}

    def cue(self, marks: str, entry: dict) -> Cue:
        """One entry of a cue file. Raises ValueError for what the language does not know."""
        unknown = entry.keys() - {"pattern", "regex", "reach", "voice", "weak", "with", "examples"}
        if unknown or entry["reach"] not in REACHES or ("pattern" in entry) == ("regex" in entry):
            raise ValueError(f"cue {entry}: unknown {unknown or entry['reach']}")
        source = entry.get("regex") or self.bounded(entry["pattern"])
        return Cue(
            marks=marks,
            reach=entry["reach"],
            regex=re.compile(source),
            voice=entry.get("voice"),
            weak=entry.get("weak", False),
            needs=re.compile(self.bounded(entry["with"])) if "with" in entry else None,
            anchor=self.anchor(entry["pattern"]) if "pattern" in entry else frozenset(),
            pattern=entry.get("pattern") or entry["regex"],
            examples=tuple(entry.get("examples", {}).items()),
        )

    def bounded(self, pattern: str) -> str:
        """Regular expression of a pattern that begins and ends with whole words."""
        return (
            ("" if pattern[0] in MARKS else r"(?<!\w)")
            + f"(?:{self.sequence(pattern)})"
            + ("" if pattern[-1] in MARKS else r"(?!\w)")
        )

    def sequence(self, pattern: str) -> str:
        """Regular expression of a pattern: its parts with white space between."""
        built = ""
        for part in _parts(pattern):
            optional = part.endswith("?") and len(part) > 1
            part = part.removesuffix("?") if optional else part
            before = r"\s+" if built else ""
            if part in self.gaps:
                built += self.gaps[part]
                continue
            if part in MARKS:
                piece = MARKS[part]
            elif part.startswith("("):
                piece = "(?:" + "|".join(self._branch(branch, before) for branch in _branches(part)) + ")"
            elif part.startswith("{"):
                piece = before + self.classes[part[1:-1]]
            else:
                piece = before + re.escape(part)
            built += f"(?:{piece})?" if optional else piece
        return built

    def _branch(self, branch: str, before: str) -> str:
        return (before if not branch.lstrip().startswith(",") else "") + self.sequence(branch)

    def anchor(self, pattern: str) -> frozenset[str]:
        """Words of the part of `pattern` that is least often met; empty if no part is certain to be there."""
        best: frozenset[str] = frozenset()
        for part in _parts(pattern):
            if part.endswith("?") or part in self.gaps or part in MARKS:
                continue
            if part.startswith("("):
                branches = [self.anchor(branch) for branch in _branches(part)]
                words = frozenset().union(*branches) if all(branches) else frozenset()
            elif part.startswith("{"):
                forms = self.lists.get(part[1:-1], [])
                wild = any("*" in form for form in forms) or part == "{document}"
                words = frozenset() if wild else frozenset(form.split()[0] for form in forms)
            else:
                words = frozenset([part])
            if words and (not best or len(words) < len(best)):
                best = words
        return best


def _forms(text: str) -> list[str]:
    return [form.replace("_", " ") for form in text.split()]


def _any(forms: list[str], ending: str = r"(?!\w)") -> str:
    endings = [form[1:] for form in forms if form.startswith("*")]
    whole = trie.pattern([form for form in forms if not form.startswith("*")] + endings)
    return f"{whole}{ending}" + (rf"|\w+?{trie.pattern(endings)}{ending}" if endings else "")


def _parts(pattern: str) -> list[str]:
    """Parts of a pattern: words, {classes}, (groups), each with its question mark."""
    return re.findall(r"\((?:[^()]|\([^()]*\))*\)\??|\S+", pattern)


def _branches(group: str) -> list[str]:
    return re.findall(r"(?:[^|()]|\([^()]*\)\??)+", group[1:-1])


# --- What the cues reach --------------------------------------------------------------------------------------------


def reaches(sentence: str, words: frozenset[str], marks: str) -> list[Reach]:
    """What the cues for `marks` reach in `sentence` (lower case, with its set of `words`), in order of the cues."""
    found = [
        (cue, match)
        for cue in cues()[marks]
        if not cue.anchor or not cue.anchor.isdisjoint(words)
        for match in cue.regex.finditer(sentence)
        if cue.needs is None or _needed(cue.needs, sentence, match)
    ]
    if not found:
        return []
    blocked = [match.span() for cue, match in found if cue.reach == "pseudo"]
    live = [
        (cue, match)
        for cue, match in found
        if cue.reach != "pseudo" and not any(a < match.end() and match.start() < b for a, b in blocked)
    ]
    edges = [match.span() for cue, match in live if cue.reach == "terminate"]
    return [_reach(cue, match, edges, sentence) for cue, match in live if cue.reach != "terminate"]


def _needed(needs: re.Pattern[str], sentence: str, match: re.Match[str]) -> bool:
    return any(m.end() <= match.start() or m.start() >= match.end() for m in needs.finditer(sentence))


def _reach(cue: Cue, match: re.Match[str], edges: list[tuple[int, int]], sentence: str) -> Reach:
    left, right = match.span()
    before = max((end for _, end in edges if end <= left), default=0)
    after = min((start for start, _ in edges if start >= right), default=len(sentence))
    if cue.reach == "inside":
        start, end = left, right
    else:
        start = right if cue.reach == "forward" else before
        end = left if cue.reach == "backward" else after
    named = match.groupdict().get("speaker") or ""
    voice = cue.voice or (
        speaker_kinds().kind(named) or ("document" if named.startswith("læ") else None) if named else None
    )
    return Reach(cue, left, right, start, end, voice, named)
