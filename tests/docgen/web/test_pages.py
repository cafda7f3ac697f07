"""Draft, therapist's pages, checking and many letters, as the server answers them."""

from __future__ import annotations

import csv
import io
import json
import re

from browser import FAULTY
from docx import Document
from pages import CONTENT, visitor  # noqa: F401

from docgen import jobs
from docgen.casefile import read_case


def word(text: str) -> bytes:
    document, packed = Document(), io.BytesIO()
    for line in text.split("\n\n"):
        document.add_paragraph(line)
    document.save(packed)
    return packed.getvalue()


def test_the_draft_page_tells_what_is_missing_and_where_to_fill_it(page) -> None:
    """Hvert hul fører til det felt, hvor det udfyldes; når det er udfyldt, er hullet væk."""
    case = page.empty()
    shown = page.get(f"{case}/kladde/overdragelsesnotat").text
    address = re.search(r'<a href="([^"]+)#f-citizen-name">', shown)[1]
    assert 'id="f-citizen-name"' in page.get(address).text
    page.submit(address, version=page.version(address), **{"f:citizen.name": "Karin Prøve"})
    assert "#f-citizen-name" not in page.get(f"{case}/kladde/overdragelsesnotat").text


def test_a_gap_in_the_text_leads_to_its_field(page) -> None:
    """Et hul i kladdens tekst er til at se og fører til det felt, hvor det udfyldes."""
    case = page.empty()
    shown = page.get(f"{case}/kladde/overdragelsesnotat").text
    assert re.search(r'<a class="hul" href="[^"]+/del/citizen#f-citizen-name">\[MANGLER: [^<]+\]</a>', shown)


def test_every_gap_link_leads_to_a_field(page) -> None:
    """Et link fra listen over mangler fører altid til en side med feltet."""
    from docgen.model import Kind

    case = page.example("21-sag-med-huller.yaml")
    for kind in Kind:
        shown = page.get(f"{case}/kladde/{kind}").text
        for address, anchor in set(re.findall(r'<a href="(/sager/[^"#]+)#(f-[^"]+)">', shown)):
            answer = page.get(address)
            assert answer.status_code == 200, address
            assert f'id="{anchor}"' in answer.text or "/terapi/" in address, (kind, address, anchor)


def test_the_draft_page_shows_law_with_its_status_and_the_deadline(page) -> None:
    """Siden viser hver lovhenvisning med status, og hvordan klagefristen er talt."""
    case = page.example()
    shown = page.get(f"{case}/kladde/afgoerelse").text
    manifest = page.get(f"{case}/kladde/afgoerelse/manifest.json").json()

    assert all(used["cite"] in shown for used in manifest["law"].values() if "»" not in used["cite"])
    assert "afledt, ikke slået op" in shown
    assert "Sidste dag er" in shown and "tælles ikke med" in shown
    assert manifest == json.loads(json.dumps(jobs.generate(read_case(page.case_file(case)), "afgoerelse", content=CONTENT).manifest))


def test_a_new_draft_shows_what_has_changed(page) -> None:
    """Ændrer jeg sagen, efter Word-filen er hentet, viser siden forskellen."""
    case = page.example()
    page.submit(f"{case}/kladde/afgoerelse/word")
    assert "Teksten er den samme" in page.get(f"{case}/kladde/afgoerelse").text
    address = f"{case}/del/citizen"
    page.submit(address, version=page.version(address), **{"f:citizen.name": "Karin Nyt Navn"})
    shown = page.get(f"{case}/kladde/afgoerelse").text
    assert re.search(r"Karin<del>\s*Eksempel</del><ins>\s*Nyt Navn</ins>", re.sub(r"(<ins>[^<]*)", r"\1", shown))


def test_what_law_does_not_allow_has_no_draft(page) -> None:
    """En bevilling af en afskaffet ordning bliver ikke til et brev; siden siger hvorfor."""
    case = page.empty()
    address = f"{case}/del/decision"
    page.submit(address, version=page.version(address), **{"f:decision.scheme": "ressourceforloeb", "f:decision.date": "2026-11-22"})
    text = page.case_file(case).read_text().replace("scheme:", "outcome: bevilling\n  scheme:")
    page.case_file(case).write_text(text)
    assert "Loven giver ikke denne afgørelse" in page.get(f"{case}/kladde/afgoerelse").text


