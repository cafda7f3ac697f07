"""The checklist over many cases, on the command line."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from docgen.casefile import to_yaml
from docgen.cli import cli
from docgen.model import Case


@pytest.fixture
def folder(tmp_path):
    for number in range(3):
        documents = [{"id": "D1", "type": "lae_145", "date": "2026-09-01"}] if number else []
        one = Case.model_validate({"case_number": f"26-{number}", "citizen": {"name": "Karin Holm", "cpr": "610285-1234"}, "documents": documents})
        (tmp_path / f"{number}.yaml").write_text(to_yaml(one), "utf-8")
    (tmp_path / "9.yaml").write_text("case_number: [", "utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["check", *map(str, arguments), "--scheme", "fleksjob", "--date", "2026-11-20"], standalone_mode=False)


@pytest.mark.parametrize("form", ["text", "json", "csv", "html"])
def test_many_cases_become_a_list_without_anything_personal(folder, form) -> None:
    """En mappe med sager giver en liste med antal eller krav; en sag, der ikke kan læses, står der som det."""
    result = run(folder, "--format", form)
    assert result.return_value == 1
    assert "9.yaml" in result.output
    assert "Karin" not in result.output and "610285" not in result.output
    if form == "json":
        assert [c["row"] for c in json.loads(result.stdout)["cases"]] == ["0.yaml", "1.yaml", "2.yaml", "9.yaml"]


@pytest.mark.parametrize("form", ["csv", "html"])
def test_the_statistics_name_no_case(folder, form) -> None:
    """Tallene alene nævner ingen sag og ingen fil; tre sager er for få til at stå med tal."""
    few = run(folder, "--format", form, "--statistics")
    assert "Aktuelle lægelige oplysninger" not in few.output
    for number in range(3, 16):
        (folder / f"{number}.yaml").write_text(to_yaml(Case.model_validate({"case_number": f"26-{number}"})), "utf-8")
    result = run(folder, "--format", form, "--statistics")
    assert "Aktuelle lægelige oplysninger" in result.output
    assert "yaml" not in result.output and "under 5" in result.output


def test_what_does_not_fit_together_is_told(folder) -> None:
    """Tal som tekst, et ark over mange sager og tal om én sag giver en forklaring."""
    for arguments in ((folder, "--statistics"), (folder, "--format", "docx"), (folder / "0.yaml", "--statistics")):
        assert isinstance(run(*arguments).exception, click.UsageError)
