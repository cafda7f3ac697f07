"""Test results of occupational therapists: a complete record passes, each kind of wrong one gets its message."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import instruments
from docgen.model import FunctionalDescription, ItemScore, Person, TestResult
from nlp.instruments import Instrument, load
from nlp.model import Severity

ALL = list(load())
TODAY = datetime.date(2026, 11, 22)
TESTER = Person(name="N.N.", profession="ergoterapeut", certification="kalibreret")


def possible_score(instrument: Instrument) -> float:
    """A value in the middle of the scale, on a step."""
    if not instrument.range:
        return 1.0
    step = instrument.step.value if instrument.step else 1
    low, high = instrument.range.min, instrument.range.max
    return round(low + step * ((high - low) / 2 // step), 6)


def record(instrument: Instrument, **changes: object) -> TestResult:
    """A complete record of `instrument`."""
    fields: dict = {
        "instrument": instrument.id, "version": "dansk udgave", "date": "2026-10-12", "tester": TESTER, "side": "hoejre",
        "conditions": "I eget køkken, kendt opgave valgt af borgeren.", "interpretation": "Borgeren vurderer selv, at det svarer til en almindelig dag.",
        "limits": "Kun én måling.",
    }
    if instrument.items:
        fields["items"] = [ItemScore(item="delopgave", score=possible_score(instrument))] if instrument.range else []
    else:
        fields["score"] = possible_score(instrument)
    return TestResult.model_validate(fields | changes)


def codes(result: TestResult) -> list[str]:
    return [remark.code for remark in instruments.check(result, today=TODAY)]


def each(condition=lambda instrument: True):
    return pytest.mark.parametrize("instrument", [i for i in ALL if condition(i)], ids=lambda i: i.id)


@each()
def test_a_complete_record_of_every_instrument_passes(instrument):
    """Et fuldt oplyst testresultat giver ingen bemærkninger."""
    assert codes(record(instrument)) == []


@each(lambda i: i.range and i.range.enforced)
def test_a_value_outside_the_scale_cannot_occur(instrument):
    """Et tal uden for skalaen er en fejl, både under og over."""
    below, above = instrument.range.min - 1, instrument.range.max + 1
    for score in (below, above):
        given = {"items": [ItemScore(item="x", score=score)]} if instrument.items else {"score": score}
        assert codes(record(instrument, **given)) == ["redskab-uden-for-skala"]


@each(lambda i: i.step and i.step.enforced and i.range and i.range.enforced)
def test_a_value_between_the_steps_cannot_occur(instrument):
    """WHO-5 = 37 findes ikke: tallene går i spring."""
    off = possible_score(instrument) + instrument.step.value / 2
    given = {"items": [ItemScore(item="x", score=off)]} if instrument.items else {"score": off}
    assert codes(record(instrument, **given)) == ["redskab-umuligt-tal"]


@each(lambda i: i.range and not i.range.enforced)
def test_a_range_nobody_has_confirmed_is_not_enforced(instrument):
    """Et tal, vi ikke har kunnet slå op, bruges ikke til at afvise andres."""
    assert "redskab-uden-for-skala" not in codes(record(instrument, score=instrument.range.max + 1))


@each(lambda i: i.items and not i.may_sum)
def test_a_profile_has_no_total(instrument):
    """En AWP-profil kan ikke lægges sammen til ét tal."""
    assert codes(record(instrument, score=42)) == ["redskab-sum"]


@each()
@pytest.mark.parametrize("field", ["date", "tester", "interpretation", "limits", "version", "conditions", "side"])
def test_a_record_says_what_it_lacks(instrument, field):
    """Et resultat uden dato, tester, betingelser eller betydning i ord er ikke fuldt oplyst."""
    always = {"date", "tester", "interpretation", "limits"}
    found = [r for r in instruments.check(record(instrument, **{field: None}), today=TODAY) if r.code == "redskab-ufuldstaendigt"]
    if field in always | set(instrument.needs):
        assert f"functional.tests[0].{field}" in [r.path for r in found]
        assert all(r.severity in (Severity.ADVARSEL, Severity.FORSLAG) for r in found)
    else:
        assert found == []


@each(lambda i: "certification" in i.needs)
def test_some_instruments_ask_for_a_certified_tester(instrument):
    """AMPS, ESI, ADL-I og MoCA kræver en certificeret tester."""
    uncertified = record(instrument, tester=Person(name="N.N.", profession="ergoterapeut"))
    assert [r.path for r in instruments.check(uncertified)] == ["functional.tests[0].tester.certification"]


@each(lambda i: i.direction.enforced and i.direction.value != "profil")
def test_a_scale_is_not_read_backwards(instrument):
    """»En høj score betyder bedre funktion« er kun rigtigt, når skalaen vender sådan."""
    verdict = "værre" if instrument.direction.value == "hoej_bedst" else "bedre"
    backwards = record(instrument, interpretation=f"En høj score er {verdict}, oplyser borgeren.")
    assert codes(backwards) == ["redskab-retning"]
    right = {"værre": "bedre", "bedre": "værre"}[verdict]
    assert codes(record(instrument, interpretation=f"En høj score er {right}, oplyser borgeren.")) == []


@each()
def test_no_instrument_settles_a_right(instrument):
    """En grænse i et redskab afgør ikke, hvem der har ret til fleksjob."""
    assert "redskab-graense-som-ret" in codes(record(instrument, interpretation="Derfor er borgeren berettiget til fleksjob."))


@each(lambda i: i.screening and i.screens_for)
def test_a_screening_is_no_diagnosis(instrument):
    """En screening viser tegn; diagnosen stiller en læge."""
    disease = instrument.screens_for[0]
    assert "screening-som-diagnose" in codes(record(instrument, interpretation=f"Borgeren har {disease}."))
    assert codes(record(instrument, interpretation=f"Borgerens svar kan være tegn på {disease}.")) == []


@each(lambda i: i.does_not_measure)
def test_an_instrument_is_not_used_for_what_it_does_not_measure(instrument):
    """AMPS viser ikke hukommelse, og Barthel viser ikke arbejdsevne."""
    other = instrument.does_not_measure[0]
    text = "Tallet ligger under gennemsnittet." if other == "sammenligning med andre" else f"Resultatet viser nedsat {other}."
    assert "redskab-maaler-ikke" in codes(record(instrument, interpretation=text))


def test_a_date_in_the_future_is_seen():
    assert codes(record(load().by_id["moca"], date="2027-01-01")) == ["redskab-fremtid"]


@pytest.mark.parametrize(("written", "code", "cure"), [
    ("PDQ", "redskab-tvetydigt", "PDQ-39"), ("Barthel", "redskab-tvetydigt", "Barthel-20"),
    ("amps_motorisk", "redskab-ukendt", "amps_motor"), ("xyzzy", "redskab-ukendt", "docgen content list"),
])
def test_a_name_that_is_no_instrument_gets_a_helpful_answer(written, code, cure):
    """PDQ kan være tre redskaber; et ukendt navn får et forslag."""
    [remark] = instruments.check(TestResult(instrument=written))
    assert (remark.code, remark.path) == (code, "functional.tests[0].instrument")
    assert cure in remark.advice


def test_a_comparison_with_a_limit_is_calculated():
    """1,7 er ikke under 1,5."""
    assert codes(record(load().by_id["amps_motor"], score=1.7, interpretation="Tallet ligger under 1,5.")) == ["redskab-graense-regnet-forkert"]
    assert codes(record(load().by_id["amps_motor"], score=1.2, interpretation="Tallet ligger under 1,5.")) == []


def test_all_records_of_a_description_are_checked():
    functional = FunctionalDescription(tests=[record(load().by_id["who5"], score=37), record(load().by_id["moca"], score=31)])
    assert [(r.path, r.code) for r in instruments.check_all(functional)] == [
        ("functional.tests[0].score", "redskab-umuligt-tal"), ("functional.tests[1].score", "redskab-uden-for-skala"),
    ]


# --- In words --------------------------------------------------------------------------------------------------------


@each()
def test_a_result_can_be_read_without_the_manual(instrument):
    """Resultatet i ord nævner redskabet, datoen og hvem der har vurderet, og lover intet om ret eller arbejdsevne."""
    words = instruments.in_words(record(instrument))
    assert instrument.name in words and "12. oktober 2026" in words
    assert ("Borgerens egen vurdering" in words) == instrument.self_report
    assert ("ikke en diagnose" in words) == instrument.screening
    assert not any(word in words.casefold() for word in ("berettiget", "førtidspension", "fleksjob", "derfor"))


def test_amps_in_words():
    assert instruments.in_words(record(load().by_id["amps_motor"], score=1.2)) == (
        "AMPS, motoriske ADL-færdigheder den 12. oktober 2026: 1,2 logits. Et højt tal er bedst. Under 1,5: personer med et tal i det område "
        "har oftere brug for hjælp i hverdagen. Det gælder for grupper og siger ikke sikkert noget om den enkelte borger."
    )


def test_who5_in_words():
    """Selvvurdering, skala, retning, betydning og forbehold står i klart dansk."""
    assert instruments.in_words(record(load().by_id["who5"], score=36)) == (
        "Borgerens egen vurdering, WHO-5 den 12. oktober 2026: 36 point. Skalaen går fra 0 til 100, og et højt tal er bedst. "
        "Fra 36 til under 51: svarene kan være tegn på risiko for depression eller stress. Det er en screening og ikke en diagnose."
    )


def test_a_reference_for_one_group_is_not_used_on_all():
    """Grænsen for mænd nævnes som mændenes: sagen ved ikke, hvem der er målt."""
    words = instruments.in_words(record(load().by_id["jamar"], score=14))
    assert "højre: 14 kg" in words and "Under 27 for mænd" in words and "Under 16 for kvinder" in words


def test_an_impossible_value_is_told_but_not_explained():
    assert instruments.in_words(record(load().by_id["who5"], score=37)) == (
        "Borgerens egen vurdering, WHO-5 den 12. oktober 2026: 37 point. Det er en screening og ikke en diagnose."
    )


def test_items_are_told_with_their_anchor():
    awp = record(load().by_id["awp"], items=[ItemScore(item="løfter", score=2), ItemScore(item="går", score=4)])
    assert "løfter 2 (begrænset), går 4 (kompetent)" in instruments.in_words(awp)


@pytest.mark.parametrize(("instrument", "before", "after", "words"), [
    ("amps_motor", 1.2, 1.6, "AMPS, motoriske ADL-færdigheder: 1,2 → 1,6 logits. Mindst 0,3: en forskel, der kan ses i hverdagen (samme tester og software)."),
    ("copm_udf", 3.0, 4.0, "COPM, udførelse: 3 → 4 point. Under 2: forskellen kan være tilfældig (samme aktiviteter)."),
    ("tug", 14.0, 12.5, "Timed Up and Go: 14 → 12,5 sekunder."),
    ("who5", 36, 36, "WHO-5: 36 → 36 point. Samme tal."),
])
def test_two_results_are_compared_with_care(instrument, before, after, words):
    assert instruments.change_in_words(TestResult(instrument=instrument, score=before), TestResult(instrument=instrument, score=after)) == words


def test_the_two_hands_are_not_compared_with_each_other():
    left, right = (TestResult(instrument="jamar", score=20, side=side) for side in ("venstre", "hoejre"))
    assert instruments.change_in_words(left, right) is None


@each()
def test_an_instrument_explains_itself(instrument):
    """»docgen explain who5« viser skala, retning, kilde, og hvor sikkert hvert tal er."""
    told = "\n".join(instruments.described(instrument))
    assert instrument.source in told and "Retning:" in told
    assert ("bruges hverken til at afvise" in told) == ("'confidence': 'L'" in str(instrument.model_dump()))


@given(st.sampled_from(ALL), st.floats(-50, 2000, allow_nan=False), st.text(max_size=60))
def test_every_number_and_text_can_be_checked_and_told(instrument, score, text):
    """Intet tal og ingen tekst får kontrollen til at gå i stå."""
    result = record(instrument, score=score, interpretation=text)
    assert all(remark.message for remark in instruments.check(result))
    assert instrument.name in instruments.in_words(result)
