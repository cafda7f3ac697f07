"""The kinds of rule, in one visible list. docgen hands its own in through `nlp.load(kinds=…)`.

A kind is a module or object with

* `name`: what a rule file writes in `match: {kind: …}`;
* `Match`: a pydantic model of the rest of `match`; unknown keys must be errors;
* `compile(rule) -> finder`: `finder(analysis)` yields Hits. A finder may have `triggers`, a frozenset of lower-case
  word forms: it is only run on a text that holds one of them (None or missing: always run);
* optionally `prepare(match) -> dict`: what a build can work out beforehand (inflected forms); must itself be a valid `Match`;
* optionally `restore(**fields) -> Match`: the Match of what `prepare` gave, unvalidated, where it holds further models;
* optionally `expressions(match)`: the nlp.screen.Screened of its finder, whose needs a build works out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from pydantic import BaseModel

from nlp.kinds import (
    absence,
    agreement,
    claim,
    cpr,
    dated_fact,
    demand,
    divergence,
    input,
    instrument,
    judgement,
    new_fact,
    pattern,
    plain,
    readability,
    regex,
    words,
)
from nlp.model import Hit

Finder = Callable[[Any], Iterable[Hit]]


class Kind(Protocol):
    name: str
    Match: type[BaseModel]

    def compile(self, rule: Any) -> Finder: ...


KINDS: tuple[Any, ...] = (
    words, pattern, regex, absence, instrument, cpr, input, claim, demand, dated_fact, divergence, agreement, judgement,
    plain, readability, new_fact,
)


def kinds(extra: Mapping[str, Any] | Iterable[Any] = ()) -> dict[str, Any]:
    """name -> kind, nlp's own and the caller's; a name cannot be taken twice."""
    found = {kind.name: kind for kind in KINDS}
    for kind in extra.values() if isinstance(extra, Mapping) else extra:
        if kind.name in found:
            raise ValueError(f"two kinds of rule called {kind.name!r}")
        found[kind.name] = kind
    return found
