"""The jobs, each read top to bottom: generate a draft, make many, review a document, annotate it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docgen.casefile import parse_case, read_case
from docgen.content import Content
from docgen.draft import Drafting
from docgen.errors import FileError, Problem, at
from docgen.model import Case, Draft

if TYPE_CHECKING:
    from docgen.forms import Import


def generate(case: Case | str | Path, kind: str, *, content: Content | None = None) -> Draft:
    """One Word draft of `kind`: `.docx` bytes, `.gaps`, `.warnings`, `.manifest`.

    `case` is a Case or the path of a case file. Raises DocgenError with a Danish message for what cannot be done.
    """
    made = case if isinstance(case, Case) else read_case(case)
    return Drafting(content or Content.find()).draft(made, kind)


def make_form(case: Case | str | Path, kind: str, *, content: Content | None = None, areas: tuple[str, ...] = ()) -> bytes:
    """A Word form of `kind` with what the case already holds. `areas` limits the functional areas to these keys."""
    from docgen import forms
    from docgen.word import form as word

    made = case if isinstance(case, Case) else read_case(case)
    return word.make(forms.build(kind, made, content or Content.find(), areas=areas))


@dataclass(frozen=True)
class ImportedForm:
    """`report` says what the form means for the case; `text` is the case file with it, None where nothing changes."""

    report: Import
    text: str | None
    case: Case


def import_form(
    source: str | Path | bytes, case_file: Path, *, take: Literal["form", "case"] | None = None, content: Content | None = None
) -> ImportedForm:
    """What a returned form means for the case in `case_file`, which may not exist yet. Nothing is written to the disk.

    Only what the case lacks is put in; where form and case differ, `take` decides ("form" or "case"), else the case stands.
    Raises FileError for a form of another case, CaseError for a case file that cannot be read.
    """
    from docgen import forms
    from docgen.casefile import changed
    from docgen.word import form as word

    content = content or Content.find()
    fresh = not case_file.exists()
    case = Case() if fresh else read_case(case_file)
    answers = word.read(source, content)
    if answers.case_number and case.case_number and answers.case_number != case.case_number:
        raise FileError(Problem("Formularen er lavet til en anden sag.", at(case_file), "Tjek sagsnummeret øverst i formularen."))
    report = forms.compare(forms.build(answers.kind, case, content), answers, case, fresh=fresh)
    changes = report.changes(take)
    if fresh and answers.case_number:
        changes = {"case_number": answers.case_number} | changes
    if not changes:
        return ImportedForm(report, None, case)
    text = changed(case_file, changes)
    return ImportedForm(report, text, parse_case(text, case_file))
