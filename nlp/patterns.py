"""Token patterns: a small language over our own words, for idioms, particle verbs and constructions.

A pattern is words with blanks between them; it never crosses the end of a sentence, and a comma may stand anywhere.

    trækker          the word itself
    =trække          any form of the verb (=a:doven an adjective, =n:misbruger a noun)
    sagen|forløbet   alternatives; =vise|=lade works too
    @person          a word class of nlp/lexicon/classes.yaml
    arbejdssky*      words that begin so; *sky words that end so
    meget?           may be missing
    ..  ..6          up to three (six) other words
    _                exactly one word
    #                a number
    !lov             the next word is not this one
    ^  $             beginning and end of the sentence
    [ ]              around what is to be marked; without them the whole match is

Matching is done from each place of the rarest word of a pattern, so the number of patterns costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp import lexicons
from nlp.inflection import EXPAND

if TYPE_CHECKING:
    from nlp.analysis import Analysis

CLASSES = Path(__file__).parent / "lexicon" / "classes.yaml"

# Too common to look a pattern up by, if it has anything rarer.
COMMON = frozenset(
    ["er", "var", "være", "det", "der", "den", "de", "at", "som", "på", "i", "til", "for", "med", "og", "om", "en", "et", "ikke", "han", "hun", "sig", "af", "fra", "ved", "så", "jo", "har", "havde", "vil", "kan", "skal", "bliver", "blive", "blev", "sin", "sit", "sine", "hans", "hendes", "man", "ud", "op", "ind", "ned", "over", "men", "når", "hvis"]
)
# Found in nearly every sentence: these cost a pattern looked up by them a try in each.
EVERYWHERE = COMMON | {",", ".", "vi", "du", "dig", "efter", "selv", "uden", "noget", "alle", "kommunen", "ingen", "hvad", "os", "hvor", "andre", "mere", "kun", "som", "eller"}


class PatternError(ValueError):
    """A pattern that cannot be read; the text is Danish, for the author of a rule."""


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """name -> forms; entries may refer to earlier classes (@name) and inflect (=lemma)."""
    classes: dict[str, frozenset[str]] = {}
    for name, entries in lexicons.read(CLASSES).items():
        forms: set[str] = set()
        for entry in entries:
            forms |= classes[entry[1:]] if entry.startswith("@") else expand(entry)
        classes[name] = frozenset(forms)
    return classes


def expand(entry: str) -> set[str]:
    """Forms of `=verb`, `=a:adjective`, `=n:noun`, or the word itself, lower-cased."""
    entry = entry.lower()
    if not entry.startswith("="):
        return {entry}
    wordclass, _, lemma = entry[1:].rpartition(":")
    try:
        return EXPAND[wordclass or "v"](lemma)
    except KeyError:
        raise PatternError(f"ukendt ordklasse »{wordclass}« i »{entry}«: brug v, a eller n") from None


def parse(pattern: str) -> list[dict[str, Any]]:
    """Elements as plain data: kind `word` (forms, begins, ends, optional, not), `gap` (most), `edge`, `open`, `close`."""
    elements: list[dict[str, Any]] = []
    for part in pattern.split():
        if part in ("^", "$"):
            elements.append({"kind": "edge", "at": part})
            continue
        opens, closes = part.startswith("["), part.endswith("]")
        part = part.removeprefix("[").removesuffix("]")
        if opens:
            elements.append({"kind": "open"})
        if part.startswith(".."):
            most = part[2:] or "3"
            if not most.isdigit():
                raise PatternError(f"»{part}«: skriv .. eller .. og et tal")
            elements.append({"kind": "gap", "most": int(most)})
        elif part:
            elements.append(_word(part))
        if closes:
            elements.append({"kind": "close"})
    if not any(element["kind"] == "word" for element in elements):
        raise PatternError(f"mønsteret »{pattern}« har ingen ord")
    rarest = _rarest(elements)
    if rarest is not None:
        rarest["rarest"] = True
    return elements


def _rarest(elements: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The element to look the pattern up by; None where a match may hold no certain word. Said in the compiled rules."""
    for element in elements:
        if "rarest" in element:
            return element
    return min((element for element in elements if _certain(element)), key=_cost, default=None)


def _certain(element: dict[str, Any]) -> bool:
    """Whether every match holds one of the element's forms."""
    has_forms = "forms" in element or "classes" in element
    return has_forms and not any(element.get(key) for key in ("begins", "ends", "optional", "not", "any", "number"))


def _cost(element: dict[str, Any]) -> int:
    forms = _forms(element)
    return len(forms) + 1000 * len(forms & EVERYWHERE) + 300 * bool(element.get("classes"))


def _forms(element: dict[str, Any]) -> frozenset[str]:
    forms = frozenset(element.get("forms", ()))
    return forms.union(*(word_classes()[name] for name in element["classes"])) if "classes" in element else forms


def _word(part: str) -> dict[str, Any]:
    element: dict[str, Any] = {"kind": "word"}
    if part.startswith("!") and len(part) > 1:
        element["not"] = True
        part = part[1:]
    if part.endswith("?") and len(part) > 1:
        element["optional"] = True
        part = part[:-1]
    if part == "_":
        return element | {"any": True}
    if part == "#":
        return element | {"number": True}
    forms: set[str] = set()
    begins, ends, classes = [], [], []
    for choice in part.split("|"):
        if choice.startswith("@"):
            if choice[1:] not in word_classes():
                raise PatternError(f"ukendt ordgruppe »{choice}«")
            classes.append(choice[1:])
        elif choice.startswith("*") and len(choice) > 1:
            ends.append(choice[1:].lower())
        elif choice.endswith("*") and len(choice) > 1:
            begins.append(choice[:-1].lower())
        elif choice == "#":
            begins += "0123456789"
        elif choice:
            forms |= expand(choice)
    for name, value in (("forms", sorted(forms)), ("begins", begins), ("ends", ends), ("classes", classes)):
        if value:
            element[name] = value
    return element


