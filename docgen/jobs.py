"""The jobs, each read top to bottom: generate a draft, make many, review a document, annotate it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from docgen.content import Content
from docgen.errors import FileError, Problem, at
from docgen.model import Case, Draft

if TYPE_CHECKING:
    from docgen.checklist import Checklist
    from docgen.folder import Plan
    from docgen.model import CaseRemark
    from docgen.report import Report
    from docgen.returned import Import
    from docgen.reuse import Difference
    from docgen.reviewer import Review, Reviewer


def _case(case: Case | str | Path) -> Case:
    """The case itself, read where its path is given."""
    from docgen.casefile import read_case

    return case if isinstance(case, Case) else read_case(case)


def generate(case: Case | str | Path, kind: str, *, content: Content | None = None) -> Draft:
    """One Word draft of `kind`: `.docx` bytes, `.gaps`, `.warnings`, `.manifest`.

    `case` is a Case or the path of a case file. Raises DocgenError with a Danish message for what cannot be done.
    """
    made = _case(case)
    from docgen.draft import Drafting

    return Drafting(content or Content.find()).draft(made, kind)


def make_form(case: Case | str | Path, kind: str, *, content: Content | None = None, areas: tuple[str, ...] = ()) -> bytes:
    """A Word form of `kind` with what the case already holds. `areas` limits the functional areas to these keys."""
    from docgen import forms
    from docgen.word import form as word

    made = _case(case)
    return word.make(forms.build(kind, made, content or Content.find(), areas=areas))


@dataclass(frozen=True)
class ImportedForm:
    """`report` says what the form means for the case; `text` is the case file with it, None where nothing changes; `was` is
    the file it was made from, for `files.replace`."""

    report: Import
    text: str | None
    case: Case
    was: bytes | None


def import_form(
    source: str | Path | bytes, case_file: Path, *, take: Literal["form", "case"] | None = None, content: Content | None = None
) -> ImportedForm:
    """What a returned form means for the case in `case_file`, which may not exist yet. Nothing is written to the disk.

    Only what the case lacks is put in; where form and case differ, `take` decides ("form" or "case"), else the case stands.
    Raises FileError for a form of another case, CaseError for a case file that cannot be read.
    """
    from docgen import forms, returned
    from docgen.casefile import parse_case
    from docgen.casetext import changed
    from docgen.word import form as word

    content = content or Content.find()
    was = case_file.read_bytes() if case_file.is_file() else None
    fresh = not case_file.exists()
    case = Case() if fresh else _case(case_file)
    answers = word.read(source, content)
    if answers.case_number and case.case_number and answers.case_number != case.case_number:
        raise FileError(Problem("Formularen er lavet til en anden sag.", at(case_file), "Tjek sagsnummeret øverst i formularen."))
    report = returned.compare(forms.build(answers.kind, case, content), answers, case, fresh=fresh)
    changes = report.changes(take)
    if fresh and answers.case_number:
        changes = {"case_number": answers.case_number} | changes
    if not changes:
        return ImportedForm(report, None, case, was)
    text = changed(case_file, changes)
    return ImportedForm(report, text, parse_case(text, case_file), was)


@lru_cache(maxsize=4)
def _reviewer(content: Content) -> Reviewer:
    from docgen.reviewer import Reviewer

    return Reviewer(content)


def review(
    path: str | Path | bytes, *, kind: str | None = None, scheme: str | None = None, outcome: str | None = None,
    decision_date: datetime.date | None = None, citizen_age: int | None = None, case: Case | str | Path | None = None,
    content: Content | None = None, **facts: Any,
) -> Review:
    """Findings in a .docx, .txt or .md, and what of it was read: `.findings`, `.coverage`.

    `facts` are further fields of nlp.model.Facts (track, citizen_cpr, channel, …). With `case` (a Case or a case file) the
    document is also held against the case. FileError when it cannot be read,
    UsageError for a kind, scheme or outcome that does not exist.
    """
    return _reviewer(content or Content.find()).review(
        path, kind=kind, scheme=scheme, outcome=outcome, decision_date=decision_date, citizen_age=citizen_age,
        case=None if case is None else _case(case), **facts
    )


def checklist_sheet(checklist: Checklist) -> bytes:
    """The checklist as a Word sheet to take to a meeting."""
    from docgen import checklist as listing
    from docgen.word.checklist_sheet import Sheet, SheetRow, sheet

    def row(item: listing.Item) -> SheetRow:
        parts = [item.because, *item.documents, f"Hent: {item.fetch}" if item.fetch and item.answer is not listing.Answer.MET else ""]
        parts.append(f"Grundlag: {item.basis}{'' if item.confirmed else ' (ubekræftet)'}")
        return SheetRow(item.text, listing.LABELS[item.answer], "\n".join(part for part in parts if part))

    groups = tuple(
        (title, tuple(row(item) for item in checklist.items if item.group == group)) for group, title in listing.GROUPS.items()
    )
    return sheet(Sheet(listing.title(checklist), listing.PRINCIPLE, groups, listing.totals(checklist)))


def annotate(
    path: str | Path, review: Review, out: str | Path, *, overwrite: bool = False, author: str | None = None,
    date: datetime.datetime | None = None,
) -> None:
    """Writes a copy of the reviewed .docx to `out`, with each finding as a Word comment on its words.

    Our earlier comments are replaced, people's are kept. FileError if the file has changed since the review, or `out`
    exists. `date`: the comments' time stamp (now, unless given).
    """
    from docgen import files
    from docgen.word.package import read_file

    made = commented(read_file(Path(path)), Path(path).name, review, author=author, date=date)
    files.write(Path(out), made, overwrite)


def commented(
    data: bytes, name: str, review: Review, *, author: str | None = None, date: datetime.datetime | None = None
) -> bytes:
    """As `annotate`, from the bytes of the reviewed .docx to those of the copy; `name` is only named in errors."""
    from docgen.commenting import remarks
    from docgen.reviewer import digest_of
    from docgen.word import annotate as word

    if digest_of(data) != review.digest:
        raise FileError(Problem("Filen er ændret, siden den blev læst.", at(name), "Læs den igen, og prøv så."))
    stamp = date or datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    return word.annotate(word.open_for_comments(data, name), remarks(review), author=author or word.AUTHOR, date=stamp)


def uncomment(path: str | Path, out: str | Path, *, answered: bool = False, overwrite: bool = False) -> tuple[int, int]:
    """Writes a copy without our comments: (removed, kept because somebody answered them). People's comments stay."""
    from docgen import files
    from docgen.word import annotate as word
    from docgen.word.package import read_file

    data, removed, kept = word.remove(word.open_for_comments(read_file(Path(path)), Path(path).name), answered=answered)
    files.write(Path(out), data, overwrite)
    return removed, kept


