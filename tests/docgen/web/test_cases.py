"""The case as a form: saved at once, nothing lost, nobody overwritten."""

from __future__ import annotations

import io

import pytest
from docx import Document
from pages import CONTENT

from docgen import jobs
from docgen.casefile import read_case
from docgen.web import tree


def test_a_case_from_an_empty_form_becomes_the_word_file_the_command_line_makes(page) -> None:
    """Det, jeg skriver i felterne, er det, der står i brevet."""
    case = page.empty()
    version = page.version(f"{case}/del/citizen")
    page.submit(f"{case}/del/citizen", version=version, **{"f:citizen.name": "Karin Prøve", "f:citizen.cpr": "7203742346"})
    version = page.version(f"{case}/del/decision")
    page.submit(f"{case}/del/decision", version=version, **{
        "f:decision.scheme": "fleksjob", "f:decision.outcome": "bevilling", "f:decision.date": "22. november 2026"})

    word = page.submit(f"{case}/kladde/afgoerelse/word")

    read = read_case(page.case_file(case))
    assert read.citizen.cpr == "720374-2346"
    assert read.decision.date.isoformat() == "2026-11-22"
    assert word.content == jobs.generate(read, "afgoerelse", content=CONTENT).docx
    assert "Karin Prøve" in "\n".join(p.text for p in Document(io.BytesIO(word.content)).paragraphs)


def test_every_part_of_a_case_can_be_seen_and_saved_untouched(page) -> None:
    """At åbne en side og trykke Gem ændrer intet i sagen."""
    for example in ("07-fleksjob-bevilling-amps.yaml", "20-to-afgoerelser-i-samme-brev.yaml"):
        case = page.example(example)
        before = page.case_file(case).read_text()
        for slug in tree.parts():
            address = f"{case}/del/{slug}"
            shown = page.get(address)
            assert shown.status_code == 200, slug
            saved = page.post(address, data=fields_of(shown.text))
            assert saved.status_code == 200, (slug, saved.text[:2000])
        assert page.case_file(case).read_text() == before


def fields_of(html: str) -> dict[str, list[str]]:
    """What a browser sends of a form that nobody has touched."""
    from lxml import html as parser

    sent: dict[str, list[str]] = {}
    form = next(f for f in parser.fromstring(html).forms if "gemmer" in (f.get("class") or ""))
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def test_an_impossible_value_stays_in_its_field_with_its_reason(page) -> None:
    """Et forkert CPR-nummer bliver stående med en forklaring; det er ikke væk, og det er ikke i sagen."""
    case = page.empty()
    address = f"{case}/del/citizen"
    page.submit(address, version=page.version(address), **{"f:citizen.cpr": "12", "f:citizen.name": "Karin"})

    shown = page.get(address).text

    assert 'value="12"' in shown
    assert '<a href="#f-citizen-cpr">' in shown
    assert "er ikke et muligt CPR-nummer" in shown
    assert read_case(page.case_file(case)).citizen.name == "Karin"

    page.submit(address, version=page.version(address), **{"f:citizen.cpr": "720374-2346"})
    assert "er ikke et muligt CPR-nummer" not in page.get(address).text


def test_two_tabs_in_different_fields_both_win(page) -> None:
    """To faner, der retter hvert sit felt, sletter ikke hinandens arbejde."""
    case = page.example()
    address = f"{case}/del/citizen"
    old = page.version(address)
    page.submit(address, version=old, **{"f:citizen.phone": "11 11 11 11", "f:citizen.name": "Karin Eksempel"})
    page.submit(address, version=old, **{"f:citizen.phone": "00 00 00 11", "f:citizen.name": "Karin Nyt Navn"})

    citizen = read_case(page.case_file(case)).citizen
    assert (citizen.phone, citizen.name) == ("11 11 11 11", "Karin Nyt Navn")


def test_two_tabs_in_the_same_field_are_shown_both(page) -> None:
    """To, der retter det samme, vælger selv; intet er overskrevet imens."""
    case = page.example()
    address = f"{case}/del/citizen"
    old = page.version(address)
    page.submit(address, version=old, **{"f:citizen.name": "Navn fra den ene"})
    conflict = page.submit(address, version=old, **{"f:citizen.name": "Navn fra den anden"})

    assert conflict.status_code == 409
    assert "Navn fra den ene" in conflict.text and "Navn fra den anden" in conflict.text
    assert read_case(page.case_file(case)).citizen.name == "Navn fra den ene"

    page.submit(f"{case}/konflikt", version=page.version(address), **{
        "valg:citizen.name": "mit", "mit:citizen.name": "Navn fra den anden", "tilbage": address})
    assert read_case(page.case_file(case)).citizen.name == "Navn fra den anden"


def test_records_are_added_moved_and_removed(page) -> None:
    """Arbejdsprøvninger kan tilføjes, flyttes og fjernes, også uden JavaScript."""
    case = page.empty()
    address = f"{case}/del/work_trials"
    for place in ("Café", "Lager"):
        page.submit(address, version=page.version(address), handling="tilfoej:work_trials")
        number = len(read_case(page.case_file(case)).work_trials) - 1
        page.submit(address, version=page.version(address), **{f"f:work_trials[{number}].place": place})
    page.submit(address, version=page.version(address), handling="op:work_trials[1]")
    assert [t.place for t in read_case(page.case_file(case)).work_trials] == ["Lager", "Café"]
    page.submit(address, version=page.version(address), handling="fjern:work_trials[0]")
    assert [t.place for t in read_case(page.case_file(case)).work_trials] == ["Café"]


