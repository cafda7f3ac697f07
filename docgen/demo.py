"""`docgen demo`: the main job on the shipped examples, end to end."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from docgen.casefile import read_case
from docgen.content import examples
from docgen.contentmodel import ContentModel
from docgen.draft import Drafting
from docgen.errors import ContentError
from docgen.files import write
from docgen.model import Draft, Kind, Outcome, Scheme
from docgen.validate import validate
from docgen.yamlfile import read


class Example(ContentModel):
    """One invented case of examples/examples.yaml and the documents that are made of it."""

    file: str
    title: str
    shows: str
    kinds: list[Kind] = Field(min_length=1)
    gaps: bool = False  # made to show gaps


class FaultyDraft(ContentModel):
    """One text of examples/drafts, written by hand and full of faults, and what is known about it."""

    file: str
    title: str
    kind: Kind
    scheme: Scheme | None = None
    outcome: Outcome | None = None
    decision_date: datetime.date | None = None
    citizen_age: int | None = None


class Examples(ContentModel):
    cases: list[Example] = Field(min_length=1)
    drafts: list[FaultyDraft] = Field(default_factory=list)


@dataclass(frozen=True)
class Made:
    example: Example
    kind: Kind
    path: Path
    draft: Draft


@dataclass(frozen=True)
class Checked:
    draft: FaultyDraft
    path: Path
    findings: int


def index() -> Examples:
    """The shipped examples, checked."""
    return validate(Examples, read(examples() / "examples.yaml", ContentError), ContentError)


def run(folder: Path, drafting: Drafting, overwrite: bool = False) -> Iterator[Made]:
    """Every document of every example into `folder`, beside a copy of its case file."""
    for example in index().cases:
        source = examples() / "cases" / example.file
        case = read_case(source)
        target = folder / Path(example.file).stem
        for kind in example.kinds:
            draft = drafting.draft(case, kind.value)
            write(target / f"{kind.value}.docx", draft.docx, overwrite)
            yield Made(example, kind, target / f"{kind.value}.docx", draft)
        shutil.copyfile(source, target / "sag.yaml")


def check(folder: Path, overwrite: bool = False) -> Iterator[Checked]:
    """Every faulty draft checked, with a copy in `folder` that holds the findings as Word comments."""
    from docgen import jobs

    for faulty in index().drafts:
        source = examples() / "drafts" / faulty.file
        found = jobs.review(source, **faulty.model_dump(exclude={"file", "title"}, exclude_none=True))
        target = folder / "tekster-med-fejl" / f"{source.stem}.kommenteret.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        jobs.annotate(source, found, target, overwrite=overwrite)
        yield Checked(faulty, target, len(found.findings))
