"""Legal citations as Danish letters write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import lawload

REGISTER = lawload.load(Path(__file__).parents[2] / "templates" / "law")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("pensionslovens § 16, stk. 2", [("pensionslovens § 16, stk. 2", ("PL.16.2",))]),
        ("Pensionsloven § 16 stk 2", [("Pensionsloven § 16 stk 2", ("PL.16.2",))]),
        ("§ 16, stk. 2, i lov om social pension", [("§ 16, stk. 2, i lov om social pension", ("PL.16.2",))]),
        ("lov om social pension (pensionsloven) § 16", [("lov om social pension (pensionsloven) § 16", ("PL.16",))]),
        ("PL § 18 a", [("PL § 18 a", ("PL.18a",))]),
        ("PL § 18a, stk. 1", [("PL § 18a, stk. 1", ("PL.18a.1",))]),
        ("§ 26 i pensionsloven", [("§ 26 i pensionsloven", ("PL.26",))]),
        ("LAB § 116", [("LAB § 116", ("LAB.116",))]),
        ("LAB §116, stk.1", [("LAB §116, stk.1", ("LAB.116.1",))]),
        (
            "lov om en aktiv beskæftigelsesindsats § 116, stk. 1",
            [("lov om en aktiv beskæftigelsesindsats § 116, stk. 1", ("LAB.116.1",))],
        ),
        (
            "bekendtgørelse af lov om en aktiv beskæftigelsesindsats, § 116",
            [("lov om en aktiv beskæftigelsesindsats, § 116", ("LAB.116",))],
        ),
        ("LAB §§ 116 og 118", [("LAB §§ 116 og 118", ("LAB.116", "LAB.118"))]),
        ("LAB §§ 116-118", [("LAB §§ 116-118", ("LAB.116", "LAB.117", "LAB.118"))]),
        ("pensionslovens §§ 16 til 18 a", [("pensionslovens §§ 16 til 18 a", ("PL.16", "PL.17", "PL.18a"))]),
        ("pensionslovens § 16, stk. 1 og 3", [("pensionslovens § 16, stk. 1 og 3", ("PL.16.1", "PL.16.3"))]),
        ("pensionslovens § 19, stk. 1, nr. 5", [("pensionslovens § 19, stk. 1, nr. 5", ("PL.19.1.5",))]),
        ("pensionslovens § 16, stk. 2, 2. pkt.", [("pensionslovens § 16, stk. 2, 2. pkt.", ("PL.16.2",))]),
        (
            "pensionslovens § 16, stk. 3, og § 19, stk. 1",
            [("pensionslovens § 16, stk. 3", ("PL.16.3",)), ("§ 19, stk. 1", ("PL.19.1",))],
        ),
        (
            "§ 116, stk. 1, jf. § 118, stk. 2, i LAB",
            [("§ 116, stk. 1", ("LAB.116.1",)), ("§ 118, stk. 2, i LAB", ("LAB.118.2",))],
        ),
        (
            "pensionslovens § 16, jf. LAB § 116",
            [("pensionslovens § 16", ("PL.16",)), ("LAB § 116", ("LAB.116",))],
        ),
        ("kapitel 6 b i lov om aktiv socialpolitik", [("kapitel 6 b i lov om aktiv socialpolitik", ("LAS.kap6b",))]),
        ("retssikkerhedslovens § 72, stk. 1", [("retssikkerhedslovens § 72, stk. 1", ("RSL.72.1",))]),
        ("forvaltningslovens §§ 19 og 21", [("forvaltningslovens §§ 19 og 21", ("FVL.19", "FVL.21"))]),
        ("§ 24 i forvaltningsloven", [("§ 24 i forvaltningsloven", ("FVL.24",))]),
        ("Se paragraf 16 i pensionsloven", [("paragraf 16 i pensionsloven", ("PL.16",))]),
        ("Efter pensionsloven og lovens § 17, stk. 2", [("lovens § 17, stk. 2", ("PL.17.2",))]),
        ("Vi bruger § 16 og 3 uger senere", [("§ 16", ("16",))]),
        ("efter § 16, stk. 2, 4 uger senere", [("§ 16, stk. 2", ("16.2",))]),
        ("serviceloven § 100", [("§ 100", ("100",))]),
        ("principmeddelelse 58-18", [("principmeddelelse 58-18", ("PM.58-18",))]),
        ("BEK nr. 47 af 13/01/2026", [("BEK nr. 47 af 13/01/2026", ("BEK.47-2026",))]),
        ("vejledning nr. 9288 af 17. april 2023", [("vejledning nr. 9288 af 17. april 2023", ("VEJ.9288-2023",))]),
        ("bekendtgørelse nr. 4711", []),
        ("Sagen har nr. 16 og stk. 2", []),
    ],
)
def test_citations_are_read_as_written(text, cited) -> None:
    """En henvisning findes, hvor den står, og med den lov, paragraf og det stykke, den nævner."""
    assert [(f.text, f.keys) for f in REGISTER.find(text)] == cited


@pytest.mark.parametrize("text", ["serviceloven § 100", "§ 8 i sundhedsloven", "SEL § 100"])
def test_an_act_outside_the_register_is_named_and_not_ambiguous(text) -> None:
    """En lov, registret ikke kender, er nævnt; henvisningen er ikke tvetydig, bare ukendt."""
    (found,) = REGISTER.find(text)
    assert found.named and found.act is None and found.candidates == ()


def test_former_law_is_seen() -> None:
    """»Tidligere gældende« foran eller efter henvisningen bliver set."""
    for text in (
        "det tidligere gældende kapitel 19 i lov om en aktiv beskæftigelsesindsats",
        "LAB § 112 i det tidligere gældende kapitel 19",
        "efter § 112 i den tidligere gældende lov om en aktiv beskæftigelsesindsats",
    ):
        assert any(f.former for f in REGISTER.find(text)), text
    assert not REGISTER.find("Du fik tidligere hjælp. Det følger af LAB § 116.")[0].former


@pytest.mark.parametrize("key", sorted(k for k, p in REGISTER.provisions.items() if k.split(".")[0] != "ORD"))
def test_what_the_register_prints_the_reader_finds_again(key) -> None:
    """En henvisning, vi selv skriver, kan vi også læse igen i et brev."""
    provision = REGISTER.provision(key)
    for example in provision.examples:
        cited = REGISTER.cite(key, on=example.on, granted=example.granted, case_started=example.case_started)
        if not cited.numbered:
            continue
        found = REGISTER.find(f"Vi har brugt {cited.text}, da vi traf afgørelsen.")
        assert any(key in f.known for f in found), cited.text


@given(st.text(alphabet="§ 0123456789abi,.-stkogjfLABPL()\n", max_size=60))
def test_any_text_can_be_read(text) -> None:
    """Ingen tekst kan få læseren til at gå i stå, og en henvisning er altid et stykke af teksten."""
    for found in REGISTER.find(text):
        assert text[found.start : found.end] == found.text
        assert found.keys
