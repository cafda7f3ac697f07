"""The rules about the file itself prove themselves on small Word files made from their own examples."""

from __future__ import annotations

import pytest

from docgen.reviewer import Reviewer
from docgen.word.sample import sample

REVIEWER = Reviewer()


def cases(kind: str):
    from docgen.kinds import KINDS
    from nlp.registry import kinds
    from nlp.rulebook import read

    book = read(REVIEWER.content.rule_folders(), kinds(KINDS), shipped=False)
    for rule in book:
        if rule.kind_name == "word":
            for number, example in enumerate(getattr(rule, kind)):
                yield pytest.param(rule, example, id=f"{rule.name}-{kind}-{number}")


def found(rule, example) -> list[str | None]:
    review = REVIEWER.review(sample(example.text), kind=example.kind)
    return [finding.text for finding in review.findings if finding.rule == rule.id]


@pytest.mark.parametrize(("rule", "example"), list(cases("flag")))
def test_a_rule_about_the_file_finds_what_its_examples_show(rule, example):
    """Hver regel om dokumentet finder det, dens egne eksempler viser, og peger på de rigtige ord."""
    assert found(rule, example) == ([None] if example.absent else example.hits)


@pytest.mark.parametrize(("rule", "example"), list(cases("ok")))
def test_a_rule_about_the_file_is_silent_where_its_examples_say(rule, example):
    """Hver regel om dokumentet tier, hvor der ikke er noget galt."""
    assert found(rule, example) == []
