"""Tre opdigtede borgere: formularen laves, udfyldes, gemmes i LibreOffice, læses ind i sagen og bliver til en beskrivelse."""

import datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from docgen import jobs
from docgen.casefile import parse_case, to_yaml
from docgen.content import Content
from docgen.word.read import read
from tests.docgen.filled import fill, libreoffice, saved_by_libreoffice

CITIZENS = YAML(typ="safe").load(Path(__file__).with_name("three_citizens.yaml").read_text("utf-8"))
CONTENT = Content()
KIND = "funktionsevnebeskrivelse"


@pytest.mark.parametrize("citizen", CITIZENS, ids=lambda c: c["id"])
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice er ikke installeret")
def test_the_form_comes_back_and_becomes_a_description(citizen, tmp_path):
    """Ergoterapeuten skriver én gang; sagsbehandleren skriver intet af."""
    case_file = tmp_path / "sag.yaml"
    plain = YAML()
    plain.dump(citizen["case"], case_file)
    docx = saved_by_libreoffice(fill(jobs.make_form(case_file, KIND, content=CONTENT), citizen["answers"]), tmp_path)

    got = jobs.import_form(docx, case_file, content=CONTENT)
    report = got.report
    assert (report.differing, report.cleared, report.unreadable, report.outside, report.lost) == ((), (), (), (), 0)
    assert {c.path for c in report.new} | set(report.confirmed) == set(citizen["answers"])
    case_file.write_text(got.text, "utf-8")
    assert jobs.import_form(docx, case_file, content=CONTENT).text is None  # returned twice
    assert parse_case(to_yaml(got.case), case_file) == got.case

    draft = jobs.generate(case_file, KIND, content=CONTENT)
    text = read(draft.docx).document.text
    assert [words for words in citizen["text"] if words not in text] == []
    found = {r.code for r in jobs.remarks(got.case, content=CONTENT, today=datetime.date(2026, 11, 22))}
    assert set(citizen["remarks"]) <= found
    if not citizen["remarks"]:
        assert found <= {"omraade-ikke-naevnt"}
