"""Ti opdigtede sager, hver skrevet dårligt og godt: hele regelsættet siger det, en erfaren ergoterapeut ville sige."""

import datetime
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import nlp

CASES = YAML(typ="safe").load(Path(__file__).with_name("mini_cases.yaml").read_text("utf-8"))
LINTER = nlp.load()


@cache
def findings(number: int, side: str) -> list[nlp.Finding]:
    case = CASES[number]
    assert isinstance(case["facts"]["decision_date"], datetime.date)
    return LINTER.lint(case[side], **case["facts"])


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["id"])
def test_the_badly_written_text_draws_what_a_senior_therapist_would_say(number):
    """Den dårlige tekst får de påpegninger, den fortjener."""
    found = findings(number, "bad")
    drawn = {LINTER.rulebook.get(f.rule).label for f in found} | {f.name for f in found}
    assert set(CASES[number]["draws"]) - drawn == set()


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["id"])
def test_the_well_written_text_draws_nothing_above_a_suggestion(number):
    """Den gode tekst om den samme borger får højst et forslag, når hele regelsættet læser den."""
    assert [(f.name, f.text) for f in findings(number, "good") if f.severity != "forslag"] == []
