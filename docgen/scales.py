"""The scales of functioning (FSIII, VUM/FFB, ICF): their Danish level names, versions and sources.

`ikke_relevant` and `ikke_vurderet` are two values and neither is 0. Data: templates/scales/.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from docgen.content import Content
from docgen.contentmodel import ContentModel
from docgen.errors import ContentError
from docgen.model import Level
from docgen.validate import validate
from docgen.yamlfile import read


class ScaleLevel(ContentModel):
    value: Literal[0, 1, 2, 3, 4]
    name: str
    meaning: str
    percent: str | None = None


class NotALevel(ContentModel):
    """Said of an area instead of a level; `official` where the scale itself has the value."""

    value: Literal["ikke_relevant", "ikke_vurderet"]
    name: str
    meaning: str
    official: bool
    code: str | None = None


class Citizen(ContentModel):
    """The citizen's own answers, kept apart from the professional level."""

    performance: dict[str, str]
    experience: dict[str, str]


class Scale(ContentModel):
    id: Literal["fsiii", "vum", "icf"]
    name: str
    short: str
    version: str
    source: str
    confidence: Literal["H", "M", "L"]
    area: str
    levels: list[ScaleLevel] = Field(min_length=5, max_length=5)
    not_levels: list[NotALevel] = Field(min_length=2, max_length=2)
    citizen: Citizen | None = None

    def named(self, value: int | str) -> str:
        """»2 Moderate begrænsninger«, »Ikke vurderet«."""
        for level in self.levels:
            if level.value == value:
                return f"{level.value} {level.name}"
        return next(n.name for n in self.not_levels if n.value == value)


def load(content: Content) -> dict[str, Scale]:
    """The scales by id. Raises ContentError with file, line and column."""
    scales = (validate(Scale, read(origin.path, ContentError), ContentError) for origin in content.files("scales"))
    return {scale.id: scale for scale in scales}


def in_words(level: Level, scales: dict[str, Scale]) -> str:
    """»FSIII: 2 Moderate begrænsninger«; an empty level is said to be empty."""
    scale = scales[level.scale]
    return f"{scale.short}: {scale.named(level.value) if level.value is not None else 'niveau mangler'}"
