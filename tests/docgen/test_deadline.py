"""The day a complaint must be in, and how it was counted."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.dates import with_weekday
from docgen.deadline import complaint_deadline, hearing_deadline, public_holiday, unsettled_day

day = datetime.date.fromisoformat
DAYS = st.dates(datetime.date(2018, 7, 1), datetime.date(2045, 1, 1))


@pytest.mark.parametrize(
    ("sent", "last", "safe"),
    [
        ("2026-11-20", "2026-12-18", "2026-12-18"),  # a Friday, nothing in the way
        ("2026-11-22", "2026-12-21", "2026-12-21"),  # received on a Sunday; the last day is a Sunday
        ("2026-12-05", "2027-01-04", "2027-01-04"),  # the last day is a Saturday
        ("2026-11-26", "2026-12-28", "2026-12-24"),  # 24 December: not settled, the later day
        ("2026-11-27", "2026-12-28", "2026-12-28"),  # 25 December, then a weekend
        ("2026-12-03", "2027-01-04", "2026-12-31"),  # 31 December: not settled
        ("2026-04-16", "2026-05-18", "2026-05-15"),  # Kristi himmelfartsdag, then the Friday: not settled
        ("2026-05-08", "2026-06-08", "2026-06-05"),  # 5 June: not settled
        ("2026-03-05", "2026-04-07", "2026-04-07"),  # skærtorsdag to anden påskedag
        ("2023-04-07", "2023-05-08", "2023-05-08"),  # Store bededag was a holiday in 2023 ...
        ("2024-03-29", "2024-04-26", "2024-04-26"),  # ... and no longer in 2024
    ],
)
def test_the_last_day_of_a_digital_letter(sent, last, safe) -> None:
    """Et digitalt brev er modtaget samme dag; fristen er fire uger og flytter sig, hvis den ender på en fridag."""
    counted = complaint_deadline(day(sent), "digital")
    assert (counted.received, counted.last_day, counted.latest_safe_day) == (day(sent), day(last), day(safe))
    assert counted.certain == (last == safe)


def test_a_letter_on_paper_has_no_fixed_last_day() -> None:
    """Et brev på papir får ingen bestemt dato, men en dag, hvor klagen under alle omstændigheder er rettidig."""
    counted = complaint_deadline(day("2026-11-20"), "papir")
    assert counted.last_day is None and counted.doubts
    assert counted.latest_safe_day == day("2026-12-18")
    assert not any("Sidste dag at klage" in step for step in counted.explanation)


def test_a_letter_on_paper_whose_arrival_is_known_is_counted_from_it() -> None:
    """Ved vi, hvornår borgeren fik brevet, regnes fristen derfra."""
    counted = complaint_deadline(day("2026-11-20"), "papir", received=day("2026-11-25"))
    assert counted.last_day == day("2026-12-23") and counted.certain


def test_an_unknown_channel_is_no_digital_letter() -> None:
    """Ved vi ikke, hvordan brevet er sendt, gætter vi ikke på en dato."""
    counted = complaint_deadline(day("2026-11-20"))
    assert counted.last_day is None and "ikke oplyst" in counted.doubts[0]


def test_a_letter_cannot_arrive_before_it_is_sent() -> None:
    """Et brev kan ikke være modtaget, før det er sendt."""
    with pytest.raises(ValueError, match="received before sent"):
        complaint_deadline(day("2026-11-20"), received=day("2026-11-19"))


def test_the_explanation_tells_each_step_in_danish() -> None:
    """Forklaringen siger, hvornår brevet kom, hvad der tæller, og hvorfor dagen flyttes."""
    assert complaint_deadline(day("2026-12-05"), "digital").explanation == (
        "Brevet er sendt digitalt lørdag den 5. december 2026 og regnes for modtaget samme dag, selv om det er en lørdag.",
        "Dagen, hvor brevet er modtaget, tælles ikke med.",
        "Fire uger efter lørdag den 5. december 2026 er lørdag den 2. januar 2027.",
        "Lørdag den 2. januar 2027 er en lørdag, så fristen flyttes til mandag den 4. januar 2027.",
        "Sidste dag at klage er mandag den 4. januar 2027, til kl. 23.59.",
    )


@given(DAYS)
def test_the_last_day_is_always_an_open_one_and_never_too_early(sent) -> None:
    """Fristen ender aldrig på en weekend eller helligdag og aldrig, før der er gået fire uger."""
    counted = complaint_deadline(sent, "digital")
    last, safe = counted.last_day, counted.latest_safe_day
    full = sent + datetime.timedelta(days=28)
    assert full <= safe <= last <= full + datetime.timedelta(days=10)
    for end in (last, safe):
        assert end.weekday() < 5 and not public_holiday(end)
    assert not unsettled_day(last)
    assert with_weekday(last) in counted.explanation[-1]
    assert (last != full) == any("flyttes til" in step or "senere dag" in step for step in counted.explanation)
    assert (last != safe) == bool(counted.doubts)


@given(DAYS)
def test_a_paper_letter_is_safe_if_answered_as_though_it_came_at_once(sent) -> None:
    """Den sikre dag for et brev på papir er den, der gjaldt, hvis brevet var kommet samme dag."""
    assert complaint_deadline(sent, "papir").latest_safe_day == complaint_deadline(sent, "digital").latest_safe_day


@given(DAYS, st.sampled_from(["digital", "papir"]), st.integers(1, 60))
def test_a_hearing_gives_at_least_the_days_the_municipality_promises(sent, channel, days) -> None:
    """Ved partshøring får borgeren mindst de dage, kommunen har lovet, og svarfristen er en hverdag."""
    counted = hearing_deadline(sent, channel, days)
    assert counted.last_day >= counted.received + datetime.timedelta(days=days)
    assert counted.last_day.weekday() < 5 and not public_holiday(counted.last_day)
    if channel == "papir":
        assert counted.received >= sent + datetime.timedelta(days=8) and counted.doubts


def test_a_hearing_of_no_days_is_refused() -> None:
    """En svarfrist på nul dage er ingen svarfrist."""
    with pytest.raises(ValueError, match="days"):
        hearing_deadline(day("2026-11-20"), "digital", 0)
