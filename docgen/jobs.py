"""The jobs, each read top to bottom: generate a draft, make many, review a document, annotate it."""

from __future__ import annotations

from pathlib import Path

from docgen.casefile import read_case
from docgen.content import Content
from docgen.draft import Drafting
from docgen.model import Case, Draft


def generate(case: Case | str | Path, kind: str, *, content: Content | None = None) -> Draft:
    """One Word draft of `kind`: `.docx` bytes, `.gaps`, `.warnings`, `.manifest`.

    `case` is a Case or the path of a case file. Raises DocgenError with a Danish message for what cannot be done.
    """
    made = case if isinstance(case, Case) else read_case(case)
    return Drafting(content or Content.find()).draft(made, kind)
