"""The command line as a new user meets it: Danish, three exit codes, no traceback, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def docgen(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "docgen", *map(str, arguments)], cwd=cwd or ROOT, capture_output=True, text=True,
        encoding="utf-8", env={**__import__("os").environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["genrate"], "Mente du »generate«?"),
        (["generate"], "Der mangler TYPE"),
        (["generate", "afgoerelse"], "Der mangler SAG.yaml"),
        (["generate", "afgoerelse", "x.yaml"], "Der mangler"),
        (["generate", "afgorelse", "x.yaml", "-o", "y.docx"], "x.yaml"),
        (["generate", "afgoerelse", "mangler.yaml", "-o", "y.docx"], "Filen findes ikke"),
        (["generate", "afgoerelse", ".", "-o", "y.docx"], "skal være en .yaml- eller .json-fil"),
        (["new", "afgorelse"], "Mente du »afgoerelse«?"),
        (["new", "--skema"], "--s"),
        (["batch", "afgoerelse", "mangler.txt", "-o", "ud"], ".csv- eller en .jsonl-fil"),
        (["kinds", "--format", "xml"], "Vælg en af: text, json"),
        (["explain", "PL.16.22"], "Mente du »pl.16.2«?"),
        (["--content", "mangler", "kinds"], "Indholdsmappen findes ikke"),
    ],
)
def test_wrong_usage_is_told_in_danish(arguments: list[str], says: str, tmp_path: Path) -> None:
    """Taster jeg forkert, får jeg at vide hvad, og hvad jeg skulle have skrevet; koden er 2."""
    done = docgen(*arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr and "Usage" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["", "kinds", "new", "generate", "batch", "lint", "check", "explain", "form", "import", "content", "serve", "demo"])
def test_every_command_of_the_contract_explains_itself_in_danish(command: str) -> None:
    """Hver kommando har en hjælp på dansk."""
    done = docgen(*[c for c in [command] if c], "--help")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Brug: docgen")
    assert "Vis denne hjælp." in done.stdout
    for english in ("Usage", "Options", "Commands", "Show this", "[required]", "[OPTIONS]", "TEXT", "FILENAME"):
        assert english not in done.stdout, english


def test_from_an_empty_case_to_a_draft_full_of_gaps(tmp_path: Path) -> None:
    """Fra »new« til »generate«: en tom sag giver en kladde med synlige huller, en liste og koden 1."""
    assert docgen("new", "afgoerelse", "-o", tmp_path / "sag.yaml").returncode == 0
    done = docgen("generate", "afgoerelse", tmp_path / "sag.yaml", "-o", tmp_path / "brev.docx")

    assert done.returncode == 1, done.stderr
    assert done.stdout.strip().endswith("brev.docx")
    assert "Borgerens navn (citizen.name)" in done.stderr
    again = docgen("generate", "afgoerelse", tmp_path / "sag.yaml", "-o", tmp_path / "brev.docx")
    assert again.returncode == 2
    assert "--overwrite" in again.stderr


def test_the_manifest_says_what_a_draft_was_made_from_and_names_nobody(tmp_path: Path) -> None:
    """Ved siden af kladden kan jeg gemme, hvad den er lavet af; uden personoplysninger."""
    sample = ROOT / "templates/documents/afgoerelse/sample_case.yaml"
    done = docgen("generate", "afgoerelse", sample, "-o", tmp_path / "a.docx", "--manifest", tmp_path / "a.json")

    manifest = json.loads((tmp_path / "a.json").read_text("utf-8"))

    assert done.returncode == 0, done.stderr
    assert len(manifest["template_sha256"]) == 64
    assert manifest["texts"]["klagevejledning"]["version"] >= 1
    assert all(entry["status"] for entry in manifest["law"].values())
    text = json.dumps(manifest, ensure_ascii=False)
    assert "Eksempel" not in text and "-23" not in text


def test_kinds_lists_what_can_be_made() -> None:
    """Jeg kan se de otte dokumenttyper."""
    done = docgen("kinds", "--format", "json")

    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 8
