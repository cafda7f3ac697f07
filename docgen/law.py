"""The law by date: the provisions that our texts use, in periods, and how each is cited on a given day.

A register is data (`templates/law/*.yaml`): what was read, where, when and how surely. This module never fills a hole: a
provision whose number nobody has confirmed is cited in words, an end date that is inferred makes the answer "unconfirmed",
and what is not in the register is "unknown".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from docgen import citations
from docgen.dates import in_words
from docgen.errors import ContentError, Problem, UsageError
from docgen.lawfile import Act, LawWarning, Period, Provision, SchemeLaw, Source, State, Status
from docgen.model import ConfirmedReference, Outcome, Scheme
from docgen.validate import did_you_mean

Date = datetime.date

_WORST = (State.IN_FORCE, State.UNKNOWN, State.UNCONFIRMED, State.NOT_IN_FORCE)


# --- Answers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Force:
    """Whether something applies on a day, and a Danish sentence that says why."""

    state: State
    reason: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """How a provision is cited on a day. `numbered` is false where the text holds no § that could be wrong."""

    text: str
    key: str
    status: Status
    numbered: bool
    warning: str | None = None
    period: Period | None = None
    confirmed_by: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Found:
    """A citation found in a text and, if a day was given, whether it applied: `text[start:end]`.

    `act` is None where the text names none, or one that is not in the register (`named`); `force` is then unknown.
    `candidates` are the acts of the register that have a section like one that stands alone. `keys` are what the
    citation says (without an act: the bare sections); `known` those of the register that it touches.
    """

    start: int
    end: int
    text: str
    act: str | None
    named: bool
    keys: tuple[str, ...]
    known: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    former: bool = False
    inferred: bool = False
    force: Force | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether law allows a decision about a scheme on a day."""

    possible: bool
    running: bool  # a course under earlier rules, cited as »tidligere gældende«
    reason: str  # a Danish sentence; empty where there is nothing to say
    status: Status
    law: tuple[str, ...]  # keys that bear the decision
    needs: tuple[str, ...] = ()  # paths of the case that must be filled in first