def test_levels_have_their_meaning_and_not_assessed_is_not_zero(page) -> None:
    """Hvert niveau står med sin betydning, og »ikke vurderet« er et svar for sig og ikke 0."""
    case = page.example()
    shown = page.get(f"{case}/terapi/mobilitet").text
    for level in CONTENT.scales["fsiii"].levels:
        assert f"{level.value} {level.name}" in shown and level.meaning.split("»")[0][:40] in shown
    number = re.search(r'name="f:(functional\.sections\[\d+\])\.level\.value"', shown)[1]
    page.submit(f"{case}/gem", version=page.version(f"{case}/terapi/mobilitet"), **{f"f:{number}.level.value": "ikke_vurderet"})
    section = next(s for s in read_case(page.case_file(case)).functional.sections if s.key == "mobilitet")
    assert section.level.value == "ikke_vurderet"


def test_the_therapist_has_examples_of_good_wording(page) -> None:
    """Ved hvert felt i et område står, hvordan det kan skrives."""
    case = page.example()
    shown = page.get(f"{case}/terapi/mobilitet").text
    for slot in ("observed", "citizen_view", "assessment", "resources"):
        assert CONTENT.sections.slots[slot].rule[:30] in shown


def test_the_profile_is_drawn_with_words(page) -> None:
    """Figuren har de samme oplysninger i ord, så den også kan høres."""
    case = page.example()
    shown = page.get(f"{case}/terapi").text
    assert 'fill="#404040"' in shown and "FSIII: 2 Moderate" in shown and "Niveau for hvert område" in shown


def test_findings_are_marked_listed_and_tied_together(page) -> None:
    """Hvert fund i teksten er markeret, knyttet til sin forklaring og står på listen med råd og kilde."""
    shown = page.submit("/tjek", tekst=FAULTY, kind="afgoerelse", scheme="fleksjob", outcome="afslag").text
    for number in re.findall(r'<mark[^>]*data-fund="(\d+)"', shown):
        assert f'id="fund-{number}"' in shown
    marks = re.findall(r'aria-describedby="((?:fund-\d+ )+)"', shown)
    assert marks and all(f'id="{one}"' in shown for mark in marks for one in mark.split())
    assert "klagefrist-mangler" in shown and "Kilde:" in shown and "Bliver markeret:" in shown


def test_a_dismissal_needs_a_reason_and_can_be_taken_back(page) -> None:
    """Et fund afvises med en begrundelse; »ok« er ikke nok, og det kan fortrydes."""
    checked = page.submit("/tjek", tekst="Borgeren er doven.")
    address = str(checked.url).partition("#")[0].replace("http://127.0.0.1:8765", "")
    found = re.search(r'name="regel" value="SUB101"><input type="hidden" name="maerke" value="([^"]+)"', checked.text)[1]
    assert page.submit(f"{address}/afvis", regel="SUB101", maerke=found, grund="ok").status_code == 422
    after = page.submit(f"{address}/afvis", regel="SUB101", maerke=found, grund="Ordet er borgerens eget").text
    assert "Begrundelse: Ordet er borgerens eget" in after and "SUB101" not in after.partition("Afvist")[0]
    back = page.submit(f"{address}/tag-tilbage", regel="SUB101", maerke=found).text
    assert "Begrundelse: Ordet er borgerens eget" not in back


