"""Trains nlp/lexicon/judgement.bin and marking.bin: `python -m nlp.training.wording`. Needs scikit-learn; the result does not.

Learns from wording_faulty*.txt and wording_clean*.txt (written for this by a language model on 22 November 2026; [ ] marks the
words at fault), the rules' own examples, tests/gold/wording/dev*.yaml, and sentences of our standard texts and sample cases.
Prints what ten-fold cross-validation says. tests/gold/wording/heldout*.yaml are never read here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.svm import LinearSVC

from nlp import guards, judgement, marking
from nlp.analysis import Analysis
from nlp.model import Document
from nlp.rulebook import RULES
from nlp.training.texts import strings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
Counts = dict[int, float]


class Text(NamedTuple):
    text: str
    faulty: bool
    source: str
    marks: tuple[tuple[int, int], ...] = ()  # characters of the words at fault; none: the whole


class Stretch(NamedTuple):
    """A sentence or a clause: which text it is from, its features in three groups, its traits, and whether it is at fault."""

    text: int
    groups: list[list[int]]
    traits: list[tuple[int, float]]
    faulty: bool | None  # None: it holds too little of the marked words to say


# --- What there is to learn from ----------------------------------------------------------------------------------------


def texts() -> Iterator[Text]:
    from ruamel.yaml import YAML

    from nlp.language import sentences as split

    yaml = YAML(typ="safe", pure=True)
    for kind in ("faulty", "clean"):
        for path in sorted(HERE.glob(f"wording_{kind}*.txt")):
            for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
                yield _with_marks(line, kind == "faulty")
    for path in sorted(RULES.glob("SUB_*/*.yaml")):
        rule = yaml.load(path.read_text(encoding="utf-8"))
        if rule["match"]["kind"] == "judgement":
            continue  # its examples must not teach what they prove
        for field, faulty in (("flag", True), ("ok", False)):
            for example in rule[field]:
                yield Text(example["text"], faulty, "rules", _places(example["text"], example.get("hits", [])))
    gold = ROOT / "tests" / "gold"
    for path in sorted((gold / "wording").glob("dev*.yaml")):
        for item in yaml.load(path.read_text(encoding="utf-8"))["items"]:
            if not item.get("paragraph"):
                yield Text(item["text"], item["flag"], path.stem, _places(item["text"], item.get("words") or []))
    letters = yaml.load((gold / "letters" / "labels.yaml").read_text(encoding="utf-8"))["letters"]
    clean = [name for name, label in sorted(letters.items()) if not label.get("faults") and label["split"] == "dev"]
    good = [*sorted((ROOT / "templates" / "texts").glob("*.yaml")), *sorted(ROOT.glob("templates/documents/*/sample_case.yaml"))]
    seen = set()
    pieces = [text for path in [*good, gold / "evidence" / "dev.yaml"] for text in strings(yaml.load(path.read_text(encoding="utf-8")), ("why", "because", "note", "source"))]
    for text in [*pieces, *((gold / "letters" / name).read_text(encoding="utf-8") for name in clean)]:
        for start, end in split(text):
            sentence = text[start:end]
            if sentence not in seen and len(sentence.split()) > 3:
                seen.add(sentence)
                yield Text(sentence, False, "texts")


def _with_marks(line: str, faulty: bool) -> Text:
    parts = re.split(r"([\[\]])", line)
    text, marks, start = "", [], 0
    for part in parts:
        if part == "[":
            start = len(text)
        elif part == "]":
            marks.append((start, len(text)))
        else:
            text += part
    return Text(text, faulty, "own", tuple(marks))


def _places(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    return tuple((text.find(word), text.find(word) + len(word)) for word in words if word in text)


# --- What is learned ----------------------------------------------------------------------------------------------------


def stretches(known: list[Text]) -> tuple[list[Stretch], list[Stretch], list[tuple[list[str], list[bool]]]]:
    """Sentences, clauses, and the words of faulty sentences with whether each is marked."""
    whole, parts, marks = [], [], []
    for number, text in enumerate(known):
        analysis = Analysis(Document.of_text(text.text))
        for index in range(len(analysis.spans)):
            sentence = guards.sentence_number(analysis, index)
            words = [judgement.shape(word) for word in sentence.words]
            pairs, traits = judgement.pairs_of(words), judgement.traits(sentence, words)
            at = range(sentence.first, sentence.first + len(words))
            inside = [any(analysis.starts[i] < end and start < analysis.ends[i] for start, end in text.marks) for i in at]
            whole.append(Stretch(number, judgement.places(words, pairs), traits, text.faulty))
            if text.faulty and any(inside):
                marks.append((words, inside))
            for first, last in judgement.clauses(words):
                held = sum(inside[first:last])
                faulty = text.faulty and (not any(inside) or True if 2 * held >= sum(inside) or held > 2 else None if held else False)
                parts.append(Stretch(number, judgement.places(words[first:last], pairs[first : last + 1]), traits, faulty))
    return whole, parts, marks


def table(rows: list[Counts]) -> csr_matrix:
    ends = numpy.cumsum([0, *map(len, rows)])
    places = numpy.fromiter((where for row in rows for where in row), dtype=numpy.int32)
    values = numpy.fromiter((value for row in rows for value in row.values()), dtype=float)
    return csr_matrix((values, places, ends), shape=(len(rows), judgement.SIZE))


def counted(places: Iterable[int]) -> Counts:
    counts: Counts = {}
    for where in places:
        counts[where] = counts.get(where, 0.0) + 1
    return counts


def rarity_of(rows: list[Stretch]) -> numpy.ndarray:
    """How rare each feature is, as whole numbers of a byte."""
    seen = sum(numpy.asarray((table([counted(row.groups[group]) for row in rows]) > 0).sum(0)).ravel() for group in range(3))
    return numpy.clip(numpy.round(24 * (numpy.log((len(rows) + 1) / (seen + 1)) + 1)), 0, 255)


def matrix(rows: list[Stretch], rarity: numpy.ndarray) -> csr_matrix:
    """Features as nlp.judgement.score counts them."""
    whole = table([dict(row.traits) for row in rows])
    for group in range(3):
        part = table([counted(row.groups[group]) for row in rows])
        length = numpy.maximum(numpy.sqrt(part @ rarity**2), 1e-9)
        whole = whole + diags(1 / length) @ part @ diags(rarity)
    return whole.tocsr()


def packed(weights: numpy.ndarray) -> tuple[float, bytes]:
    """(step, a signed byte for each weight)."""
    step = float(numpy.abs(weights).max()) / 127
    return step, array("b", [round(value / step) for value in weights]).tobytes()


def cross_validated(known: list[Text], views: list[tuple[list[Stretch], csr_matrix]]) -> numpy.ndarray:
    """The score of each text by models that have not seen it, as nlp.judgement.judge adds them up."""
    total = numpy.zeros(len(known))
    for (rows, x), share in zip(views, (1.0, 0.5), strict=True):
        of = numpy.array([row.text for row in rows])
        told = numpy.array([row.faulty is not None for row in rows])
        y = numpy.array([bool(row.faulty) for row in rows])
        best = numpy.full(len(known), -9.0)
        for train, test in KFold(10, shuffle=True, random_state=1).split(known):
            learn, ask = numpy.isin(of, train) & told, numpy.isin(of, test)
            scores = LinearSVC(C=0.5).fit(x[learn], y[learn]).decision_function(x[ask])
            numpy.maximum.at(best, of[ask], scores)
        total += share * best
    words = numpy.array([len(Analysis(Document.of_text(text.text)).lower) for text in known])
    return total + judgement.RELIEF * numpy.clip(words - judgement.SHORT, 0, judgement.LONG - judgement.SHORT)


def main() -> None:
    known = list(texts())
    whole, parts, marks = stretches(known)
    rarity = rarity_of(whole)
    views = [(rows, matrix(rows, rarity)) for rows in (whole, parts)]

    held = cross_validated(known, views)
    faulty = numpy.array([text.faulty for text in known])
    source = numpy.array([text.source for text in known])
    for limit in (-0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4):
        found = [
            f"{name}: finds {(held[faulty & (source == name)] > limit).mean():.3f}, false {(held[~faulty & (source == name)] > limit).mean():.3f}"
            for name in sorted(set(source) - {"texts"})
        ]
        print(f"above {limit}: {'; '.join(found)}")

    head: list[float] = []
    body = rarity.astype("uint8").tobytes()
    for rows, x in views:
        told = numpy.array([row.faulty is not None for row in rows])
        model = LinearSVC(C=0.5).fit(x[told], [bool(row.faulty) for row in rows if row.faulty is not None])
        step, weights = packed(model.coef_[0])
        head += [step, float(model.intercept_[0])]
        body += weights
    judgement.WEIGHTS.write_bytes(array("f", head).tobytes() + body)

    rows_of_words = []
    for words, _ in marks:
        for at in range(len(words)):
            counts: Counts = {}
            for where, value in marking.features(words, at):
                counts[where] = counts.get(where, 0.0) + value
            rows_of_words.append(counts)
    marker = LogisticRegression(C=1, max_iter=300).fit(table(rows_of_words), [mark for _, inside in marks for mark in inside])
    step, weights = packed(marker.coef_[0])
    marking.WEIGHTS.write_bytes(array("f", [step, float(marker.intercept_[0]) + 0.5]).tobytes() + weights)
    print(f"{len(known)} texts, {int(faulty.sum())} at fault; {len(rows_of_words)} words of marked sentences")


if __name__ == "__main__":
    main()
