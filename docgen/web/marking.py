"""A text in stretches: what is marked in it, and what stands between; overlapping marks are kept, cut where they begin."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.model import Passage


@dataclass(frozen=True)
class Stretch:
    """A piece of text; `marks` are the things that cover it, `opens` those that begin in it."""

    text: str
    marks: tuple[Any, ...] = ()
    opens: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or cell, in stretches. `here`: what is said of the place without any words of it."""

    style: str
    level: int
    stretches: tuple[Stretch, ...]
    part: str = "body"
    here: tuple[Any, ...] = ()


def stretches(text: str, spans: Sequence[tuple[int, int, Any]]) -> tuple[Stretch, ...]:
    """`text` cut at every (start, end, thing); offsets are those of `text`."""
    spans = [(max(0, s), min(len(text), e), thing) for s, e, thing in spans if s < len(text) and e > 0 and e > s]
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    made = []
    for start, end in itertools.pairwise(cuts):
        covering = tuple(thing for s, e, thing in spans if s <= start and e >= end)
        opening = tuple(thing for s, _, thing in spans if s == start)
        made.append(Stretch(text[start:end], covering, opening))
    return tuple(made) or (Stretch(text),)


def blocks(passages: Iterable[Passage], spans: Sequence[tuple[int, int, Any]], points: Sequence[tuple[int, Any]] = ()) -> list[Block]:
    """Passages with spans of the whole text marked in them. `points`: (index of passage, thing)."""
    made = []
    for passage in passages:
        if passage.hidden:
            continue
        inside = [(s - passage.start, e - passage.start, thing) for s, e, thing in spans if s < passage.end and e > passage.start]
        here = tuple(thing for index, thing in points if index == passage.index)
        made.append(Block(passage.style, passage.level, stretches(passage.text, inside), passage.part, here))
    return made
