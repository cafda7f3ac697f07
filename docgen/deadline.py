"""Deadlines of a letter, and how each was counted, in sentences that a citizen can follow.

The time for a complaint: VEJ nr. 9533 af 26. juni 2018 and Ankestyrelsen's page on klagefrister, as law.md A.4 and law-2026.md 7
sum them up. Where they leave a doubt the answer is never a certain date: see `Deadline`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from docgen.dates import WEEKDAYS, with_weekday

Date = datetime.date

COMPLAINT_WEEKS = 4
PAPER_DAYS = 6  # omdelingsdage, VEJ 9533/2018; without an anchor since PostNord stopped letters at the end of 2025

# Days on which nobody works, though they are no helligdage; whether they move the end of a klagefrist is not settled.
_UNSETTLED = {(6, 5): "grundlovsdag", (12, 24): "juleaftensdag", (12, 31): "nytårsaftensdag"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, as far as it is known.

    `last_day`: the last day on which a complaint is in time; None where the day of receipt is not known (paper). Where the law
    is unsettled it is the later day, for no complaint may be turned away on a doubt. `latest_safe_day`: in time whatever the
    doubts turn out to be; what a citizen should be told to keep to. `explanation`: Danish sentences, one step each.
    `doubts`: Danish sentences, one for each thing that is not settled.
    """

    weeks: int | None
    days: int | None
    channel: str | None
    received: Date | None
    last_day: Date | None
    latest_safe_day: Date
    explanation: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        return self.last_day is not None and not self.doubts


def complaint_deadline(
    sent: Date, channel: str | None = None, *, received: Date | None = None, weeks: int = COMPLAINT_WEEKS
) -> Deadline:
    """The last day to complain about a decision sent on `sent`.

    `channel`: `digital` counts as received on the day it was made available, holidays too; `papir`, or None where it is
    not known, has no fixed last day unless `received` says when the citizen got it. ValueError if received before sent.
    """
    start, steps, doubts = _received(sent, channel, received)
    counted_from = start or sent
    steps.append("Dagen, hvor brevet er modtaget, tælles ikke med.")
    end = counted_from + datetime.timedelta(weeks=weeks)
    if start is None:
        safe = _next_open(end)
        steps.append(
            f"Fristen er {_weeks(weeks)} fra den dag, borgeren har modtaget brevet. Den dag er ikke kendt, og derfor skrives der ingen bestemt dato."
        )
        steps.append(f"En klage, der er modtaget senest {with_weekday(safe)}, er under alle omstændigheder rettidig.")
        return Deadline(weeks, None, channel, None, None, safe, tuple(steps), tuple(doubts))
    steps.append(f"{_weeks(weeks).capitalize()} efter {with_weekday(start)} er {with_weekday(end)}.")
    last, safe = _shift(end, steps, doubts)
    steps.append(f"Sidste dag at klage er {with_weekday(last)}, til kl. 23.59.")
    return Deadline(weeks, None, channel, start, last, safe, tuple(steps), tuple(doubts))


def hearing_deadline(sent: Date, channel: str | None, days: int) -> Deadline:
    """The day that a partshøring can ask for an answer by: `days` is the municipality's own limit, no law sets one.

    The municipality sets this date itself, so it is always a fixed one; a letter on paper is given time to arrive.
    """
    if days < 1:
        raise ValueError("days must be 1 or more")
    start, steps, doubts = _received(sent, channel, None)
    if start is None:
        start = _working_days_after(sent, PAPER_DAYS)
        steps.append(f"Vi regner med, at et brev på papir er fremme senest {with_weekday(start)}, {PAPER_DAYS} hverdage efter afsendelsen.")
    end = start + datetime.timedelta(days=days)
    steps.append(f"Kommunen giver {days} {'dag' if days == 1 else 'dage'} til at svare: til og med {with_weekday(end)}.")
    last, safe = _shift(end, steps, [])
    steps.append(f"Svarfristen er {with_weekday(last)}.")
    return Deadline(None, days, channel, start, last, safe, tuple(steps), tuple(doubts))


