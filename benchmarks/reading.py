"""1,000 Word letters: how many are read and reviewed a second, what share of the time reading takes, and peak memory.

    python benchmarks/reading.py [--letters 1000] [--rivals /path/to/venv/bin]

The letters are drafts of the shipped example cases, each with its own sentences in the body (so that nothing can be cached
between them), and written to a temporary folder. CPU time is the number to compare: wall time depends on what else the
machine does. `--rivals`: a folder with the commands docxtpl-lint and mildoc-lint, run on the same files. They check
template tags and US military letters; the comparison is of speed at reading Word files, not of usefulness.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SENTENCES = (
    "Du har oplyst, at du bliver træt efter {n} timers arbejde.",
    "Af statusattest (LÆ 125) fra den {d}. marts 2026 fremgår det, at du har smerter i ryg og knæ.",
    "Ergoterapeuten så den {d}. maj 2026, at du rejste dig fra stolen på {n} sekunder.",
    "Arbejdsgiveren oplyser, at du mødte {n} ud af 20 dage.",
    "Borgeren virker doven, og det kan ikke udelukkes, at hun kan arbejde {n} timer.",
    "Vi har lagt vægt på, at du har deltaget i praktik fra den {d}. april 2026 i {n} uger.",
    "Du siger selv: »Jeg kan højst klare {n} timer om ugen.«",
    "Kommunen vurderer efter lov om aktiv socialpolitik, at din arbejdsevne er begrænset, jf. bilag {n}.",
)


def letters(folder: Path, number: int) -> None:
    from docgen.casefile import read_case
    from docgen.content import Content, examples
    from docgen.demo import index
    from docgen.draft import Drafting
    from docgen.word.build import p
    from docgen.word.package import Package

    drafting = Drafting(Content.find())
    drafts = [drafting.draft(read_case(examples() / "cases" / e.file), kind.value).docx for e in index().cases for kind in e.kinds]
    chance = random.Random(1)
    for n in range(number):
        package = Package(drafts[n % len(drafts)], "x")
        body = package.read(package.main).decode()
        own = [chance.choice(SENTENCES).format(n=chance.randrange(1, 40), d=chance.randrange(1, 29)) for _ in range(25)]
        paragraphs = "".join(p(" ".join(own[i:i + 5]).replace("&", "&amp;")) for i in range(0, 25, 5))
        place = body.rindex("<w:sectPr")
        (folder / f"{n:04d}.docx").write_bytes(package.save({package.main: (body[:place] + paragraphs + body[place:]).encode()}))


def cpu() -> float:
    return time.process_time()


def measured(files: list[Path]) -> None:
    from docgen.folder import Plan
    from docgen.word.read import read

    reviewer = Plan().reviewer()
    reviewer.review(files[0])  # loading is not reading
    started, words = cpu(), 0
    for path in files:
        words += len(read(path).document.text.split())
    reading = cpu() - started
    started = cpu()
    for path in files:
        reviewer.review(path)
    whole = cpu() - started
    print(f"letters {len(files)}, words {words} ({words // len(files)} each)")
    print(f"read:   {len(files) / reading:8.0f} letters/CPU-s  {1000 * reading / len(files):6.2f} ms each  {words / reading:10.0f} words/CPU-s")
    print(f"review: {len(files) / whole:8.0f} letters/CPU-s  {1000 * whole / len(files):6.2f} ms each  {words / whole:10.0f} words/CPU-s")
    print(f"share of reading: {100 * reading / whole:.0f} %")
    print(f"peak memory of one process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def command(name: str, arguments: list[str]) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                          env=os.environ | {"OMP_NUM_THREADS": "1"})
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:<34} exit {done.returncode}  wall {wall:7.2f} s  CPU {spent:7.2f} s  peak {after.ru_maxrss // 1024} MB (largest child so far)")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--letters", type=int, default=1000)
    options.add_argument("--rivals", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        letters(Path(folder), asked.letters)
        files = sorted(Path(folder).glob("*.docx"))
        if asked.rivals:
            command("docxtpl-lint", [str(asked.rivals / "docxtpl-lint"), *map(str, files)])
            command("mildoc-lint", [str(asked.rivals / "mildoc-lint"), "lint", *map(str, files)])
        for processes in (1, 2):
            command(f"docgen lint, {processes} process(es)", [
                sys.executable, "-m", "docgen", "lint", folder, "--format", "json", "--processes", str(processes)])
        few = Path(folder) / "few"
        few.mkdir()
        for path in files[: len(files) // 10]:
            path.rename(few / path.name)
        command(f"docgen lint, a tenth ({len(list(few.iterdir()))})", [
            sys.executable, "-m", "docgen", "lint", str(few), "--format", "json", "--processes", "1"])
        measured(sorted(Path(folder).rglob("*.docx")))


if __name__ == "__main__":
    main()
