"""Who may come in, and what cannot be done to the page from outside."""

from __future__ import annotations

import io
import logging
import re
import zipfile

import pytest
from pages import BASE, visitor

from docgen.web import gate
from docgen.web.gate import Keys, addresses

NAME, CPR = "Karin Eksempel", "720374-2346"


def test_the_address_opens_the_page_once(tmp_path) -> None:
    """Adressen fra opstarten virker én gang; en anden, der finder den bagefter, kommer ikke ind."""
    page = visitor(tmp_path / "s", let_in=False)
    token = page.house.keys.token
    assert page.get("/").status_code == 403
    assert page.get("/start?noegle=forkert").status_code == 403
    opened = page.get(f"/start?noegle={token}", follow_redirects=False)
    assert opened.status_code == 303
    assert "HttpOnly" in opened.headers["set-cookie"] and "SameSite=Strict" in opened.headers["set-cookie"]
    assert page.get("/").status_code == 200

    page.cookies.clear()
    assert page.get(f"/start?noegle={token}").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:9999", "localhost.evil.example:8765", ""])
def test_another_host_name_is_refused(page, host) -> None:
    """En fremmed side, der peger sit navn på min maskine, får intet at se."""
    assert page.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}])
def test_a_forged_form_is_refused(page, headers) -> None:
    """En formular fra en anden side ændrer intet, heller ikke når jeg er logget på."""
    before = len(page.house.store.listed())
    assert page.post("/sager", data={"csrf": page.csrf}, headers=headers).status_code == 403
    assert page.post("/sager", data={"csrf": "forkert"}).status_code == 403
    assert page.post("/sager").status_code == 403
    assert len(page.house.store.listed()) == before


def test_every_answer_keeps_the_browser_at_home(page) -> None:
    """Browseren får besked om aldrig at hente noget udefra og aldrig at køre fremmede scripts."""
    case = page.example()
    for address in ("/", case, f"{case}/del/citizen", "/tjek", "/findes-ikke", "/static/side.js", "/api/openapi.json"):
        headers = page.get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'self'"), address
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_no_template_has_scripts_or_styles_of_its_own() -> None:
    """Ingen side har script, style eller adresser udefra skrevet ind."""
    from docgen.web.pages import HERE

    for file in [*(HERE / "templates").glob("*.html"), HERE / "static" / "side.css", HERE / "static" / "side.js"]:
        text = file.read_text("utf-8")
        assert not re.search(r"<script(?! src=\"{{ rod }}/static/)|<style|\son[a-z]+=|\sstyle=|javascript:|\|safe", text), file.name
        assert not re.search(r"(?:https?:)?//(?!www\.w3\.org)[a-z0-9-]+\.[a-z]", text), file.name


def test_scripts_in_case_data_are_text(page) -> None:
    """Står der kode i en sag, vises den som tekst."""
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    case = page.empty()
    address = f"{case}/del/citizen"
    page.submit(address, version=page.version(address), **{"f:citizen.name": evil, "f:citizen.cpr": evil})
    address = f"{case}/del/sagen"
    page.submit(address, version=page.version(address), **{"f:case_number": evil})
    checked = page.submit("/tjek", tekst=f"Borgeren er doven. {evil}")
    for shown in (*(page.get(a).text for a in ("/", case, f"{case}/del/citizen", f"{case}/kladde/afgoerelse", f"{case}/historik")), checked.text):
        assert "<script>alert" not in shown and "<img src=x" not in shown
    assert "&lt;script&gt;" in page.get(f"{case}/del/citizen").text


@pytest.mark.parametrize("path", ["__class__", "citizen.__class__.x", "documents[0]", "documents[99].title", "citizen", "x", "citizen.name.y", "[0]", "documents[-1].title", "functional.sections"])
def test_only_places_of_a_case_can_be_written(page, path) -> None:
    """Et felt, sagen ikke har, kan ikke skrives, hvordan det end staves."""
    case = page.empty()
    before = page.case_file(case).read_bytes()
    answer = page.submit(f"{case}/del/citizen", version=page.version(f"{case}/del/citizen"), **{f"f:{path}": "x"})

    assert answer.status_code in (200, 409, 422)
    assert page.case_file(case).read_bytes() == before


@pytest.mark.parametrize("address", [
    "/static/../server.py", "/static/%2e%2e/server.py", "/static/..%5cserver.py", "/sager/%2e%2e/fil.yaml", "/sager/x/fil.exe",
    "/sager/0000000000000000/kladde/..%2f..%2fetc", "/overblik/../../etc/passwd",
])
def test_paths_lead_nowhere_else(page, address) -> None:
    """En adresse kan ikke føre ud af siden til andre filer."""
    answer = page.get(address)
    assert answer.status_code == 404
    assert "import" not in answer.text and "root:" not in answer.text


def test_an_unknown_kind_of_draft_is_no_path(page) -> None:
    """En dokumenttype, der ikke findes, er ikke en sti til noget."""
    case = page.example()
    for kind in ("../../texts", "findes_ikke", "%2e%2e"):
        assert page.get(f"{case}/kladde/{kind}").status_code in (404, 422)


