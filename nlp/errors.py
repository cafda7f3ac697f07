"""What can be wrong with a rule file. docgen turns a RulebookError into its own ContentError."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One mistake: the file's name (never its folder), line and column from 1, what is wrong, and a likely cure."""

    what: str
    file: str
    line: int | None = None
    column: int | None = None
    cure: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.what}" + (f" {self.cure}" if self.cure else "")


class RulebookError(Exception):
    """A rule file cannot be used. `problems` is never empty."""

    def __init__(self, problems: list[RuleProblem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))
