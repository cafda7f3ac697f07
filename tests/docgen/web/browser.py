"""A real page in a real Chromium: served on a free port of this machine, every other address blocked and noted."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from pages import CONTENT

from docgen.web.app import create_app
from docgen.web.gate import Keys, addresses, root_of
from docgen.web.house import House

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def need_chromium() -> str:
    """The browser's path. Without one the tests are skipped aloud, but never in CI."""
    if CHROMIUM is None:
        message = "Chromium mangler: siden er IKKE prøvet i en browser (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return CHROMIUM


@dataclass
class Site:
    """A running page and the browser in front of it. `strangers`: requests that tried to leave this machine."""

    house: House
    base: str
    browser: Any
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)  # the browser's console: refused scripts, missing files

    def open(self, **options: Any) -> Any:
        """A new window that is already let in."""
        context = self.browser.new_context(locale="da-DK", **options)
        context.route("**/*", self._only_here)
        host = self.base.removeprefix("http://").partition(":")[0]
        context.add_cookies([{"name": "sagsklar", "value": self.house.keys.session, "domain": host, "path": "/", "sameSite": "Strict"}])
        window = context.new_page()
        window.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        window.set_default_timeout(20_000)
        return window

    def _only_here(self, route: Any) -> None:
        if route.request.url.startswith(self.base):
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()


@contextmanager
def served(folder: Path, keys: Keys | None = None, public: str | None = None) -> Iterator[tuple[House, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    house = House(folder, CONTENT, keys or Keys(), root_of(public))
    server = uvicorn.Server(uvicorn.Config(create_app(house, *addresses(port, public)), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield house, f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    from playwright.sync_api import sync_playwright

    path = need_chromium()
    with served(folder) as (house, base), sync_playwright() as playwright:
        house.warm()
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=["--disable-dev-shm-usage"])
        try:
            yield Site(house, base, browser)
        finally:
            browser.close()


FAULTY = (
    "Afgørelse\n\nDu får afslag på fleksjob. Borgeren virker doven og er umotiveret for praktik.\n\n"
    "Det kan ikke udelukkes, at du kan arbejde mere.\n\nBegrundelse\n\nVi har lagt vægt på sagens oplysninger."
)


def every_page(site: Site, window: Any) -> Iterator[tuple[str, str]]:
    """(name, address) of each page, with something on it."""
    from docgen.casefile import read_case
    from docgen.content import examples
    from docgen.model import Case
    from docgen.web.desk import Paper, Pile

    store = site.house.store
    case = f"/sager/{store.create(read_case(examples() / 'cases' / '07-fleksjob-bevilling-amps.yaml'))}"
    gaps = f"/sager/{store.create(read_case(examples() / 'cases' / '21-sag-med-huller.yaml'))}"
    for number in range(16):  # enough for counts to be told
        documents = [{"id": "D1", "type": "lae_145", "date": "2026-09-01"}] if number % 2 else []
        store.create(Case.model_validate({"case_number": f"26-0077{number:02}", "citizen": {"name": "Rune Eksempel"}, "documents": documents,
                                          "decision": {"scheme": "fleksjob", "outcome": "bevilling", "date": "2026-11-20"}}))
    opened = store.open(case.rpartition("/")[2])
    store.change(opened.id, opened.version, {"citizen.phone": ["00 00 00 12"], "citizen.birth_date": ["32. maj"]})
    number = site.house.desk.put(Paper("indsat tekst", {"kind": "afgoerelse", "scheme": "fleksjob", "outcome": "afslag"}, text=FAULTY))
    batch = site.house.piles.put(Pile({}, [site.house.review(Paper(f"brev-{n}.txt", {"kind": "afgoerelse"}, text=FAULTY)) for n in range(6)]))
    yield "sager", "/"
    yield "sag", case
    yield "borgeren", f"{case}/del/citizen"
    yield "dokumenter", f"{case}/del/documents"
    yield "afgoerelsen", f"{case}/del/decision"
    yield "kladde", f"{case}/kladde/afgoerelse"
    yield "kladde-med-huller", f"{gaps}/kladde/afgoerelse"
    yield "terapi", f"{case}/terapi"
    yield "omraade", f"{case}/terapi/mobilitet"
    yield "redskaber", f"{case}/terapi/redskaber"
    yield "historik", f"{case}/historik"
    yield "tilbageblik", f"{case}/historik/1"
    yield "tjek", "/tjek"
    yield "tjek-resultat", f"/tjek/{number}#fund"
    yield "overblik", "/overblik"
    yield "overblik-resultat", f"/overblik/{batch}#resultat"
    yield "brev", f"/overblik/{batch}/brev/0"
    yield "tjekliste", f"{case}/tjekliste/fleksjob"
    yield "tjeklister", "/overblik/tjekliste/fleksjob"
    yield "fejl", "/sager/findes-ikke"
