"""One root for everything that can stop a job. Each error has a stable code and says what, where and what to do.

Findings, gaps and failed rows are data, not exceptions; an exception means that the job could not be done (exit code 2).
Messages are Danish and never hold names, CPR numbers or text of a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file; line and column count from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: what, where and the likely cure."""

    what: str
    place: Place | None = None
    cure: str = ""

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        return f"{head}{self.what}" + (f" {self.cure}" if self.cure else "")


class DocgenError(Exception):
    """Root. `problems` is never empty; `str(error)` is what a user reads."""

    code = "DG000"

    def __init__(self, *problems: Problem | str):
        self.problems = tuple(Problem(p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class CaseError(DocgenError):
    """The case file cannot be used."""

    code = "DG100"


class ContentError(DocgenError):
    """A template, standard text, law file, rule or kommune.yaml is wrong."""

    code = "DG200"


class LawError(DocgenError):
    """What is asked for is not possible by the law of that date, e.g. a new grant of an abolished scheme."""

    code = "DG300"


class RenderError(DocgenError):
    """A template could not be rendered safely."""

    code = "DG400"


class FileError(DocgenError):
    """A file cannot be read, is not what it says it is, or is refused for safety."""

    code = "DG500"


class UsageError(DocgenError):
    """The command or function was asked for something that does not exist."""

    code = "DG600"


def at(path: str | Path, line: int | None = None, column: int | None = None) -> Place:
    """A place in a file, by its name alone: folders can hold names of citizens."""
    return Place(Path(path).name, line, column)
