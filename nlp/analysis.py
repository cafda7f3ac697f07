"""One text under review: its words, sentences and passages, and whatever finders ask for, each computed once.

Finders share an Analysis, so the text is split into words once for the whole rulebook.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from nlp import instrument_names, language
from nlp.memory import Memory
from nlp.model import Document, Evidence, Facts, Passage
from nlp.screen import Screened, aligned, folded
from nlp.sections import section_and_slot

if TYPE_CHECKING:
    from nlp.context import Context
    from nlp.dates import DateMention
    from nlp.instruments import Mention
    from nlp.letter import Letter


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one passage, lower-cased, with their places in it; `spans` are the words of each sentence."""

    lower: list[str]
    starts: list[int]
    ends: list[int]
    spans: list[tuple[int, int]]
    sentences: list[tuple[int, int]]  # in characters

    @classmethod
    def of(cls, text: str) -> _Words:
        sentences = [tokens for tokens in language.sentences_of_words(text) if tokens]
        words = [token for tokens in sentences for token in tokens]
        edges = [0, *itertools.accumulate(map(len, sentences))]
        return cls(
            [word.text.lower() for word in words], [word.start for word in words], [word.end for word in words],
            list(itertools.pairwise(edges)), [(tokens[0].start, tokens[-1].end) for tokens in sentences],
        )  # fmt: skip


_words: Memory[_Words] = Memory(2048)
_days: Memory[list[DateMention]] = Memory(2048)


