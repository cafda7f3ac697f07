"""What the page costs: weight and requests of the first page, and the time from a keystroke to findings.

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
from docgen.word.read import read  # noqa: E402

WORDS = 600
ROUNDS = 12


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


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} ms (fra {min(values):.0f} til {max(values):.0f}, {len(values)} gange)"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder) / "sager") as shown:
        text = letter(shown.house)
        requests, size, ready = first_page(shown)
        typed = keystrokes(shown, text)
        alone = linter_alone(shown.house, text)
        cli = command_line(text, Path(folder))
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
        f"| `docgen lint` på samme brev, fra start til slut | {spread(cli)} |", "",
    ]
    target = ROOT / "docs" / "maalinger-siden.md"
    target.write_text("\n".join(lines), "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
