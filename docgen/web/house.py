"""What one running page keeps: content, cases, the linter, and what lies on the desk."""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import files
from docgen.content import Content
from docgen.dismissals import Dismissal, baseline_text, read_baseline
from docgen.draft import Drafting
from docgen.files import BESIDE
from docgen.web.desk import Desk, Paper, Pile
from docgen.web.gate import Keys
from docgen.web.store import CaseStore

if TYPE_CHECKING:
    from docgen.reviewer import Review, Reviewer
    from nlp.model import Document

@dataclass
class House:
    folder: Path
    content: Content = field(default_factory=Content.find)
    keys: Keys = field(default_factory=Keys)
    root: str = ""  # where the page stands below its public host
    desk: Desk[Paper] = field(default_factory=Desk)
    piles: Desk[Pile] = field(default_factory=Desk)
    _linting: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def store(self) -> CaseStore:
        return CaseStore(self.folder)

    @cached_property
    def drafting(self) -> Drafting:
        return Drafting(self.content)

    @cached_property
    def _reviewer(self) -> Reviewer:
        from docgen.reviewer import Reviewer

        return Reviewer(self.content)

    @property
    def rules(self) -> dict[str, Any]:
        with self._linting:
            return self._reviewer.rules

    @property
    def linter(self) -> Any:
        with self._linting:
            return self._reviewer.linter

    def warm(self) -> None:
        """Loads rules and language before the first text comes, so that nobody waits for it."""
        self.lint("Borgeren er 47 år.", kind="funktionsevnebeskrivelse")

    def lint(self, text: str, **facts: Any) -> list[Any]:
        with self._linting:
            return self._reviewer.linter.lint(text, **facts)

    # documents under review

    @property
    def dismissals_file(self) -> Path:
        return self.folder / BESIDE / "afvisninger.json"

    def dismissals(self) -> list[Dismissal]:
        return read_baseline(self.dismissals_file) if self.dismissals_file.exists() else []

    def dismiss(self, dismissal: Dismissal) -> None:
        kept = [d for d in self.dismissals() if (d.rule, d.key, d.file) != (dismissal.rule, dismissal.key, dismissal.file)]
        files.write(self.dismissals_file, baseline_text([*kept, dismissal]), overwrite=True)

    def take_back(self, rule: str, key: str) -> None:
        kept = [d for d in self.dismissals() if (d.rule, d.key) != (rule, key)]
        files.write(self.dismissals_file, baseline_text(kept), overwrite=True)

    def review(self, paper: Paper) -> Review:
        return self.reviewed(paper)[1]

    def reviewed(self, paper: Paper) -> tuple[Document, Review]:
        """The document as read, and what was found in it. Raises DocgenError for one that cannot be read."""
        from docgen.word.document import ReadDocument
        from docgen.word.read import read
        from docgen.word.text import read_text

        if paper.data is not None:
            document, raw = read(paper.data, paper.label), paper.data
        else:
            raw = (paper.text or "").encode()
            document = ReadDocument(*read_text(raw, False, paper.label), paper.label)
        with self._linting:
            reviewer = copy.copy(self._reviewer)
            reviewer.baseline = tuple(self.dismissals())
            return document.document, reviewer.review_read(document, raw, paper.label, paper.label, paper.facts)
