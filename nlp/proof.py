"""A rule's own examples, run: what `docgen content check` and the tests ask of every rule, shipped or a municipality's."""

from __future__ import annotations

from nlp.linter import Linter
from nlp.model import Document, Facts
from nlp.rulebook import Example, Rule


def prove(linter: Linter, rule: Rule) -> list[str]:
    """What the rule's examples show to be wrong, as Danish sentences; empty where the rule proves itself."""
    wrong = []
    for number, example in enumerate(rule.flag, 1):
        found = _findings(linter, rule, example)
        marked = [text for text in found if text is not None]
        if example.hits and marked != example.hits:
            wrong.append(f"flag {number}: markerer {_list(marked)}, men skal markere {_list(example.hits)}.")
        if example.absent and None not in found:
            wrong.append(f"flag {number}: siger ikke, at noget mangler.")
    for number, example in enumerate(rule.ok, 1):
        found = _findings(linter, rule, example)
        if found:
            wrong.append(f"ok {number}: markerer {_list([t or 'noget, der mangler' for t in found])}, men skal være stille.")
    return wrong


def _findings(linter: Linter, rule: Rule, example: Example) -> list[str | None]:
    from dataclasses import replace

    document = Document.of_text(example.text)
    if example.style:
        document = Document(document.text, tuple(replace(p, style=example.style) for p in document.passages))
    return [f.text for f in linter.review(document, Facts(**example.facts())) if f.rule == rule.id]


def _list(words: list[str]) -> str:
    return ", ".join(f"»{w}«" for w in words) or "intet"