# --- The register ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Register:
    """Acts, provisions, schemes and warnings by date. Days are days of decision unless a parameter says otherwise."""

    acts: dict[str, Act]
    provisions: dict[str, Provision]
    schemes: dict[str, SchemeLaw]
    alerts: tuple[LawWarning, ...]
    sources: dict[str, Source]
    confirmed: dict[str, ConfirmedReference]

    def confirming(self, references: Iterable[ConfirmedReference]) -> Register:
        """The register with the municipality's own confirmed references (`lov` in kommune.yaml).

        A confirmed reference stands in for one without a known number or with an unconfirmed status, from the day
        the register itself cannot tell; it never replaces what the register knows. ContentError for an unknown key.
        """
        references = list(references)
        unknown = [r.key for r in references if r.key not in self.provisions]
        if unknown:
            raise ContentError(
                *(
                    Problem(f"kommune.yaml: »{key}« står ikke i lovregistret.", None, did_you_mean(key, list(self.provisions)))
                    for key in unknown
                )
            )
        return replace(self, confirmed={r.key: r for r in references})

    def provision(self, key: str) -> Provision:
        """UsageError with a suggestion for an unknown key."""
        if key not in self.provisions:
            raise UsageError(Problem(f"»{key}« står ikke i lovregistret.", None, near(key, self.provisions).strip()))
        return self.provisions[key]

    def at(
        self, key: str, *, on: Date, granted: Date | None = None, case_started: Date | None = None
    ) -> Period | None:
        """The period that applies, or None: not in force, or its condition (grant, start of case) is not met or shown."""
        force = self.force(key, on=on, granted=granted, case_started=case_started)
        return force.period if force.state is not State.NOT_IN_FORCE else None

    def force(
        self, key: str, *, on: Date, granted: Date | None = None, case_started: Date | None = None, former: bool = False
    ) -> Force:
        """Whether the provision applies on a day. `former`: it is cited as formerly in force."""
        provision = self.provision(key)
        planned = self._planned(provision, on)
        if planned:
            return Force(State.UNCONFIRMED, planned)
        period = next((p for p in provision.periods if p.covers(on)), None)
        if period is None:
            return self._outside(provision, on)
        for limit, given, what in (
            (period.granted_until, granted, "forløb, der er bevilget"),
            (period.started_until, case_started, "sager, der er begyndt"),
        ):
            if limit is None:
                continue
            only = f"{provision.title}: gælder {on_day(on)} kun for {what} senest den {in_words(limit)}."
            if given is not None and given > limit:
                return Force(State.NOT_IN_FORCE, only)
            if given is None:
                unsure = former or period.status is Status.UBEKRAEFTET
                return Force(State.UNCONFIRMED if unsure else State.NOT_IN_FORCE, f"{only} Datoen er ikke oplyst.")
        if period.status is Status.UBEKRAEFTET:
            return Force(State.UNCONFIRMED, period.note or f"{provision.title}: er ikke bekræftet.", period)
        return Force(State.IN_FORCE, period.note or "", period)

    def cite(
        self, key: str, *, on: Date, granted: Date | None = None, case_started: Date | None = None
    ) -> Citation:
        """How the provision is cited in a letter decided on that day.

        Never a § that is not in force or whose number nobody has confirmed: then the text is the provision's wording
        and `warning` says why. UsageError for an unknown key.
        """
        provision = self.provision(key)
        force = self.force(key, on=on, granted=granted, case_started=case_started)
        own = self.confirmed.get(key)
        period = force.period
        uncertain = force.state is State.UNCONFIRMED or (period is not None and not period.number_known)
        if own and uncertain:
            by = f"{own.confirmed_by}, {in_words(own.confirmed_on)}"
            return Citation(own.cite, key, Status.BEKRAEFTET_AF_KOMMUNEN, True, None, period, by)
        wording = (period.wording if period else None) or provision.wording
        if force.state is State.NOT_IN_FORCE:
            return Citation(wording, key, Status.IKKE_GAELDENDE, False, force.reason, None)
        if period is None or (force.state is State.UNCONFIRMED and period.number_known):
            return Citation(wording, key, Status.UBEKRAEFTET, False, force.reason, period)
        warning = None
        if not period.number_known:
            warning = f"{provision.title}: § er ikke bekræftet og er derfor ikke skrevet. {period.note or ''}".strip()
            return Citation(wording, key, period.status, False, warning, period)
        if period.status is Status.AFLEDT:
            warning = f"{provision.title}: henvisningen er afledt. {period.note or ''}".strip()
        return Citation(self._cited(provision, period), key, period.status, self._numbered(provision), warning, period)

    def find(
        self, text: str, *, on: Date | None = None, granted: Date | None = None, case_started: Date | None = None
    ) -> list[Found]:
        """Every legal citation in `text`, in order; with `on`, whether each applied on that day."""
        found = []
        for written in citations.find(text, self._names, self._patterns):
            entry = self._found(text, written)
            if on is not None:
                entry = replace(entry, force=self._force_of(entry, on, granted, case_started))
            found.append(entry)
        return found

    def warnings(
        self, *, on: Date, scheme: str | None = None, outcome: str | None = None, reaches: Date | None = None
    ) -> list[LawWarning]:
        """What to know about the law of that day, the loud ones first. `reaches`: the last day that the decision itself names."""
        found = [a for a in self.alerts if a.concerns(on, scheme, outcome, reaches)]
        return sorted(found, key=lambda a: a.level != "advarsel")

    def available(self, scheme: str, outcome: str, *, on: Date, granted: Date | None = None) -> Availability:
        """Whether law allows this outcome for this scheme on this day, and under which rules."""
        law = self.schemes[Scheme(scheme)]
        period = next((p for p in law.periods if p.covers(on)), None)
        if period is None:
            first = law.periods[0].start
            reason = (
                f"Lovregistret kender ikke ordningen før den {in_words(first.day)}."
                if on < first.day
                else f"Lovregistret kan ikke sige, om ordningen findes {on_day(on)}. Bekræft loven, før brevet sendes."
            )
            return Availability(on >= first.day, False, reason, Status.UBEKRAEFTET, (), ())
        if period.new:
            return Availability(True, False, period.note or "", period.status, period.law)
        limit = period.granted_until
        reason = period.reason or ""
        if granted is not None and limit is not None and granted <= limit:
            return Availability(True, True, period.note or "", period.status, period.law)
        if outcome in (Outcome.AFSLAG, Outcome.AFSLAG_PAA_BEHANDLING) and granted is None:
            return Availability(True, False, reason, period.status, ())
        if outcome == Outcome.OPHOER and granted is None:
            return Availability(
                True, True, f"{reason} Skriv, hvornår forløbet er bevilget.", period.status, period.law, ("decision.granted_on",)
            )
        if granted is None and limit is not None:
            reason += f" Er det et forløb, der er bevilget senest den {in_words(limit)}, så skriv datoen i decision.granted_on."
        return Availability(False, False, reason.strip(), period.status, ())

    def terms(self, on: Date | None) -> dict[str, str]:
        """The words of the law on that day, by the name a text uses: `ord.myndighed` -> jobcenteret or kommunen."""
        return {
            key.removeprefix("ORD."): self.cite(key, on=on).text if on else provision.wording
            for key, provision in self.provisions.items()
            if provision.act == "ORD"
        }

    def describe(self, key: str) -> dict[str, Any]:
        """All that the register says of a provision, for `docgen explain`."""
        provision = self.provision(key)
        return {
            "key": key,
            "title": provision.title,
            "act": self.acts[provision.act].name,
            "consolidated": self.acts[provision.act].consolidated,
            "demands": provision.demands,
            "periods": [
                {
                    "from": str(p.start),
                    "until": str(p.until) if p.until else None,
                    "cite": self._cited(provision, p) if p.number_known else p.wording or provision.wording,
                    "number_known": p.number_known,
                    "status": p.status.value,
                    "choose_by": p.choose_by,
                    "checked": p.checked,
                    "note": p.note,
                    "source": [self.sources[s] for s in p.source],
                }
                for p in provision.periods
            ],
            "planned": self.acts[provision.act].planned,
            "confirmed": self.confirmed.get(key),
        }

    # inside

    def _planned(self, provision: Provision, on: Date) -> str | None:
        planned = self.acts[provision.act].planned
        return planned.note if planned and on >= planned.start.day else None

    def _outside(self, provision: Provision, on: Date) -> Force:
        before = [p for p in provision.periods if p.until is not None and p.until.day < on]
        if not before:
            first = provision.periods[0].start
            if first.certain and provision.periods[0].status is not Status.UBEKRAEFTET:
                return Force(State.NOT_IN_FORCE, f"{provision.title}: gælder først fra den {in_words(first.day)}.")
            return Force(State.UNCONFIRMED, f"{provision.title}: gælder først fra den {first}.")
        last = before[-1]
        assert last.until is not None
        if last.until.certain:
            return Force(State.NOT_IN_FORCE, f"{provision.title}: gjaldt til og med den {in_words(last.until.day)}. {last.note or ''}".strip())
        return Force(
            State.UNCONFIRMED,
            f"{provision.title}: er efter registret ophørt den {in_words(last.until.day)}, men datoen er ikke bekræftet. {last.note or ''}".strip(),
        )

    def _cited(self, provision: Provision, period: Period) -> str:
        if cite := period.cite or provision.cite:
            return cite
        act = self.acts[provision.act]
        reference = reference_of(provision.key)
        if reference is None or act.cite is None:
            return period.wording or provision.wording
        between = act.cite if "," not in reference else act.cite.replace("{ref} ", "{ref}, ")
        return between.replace("{ref}", reference)

    @staticmethod
    def _numbered(provision: Provision) -> bool:
        return bool(provision.cite or provision.pattern or reference_of(provision.key))

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {key: (act.name, *act.names) for key, act in self.acts.items() if act.cite}

    @cached_property
    def _patterns(self) -> dict[str, str]:
        return {p.key: p.pattern for p in self.provisions.values() if p.pattern}

    def _found(self, text: str, written: citations.Written) -> Found:
        act, keys, known, candidates = written.act, (), (), ()
        if act in self.provisions:  # an instrument cited by its own number
            keys = known = (act,)
            act = self.provisions[act].act
        elif act in self.acts:
            keys = tuple(f"{act}.{section}" for section in written.sections)
            known = tuple(dict.fromkeys(k for key in keys for k in self._touched(key)))
        else:
            keys = written.sections
            if act is None:
                candidates = tuple(a for a in self._names if any(self._touched(f"{a}.{s}") for s in keys))
        return Found(
            written.start, written.end, text[written.start : written.end], None if act == citations.UNKNOWN else act,
            act is not None, keys, known, candidates, written.former, written.inferred,
        )

    @cached_property
    def _touched(self) -> Callable[[str], list[str]]:
        return lru_cache(maxsize=4096)(self._means)

    def _means(self, key: str) -> list[str]:
        """The register's provisions that a cited key means: itself, its nearest ancestor, or its parts."""
        if key in self.provisions:
            return [key]
        parts = [k for k in self.provisions if k.startswith(key + ".")]
        if parts:
            return parts
        wide = [k for k in self.provisions if _within(key, k)]
        return wide[:1]

    def _force_of(self, found: Found, on: Date, granted: Date | None, case_started: Date | None) -> Force:
        if found.act is None:
            return Force(State.UNKNOWN, "Det fremgår ikke, hvilken lov der er ment, eller loven er ikke i registret.")
        planned = self.acts[found.act].planned
        if planned and on >= planned.start.day:
            return Force(State.UNCONFIRMED, planned.note)
        worst: Force | None = None
        for key in found.keys:
            touched = self._touched(key) if key not in self.provisions else [key]
            if not touched:
                answer = Force(State.UNKNOWN, f"Lovregistret kender ikke {reference_of(key) or key} i {self.acts[found.act].name}.")
            else:
                # a whole § is in force if any part of it is
                answers = [self.force(k, on=on, granted=granted, case_started=case_started, former=found.former) for k in touched]
                answer = min(answers, key=lambda f: _WORST.index(f.state))
            if worst is None or _WORST.index(answer.state) > _WORST.index(worst.state):
                worst = answer
        return worst or Force(State.UNKNOWN, "Henvisningen kan ikke læses.")


