"""`docgen demo`: the main job on the shipped examples, end to end."""

from __future__ import annotations

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
from docgen.model import Draft, Kind
from docgen.validate import validate
from docgen.yamlfile import read


class Example(ContentModel):
    """One invented case of examples/examples.yaml and the documents that are made of it."""

    file: str
    title: str
    shows: str
    kinds: list[Kind] = Field(min_length=1)
    gaps: bool = False  # made to show gaps


class Examples(ContentModel):
    cases: list[Example] = Field(min_length=1)
    drafts: list[str] = Field(default_factory=list)  # hand-written letters with faults, for the linter


@dataclass(frozen=True)
class Made:
    example: Example
    kind: Kind
    path: Path
    draft: Draft


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


def drafts() -> list[Path]:
    """The hand-written drafts with faults."""
    return [examples() / "drafts" / name for name in index().drafts]
