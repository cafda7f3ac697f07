"""What the page costs: weight and requests of the first page, the time from a keystroke to findings, and many letters and cases.

    python benchmarks/web.py            # writes docs/maalinger-siden.md

Measured in Chromium on this machine. The letter is a shipped draft of about 600 words, made from an invented case. The
command line's own cost on the same letter stands beside it: it pays for starting Python and loading the language.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "docgen" / "web")]

from browser import site  # noqa: E402

from docgen.casefile import read_case  # noqa: E402
from docgen.content import examples  # noqa: E402
from docgen.errors import DocgenError  # noqa: E402
from docgen.word.read import read  # noqa: E402

WORDS = 600
ROUNDS = 12
MANY = 200  # letters, and cases


def letter(house) -> str:
    case = read_case(examples() / "cases" / "09-fleksjob-afslag-divergerende-erklaeringer.yaml")
    text = "\n\n".join(p.text for p in read(house.drafting.draft(case, "afgoerelse").docx).document.passages)
    cut = 0
    for _ in range(WORDS):
        cut = text.find(" ", cut + 1)
    return text[:cut] if cut > 0 else text


def first_page(shown) -> tuple[int, int, float]:
    """(requests, bytes on the wire, milliseconds to ready) of the list of cases, with nothing cached."""
    window = shown.open()
    sizes: list[int] = []
    window.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]))
    began = time.perf_counter()
    window.goto(shown.base, wait_until="networkidle")
    took = window.evaluate("performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart")
    assert time.perf_counter() > began
    window.context.close()
    return len(sizes), sum(sizes), took


def keystrokes(shown, text: str) -> list[float]:
    """Milliseconds from a key in the letter to the findings drawn anew; 400 of them are the pause we wait for."""
    window = shown.open()
    window.goto(f"{shown.base}/tjek")
    field = window.get_by_label("Tekst", exact=True)
    field.fill(text)
    window.wait_for_selector("[data-resultat][data-faerdig]")
    window.wait_for_timeout(500)
    took = []
    for _ in range(ROUNDS):
        before = window.locator("[data-resultat]").get_attribute("data-faerdig")
        began = time.perf_counter()
        field.press("End")
        field.press("x")
        window.wait_for_selector(f"[data-resultat][data-faerdig]:not([data-faerdig='{before}'])")
        took.append((time.perf_counter() - began) * 1000)
    window.context.close()
    return took


def command_line(text: str, folder: Path) -> list[float]:
    file = folder / "brev.txt"
    file.write_text(text, "utf-8")
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "docgen", "lint", str(file), "--format", "json"], cwd=ROOT, capture_output=True, check=False)
        took.append((time.perf_counter() - began) * 1000)
    return took


def linter_alone(house, text: str) -> list[float]:
    from docgen.web.desk import Paper

    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        house.review(Paper("brev", {}, text=text + " x" * len(took)))
        took.append((time.perf_counter() - began) * 1000)
    return took


def resident() -> float:
    """Megabytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def many_letters(shown, folder: Path) -> tuple[float, float, float, int]:
    """(seconds for MANY Word letters through the page, seconds to the first, megabytes more, kilobytes of a letter)."""
    drafts = []
    for path in sorted((examples() / "cases").glob("*.yaml")):
        for kind in ("afgoerelse", "samlet_beskrivelse", "partshoering"):
            try:
                drafts.append(shown.house.drafting.draft(read_case(path), kind).docx)
            except DocgenError:
                continue
    letters = folder / "breve"
    letters.mkdir()
    for number in range(MANY):
        (letters / f"brev-{number:03}.docx").write_bytes(drafts[number % len(drafts)])
    before = resident()
    window = shown.open()
    window.goto(f"{shown.base}/overblik")
    window.get_by_label("Vælg filer").set_input_files(sorted(letters.iterdir()))
    began = time.perf_counter()
    window.get_by_role("button", name="Tjek filerne").click()
    window.get_by_text(f"1 af {MANY} læst").or_(window.get_by_text(f"2 af {MANY} læst")).first.wait_for()
    first = time.perf_counter() - began
    window.get_by_role("heading", name=f"{MANY} breve").wait_for(timeout=600_000)
    took = time.perf_counter() - began
    window.context.close()
    return took, first, resident() - before, sum(map(len, drafts)) // len(drafts) // 1000


def many_cases(folder: Path) -> tuple[float, float, float]:
    """Seconds for (the list of MANY cases the first time, again, the checklist over them) on a page that was just started."""
    paths = sorted((examples() / "cases").glob("*.yaml"))
    cases = folder / "mange"
    cases.mkdir()
    for number in range(MANY):
        (cases / f"sag-{number}.yaml").write_bytes(paths[number % len(paths)].read_bytes() + f"# {number}\n".encode())
    took = []
    with site(cases) as shown:
        window = shown.open()
        for address in ("/", "/", "/overblik/tjekliste/fleksjob"):
            began = time.perf_counter()
            window.goto(shown.base + address)
            took.append(time.perf_counter() - began)
    return took[0], took[1], took[2]


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} ms (fra {min(values):.0f} til {max(values):.0f}, {len(values)} gange)"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder) / "sager") as shown:
        text = letter(shown.house)
        requests, size, ready = first_page(shown)
        typed = keystrokes(shown, text)
        alone = linter_alone(shown.house, text)
        cli = command_line(text, Path(folder))
        letters, first, memory, size_of_letter = many_letters(shown, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        cases = many_cases(Path(folder))
    lines = [
        "# Målinger: siden", "",
        f"Målt med `python benchmarks/web.py` i Chromium på en maskine med {os.cpu_count()} kerner, delt med andre opgaver "
        f"(belastning {os.getloadavg()[0]:.1f}), Python {platform.python_version()}.", "",
        "| hvad | målt |", "| --- | --- |",
        f"| første side, intet i forvejen hentet: forespørgsler | {requests} |",
        f"| første side: vægt | {size / 1000:.0f} kB |",
        f"| første side: til den kan bruges | {ready:.0f} ms |",
        f"| fra tastetryk til fund i et brev på {len(text.split())} ord | {spread(typed)} |",
        "| heraf ventetid, før siden spørger | 400 ms |",
        f"| selve kontrollen af brevet | {spread(alone)} |",
        f"| `docgen lint` på samme brev, fra start til slut | {spread(cli)} |",
        f"| {MANY} breve i Word ({size_of_letter} kB hver) gennem siden, ét ad gangen | {letters:.0f} s, {letters / MANY * 1000:.0f} ms for hvert |",
        f"| heraf, til det første er læst | {first * 1000:.0f} ms |",
        f"| hukommelse, de {MANY} breves fund optager | {memory:.0f} MB |",
        f"| listen over {MANY} sager, første gang og igen | {cases[0] * 1000:.0f} ms, {cases[1] * 1000:.0f} ms |",
        f"| tjeklisten for fleksjob over de {MANY} sager | {cases[2] * 1000:.0f} ms |", "",
    ]
    target = ROOT / "docs" / "maalinger-siden.md"
    target.write_text("\n".join(lines), "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
