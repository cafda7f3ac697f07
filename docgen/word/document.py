"""A document as read: its text, the map from characters to XML, and what else stands in the file. Data only."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lxml import etree

from docgen.word.coverage import Coverage
from docgen.word.names import q
from docgen.word.package import Package
from docgen.word.styles import Styles
from nlp.model import Document

T = q("w:t")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that one XML element holds. Only a `w:t` can be split."""

    start: int
    length: int
    element: etree._Element

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def splits(self) -> bool:
        return self.element.tag == T


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in the file: its paragraph and, outside the body, the body run that leads to it."""

    paragraph: etree._Element
    part: str  # name of the package part
    host: etree._Element | None = None  # the run in the body that holds the text box or the note's number


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change. Deletions have start == end."""

    kind: Literal["ins", "del", "moveFrom", "moveTo", "row"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Control:
    """A content control; `prompt` is True while it still shows its prompt instead of an answer."""

    tag: str
    alias: str
    start: int
    end: int
    prompt: bool
    block: bool
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Field:
    instruction: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Invisible:
    """Text that the reader cannot see: `skjult` is left out of what counts as written, `hvid` and `lille` are only flagged."""

    kind: Literal["skjult", "hvid", "lille"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Image:
    offset: int
    part: str
    described: bool  # has an alternative text, or is marked as decoration


@dataclass(frozen=True, slots=True)
class Table:
    start: int
    rows: int
    columns: int
    header: bool  # its first row is marked as a header row
    nested: bool


@dataclass(frozen=True, slots=True)
class Heading:
    passage: int
    level: int
    by: Literal["style", "title", "bold"]


@dataclass
class ReadDocument:
    """A document as read. `package` and `pieces` are empty for .txt and .md."""

    document: Document
    coverage: Coverage
    label: str
    package: Package | None = None
    styles: Styles | None = None
    pieces: tuple[Piece, ...] = ()
    places: tuple[Place, ...] = ()
    changes: tuple[Change, ...] = ()
    controls: tuple[Control, ...] = ()
    fields: tuple[Field, ...] = ()
    invisible: tuple[Invisible, ...] = ()
    images: tuple[Image, ...] = ()
    tables: tuple[Table, ...] = ()
    headings: tuple[Heading, ...] = ()
    comment_ranges: dict[str, tuple[int, int]] = field(default_factory=dict)  # by comment id
    stories: tuple[str, ...] = ()  # names of the parts that were read

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def pieces_of(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that hold the text from `start` to `end`, in order; line ends between passages have none."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        for piece in self.pieces[first:]:
            if piece.start >= end:
                break
            if piece.end > start:
                found.append(piece)
        return tuple(found)
