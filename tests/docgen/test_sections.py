"""Funktionsafsnit: hvert felt har sin plads, og det, en erfaren ergoterapeut ville spørge om, bliver spurgt."""

import datetime

import pytest

from docgen import scales, sections
from docgen.content import Content
from docgen.model import SECTION_KEYS, Case, Level

TODAY = datetime.date(2026, 11, 22)
CONTENT = Content()
SECTIONS = sections.load(CONTENT)
SCALES = scales.load(CONTENT)

GOOD = {
    "key": "mobilitet", "source": "observation", "method": "ustruktureret observation", "date": "2026-10-12", "place": "Borgerens eget køkken.",
    "observer": {"name": "N.N.", "profession": "ergoterapeut"}, "task": "Lave kaffe og smøre to madder, valgt af borgeren.",
    "observed": "Sætter sig 3 gange på 20 minutter og støtter venstre hånd på bordet ved alle 3 løft.",
    "citizen_view": "Borgeren fortæller, at det svarer til en almindelig dag.", "support": "Ingen fysisk hjælp. Griber og høj stol.",
    "variation": "2 af 7 dage går det lettere. Ligger ned 2 timer bagefter.", "level": {"scale": "fsiii", "value": 2},
    "resources": "Følger selv en skriftlig liste.",
    "assessment": "På baggrund af de tre pauser vurderes det, at stående opgaver skal kunne brydes op.",
    "work": "Pause efter 10 minutter stående (obs. 12.10.2026). Berører stående arbejde. Højst 10 minutter ad gangen, hvis borgeren frit kan skifte stilling.",
    "uncertainty": "Kun én observation.", "citizen_remark": "Læst den 20. oktober 2026, ingen bemærkninger.",
}


def remarks(*changed: dict, scheme: str = "fleksjob", **functional: object) -> list[tuple[str, str]]:
    case = Case.model_validate({"decision": {"scheme": scheme}, "functional": {"sections": list(changed), **functional}})
    return [(r.code, r.path) for r in sections.check(case, SECTIONS, today=TODAY) if r.code != "omraade-ikke-naevnt"]


def one(**changes: object) -> list[tuple[str, str]]:
    """Remarks on the good section with changes; paths without their stem."""
    return [(code, path.removeprefix("functional.sections[mobilitet].")) for code, path in remarks({**GOOD, **changes})]


def test_a_full_section_draws_no_remark():
    """Et afsnit med alle felter giver ingen bemærkninger."""
    assert one() == []


@pytest.mark.parametrize("slot", list(SECTIONS.slots))
def test_each_slot_of_the_contract_is_asked_for(slot):
    """Hvert felt, der mangler, bliver nævnt med sit navn."""
    found = one(**{slot: None})
    if slot == "source":  # without a source nobody knows whether there was a task
        assert ("afsnit-mangler-felt", "source") in found
    else:
        assert found == [("afsnit-mangler-felt", slot)]


def test_the_meaning_for_work_is_asked_for_in_cases_on_work():
    """Betydning for arbejde skal stå, når sagen handler om fleksjob eller pension, og ellers ikke."""
    without = {**GOOD, "work": None}
    assert remarks(without, scheme="fleksjob") == [("afsnit-mangler-felt", "functional.sections[mobilitet].work")]
    case = Case.model_validate({"functional": {"sections": [without]}})
    assert [r.code for r in sections.check(case, SECTIONS, today=TODAY)] == ["omraade-ikke-naevnt"]


def test_not_relevant_and_not_assessed_are_two_answers_and_none_is_zero():
    """»Ikke relevant« kræver intet mere; »ikke vurderet« kræver en grund; 0 er et niveau, der skal begrundes."""
    assert remarks({"key": "fritid", "level": {"value": "ikke_relevant"}}) == []
    assert remarks({"key": "fritid", "level": {"value": "ikke_vurderet"}}) == [("afsnit-mangler-felt", "functional.sections[fritid].uncertainty")]
    assert len(remarks({"key": "fritid", "level": {"value": 0}})) > 5
    assert Level().value is None


@pytest.mark.parametrize(("changes", "code", "slot"), [
    ({"date": "2027-01-02"}, "dato-i-fremtiden", "date"),
    ({"date": "2025-01-02"}, "afsnit-gammelt", "date"),
    ({"observed": "Det vurderes, at borgeren er træt."}, "vurdering-i-observation", "observed"),
    ({"observed": "Sætter sig, fordi ryggen er slidt."}, "vurdering-i-observation", "observed"),
    ({"assessment": "Borgeren har brug for pauser."}, "vurdering-uden-observation", "assessment"),
    ({"assessment": "På baggrund af observationen vil borgeren aldrig kunne løfte."}, "prognose", "assessment"),
    ({"citizen_view": "Det er en almindelig dag."}, "borgers-syn-uden-afsender", "citizen_view"),
    ({"work": "Borgeren kan ikke arbejde med stående opgaver 10 minutter uden pause, jf. D1."}, "bar-konklusion", "work"),
    ({"work": "0 timer i stående arbejde, selv med pause, jf. observationen."}, "bar-konklusion", "work"),
    ({"work": "Berettiget til fleksjob: stående arbejde højst 10 minutter uden pause, jf. D1."}, "juridisk-konklusion", "work"),
    ({"work": "Har brug for skånehensyn."}, "kaede-mangler-led", "work"),
    ({"carried_over_from": "2026-02-01"}, "afsnit-ikke-bekraeftet", "carried_over_from"),
    ({"method": "AMPS, 2 opgaver"}, "certificering-mangler", "observer.certification"),
    ({"observer": {"name": "N.N."}}, "fag-mangler", "observer.profession"),
])
def test_what_a_senior_therapist_would_ask(changes, code, slot):
    """Hver skævhed giver netop sit spørgsmål."""
    assert one(**changes) == [(code, slot)]


