"""A rule's own examples, run: what `docgen content check` and the tests ask of every rule, shipped or a municipality's."""

from __future__ import annotations

from collections.abc import Callable

from nlp.rulebook import Example, Rule


def prove(rule: Rule, found: Callable[[Example], list[str | None]]) -> list[str]:
    """What the rule's examples show to be wrong, as Danish sentences; empty where the rule proves itself.

    `found` gives the words that this rule marks in an example, None for a finding that something is absent.
    """
    wrong = []
    for number, example in enumerate(rule.flag, 1):
        seen = found(example)
        marked = [text for text in seen if text is not None]
        if example.hits and marked != example.hits:
            wrong.append(f"flag {number}: markerer {_list(marked)}, men skal markere {_list(example.hits)}.")
        if example.absent and None not in seen:
            wrong.append(f"flag {number}: siger ikke, at noget mangler.")
    for number, example in enumerate(rule.ok, 1):
        seen = found(example)
        if seen:
            wrong.append(f"ok {number}: markerer {_list([t or 'noget, der mangler' for t in seen])}, men skal være stille.")
    return wrong


def _list(words: list[str]) -> str:
    return ", ".join(f"»{w}«" for w in words) or "intet"
