"""How much a sentence sounds like a judgement of a person: a linear model over words, parts of words and a few traits.

For what stands in no list. The score of a sentence is a sum over its words, its pairs of words and its traits (a number,
a source, a speaker, past tense …), so a word's part is worked out once and remembered, and the words that weigh most can
be shown. Weights: nlp/lexicon/judgement.bin, made by `python -m nlp.training.wording`; one signed byte for each of
65,536 hashed features. Nothing but the standard library is needed to use them.
"""

from __future__ import annotations

import itertools
from array import array
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from nlp import guards
from nlp.memory import Memory
from nlp.patterns import COMMON, word_classes

if TYPE_CHECKING:
    from nlp.analysis import Analysis

WEIGHTS = Path(__file__).parent / "lexicon" / "judgement.bin"
SIZE = 1 << 16
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


def word_features(word: str) -> tuple[tuple[int, float], ...]:
    """(place, value) of a word and of its parts of 3-5 letters."""
    found = [(place("w=" + word), 1.0)]
    if word[0].isalpha() and len(word) > 3:
        framed = f"^{word}$"
        parts = sorted({framed[i : i + n] for n in (3, 4, 5) for i in range(len(framed) - n + 1)})
        found += [(place("c=" + part), len(parts) ** -0.5) for part in parts]
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def role(word: str) -> str:
    """Persons, professionals and verbs of saying are alike in pairs of words."""
    classes = word_classes()
    return "P" if word in classes["psubj"] else "F" if word in classes["fagperson"] else "S" if word in classes["sigeverbum"] else word


def pair_place(pair: tuple[str, str]) -> int:
    return place(f"b={pair[0]}_{pair[1]}")


def traits(sentence: guards.Sentence, words: list[str]) -> list[tuple[int, float]]:
    """(place, value) of what holds for the sentence as a whole."""
    numbers, told = "#" in words, bool(sentence.reports)
    past = any((len(w) > 2 and w.endswith(("ede", "te"))) or w in PAST for w in words)
    known = set(words)
    found = [
        ("f=digit" if numbers else "f=nodigit", 1.5, True), ("f=doc", 1.5, sentence.document), ("f=meas", 1.5, sentence.measured),
        ("f=rep", 1.5, told), ("f=quot", 1.5, guards.QUOTED.search(sentence.text) is not None),
        ("f=pers", 1.0, bool(known & word_classes()["psubj"])), ("f=du", 1.5, bool(known & ADDRESS)),
        ("f=vi", 1.0, bool(known & AUTHORITY)), ("f=past" if past else "f=nopast", 1.2, True),
        ("f=bare", 1.2, not past and not numbers and not told), (f"f=len{min(len(words) // 4, 6)}", 1.0, True),
    ]
    return [(place(name), value) for name, value, holds in found if holds]


def features(analysis: Analysis, number: int) -> dict[int, float]:
    """All features of one sentence: place -> value. What the training sees."""
    sentence = guards.sentence_number(analysis, number)
    words = [shape(word) for word in sentence.words]
    found: dict[int, float] = {}
    parts = [feature for word in set(words) for feature in word_features(word)]
    roles = ["<s>", *map(role, words), "</s>"]
    parts += [(pair_place(pair), 0.7) for pair in itertools.pairwise(roles)]
    for where, value in parts + traits(sentence, words):
        found[where] = found.get(where, 0.0) + value
    return found


@cache
def weights() -> tuple[list[float], float]:
    """(weight of each feature, bias)."""
    data = array("b")
    raw = WEIGHTS.read_bytes()
    scale, bias = array("f", raw[:8])
    data.frombytes(raw[8:])
    return [value * scale for value in data], bias


@lru_cache(maxsize=1 << 14)
def word_weight(word: str) -> float:
    known, _ = weights()
    return sum(known[where] * value for where, value in word_features(word))


@lru_cache(maxsize=1 << 14)
def pair_weight(pair: tuple[str, str]) -> float:
    return weights()[0][pair_place(pair)] * 0.7


PLAIN = -5.0  # far below what faulty sentences score in cross-validation; a listed word there is nearly always used of a thing


def plain(analysis: Analysis, number: int) -> bool:
    """Whether a sentence reads as plain facts, so that a listed word in it is most likely used of a thing or reported."""
    return judge(analysis, number)[0] < PLAIN


def judge(analysis: Analysis, number: int) -> tuple[float, int, int]:
    """(score, first, last + 1 word) of a sentence: above 0 more like a judgement than not; the words weigh most in it."""
    first, last = analysis.spans[number]
    text = analysis.text[analysis.starts[first] : analysis.ends[last - 1]]
    score, begin, stop = _judged.get((text, *analysis.lower[first:last]), lambda: _judge(guards.sentence_number(analysis, number)))
    return score, first + begin, first + stop


_judged: Memory[tuple[float, int, int]] = Memory(4096)


def _judge(sentence: guards.Sentence) -> tuple[float, int, int]:
    """As `judge`; words count from the beginning of the sentence."""
    known, bias = weights()
    words = [shape(word) for word in sentence.words]
    roles = ["<s>", *map(role, words), "</s>"]
    pairs = [pair_weight(pair) for pair in itertools.pairwise(roles)]
    score = bias + sum(word_weight(word) for word in dict.fromkeys(words)) + sum(pairs)
    if score < -4:  # no trait can lift it
        return score, 0, 1
    score += sum(known[where] * value for where, value in traits(sentence, words))
    shares = [word_weight(word) + (pairs[i] + pairs[i + 1]) / 2 for i, word in enumerate(words)]
    content = [i for i, word in enumerate(words) if word[0].isalpha() and word not in COMMON] or [0]
    best = max(content, key=lambda i: (shares[i], -i))
    return score, *_around(words, best)


def _around(words: list[str], best: int) -> tuple[int, int]:
    """(first, last + 1) of up to five words around `best`, within the clause, without small words at the edges."""
    first, last = best, best + 1
    while first and best - first < 2 and words[first - 1].isalpha():
        first -= 1
    while last < len(words) and last - best < 3 and words[last].isalpha():
        last += 1
    while first < best and words[first] in COMMON:
        first += 1
    while last > best + 1 and words[last - 1] in COMMON:
        last -= 1
    return first, last
