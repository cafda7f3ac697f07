"""Formularen fra kommandolinjen: lav, udfyld, læs ind; afslutningskoderne siger, om et menneske bør se på det."""

from __future__ import annotations

import pytest

from tests.docgen.filled import fill
from tests.docgen.test_cli import docgen


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sag.yaml").write_text("version: 1\ncase_number: 2026-77\nfunctional:\n  purpose: Belyse funktionsevnen.\n", "utf-8")
    done = docgen("form", "funktionsevnebeskrivelse", "sag.yaml", "-o", "formular.docx", "--area", "energi", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "formular.docx")
    return tmp_path


def returned(folder, answers: dict[str, str]) -> None:
    (folder / "svar.docx").write_bytes(fill((folder / "formular.docx").read_bytes(), answers))


def test_what_is_new_is_written_and_the_code_is_0(folder):
    """Kommer der kun nyt, er sagen færdig uden videre."""
    returned(folder, {"functional.sections[energi].observed": "Hviler 15 minutter."})
    done = docgen("import", "svar.docx", "-o", "sag.yaml", cwd=folder)
    assert done.returncode == 0
    assert "Nyt: Observeret udførelse (functional.sections[energi].observed)" in done.stdout
    assert "Hviler 15 minutter." in (folder / "sag.yaml").read_text("utf-8")
    again = docgen("import", "svar.docx", "-o", "sag.yaml", cwd=folder)
    assert (again.returncode, again.stdout.splitlines()[0]) == (0, "Intet nyt i formularen.")


def test_a_difference_gives_code_1_and_the_case_stands(folder):
    """Siger formularen noget andet end sagen, skal et menneske vælge."""
    before = (folder / "sag.yaml").read_text("utf-8")
    returned(folder, {"functional.purpose": "Noget andet."})
    done = docgen("import", "svar.docx", "-o", "sag.yaml", cwd=folder)
    assert done.returncode == 1 and "Forskel, sagen står" in done.stdout
    assert (folder / "sag.yaml").read_text("utf-8") == before
    dry = docgen("import", "svar.docx", "-o", "sag.yaml", "--take", "form", "--dry-run", cwd=folder)
    assert dry.returncode == 0 and (folder / "sag.yaml").read_text("utf-8") == before
    assert docgen("import", "svar.docx", "-o", "sag.yaml", "--take", "form", cwd=folder).returncode == 0
    assert "Noget andet." in (folder / "sag.yaml").read_text("utf-8")


def test_a_form_is_not_written_over(folder):
    done = docgen("form", "funktionsevnebeskrivelse", "sag.yaml", "-o", "formular.docx", cwd=folder)
    assert done.returncode == 2 and "--overwrite" in done.stderr


def test_what_is_no_form_gives_code_2(folder):
    done = docgen("import", "sag.yaml", "-o", "sag.yaml", cwd=folder)
    assert done.returncode == 2 and "Traceback" not in done.stderr


def test_a_new_assessment_starts_from_the_last_and_the_change_is_shown(folder):
    """»docgen new --from« genbruger og mærker; »docgen changes« viser forskellen; »docgen remarks« spørger, til det er bekræftet."""
    (folder / "gammel.yaml").write_text(
        "version: 1\nfunctional:\n  date: 2026-01-20\n  sections:\n    - key: energi\n      observed: Hviler 15 minutter.\n      level: {value: 2}\n", "utf-8",
    )
    made = docgen("new", "funktionsevnebeskrivelse", "--from", "gammel.yaml", "-o", "ny.yaml", cwd=folder)
    assert made.returncode == 1 and "1 afsnit er genbrugt" in made.stderr
    new = (folder / "ny.yaml").read_text("utf-8")
    assert "carried_over_from: 2026-01-20" in new
    asked = docgen("remarks", "ny.yaml", cwd=folder)
    assert asked.returncode == 1 and "er genbrugt fra vurderingen af 20. januar 2026" in asked.stdout
    (folder / "ny.yaml").write_text(new.replace("15", "5").replace("value: 2", "value: 1").replace("      carried_over_from: 2026-01-20\n", ""), "utf-8")
    shown = docgen("changes", "gammel.yaml", "ny.yaml", cwd=folder)
    assert shown.returncode == 0
    assert "FSIII: [-2 Moderate-] {+1 Lette+} begrænsninger" in shown.stdout and "Hviler [-15-] {+5+} minutter." in shown.stdout