def public_holiday(day: Date) -> str | None:
    """The Danish name of a helligdag; Store bededag is none from 2024."""
    return _public(day.year).get(day)


def unsettled_day(day: Date) -> str | None:
    """The name of a day on which it is not settled whether a deadline can end."""
    if name := _UNSETTLED.get((day.month, day.day)):
        return name
    if public_holiday(day - datetime.timedelta(days=1)) == "Kristi himmelfartsdag":
        return "fredagen efter Kristi himmelfartsdag"
    return None


# --- The steps ------------------------------------------------------------------------------------------------------


def _received(sent: Date, channel: str | None, received: Date | None) -> tuple[Date | None, list[str], list[str]]:
    if received is not None:
        if received < sent:
            raise ValueError("received before sent")
        return received, [f"Borgeren har modtaget brevet {with_weekday(received)}."], []
    if channel == "digital":
        also = f", selv om det er {closed}" if (closed := _closed(sent)) else ""
        return sent, [f"Brevet er sendt digitalt {with_weekday(sent)} og regnes for modtaget samme dag{also}."], []
    if channel == "papir":
        return (
            None,
            [f"Brevet er sendt på papir {with_weekday(sent)}."],
            [
                f"Et brev på papir regnede man før for modtaget {PAPER_DAYS} omdelingsdage efter afsendelsen. PostNord holdt op med at dele breve ud ved "
                "udgangen af 2025, og der er ikke fundet en ny regel."
            ],
        )
    return None, [f"Brevet er sendt {with_weekday(sent)}."], ["Det er ikke oplyst, om borgeren får brevet digitalt eller på papir."]


def _shift(end: Date, steps: list[str], doubts: list[str]) -> tuple[Date, Date]:
    """(the last day, the last day that is safe): moved past weekends and holidays, saying why."""
    safe, last = _next_open(end), end
    while True:
        if name := _closed(last):
            following = last + datetime.timedelta(days=1)
            steps.append(f"{with_weekday(last).capitalize()} er {name}, så fristen flyttes til {with_weekday(_next_open(following))}.")
            last = _next_open(following)
        elif name := unsettled_day(last):
            following = _next_open(last + datetime.timedelta(days=1))
            steps.append(
                f"{with_weekday(last).capitalize()} er {name}. Det er ikke afklaret, om en frist kan slutte den dag. Vi regner med den senere dag, {with_weekday(following)}."
            )
            doubts.append(f"Det er ikke bekræftet, om en frist kan slutte på {name}. En jurist skal bekræfte det; afvis ikke en klage på det grundlag.")
            last = following
        else:
            return last, safe


def _next_open(day: Date) -> Date:
    """`day` past weekends and helligdage only."""
    while _closed(day):
        day += datetime.timedelta(days=1)
    return day


def _closed(day: Date) -> str | None:
    """Why no deadline ends on that day: »en lørdag«, »anden juledag«."""
    if name := public_holiday(day):
        return name[:1].lower() + name[1:] if name != "Kristi himmelfartsdag" else name
    return f"en {WEEKDAYS[day.weekday()]}" if day.weekday() >= 5 else None


def _working_days_after(day: Date, count: int) -> Date:
    while count:
        day += datetime.timedelta(days=1)
        if not _closed(day) and not unsettled_day(day):
            count -= 1
    return day


def _weeks(weeks: int) -> str:
    words = {1: "en uge", 2: "to uger", 3: "tre uger", 4: "fire uger"}
    return words.get(weeks, f"{weeks} uger")


@lru_cache(maxsize=16)
def _public(year: int) -> dict[Date, str]:
    import holidays  # loads the calendars of many countries: only where a deadline is counted

    return dict(holidays.country_holidays("DK", years=year, language="da", categories=("public",)))