def lint(
    paths: Sequence[Path], plan: Plan, *, quotes: bool | None = None, fail_on: str | None = "fejl", processes: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """A report over files and folders. A file that cannot be read is a row; without `quotes`, a report over more than
    one file holds no text of theirs."""
    from docgen import folder
    from docgen.report import Report
    from nlp.model import Severity

    found, _ = folder.documents(paths)
    reviewer = plan.reviewer()
    rows = tuple(folder.review_all(found, plan, reviewer, processes, progress))
    return Report(rows, reviewer.rules, len(found) == 1 if quotes is None else quotes,
                  Severity(fail_on) if fail_on else None, plan.baseline is not None)


def carry_over(old: Case | str | Path) -> Case:
    """A new case that starts from the last functional assessment; what is carried over is marked until confirmed."""
    from docgen import reuse

    return reuse.carry_over(_case(old))


def changes(old: Case | str | Path, new: Case | str | Path, *, content: Content | None = None) -> list[Difference]:
    """What has changed from one functional assessment to the next."""
    from docgen import reuse

    content = content or Content.find()
    before, after = _case(old), _case(new)
    return reuse.differences(before, after, content.sections, content.scales)


def remarks(case: Case | str | Path, *, content: Content | None = None, today: datetime.date | None = None) -> list[CaseRemark]:
    """What a senior therapist would ask about a case's functional sections and test results. `today` is the day of asking."""
    from docgen import sections

    made = _case(case)
    return sections.check(made, (content or Content.find()).sections, today=today or datetime.date.today())
