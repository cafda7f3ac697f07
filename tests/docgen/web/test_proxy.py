"""Behind a municipality's reverse proxy: what docs/drift.md promises."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser import need_chromium, served
from pages import visitor
from playwright.sync_api import expect, sync_playwright

from docgen.errors import FileError, UsageError
from docgen.web.accesslog import AccessLog, plain
from docgen.web.gate import Keys
from docgen.web.server import check_public

SECRET = "proxyens hemmelighed"
PUBLIC = "https://intranet.kommune.example/sagsklar"
IN = {"host": "intranet.kommune.example", "x-sagsklar-proxy": SECRET, "x-sagsklar-bruger": "kommune\\abc123"}
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def behind(tmp_path):
    with visitor(tmp_path / "s", let_in=False, keys=Keys(proxy=SECRET), public=PUBLIC, log=tmp_path / "adgang.jsonl") as made:
        made.log_file = tmp_path / "adgang.jsonl"
        yield made


def rows(page) -> list[dict]:
    return [json.loads(line) for line in page.log_file.read_text("utf-8").splitlines()]


def test_every_address_leads_below_the_path(behind) -> None:
    """Står siden på intranet.kommune.example/sagsklar, fører hvert link, hver formular og hver fil dertil."""
    csrf = behind.csrf
    made = behind.post("/sagsklar/sager", data={"csrf": csrf, "eksempel": "21-sag-med-huller.yaml"}, headers=IN, follow_redirects=False)
    case = made.headers["location"]
    assert re.fullmatch(r"/sagsklar/sager/[0-9a-f]{16}", case)
    checked = behind.post("/sagsklar/tjek", data={"csrf": csrf, "tekst": "Borgeren er doven."}, headers=IN, follow_redirects=False).headers["location"]
    live = behind.post("/sagsklar/tjek-nu", data={"csrf": csrf, "tekst": "Borgeren er doven."}, headers=IN).json()["html"]
    pages = [live]
    for address in ("/sagsklar", "/sagsklar/", case, f"{case}/del/decision", f"{case}/kladde/afgoerelse", f"{case}/terapi", f"{case}/tjekliste/fleksjob",
                    f"{case}/historik", checked, "/sagsklar/overblik", "/sagsklar/overblik/tjekliste/fleksjob", "/sagsklar/findes-ikke"):
        pages.append(behind.get(address, headers=IN).text)
    led = {found for text in pages for found in re.findall(r'(?:href|action|src|data-gem)="(/[^"]*)"', text)}
    assert led and not [address for address in led if not address.startswith("/sagsklar/")]
    assert "Path=/sagsklar/" in behind.get("/sagsklar/", headers=IN).headers["set-cookie"]


def test_a_proxy_that_takes_the_path_off_works_too(behind) -> None:
    """Fjerner proxyen stien, før den sender videre, virker siden alligevel."""
    assert 'href="/sagsklar/tjek"' in behind.get("/", headers=IN).text


@pytest.mark.parametrize("headers", [
    {"host": "intranet.kommune.example"}, {"host": "intranet.kommune.example", "x-sagsklar-proxy": "forkert"},
    {"host": "andet.example", "x-sagsklar-proxy": SECRET}, {"host": "intranet.kommune.example", "x-sagsklar-bruger": "chefen"},
])
def test_only_the_proxy_lets_in(behind, headers) -> None:
    """Uden hemmeligheden, eller på et andet værtsnavn, er der lukket; et brugernavn alene åbner intet."""
    assert behind.get("/sagsklar/", headers=headers).status_code in (400, 403)


def test_forms_are_only_taken_from_the_public_address(behind) -> None:
    """En formular sendt fra et andet sted end den offentlige adresse bliver afvist, også gennem proxyen."""
    sent = {"csrf": behind.csrf}
    for origin, status in (("https://evil.example", 403), ("http://intranet.kommune.example", 403), ("https://intranet.kommune.example", 303)):
        assert behind.post("/sagsklar/sager", data=sent, headers={**IN, "origin": origin}, follow_redirects=False).status_code == status


def test_the_access_log_tells_who_and_what_but_not_of_whom(behind) -> None:
    """Adgangsloggen har tid, bruger, handling og sagens id, og ikke ét ord fra sagen, filen eller adressen."""
    case = behind.post("/sagsklar/sager", data={"csrf": behind.csrf}, headers=IN, follow_redirects=False).headers["location"]
    behind.post(f"{case}/gem", data={"csrf": behind.csrf, "version": "", "f:citizen.name": "Karin Holm", "f:citizen.cpr": "610285-1234"}, headers=IN)
    behind.get("/sagsklar/sager/Karin Holm 610285-1234/del/Holm?q=Karin", headers=IN)
    behind.get("/sagsklar/start?noegle=hemmelig", headers={"host": IN["host"], "x-sagsklar-bruger": "en anden"})
    behind.get("/sagsklar/static/side.css", headers=IN)
    seen = rows(behind)
    assert [(r["metode"], r["hvad"], r["bruger"], r["status"]) for r in seen] == [
        ("POST", "/sager", "kommune\\abc123", 303), ("POST", "/sager/{id}/gem", "kommune\\abc123", seen[1]["status"]),
        ("GET", "/sager/{…}/del/{…}", "kommune\\abc123", 404), ("GET", "/start", None, 403),
    ]
    assert seen[1]["id"] == case.rpartition("/")[2]
    text = behind.log_file.read_text("utf-8")
    assert not [word for word in ("Karin", "Holm", "610285", "hemmelig", "en anden", SECRET) if word in text]


@pytest.mark.parametrize(("path", "words"), [
    ("/sager/0123456789abcdef/del/citizen", "/sager/{id}/del/citizen"), ("/overblik/tjekliste/fleksjob", "/overblik/tjekliste/fleksjob"),
    ("/sager/6102851234", "/sager/{…}"), ("/karin/holm", "/{…}/{…}"), ("/", "/"), ("/sager/0123456789abcdef/kladde/afgoerelse/word", "/sager/{id}/kladde/afgoerelse/word"),
    ("/overblik/0123456789abcdef/tal.csv", "/overblik/{id}/tal.csv"), ("/sager/0123456789abcdef/terapi/mobilitet", "/sager/{id}/terapi/mobilitet"),
])
def test_an_address_in_the_log_has_only_the_pages_own_words(path, words, behind) -> None:
    """Skriver nogen et navn i en adresse, kommer det ikke i loggen; sidens egne adresser kan kendes igen."""
    assert plain(path, behind.app.log.known) == words


def test_a_log_that_cannot_be_written_is_told_at_once(tmp_path) -> None:
    """Kan loggen ikke skrives, starter siden ikke uden den."""
    with pytest.raises(FileError, match="kan ikke skrives"):
        AccessLog(tmp_path / "findes" / "ikke.jsonl")


@pytest.mark.parametrize("address", ["intranet", "ftp://x.example", "https://", "https://bruger:kode@x.example", "https://x.example/?a=1"])
def test_an_address_that_is_none_is_refused(address) -> None:
    """En adresse udefra, der ikke kan bruges, bliver afvist ved start med et eksempel."""
    with pytest.raises(UsageError, match=r"intranet\.kommune\.example"):
        check_public(address)


class Proxy(BaseHTTPRequestHandler):
    """A small reverse proxy: its own login is thought to be done; strangers' headers are replaced."""

    target = ""

    def forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {k: v for k, v in self.headers.items() if not k.lower().startswith(("x-sagsklar", "connection"))}
        connection = http.client.HTTPConnection(self.target, timeout=30)
        connection.request(self.command, self.path, body, {**headers, "X-Sagsklar-Proxy": SECRET, "X-Sagsklar-Bruger": "abc123"})
        answer = connection.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        connection.close()

    do_GET = do_POST = forward

    def log_message(self, *_: object) -> None:
        pass