def test_no_names_in_addresses_titles_log_or_errors(page, caplog, monkeypatch) -> None:
    """Hverken borgerens navn, CPR-nummer eller filens navn står i adresser, sidens titel, loggen eller fejlsider."""
    caplog.set_level(logging.DEBUG)
    file = page.house.store.folder / "Karin Eksempel 720374-2346.yaml"
    file.write_text(f"version: 1\ncitizen: {{name: {NAME}, cpr: \"{CPR}\"}}\n", "utf-8")
    case = f"/sager/{page.house.store.id_of(file.name)}"
    seen = []
    for address in (case, f"{case}/del/citizen", f"{case}/kladde/afgoerelse"):
        answer = page.get(address)
        seen += [str(answer.url), re.search(r"<title>(.*?)</title>", answer.text)[1], *re.findall(r'href="([^"]*)"', answer.text)]
    file.write_text(f"version: 1\ncitizen: {{name: {NAME}, cpr: \"{CPR}\", xyz: 1}}\n", "utf-8")
    seen.append(page.get(case).text)
    monkeypatch.setattr(type(page.house.store), "open", lambda *_: (_ for _ in ()).throw(RuntimeError(f"{NAME} {CPR}")))
    broken = page.get(case)
    assert broken.status_code == 500
    seen += [broken.text, caplog.text]

    assert not [text for text in seen if NAME in text or CPR in text or "7203742346" in text]


def test_too_much_is_refused_before_it_is_read(page, monkeypatch) -> None:
    """En kæmpe fil afvises med det samme, også når den lyver om sin størrelse."""
    monkeypatch.setattr(gate, "MAX_BODY", 10_000)
    big = b"x" * 20_000
    assert page.submit("/tjek", files={"fil": ("brev.docx", big)}).status_code == 413

    def stream():
        yield b"csrf=" + page.csrf.encode() + b"&tekst="
        yield big

    lying = page.post("/tjek", content=stream(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert lying.status_code == 413


def test_a_slow_upload_is_given_up(tmp_path, monkeypatch) -> None:
    """En fil, der aldrig bliver færdig med at blive sendt, optager ikke siden."""
    import anyio

    monkeypatch.setattr(gate, "MAX_SECONDS", 0.05)
    page = visitor(tmp_path / "s")
    told = []

    async def receive():
        await anyio.sleep(5)

    async def send(message):
        told.append(message)

    cookie = f"sagsklar={page.house.keys.session}".encode()
    scope = {"type": "http", "method": "POST", "path": "/tjek", "raw_path": b"/tjek", "query_string": b"", "root_path": "", "scheme": "http",
             "http_version": "1.1", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8765),
             "headers": [(b"host", b"127.0.0.1:8765"), (b"cookie", cookie), (b"content-type", b"application/x-www-form-urlencoded")]}
    anyio.run(page.app, scope, receive, send)
    assert told[0]["status"] == 408


@pytest.mark.parametrize(("name", "data", "said"), [
    ("brev.docx", b"%PDF-1.4", "PDF"), ("brev.docx", b"", "tom"), ("brev.docx", b"PK\x03\x04junk", "beskadiget"), ("brev.doc", b"\xd0\xcf\x11\xe0", ".doc"),
])
def test_what_is_no_word_file_is_refused_kindly(page, name, data, said) -> None:
    """En fil, der ikke er et Word-dokument, afvises med en forklaring."""
    answer = page.submit("/tjek", files={"fil": (name, data)})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_bomb_is_refused(page) -> None:
    """En lille fil, der pakker sig ud til en kæmpe, bliver ikke pakket ud."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    assert page.submit("/tjek", files={"fil": ("brev.docx", packed.getvalue())}).status_code == 422


def test_uploads_are_not_kept(page, tmp_path) -> None:
    """En fil eller tekst, jeg tjekker, ligger ikke på disken bagefter og er væk, når jeg lukker den."""
    secret = "Hemmelig sætning om Karin"
    checked = page.submit("/tjek", tekst=f"{secret}. Borgeren er doven.")
    number = str(checked.url).partition("?")[0].rpartition("/")[2].partition("#")[0]
    page.submit(f"/tjek/{number}/afvis", regel="SUB101", maerke=re.search(r'name="maerke" value="([^"]+)"', checked.text)[1], grund="Står i et citat")
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert secret.encode() not in kept
    page.submit(f"/tjek/{number}/luk")
    assert page.get(f"/tjek/{number}").status_code == 410


def test_behind_a_proxy_the_secret_header_lets_in(tmp_path) -> None:
    """Bag kommunens proxy er det proxyens hemmelighed, der åbner, og kun på den adresse, der er aftalt."""
    page = visitor(tmp_path / "s", let_in=False, keys=Keys(proxy="proxyens hemmelighed"), public="https://sagsklar.kommune.example")
    host = {"host": "sagsklar.kommune.example"}
    assert page.get("/", headers=host).status_code == 403
    assert page.get("/", headers={**host, "x-sagsklar-proxy": "forkert"}).status_code == 403
    opened = page.get("/", headers={**host, "x-sagsklar-proxy": "proxyens hemmelighed"})
    assert opened.status_code == 200
    assert "Secure" in opened.headers["set-cookie"]
    assert "strict-transport-security" in opened.headers


def test_hosts_and_origins_are_this_machines() -> None:
    """Uden proxy svarer siden kun på maskinens egne navne."""
    hosts, origins = addresses(8765)
    assert hosts == {"127.0.0.1:8765", "localhost:8765"}
    assert BASE in origins
