"""Cold start: `python benchmarks/cold.py [LETTER]`: CPU time from nothing to the findings of one letter, beside importing spaCy.

User and system time, median of 15 runs each, taken in turn; one thread.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LETTER = ROOT / "tests" / "gold" / "letters" / "fp_afslag_45_foreliggende.md"
RUNS = 15


def main() -> None:
    letter = Path(sys.argv[1] if len(sys.argv) > 1 else LETTER).resolve()
    commands = {
        "import spacy; spacy.blank('da')": ["-c", "import spacy; spacy.blank('da')"],
        "nlp.load().lint(letter)": ["-c", f"import nlp; nlp.load().lint(open({str(letter)!r}, encoding='utf-8').read(), kind='afgoerelse')"],
        "docgen lint letter": ["-m", "docgen", "lint", str(letter), "--kind", "afgoerelse"],
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(RUNS + 1):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *command], cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"}, capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if run:  # the first fills the disk's cache
                spent[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    first = statistics.median(next(iter(spent.values())))
    print(f"{len(letter.read_text(encoding='utf-8').split())} words")
    for name, seconds in spent.items():
        middle = statistics.median(seconds)
        print(f"{name}: {middle:.2f} s, {middle / first:.2f} times")


if __name__ == "__main__":
    main()
