"""The jobs over HTTP for case systems."""

from __future__ import annotations

import io
import json
import logging

import pytest
from docx import Document
from pages import CONTENT, visitor

from docgen import casefile, jobs
from docgen.content import examples
from docgen.web.app import create_app
from docgen.web.gate import Keys
from docgen.web.house import House

KEY = {"authorization": "Bearer noeglen"}
CASE = casefile.to_data(casefile.read_case(examples() / "cases" / "07-fleksjob-bevilling-amps.yaml"))


@pytest.fixture
def api(tmp_path):
    with visitor(tmp_path / "s", let_in=False, keys=Keys(api="noeglen")) as made:
        yield made


def test_a_case_in_and_the_same_word_file_out(api) -> None:
    """Fagsystemet sender sagen og får den Word-fil, kommandolinjen laver."""
    answer = api.post("/api/draft", json={"kind": "afgoerelse", "case": CASE}, headers=KEY)

    assert answer.status_code == 200
    assert answer.content == jobs.generate(casefile.parse_case(json.dumps(CASE), casefile.Path("x.json")), "afgoerelse", content=CONTENT).docx
    told = api.post("/api/draft?format=json", json={"kind": "afgoerelse", "case": {}}, headers=KEY).json()
    assert "citizen.name" in [gap["path"] for gap in told["gaps"]]


def test_a_document_in_and_findings_out(api) -> None:
    """Fagsystemet sender et brev og får fundene med sted og råd."""
    document, packed = Document(), io.BytesIO()
    document.add_paragraph("Borgeren virker doven.")
    document.save(packed)
    answer = api.post("/api/review", params={"kind": "afgoerelse"}, files={"file": ("brev.docx", packed.getvalue())}, headers=KEY).json()
    found = next(f for f in answer["findings"] if f["rule"] == "SUB101")

    assert (found["excerpt"], found["location"]["paragraph"], found["severity"]) == ("doven", 1, "advarsel")
    linted = api.post("/api/lint", json={"text": "Borgeren virker doven."}, headers=KEY).json()
    assert "SUB101" in [f["rule"] for f in linted["findings"]]


def test_remarks_on_a_case(api) -> None:
    """Et tal uden for redskabets skala bliver meldt tilbage til fagsystemet."""
    case = {"functional": {"tests": [{"instrument": "who5", "score": 37}]}}
    codes = [r["code"] for r in api.post("/api/remarks", json={"case": case}, headers=KEY).json()]
    assert "redskab-umuligt-tal" in codes


def test_the_checklist_of_a_scheme(api) -> None:
    """Fagsystemet får ordningens tjekliste: opfyldt, ikke opfyldt, kan ikke afgøres."""
    from docgen import checklist

    case = casefile.parse_case(json.dumps(CASE), casefile.Path("x.json"))
    answer = api.post("/api/check", json={"case": CASE, "scheme": "fleksjob"}, headers=KEY).json()
    assert answer == json.loads(json.dumps(checklist.as_json(checklist.check(case, "fleksjob", content=CONTENT)), default=str))


def test_without_the_key_there_is_nothing(api) -> None:
    """Uden nøgle intet svar, og med en forkert heller ikke."""
    for headers in ({}, {"authorization": "Bearer forkert"}, {"authorization": "noeglen"}):
        answer = api.post("/api/lint", json={"text": "x"}, headers=headers)
        assert answer.status_code == 401
        assert "detail" in answer.json()


def test_our_own_page_needs_its_token_too(page) -> None:
    """Et script på en anden side kan ikke bruge min åbne side som vej ind."""
    assert page.post("/api/lint", json={"text": "x"}).status_code == 403
    assert page.post("/api/lint", json={"text": "Borgeren er doven."}, headers={"x-csrf": page.csrf}).status_code == 200


def test_what_is_wrong_is_told_without_repeating_it(api) -> None:
    """Er noget forkert, siger svaret hvor, men gentager aldrig værdien: den kan være et CPR-nummer."""
    answer = api.post("/api/draft", json={"kind": "afgoerelse", "case": {"citizen": {"cpr": "999999-9999", "navn": "Karin"}}}, headers=KEY)

    assert answer.status_code == 422
    assert {p["where"] for p in answer.json()["problems"]} == {"body.case.citizen.cpr", "body.case.citizen.navn"}
    assert "999999" not in answer.text and "Karin" not in answer.text


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_the_description_is_true(tmp_path, mode) -> None:
    """Beskrivelsen af grænsefladen passer: intet, et fagsystem sender, rigtigt eller forkert, giver en fejl i programmet, et svar,
    der ikke er beskrevet, eller et ja til noget, beskrivelsen forbyder."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis import given as hypothesis_given
    from hypothesis.errors import Unsatisfiable
    from schemathesis.checks import CHECKS, load_all_checks

    logging.getLogger("docgen.web").setLevel(logging.CRITICAL)
    load_all_checks()
    # What fits the description can still be refused: a document id that nothing has, a sign that Word cannot hold, bytes that are no .docx.
    checks = [check for check in CHECKS.get_all() if check.__name__ != "positive_data_acceptance"]
    house = House(tmp_path / "s", CONTENT, Keys(api="noeglen"))
    app = create_app(house, {"localhost", "testserver"}, {"http://localhost"})
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=KEY)
    tried = []
    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy(generation_mode=schemathesis.GenerationMode[mode])

        @hypothesis_given(case=strategy)
        @settings(max_examples=6, deadline=None, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck), database=None)
        def keeps_its_word(case) -> None:
            answer = case.call(headers=KEY)
            case.validate_response(answer, checks=checks, headers=KEY)
            tried.append(answer.status_code)

        try:
            keeps_its_word()
        except Unsatisfiable:
            assert operation.ok().label == "GET /api/kinds"  # there is nothing to get wrong
    assert len(tried) > 25
