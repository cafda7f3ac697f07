"""Letters say the same thing in many ways: each rule of a decision knows the usual ones, and the ways that are right."""

from __future__ import annotations

import datetime

import pytest

from docgen.content import Content
from nlp.model import Document, Facts

CONTENT = Content()
DAY = datetime.date(2026, 11, 20)

WRONG = [
    ("klage-sendes-forkert", "Vil du klage, skal du skrive direkte til Ankestyrelsen."),
    ("klage-sendes-forkert", "Din klage skal sendes til Ankestyrelsen, som behandler den."),
    ("klage-sendes-forkert", "Du kan indgive klagen til Ankestyrelsen på ast@ast.dk."),
    ("klage-sendes-forkert", "Klagen sendes direkte til Ankestyrelsen."),
    ("klage-sendes-forkert", "Du klager ved at sende et brev til Ankestyrelsen, 7998 Statsservice."),
    ("opsaettende-virkning-forkert", "Hvis du klager, får klagen opsættende virkning."),
    ("opsaettende-virkning-forkert", "Så længe klagen behandles, gælder afgørelsen ikke."),
    ("opsaettende-virkning-forkert", "Afgørelsen sættes i bero, hvis du klager."),
    ("opsaettende-virkning-forkert", "Klager du, beholder du ydelsen, indtil Ankestyrelsen har afgjort sagen."),
    ("opsaettende-virkning-forkert", "En klage udskyder afgørelsen."),
    ("opsaettende-virkning-forkert", "Din klage betyder, at afgørelsen først træder i kraft, når Ankestyrelsen har svaret."),
    ("nedlagt-klageinstans", "Klagen sendes videre til det sociale nævn."),
    ("nedlagt-klageinstans", "Beskæftigelsesankenævnet afgør din klage."),
    ("laegekonsulent", "Vores lægekonsulent har set på sagen og vurderer, at du kan arbejde."),
    ("laegekonsulent", "Vi har lagt vægt på lægekonsulentens vurdering."),
    ("laegekonsulent", "Efter drøftelse med kommunens lægekonsulent mener vi, at du kan arbejde."),
    ("behandlingsafslag-tillagt", "Du har selv valgt ikke at tage imod medicinen, og det taler imod dig."),
    ("behandlingsafslag-tillagt", "Vi har lagt vægt på, at du ikke ønsker den operation, lægen har anbefalet."),
    ("behandlingsafslag-tillagt", "Fordi du har takket nej til operationen, er din arbejdsevne ikke endeligt afklaret."),
    ("ikke-udelukkes-formulering", "Vi kan ikke udelukke, at din arbejdsevne kan blive bedre."),
    ("ikke-udelukkes-formulering", "Det kan på nuværende tidspunkt ikke udelukkes, at yderligere behandling kan udvikle arbejdsevnen."),
    ("ikke-udelukkes-formulering", "Det kan ikke afvises, at du kan udvikle din arbejdsevne."),
    ("jobcenter-ordvalg", "Jobcentret har afgjort, at du ikke kan få fleksjob."),
    ("jobcenter-ordvalg", "Jobcenter Åbyvig vurderer, at du ikke opfylder betingelserne."),
    ("jobcenter-ordvalg", "Klagen skal sendes til Jobcenter Åbyvig."),
    ("rehabiliteringsteam-foraeldet", "Din sag skal behandles i rehabiliteringsteamet, før vi kan afgøre den."),
    ("rehabiliteringsteam-foraeldet", "Vi er forpligtet til at forelægge sagen for rehabiliteringsteamet."),
    ("rehabiliteringsteam-foraeldet", "Rehabiliteringsteamet har indstillet, at du ikke får fleksjob."),
    ("modstridende-erklaeringer",
     "Psykiater Bo Holm skriver i erklæring af 3. juni 2026, at du ikke er i stand til at arbejde. Psykiater Ida Kjær vurderer i erklæring af 2. september 2026, "
     "at du kan arbejde 15 timer om ugen. Vi har lagt vægt på, at du kan arbejde 15 timer om ugen."),
    ("modstridende-erklaeringer",
     "Reumatolog Bo Holm skriver i erklæring af 3. juni 2026, at din tilstand er stationær, og at arbejdsevnen ikke kan bedres. Neurolog Ida Kjær skriver i erklæring af "
     "2. september 2026, at tilstanden kan bedres med træning. Vi har lagt vægt på, at tilstanden kan bedres, fordi du skal i træning."),
    ("modstridende-erklaeringer",
     "Speciallæge i ortopædkirurgi Bo Holm anfører i sin erklæring af 3. juni 2026, at du kan klare 2 timer om dagen. Speciallæge i neurologi Ida Kjær anfører i sin erklæring "
     "af 2. september 2026, at du kan klare 5 timer om dagen. Vi har lagt vægt på, at du kan arbejde."),
]

