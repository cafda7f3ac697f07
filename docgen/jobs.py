"""The jobs, each read top to bottom: generate a draft, make many, review a document, annotate it."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.casefile import read_case
from docgen.content import Content
from docgen.draft import Drafting
from docgen.errors import FileError, Problem, at
from docgen.model import Case, Draft

if TYPE_CHECKING:
    from docgen.reviewer import Review, Reviewer


def generate(case: Case | str | Path, kind: str, *, content: Content | None = None) -> Draft:
    """One Word draft of `kind`: `.docx` bytes, `.gaps`, `.warnings`, `.manifest`.

    `case` is a Case or the path of a case file. Raises DocgenError with a Danish message for what cannot be done.
    """
    made = case if isinstance(case, Case) else read_case(case)
    return Drafting(content or Content.find()).draft(made, kind)


@lru_cache(maxsize=4)
def _reviewer(content: Content) -> Reviewer:
    from docgen.reviewer import Reviewer

    return Reviewer(content)


def review(
    path: str | Path | bytes, *, kind: str | None = None, scheme: str | None = None, outcome: str | None = None,
    decision_date: datetime.date | None = None, citizen_age: int | None = None, content: Content | None = None, **facts: Any,
) -> Review:
    """Findings in a .docx, .txt or .md, and what of it was read: `.findings`, `.coverage`.

    `facts` are further fields of nlp.model.Facts (track, citizen_cpr, channel, …). FileError when it cannot be read,
    UsageError for a kind, scheme or outcome that does not exist.
    """
    return _reviewer(content or Content.find()).review(
        path, kind=kind, scheme=scheme, outcome=outcome, decision_date=decision_date, citizen_age=citizen_age, **facts
    )


def annotate(
    path: str | Path, review: Review, out: str | Path, *, overwrite: bool = False, author: str | None = None,
    date: datetime.datetime | None = None,
) -> None:
    """Writes a copy of the reviewed .docx to `out`, with each finding as a Word comment on its words.

    Our earlier comments are replaced, people's are kept. FileError if the file has changed since the review, or `out`
    exists. `date`: the comments' time stamp (now, unless given).
    """
    from docgen import files
    from docgen.commenting import remarks
    from docgen.reviewer import digest_of
    from docgen.word.annotate import annotate as write_comments
    from docgen.word.annotate import open_for_comments
    from docgen.word.comments import AUTHOR
    from docgen.word.package import read_file

    data = read_file(Path(path))
    if digest_of(data) != review.digest:
        raise FileError(Problem("Filen er ændret, siden den blev læst.", at(path), "Læs den igen, og prøv så."))
    stamp = date or datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    package = open_for_comments(data, Path(path).name)
    files.write(Path(out), write_comments(package, remarks(review), author=author or AUTHOR, date=stamp), overwrite)
