"""How much a sentence sounds like a judgement of a person: two linear models over words, parts of words and a few traits.

For what stands in no list. One model has learned from whole sentences, one from clauses, so that a judging clause shows
among facts. A stretch of words is three groups of features - its words, their parts of 3-5 letters, its pairs of words -
each weighed by rarity and brought to length 1, and some traits of the sentence (a number, a source, a speaker, past tense …).
What a word or a pair adds does not hang on the rest of the sentence, so it is worked out once and remembered.
nlp/lexicon/judgement.bin, made by `python -m nlp.training.wording`: rarity and weights of 131,072 hashed features, a byte
each. Nothing but the standard library is needed to use them. Which words to mark, nlp.marking knows.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from nlp import guards
from nlp.memory import Memory
from nlp.patterns import word_classes

if TYPE_CHECKING:
    from nlp.analysis import Analysis

WEIGHTS = Path(__file__).parent / "lexicon" / "judgement.bin"
SIZE = 1 << 17
SHORT, LONG, RELIEF = 7, 17, 0.05  # words, words, a word: facts around a judgement hide it, the more the longer the sentence is
CUTS = frozenset([*",;:–-—()»«", "og", "men", "mens", "fordi", "når", "inden", "så", "da"])
ADDRESS = frozenset(["du", "dig", "din", "dit", "dine"])
AUTHORITY = frozenset(["vi", "vores", "os"])
PAST = frozenset(
    ["var", "havde", "gik", "kom", "tog", "lagde", "satte", "så", "stod", "sad", "lå", "blev", "sagde", "holdt", "fik", "bad", "faldt", "skar", "bar", "skrev", "trak", "slog", "drak"]
)


def place(feature: str) -> int:
    return crc32(feature.encode()) % SIZE


def shape(word: str) -> str:
    """Numbers are alike."""
    return "#" if word[0].isdigit() else word


def word_places(word: str) -> tuple[int, list[int]]:
    """The place of a word, and those of its parts of 3-5 letters."""
    parts: set[str] = set()
    if word[0].isalpha():
        framed = f"^{word}$"
        parts = {framed[i : i + n] for n in (3, 4, 5) for i in range(len(framed) - n + 1)}
    return place("w=" + word), [place("c=" + part) for part in sorted(parts)]


@lru_cache(maxsize=1 << 14)
def role(word: str) -> str:
    """Persons, professionals and verbs of saying are alike in pairs of words."""
    classes = word_classes()
    return "P" if word in classes["psubj"] else "F" if word in classes["fagperson"] else "S" if word in classes["sigeverbum"] else word


def pair_place(pair: tuple[str, str]) -> int:
    return place(f"b={pair[0]}_{pair[1]}")


def pairs_of(words: list[str]) -> list[tuple[str, str]]:
    return list(itertools.pairwise(["<s>", *map(role, words), "</s>"]))


def traits(sentence: guards.Sentence, words: list[str]) -> list[tuple[int, float]]:
    """(place, value) of what holds for the sentence as a whole."""
    numbers, told = "#" in words, sentence.told
    past = any((len(w) > 2 and w.endswith(("ede", "te"))) or w in PAST for w in words)
    known = set(words)
    found = [
        ("f=digit" if numbers else "f=nodigit", 0.45, True), ("f=doc", 0.45, sentence.document), ("f=meas", 0.45, sentence.measured),
        ("f=rep", 0.45, told), ("f=quot", 0.45, guards.QUOTED.search(sentence.text) is not None),
        ("f=pers", 0.3, bool(known & word_classes()["psubj"])), ("f=du", 0.45, bool(known & ADDRESS)),
        ("f=vi", 0.3, bool(known & AUTHORITY)), ("f=past" if past else "f=nopast", 0.36, True),
        ("f=bare", 0.36, not past and not numbers and not told), (f"f=len{min(len(words) // 4, 6)}", 0.3, True),
    ]
    return [(place(name), value) for name, value, holds in found if holds]


def places(words: list[str], pairs: list[tuple[str, str]]) -> list[list[int]]:
    """Places of a stretch's words, of their parts, and of its pairs. What the training sees, beside the traits."""
    known = [word_places(word) for word in sorted(set(words))]
    return [[whole for whole, _ in known], [part for _, parts in known for part in parts], [pair_place(pair) for pair in pairs]]


