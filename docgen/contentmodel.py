"""What content files hold: standard texts, document kinds and schemes. Models only, no I/O."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from docgen.model import DocumentType, Kind, Outcome, Scheme, Track


class ContentModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


# --- Standard texts -----------------------------------------------------------------------------------------------


class When(ContentModel):
    """What a case must be for a variant to fit; an empty field fits every case."""

    kind: list[Kind] = Field(default_factory=list)
    scheme: list[Scheme] = Field(default_factory=list)
    outcome: list[Outcome] = Field(default_factory=list)
    track: list[Track] = Field(default_factory=list)
    channel: list[Literal["digital", "papir"]] = Field(default_factory=list)
    age_from: int | None = None
    age_until: int | None = None  # inclusive
    several: bool | None = None  # more than one decision in the letter

    def fits(self, facts: dict[str, Any]) -> bool:
        for name in ("kind", "scheme", "outcome", "track", "channel"):
            wanted = getattr(self, name)
            if wanted and facts.get(name) not in wanted:
                return False
        age = facts.get("age")
        if self.age_from is not None and (age is None or age < self.age_from):
            return False
        if self.age_until is not None and (age is None or age > self.age_until):
            return False
        return self.several is None or self.several == facts.get("several", False)


class Paragraph(ContentModel):
    style: Literal["overskrift", "normal", "punkt"] = "normal"
    text: str
    condition: str | None = Field(default=None, alias="if")


class TextExample(ContentModel):
    context: dict[str, Any] = Field(default_factory=dict)
    expect: list[str] = Field(min_length=1)


class Variant(ContentModel):
    when: When = Field(default_factory=When)
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    law: list[str] = Field(default_factory=list)
    needs: list[str] = Field(default_factory=list)
    paragraphs: list[Paragraph] = Field(min_length=1)
    examples: list[TextExample] = Field(min_length=1)

    def fits(self, facts: dict[str, Any], on: datetime.date | None) -> bool:
        if on is not None:
            if self.valid_from and on < self.valid_from:
                return False
            if self.valid_until and on > self.valid_until:
                return False
        return self.when.fits(facts)


class StandardText(ContentModel):
    id: str
    version: int
    title: str
    law: list[str] = Field(default_factory=list)
    needs: list[str] = Field(default_factory=list)
    note: str | None = None
    variants: list[Variant] = Field(min_length=1)

    def variant(self, facts: dict[str, Any], on: datetime.date | None) -> Variant | None:
        """The first variant that fits; None if none does."""
        return next((v for v in self.variants if v.fits(facts, on)), None)


# --- Document kinds ---------------------------------------------------------------------------------------------


class Required(ContentModel):
    path: str
    when: When = Field(default_factory=When)


class DocumentKind(ContentModel):
    """What `document.yaml` says of a kind; its template and sample lie beside it."""

    kind: Kind
    title: str
    purpose: str
    audience: Literal["borger", "sag", "fagperson"]
    date_path: str
    schemes: dict[Scheme, list[Outcome]] | None = None
    texts: list[str] = Field(default_factory=list)
    required: list[Required | str] = Field(default_factory=list)

    def required_paths(self, facts: dict[str, Any]) -> list[str]:
        wanted = (r if isinstance(r, Required) else Required(path=r) for r in self.required)
        return [r.path for r in wanted if r.when.fits(facts)]


# --- Schemes -------------------------------------------------------------------------------------------------------


class StatutoryCondition(ContentModel):
    key: str
    text: str  # plain Danish, as an assertion that is true when the condition is met
    law: str  # key in the register
    when: When = Field(default_factory=When)  # ages, tracks and outcomes it belongs to
    valid_from: datetime.date | None = None  # by the decision's date, both inclusive
    valid_until: datetime.date | None = None
    optional: bool = False  # belongs to some cases only: printed where the case answers it

    def applies(self, facts: dict[str, Any], on: datetime.date | None) -> bool:
        if on is not None and ((self.valid_from and on < self.valid_from) or (self.valid_until and on > self.valid_until)):
            return False
        return self.when.fits(facts)


class DocumentationDemand(ContentModel):
    """Something that must lie in the case: a document of one of `types`, or one of the case's `paths` filled in."""

    key: str
    text: str
    law: str | None = None  # key in the register; None: the municipality's own policy
    types: list[DocumentType] = Field(default_factory=list)
    paths: list[str] = Field(default_factory=list)
    waived_by: list[str] = Field(default_factory=list)  # paths of a reasoned choice to do without
    fresh: bool = False  # no older than the house limit
    letter: Literal["lae_125", "lae_135", "lae_145", "lae_265", "speciallaegeerklaering", "ergoterapeutisk"] | None = None
    fetch: str | None = None  # what to do where no attestanmodning can fetch it
    when: When = Field(default_factory=When)
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None

    def applies(self, facts: dict[str, Any], on: datetime.date) -> bool:
        if (self.valid_from and on < self.valid_from) or (self.valid_until and on > self.valid_until):
            return False
        return self.when.fits(facts)


class SchemeData(ContentModel):
    id: str
    name: str
    conditions: list[StatutoryCondition] = Field(default_factory=list)
    demands: list[DocumentationDemand] = Field(default_factory=list)