class Analysis:
    """Words are `lower[i]` at `starts[i]:ends[i]`; sentence `sentence_of[i]` covers the words of `spans[s]`."""

    def __init__(self, document: Document, facts: Facts | None = None, extra: Mapping[str, Any] | None = None):
        self.document = document
        self.text = document.text
        self.facts = facts or Facts()
        self.extra = extra or {}
        self.lower: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentence_of: list[int] = []
        self.spans: list[tuple[int, int]] = []  # first and last + 1 word of each sentence
        self._split_passages: list[list[tuple[int, int]]] = []  # sentences of each passage, in characters of it
        self._passage_starts = [passage.start for passage in document.passages]
        self._forms: dict[int, frozenset[str]] = {}
        self._sentences_with: dict[str, frozenset[int]] = {}
        self.notes: dict[Any, Any] = {}  # what guards and finders have worked out for this text, by their own keys
        self._split()

    def _split(self) -> None:
        for passage in self.document.passages:
            words = _words.get(passage.text, lambda text=passage.text: _Words.of(text))
            at, before = passage.start, len(self.lower)
            self._split_passages.append(words.sentences)
            self.lower += words.lower
            self.starts += [at + start for start in words.starts]
            self.ends += [at + end for end in words.ends]
            for first, last in words.spans:
                self.sentence_of += [len(self.spans)] * (last - first)
                self.spans.append((before + first, before + last))

    @cached_property
    def forms(self) -> frozenset[str]:
        """The lower-cased forms that stand in the text."""
        return frozenset(self.positions)

    @cached_property
    def folded(self) -> str:
        """The text of `stretches` for nlp.screen: what cannot match here matches in none of them."""
        return folded(self.text.replace("\xa0", " ").replace("\n", " "))

    @cached_property
    def _aligned(self) -> bool:
        """Whether a place in `folded` is the same place in the text."""
        return aligned(self.text, self.folded)

    @cached_property
    def folded_as_written(self) -> str:
        """The text itself for nlp.screen."""
        return folded(self.text)

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Where each lower-cased form stands: form -> indices of words."""
        places: dict[str, list[int]] = {}
        for index, form in enumerate(self.lower):
            places.setdefault(form, []).append(index)
        return places

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence, in characters of the text."""
        return [(self.starts[first], self.ends[last - 1]) for first, last in self.spans]

    def sentences_with(self, form: str) -> frozenset[int]:
        """The sentences in which a form of the text stands."""
        known = self._sentences_with.get(form)
        if known is None:
            known = self._sentences_with[form] = frozenset(map(self.sentence_of.__getitem__, self.positions[form]))
        return known

    def words_of(self, sentence: int) -> frozenset[str]:
        """The forms that stand in a sentence."""
        known = self._forms.get(sentence)
        if known is None:
            first, last = self.spans[sentence]
            known = self._forms[sentence] = frozenset(self.lower[first:last])
        return known

    def word_at(self, offset: int) -> int:
        """Index of the last word that starts at or before `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """(start, end) in characters of the sentence that holds `offset`."""
        return self.sentences[self.sentence_of[self.word_at(offset)]]

    def passage_at(self, offset: int) -> Passage | None:
        place = bisect_right(self._passage_starts, offset) - 1
        if place >= 0 and offset <= self.document.passages[place].end:
            return self.document.passages[place]
        return None

    def place(self, offset: int) -> tuple[str | None, str | None]:
        """(section key, slot) at `offset`: what a form control or heading says, else what the caller said."""
        passage = self.passage_at(offset)
        section = slot = None
        if passage is not None:
            section, slot = passage.section, passage.slot
            for label in (passage.label, passage.heading):
                if section and slot:
                    break
                named_section, named_slot = section_and_slot(label)
                section, slot = section or named_section, slot or named_slot
        return section or self.facts.section, slot or self.facts.slot

    @cached_property
    def letter(self) -> Letter:
        """The text as a decision letter: which part each passage belongs to."""
        from nlp.letter import read

        return read(self.document)

    @cached_property
    def _days_of_passages(self) -> list[list[DateMention]]:
        from nlp.dates import find, possible

        today = self.facts.decision_date
        among = cache(lambda: possible(self.text))  # worked out where a passage is new
        return [_days.get((p.text, today), lambda text=p.text: find(text, today, among())) for p in self.document.passages]

    @cached_property
    def days(self) -> list[DateMention]:
        """Every date of the text, read from the day of decision; `start` and `end` count characters of the text."""
        return [
            replace(day, start=passage.start + day.start, end=passage.start + day.end)
            for passage, days in zip(self.document.passages, self._days_of_passages, strict=True)
            for day in days
        ]

    def days_in(self, passage: Passage) -> list[DateMention]:
        return [day for day in self.days if passage.start <= day.start < passage.end]

    @cached_property
    def stretches(self) -> dict[str, list[tuple[int, int, str]]]:
        """(start, end, text) of each sentence with its full stop, each with the next one of its paragraph, each paragraph, and the whole.

        Hard blanks are read as blanks.
        """
        text = self.text.replace("\xa0", " ").replace("\n", " ")
        ends = [(start, end + 1 if text[end : end + 1] in (".", "!", "?") else end) for start, end in self.sentences]
        paragraphs = [self.passage_at(start) for start, _ in ends]
        pairs = [
            (start, ends[n + 1][1] if n + 1 < len(ends) and paragraphs[n] is not None and paragraphs[n] is paragraphs[n + 1] else end)
            for n, (start, end) in enumerate(ends)
        ]
        return {
            "sentence": [(start, end, text[start:end]) for start, end in ends],
            "pair": [(start, end, text[start:end]) for start, end in pairs],
            "paragraph": [(p.start, p.end, text[p.start : p.end]) for p in self.document.passages],
            "document": [(0, len(text), text)],
        }

    def that_may_hold(self, expression: Screened, within: str = "sentence") -> list[tuple[int, int, str]]:
        """The stretches in which an expression may match: those with one of the strings that every match holds."""
        stretches = self.stretches[within]
        if within == "document":
            return stretches
        places = expression.places(self.folded) if self._aligned else None
        if places is None:
            return stretches if expression.may_match(self.folded) else []
        first = {bisect_right(self._ends[within], place) for place in places}
        numbers = sorted(first | {number + 1 for number in first} if within == "pair" else first)  # pairs overlap
        return [stretches[number] for number in numbers if number < len(stretches)]

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        return {within: [end for _, end, _ in found] for within, found in self.stretches.items()}

    @cached_property
    def evidence(self) -> list[Evidence]:
        from nlp.evidence import find

        return find(self.document, self.facts, days=self._days_of_passages, sentences=self._split_passages)

    @cached_property
    def instruments(self) -> list[Mention]:
        """The tests and questionnaires that the text names, with the numbers bound to them."""
        if not instrument_names.named(self.text, self.folded_as_written):
            return []
        from nlp.instruments import load

        return load().mentions(self.text, self.sentences)

    @cached_property
    def _voices(self) -> Any:
        from nlp.context import Voices

        return Voices(self.document, sentences=self._split_passages)

    def voice(self, start: int, end: int) -> Context:
        """Who speaks at `start:end`, and how: see nlp.context."""
        return self._voices.of(start, end)
