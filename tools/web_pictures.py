"""Pictures of every page, wide and narrow, for docs/billeder/web.    python tools/web_pictures.py [NAME…]"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "docgen" / "web")]

from browser import every_page, site  # noqa: E402

TARGET = ROOT / "docs" / "billeder" / "web"
SIZES = {"bred": (1280, 900), "smal": (360, 740)}


def main(wanted: list[str]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, site(Path(folder) / "sager") as shown:
        window = shown.open()
        pages = list(every_page(shown, window))
        for size, (width, height) in SIZES.items():
            window.set_viewport_size({"width": width, "height": height})
            for name, address in pages:
                if wanted and name not in wanted:
                    continue
                window.goto(shown.base + address)
                spill = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                window.screenshot(path=TARGET / f"{name}-{size}.png")
                print(f"{name}-{size}{f': {spill} px for bred' if spill > 0 else ''}")
        print(shown.strangers, shown.complaints)


if __name__ == "__main__":
    main(sys.argv[1:])
