"""A case in YAML, JSON, CSV and JSON Lines; the empty case file."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import casefile
from docgen.errors import CaseError
from docgen.model import Case, Scheme
from docgen.validate import validate
from docgen.yamlfile import parse


def again(text: str, name: str = "sag.yaml") -> Case:
    return validate(Case, parse(text.encode("utf-8"), Path(name), CaseError), CaseError)


def test_the_empty_case_file_is_a_case_with_nothing_in_it() -> None:
    """»docgen new« giver en fil, der kan bruges, før jeg har skrevet noget."""
    case = again(casefile.empty())

    assert casefile.to_data(case) == {}


def test_every_commented_line_of_the_empty_case_file_can_be_used() -> None:
    """Når jeg fjerner # foran en liste, passer nøglerne med programmet."""
    filled = re.sub(r"^# (\s+(- )?[a-z_]+:)", r"\1", casefile.empty(), flags=re.M)
    filled = re.sub(r"^#   -$", "", re.sub(r"^(\s+(?:- )?)key:(\s)", r"\1key: egenomsorg\2", filled, flags=re.M), flags=re.M)
    filled = filled.replace("id:  #", "id: D1  #").replace("instrument:  #", "instrument: amps_motor  #")

    with_all = again(re.sub(r"^# +-\s*$", "", filled, flags=re.M))

    assert with_all.documents[0].id == "D1"
    assert with_all.functional.sections[0].key == "egenomsorg"
    assert with_all.decision.conditions[0].key == "egenomsorg"


def test_only_what_one_kind_uses() -> None:
    """Sagsfilen til én dokumenttype spørger kun om det, den bruger."""
    text = casefile.empty({"meeting"}, "gennemgang")

    assert "meeting:" in text
    assert "work_trials:" not in text


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), include_characters="\n"), min_size=1, max_size=60)


@settings(max_examples=150)
@given(name=texts, wishes=texts, day=st.dates(datetime.date(1990, 1, 1)), hours=st.floats(0, 60, allow_nan=False))
def test_a_case_survives_writing_and_reading(name: str, wishes: str, day: datetime.date, hours: float) -> None:
    """Intet går tabt, når sagen gemmes og åbnes igen, heller ikke æøå og linjeskift."""
    case = Case(
        citizen={"name": name, "cpr": "610285-1234"},
        account={"wishes": wishes, "dated": day},
        work_trials=[{"planned_hours": hours, "start": day}],
        case_number="0012.50",
    )

    assert again(casefile.to_yaml(case)) == case
    assert again(casefile.to_json(case), "sag.json") == case


def test_the_schema_accepts_what_the_programme_accepts() -> None:
    """Editoren retter de samme fejl som programmet."""
    validator = jsonschema.Draft202012Validator(casefile.schema())
    good = {"citizen": {"name": "Ane"}, "decision": {"scheme": "fleksjob", "date": "2026-11-22"}}

    validator.validate(good)
    assert not validator.is_valid({"citizen": {"nam": "Ane"}})
    assert not validator.is_valid({"decision": {"scheme": "pension"}})


def test_a_spreadsheet_of_cases(tmp_path: Path) -> None:
    """Et udtræk fra Excel med semikolon, danske datoer, ja/nej og decimalkomma kan bruges, som det er."""
    path = tmp_path / "sager.csv"
    path.write_text(
        "case_number;citizen.name;citizen.cpr;citizen.protected_address;decision.scheme;decision.date;"
        "work_trials[0].planned_hours;decision.considerations[0]\n"
        "26-1;Åse Prøve;610285-1234;nej;fleksjob;22-11-2026;7,5;Vi har lagt vægt på\n"
        "26-2;Bo Prøve;x;nej;fleksjob;22.11.2026;;\n",
        "cp1252",
    )

    good, bad = casefile.read_many(path)

    assert good.case.citizen.name == "Åse Prøve"
    assert good.case.decision.date == datetime.date(2026, 11, 22)
    assert good.case.decision.scheme is Scheme.FLEKSJOB
    assert good.case.work_trials[0].planned_hours == 7.5
    assert bad.case is None
    assert "sager.csv:3:3" in str(bad.error)


def test_an_unknown_column_is_explained(tmp_path: Path) -> None:
    """En kolonne, programmet ikke kender, tabes aldrig stiltiende."""
    path = tmp_path / "sager.csv"
    path.write_text("citizen.navn,case_number\nAne,1\n", "utf-8")

    with pytest.raises(CaseError, match=r"sager\.csv:1:1: Kolonne 1 »citizen\.navn« kendes ikke"):
        list(casefile.read_many(path))


def test_json_lines_name_the_line(tmp_path: Path) -> None:
    """En dårlig linje standser ikke de andre."""
    path = tmp_path / "sager.jsonl"
    path.write_text('{"case_number": "1"}\n{"case_number": 2}\n\n{"case_number": "3"}\n', "utf-8")

    rows = list(casefile.read_many(path))

    assert [r.case.case_number if r.case else None for r in rows] == ["1", None, "3"]
    assert "sager.jsonl:2:" in str(rows[1].error)
