"""Trains the weights in nlp/lexicon/evidence: `python -m nlp.training.evidence`. Needs scikit-learn; the result does not.

Learns from tests/gold/evidence/dev*.yaml and evidence_passages.txt, each source with the status its passage is labelled with.
`--without NAME` leaves a file out and tells how often the status of its sources is then right. Held-out files are never read.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nlp.evidence.cues import cues
from nlp.evidence.dating import FRESHNESS, candidates
from nlp.evidence.participation import part_taken
from nlp.evidence.passage import Around, read
from nlp.evidence.references import Reference
from nlp.evidence.status import certain
from nlp.evidence.traits import traits
from nlp.evidence.weighing import ALWAYS, DATES, OWN, SILENT, STATUS, likeliest, total, weights
from nlp.model import STATUSES, Document, Facts, Passage
from nlp.sources import LEXICON

HERE = Path(__file__).parent
WRITTEN = HERE / "evidence_passages.txt"
GOLD = HERE.parents[1] / "tests" / "gold" / "evidence"
STRENGTH = 8.0  # how freely weights are given; chosen by leaving files out
LEAST = 0.05
ROUNDS, SHARE = 5, 0.7
HEED = 0.3  # what a source in a paragraph of two passages counts, beside one alone
Examples = Iterator[tuple[Iterable[str], str]]
AGES = ("medical", *FRESHNESS)


def own_passages() -> list[dict[str, Any]]:
    """evidence_passages.txt in the shape of the gold files."""
    items = []
    for number, line in enumerate(WRITTEN.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        labels, text = line.split(" | ", 1)
        expect = []
        for label in labels.split():
            if label != "-":
                name, told = label.rstrip("?").split(":")
                status, _, date = told.partition("@")
                expect.append({"input": name, "status": status, **({"date": None if date == "-" else date} if date else {})})
        items.append({"id": f"own_{number}", "text": text, "expect": expect})
    random.Random(1).shuffle(items)  # neighbours then speak of different inputs
    return items


def cue_examples() -> list[dict[str, Any]]:
    """The examples that each cue and each profession's remit prove themselves by."""
    return [
        {"id": cue.id, "text": example["text"], "expect": [{"input": example["input"], "status": cue.status}]}
        for entries in cues().values() for cue in entries for example in cue.examples
    ]  # fmt: skip


def letters() -> list[dict[str, Any]]:
    """Whole letters, without labels: most of what is said to a citizen is nothing that the citizen has said."""
    from ruamel.yaml import YAML

    folder = GOLD.parent / "letters"
    labels = YAML(typ="safe").load((folder / "labels.yaml").read_text(encoding="utf-8"))["letters"]
    return [
        {"id": name, "text": (folder / name).read_text(encoding="utf-8"), "decision_date": entry["facts"].get("decision_date")}
        for name, entry in sorted(labels.items()) if entry["split"] == "dev"
    ]  # fmt: skip


def files() -> dict[str, list[dict[str, Any]]]:
    """Name of the file -> its labelled passages."""
    from ruamel.yaml import YAML

    found = {WRITTEN.name: own_passages(), "cues.yaml": cue_examples(), "letters": letters()}
    for path in sorted(GOLD.glob("dev*.yaml")):
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        found[path.name] = data["items"] if isinstance(data, dict) else data
    return found