def reference_of(key: str) -> str | None:
    """»§ 16, stk. 2« from `PL.16.2`, »kapitel 6 a« from `LAS.kap6a`; None for a key without a number."""
    parts = key.split(".")[1:]
    if not parts:
        return None
    if chapter := re.fullmatch(r"kap(\d+)([a-zæøå]?)", parts[0]):
        return f"kapitel {chapter[1]}{' ' + chapter[2] if chapter[2] else ''}"
    span = re.fullmatch(r"(\d+)([a-zæøå]?)(?:-(\d+)([a-zæøå]?))?", parts[0])
    if not span:
        return None
    text = f"§ {span[1]}{' ' + span[2] if span[2] else ''}"
    if span[3]:
        text = f"§{text}-{span[3]}{' ' + span[4] if span[4] else ''}"
    for word, part in zip(("stk.", "nr."), parts[1:], strict=False):
        text += f", {word} {part}"
    return text


def _within(key: str, wide: str) -> bool:
    """Whether `wide` (an ancestor, or a range of sections) holds `key`: LOB.9-12 holds LOB.10.1."""
    act, _, rest = key.partition(".")
    wide_act, _, wide_rest = wide.partition(".")
    if act != wide_act or not rest:
        return False
    if rest.startswith(wide_rest + "."):
        return True
    span = re.fullmatch(r"(\d+)-(\d+)[a-zæøå]?", wide_rest)
    section = re.match(r"\d+", rest)
    return bool(span and section and int(span[1]) <= int(section[0]) <= int(span[2]))


def on_day(day: Date) -> str:
    return f"den {in_words(day)}"


def near(key: str, known: Iterable[str]) -> str:
    return did_you_mean(key, list(known)) or "Se »docgen content list«."