def test_the_chain_names_the_links_that_are_missing():
    """Fra hverdag til arbejde: krav, dosis, betingelse og dokument nævnes hver for sig."""
    case = Case.model_validate({"functional": {"sections": [{**GOOD, "work": "Stående arbejde i højst 10 minutter."}]}})
    [remark] = [r for r in sections.check(case, SECTIONS, today=TODAY) if r.code == "kaede-mangler-led"]
    assert "hvor det er set" in remark.message and "krav" not in remark.message


@pytest.mark.parametrize(("work", "complete"), [
    ("Trappegang (observeret 12. oktober 2026) berører lager i flere etager. Højst tre etager om dagen, hvis der er gelænder.", True),
    ("Ingen betydning for opgaverne på arbejdet.", True),
    ("Stående arbejde, når der er pauser (observeret 12. oktober 2026).", False),  # the only number is a date
    ("Højst 10 minutter.", False),
])
def test_what_counts_as_a_whole_chain(work, complete):
    """En dato er ikke en dosis, og »ingen betydning« er et helt svar."""
    assert (one(work=work) == []) is complete


def test_a_text_the_citizen_has_read_as_a_whole_needs_no_remark_in_each_section():
    case = {"account": {"remarks": "Ingen bemærkninger.", "remarks_on": "2026-10-20"}, "functional": {"sections": [{**GOOD, "citizen_remark": None}]}}
    assert [r.code for r in sections.check(Case.model_validate(case), SECTIONS, today=TODAY)] == ["omraade-ikke-naevnt"]


def test_health_only_retells_documents():
    """Helbred er gengivelse af lægelige dokumenter, og dokumentet er nævnt."""
    found = remarks({"key": "helbred", "source": "observation", "date": "2026-10-12", "citizen_view": "Borgeren oplyser smerter."})
    assert ("helbred-uden-laegekilde", "functional.sections[helbred].source") in found
    found = remarks({"key": "helbred", "source": "dokument", "date": "2026-10-12", "citizen_view": "Borgeren oplyser smerter."})
    assert found == [("dokument-mangler", "functional.sections[helbred].documents")]


def test_an_interview_has_no_observed_task():
    """Det, borgeren har fortalt, kræver hverken sted eller opgave."""
    told = {k: v for k, v in GOOD.items() if k not in ("task", "observed", "place", "method")} | {"source": "interview"}
    assert remarks(told) == []


def test_the_whole_description_is_looked_at():
    """Et område, der står to gange, og en bar konklusion i sammenfatningen bliver nævnt."""
    found = remarks(GOOD, GOOD, summary="Borgeren har ingen arbejdsevne.")
    assert found == [("afsnit-to-gange", "functional.sections[mobilitet]"), ("bar-konklusion", "functional.summary")]


def test_areas_nobody_mentions_are_listed_once():
    case = Case.model_validate({"functional": {"sections": [GOOD]}})
    [remark] = sections.check(case, SECTIONS, today=TODAY)
    assert remark.message.startswith("Ikke nævnt: Egenomsorg, Praktiske opgaver i hjemmet, Struktur")


def test_a_case_without_a_description_has_nothing_to_say():
    assert sections.check(Case(), SECTIONS, today=TODAY) == []


# --- Data -------------------------------------------------------------------------------------------------------------


def test_every_area_has_its_place_in_the_three_systems():
    """De tolv områder står side om side i ICF, FSIII og VUM."""
    assert tuple(SECTIONS.areas) == SECTION_KEYS
    assert all(area.icf and area.vum for area in SECTIONS.areas.values())


@pytest.mark.parametrize("slot", SECTIONS.slots.values(), ids=lambda slot: slot.slot)
def test_the_model_phrases_follow_their_own_rules(slot):
    """Mønstersætningerne overholder de regler, de viser."""
    if slot.slot in ("observed", "citizen_view", "support", "variation", "resources", "assessment", "work", "uncertainty", "citizen_remark", "task", "place"):
        assert one(**{slot.slot: slot.phrase}) == []


@pytest.mark.parametrize(("scale", "value", "words"), [
    ("fsiii", 2, "FSIII: 2 Moderate begrænsninger"), ("vum", 4, "VUM: 4 Fuldstændig nedsat funktionsevne"),
    ("icf", 0, "ICF: 0 Ingen problemer"), ("vum", "ikke_vurderet", "VUM: Ikke vurderet"), ("fsiii", "ikke_relevant", "FSIII: Ikke relevant"),
    ("icf", None, "ICF: niveau mangler"),
])
def test_levels_are_told_with_their_scale(scale, value, words):
    assert scales.in_words(Level(scale=scale, value=value), SCALES) == words


def test_the_scales_say_which_of_the_two_answers_they_have_themselves():
    """FSIII har »ikke relevant«, VUM har »ikke vurderet«, ICF har begge."""
    official = {s.id: {n.value for n in s.not_levels if n.official} for s in SCALES.values()}
    assert official == {"fsiii": {"ikke_relevant"}, "vum": {"ikke_vurderet"}, "icf": {"ikke_relevant", "ikke_vurderet"}}
