"""The programme killed while people type: nothing is lost, and the pages that are open go on by themselves."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from browser import need_chromium
from playwright.sync_api import expect, sync_playwright

from docgen.casefile import read_case

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.skipif(os.name == "nt", reason="Windows har ikke SIGKILL"),
]


class Programme:
    """`docgen serve` as a person starts it, and as the system kills it."""

    def __init__(self, folder: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "docgen", "serve", "--port", str(self.port), "--folder", str(self.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                self.address = found[0]
                return
        raise AssertionError("programmet startede ikke")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def programme(tmp_path):
    need_chromium()
    running = Programme(tmp_path / "sager")
    yield running
    running.kill()


@pytest.fixture
def browser():
    path = need_chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, headless=True, args=["--disable-dev-shm-usage"])
        yield opened.new_context(locale="da-DK")
        opened.close()


def test_a_killed_programme_loses_nothing_that_is_typed(programme, browser) -> None:
    """Dør programmet midt i en sætning, skriver jeg bare videre; når det er startet igen, gemmer siden selv, også efter en
    genindlæsning, og teksten på tjeksiden står der stadig."""
    window = browser.new_page()
    window.set_default_timeout(30_000)
    window.goto(programme.address)
    window.get_by_role("button", name="Begynd en tom sag").click()
    window.wait_for_url(re.compile(r"/sager/[0-9a-f]{16}$"))
    window.goto(f"{window.url}/del/account")
    case_address = window.url
    field = window.get_by_label("Borgerens egen beskrivelse")
    field.press_sequentially("Det går bedst om formiddagen. ", delay=2)
    expect(window.locator("[data-status]")).to_contain_text(re.compile("^Gemt"))
    field.press_sequentially("Efter en time ", delay=2)
    programme.kill()
    field.press_sequentially("må jeg hvile.", delay=2)
    expect(window.locator("[data-status]")).to_contain_text("Ikke gemt endnu")
    case_file = next(programme.folder.glob("sag-*.yaml"))
    assert read_case(case_file).account.own_words.startswith("Det går bedst om formiddagen.")

    checker = browser.new_page()
    programme.start()
    checker.goto(programme.address)  # the new address lets the old page in too
    expect(window.locator("[data-status]")).to_contain_text(re.compile("^Gemt"), timeout=30_000)
    assert read_case(case_file).account.own_words == "Det går bedst om formiddagen. Efter en time må jeg hvile."

    checker.goto(f"http://127.0.0.1:{programme.port}/tjek")
    text = checker.get_by_label("Tekst", exact=True)
    text.fill("Borgeren virker doven.")
    checker.wait_for_selector("mark[data-fund]", timeout=30_000)
    programme.kill()
    text.press_sequentially(" Han er umotiveret", delay=2)
    field.press_sequentially(" Så går det.", delay=2)
    expect(window.locator("[data-status]")).to_contain_text("Ikke gemt endnu")
    window.close()  # the lid is closed

    programme.start()
    window = browser.new_page()
    window.goto(programme.address)
    window.goto(case_address)
    window.get_by_text("Det, du skrev sidst, var ikke blevet gemt").wait_for()
    expect(window.locator("[data-status]")).to_contain_text(re.compile("^Gemt"), timeout=30_000)
    assert read_case(case_file).account.own_words.endswith("må jeg hvile. Så går det.")
    window.reload()
    assert window.get_by_text("Det, du skrev sidst").count() == 0
    checker.reload()
    assert checker.get_by_label("Tekst", exact=True).input_value() == "Borgeren virker doven. Han er umotiveret"
    checker.get_by_text("umotiveret").nth(1).wait_for(timeout=30_000)
