"""What the linter speaks in: passages of a text, rules' findings and evidence. No I/O, no spaCy.

All offsets are counted in Unicode code points, half open (`start` included, `end` excluded), as Python slices.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Severity(StrEnum):
    """How much a finding weighs; compare with `rank`."""

    FORSLAG = "forslag"
    ADVARSEL = "advarsel"
    FEJL = "fejl"

    @property
    def rank(self) -> int:
        return ("forslag", "advarsel", "fejl").index(self.value)

    @property
    def lighter(self) -> Severity:
        """One step below; `forslag` is the lowest."""
        return (Severity.FORSLAG, Severity.FORSLAG, Severity.ADVARSEL)[self.rank]


PARTS = ("body", "table", "header", "footer", "textbox", "footnote", "endnote", "control", "comment")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that ends a sentence: a paragraph, a heading, a list item or a table cell.

    `start` is the offset of `text` in the document's whole text.
    """

    text: str
    start: int = 0
    index: int = 0  # running number in the document, from 0
    part: str = "body"  # one of PARTS
    style: str = "paragraph"  # title | heading | paragraph | item | cell
    level: int = 0  # heading level, 1-9; 0 for all else
    heading: str | None = None  # nearest heading above
    section: str | None = None  # section key, where the heading or a form control tells it
    slot: str | None = None  # slot of a functional section: observed, citizen_view, assessment, ...
    label: str | None = None  # of a cell: its row's or column's label
    hidden: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Document:
    """Passages and the text they are parts of; passages do not overlap and stand in order."""

    text: str
    passages: tuple[Passage, ...]

    @classmethod
    def of_text(cls, text: str) -> Document:
        """Plain text or Markdown: each line with text is a passage; `#` lines, and short lines alone, are headings."""
        passages: list[Passage] = []
        heading, offset = None, 0
        for line in text.split("\n"):
            body = line.strip()
            if body:
                start = offset + line.index(body)
                style, level = line_style(body)
                passages.append(
                    Passage(body, start, len(passages), style=style, level=level, heading=heading)
                )
                if style == "heading":
                    heading = body.lstrip("# ").rstrip(":")
            offset += len(line) + 1
        return cls(text, tuple(passages))

    @classmethod
    def of_passages(cls, passages: list[Passage]) -> Document:
        """Joins passages with a line feed and sets their `start` and `index`."""
        from dataclasses import replace

        placed, offset = [], 0
        for index, passage in enumerate(passages):
            placed.append(replace(passage, start=offset, index=index))
            offset += len(passage.text) + 1
        return cls("\n".join(p.text for p in passages), tuple(placed))

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds `offset`, or None between passages."""
        from bisect import bisect_right

        place = bisect_right(self.passages, offset, key=lambda p: p.start) - 1
        if place >= 0 and offset <= self.passages[place].end:
            return self.passages[place]
        return None


def line_style(line: str) -> tuple[str, int]:
    """Style and heading level of a line of plain text: `#` marks a heading, `-`, `*`, `•` or `1.` a list item."""
    if line.startswith("#"):
        return "heading", min(len(line) - len(line.lstrip("#")), 9)
    if line.startswith(("- ", "* ", "• ", "– ")):
        return "item", 0
    return "paragraph", 0


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule's finder yields: a stretch of the text, or `start == end` where something is absent.

    `params` fill the placeholders of the rule's message beside `{match}`; `severity` outranks the rule's own.
    """

    start: int
    end: int
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    severity: Severity | None = None
    certainty: str = "sikker"
    lighter: bool = False  # weighs one step less than the rule: it may be no fault


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a document besides its text. Unknown is None; rules then answer "cannot tell"."""

    kind: str | None = None  # funktionsevnebeskrivelse, afgoerelse, ...
    scheme: str | None = None  # foertidspension, fleksjob, ...
    outcome: str | None = None  # bevilling, afslag, ...
    track: str | None = None  # ordinaer, aabenbart, foreliggende_grundlag, overgang
    decision_date: datetime.date | None = None
    case_started: datetime.date | None = None
    granted: datetime.date | None = None  # a running course: when it was granted
    citizen_age: int | None = None  # whole years on the decision date
    citizen_cpr: str | None = None
    channel: str | None = None  # digital | papir
    section: str | None = None  # section key of the whole text, when a single section is linted
    slot: str | None = None
    freshness_months: int = 6  # house limit for medical evidence
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A rule's message or advice with its placeholders replaced; unknown ones stay as they are."""
    for key, value in values.items():
        template = template.replace("{" + key + "}", str(value))
    return template


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule says something; `start == end` and `text is None` where something is absent."""

    rule: str  # id, e.g. SUB101
    name: str
    category: str
    severity: Severity
    message: str
    start: int
    end: int
    text: str | None
    advice: str = ""
    source: str = ""
    passage: int | None = None  # index of the passage, None where the document as a whole is meant
    certainty: str = "sikker"  # sikker | tvivl: the rule itself cannot tell


INPUTS = ("medical", "ot", "sundhedskoordinator", "arbejdsproevning", "borger_inddraget", "partshoering")
STATUSES = ("present", "requested", "missing", "refused", "hearsay", "outdated", "mentioned_only")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that speaks of an input to the case, and what it says of it."""

    input: str  # one of INPUTS
    status: str  # one of STATUSES
    date: datetime.date | None
    start: int
    end: int
    text: str
    document: str | None = None  # type of document, e.g. "LÆ 265"
    author: str | None = None
    profession: str | None = None
    date_text: str | None = None  # as written; a month or a season has `date` = its first day
    date_exact: bool = True
