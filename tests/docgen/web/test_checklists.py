"""The checklist of one case and of many, as the server answers."""

from __future__ import annotations

import csv
import io
import re

import pytest
from docx import Document
from pages import CONTENT

from docgen import checklist
from docgen.casefile import read_case
from docgen.disclosure import HIDDEN, OVER, SMALL, UNDER
from docgen.model import Case

MANY = "/overblik/tjekliste/fleksjob"


def names(text: str) -> list[str]:
    """The cases of the work list, in its order."""
    return re.findall(r'<a href="/sager/[0-9a-f]{16}/tjekliste/fleksjob">([^<]+)</a>', text)


def table(page, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.get(address).content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def cases(page):
    """Sixteen cases about fleksjob; three of them with a fresh medical statement."""
    for number in range(16):
        documents = [{"id": "D1", "type": "lae_145", "date": "2026-09-01"}] if number < 3 else []
        page.house.store.create(Case.model_validate({
            "case_number": f"26-{number:02}", "citizen": {"name": "Karin Holm"}, "documents": documents,
            "decision": {"scheme": "fleksjob", "outcome": "bevilling", "date": "2026-11-20"},
        }))
    return page


def test_the_checklist_of_one_case(page) -> None:
    """Tjeklisten viser hvert punkt med svar og grundlag, og arket til mødet kan hentes."""
    case = page.example()
    found = checklist.check(read_case(page.case_file(case)), "fleksjob", content=CONTENT)
    shown = page.get(f"{case}/tjekliste/fleksjob").text
    assert all(item.text in shown for item in found.items)
    assert "decision.conditions" not in shown and "signatory.role" not in shown
    assert Document(io.BytesIO(page.get(f"{case}/tjekliste/fleksjob/ark.docx").content)).tables


def test_a_demand_leads_to_the_cases_that_lack_it(cases) -> None:
    """Fra et krav i tallene kommer jeg til de sager, hvor det mangler; listen kan sorteres og filtreres."""
    assert len(names(cases.get(MANY).text)) == 16
    assert names(cases.get(f"{MANY}?krav=laegelig&sort=nummer").text) == [f"26-{n:02}" for n in range(3, 16)]
    assert names(cases.get(f"{MANY}?sort=nummer").text) == [f"26-{n:02}" for n in range(16)]
    assert names(cases.get(f"{MANY}?sort=mangler").text)[-3:] == ["26-00", "26-01", "26-02"]
    assert names(cases.get(f"{MANY}?vis=klar").text) == []
    assert "Ingen sager passer til det valgte" in cases.get(f"{MANY}?vis=klar").text


def test_the_work_list_names_cases_and_what_they_lack(cases) -> None:
    """Arbejdslisten har sagsnummer, krav, svar og hvad der henter det, men ingen navne og ingen begrundelser."""
    rows = table(cases, f"{MANY}/arbejdsliste.csv")
    lacking = {row[0] for row in rows[1:] if row[4] == "Attestanmodning: LÆ 145 (generel helbredsattest)."}
    assert rows[0] == ["Sag", "Del", "Krav", "Svar", "Hent", "Grundlag"]
    assert lacking == {f"26-{n:02}" for n in range(3, 16)}
    for form in ("csv", "html"):
        assert "Karin" not in cases.get(f"{MANY}/arbejdsliste.{form}").text


def test_the_counts_tell_of_no_one(cases) -> None:
    """Tallene har ingen sagsnumre, og et krav, der er opfyldt i tre sager, står som »under 5«."""
    rows = {row[1]: row[2:] for row in table(cases, f"{MANY}/tal.csv")[1:]}
    medical = rows["Aktuelle lægelige oplysninger om helbred, behandling og prognose"]
    assert medical == ["16", OVER, "0", UNDER]
    for counts in rows.values():
        assert all(n in (UNDER, OVER, HIDDEN) or not 0 < int(n) < SMALL for n in counts)
    for address in (f"{MANY}/tal.csv", f"{MANY}/tal.html"):
        assert "26-0" not in cases.get(address).text
    section = cases.get(MANY).text.partition("Tal uden personoplysninger")[2]
    assert "26-0" not in section and UNDER in section


def test_a_case_that_cannot_be_read_is_a_row_of_its_own(page) -> None:
    """En sag, der ikke kan læses, er en række og ikke glemt."""
    page.example()
    (page.house.store.folder / "brudt.yaml").write_text("case_number: [", "utf-8")
    assert "brudt.yaml" in page.get(f"{MANY}?vis=ulaest").text
    assert ["brudt.yaml", "", "", "Sagen kunne ikke læses", "", ""] in table(page, f"{MANY}/arbejdsliste.csv")


def test_an_empty_folder_says_what_to_do(page) -> None:
    """Er der ingen sager om ordningen, siger siden det og viser vejen."""
    assert "Der er ingen sager om fleksjob endnu" in page.get(MANY).text
    assert page.get("/overblik/tjekliste/fleksjob/andet.csv").status_code == 404
