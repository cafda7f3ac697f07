"""Case files with faults of every kind: each is named with line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.casefile import read_case
from docgen.errors import CaseError, DocgenError, FileError

BROKEN = {
    "unknown key": ("citizen:\n  nam: Ane\n", "2:3", "Mente du »name«?"),
    "unknown value": ("decision:\n  scheme: fleksjobb\n", "2:3", "Mente du »fleksjob«?"),
    "no such date": ("decision:\n  date: 2026-13-01\n", "2:3", "åååå-mm-dd"),
    "Danish date": ("decision:\n  date: 1. marts 2026\n", "2:3", "åååå-mm-dd"),
    "CPR without quotes": ("citizen:\n  cpr: 6102851234\n", "2:3", "anførselstegn"),
    "impossible CPR": ('citizen:\n  cpr: "991385-1234"\n', "2:3", "CPR"),
    "tab": ("citizen:\n\tname: Ane\n", "2:1", "tabulator"),
    "colon in text": ("account:\n  wishes: job: gartner\n", "2:14", "anførselstegn"),
    "unclosed quote": ('account:\n  wishes: "job\n', "3:1", "anførselstegn"),
    "doubled key": ("citizen:\n  name: A\n  name: B\n", "3:3", "Slet den ene"),
    "no list": ("documents: D1\n", "1:1", "liste"),
    "unknown document": ("efforts:\n  - document: D9\n", "2:5", "registret"),
    "doubled document": ("documents:\n  - id: D1\n  - id: D1\n", "1:1", "andet id"),
    "anchor": ("citizen: &a\n  name: A\nsignatory: *a\n", "1:10", "ankre"),
    "tag": ("citizen: !!python/object:os.system x\n", "1:10", "Slet det"),
    "yes for no": ("citizen:\n  protected_address: måske\n", "2:3", "true eller false"),
    "hours in words": ("work_trials:\n  - planned_hours: otte\n", "2:5", "punktum"),
    "control character": ("citizen:\n  name: A\x07\n", "2", "Slet tegnet"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_case_file_tells_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    """Når sagsfilen har en fejl, får jeg fil, linje og hvad jeg skal skrive i stedet."""
    source, place, cure = BROKEN[name]
    path = tmp_path / "sag.yaml"
    path.write_text(source, "utf-8")

    with pytest.raises(CaseError) as caught:
        read_case(path)

    message = str(caught.value)
    assert message.startswith(f"sag.yaml:{place}"), message
    assert cure in message


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Jeg får alle fejl på én gang, i filens rækkefølge."""
    path = tmp_path / "sag.yaml"
    path.write_text("citizen:\n  nam: x\ndecision:\n  date: i går\n  scheme: pension\n", "utf-8")

    with pytest.raises(CaseError) as caught:
        read_case(path)

    assert [p.place.line for p in caught.value.problems] == [2, 4, 5]


def test_a_json_case_is_read_and_its_faults_placed(tmp_path: Path) -> None:
    """Et fagsystem kan aflevere sagen som JSON."""
    path = tmp_path / "sag.json"
    path.write_text('{\n\t"citizen": {"name": "Ane"},\n\t"decision": {"date": "x"}\n}', "utf-8")

    with pytest.raises(CaseError) as caught:
        read_case(path)

    assert str(caught.value).startswith("sag.json:3:")
    path.write_text('{\n\t"citizen": {"name": "Ane"}\n}', "utf-8")
    assert read_case(path).citizen.name == "Ane"
    path.write_text('{"citizen": {"name": "Ane",}}', "utf-8")
    with pytest.raises(CaseError, match="komma"):
        read_case(path)


def test_another_encoding_is_named(tmp_path: Path) -> None:
    """En fil, der er gemt med forkert tegnsæt, siger det."""
    path = tmp_path / "sag.yaml"
    path.write_bytes("citizen:\n  name: Åse\n".encode("cp1252"))

    with pytest.raises(CaseError, match=r"sag\.yaml:2: .*UTF-8"):
        read_case(path)


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    """Få linjer kan ikke fylde maskinen."""
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)
    )
    path = tmp_path / "sag.yaml"
    path.write_text(bomb, "utf-8")

    with pytest.raises(CaseError):
        read_case(path)


def test_a_folder_or_a_missing_file_is_no_traceback(tmp_path: Path) -> None:
    """Et forkert filnavn giver en sætning, ikke en programfejl."""
    for path in (tmp_path / "mangler.yaml", tmp_path):
        with pytest.raises(FileError):
            read_case(path)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(source: str) -> None:
    """Hvad der end står i filen, får jeg en sag eller en dansk fejl."""
    from docgen.casefile import validate
    from docgen.model import Case
    from docgen.yamlfile import parse

    try:
        validate(Case, parse(source.encode("utf-8", "surrogatepass"), Path("sag.yaml"), CaseError), CaseError)
    except DocgenError as e:
        assert str(e)


def test_no_value_of_a_case_stands_in_an_error(tmp_path: Path) -> None:
    """Fejl kan sendes videre: de gentager ikke navne eller numre fra sagen."""
    path = tmp_path / "sag.yaml"
    path.write_text('citizen:\n  cpr: "hemmelig-Borge"\n  channel: "Borge Borgesen"\n', "utf-8")

    with pytest.raises(CaseError) as caught:
        read_case(path)

    assert "Borge" not in str(caught.value)