RIGHT = [
    ("klage-sendes-forkert", "Send klagen til kommunen. Vi sender den videre til Ankestyrelsen, hvis vi ikke er enige."),
    ("klage-sendes-forkert", "Klagen skal sendes til Åbyvig Kommune, ikke til Ankestyrelsen."),
    ("klage-sendes-forkert", "Fastholder vi, sender vi din klage og sagens papirer til Ankestyrelsen inden fire uger."),
    ("klage-sendes-forkert", "Du kan klage til Ankestyrelsen. Klagen skal sendes til kommunen, som vurderer sagen igen."),
    ("opsaettende-virkning-forkert", "Det ændrer ikke afgørelsen, mens klagen behandles."),
    ("opsaettende-virkning-forkert", "Selv om du klager, gælder afgørelsen, indtil Ankestyrelsen har afgjort sagen."),
    ("opsaettende-virkning-forkert", "En klage har som udgangspunkt ikke opsættende virkning."),
    ("opsaettende-virkning-forkert", "En klage udsætter ikke afgørelsen."),
    ("opsaettende-virkning-forkert", "Afgørelsen gælder, selv om du klager."),
    ("laegekonsulent", "Kommunen bruger ikke lægekonsulenter i disse sager."),
    ("behandlingsafslag-tillagt", "Du har sagt nej til operationen, og det har vi ikke tillagt betydning."),
    ("behandlingsafslag-tillagt", "Vi har lagt vægt på, at operationen ikke har hjulpet."),
    ("ikke-udelukkes-formulering", "Lægen skriver, at det ikke kan udelukkes, at smerterne bliver værre."),
    ("jobcenter-ordvalg", "Mødet holdes hos kommunen, Jobcentervej 3."),
    ("rehabiliteringsteam-foraeldet", "Sagen er ikke forelagt et rehabiliteringsteam, for det er ikke længere et krav."),
    ("rehabiliteringsteam-foraeldet", "Rehabiliteringsteamet drøftede din sag i 2023."),
    ("modstridende-erklaeringer",
     "Psykiater Bo Holm skriver i erklæring af 3. juni 2026, at du ikke er i stand til at arbejde. Psykiater Ida Kjær vurderer i erklæring af 2. september 2026, "
     "at du kan arbejde 15 timer om ugen. Vi har lagt størst vægt på Ida Kjærs erklæring, fordi den er nyest og bygger på arbejdsprøvningen."),
    ("modstridende-erklaeringer",
     "Psykiater Bo Holm skriver i erklæring af 3. juni 2026, at tilstanden er stationær. Din læge skriver i LÆ 145 af 2. september 2026, at du ikke kan løfte over 5 kg."),
]

GUIDANCE = [
    "Du har fire uger til at klage, fra du får brevet. Kommunen ser på sagen igen og sender den ellers til Ankestyrelsen.",
    "Er du uenig, er der en frist på 4 uger, fra du har modtaget afgørelsen, til at klage. Vi sender klagen til Ankestyrelsen.",
    "Klagefristen er 4 uger fra modtagelsen af dette brev. Ankestyrelsen behandler klagen.",
    "Du skal klage senest 4 uger efter, at du har fået afgørelsen. Ankestyrelsen behandler klagen.",
    "Hvis du vil klage, skal vi have din klage inden for 4 uger efter, at brevet er nået frem. Ankestyrelsen behandler klagen.",
    "Klagen skal være hos kommunen inden 4 uger fra den dag, afgørelsen er modtaget. Ankestyrelsen behandler klagen.",
    "Du kan klage. Fristen er fire uger, og den løber fra den dag, du modtager brevet. Ankestyrelsen behandler klagen.",
]


def names(text: str, scheme: str = "fleksjob") -> set[str]:
    facts = Facts(kind="afgoerelse", scheme=scheme, outcome="afslag", decision_date=DAY)
    return {f.name for f in CONTENT.linter.review(Document.of_text(text), facts, {"content": CONTENT})}


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_a_fault_is_found_however_it_is_worded(rule, text):
    """Det samme forkerte kan siges på mange måder."""
    assert rule in names(text) or rule in names(text, "foertidspension")


@pytest.mark.parametrize(("rule", "text"), RIGHT)
def test_what_is_right_is_left_alone(rule, text):
    """Et brev, der siger det rigtigt, får ingen anmærkning."""
    assert rule not in names(text) | names(text, "foertidspension")


@pytest.mark.parametrize("text", GUIDANCE)
def test_a_complaint_guidance_is_recognised_however_it_is_worded(text):
    """Fire uger fra modtagelsen er fire uger fra modtagelsen, hvordan det end er skrevet."""
    assert not {"klagefrist-mangler", "klageinstans-mangler", "klage-sendes-forkert", "opsaettende-virkning-forkert", "klagefrist-forkert-laengde"} & names(text)
