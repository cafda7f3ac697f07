"""`readability`: a measure of how a letter reads (nlp.readability), with a limit.

`sentence_words` and `clauses` mark each sentence over the limit, `paragraph_words` each paragraph; `lix` and `passive_share`
speak once of the whole text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from nlp import readability
from nlp.model import Hit
from nlp.strict import STRICT

if TYPE_CHECKING:
    from nlp.analysis import Analysis

name = "readability"


class Match(BaseModel):
    model_config = STRICT

    measure: Literal["sentence_words", "clauses", "paragraph_words", "lix", "passive_share"]
    above: float


class Finder:
    triggers = None

    def __init__(self, match: Match):
        self.measure, self.above = match.measure, match.above

    def __call__(self, analysis: Analysis) -> Iterable[Hit]:
        if self.measure in ("sentence_words", "clauses"):
            for number, words in readability.counted(analysis):
                value = len(words) if self.measure == "sentence_words" else readability.depth(words)
                if value > self.above:
                    start, end = analysis.sentences[number]
                    yield Hit(start, end, {"value": value})
        elif self.measure == "paragraph_words":
            lengths: dict[int, int] = {}
            for number, words in readability.counted(analysis):
                passage = analysis.passage_at(analysis.starts[analysis.spans[number][0]])
                if passage is not None:
                    lengths[passage.index] = lengths.get(passage.index, 0) + len(words)
            for index, value in lengths.items():
                if value > self.above:
                    passage = analysis.document.passages[index]
                    yield Hit(passage.start, passage.end, {"value": value})
        else:
            value = getattr(readability.profile(analysis), self.measure)
            if value is not None and value > self.above:
                shown = f"{value:.0%}".replace("%", " %") if self.measure == "passive_share" else f"{value:.0f}"
                yield Hit(0, 0, {"value": shown})


def compile(rule: Any) -> Finder:
    return Finder(rule.match)
