"""Trains nlp/lexicon/evidence/weights.tsv: `python -m nlp.training.evidence`. Needs scikit-learn; the result does not.

Learns from tests/gold/evidence/dev*.yaml and evidence_passages.txt, each source with the status its passage is labelled with.
`--without NAME` leaves a file out and tells how often the status of its sources is then right. Held-out files are never read.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp.evidence.cues import cues
from nlp.evidence.dating import FRESHNESS
from nlp.evidence.participation import part_taken
from nlp.evidence.passage import read
from nlp.evidence.references import Reference
from nlp.evidence.status import certain
from nlp.evidence.traits import traits
from nlp.evidence.weighing import ALWAYS, SILENT, WEIGHTS, likeliest, weights
from nlp.model import STATUSES, Document, Facts

HERE = Path(__file__).parent
OWN = HERE / "evidence_passages.txt"
GOLD = HERE.parents[1] / "tests" / "gold" / "evidence"
STRENGTH = 3.0  # how freely weights are given; chosen by leaving files out
LEAST = 0.05
AGES = ("medical", *FRESHNESS)


def own_passages() -> list[dict[str, Any]]:
    """evidence_passages.txt in the shape of the gold files."""
    items = []
    for number, line in enumerate(OWN.read_text(encoding="utf-8").splitlines(), start=1):
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
    return items


def cue_examples() -> list[dict[str, Any]]:
    """The examples that each cue and each profession's remit prove themselves by."""
    return [
        {"id": cue.id, "text": example["text"], "expect": [{"input": example["input"], "status": cue.status}]}
        for entries in cues().values() for cue in entries for example in cue.examples
    ]  # fmt: skip


def files() -> dict[str, list[dict[str, Any]]]:
    """Name of the file -> its labelled passages."""
    from ruamel.yaml import YAML

    found = {OWN.name: own_passages(), "cues.yaml": cue_examples()}
    for path in sorted(GOLD.glob("dev*.yaml")):
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        found[path.name] = data["items"] if isinstance(data, dict) else data
    return found


def sources(items: list[dict[str, Any]]) -> Iterator[tuple[set[str], str]]:
    """(traits, status) of each source whose status is not certain and has one label in its passage.

    A dated document that is outdated is learnt as present where its date tells how old it is.
    """
    for item in items:
        labels: dict[str, set[str]] = {}
        for label in item["expect"]:
            dated = label["status"] == "outdated" and label.get("date") and label["input"] in AGES
            labels.setdefault(label["input"], set()).add("present" if dated else label["status"])
        facts = Facts(decision_date=_day(item.get("decision_date")))
        for passage in Document.of_text(item["text"]).passages:
            for reference, before, after in read(passage, facts):
                status = _label(reference, labels)
                if status is not None and certain(reference, passage) is None:
                    yield traits(reference, before, after, facts.decision_date), status


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


def _day(written: Any) -> datetime.date:
    return datetime.date.fromisoformat(str(written or "2026-11-22"))


def learnt(examples: list[tuple[set[str], str]]) -> list[tuple[str, float, str]]:
    """(status, weight, trait) for every trait that tells; most tell nothing and get no weight."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    table = DictVectorizer()
    x = table.fit_transform([dict.fromkeys(found, 1.0) for found, _ in examples])
    x.indices, x.indptr = x.indices.astype("int32"), x.indptr.astype("int32")
    found = []
    for status in (*STATUSES, SILENT):
        y = [told == status for _, told in examples]
        model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", random_state=0).fit(x, y)
        found += [
            (status, round(float(weight), 2), trait)
            for weight, trait in zip(model.coef_[0], table.get_feature_names_out(), strict=True) if abs(weight) >= LEAST
        ]  # fmt: skip
        found.append((status, round(float(model.intercept_[0]), 2), ALWAYS))
    return found


def write(entries: list[tuple[str, float, str]]) -> None:
    lines = (f"{status}\t{weight}\t{trait}" for status, weight, trait in sorted(entries, key=lambda e: (e[0], -e[1], e[2])))
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training.evidence", description=__doc__.splitlines()[0])
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="a file not to learn from")
    options = parser.parse_args()
    examples = {name: list(sources(items)) for name, items in files().items()}
    write(learnt([e for name, found in examples.items() if name not in options.without for e in found]))
    weights.cache_clear()
    for name, found in examples.items():
        right = sum(likeliest(told) == status for told, status in found)
        print(f"{name}: {right}/{len(found)} = {right / len(found):.3f}{' (left out)' if name in options.without else ''}")


if __name__ == "__main__":
    main()