def test_a_case_is_written_through_a_proxy_in_a_browser(tmp_path) -> None:
    """Gennem en rigtig proxy med sti skrives en sag, tjekkes en tekst og læses mange breve som på egen maskine."""
    path = need_chromium()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    public = f"http://127.0.0.1:{port}/sagsklar"
    letter = tmp_path / "brev.txt"
    letter.write_text("Borgeren er doven.", "utf-8")
    with served(tmp_path / "s", Keys(proxy=SECRET), public) as (house, base), sync_playwright() as playwright:
        handler = type("Here", (Proxy,), {"target": base.removeprefix("http://")})
        proxy = ThreadingHTTPServer(("127.0.0.1", port), handler)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=["--disable-dev-shm-usage"])
        window = browser.new_page(locale="da-DK")
        missing = []
        window.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
        window.goto(public)
        window.get_by_role("button", name="Begynd en tom sag").click()
        window.get_by_role("link", name="Begynd med borgeren").click()
        window.get_by_label("Borgerens navn").fill("Karin Prøve")
        window.get_by_label("Borgerens navn").blur()
        expect(window.locator("[data-status]")).to_contain_text(re.compile("^Gemt"), timeout=20_000)
        window.get_by_role("link", name="Tjek en tekst").click()
        window.get_by_label("Tekst", exact=True).fill("Borgeren er doven.")
        window.wait_for_selector("mark[data-fund]")
        window.get_by_role("link", name="Mange breve").click()
        window.get_by_label("Vælg filer").set_input_files(letter)
        window.get_by_role("button", name="Tjek filerne").click()
        window.get_by_role("heading", name="Ét brev").wait_for()
        assert window.url.startswith(f"{public}/overblik/")
        assert missing == []
        browser.close()
        proxy.shutdown()
        proxy.server_close()
    assert house.store.listed()[0].case.citizen.name == "Karin Prøve"
