"""The text of a case file with something changed in it, and everything else as people wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.casefile import empty, parse_case, to_data
from docgen.casetext import with_changes, with_items

FILE = """# øverst
version: 1
documents:  # hentet 1. november
  # listen er ikke færdig
  - id: D1  # den første
    title: |
      Tekst
      # ikke en kommentar
    # efter titlen
  # den vigtige
  - id: D2
    title: "x"

  - id: D3
    # inde i D3
# om borgeren
citizen:
  name: Karin  # kaldes Kaja
"""


def ids(text: str) -> list[str]:
    return [d.id for d in parse_case(text, Path("sag.yaml")).documents]


@pytest.mark.parametrize(("entries", "there", "gone"), [
    ([0, 1, 2, {"id": "D4"}], ["# øverst", "# den første", "# efter titlen", "# den vigtige", "# inde i D3", "# om borgeren", "# kaldes Kaja"], []),
    ([0, 2], ["# øverst", "# den første", "# inde i D3", "# om borgeren"], ["# den vigtige"]),
    ([], ["# øverst", "# hentet 1. november", "# listen er ikke færdig", "# om borgeren", "# kaldes Kaja"], ["# den første"]),
])
def test_comments_stay_when_records_come_and_go(entries, there, gone) -> None:
    """Tilføjes eller fjernes et dokument, står mine egne kommentarer om alt andet der stadig."""
    text = with_items(FILE, ("documents",), entries)
    assert ids(text) == [e["id"] if isinstance(e, dict) else f"D{e + 1}" for e in entries]
    assert [c for c in there if c not in text] == []
    assert [c for c in gone if c in text] == []


def test_a_record_takes_its_comments_along() -> None:
    """Flyttes et dokument op, følger kommentaren over det med."""
    text = with_items(FILE, ("documents",), [1, 0, 2])
    assert ids(text) == ["D2", "D1", "D3"]
    assert text.index("# den vigtige") < text.index("id: D2") < text.index("# den første")


@given(st.lists(st.sampled_from(["D1", "D2", "D3", "D4"]), unique=True), st.data())
def test_only_the_records_asked_for_are_changed(wanted, data) -> None:
    """Hvordan der end tilføjes, fjernes og flyttes: de dokumenter, der bliver, er de samme, og resten af filen er urørt."""
    before = parse_case(FILE, Path("sag.yaml"))
    entries = [{"id": "D4", "title": data.draw(st.text("ab: #-\n'\"", max_size=8).map(str.strip))} if one == "D4" else int(one[1]) - 1 for one in wanted]
    text = with_items(FILE, ("documents",), entries)
    after = parse_case(text, Path("sag.yaml"))
    assert [d.id for d in after.documents] == wanted
    assert {d.id: d for d in before.documents}.items() >= {d.id: d for d in after.documents if d.id != "D4"}.items()
    assert text.partition("documents:")[0] == FILE.partition("documents:")[0]
    assert text.endswith(FILE[FILE.index("# om borgeren"):])


@pytest.mark.parametrize("source", ["version: 1\n", empty(), "version: 1\ndocuments: []  # ingen endnu\n", "version: 1\nfunctional:\n  # a\n  purpose: x\n"])
def test_the_first_record_of_a_list(source) -> None:
    """Det første dokument kan tilføjes i en tom sag og i den tomme sagsfil, programmet laver; kommentarerne er der stadig."""
    text = with_items(source, ("documents",), [{"id": "D1"}])
    assert ids(text) == ["D1"]
    comments = [line.partition("#")[2].strip() for line in source.splitlines() if "#" in line]
    assert [c for c in comments if c not in text] == []


def test_an_empty_record_is_filled_in_as_people_write() -> None:
    """En ny arbejdsprøvning udfyldes linje for linje, ikke på én linje i klammer."""
    text = with_changes(with_items("version: 1\n", ("work_trials",), [{}]), {"work_trials[0].place": "Café", "work_trials[0].tasks": "Disk og kaffe"})
    assert to_data(parse_case(text, Path("sag.yaml")))["work_trials"] == [{"place": "Café", "tasks": "Disk og kaffe"}]
    assert "{" not in text


def test_a_list_in_one_line_is_left_to_others() -> None:
    """En liste i klammer kan ikke flettes linje for linje; det siges i stedet for at gætte."""
    assert with_items("version: 1\ndocuments: [{id: D1}, {id: D2}]\n", ("documents",), [1]) is None
