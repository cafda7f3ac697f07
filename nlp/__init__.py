"""Danish linter for assessments and decision letters: `load()` gives a Linter. Knows no Word, no law, no command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from nlp.errors import RulebookError
from nlp.model import Document, Evidence, Facts, Finding, Hit, Passage, Severity
from nlp.sections import section_and_slot

if TYPE_CHECKING:
    from nlp.linter import Linter
    from nlp.rulebook import Rulebook

__all__ = ["Document", "Evidence", "Facts", "Finding", "Hit", "Passage", "RulebookError", "Severity", "load", "measured", "read_rules", "section_and_slot", "sentences"]


def load(rules: Iterable[Any] = (), kinds: Mapping[str, Any] | Iterable[Any] = (), pipeline: Any = None) -> Linter:
    """The packaged Danish rulebook, ready to use; no network, and spaCy is not imported until a rule asks for syntax.

    Args:
        rules: folders of rule files laid over the shipped ones; the same id replaces the whole rule.
        kinds: further kinds of rule (see nlp.registry).
        pipeline: a spaCy Language to use instead of the shipped one.
    """
    from nlp.linter import load as load_linter

    if pipeline is not None:
        from nlp import language

        language.use(pipeline)
    return load_linter(rules, kinds)


def read_rules(rules: Iterable[Any] = (), kinds: Mapping[str, Any] | Iterable[Any] = ()) -> Rulebook:
    """The rules that `load` would run, with their examples; read from the rule files themselves."""
    from pathlib import Path

    from nlp import registry
    from nlp.rulebook import read

    return read([Path(folder) for folder in rules], registry.kinds(kinds), examples=True)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a Danish text, in characters; without spaCy."""
    from nlp.language import sentences as split

    return split(text)


def measured(rule_id: str) -> dict[str, Any] | None:
    """How a rule did on labelled texts: right, wrong, precision, on (which texts, when). None where it was not measured."""
    from nlp.rulebook import measured as figures

    return figures(rule_id)
