"""Trains nlp/lexicon/judgement.bin: `python -m nlp.training.wording`. Needs scikit-learn; the result does not.

Learns from wording_faulty*.txt and wording_clean*.txt (written for this by a language model on 22 November 2026; [ ] marks the
words at fault), the rules' own examples, tests/gold/wording/dev.yaml, and sentences of our standard texts and sample cases.
Prints what ten-fold cross-validation says. tests/gold/wording/heldout.yaml is never read here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp import judgement
from nlp.analysis import Analysis
from nlp.model import Document
from nlp.rulebook import RULES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("why", "because", "note", "source"):
                yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    elif isinstance(node, str):
        yield node


def sentences() -> Iterator[tuple[str, bool, str]]:
    """(sentence, at fault, where from)."""
    from ruamel.yaml import YAML

    from nlp.language import sentences as split

    yaml = YAML(typ="safe", pure=True)
    for kind, faulty in (("faulty", True), ("clean", False)):
        for path in sorted(HERE.glob(f"wording_{kind}*.txt")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line:
                    yield line.replace("[", "").replace("]", ""), faulty, "own"
    for path in sorted(RULES.glob("SUB_*/*.yaml")):
        rule = yaml.load(path.read_text(encoding="utf-8"))
        if rule["match"]["kind"] == "judgement":
            continue  # its examples must not teach what they prove
        for field, faulty in (("flag", True), ("ok", False)):
            for example in rule[field]:
                yield example["text"], faulty, "rules"
    gold = ROOT / "tests" / "gold"
    for item in yaml.load((gold / "wording" / "dev.yaml").read_text(encoding="utf-8"))["items"]:
        if not item.get("paragraph"):
            yield item["text"], item["flag"], "dev"
    good = [*sorted((ROOT / "templates" / "texts").glob("*.yaml")), *sorted(ROOT.glob("templates/documents/*/sample_case.yaml"))]
    seen = set()
    for path in [*good, gold / "evidence" / "dev.yaml"]:
        for text in _strings(yaml.load(path.read_text(encoding="utf-8"))):
            text = re.sub(r"\{[{%].*?[%}]\}", "N.N.", text)
            for start, end in split(text):
                sentence = text[start:end]
                if sentence not in seen and len(sentence.split()) > 3:
                    seen.add(sentence)
                    yield sentence, False, "texts"


def main() -> None:
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold

    rows = list(sentences())
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text, _, _ in rows:
        analysis = Analysis(Document.of_text(text))
        merged: dict[int, float] = {}
        for number in range(len(analysis.spans)):
            for where, value in judgement.features(analysis, number).items():
                merged[where] = merged.get(where, 0.0) + value / len(analysis.spans)
        columns += merged.keys()
        data += merged.values()
        ends.append(len(columns))
    x = csr_matrix((data, columns, ends), shape=(len(rows), judgement.SIZE))
    y = numpy.array([faulty for _, faulty, _ in rows])
    where = numpy.array([source for _, _, source in rows])
    held = numpy.zeros(len(rows))
    for train, test in KFold(10, shuffle=True, random_state=1).split(x):
        held[test] = LogisticRegression(C=8, max_iter=400).fit(x[train], y[train]).decision_function(x[test])
    for limit in (1.0, 1.25, 1.5, 1.75, 2.0):
        parts = [
            f"{name}: finds {(held[y & (where == name)] > limit).mean():.3f}, false {(held[~y & (where == name)] > limit).mean():.3f}"
            for name in ("own", "dev", "rules")
        ]
        print(f"above {limit}: {'; '.join(parts)}")
    model = LogisticRegression(C=8, max_iter=400).fit(x, y)
    scale = float(numpy.abs(model.coef_).max()) / 127
    whole = array("b", [round(value / scale) for value in model.coef_[0]])
    judgement.WEIGHTS.write_bytes(array("f", [scale, float(model.intercept_[0])]).tobytes() + whole.tobytes())
    print(f"{len(rows)} sentences, {int(y.sum())} at fault")


if __name__ == "__main__":
    main()
