"""A whole letter, and the same letter with one required element taken away: exactly the check for that element speaks."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from docgen.casefile import read_case
from docgen.content import Content
from docgen.jobs import generate, review
from nlp.model import Document, Facts, Severity

ROOT = Path(__file__).resolve().parents[2]
CONTENT = Content()

LETTER = """Karin Holm
Kajgade 14
9999 Åbyvig

20. november 2026

# Du får ikke førtidspension

Åbyvig Kommune har besluttet, at du ikke kan få førtidspension.

## Begrundelse

Speciallæge i ortopædkirurgi Jens Brok skriver i erklæringen af 24. juni 2026, at skuldersygdommen er stationær, og at du ikke må løfte over skulderhøjde.

Ergoterapeut Mette Lund så dig den 18. august 2026 sortere post i 90 minutter med to pauser.

I arbejdsprøvningen på Havnens Arkiv fra 4. maj til 24. juli 2026 nåede du 14 timer om ugen.

Sundhedskoordinatoren i regionens kliniske funktion skriver den 2. september 2026, at du kan arbejde siddende.

Vi har lagt vægt på, at timetallet steg, og at hensynene kan rummes i et fleksjob. Du kan for eksempel registrere post 14 timer om ugen. Du kan derfor forsørge dig selv i et fleksjob.

## Dine synspunkter

På mødet den 10. september 2026 fortalte du, at smerterne holder dig vågen. Vi sendte oplysningerne i partshøring den 14. september 2026. Du svarede den 1. oktober 2026. Vi har derfor set bort fra arbejde over skulderhøjde.

## Regler

Efter § 16, stk. 1 og 3, i lov om social pension kan man få førtidspension fra 40 år, når arbejdsevnen er varigt nedsat.

## Sådan klager du

Du kan klage inden 4 uger fra den dag, du har modtaget brevet. Sidste dag er den 18. december 2026. Send klagen til Åbyvig Kommune. Vi ser på sagen igen. Holder vi fast, sender vi klagen til Ankestyrelsen. Afgørelsen gælder imens.