def clauses(words: list[str]) -> list[tuple[int, int]]:
    """(first, last + 1) of the parts of a sentence between commas, brackets and some conjunctions, none under four words but the last."""
    cuts = [0]
    for place, word in enumerate(words):
        if word in CUTS and place > cuts[-1] + 2:
            cuts.append(place)
    spans: list[tuple[int, int]] = []
    for first, last in itertools.pairwise([*cuts, len(words)]):
        if spans and last - first < 4:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


class View(NamedTuple):
    """The weights of one model: whole numbers with their step, and what a stretch without features scores."""

    weight: array[int]
    step: float
    bias: float


class Model(NamedTuple):
    rarity: array[int]
    views: tuple[View, View]  # of whole sentences, of clauses

    def part(self, places: Iterable[int]) -> Part:
        rare = [(where, self.rarity[where]) for where in places]
        whole, clause = (view.step * sum(value * view.weight[where] for where, value in rare) for view in self.views)
        return whole, clause, sum(value * value for _, value in rare)


Part = tuple[float, float, int]  # what some features add in either view, and the square of their length


@cache
def model() -> Model:
    raw = WEIGHTS.read_bytes()
    numbers = array("f", raw[:16])
    tables = [raw[16 + SIZE * table : 16 + SIZE * (table + 1)] for table in range(3)]
    return Model(array("B", tables[0]), (View(array("b", tables[1]), *numbers[:2]), View(array("b", tables[2]), *numbers[2:])))


@lru_cache(maxsize=1 << 14)
def word_part(word: str) -> tuple[float, float, int, float, float, int]:
    """What a word adds, and what its parts add."""
    whole, parts = word_places(word)
    return model().part([whole]) + model().part(parts)


@lru_cache(maxsize=1 << 14)
def pair_part(pair: tuple[str, str]) -> Part:
    return model().part([pair_place(pair)])


def score(words: dict[str, tuple[float, float, int, float, float, int]], pairs: list[Part], view: int) -> float:
    """What different words, with their parts, and their pairs add up to in a view, each group brought to length 1."""
    whole = inner = linked = 0.0
    wholes = inners = links = 0
    for part in words.values():
        whole += part[view]
        wholes += part[2]
        inner += part[3 + view]
        inners += part[5]
    for pair in pairs:
        linked += pair[view]
        links += pair[2]
    return whole / (wholes**0.5 or 1.0) + inner / (inners**0.5 or 1.0) + linked / (links**0.5 or 1.0)


def judge(analysis: Analysis, number: int) -> float:
    """The score of a sentence: above 0 more like a judgement than not."""
    first, last = analysis.spans[number]
    text = analysis.text[analysis.starts[first] : analysis.ends[last - 1]]
    return _judged.get((text, *analysis.lower[first:last]), lambda: _judge(guards.sentence_number(analysis, number)))


_judged: Memory[float] = Memory(4096)


def _judge(sentence: guards.Sentence) -> float:
    words = [shape(word) for word in sentence.words]
    pairs = [pair_part(pair) for pair in pairs_of(words)]
    parts = {word: word_part(word) for word in words}
    spans = clauses(words)
    if len(spans) == 1:
        inner = score(parts, pairs, 1)
    else:
        inner = max(score({word: parts[word] for word in words[first:last]}, pairs[first : last + 1], 1) for first, last in spans)
    known = traits(sentence, words)
    added = [view.bias + view.step * sum(view.weight[where] * value for where, value in known) for view in model().views]
    total = score(parts, pairs, 0) + added[0] + (inner + added[1]) / 2
    return total + RELIEF * min(max(len(words) - SHORT, 0), LONG - SHORT)
