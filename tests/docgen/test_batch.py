"""Many drafts at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen import batch
from docgen.content import Content
from docgen.draft import Drafting
from docgen.errors import UsageError

KIND = "overdragelsesnotat"


@pytest.fixture(scope="module")
def drafting() -> Drafting:
    return Drafting(Content())


def cases(folder: Path, count: int = 4) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"sag{number}.json").write_text(json.dumps({"case_number": f"26/{number}"}), "utf-8")
    return folder


def test_a_bad_row_does_not_stop_the_others(tmp_path: Path, drafting: Drafting) -> None:
    """Én sag med fejl standser ikke de andre, og tabellen siger hvilken."""
    source = cases(tmp_path / "sager")
    (source / "sag1.json").write_text('{"citizen": {"nam": "x"}}', "utf-8")

    outcomes = batch.run(KIND, source, tmp_path / "ud", drafting)

    assert [o.status for o in outcomes] == ["lavet", "fejl", "lavet", "lavet"]
    assert "sag1.json:1:" in outcomes[1].error
    assert sorted(p.name for p in (tmp_path / "ud").glob("*.docx")) == [f"{KIND}_26-{n}.docx" for n in (0, 2, 3)]


def test_a_stopped_run_is_resumed_without_doubling(tmp_path: Path, drafting: Drafting) -> None:
    """Afbryder jeg midtvejs, fortsætter næste kørsel, hvor den slap."""
    source, out = cases(tmp_path / "sager"), tmp_path / "ud"

    def stop_after_two(outcome: batch.Outcome) -> None:
        if outcome.row == "sag1.json":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(KIND, source, out, drafting, progress=stop_after_two)
    first = {p.name: p.stat().st_mtime_ns for p in out.glob("*.docx")}
    outcomes = batch.run(KIND, source, out, drafting)

    assert [o.status for o in outcomes] == ["uændret", "uændret", "lavet", "lavet"]
    assert len(list(out.glob("*.docx"))) == 4
    assert all((out / name).stat().st_mtime_ns == made for name, made in first.items())


def test_a_half_written_journal_is_no_obstacle(tmp_path: Path, drafting: Drafting) -> None:
    """Selv om maskinen gik i stå midt i en linje, kan kørslen genoptages."""
    source, out = cases(tmp_path / "sager"), tmp_path / "ud"
    batch.run(KIND, source, out, drafting)
    journal = out / batch.JOURNAL
    journal.write_text(journal.read_text("utf-8")[:-40], "utf-8")

    outcomes = batch.run(KIND, source, out, drafting)

    assert all(o.status in ("uændret", "fejl") for o in outcomes)
    assert len(list(out.glob("*.docx"))) == 4


def test_a_changed_case_is_made_again_only_when_its_file_may_be_replaced(tmp_path: Path, drafting: Drafting) -> None:
    """En kladde, jeg måske har rettet i, erstattes ikke, fordi sagen er ændret; det siges."""
    source, out = cases(tmp_path / "sager", 1), tmp_path / "ud"
    batch.run(KIND, source, out, drafting)
    (source / "sag0.json").write_text('{"case_number": "26/0", "document_number": "9"}', "utf-8")

    kept = batch.run(KIND, source, out, drafting)
    replaced = batch.run(KIND, source, out, drafting, overwrite=True)

    assert (kept[0].status, replaced[0].status) == ("fejl", "lavet")
    assert "findes i forvejen" in kept[0].error


def test_two_cases_with_one_number_get_two_files(tmp_path: Path, drafting: Drafting) -> None:
    """To sager med samme nummer overskriver ikke hinanden."""
    source = cases(tmp_path / "sager", 2)
    for path in source.iterdir():
        path.write_text(json.dumps({"case_number": "26-1", "document_number": path.stem}), "utf-8")

    outcomes = batch.run(KIND, source, tmp_path / "ud", drafting)

    assert len({o.file for o in outcomes}) == 2


def test_the_journal_holds_no_names(tmp_path: Path, drafting: Drafting) -> None:
    """Loggen over en kørsel rummer ingen personoplysninger."""
    source = cases(tmp_path / "sager", 1)
    (source / "sag0.json").write_text('{"case_number": "1", "citizen": {"name": "Hemmelig", "cpr": "610285-1234"}}', "utf-8")

    batch.run(KIND, source, tmp_path / "ud", drafting)

    journal = (tmp_path / "ud" / batch.JOURNAL).read_text("utf-8")
    assert "Hemmelig" not in journal
    assert "610285" not in journal


def test_an_unknown_kind_is_told_before_anything_is_made(tmp_path: Path, drafting: Drafting) -> None:
    """En stavefejl i dokumenttypen laver ingen mappe."""
    with pytest.raises(UsageError, match="Mente du »afgoerelse«"):
        batch.run("afgorelse", cases(tmp_path / "sager"), tmp_path / "ud", drafting)

    assert not (tmp_path / "ud").exists()