def test_a_document_in_use_is_not_removed(page) -> None:
    """Et dokument, begrundelsen henviser til, kan ikke forsvinde under den."""
    case = page.example()
    address = f"{case}/del/documents"
    refused = page.submit(address, version=page.version(address), handling="fjern:documents[0]")

    assert refused.status_code == 422
    assert "bruges andre steder" in refused.text


def test_a_documents_new_id_follows_it_everywhere(page) -> None:
    """Omdøbes et dokument, følger henvisningerne med."""
    case = page.example()
    address = f"{case}/del/documents"
    before = len(read_case(page.case_file(case)).documents)
    page.submit(address, version=page.version(address), **{"f:documents[0].id": "Bilag-1"})
    read = read_case(page.case_file(case))

    assert read.documents[0].id == "Bilag-1"
    assert len(read.documents) == before


def test_undo_redo_and_look_back(page) -> None:
    """Fortryd, gentag, og se sagen, som den var."""
    case = page.empty()
    address = f"{case}/del/citizen"
    for name, phone in (("Karin", ""), ("Karin", "11 11 11 11")):
        page.submit(address, version=page.version(address), **{"f:citizen.name": name, "f:citizen.phone": phone})
    page.submit(f"{case}/fortryd")
    assert read_case(page.case_file(case)).citizen.phone is None
    page.submit(f"{case}/fortryd")
    assert read_case(page.case_file(case)).citizen is None
    page.submit(f"{case}/fortryd", igen="1")
    page.submit(f"{case}/fortryd", igen="1")
    assert read_case(page.case_file(case)).citizen.phone == "11 11 11 11"
    assert "Karin" in page.get(f"{case}/historik/1").text
    page.submit(f"{case}/historik/1")
    assert read_case(page.case_file(case)).citizen is None


def test_a_persons_own_remarks_in_the_file_are_kept(page, tmp_path) -> None:
    """Kommentarer, jeg selv har skrevet i sagsfilen, står der stadig, når siden har gemt."""
    file = tmp_path / "sager" / "min-sag.yaml"
    page.house.store  # noqa: B018  makes the folder
    file.write_text("# husk at ringe til lægen\nversion: 1\ncitizen:\n  name: Karin  # kaldes Kaja\n", "utf-8")
    case = f"/sager/{page.house.store.id_of('min-sag.yaml')}"
    address = f"{case}/del/citizen"
    page.submit(address, version=page.version(address), **{"f:citizen.phone": "11 11 11 11"})

    text = file.read_text("utf-8")
    assert "# husk at ringe til lægen" in text and "# kaldes Kaja" in text
    assert read_case(file).citizen.phone == "11 11 11 11"


def test_import_and_export_are_the_command_lines_file(page) -> None:
    """Sagsfilen ud og ind igen er den samme sag."""
    case = page.example()
    for form in ("yaml", "json"):
        out = page.get(f"{case}/fil.{form}")
        back = page.submit("/sager/hent", files={"fil": (f"sag.{form}", out.content)})
        copy = str(back.url).removeprefix("http://127.0.0.1:8765")
        assert read_case(page.case_file(copy)) == read_case(page.case_file(case))
    wrong = page.submit("/sager/hent", files={"fil": ("sag.yaml", b"version: 1\ncitizen:\n  nam: x\n")})
    assert wrong.status_code == 422
    assert "Linje 3" in wrong.text and "name" in wrong.text


def test_only_what_law_allows_can_be_chosen(page) -> None:
    """Ressourceforløb kan ikke bevilges nyt, når ordningen er lukket; siden siger hvorfor."""
    case = page.empty()
    address = f"{case}/del/decision"
    page.submit(address, version=page.version(address), **{"f:decision.scheme": "ressourceforloeb", "f:decision.date": "2026-11-22"})
    shown = page.get(address).text

    assert 'value="bevilling"' not in shown
    assert "Bevilling kan ikke vælges" in shown


def test_choosing_a_scheme_puts_its_conditions_up(page) -> None:
    """Når jeg vælger fleksjob og bevilling, står lovens betingelser klar til at blive besvaret."""
    case = page.empty()
    address = f"{case}/del/decision"
    page.submit(address, version=page.version(address), **{
        "f:decision.scheme": "fleksjob", "f:decision.outcome": "bevilling", "f:decision.date": "2026-11-22"})
    keys = [c.key for c in read_case(page.case_file(case)).decision.conditions]

    assert "varig" in keys and "alt_proevet" in keys
    assert "meget_begraenset" not in keys  # belongs to some cases only


def test_saving_while_typing_answers_with_the_field_in_question(page) -> None:
    """Mens jeg skriver, gemmes feltet, og fejlen kommer ved feltet."""
    case = page.empty()
    version = page.version(f"{case}/del/citizen")
    answer = page.submit(f"{case}/gem", version=version, **{"f:citizen.birth_date": "32. maj 1980"}).json()

    assert "er ikke en dato, der findes" in answer["fejl"]["citizen.birth_date"]
    conflict = page.submit(f"{case}/gem", version="0" * 20, **{"f:citizen.name": "x"})
    assert conflict.status_code == 409


@pytest.mark.parametrize("address", ["/sager/findes-ikke", "/sager/0123456789abcdef", "/sager/..%2f..%2fetc/del/citizen", "/findes-ikke"])
def test_what_does_not_exist_is_said_kindly(page, address) -> None:
    """En sag, der ikke findes, giver en venlig besked og ikke en fejl i programmet."""
    answer = page.get(address)

    assert answer.status_code == 404
    assert "findes ikke" in answer.text
