"""What one running page keeps: content, cases, the linter, and documents on the desk. Uploads live in memory only."""

from __future__ import annotations

import copy
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen import files
from docgen.content import Content
from docgen.dismissals import Dismissal, baseline_text, read_baseline
from docgen.draft import Drafting
from docgen.files import BESIDE
from docgen.web.gate import Keys
from docgen.web.store import CaseStore

if TYPE_CHECKING:
    from docgen.reviewer import Review, Reviewer
    from nlp.model import Document

MINUTES = 30
ON_DESK = 40  # documents at a time
DESK_BYTES = 300 * 2**20


@dataclass
class Paper:
    """A document that is being looked at: pasted text or an uploaded file, and what is said of it."""

    label: str
    facts: dict[str, Any]
    text: str | None = None
    data: bytes | None = None
    touched: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        return len(self.data or b"") + len(self.text or "")


class Desk:
    """Papers by random id, in memory: the oldest go when it is full, and each after MINUTES untouched."""

    def __init__(self) -> None:
        self._papers: OrderedDict[str, Paper] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, paper: Paper) -> str:
        number = secrets.token_hex(8)
        with self._lock:
            self._papers[number] = paper
            self._clear()
        return number

    def get(self, number: str) -> Paper | None:
        with self._lock:
            self._clear()
            paper = self._papers.get(number)
            if paper is not None:
                paper.touched = time.monotonic()
                self._papers.move_to_end(number)
            return paper

    def drop(self, number: str) -> None:
        with self._lock:
            self._papers.pop(number, None)

    def _clear(self) -> None:
        old = time.monotonic() - MINUTES * 60
        for number in [n for n, p in self._papers.items() if p.touched < old]:
            del self._papers[number]
        while len(self._papers) > 1 and (len(self._papers) > ON_DESK or sum(p.size for p in self._papers.values()) > DESK_BYTES):
            self._papers.popitem(last=False)


@dataclass
class House:
    folder: Path
    content: Content = field(default_factory=Content.find)
    keys: Keys = field(default_factory=Keys)
    desk: Desk = field(default_factory=Desk)
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