def paragraphs(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbouring passages written as one paragraph, where they speak of different inputs: real text goes on."""
    return [
        {**first, "text": f"{first['text']} {second['text']}", "expect": first["expect"] + second["expect"]}
        for first, second in itertools.pairwise(item for item in items if item.get("expect"))
        if not {label["input"] for label in first["expect"]} & {label["input"] for label in second["expect"]} and _ends(first["text"])
    ]


def _ends(text: str) -> bool:
    return text.endswith(".") and "\n" not in text


def statuses(items: list[dict[str, Any]]) -> Examples:
    """(traits, status) of each source whose status is not certain and has one label in its passage.

    A dated document that is outdated is learnt as present where its date tells how old it is.
    """
    for item in items:
        labels: dict[str, set[str]] = {} if "expect" in item else {"": {""}}
        for label in item.get("expect", ()):
            dated = label["status"] == "outdated" and label.get("date") and label["input"] in AGES
            labels.setdefault(label["input"], set()).add("present" if dated else label["status"])
        for reference, around, passage, letter in _read(item):
            status = _label(reference, labels)
            if status is not None and certain(reference, passage) is None:
                yield traits(reference, around, letter), status


def own_dates(items: list[dict[str, Any]]) -> Examples:
    """(traits, OWN or "") of each date near a source that its passage labels once, where one of them is the label's."""
    for item in items:
        labels: dict[str, list[dict[str, Any]]] = {}
        for label in item.get("expect", ()):
            labels.setdefault(label["input"], []).append(label)
        for reference, around, _, letter in _read(item):
            told = labels.get(reference.input, ())
            if len(told) != 1 or "date" not in told[0] or told[0]["status"] in ("missing", "hearsay"):
                continue
            day = told[0]["date"] and str(told[0]["date"])
            found = [(c.traits, day in (str(c.day.first), str(c.day.ahead))) for c in candidates(reference, told[0]["status"], around, letter)]
            if day is None or any(own for _, own in found):
                yield from ((traits, OWN if own else "") for traits, own in found)


def _read(item: dict[str, Any]) -> Iterator[tuple[Reference, Around, Passage, datetime.date]]:
    letter = datetime.date.fromisoformat(str(item.get("decision_date") or "2026-11-22"))
    for passage in Document.of_text(item["text"]).passages:
        for reference, around in read(passage, Facts(decision_date=letter)):
            yield reference, around, passage, letter


def _label(reference: Reference, labels: dict[str, set[str]]) -> str | None:
    """The status a source should have, SILENT where nothing is said of it; None where the labels do not tell.

    What the citizen says of other things is not labelled: it is silence only where the rules hear nothing either.
    """
    told = labels.get(reference.input, set())
    if len(told) > 1 or None in told:
        return None
    if told:
        return next(iter(told))
    if reference.roles == {"voice"}:
        return SILENT if not part_taken(reference) else None
    return SILENT if not labels and not reference.roles & {"wrong", "request"} else None


def learnt(examples: list[tuple[Iterable[str], str]], heed: list[float], answers: Sequence[str]) -> list[tuple[str, float, str]]:
    """(answer, weight, trait) for every trait that tells; most tell nothing and get no weight. `heed`: how much each example counts.

    The mean of what is learnt from several shares of the examples: less swayed by any one of them.
    """
    totals: dict[tuple[str, str], float] = {}
    for seed in range(ROUNDS):
        chance = random.Random(seed)
        chosen = [place for place in range(len(examples)) if chance.random() < SHARE]
        for answer, weight, trait in _once([examples[place] for place in chosen], [heed[place] for place in chosen], answers):
            totals[answer, trait] = totals.get((answer, trait), 0.0) + weight / ROUNDS
    return [(answer, round(weight, 2), trait) for (answer, trait), weight in totals.items() if abs(weight) >= LEAST]


def _once(examples: list[tuple[Iterable[str], str]], heed: list[float], answers: Sequence[str]) -> Iterator[tuple[str, float, str]]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    table = DictVectorizer()
    x = table.fit_transform([dict.fromkeys(found, 1.0) for found, _ in examples])
    x.indices, x.indptr = x.indices.astype("int32"), x.indptr.astype("int32")
    for answer in answers:
        y = [told == answer for _, told in examples]
        model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", random_state=0).fit(x, y, sample_weight=heed)
        for weight, trait in zip(model.coef_[0], table.get_feature_names_out(), strict=True):
            if weight:
                yield answer, float(weight), trait
        yield answer, float(model.intercept_[0]), ALWAYS


def write(table: str, entries: list[tuple[str, float, str]]) -> None:
    lines = (f"{answer}\t{weight}\t{trait}" for answer, weight, trait in sorted(entries, key=lambda e: (e[0], -e[1], e[2])))
    (LEXICON / table).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training.evidence", description=__doc__.splitlines()[0])
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="a file not to learn from")
    options = parser.parse_args()
    passages = files()
    tables = ((STATUS, statuses, (*STATUSES, SILENT), likeliest), (DATES, own_dates, (OWN,), lambda t: OWN if total(DATES, t) > 0 else ""))
    for table, examples_of, answers, answer in tables:
        examples = {name: list(examples_of(items)) for name, items in passages.items()}
        learn = {name: found for name, found in examples.items() if name not in options.without}
        joined = [example for name in learn for example in examples_of(paragraphs(passages[name]))]
        alone = [example for found in learn.values() for example in found]
        write(table, learnt(alone + joined, [1.0] * len(alone) + [HEED] * len(joined), answers))
        weights.cache_clear()
        for name, found in examples.items():
            right = sum(answer(told) == label for told, label in found)
            print(f"{table} {name}: {right}/{len(found)} = {right / max(1, len(found)):.3f}{' (left out)' if name in options.without else ''}")


if __name__ == "__main__":
    main()
