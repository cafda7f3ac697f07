"""Measures nlp.evidence on labelled passages and prints the tables of docs/maalinger.md.

    python benchmarks/evidence.py tests/gold/evidence/dev.yaml --errors
    python benchmarks/evidence.py tests/gold/evidence/heldout.yaml      # never with --errors: see tests/gold/README.md
"""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

from nlp.evidence import find
from nlp.model import INPUTS, STATUSES, Document, Evidence, Facts

DECISION = datetime.date(2026, 11, 22)


@dataclass
class Tally:
    """Counts over expected inputs; `wrong` holds a line for each miss."""

    present: Counter = field(default_factory=Counter)  # (right or wrong)
    status: Counter = field(default_factory=Counter)
    date: Counter = field(default_factory=Counter)
    by_input: Counter = field(default_factory=Counter)  # (input, "tp" | "fp" | "fn")
    by_status: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def passages(path: Path) -> list[dict]:
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return data["items"] if isinstance(data, dict) else data


def best(found: list[Evidence], label: dict) -> Evidence | None:
    """The evidence that fits a label best: right status and date, then right status, then the first of its input."""
    fitting = [e for e in found if e.input == label["input"]]
    return min(
        fitting,
        key=lambda e: (e.status != label["status"], "date" in label and _iso(e.date) != _iso(label["date"])),
        default=None,
    )


def _day(written) -> datetime.date:
    return datetime.date.fromisoformat(str(written)) if written else DECISION


def _iso(day) -> str | None:
    return None if day is None else str(day)


def measure(items: list[dict]) -> Tally:
    tally = Tally()
    for item in items:
        facts = Facts(decision_date=_day(item.get("decision_date")))
        found = find(Document.of_text(item["text"]), facts)
        labelled = {label["input"] for label in item["expect"]}
        told = [f"{e.input} {e.status} {e.date}" for e in found]
        for evidence in found:
            if evidence.input not in labelled and evidence.input != "borger_inddraget":
                tally.by_input[evidence.input, "fp"] += 1
                tally.by_status[evidence.status, "fp"] += 1
                tally.wrong.append(f"{item['id']} unexpected {evidence.input} {evidence.status}: {item['text']}")
        for label in item["expect"]:
            match = best(found, label)
            if match is None and label.get("optional"):
                continue
            is_present = match is not None and match.status == "present"
            right_present = is_present == (label["status"] == "present")
            right_status = match is not None and match.status == label["status"]
            if label.get("optional") and not right_status:
                continue
            tally.present[right_present] += 1
            tally.status[right_status] += 1
            tally.by_input[label["input"], "tp" if match else "fn"] += 1
            tally.by_status[label["status"], "tp" if right_status else "fn"] += 1
            if match and not right_status:
                tally.by_status[match.status, "fp"] += 1
            right_date = True
            if "date" in label and match is not None:
                right_date = _iso(match.date) == _iso(label["date"])
                tally.date[right_date] += 1
            if not (right_present and right_status and right_date):
                tally.wrong.append(f"{item['id']} want {label['input']} {label['status']} {label.get('date', '~')}, got {told}: {item['text']}")
    return tally


def _rate(counter: Counter) -> str:
    total = counter[True] + counter[False]
    return f"{counter[True]}/{total} = {counter[True] / total:.3f}" if total else "-"


def table(tally: Tally) -> str:
    lines = [
        "| mål | rigtige |", "| --- | --- |", f"| til stede eller ej | {_rate(tally.present)} |",
        f"| status | {_rate(tally.status)} |", f"| dato | {_rate(tally.date)} |", "",
        "| | fundet rigtigt | overset | fundet for meget | præcision | genkaldelse |", "| --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for names, counter in ((INPUTS, tally.by_input), (STATUSES, tally.by_status)):
        for name in names:
            tp, fn, fp = counter[name, "tp"], counter[name, "fn"], counter[name, "fp"]
            precision = f"{tp / (tp + fp):.2f}" if tp + fp else "-"
            recall = f"{tp / (tp + fn):.2f}" if tp + fn else "-"
            lines.append(f"| {name} | {tp} | {fn} | {fp} | {precision} | {recall} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="list each miss (only on passages that one may read)")
    options = parser.parse_args()
    for path in options.files:
        tally = measure(passages(path))
        print(f"{path.name}: {len(passages(path))} passager\n\n{table(tally)}\n")
        if options.errors:
            print(*tally.wrong, sep="\n")


if __name__ == "__main__":
    main()
