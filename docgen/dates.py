"""Dates as Danish sentences write them."""

from __future__ import annotations

import datetime

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def in_words(day: datetime.date) -> str:
    """»22. november 2026«."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def with_weekday(day: datetime.date) -> str:
    """»søndag den 22. november 2026«."""
    return f"{WEEKDAYS[day.weekday()]} den {in_words(day)}"