@dataclass(slots=True)
class Pattern:
    """A compiled pattern."""

    elements: list[tuple]
    required: list[frozenset[str]]  # of each of these, a sentence that matches holds at least one
    first: frozenset[str] | None  # what a match begins with, where that is certain

    @classmethod
    def of(cls, elements: list[dict[str, Any]]) -> Pattern:
        compiled: list[tuple] = []
        required: list[tuple[int, frozenset[str]]] = []
        first: frozenset[str] | None = None
        begun = False  # whether anything stands before the element but the beginning of what is marked
        for element in elements:
            if element["kind"] != "word":
                begun = begun or element["kind"] != "open"
                compiled.append((element["kind"], element.get("most", element.get("at"))))
                continue
            forms = _forms(element)
            begins, ends = tuple(element.get("begins", ())), tuple(element.get("ends", ()))
            at_first, begun = not begun, True
            kind = "any" if element.get("any") else "number" if element.get("number") else "word"
            compiled.append((kind, forms, begins, ends, element.get("optional", False), element.get("not", False)))
            if _certain(element):
                required.append((_cost(element), forms))
                if at_first:
                    first = forms
        required.sort(key=lambda pair: pair[0])
        return cls(compiled, [forms for _, forms in required], first)

    def find(self, analysis: Analysis, sentence: int) -> list[tuple[int, int]]:
        """(first, last + 1) word of each match in the sentence, leftmost first, without overlap."""
        first, last = analysis.spans[sentence]
        known = analysis.words_of(sentence)
        for forms in self.required:
            if forms.isdisjoint(known):
                return []
        found, place = [], first
        while place < last:
            if self.first is not None and analysis.lower[place] not in self.first:
                place += 1
                continue
            match = self._match(analysis.lower, place, first, last)
            if match is None:
                place += 1
            else:
                found.append(match[1])
                place = max(match[0], place + 1)
        return found

    def _match(self, words: list[str], place: int, first: int, last: int) -> tuple[int, tuple[int, int]] | None:
        marks: dict[str, int] = {}
        end = self._from(words, place, 0, first, last, marks)
        if end is None:
            return None
        return end, (marks.get("open", place), marks.get("close", end))

    def _from(self, words: list[str], place: int, number: int, first: int, last: int, marks: dict[str, int]) -> int | None:
        if number == len(self.elements):
            return place
        element = self.elements[number]
        kind = element[0]
        if kind in ("word", "any", "number"):
            here = place
            if here < last and words[here] == "," and number and "," not in element[1]:
                here += 1  # a comma may stand anywhere
            _, forms, begins, ends, optional, negative = element
            fits = False
            if here < last:
                word = words[here]
                if kind == "any":
                    fits = word[0].isalnum()
                elif kind == "number":
                    fits = word[0].isdigit()
                else:
                    fits = word in forms or bool(begins and word.startswith(begins)) or bool(ends and word.endswith(ends))
            if negative:
                return None if fits else self._from(words, place, number + 1, first, last, marks)
            if fits:
                if number and marks.get("open") == place and here != place:
                    marks["open"] = here
                end = self._from(words, here + 1, number + 1, first, last, marks)
                if end is not None:
                    return end
            return self._from(words, place, number + 1, first, last, marks) if optional else None
        if kind == "gap":
            for step in range(element[1] + 1):
                if step and (place + step > last or not words[place + step - 1][0].isalnum()):
                    return None
                end = self._from(words, place + step, number + 1, first, last, marks)
                if end is not None:
                    return end
            return None
        if kind == "edge":
            if element[1] == "^":
                if any(word[0].isalnum() for word in words[first:place]):
                    return None
            elif any(word[0].isalnum() for word in words[place:last]):
                return None
            return self._from(words, place, number + 1, first, last, marks)
        before = marks.get(kind)
        marks[kind] = place
        end = self._from(words, place, number + 1, first, last, marks)
        if end is None:
            if before is None:
                marks.pop(kind, None)
            else:
                marks[kind] = before
        return end


class PatternSet:
    """Many patterns at once, as `parse` gives them or as people write them; each is compiled when first tried.

    `find` gives (number of the pattern, first word, last + 1 word).
    """

    def __init__(self, patterns: Iterable[str | list[dict[str, Any]]]):
        self._patterns: list[Any] = [parse(pattern) if isinstance(pattern, str) else pattern for pattern in patterns]
        self.by_form: dict[str, list[int]] = {}
        self.always: list[int] = []
        for number, elements in enumerate(self._patterns):
            rarest = _rarest(elements)
            if rarest is None:
                self.always.append(number)
                continue
            for form in _forms(rarest):
                self.by_form.setdefault(form, []).append(number)

    def __len__(self) -> int:
        return len(self._patterns)

    def _pattern(self, number: int) -> Pattern:
        pattern = self._patterns[number]
        if not isinstance(pattern, Pattern):
            pattern = self._patterns[number] = Pattern.of(pattern)
        return pattern

    @property
    def triggers(self) -> frozenset[str] | None:
        return None if self.always else frozenset(self.by_form)

    def find(self, analysis: Analysis) -> list[tuple[int, int, int]]:
        wanted: set[tuple[int, int]] = {(number, s) for number in self.always for s in range(len(analysis.spans))}
        for form in analysis.positions.keys() & self.by_form.keys():
            wanted.update(product(self.by_form[form], analysis.sentences_with(form)))
        return sorted(
            (number, first, last)
            for number, sentence in wanted
            for first, last in self._pattern(number).find(analysis, sentence)
        )
