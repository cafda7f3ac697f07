"""Guards: reasons why a hit is no fault, each a question to the text around it. Rules name the guards they heed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nlp.patterns import Pattern, PatternSet, parse, word_classes

if TYPE_CHECKING:
    from nlp.analysis import Analysis

Guard = Callable[["Analysis", int, int], bool]


def heading(analysis: Analysis, start: int, end: int) -> bool:
    """A heading, a title or the label of a field."""
    passage = analysis.passage_at(start)
    return passage is not None and passage.style in ("heading", "title")


GUARDS: dict[str, Guard] = {"heading": heading}


class Unless:
    """Patterns that lift a hit they overlap."""

    def __init__(self, patterns: list[Any]):
        classes = word_classes() if patterns else {}
        self.patterns = PatternSet([Pattern.of(parse(p) if isinstance(p, str) else p, classes) for p in patterns])
        self._last: tuple[Any, list[tuple[int, int]]] | None = None

    def __call__(self, analysis: Analysis, start: int, end: int) -> bool:
        if not self.patterns.patterns:
            return False
        if self._last is None or self._last[0] is not analysis:
            spans = [(analysis.starts[f], analysis.ends[e - 1]) for _, f, e in self.patterns.find(analysis)]
            self._last = (analysis, spans)
        return any(s < end and start < e for s, e in self._last[1])


class Guarded:
    """Asks a rule's guards and its `unless` patterns in turn."""

    def __init__(self, names: list[str], unless: Unless):
        self.guards = [GUARDS[name] for name in names]
        self.unless = unless

    def __call__(self, analysis: Analysis, start: int, end: int) -> bool:
        return self.unless(analysis, start, end) or any(guard(analysis, start, end) for guard in self.guards)
