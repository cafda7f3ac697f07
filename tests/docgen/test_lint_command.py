"""`docgen lint` and `docgen uncomment` as people and scripts use them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli import cli
from docgen.errors import DocgenError
from docgen.word.sample import sample

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> tuple[int, str, str]:
    """(exit code, stdout, stderr), as the installed command gives them."""
    result = CliRunner().invoke(cli, [str(a) for a in arguments], standalone_mode=False)
    if isinstance(result.exception, DocgenError):
        return 2, result.stdout, str(result.exception)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return int(result.return_value or 0), result.stdout, result.stderr


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "brev.docx"
    path.write_bytes(sample("# Afgørelse\nKære [navn].\n@egenskab title ="))
    return path


@pytest.fixture
def clean(tmp_path):
    path = tmp_path / "rent.docx"
    path.write_bytes(sample("Kære Bo\nVi har modtaget din ansøgning den 2. marts 2026."))
    return path


def test_exit_codes_follow_the_contract(letter, clean, tmp_path):
    """0: intet for et menneske. 1: se på det. 2: ikke læst."""
    assert run("lint", clean)[0] == 0
    assert run("lint", letter)[0] == 1
    assert run("lint", letter, "--fail-on", "aldrig")[0] == 0
    assert run("lint", letter, "--ignore", "pladsholder")[0] == 0
    assert run("lint", letter, "--ignore", "pladsholder", "--fail-on", "forslag", "--select", "DOK")[0] == 1
    (tmp_path / "doed.docx").write_bytes(b"nej")
    code, _, told = run("lint", tmp_path / "doed.docx")
    assert code == 2 and "ikke et Word-dokument" in told
    assert run("lint", tmp_path)[0] == 2
    assert run("lint", tmp_path / "findes-ikke.docx")[0] == 2


def test_the_command_never_shows_a_traceback(tmp_path):
    """En umulig fil giver en sætning på dansk, aldrig programkode."""
    (tmp_path / "x.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    done = subprocess.run([sys.executable, "-m", "docgen", "lint", str(tmp_path / "x.docx")], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "gamle Word-format (.doc)" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_annotate_writes_a_copy_and_overwrites_nothing(letter):
    """Kopien får kommentarer; brevet selv er uændret, og en gammel kopi bliver ikke erstattet uden videre."""
    before = letter.read_bytes()
    code, _, told = run("lint", letter, "--annotate")
    copy = letter.with_name("brev.kommenteret.docx")
    assert (code, letter.read_bytes()) == (1, before)
    assert copy.exists() and str(copy) in told
    code, _, told = run("lint", letter, "--annotate")
    assert code == 2 and "findes i forvejen" in told
    assert run("lint", letter, "--annotate", "--overwrite")[0] == 1


def test_one_command_removes_our_comments(letter, tmp_path):
    """Én kommando fjerner vores kommentarer igen."""
    run("lint", letter, "--annotate", "--select", "DOK")
    out = tmp_path / "ren.docx"
    code, shown, told = run("uncomment", letter.with_name("brev.kommenteret.docx"), "-o", out)
    assert (code, shown.strip()) == (0, str(out))
    assert "2 kommentarer er fjernet" in told
    assert run("lint", out, "--format", "json", "--select", "DOK")[1].count('"rule"') == 2


def test_a_baseline_accepts_today_and_fails_on_what_is_new(letter, tmp_path):
    """Dagens fund kan accepteres med en begrundelse; nye fund kommer stadig frem."""
    file = tmp_path / "afvisninger.json"
    only = ("--select", "DOK")
    assert run("lint", letter, *only, "--write-baseline", file)[0] == 2
    assert run("lint", letter, *only, "--write-baseline", file, "--reason", "Gennemgået af team 2")[0] == 1
    assert run("lint", letter, *only, "--baseline", file, "--fail-on", "forslag")[0] == 0
    letter.write_bytes(sample("# Afgørelse\nKære [navn].\nDu får XX kr.\n@egenskab title ="))
    code, shown, _ = run("lint", letter, *only, "--baseline", file, "--format", "json")
    assert code == 1
    assert [f["excerpt"] for f in json.loads(shown)["files"][0]["findings"]] == ["XX"]
    letter.write_bytes(sample("# Afgørelse\nKære Bo.\n@egenskab title ="))
    assert "Afvisning uden virkning" in run("lint", letter, *only, "--baseline", file)[2]


def test_the_closest_configuration_wins(letter, tmp_path):
    """Den nærmeste sagsklar.toml gælder; en skrivefejl i den bliver rettet venligt."""
    (tmp_path / "sagsklar.toml").write_text('[lint]\nignore = ["pladsholder"]\n', "utf-8")
    assert run("lint", letter)[0] == 0
    inner = tmp_path / "team"
    inner.mkdir()
    (inner / "b.docx").write_bytes(letter.read_bytes())
    (inner / "sagsklar.toml").write_text('[lint]\nfail_on = "forslag"\n', "utf-8")
    assert run("lint", inner / "b.docx")[0] == 1
    (inner / "sagsklar.toml").write_text('[lint]\nignorer = ["pladsholder"]\n', "utf-8")
    code, _, told = run("lint", inner / "b.docx")
    assert code == 2 and "Mente du »ignore«" in told


def test_statistics_and_schema(letter):
    """Antal for hver regel, og skemaet for JSON-rapporten."""
    assert "DOK101 pladsholder" in run("lint", letter, "--statistics")[1]
    assert json.loads(run("lint", "--schema")[1])["title"].startswith("docgen lint")


def test_what_is_known_of_the_case_can_be_told_with_the_case_file(tmp_path):
    """Sagens CPR-nummer skal ikke skrives på kommandolinjen."""
    case = tmp_path / "sag.yaml"
    case.write_text("version: 1\ncitizen: {cpr: 620190-4321}\n", "utf-8")
    path = tmp_path / "brev.txt"
    path.write_text("CPR-nr. 610285-1234.", "utf-8")
    assert run("lint", path)[0] == 0
    code, shown, _ = run("lint", path, "--case", case)
    assert code == 1 and "tredjepart-cpr" in shown


@pytest.mark.parametrize("arguments", [["--kind", "afgørelse"], ["--age", "200"], ["--decision-date", "22/11"], ["--select", "FINDESIKKE"],
                                       ["--baseline", "findes-ikke.json"], ["--config", "findes-ikke.toml"]])
def test_wrong_usage_is_told(letter, arguments):
    """Forkert brug giver en forklaring."""
    try:
        code, _, told = run("lint", letter, *arguments)
    except Exception as error:
        code, told = getattr(error, "exit_code", 1), str(error)
    assert code == 2 and told
