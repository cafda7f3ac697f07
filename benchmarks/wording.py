"""Wording rules measured: `python benchmarks/wording.py gold|prose|speed [--write]`.

gold   precision and recall on all sets of tests/gold/wording, in all and for each rule. Heldout texts are never
       printed. `--write` puts the figures into nlp/rules/measured.json, which `docgen explain` shows.
prose  findings in a thousand words of long Danish prose: our standard texts, the whole clean letters of tests/gold/letters,
       treebank news, and the .txt files of --texts FOLDER. With --tools FOLDER (npm prefix with write-good, alex, textlint) and --proselint EXE also theirs, beside a
       plain list of the same words without guards.
speed  words a CPU second over 1,000 letters, beside spaCy's SpanRuler with 200 patterns in the same run, and proselint,
       write-good and textlint where they are given. The letters are our gold letters over and over, so paragraphs recur more
       than in life; the row "nothing remembered" forgets everything before each letter. Memory is told along the way.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import nlp  # noqa: E402
from nlp import memory  # noqa: E402
from nlp.training.texts import strings  # noqa: E402

GOLD = ROOT / "tests" / "gold"
TREEBANK = ROOT.parent / "shared" / "treebank" / "dev.conllu.gz"  # beside the checkout; without it news prose is left out, and said


def _yaml(path: Path):
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _overlaps(finding, item) -> bool:
    for word in item.get("words") or []:
        start = item["text"].find(word)
        if start >= 0 and finding.start < start + len(word) and start < finding.end:
            return True
    return False


def gold(write: bool) -> None:
    linter = nlp.load()
    rules = collections.defaultdict(lambda: [0, 0])
    for name in sorted(path.stem for path in (GOLD / "wording").glob("*.yaml")):
        items = _yaml(GOLD / "wording" / f"{name}.yaml")["items"]
        count: collections.Counter[str] = collections.Counter()
        for item in items:
            found = [
                f
                for f in linter.lint(item["text"], kind=item.get("kind"), section=item.get("section"), slot=item.get("slot"))
                if f.category == "subjektivt_sprog"
            ]
            part = "paragraph" if item.get("paragraph") else "sentence"
            listed = "listed" if item.get("listed", True) else "unlisted"
            label = f"faulty {part} {listed}" if item["flag"] else f"clean {part}"
            count[label] += 1
            count[label + " found"] += bool(found)
            for word in item.get("words") or []:
                start = item["text"].find(word)
                count["words"] += 1
                count["words found"] += any(f.start < start + len(word) and start < f.end for f in found)
            for f in found:
                right = _overlaps(f, item)
                count["findings"] += 1
                count["findings right"] += right
                rules[f.rule][0 if right else 1] += 1
        faulty = sum(n for k, n in count.items() if k.startswith("faulty") and not k.endswith("found"))
        hit = sum(n for k, n in count.items() if k.startswith("faulty") and k.endswith("found"))
        clean = sum(n for k, n in count.items() if k.startswith("clean") and not k.endswith("found"))
        false = sum(n for k, n in count.items() if k.startswith("clean") and k.endswith("found"))
        precision, recall = hit / (hit + false), hit / faulty
        print(
            f"{name}: {len(items)} texts; flagged or not: precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}; "
            f"clean flagged {false}/{clean} ({false / clean:.1%}); words marked {count['words found']}/{count['words']}; "
            f"findings on a marked word {count['findings right']}/{count['findings']}"
        )
        for key in sorted(k for k in count if k.startswith(("faulty", "clean")) and not k.endswith("found")):
            print(f"    {key}: {count[key + ' found']}/{count[key]}")
    measured = {
        rule: {"right": right, "wrong": wrong, "precision": round(right / (right + wrong), 2), "on": "tests/gold/wording, 2026-11-22"}
        for rule, (right, wrong) in sorted(rules.items())
    }
    for rule, figures in measured.items():
        print(f"    {rule} {linter.rulebook.get(rule).name}: {figures['right']} right, {figures['wrong']} wrong")
    if write:
        path = ROOT / "nlp" / "rules" / "measured.json"
        path.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def texts(folder: Path | None) -> Iterator[tuple[str, str | None, str]]:
    """(corpus, kind, text)."""

    for path in sorted((ROOT / "templates" / "texts").glob("*.yaml")):
        for text in (text for text in strings(_yaml(path)) if len(text.split()) > 5):
            yield "standardtekster", "afgoerelse", text
    labels = _yaml(GOLD / "letters" / "labels.yaml")["letters"]
    for name, label in labels.items():
        if not label.get("faults"):
            yield "fejlfri breve", label["facts"]["kind"], (GOLD / "letters" / name).read_text(encoding="utf-8")
    for path in sorted(folder.glob("*.txt")) if folder else []:
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            yield path.stem, None, paragraph
    if TREEBANK.exists():
        with gzip.open(TREEBANK, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# text = "):
                    yield "avissprog (træbank)", None, line[9:].strip()
    else:
        print("avissprog er ikke målt: træbanken ligger ikke ved siden af projektet", file=sys.stderr)


def prose(tools: Path | None, proselint: str | None, folder: Path | None) -> None:
    linter = nlp.load()
    corpora: dict[str, list[tuple[str | None, str]]] = collections.defaultdict(list)
    for corpus, kind, text in texts(folder):
        corpora[corpus].append((kind, text))
    plain = {form for rule in linter.rulebook if rule.id.startswith("SUB") and rule.kind_name == "words" for form in rule.match.forms}
    for corpus, pieces in corpora.items():
        whole = "\n\n".join(text for _, text in pieces)
        words = len(whole.split())
        levels: collections.Counter[str] = collections.Counter()
        for kind, text in pieces:
            levels.update(f.severity.value for f in linter.lint(text, kind=kind) if f.category == "subjektivt_sprog" and f.text)
        row = {f"sagsklar {level}": levels[level] for level in ("fejl", "advarsel", "forslag")}
        row["ordliste uden værn"] = sum(word.lower() in plain for word in re.findall(r"\w+", whole))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.md"
            path.write_text(whole, encoding="utf-8")

            def run(*command: str, cwd: str = folder) -> str:
                done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300, check=False)
                return done.stdout + done.stderr

            if proselint:
                row["proselint"] = len(re.findall(r"^.*t\.md:\d+:\d+", run(proselint, "check", str(path)), re.M))
            if tools:
                row["write-good"] = len(re.findall(r"on line \d+ at column", run(str(tools / "write-good"), str(path))))
                row["alex"] = len(re.findall(r"^\s*\d+:\d+(?:-\d+:\d+)?\s+(?:warning|error)", run(str(tools / "alex"), str(path)), re.M))
                rules = ["--rule", "terminology", "--rule", "no-todo", "--rule", "max-comma"]
                row["textlint"] = len(re.findall(r"^\s*\d+:\d+", run(str(tools / "textlint"), *rules, str(path), cwd=str(tools.parents[1])), re.M))
        print(f"{corpus}: {words} words; a thousand words: " + ", ".join(f"{k} {1000 * n / words:.1f}" for k, n in row.items()))


def speed(tools: Path | None, proselint: str | None) -> None:
    letters = [p.read_text(encoding="utf-8") for p in sorted((GOLD / "letters").glob("*.md"))]
    letters = [letters[i % len(letters)] + f"\nSag {i}." for i in range(1000)]
    words = sum(len(text.split()) for text in letters)
    linter = nlp.load()
    linter.lint(letters[0])
    for label, run, forgetful in (
        ("whole rulebook", linter, False), ("whole rulebook, nothing remembered", linter, True),
        ("wording and plain language", _only(("SUB", "SPR", "ROL")), False),
    ):  # fmt: skip
        run.lint(letters[0])
        start = time.process_time()
        for text in letters:
            if forgetful:
                memory.forget()
            run.lint(text, kind="afgoerelse")
        print(f"{label}: {words / (time.process_time() - start):,.0f} words a CPU second, most memory so far {_peak():.0f} MB")
    import spacy

    pipe = spacy.blank("da")
    pipe.add_pipe("sentencizer")
    ruler = pipe.add_pipe("span_ruler")
    forms = sorted({form for rule in linter.rulebook if rule.id.startswith("SUB") and rule.kind_name == "words" for form in rule.match.forms})
    ruler.add_patterns([{"label": "SUB", "pattern": [{"LOWER": form}]} for form in forms[:: max(len(forms) // 200, 1)][:200]])
    start = time.process_time()
    for _ in pipe.pipe(letters):
        pass
    print(f"spaCy blank + sentencizer + SpanRuler, 200 patterns: {words / (time.process_time() - start):,.0f} words a CPU second")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.md"
        path.write_text("\n\n".join(letters[:100]), encoding="utf-8")
        part = sum(len(text.split()) for text in letters[:100])
        rules = ["--rule", "terminology", "--rule", "no-todo", "--rule", "max-comma"]
        commands = {"proselint": [proselint, "check", str(path)] if proselint else None}
        for name, more in (("write-good", []), ("alex", []), ("textlint", rules)):
            commands[name] = [str(tools / name), *more, str(path)] if tools else None
        for name, command in commands.items():
            if command is None:
                print(f"{name}: not installed, not measured")
                continue
            start = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, cwd=tools.parents[1] if tools else folder, timeout=600, check=False)
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
            print(f"{name}, 100 letters in one file: {part / (end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime):,.0f} words a CPU second")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _only(families: tuple[str, ...]):
    from nlp import registry
    from nlp.linter import Linter
    from nlp.rulebook import Rulebook, read

    return Linter(Rulebook([rule for rule in read() if rule.id[:3] in families]), registry.kinds())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("gold", "prose", "speed"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--tools", type=Path)
    parser.add_argument("--proselint")
    parser.add_argument("--texts", type=Path)
    options = parser.parse_args()
    if options.what == "gold":
        gold(options.write)
    elif options.what == "prose":
        prose(options.tools, options.proselint, options.texts)
    else:
        speed(options.tools, options.proselint)
