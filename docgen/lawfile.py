"""What a file of law holds (`templates/law/*.yaml`): acts, provisions with their periods, sources, schemes, warnings, each with examples.

Models only: what the law is on a day is docgen.law's answer; the files are read and proved by docgen.lawload.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from docgen.dates import in_words
from docgen.model import Outcome, Scheme

Date = datetime.date


class Status(StrEnum):
    """How surely we know; the order is from sure to unsure."""

    VERIFICERET = "verificeret"  # read in the statute or at the authority
    VERIFICERET_SEKUNDAER = "verificeret_sekundaer"  # read in a secondary source
    AFLEDT = "afledt"  # inferred; the note says how
    UBEKRAEFTET = "ubekraeftet"  # remembered, planned or not found

    # only as the status of a citation
    BEKRAEFTET_AF_KOMMUNEN = "bekraeftet_af_kommunen"
    IKKE_GAELDENDE = "ikke_gaeldende"


class State(StrEnum):
    """Whether a provision applies on a day."""

    IN_FORCE = "in_force"
    UNKNOWN = "unknown"  # not in the register: cannot tell
    UNCONFIRMED = "unconfirmed"  # in the register, but the day falls where nobody has confirmed the law
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True)
class Boundary:
    """A first or last day; `2026-06-30?` is one that nobody has confirmed."""

    day: Date
    certain: bool = True

    def __str__(self) -> str:
        return in_words(self.day) + ("" if self.certain else " (ikke bekræftet)")


def _boundary(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Boundary(Date.fromisoformat(value.removesuffix("?")), not value.endswith("?"))
        except ValueError:
            pass
    elif isinstance(value, Boundary):
        return value
    raise PydanticCustomError("date_parsing", "not a date")


BoundaryField = Annotated[Boundary, BeforeValidator(_boundary)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, arbitrary_types_allowed=True)


class Source(_Model):
    title: str
    url: str | None = None


class Period(_Model):
    """A stretch of days in which a provision reads and is cited in one way; both days are included.

    `choose_by`: `afgoerelse` by the day of the decision alone; `bevilling` for courses granted no later than
    `granted_until`; `sagsstart` for cases begun no later than `started_until`.
    """

    start: BoundaryField = Field(alias="from")
    until: BoundaryField | None = None
    choose_by: Literal["afgoerelse", "bevilling", "sagsstart"] = "afgoerelse"
    granted_until: Date | None = None
    started_until: Date | None = None
    status: Status
    source: tuple[str, ...] = Field(min_length=1)
    checked: Date
    cite: str | None = None
    number_known: bool = True
    wording: str | None = None
    note: str | None = None

    def covers(self, day: Date) -> bool:
        return self.start.day <= day and (self.until is None or day <= self.until.day)


class Example(_Model):
    """A day, and what must come of it: the proof that a provision carries."""

    on: Date
    granted: Date | None = None
    case_started: Date | None = None
    cite: str
    status: Status | None = None
    state: State | None = None


class Provision(_Model):
    """A provision, or a word of the law, and what it demands in our own words."""

    key: str
    title: str
    demands: str
    wording: str  # stands where no number may be printed
    cite: str | None = None  # only where it does not follow from key and act
    pattern: str | None = None  # how an instrument without sections is recognised in a text
    periods: tuple[Period, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)

    @property
    def act(self) -> str:
        return self.key.partition(".")[0]


class Planned(_Model):
    """A new act that is expected to take the place of this one."""

    start: BoundaryField = Field(alias="from")
    by: str
    source: tuple[str, ...] = Field(min_length=1)
    checked: Date
    note: str


class Act(_Model):
    key: str
    name: str
    names: tuple[str, ...] = ()  # other names, abbreviations among them
    cite: str | None = None  # with {ref}, e.g. »pensionslovens {ref}«
    consolidated: str | None = None
    source: tuple[str, ...] = ()
    checked: Date | None = None
    planned: Planned | None = None
    note: str | None = None


class SchemePeriod(_Model):
    """Whether a scheme can be granted anew, or is only served to those who have it."""

    start: BoundaryField = Field(alias="from")
    until: BoundaryField | None = None
    new: bool
    granted_until: Date | None = None
    law: tuple[str, ...] = Field(min_length=1)
    reason: str | None = None
    status: Status
    source: tuple[str, ...] = Field(min_length=1)
    checked: Date
    note: str | None = None

    def covers(self, day: Date) -> bool:
        return self.start.day <= day and (self.until is None or day <= self.until.day)


class SchemeExample(_Model):
    on: Date
    outcome: Outcome
    granted: Date | None = None
    possible: bool


class SchemeLaw(_Model):
    scheme: Scheme
    periods: tuple[SchemePeriod, ...] = Field(min_length=1)
    examples: tuple[SchemeExample, ...] = Field(min_length=1)


class WarningExample(_Model):
    on: Date
    scheme: Scheme | None = None
    outcome: Outcome | None = None
    reaches: Date | None = None
    expect: bool


class LawWarning(_Model):
    """Something to know about the law of a day; `level` advarsel is loud, oplysning is not."""

    id: str
    level: Literal["advarsel", "oplysning"]
    start: BoundaryField = Field(alias="from")
    until: BoundaryField | None = None
    schemes: tuple[Scheme, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    reaching: bool = False  # also when what is decided reaches into the period (a course that runs on)
    text: str
    source: tuple[str, ...] = Field(min_length=1)
    checked: Date
    examples: tuple[WarningExample, ...] = Field(min_length=1)

    def concerns(self, on: Date, scheme: str | None, outcome: str | None, reaches: Date | None) -> bool:
        last = max(on, reaches) if self.reaching and reaches else on
        if last < self.start.day or (self.until is not None and on > self.until.day):
            return False
        return (not self.schemes or scheme in self.schemes) and (not self.outcomes or outcome in self.outcomes)


class LawFile(_Model):
    """One file: an act with its provisions; or the sources, the schemes, the warnings."""

    act: Act | None = None
    provisions: tuple[Provision, ...] = ()
    sources: dict[str, Source] = Field(default_factory=dict)
    schemes: tuple[SchemeLaw, ...] = ()
    warnings: tuple[LawWarning, ...] = ()
