"""Danish linter for assessments and decision letters: `load()` gives a Linter. Knows no Word, no law, no command line."""

from nlp.model import Document, Evidence, Facts, Finding, Passage, Severity

__all__ = ["Document", "Evidence", "Facts", "Finding", "Passage", "Severity"]