def test_many_letters_are_sorted_filtered_and_taken_out(page) -> None:
    """QA ser mange breve på én gang; en fil, der ikke kan læses, er en række og ikke glemt."""
    files = [("filer", (f"brev-{n}.docx", word(FAULTY))) for n in range(5)] + [("filer", ("pdf.docx", b"%PDF-1.4")), ("filer", ("tom.txt", b"Hej."))]
    shown = page.post("/overblik", data={"csrf": page.csrf, "kind": "afgoerelse"}, files=files)
    address = str(shown.url).replace("http://127.0.0.1:8765", "").partition("#")[0]
    names = lambda text: re.findall(r'<tr><th scope="row">(?:<a [^>]+>)?([^<]+\.(?:docx|txt))<', text)  # noqa: E731

    assert names(shown.text) == [*(f"brev-{n}.docx" for n in range(5)), "pdf.docx", "tom.txt"]
    assert names(page.get(f"{address}?vis=ulaest").text) == ["pdf.docx"]
    assert names(page.get(f"{address}?sort=fejl").text)[-1] == "pdf.docx"
    assert "SUB101" in shown.text  # seen in five letters
    rows = list(csv.reader(io.StringIO(page.get(f"{address}/rapport.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) > 5
    assert rows[0][0] == "Fil"  # nothing stands before the first heading
    for form in ("csv", "html"):
        report = page.get(f"{address}/rapport.{form}").text
        assert "umotiveret for praktik" not in report and "brev-0.docx" in report


def test_small_numbers_are_not_told(page) -> None:
    """Et tal for færre end fem breve vises ikke, for det kan pege på én person."""
    shown = page.post("/overblik", data={"csrf": page.csrf}, files=[("filer", ("brev.docx", word(FAULTY)))]).text
    assert "vises ikke hver for sig" in shown
    assert not re.search(r"<a href=\"\?regel=", shown)
    assert "brev.docx" not in page.get(re.search(r'href="(/overblik/[0-9a-f]+/tal.csv)"', shown)[1]).text


def test_the_counts_alone_can_be_taken_out(page) -> None:
    """Tallene til dem, der ikke skal vide, hvem det handler om: regler og antal, ingen filnavne, ingen små tal."""
    files = [("filer", (f"Karin Holm {n}.txt", FAULTY.encode())) for n in range(6)] + [("filer", ("en.txt", b"Borgeren er klynkende."))]
    shown = page.post("/overblik", data={"csrf": page.csrf, "kind": "afgoerelse"}, files=files)
    address = str(shown.url).replace("http://127.0.0.1:8765", "").partition("#")[0]
    for form in ("csv", "html"):
        counts = page.get(f"{address}/tal.{form}").text
        assert "SUB101" in counts and "Karin" not in counts and "doven" not in counts
    rows = list(csv.reader(io.StringIO(page.get(f"{address}/tal.csv").content.decode("utf-8-sig")), delimiter=";"))
    letters = {row[0]: row[3] for row in rows[1:] if row[0]}
    assert set(letters.values()) <= {"6", "7"}
    assert page.get(f"{address}/tal.exe").status_code == 404


def test_a_letter_of_many_has_its_findings_and_the_next_letter(page) -> None:
    """Fra overblikket kommer jeg til det enkelte brevs fund, og derfra til det næste brev."""
    files = [("filer", (f"mappe/brev-{n}.txt", FAULTY.encode())) for n in range(2)]
    shown = page.post("/overblik", data={"csrf": page.csrf, "kind": "afgoerelse"}, files=files).text
    first = re.search(r'<a href="([^"]+/brev/0)">mappe/brev-0.txt</a>', shown)[1]
    letter = page.get(first).text
    assert "»doven«" in letter and "Borgeren virker doven" in letter and "Brev 1 af 2" in letter
    assert "Brev 2 af 2" in page.get(re.search(r'<a class="button button-secondary" href="([^"]+)">Næste brev', letter)[1]).text
    page.submit(f"{first.rpartition('/brev')[0]}/luk")
    assert page.get(first).status_code == 410


def test_what_was_not_checked_is_told(page) -> None:
    """Ved siden ikke, hvad det er for et dokument, siger den, at regler ikke er kørt; ingen fund er ikke et godkendt brev."""
    assert "Dokumenttypen er ikke oplyst" in page.submit("/tjek", tekst="Alt er i orden.").text
    assert "Dokumenttypen er ikke oplyst" not in page.submit("/tjek", tekst="Alt er i orden.", kind="afgoerelse").text


def test_a_pasted_text_comes_out_as_word_with_comments(page) -> None:
    """En tekst, jeg har sat ind, kan hentes som Word med fundene som kommentarer; ordene er de samme, og fund om filen er ikke med."""
    checked = page.submit("/tjek", tekst=FAULTY, kind="afgoerelse")
    address = str(checked.url).partition("#")[0].replace("http://127.0.0.1:8765", "")
    document = Document(io.BytesIO(page.submit(f"{address}/kommenteret").content))
    texts = [c.text for c in document.comments]
    assert [p.text for p in document.paragraphs if p.text] == [line for line in FAULTY.split("\n") if line]
    assert any("»doven«" in text for text in texts)
    assert not [text for text in texts if "DOK" in text]


def test_an_error_page_leads_back_to_where_i_was(page) -> None:
    """Gik noget galt, er der en vej tilbage til den side, jeg kom fra, men aldrig til en fremmed."""
    sent = {"csrf": page.csrf}
    back = page.post("/overblik", data=sent, headers={"referer": "http://127.0.0.1:8765/overblik"})
    assert back.status_code == 422 and 'href="/overblik">Tilbage, og prøv igen' in back.text
    for stranger in ("https://evil.example/overblik", "http://127.0.0.1:8765.evil.example/x", "//evil.example", ""):
        assert "Tilbage, og prøv igen" not in page.post("/overblik", data=sent, headers={"referer": stranger}).text


def test_what_i_tell_wrongly_of_a_text_is_said_while_i_type(page) -> None:
    """Skriver jeg alderen med bogstaver, siger siden det, og resten tjekkes alligevel."""
    told = page.submit("/tjek-nu", tekst="Borgeren er doven.", citizen_age="halvtreds", decision_date="snart").json()
    assert "Alderen skal være et helt tal" in told["status"] and "ikke en hel dato" in told["status"]
    assert "doven" in told["html"]
