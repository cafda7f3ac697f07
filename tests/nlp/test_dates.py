"""Every way a caseworker writes a date."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import dates

LETTER = datetime.date(2026, 11, 22)

DAYS = [
    ("LÆ 265 af 12.03.2026 er modtaget.", "2026-03-12"),
    ("LÆ 265 af 12/3-26 er modtaget.", "2026-03-12"),
    ("LÆ 265 af 12/3 2026 er modtaget.", "2026-03-12"),
    ("LÆ 265 af 12-03-2026 er modtaget.", "2026-03-12"),
    ("LÆ 265 (2026-03-12) er modtaget.", "2026-03-12"),
    ("Attesten er dateret 120326.", "2026-03-12"),
    ("Attesten er af d. 3. marts 2026.", "2026-03-03"),
    ("Attesten er af d.3.marts 2026.", "2026-03-03"),
    ("Attesten er af den tredje marts 2026.", "2026-03-03"),
    ("Attesten er fra 3. nov. 2026.", "2026-11-03"),
    ("Modtaget torsdag den 12. november.", "2026-11-12"),
    ("Modtaget mandag d. 9/11.", "2026-11-09"),
    ("Modtaget den 3. ds.", "2026-11-03"),
    ("Modtaget den 12. f.m.", "2026-10-12"),
    ("Modtaget den 3. oktober d.å.", "2026-10-03"),
    ("Modtaget den 14. december.", "2025-12-14"),
    ("Lægen ringede i går.", "2026-11-21"),
    ("Lægen ringede i mandags.", "2026-11-16"),
    ("Lægen ringede den 03.11 om formiddagen.", "2026-11-03"),
]
SPANS = [
    ("i marts 2026", "2026-03-01", "2026-03-31"),
    ("i marts", "2026-03-01", "2026-03-31"),
    ("uge 38", "2026-09-14", "2026-09-20"),
    ("uge 36-38", "2026-08-31", "2026-09-20"),
    ("uge 38, 2025", "2025-09-15", "2025-09-21"),
    ("primo marts 2026", "2026-03-01", "2026-03-10"),
    ("medio juni", "2026-06-15", "2026-06-20"),
    ("ultimo september", "2026-09-30", "2026-09-30"),
    ("foråret 2026", "2026-03-01", "2026-05-31"),
    ("sidste efterår", "2025-09-01", "2025-11-30"),
    ("vinteren 2025/26", "2025-12-01", "2026-02-28"),
    ("for tre uger siden", "2026-11-01", "2026-11-01"),
    ("for et halvt år siden", "2026-05-22", "2026-05-22"),
    ("sidste måned", "2026-10-01", "2026-10-31"),
    ("i sidste uge", "2026-11-09", "2026-11-15"),
    ("juni–august 2026", "2026-06-01", "2026-08-31"),
    ("1. kvartal 2026", "2026-01-01", "2026-03-31"),
    ("i 2025", "2025-01-01", "2025-12-31"),
    ("3. maj–25. juli 2026", "2026-05-03", "2026-07-25"),
    ("fra den 3. maj til den 25. juli 2026", "2026-05-03", "2026-07-25"),
    ("mellem den 3. maj og den 25. juli 2026", "2026-05-03", "2026-07-25"),
    ("01.06.–28.08.2026", "2026-06-01", "2026-08-28"),
    ("1/6-28/8 2026", "2026-06-01", "2026-08-28"),
    ("12.-14. oktober 2026", "2026-10-12", "2026-10-14"),
]
NO_DATE = [
    "kl. 10.00-11.20",
    "CPR 610285-1234",
    "en score på 6/10",
    "5/5 dage",
    "3/4 timer",
    "AMPS 1,2 og 0,8",
    "pensionslovens § 18, stk. 2",
    "VUM 2.0",
    "30. februar 2026",
    "6 timer pr. uge",
    "diagnosen F33.2",
    "borgeren er 47 år",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_written_day_is_read_from_the_letters_date(text, day):
    """En dato i et brev fra november 2026 læses, som sagsbehandleren mente den."""
    (found,) = dates.find(text, LETTER)
    assert (found.first.isoformat(), found.last.isoformat(), found.exact) == (day, day, True)


@pytest.mark.parametrize(("text", "first", "last"), SPANS)
def test_a_stretch_of_time_has_a_first_and_a_last_day(text, first, last):
    """En uge, en måned, en årstid og en periode er ikke én dag."""
    (found,) = dates.find(text, LETTER)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", NO_DATE)
def test_numbers_that_are_no_dates_are_left_alone(text):
    """Klokkeslæt, CPR-numre, scorer og paragraffer er ikke datoer."""
    assert dates.find(text, LETTER) == []


def test_several_days_of_one_month_are_several_dates():
    """»Den 12., 14. og 19. oktober 2026« er tre besøg."""
    found = dates.find("Besøg den 12., 14. og 19. oktober 2026.", LETTER)
    assert [day.first.isoformat() for day in found] == ["2026-10-12", "2026-10-14", "2026-10-19"]


def test_the_same_day_is_the_day_just_named():
    """»Samme dag« er den dag, der lige er nævnt."""
    found = dates.find("Den 3. marts 2026 kom attesten. Samme dag ringede lægen.", LETTER)
    assert [day.first.isoformat() for day in found] == ["2026-03-03", "2026-03-03"]


def test_nothing_is_guessed_without_the_letters_date():
    """Uden brevets dato kan »i går« og »3. marts« ikke blive til en dag."""
    assert [day.first for day in dates.find("Lægen ringede i går og den 3. marts.", None)] == [None, None]


@given(st.dates(datetime.date(2001, 1, 1), datetime.date(2030, 12, 31)))
def test_a_full_date_means_itself_in_every_notation(day):
    """En fuld dato betyder det samme, uanset om den skrives med punktum, skråstreg, bindestreg eller ord."""
    months = [name for name, number in dates.MONTHS.items() if number == day.month]
    for written in (f"{day:%d.%m.%Y}", f"{day.day}/{day.month} {day.year}", f"{day:%d-%m-%Y}", day.isoformat(), *(f"{day.day}. {month} {day.year}" for month in months)):
        (found,) = dates.find(f"Attest af {written} fra egen læge.", LETTER)
        assert (found.first, found.exact) == (day, True)
