"""Which words of a sentence are at fault, when nlp.judgement says that it is: a linear model over a word and its neighbours.

Learned from the words that are marked with [ ] in nlp/training/wording_faulty*.txt. The stretch whose words together weigh
most is marked. nlp/lexicon/marking.bin, made by `python -m nlp.training.wording`: a byte for each of 131,072 hashed features.
"""

from __future__ import annotations

from array import array
from functools import cache
from pathlib import Path

from nlp.judgement import SIZE, place, role, word_places
from nlp.patterns import COMMON

WEIGHTS = Path(__file__).parent / "lexicon" / "marking.bin"
MOST = 12  # words
AROUND = (-3, -2, -1, 1, 2, 3)


def features(words: list[str], at: int) -> list[tuple[int, float]]:
    """(place, value) of word `at` of a sentence, its parts and its neighbours."""
    padded = ["<s>", "<s>", "<s>", *words, "</s>", "</s>", "</s>"]
    here = at + 3
    roles = [role(word) for word in padded[at : at + 7]]
    whole, parts = word_places(padded[here])
    found = [(whole, 1.0), *((part, len(parts) ** -0.5) for part in parts)]
    found += [(place(f"{step}={roles[step + 3]}"), 0.7) for step in AROUND]
    found += [(place(f"b={roles[2]}_{roles[3]}"), 0.7), (place(f"b2={roles[3]}_{roles[4]}"), 0.7), (place(f"t={roles[1]}_{roles[2]}_{roles[3]}"), 0.5)]
    return [*found, (place(f"from={min(at, 6)}"), 1.0), (place(f"to={min(len(words) - 1 - at, 6)}"), 1.0)]


@cache
def model() -> tuple[array[int], float, float]:
    """(weights, their step, bias)."""
    raw = WEIGHTS.read_bytes()
    step, bias = array("f", raw[:8])
    return array("b", raw[8 : 8 + SIZE]), step, bias


def marked(words: list[str]) -> tuple[int, int]:
    """(first, last + 1) of the words to mark, without small words at the edges."""
    weights, step, bias = model()
    weighs = [bias + step * sum(weights[where] * value for where, value in features(words, at)) for at in range(len(words))]
    best, first, last = float("-inf"), 0, 1
    for start in range(len(words)):
        total = 0.0
        for end in range(start, min(start + MOST, len(words))):
            total += weighs[end]
            if total > best:
                best, first, last = total, start, end + 1
    while first < last - 1 and (words[first] in COMMON or not words[first].isalpha()):
        first += 1
    while last > first + 1 and (words[last - 1] in COMMON or not words[last - 1].isalpha()):
        last -= 1
    return first, last
