"""Ti opdigtede sager, hver skrevet dårligt og godt: linteren siger det, en erfaren ergoterapeut ville sige."""

import datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import nlp

CASES = YAML(typ="safe").load(Path(__file__).with_name("mini_cases.yaml").read_text("utf-8"))
LINTER = nlp.load()
WHEN = datetime.date(2026, 11, 22)
# What a single passage can be asked about; that a whole letter lacks something is asked of whole letters.
WORDING = ["subjektivt_sprog", "redskaber", "klarsprog", "dokument"]


def findings(text: str, case: dict) -> list[nlp.Finding]:
    found = LINTER.lint(text, decision_date=WHEN, **case["facts"])
    return [f for f in found if f.category in case.get("only", WORDING)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_badly_written_text_draws_what_a_senior_therapist_would_say(case):
    """Den dårlige tekst får de påpegninger, den fortjener."""
    found = findings(case["bad"], case)
    drawn = {LINTER.rulebook.get(f.rule).label for f in found} | {f.name for f in found}
    assert set(case["draws"]) <= drawn


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_well_written_text_draws_nothing_above_a_suggestion(case):
    """Den gode tekst om den samme borger får højst et forslag."""
    assert [(f.name, f.text) for f in findings(case["good"], case) if f.severity != "forslag"] == []