Venlig hilsen
Dorte Friis
"""

# what is changed in the letter -> the rules that must speak, and no other of fejl or advarsel
CHANGES = {
    "klagefristen er væk": ("Du kan klage inden 4 uger fra den dag, du har modtaget brevet. Sidste dag er den 18. december 2026.", "Du kan klage.", {"klagefrist-mangler"}),
    "instansen er væk": ("Holder vi fast, sender vi klagen til Ankestyrelsen.", "", {"klageinstans-mangler"}),
    "klagen sendes forkert": ("Send klagen til Åbyvig Kommune.", "Du skal sende klagen direkte til Ankestyrelsen.", {"klage-sendes-forkert"}),
    "fristen er regnet forkert": ("18. december 2026", "11. december 2026", {"klagefrist-dato-forkert"}),
    "klagen siges at udsætte": ("Afgørelsen gælder imens.", "Klagen har opsættende virkning.", {"opsaettende-virkning-forkert"}),
    "et nedlagt nævn": ("Afgørelsen gælder imens.", "Afgørelsen gælder imens. Det sociale nævn kan også hjælpe.", {"nedlagt-klageinstans"}),
    "paragraffen er væk": ("Efter § 16, stk. 1 og 3, i lov om social pension kan", "Man kan", {"hjemmel-mangler"}),
    "den forkerte aldersregel": ("§ 16, stk. 1 og 3,", "§ 16, stk. 2 og 3,", {"aldersregel-forkert"}),
    "hensynet er væk": ("Vi har lagt vægt på, at timetallet steg, og at hensynene kan rummes i et fleksjob. ", "", {"hovedhensyn-mangler"}),
    "lægen er væk": (
        "Speciallæge i ortopædkirurgi Jens Brok skriver i erklæringen af 24. juni 2026, at skuldersygdommen er stationær, og at du ikke må løfte over skulderhøjde.\n\n", "",
        {"medicinsk-input-mangler"}),
    "ergoterapeuten er væk": (
        "Ergoterapeut Mette Lund så dig den 18. august 2026 sortere post i 90 minutter med to pauser.\n\n", "", {"ergoterapi-input-mangler"}),
    "sundhedskoordinatoren er væk": (
        "Sundhedskoordinatoren i regionens kliniske funktion skriver den 2. september 2026, at du kan arbejde siddende.\n\n", "", {"sundhedskoordinator-mangler"}),
    "partshøringen er væk": (
        "Vi sendte oplysningerne i partshøring den 14. september 2026. Du svarede den 1. oktober 2026. ", "", {"partshoering-mangler"}),
    "kan ikke udelukkes": ("Du kan derfor forsørge", "Det kan ikke udelukkes, at din arbejdsevne kan udvikles. Du kan derfor forsørge", {"ikke-udelukkes-formulering"}),
    "en lægekonsulent": ("Du kan derfor forsørge", "Kommunens lægekonsulent vurderer det samme. Du kan derfor forsørge", {"laegekonsulent"}),
    "en afvist behandling": ("Du kan derfor forsørge", "Vi har også lagt vægt på, at du har afvist operationen. Du kan derfor forsørge", {"behandlingsafslag-tillagt"}),
    "jobcenteret": ("Åbyvig Kommune har besluttet", "Jobcenteret har besluttet", {"jobcenter-ordvalg"}),
    "teamet": ("Du kan derfor forsørge", "Loven kræver, at sagen forelægges rehabiliteringsteamet. Du kan derfor forsørge", {"rehabiliteringsteam-foraeldet"}),
    "et nyt ressourceforløb": ("Du kan derfor forsørge", "I stedet bevilger vi dig et ressourceforløb. Du kan derfor forsørge", {"ophaevet-ordning"}),
    "en forkert ugedag": ("den 10. september 2026", "fredag den 10. september 2026", {"ugedag-passer-ikke"}),
}


def spoken(text: str, **facts) -> set[str]:
    given = {"kind": "afgoerelse", "scheme": "foertidspension", "outcome": "afslag", "decision_date": datetime.date(2026, 11, 20), "citizen_age": 52,
             "channel": "digital", "track": "ordinaer"} | facts
    found = CONTENT.linter.review(Document.of_text(text), Facts(**given), {"content": CONTENT})
    # occupational therapy is the municipality's policy, not law: it is a forslag here, and counts all the same
    return {f.name for f in found if f.severity is not Severity.FORSLAG or f.name == "ergoterapi-input-mangler"}


def test_the_whole_letter_has_no_remarks():
    """Brevet, som det skal være, får hverken fejl eller advarsler."""
    assert spoken(LETTER) == set()


@pytest.mark.parametrize("change", CHANGES)
def test_one_thing_wrong_is_told_and_nothing_else(change):
    """Tages ét krævet element ud, siger netop den ene kontrol det."""
    old, new, expected = CHANGES[change]
    assert old in LETTER
    assert spoken(LETTER.replace(old, new)) == expected


# Every sentence of the letter is taken away in turn. These are required; the rest may go without a fejl or an advarsel.
REQUIRED = {
    "Speciallæge i ortopædkirurgi": {"medicinsk-input-mangler"},
    "Ergoterapeut Mette Lund": {"ergoterapi-input-mangler"},
    "Sundhedskoordinatoren": {"sundhedskoordinator-mangler"},
    "Vi har lagt vægt på": {"hovedhensyn-mangler"},
    "Vi sendte oplysningerne": {"partshoering-mangler"},
    "Efter § 16": {"hjemmel-mangler"},
    "Du kan klage inden": {"klagefrist-mangler"},
    "Holder vi fast": {"klageinstans-mangler"},
}
SENTENCES = [s for p in LETTER.split("\n\n") if not p.startswith("#") for s in re.split(r"(?<=[.!?]) (?=[A-ZÆØÅ])", p)]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s[:30].replace("\n", " "))
def test_any_sentence_taken_away_is_told_only_where_it_is_required(sentence):
    """Hver sætning tages ud efter tur: er den krævet, siger netop den ene kontrol det, og ellers siger ingen noget."""
    expected = next((names for start, names in REQUIRED.items() if sentence.startswith(start)), set())
    assert spoken(LETTER.replace(sentence, "", 1)) == expected


def test_no_dates_in_the_reasons_is_told():
    """En begrundelse uden en eneste dateret oplysning får det at vide."""
    start, end = LETTER.index("## Begrundelse"), LETTER.index("## Dine synspunkter")
    bare = LETTER[:start] + "## Begrundelse\n\nVi har lagt vægt på, at du kan arbejde i et fleksjob og forsørge dig selv.\n\n" + LETTER[end:]
    assert "faktum-mangler" in spoken(bare)


def test_a_full_grant_needs_no_complaint_guidance_but_a_partial_one_does():
    """Får borgeren det hele, kræves ingen klagevejledning; får borgeren kun en del, gør der."""
    short = LETTER[: LETTER.index("## Sådan klager du")]
    lacking = {"klagefrist-mangler", "klageinstans-mangler"}
    assert not lacking & spoken(short, outcome="bevilling")
    assert lacking <= spoken(short, outcome="delvis_bevilling")


def test_unconfirmed_law_is_never_an_error():
    """Det, ingen har bekræftet, er en advarsel med ordet ubekræftet, aldrig en fejl."""
    facts = Facts(kind="afgoerelse", scheme="fleksjob", outcome="bevilling", decision_date=datetime.date(2027, 1, 4))
    text = "Du får fleksjob efter § 116, stk. 1, i lov om en aktiv beskæftigelsesindsats."
    law = [f for f in CONTENT.linter.review(Document.of_text(text), facts, {"content": CONTENT}) if f.category == "hjemmel"]
    assert [(f.name, f.severity) for f in law] == [("hjemmel-ubekraeftet", Severity.ADVARSEL)]
    assert "ubekræftet" in law[0].message


CASES = sorted((ROOT / "examples" / "cases").glob("*.yaml"))
OURS = ("klagevejledning", "begrundelse", "hjemmel", "proces", "sammenhaeng")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_our_own_decisions_pass_their_own_checks(path):
    """De breve, programmet selv laver af de medfølgende sager, overholder de regler, det kontrollerer andres breve efter."""
    case = read_case(path)
    if case.decision is None or case.decision.outcome is None or path.stem == "21-sag-med-huller":
        return
    draft = generate(case, "afgoerelse", content=CONTENT)
    found = review(draft.docx, kind="afgoerelse", case=case, content=CONTENT).findings
    assert [(f.name, f.text) for f in found if f.category in OURS and f.severity is not Severity.FORSLAG] == []
